-- What the policies ask. All are owned by the owner of the tables; those marked SECURITY DEFINER look past the policies so that
-- the set of visible units is computed once a query, over tables that hold no personal data.

create or replace function byfolk_person() returns bigint language sql stable parallel safe
as $$ select nullif(current_setting('app.person_id', true), '')::bigint $$;

create or replace function byfolk_today() returns date language sql stable parallel safe
as $$ select (now() at time zone 'Europe/Oslo')::date $$;

create or replace function held_unit_set(roles text[]) returns setof bigint
language sql stable security definer rows 3000 set search_path = public, pg_temp
as $$
    select c.descendant_id
      from access_grant g join organisation_closure c on c.ancestor_id = g.unit_id
     where g.person_id = byfolk_person() and g.role = any(roles) and g.valid @> byfolk_today()
    union
    select c.descendant_id
      from organisation_leadership l join organisation_closure c on c.ancestor_id = l.unit_id
     where 'leader' = any(roles) and l.person_id = byfolk_person() and l.valid @> byfolk_today()
$$;

create or replace function visible_unit_set(kind text) returns setof bigint
language sql stable security definer rows 3000 set search_path = public, pg_temp
as $$ select held_unit_set((select coalesce(array_agg(s.role), '{}') from access_seenby s where s.kind = $1)) $$;

-- Whether the role is held at the top of the tree, below which every unit lies (a constraint sees to that): then there is no set to
-- gather.
create or replace function sees_all_units(kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select exists (
        select from organisation_unit top join (
            select unit_id, role from access_grant where person_id = byfolk_person() and valid @> byfolk_today()
            union all
            select unit_id, 'leader' from organisation_leadership
             where person_id = byfolk_person() and valid @> byfolk_today()
        ) held on held.unit_id = top.id join access_seenby s on s.role = held.role
         where top.parent_id is null and s.kind = $1
    )
$$;

create or replace function visible_units(kind text) returns bigint[]
language sql stable security definer set search_path = public, pg_temp
as $$ select coalesce(array_agg(u), '{}') from visible_unit_set(kind) u $$;

-- `$1` and not its name: people_employment has a column of that name. The inner selects are computed once, not for every row.
create or replace function visible_person_set(kind text) returns setof bigint
language sql stable security definer rows 5000 set search_path = public, pg_temp
as $$
    select e.person_id from people_employment e
     where e.unit_id in (select visible_unit_set($1)) and e.valid @> (select byfolk_today())
$$;

create or replace function visible_persons(kind text) returns bigint[]
language sql stable security definer set search_path = public, pg_temp
as $$ select coalesce(array_agg(distinct p), '{}') from visible_person_set(kind) p $$;

-- Where whoever asks works today, and every unit above: what is decided there concerns them.
create or replace function worked_units() returns bigint[]
language sql stable security definer set search_path = public, pg_temp
as $$
    select coalesce(array_agg(distinct c.ancestor_id), '{}')
      from people_employment e join organisation_closure c on c.descendant_id = e.unit_id
     where e.person_id = byfolk_person() and e.valid @> byfolk_today()
$$;

-- Who asks, in one call at the start of a request: name, roles now, and whether the units are many (the wide role) or few.
-- Nobody, where the person neither works here today nor holds a role: access ends with the employment.
create or replace function byfolk_actor(person bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp
as $$
    with held as (
        select g.role, g.unit_id, u.name, u.name_nn, u.code, u.level
          from access_grant g join organisation_unit u on u.id = g.unit_id
         where g.person_id = person and g.valid @> byfolk_today()
        union
        select 'leader', l.unit_id, u.name, u.name_nn, u.code, u.level
          from organisation_leadership l join organisation_unit u on u.id = l.unit_id
         where l.person_id = person and l.valid @> byfolk_today()
    )
    select jsonb_build_object(
        'name', p.given_name || ' ' || p.family_name,
        'title', coalesce((select c.title from people_card c where c.person_id = p.id), ''),
        'unit', p.unit_id,
        'held', coalesce(
            (select jsonb_agg(jsonb_build_array(h.role, h.unit_id, h.name, h.name_nn, h.code) order by h.level, h.code)
               from held h), '[]'),
        'wide', (select count(*) > 100 from held h join organisation_closure c on c.ancestor_id = h.unit_id)
    ) from people_person p
     where p.id = person
       and (exists (select from held)
            or exists (select from people_employment e where e.person_id = p.id and e.valid @> byfolk_today()))
$$;

-- Whom a sign-in by OpenID Connect is about, by what the provider tells: for the sign-in pages only. `by` is 'employee_number' or
-- 'email'. Nobody, where it does not name exactly one person.
create or replace function byfolk_known_person(by text, told text) returns bigint
language sql stable security definer set search_path = public, pg_temp
as $$
    with known as (
        select p.id from people_person p where by = 'employee_number' and lower(p.employee_number) = lower(told)
        union
        select c.person_id from people_card c where by = 'email' and c.email <> '' and lower(c.email) = lower(told)
        union
        select u.person_id from access_user u
         where by = 'email' and u.email <> '' and lower(u.email) = lower(told) and u.person_id is not null
    )
    select case when count(*) = 1 then min(id) end from known
$$;

-- The only way to write the read log. The reader is who the request acts as.
drop function if exists byfolk_log_read(bigint, text, text, timestamptz);
create or replace function byfolk_log_read(person bigint, kind text, purpose text, details text, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    if byfolk_person() is null then
        raise exception 'a look needs a reader';
    end if;
    insert into audit_readlog (reader_id, person_id, kind, purpose, details, at)
        values (byfolk_person(), person, kind, purpose, details, at);
end $$;

-- The auditor sees that sensitive data was read, by whom, when and why: not what kind it was.
drop function if exists byfolk_read_log_for_auditors();
create function byfolk_read_log_for_auditors() returns table (
    id bigint, reader_id bigint, person_id bigint, purpose text, details text, at timestamptz
)
language sql stable security definer rows 1000 set search_path = public, pg_temp
as $$
    select l.id, l.reader_id, l.person_id, l.purpose, l.details, l.at from audit_readlog l
     where exists (select from held_unit_set(array['auditor']))
$$;

-- The history of grants, with who changed them and why, for administrators and auditors. The history's own tables are open to nobody.
create or replace function byfolk_grant_history() returns table (
    id integer, at timestamptz, what text, grant_id bigint, person_id bigint, role text, unit_id bigint, valid daterange,
    by_person_id bigint, why text, reason text
)
language sql stable security definer rows 1000 set search_path = public, pg_temp
as $$
    select e.pgh_id, e.pgh_created_at, e.pgh_label, e.id, e.person_id, e.role, e.unit_id, e.valid,
           (c.metadata ->> 'person')::bigint, coalesce(c.metadata ->> 'why', ''), coalesce(c.metadata ->> 'reason', '')
      from access_grantevent e left join pghistory_context c on c.id = e.pgh_context_id
     where exists (select from held_unit_set(array['administrator', 'auditor']))
$$;

-- A job is deferred by way of this function, so that the queue's arguments are open to nobody. Arguments carry ids only, and
-- who asked is taken from the request.
create or replace function byfolk_defer(task text, args jsonb, queueing text) returns bigint
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    job bigint;
begin
    if byfolk_person() is null then
        raise exception 'a job needs a person';
    end if;
    insert into procrastinate_jobs (queue_name, task_name, priority, queueing_lock, args)
        values ('default', task, 0, queueing, args || jsonb_build_object('asked_by', byfolk_person()))
        returning id into job;
    return job;
end $$;
