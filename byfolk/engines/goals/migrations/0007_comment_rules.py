from django.db import migrations

# What was said stays said. Whoever spoke may withdraw it, once and while the hearing is open, and touch nothing else;
# the answer belongs to the HR direction.
RULES = """
create or replace function goals_comment_stays() returns trigger language plpgsql as $$
begin
    if (new.version_id, new.key, new.about, new.unit_id, new.side, new.person_id, new.text, new.at)
       is distinct from
       (old.version_id, old.key, old.about, old.unit_id, old.side, old.person_id, old.text, old.at) then
        raise exception 'what was said in a hearing stays said' using errcode = 'check_violation';
    end if;
    if (new.answer, new.answered_by, new.answered_at) is distinct from (old.answer, old.answered_by, old.answered_at)
       and nullif(current_setting('app.person_id', true), '') is not null
       and not exists (select from held_unit_set(array['hr_director'])) then
        raise exception 'the HR direction answers' using errcode = 'check_violation';
    end if;
    if new.withdrawn_at is distinct from old.withdrawn_at
       and (old.withdrawn_at is not null or new.withdrawn_at is null
            or nullif(current_setting('app.person_id', true), '')::bigint is distinct from old.person_id
            or not exists (select from goals_policyversion v where v.id = old.version_id and v.state = 'hearing')) then
        raise exception 'one withdraws one''s own comment, once, in a hearing' using errcode = 'check_violation';
    end if;
    return new;
end $$;
"""
BACK = """
create or replace function goals_comment_stays() returns trigger language plpgsql as $$
begin
    if (new.version_id, new.key, new.about, new.unit_id, new.side, new.person_id, new.text, new.at)
       is distinct from
       (old.version_id, old.key, old.about, old.unit_id, old.side, old.person_id, old.text, old.at) then
        raise exception 'what was said in a hearing stays said' using errcode = 'check_violation';
    end if;
    return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("goals", "0006_comment_withdrawn")]

    operations = [migrations.RunSQL(RULES, BACK)]
