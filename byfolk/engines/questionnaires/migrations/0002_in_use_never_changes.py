from django.db import migrations

# What must always hold, whoever writes: what a version in use asks stays as it was answered, a version that is or was in
# use is never deleted nor taken back, and a version lies in its instrument's own unit.
RULES = """
create or replace function questionnaires_version_stays() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (
        tg_op = 'DELETE'
        or (new.instrument_id, new.unit_id, new.number, new.content, new.digest, new.edition, new.made_by_id,
            new.made_at, new.changed_by_id, new.changed_at, new.used_by_id, new.used_at)
           is distinct from
           (old.instrument_id, old.unit_id, old.number, old.content, old.digest, old.edition, old.made_by_id,
            old.made_at, old.changed_by_id, old.changed_at, old.used_by_id, old.used_at)
        or (old.state = 'in_use' and new.state = 'draft')
        or (old.state = 'retired' and new is distinct from old)
    ) then
        raise exception 'a version in use never changes' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create trigger questionnaires_version_stays before update or delete on questionnaires_instrumentversion
    for each row execute function questionnaires_version_stays();

create or replace function questionnaires_version_lies_in_its_unit() returns trigger language plpgsql as $$
begin
    if not exists (select from questionnaires_instrument
                    where id = new.instrument_id and unit_id = new.unit_id) then
        raise exception 'a version lies in the unit of its instrument' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger questionnaires_version_lies_in_its_unit
    before insert or update of instrument_id, unit_id on questionnaires_instrumentversion
    for each row execute function questionnaires_version_lies_in_its_unit();
"""
BACK = """
drop function if exists questionnaires_version_stays() cascade;
drop function if exists questionnaires_version_lies_in_its_unit() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial")]

    operations = [migrations.RunSQL(RULES, BACK)]
