from django.db import migrations

# Campaigns that anyone may answer: an address a unit, nobody invited. With codes, a code from the unit's pile is needed.
OPEN = """
create or replace function byfolk_open_link(wanted text) returns table (
    campaign_id bigint, is_open boolean, coded boolean, titles jsonb, closes_at timestamptz, version_id bigint,
    digest text, name_nb text, name_nn text
)
language sql stable security definer rows 1 set search_path = public, pg_temp
as $$
    select c.id, c.stage = 'open' and c.closes_at > clock_timestamp(), c.paper, c.titles, c.closes_at, v.id, v.digest,
           u.name_nb, u.name_nn
      from questionnaires_group g
      join questionnaires_campaign c on c.id = g.campaign_id and c.mode = 'anonymous' and c.stage in ('open', 'closed')
      join questionnaires_frozenunit u on u.campaign_id = c.id and u.unit_id = g.unit_id
      join questionnaires_instrumentversion v on v.id = c.version_id
     where g.word = wanted and wanted <> ''
$$;

create or replace function byfolk_hand_in_open(wanted text, token bytea, given jsonb) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    counted_in bigint;
begin
    select g.id into counted_in from questionnaires_group g join questionnaires_campaign c on c.id = g.campaign_id
     where g.word = wanted and wanted <> '' and not c.paper;
    if counted_in is null then
        return 'closed';
    end if;
    return byfolk_hand_in(counted_in, token, given);
end $$;

-- The addresses of a campaign, for those who run it, and how many have answered where they are so many that it may be
-- told.
create or replace function byfolk_open_addresses(wanted bigint) returns table (
    group_id bigint, word text, name_nb text, name_nn text, answered integer
)
language plpgsql stable security definer rows 50 set search_path = public, pg_temp
as $$
begin
    return query
    select g.id, g.word, u.name_nb, u.name_nn,
           (select case when count(*) >= c.smallest_total then count(*)::integer end
              from questionnaires_answer a where a.group_id = g.id)
      from questionnaires_group g
      join questionnaires_campaign c on c.id = g.campaign_id and c.stage = 'open'
      join questionnaires_frozenunit u on u.campaign_id = c.id and u.unit_id = g.unit_id
     where c.id = wanted and g.word <> '' and c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))
     order by u.name_nb, g.id;
end $$;
"""

# Piles of such campaigns: for each unit as many codes as whoever makes the pile says, and more later.
PILES = """
create or replace function byfolk_piles() returns table (
    campaign_id bigint, group_id bigint, name_nb text, name_nn text, waiting integer, drawn integer, runs boolean,
    chosen boolean
)
language plpgsql stable security definer rows 50 set search_path = public, pg_temp
as $$
begin
    return query
    select c.id, g.id, u.name_nb, u.name_nn,
           (select count(*)::integer from questionnaires_invitation i
             where i.group_id = g.id and i.paper and not i.collected) as waiting,
           (select count(*)::integer from questionnaires_papercode p where p.group_id = g.id) as drawn,
           c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser'])) as runs,
           g.word <> '' as chosen
      from questionnaires_campaign c
      join questionnaires_group g on g.campaign_id = c.id
      join questionnaires_frozenunit u on u.campaign_id = c.id and u.unit_id = g.unit_id
     where c.stage = 'open' and c.mode = 'anonymous' and c.paper and c.closes_at > clock_timestamp()
       and (g.word <> '' or exists (select from questionnaires_invitation i where i.group_id = g.id and i.paper))
       and (c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))
            or g.unit_id in (select held_unit_set(array['leader'])))
     order by c.id, u.level, u.name_nb;
end $$;

create or replace function byfolk_draw_codes(wanted_group bigint, tokens bytea[], again boolean) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    asked bigint;
    address text;
    number integer;
begin
    select g.campaign_id, g.word into asked, address from questionnaires_group g where g.id = wanted_group;
    if asked is null or not byfolk_may_draw(wanted_group) then
        return 'not_there';
    end if;
    -- Waits for those who are just collecting and handing in, and keeps others out: what is counted stays so.
    perform pg_advisory_xact_lock(742, asked::integer);
    if not exists (select from questionnaires_campaign c where c.id = asked and c.stage = 'open'
                      and c.closes_at > clock_timestamp()) then
        return 'closed';
    end if;
    if again then
        number := byfolk_unused_codes(wanted_group);
    elsif address <> '' then
        number := least(cardinality(tokens), 500);
    else
        select count(*) into number from questionnaires_invitation i
         where i.group_id = wanted_group and i.paper and not i.collected;
    end if;
    if number is null then
        return 'few';
    elsif number = 0 then
        return 'none';
    elsif number <> cardinality(tokens) then
        return 'changed';
    end if;
    if again then
        delete from questionnaires_papercode p where p.group_id = wanted_group
           and not exists (select from questionnaires_ballot b where b.digest = p.digest);
    else
        update questionnaires_invitation i set collected = true
         where i.group_id = wanted_group and i.paper and not i.collected;
    end if;
    -- In the order of the digests: the order in which they were printed stands nowhere.
    insert into questionnaires_papercode (digest, group_id) select t, wanted_group from unnest(tokens) t order by t;
    return 'drawn';
end $$;
"""
COUNTED = """
create or replace function byfolk_urn_groups(wanted bigint) returns table (
    name text, name_nn text, collected integer, handed_in integer
)
language sql stable security definer rows 1000 set search_path = public, pg_temp
as $$
    select u.name_nb, u.name_nn, g.collected, g.answered
      from questionnaires_group g
      join questionnaires_campaign c on c.id = g.campaign_id and c.mode = 'anonymous' and c.stage = 'closed'
      join questionnaires_frozenunit u on u.campaign_id = c.id and u.unit_id = g.unit_id
     where c.id = wanted and (g.invited > 0 or g.word <> '' and g.answered >= c.smallest_total)
     order by u.level, u.name_nb
$$;
"""
BACK = """
drop function if exists byfolk_open_link(text), byfolk_hand_in_open(text, bytea, jsonb), byfolk_open_addresses(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0012_addresses_of_units")]

    operations = [
        migrations.RunSQL("drop function if exists byfolk_piles();" + OPEN + PILES + COUNTED, BACK),
    ]
