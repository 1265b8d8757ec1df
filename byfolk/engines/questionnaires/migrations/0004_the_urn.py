from django.db import migrations

# Who an audience is: everybody who works in the units or below them on a day, in their main post. For background work.
AUDIENCE = """
create or replace function byfolk_audience(units bigint[], leaders text, kinds text[], on_day date)
returns table (person_id bigint, unit_id bigint, leads bigint[])
language sql stable security definer rows 5000 set search_path = public, pg_temp
as $$
    with placed as (
        select distinct on (e.person_id) e.person_id, e.unit_id, e.kind
          from people_employment e
         where e.valid @> on_day
         order by e.person_id, e.main desc, e.percentage desc, e.id
    ), led as (
        select l.person_id, array_agg(l.unit_id) as leads from organisation_leadership l
         where l.valid @> on_day group by l.person_id
    )
    select p.person_id, p.unit_id, coalesce(led.leads, '{}')
      from placed p left join led on led.person_id = p.person_id
     where p.kind = any(kinds)
       and p.unit_id in (select c.descendant_id from organisation_closure c where c.ancestor_id = any(units))
       and (leaders = 'everyone' or (leaders = 'only') = (led.leads is not null))
$$;

-- The same by number, for those who run campaigns, in the units that they run them for.
create or replace function byfolk_audience_counts(units bigint[], leaders text, kinds text[], on_day date)
returns table (unit_id bigint, leads bigint[], number integer)
language plpgsql stable security definer rows 1000 set search_path = public, pg_temp
as $$
begin
    return query
    select a.unit_id, a.leads, count(*)::integer
      from byfolk_audience(
          (select coalesce(array_agg(u), '{}') from unnest(units) u
            where u in (select held_unit_set(array['hr_director', 'hr_adviser']))), leaders, kinds, on_day) a
     group by a.unit_id, a.leads;
end $$;
"""

# Collecting a ballot: the one who asks, once, while the campaign is open. `sent` is the SHA-256 of the blinded message;
# the same one again gets the same signature again, since the answer may have been lost on its way.
COLLECTING = """
create or replace function byfolk_collect_ballot(wanted bigint, sent_now bytea)
returns table (outcome text, group_id bigint, sealed bytea)
language plpgsql volatile security definer rows 1 set search_path = public, pg_temp
as $$
declare
    mine questionnaires_invitation;
begin
    perform pg_advisory_xact_lock_shared(742, wanted::integer);
    select i.* into mine from questionnaires_invitation i
     where i.campaign_id = wanted and i.person_id = byfolk_person() for update;
    if mine.id is null then
        return query select 'uninvited', null::bigint, null::bytea;
    elsif not exists (select from questionnaires_campaign c where c.id = wanted and c.stage = 'open'
                         and c.mode = 'anonymous' and c.closes_at > clock_timestamp()) then
        return query select 'closed', null::bigint, null::bytea;
    elsif mine.collected and mine.sent <> sent_now then
        return query select 'collected', null::bigint, null::bytea;
    else
        if not mine.collected then
            update questionnaires_invitation set collected = true, sent = sent_now where id = mine.id;
        end if;
        return query select 'signed', k.group_id, k.sealed from questionnaires_groupkey k where k.group_id = mine.group_id;
    end if;
end $$;

-- How many have collected in each group: every group has at least as many invited as may be shown.
create or replace function byfolk_collected(wanted bigint) returns table (group_id bigint, collected integer)
language sql stable security definer rows 1000 set search_path = public, pg_temp
as $$
    select g.id, coalesce(g.collected, (select count(*)::integer from questionnaires_invitation i
                                         where i.group_id = g.id and i.collected))
      from questionnaires_group g where g.campaign_id = wanted
$$;
"""

