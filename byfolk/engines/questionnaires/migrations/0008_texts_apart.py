from django.db import migrations

# Texts leave the answers when results are computed. Tables are written anew in an order of chance, as at the close: what
# was taken out is left in no earlier form of a row. Only the owner may truncate, and only background work calls these.
APART = """
create or replace function byfolk_take_texts(wanted bigint, items text[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    set constraints all immediate;
    create temporary table taken on commit drop as
        select a.id, a.group_id, case when g.campaign_id = wanted then a.answers - items else a.answers end as answers
          from questionnaires_answer a join questionnaires_group g on g.id = a.group_id;
    truncate questionnaires_answer;
    insert into questionnaires_answer (id, group_id, answers)
        select id, group_id, answers from taken order by gen_random_uuid();
    drop table taken;
    update questionnaires_signedanswer set answers = answers - items where campaign_id = wanted and answers ?| items;
end $$;

create or replace function byfolk_rewrite_texts() returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    set constraints all immediate;
    create temporary table shuffled on commit drop as select * from questionnaires_freetext;
    truncate questionnaires_freetext;
    insert into questionnaires_freetext select * from shuffled order by gen_random_uuid();
    drop table shuffled;
end $$;
"""

# Whoever reviews decides and hides, and changes no word, no day and no place.
GUARDED = """
create or replace function questionnaires_only_reviewed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if byfolk_person() is null then
        return new;
    end if;
    if tg_table_name = 'questionnaires_textbatch' then
        if old.released_at is not null or to_jsonb(new) - 'released_at' <> to_jsonb(old) - 'released_at' then
            raise exception 'texts are released once, as they are' using errcode = 'check_violation';
        end if;
    elsif to_jsonb(new) - array['hidden', 'state', 'reason'] <> to_jsonb(old) - array['hidden', 'state', 'reason']
          or exists (select from questionnaires_textbatch b where b.id = old.batch_id and b.released_at is not null) then
        raise exception 'a text is reviewed until it is released' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger questionnaires_only_reviewed before update on questionnaires_textbatch
    for each row execute function questionnaires_only_reviewed();
create trigger questionnaires_only_reviewed before update on questionnaires_freetext
    for each row execute function questionnaires_only_reviewed();
"""

# As before, and background work may take something out of an answer after the close.
SIGNED = """
create or replace function questionnaires_signed_in_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and new.person_id = old.person_id and new.campaign_id = old.campaign_id
       and (new.answers = old.answers or (byfolk_person() is null and old.answers @> new.answers)) then
        return new;
    end if;
    if not exists (select from questionnaires_campaign c where c.id = new.campaign_id and c.stage = 'open'
                      and c.mode <> 'anonymous' and c.closes_at > clock_timestamp()) then
        raise exception 'this campaign takes no answers with a name now' using errcode = 'check_violation';
    end if;
    select i.group_id into new.group_id from questionnaires_invitation i
     where i.campaign_id = new.campaign_id and i.person_id = new.person_id;
    if new.group_id is null then
        raise exception 'who answers is invited' using errcode = 'check_violation';
    end if;
    update questionnaires_invitation i set collected = true
     where i.campaign_id = new.campaign_id and i.person_id = new.person_id and not i.collected;
    return new;
end $$;
"""
BACK = """
drop function if exists questionnaires_only_reviewed() cascade;
drop function if exists byfolk_take_texts(bigint, text[]), byfolk_rewrite_texts();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0007_texts")]

    operations = [migrations.RunSQL(APART + GUARDED + SIGNED, BACK)]
