from django.db import migrations

# Answers by name leave the database by way of these only: nobody but whoever gave one may read the table. The second
# writes down the look as it gives the answer. HR holds the campaign's unit; the leader is the nearest one above whoever
# answered, today or when they left.
READING = """
create or replace function byfolk_reads_signed(wanted bigint, whom bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    return exists (
        select from questionnaires_campaign c
         where c.id = wanted and c.mode = 'named' and c.stage = 'closed'
           and (c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))
                or (c.leaders_read and byfolk_person() = (
                    select l.person_id from people_employment e
                      join organisation_closure k on k.descendant_id = e.unit_id
                      join organisation_leadership l on l.unit_id = k.ancestor_id and l.valid @> byfolk_today()
                     where e.person_id = whom and l.person_id <> whom and lower(e.valid) <= byfolk_today()
                     order by coalesce(upper(e.valid), 'infinity') desc, e.main desc, e.id, k.depth limit 1))));
end $$;

create or replace function byfolk_signed_people(wanted bigint)
returns table (person_id bigint, name text, unit text, unit_nn text)
language plpgsql stable security definer rows 100 set search_path = public, pg_temp
as $$
begin
    return query
        select a.person_id, p.given_name || ' ' || p.family_name, f.name_nb, f.name_nn
          from questionnaires_signedanswer a
          join questionnaires_campaign c on c.id = a.campaign_id and c.mode = 'named'
          join people_person p on p.id = a.person_id
          join questionnaires_group g on g.id = a.group_id
          left join questionnaires_frozenunit f on f.campaign_id = a.campaign_id and f.unit_id = g.unit_id
         where a.campaign_id = wanted and byfolk_reads_signed(wanted, a.person_id)
         order by p.family_name, p.given_name, a.person_id;
end $$;

create or replace function byfolk_read_signed(wanted bigint, whom bigint, purpose text, details text, at timestamptz)
returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    given jsonb;
begin
    if byfolk_person() is null or not byfolk_reads_signed(wanted, whom) then
        return null;
    end if;
    select a.answers into given from questionnaires_signedanswer a where a.campaign_id = wanted and a.person_id = whom;
    if given is not null and whom <> byfolk_person() then
        insert into audit_readlog (reader_id, person_id, kind, purpose, details, at)
            values (byfolk_person(), whom, 'signed_answers', purpose, details, at);
    end if;
    return given;
end $$;
"""
BACK = """
drop function if exists byfolk_read_signed(bigint, bigint, text, text, timestamptz), byfolk_signed_people(bigint),
    byfolk_reads_signed(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0014_kept_and_read"), ("audit", "0002_purpose_as_a_code"), ("people", "0005_day_of_a_loaded_city")]

    operations = [migrations.RunSQL(READING, BACK)]
