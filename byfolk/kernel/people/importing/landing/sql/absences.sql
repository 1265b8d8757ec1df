-- Absences. Key: person, post, kind, first day. The unit is the one that the post lay in on the first day.

-- :table
create temporary table staged (
    line integer, employee_number text, position_number text, kind text, valid_from date, valid_to date, grade integer
) on commit drop;

-- :match
analyze staged;

create temporary table incoming on commit drop as
select s.line, p.id as person_id, q.id as position_id, e.unit_id, s.kind, s.grade, daterange(s.valid_from, s.valid_to) as valid,
       a.id,
       case when a.id is null then 'new'
            when (a.grade, a.valid, a.unit_id) is distinct from (s.grade, daterange(s.valid_from, s.valid_to), e.unit_id)
            then 'changed' else 'unchanged' end as state,
       jsonb_build_object('grade', a.grade / 10.0, 'valid_to', upper(a.valid) - 1) as before,
       jsonb_build_object('grade', s.grade / 10.0, 'valid_to', s.valid_to - 1) as after
  from staged s
  join people_person p on p.employee_number = s.employee_number
  join people_position q on q.number = s.position_number
  join people_employment e on e.person_id = p.id and e.position_id = q.id and e.valid @> s.valid_from
  left join people_absence a
    on a.person_id = p.id and a.position_id = q.id and a.kind = s.kind and lower(a.valid) = s.valid_from;

analyze incoming;

-- :land
update people_absence a set grade = i.grade, valid = i.valid, unit_id = i.unit_id, batch_id = %(batch)s from incoming i
 where i.id = a.id and i.state = 'changed';

insert into people_absence (person_id, position_id, unit_id, kind, grade, valid, batch_id)
select person_id, position_id, unit_id, kind, grade, valid, %(batch)s from incoming where state = 'new';
