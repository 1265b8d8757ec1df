-- Leaders of units. Key: unit, person, first day.

-- :table
create temporary table staged (line integer, unit_code text, employee_number text, valid_from date, valid_to date) on commit drop;

-- :match
create temporary table incoming on commit drop as
select s.line, u.id as unit_id, p.id as person_id, daterange(s.valid_from, s.valid_to) as valid, l.id,
       case when l.id is null then 'new' when upper(l.valid) is distinct from s.valid_to then 'changed' else 'unchanged' end
           as state,
       jsonb_build_object('valid_to', upper(l.valid) - 1) as before, jsonb_build_object('valid_to', s.valid_to - 1) as after
  from staged s
  join organisation_unit u on u.code = s.unit_code
  join people_person p on p.employee_number = s.employee_number
  left join organisation_leadership l on l.unit_id = u.id and l.person_id = p.id and lower(l.valid) = s.valid_from;

analyze incoming;

-- :land
update organisation_leadership l set valid = i.valid, batch_id = %(batch)s from incoming i
 where i.id = l.id and i.state = 'changed';

insert into organisation_leadership (unit_id, person_id, valid, batch_id)
select unit_id, person_id, valid, %(batch)s from incoming where state = 'new';
