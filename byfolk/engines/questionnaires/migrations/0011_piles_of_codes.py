from django.db import migrations

# Piles of codes on paper. A pile is for a whole group: everybody in it who has no work e-mail and has not collected has
# collected when it is made, and it has exactly as many codes, so that ballots never exceed what is collected. Who may:
# those who run the campaign, and whoever leads the group's unit.
PILES = """
create or replace function byfolk_may_draw(wanted_group bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    return exists (
        select from questionnaires_group g join questionnaires_campaign c on c.id = g.campaign_id
         where g.id = wanted_group and c.stage = 'open' and c.mode = 'anonymous' and c.paper
           and (c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))
                or g.unit_id in (select held_unit_set(array['leader']))));
end $$;

-- The groups of open campaigns whose piles the one who asks may make: how many are without a code yet, and how many
-- codes are drawn. Never how many are used: with few slips that would tell who has answered.
create or replace function byfolk_piles() returns table (
    campaign_id bigint, group_id bigint, name_nb text, name_nn text, waiting integer, drawn integer, runs boolean
)
language plpgsql stable security definer rows 50 set search_path = public, pg_temp
as $$
begin
    return query
    select c.id, g.id, u.name_nb, u.name_nn,
           (select count(*)::integer from questionnaires_invitation i
             where i.group_id = g.id and i.paper and not i.collected) as waiting,
           (select count(*)::integer from questionnaires_papercode p where p.group_id = g.id) as drawn,
           c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser'])) as runs
      from questionnaires_campaign c
      join questionnaires_group g on g.campaign_id = c.id
      join questionnaires_frozenunit u on u.campaign_id = c.id and u.unit_id = g.unit_id
     where c.stage = 'open' and c.mode = 'anonymous' and c.paper and c.closes_at > clock_timestamp()
       and exists (select from questionnaires_invitation i where i.group_id = g.id and i.paper)
       and (c.unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))
            or g.unit_id in (select held_unit_set(array['leader'])))
     order by c.id, u.level, u.name_nb;
end $$;

-- How many codes would be drawn again: those that nobody has handed in. Only for those who run the campaign, and only
-- of a pile so large that the number points at nobody.
create or replace function byfolk_unused_codes(wanted_group bigint) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    asked questionnaires_campaign;
    drawn integer;
begin
    select c.* into asked from questionnaires_group g join questionnaires_campaign c on c.id = g.campaign_id
     where g.id = wanted_group;
    select count(*) into drawn from questionnaires_papercode p where p.group_id = wanted_group;
    if not byfolk_may_draw(wanted_group) or drawn < asked.smallest_total
       or asked.unit_id not in (select held_unit_set(array['hr_director', 'hr_adviser'])) then
        return null;
    end if;
    return (select count(*) from questionnaires_papercode p where p.group_id = wanted_group
               and not exists (select from questionnaires_ballot b where b.digest = p.digest));
end $$;

-- Make a pile, or void what is unused of one and draw as many again. All or nothing: 'drawn', or why not.
create or replace function byfolk_draw_codes(wanted_group bigint, tokens bytea[], again boolean) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    asked bigint;
    number integer;
begin
    select g.campaign_id into asked from questionnaires_group g where g.id = wanted_group;
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

# Answering with a code, for anyone.
ANSWERING = """
create or replace function byfolk_paper_code(token bytea) returns table (
    campaign_id bigint, is_open boolean, titles jsonb, closes_at timestamptz, version_id bigint, digest text,
    handed_in boolean
)
language sql stable security definer rows 1 set search_path = public, pg_temp
as $$
    select c.id, c.stage = 'open' and c.closes_at > clock_timestamp(), c.titles, c.closes_at, v.id, v.digest,
           exists (select from questionnaires_ballot b where b.digest = p.digest)
      from questionnaires_papercode p
      join questionnaires_group g on g.id = p.group_id
      join questionnaires_campaign c on c.id = g.campaign_id and c.mode = 'anonymous'
      join questionnaires_instrumentversion v on v.id = c.version_id
     where p.digest = token
$$;

create or replace function byfolk_hand_in_code(token bytea, given jsonb) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    asked bigint;
    counted_in bigint;
begin
    select g.campaign_id into asked from questionnaires_papercode p join questionnaires_group g on g.id = p.group_id
     where p.digest = token;
    -- Voiding waits for this lock, so that a code that is found after it stays until the answers lie in the urn.
    perform pg_advisory_xact_lock_shared(742, asked::integer);
    select p.group_id into counted_in from questionnaires_papercode p where p.digest = token;
    if counted_in is null then
        return 'unknown';
    end if;
    return byfolk_hand_in(counted_in, token, given);
end $$;
"""

SHUFFLE = """
create or replace function byfolk_shuffle_urn() returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    name text;
begin
    -- What waits to be checked at the commit would stand in the way.
    set constraints all immediate;
    foreach name in array array[{tables}] loop
        execute format('create temporary table shuffled on commit drop as select * from questionnaires_%I', name);
        execute format('truncate questionnaires_%I', name);
        execute format('insert into questionnaires_%I select * from shuffled order by gen_random_uuid()', name);
        drop table shuffled;
    end loop;
end $$;
"""
BEFORE = SHUFFLE.format(tables="'invitation', 'ballot', 'answer', 'groupkey'")
NOW = SHUFFLE.format(tables="'invitation', 'ballot', 'answer', 'groupkey', 'papercode'")
BACK = """
drop function if exists byfolk_hand_in_code(bytea, jsonb), byfolk_paper_code(bytea),
    byfolk_draw_codes(bigint, bytea[], boolean), byfolk_unused_codes(bigint), byfolk_piles(), byfolk_may_draw(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0010_paper_codes")]

    operations = [migrations.RunSQL(PILES + ANSWERING + NOW, BACK + BEFORE)]