# The urn, for anyone: nobody is asked who they are.
URN = """
create or replace function byfolk_urn(wanted bigint) returns table (
    stage text, titles jsonb, opens_at timestamptz, closes_at timestamptz, version_id bigint, digest text, ballots bigint,
    leader_days integer
)
language sql stable security definer rows 1 set search_path = public, pg_temp
as $$
    select c.stage, c.titles, c.opens_at, c.closes_at, v.id, v.digest,
           case when c.stage = 'open' then 0 else
               (select count(*) from questionnaires_ballot b join questionnaires_group g on g.id = b.group_id
                 where g.campaign_id = c.id) end,
           c.leader_days
      from questionnaires_campaign c join questionnaires_instrumentversion v on v.id = c.version_id
     where c.id = wanted and c.mode = 'anonymous' and c.stage in ('open', 'closed')
$$;

create or replace function byfolk_urn_group(wanted bigint) returns table (
    campaign_id bigint, is_open boolean, public_key bytea, version_id bigint, digest text
)
language sql stable security definer rows 1 set search_path = public, pg_temp
as $$
    select c.id, c.stage = 'open' and c.closes_at > clock_timestamp(), g.public_key, v.id, v.digest
      from questionnaires_group g
      join questionnaires_campaign c on c.id = g.campaign_id and c.mode = 'anonymous'
      join questionnaires_instrumentversion v on v.id = c.version_id
     where g.id = wanted
$$;

-- What is asked, of versions that a campaign asks or has asked without names.
create or replace function byfolk_urn_content(wanted bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp
as $$
    select v.content from questionnaires_instrumentversion v
     where v.id = wanted and v.state <> 'draft'
       and exists (select from questionnaires_campaign c where c.version_id = v.id and c.mode = 'anonymous'
                      and c.stage in ('open', 'closed'))
$$;

-- Handing in. Whoever calls has checked the signature. Two rows that nothing ties together, or none.
create or replace function byfolk_hand_in(wanted bigint, token bytea, given jsonb) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    asked bigint;
begin
    select g.campaign_id into asked from questionnaires_group g where g.id = wanted;
    perform pg_advisory_xact_lock_shared(742, asked::integer);
    if not exists (select from questionnaires_campaign c where c.id = asked and c.stage = 'open'
                      and c.mode = 'anonymous' and c.closes_at > clock_timestamp()) then
        return 'closed';
    end if;
    insert into questionnaires_ballot (digest, group_id) values (token, wanted) on conflict do nothing;
    if not found then
        return 'already';
    end if;
    insert into questionnaires_answer (id, group_id, answers) values (gen_random_uuid(), wanted, given);
    return 'accepted';
end $$;

create or replace function byfolk_lies_in_urn(wanted bigint, low bytea, high bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select exists (select from questionnaires_ballot b join questionnaires_group g on g.id = b.group_id
                    where g.campaign_id = wanted and b.digest between low and high)
$$;

-- Every ballot that was counted, when nobody can hand in any more.
create or replace function byfolk_urn_codes(wanted bigint) returns setof bytea
language sql stable security definer rows 1000 set search_path = public, pg_temp
as $$
    select b.digest from questionnaires_ballot b
      join questionnaires_group g on g.id = b.group_id
      join questionnaires_campaign c on c.id = g.campaign_id
     where c.id = wanted and c.stage = 'closed'
     order by b.digest
$$;
"""

# The close. `byfolk_urn_lock` waits for those who are just handing in, and keeps others out until the transaction ends.
# `truncate` gives each table a new file and removes the old one at the commit, with every earlier form of every row in it:
# what a vacuum would leave in place. Only the owner may, hence the function; only background work may call it.
CLOSING = """
create or replace function byfolk_urn_lock(wanted bigint) returns void
language sql volatile set search_path = public, pg_temp
as $$ select pg_advisory_xact_lock(742, wanted::integer) $$;

create or replace function byfolk_shuffle_urn() returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    name text;
begin
    -- What waits to be checked at the commit would stand in the way.
    set constraints all immediate;
    foreach name in array array['invitation', 'ballot', 'answer', 'groupkey'] loop
        execute format('create temporary table shuffled on commit drop as select * from questionnaires_%I', name);
        execute format('truncate questionnaires_%I', name);
        execute format('insert into questionnaires_%I select * from shuffled order by gen_random_uuid()', name);
        drop table shuffled;
    end loop;
end $$;
"""

# Answers with a name: only while the campaign is open, only from who is invited, in the group of the invitation.
SIGNED = """
create or replace function questionnaires_signed_in_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and new.answers = old.answers and new.person_id = old.person_id
       and new.campaign_id = old.campaign_id then
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
create trigger questionnaires_signed_in_time before insert or update on questionnaires_signedanswer
    for each row execute function questionnaires_signed_in_time();
"""
BACK = """
drop function if exists questionnaires_signed_in_time() cascade;
drop function if exists byfolk_shuffle_urn(), byfolk_urn_lock(bigint), byfolk_urn_codes(bigint),
    byfolk_lies_in_urn(bigint, bytea, bytea), byfolk_hand_in(bigint, bytea, jsonb), byfolk_urn_content(bigint),
    byfolk_urn_group(bigint), byfolk_urn(bigint), byfolk_collected(bigint), byfolk_collect_ballot(bigint, bytea),
    byfolk_audience_counts(bigint[], text, text[], date), byfolk_audience(bigint[], text, text[], date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0003_campaigns_and_ballots"),
        ("people", "0005_day_of_a_loaded_city"),
        ("organisation", "0003_names_in_nynorsk"),
    ]

    operations = [migrations.RunSQL(AUDIENCE + COLLECTING + URN + CLOSING + SIGNED, BACK)]
