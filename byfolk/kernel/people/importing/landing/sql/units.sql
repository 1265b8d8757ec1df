-- Units: their placements by period, then the units themselves as they are today, successions and the closure.
-- Key: code, first day. A new unit gets its number first, so that a whole tree can land at once whatever its order.

-- :table
create temporary table staged (
    line integer, code text, kind text, name text, name_nn text, sector text, parent_code text, valid_from date, valid_to date,
    successor_code text
) on commit drop;

-- :match
create temporary table known_unit on commit drop as
select id, code, false as is_new from organisation_unit where code in (
    select code from staged union select parent_code from staged union select successor_code from staged);

insert into known_unit
select nextval(pg_get_serial_sequence('organisation_unit', 'id')), code, true
  from (select distinct code from staged where code not in (select code from known_unit)) c;

create temporary table incoming on commit drop as
with latest as (select distinct on (code) line from staged order by code, valid_from desc)
select s.line, k.id as unit_id, k.is_new, o.id as parent_id, n.id as successor_id, s.name, nynorsk.name_nn, s.kind::smallint as level,
       daterange(s.valid_from, s.valid_to) as valid, s.valid_to as ended, p.id, s.code,
       case when s.line in (select line from latest) and %(has_sector)s then s.sector end as sector,
       case when p.id is null then 'new'
            when (p.name, p.name_nn, p.level, p.parent_id, p.valid) is distinct from
                 (s.name, nynorsk.name_nn, s.kind::smallint, o.id, daterange(s.valid_from, s.valid_to))
              or (%(has_sector)s and s.line in (select line from latest) and u.sector <> s.sector)
              or (n.id is not null and not exists (
                    select from organisation_succession x
                     where x.unit_id = k.id and x.successor_id = n.id and x."on" = s.valid_to))
            then 'changed' else 'unchanged' end as state,
       jsonb_build_object('name', p.name, 'name_nn', p.name_nn, 'kind', p.level, 'parent_code', po.code, 'valid_to', upper(p.valid) - 1,
                          'sector', u.sector) as before,
       jsonb_build_object('name', s.name, 'name_nn', nynorsk.name_nn, 'kind', s.kind::smallint, 'parent_code', o.code, 'valid_to', s.valid_to - 1,
                          'sector', case when %(has_sector)s then s.sector else u.sector end) as after
  from staged s
  join known_unit k on k.code = s.code
  left join known_unit o on o.code = s.parent_code and s.parent_code <> ''
  left join known_unit n on n.code = s.successor_code and s.successor_code <> ''
  left join organisation_unit u on u.id = k.id
  left join organisation_placement p on p.unit_id = k.id and lower(p.valid) = s.valid_from
  left join organisation_unit po on po.id = p.parent_id
 -- Where the row says nothing of it, a name in nynorsk stays with the name in bokmål that it stood beside.
 cross join lateral (
    select case when s.name_nn <> '' then s.name_nn
                when p.name = s.name then p.name_nn
                when u.name = s.name then u.name_nn
                else '' end as name_nn) nynorsk;

drop table known_unit;

analyze incoming;

-- :land
insert into organisation_unit (id, code, name, name_nn, level, sector, parent_id, valid)
select distinct on (code) unit_id, code, name, name_nn, level, coalesce(sector, ''), parent_id, valid
  from incoming where is_new order by code, lower(valid) desc;

update organisation_placement p
   set name = i.name, name_nn = i.name_nn, level = i.level, parent_id = i.parent_id, valid = i.valid
  from incoming i
 where i.id = p.id and i.state = 'changed'
   and (p.name, p.name_nn, p.level, p.parent_id, p.valid)
       is distinct from (i.name, i.name_nn, i.level, i.parent_id, i.valid);

insert into organisation_placement (unit_id, parent_id, name, name_nn, level, valid)
select unit_id, parent_id, name, name_nn, level, valid from incoming where state = 'new';

update organisation_unit u
   set name = now.name, name_nn = now.name_nn, level = now.level, parent_id = now.parent_id, valid = now.valid,
       sector = coalesce(now.sector, u.sector)
  from (select distinct on (p.unit_id) p.unit_id, p.name, p.name_nn, p.level, p.parent_id,
               (select daterange(min(lower(a.valid)), case when bool_or(upper_inf(a.valid)) then null else max(upper(a.valid)) end)
                  from organisation_placement a where a.unit_id = p.unit_id) as valid,
               (select max(i.sector) from incoming i where i.unit_id = p.unit_id) as sector
          from organisation_placement p where p.unit_id in (select unit_id from incoming where state <> 'unchanged')
         order by p.unit_id, lower(p.valid) desc) now
 where now.unit_id = u.id
   and (u.name, u.name_nn, u.level, u.parent_id, u.valid, u.sector) is distinct from
       (now.name, now.name_nn, now.level, now.parent_id, now.valid, coalesce(now.sector, u.sector));

insert into organisation_succession (unit_id, successor_id, "on")
select unit_id, successor_id, ended from incoming where successor_id is not null and state <> 'unchanged'
on conflict (unit_id, successor_id) do update set "on" = excluded."on" where organisation_succession."on" <> excluded."on";
