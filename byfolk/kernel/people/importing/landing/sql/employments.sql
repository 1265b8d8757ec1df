-- Employments, with the people, posts and pay that their rows tell of. Key: person, post, first day.
-- A person's and a post's own facts come from the row of theirs that starts last. An empty cell never wipes out such a fact.

-- :table
create temporary table staged (
    line integer, employee_number text, given_name text, family_name text, birth_date date, gender text, protected boolean,
    work_email text, work_phone text, position_number text, position_title text, styrk text, unit_code text,
    employment_kind text, percentage integer, main boolean, valid_from date, valid_to date, end_reason text,
    annual_pay bigint, supplements bigint, pay_from date
) on commit drop;

-- :match
analyze staged;

create temporary table incoming on commit drop as
    with tells as (
        select line, row_number() over (partition by employee_number order by valid_from desc, line desc) = 1 as of_person,
               row_number() over (partition by position_number order by valid_from desc, line desc) = 1 as of_post
          from staged
    )
    select s.line, s.employee_number, s.position_number, t.of_person, t.of_post,
           p.id as person_id, q.id as position_id, e.id as employment_id, u.id as unit_id,
           s.given_name, s.family_name, coalesce(s.birth_date, p.birth_date) as birth_date, coalesce(s.gender, p.gender) as gender,
           case when %(has_protected)s then s.protected else coalesce(p.protected, false) end as protected,
           coalesce(nullif(s.work_email, ''), p.work_email, '') as work_email,
           coalesce(nullif(s.work_phone, ''), p.work_phone, '') as work_phone,
           s.position_title as title, coalesce(nullif(s.styrk, ''), q.styrk, '') as styrk,
           s.employment_kind as kind, s.percentage,
           case when %(has_main)s then s.main else coalesce(e.main, s.main) end as main,
           daterange(s.valid_from, s.valid_to) as valid,
           case when %(has_end_reason)s then coalesce(s.end_reason, '') else coalesce(e.end_reason, '') end as end_reason,
           coalesce(s.annual_pay, y.annual_pay) as annual_pay,
           case when %(has_supplements)s then coalesce(s.supplements, 0) else coalesce(y.supplements, 0) end as supplements,
           coalesce(s.pay_from, %(on)s::date) as pay_from, y.valid as pay_valid,
           p.id is not null and t.of_person and (
               p.given_name, p.family_name, p.birth_date, p.gender, p.protected, p.work_email, p.work_phone) is distinct from (
               s.given_name, s.family_name, coalesce(s.birth_date, p.birth_date), coalesce(s.gender, p.gender),
               case when %(has_protected)s then s.protected else p.protected end,
               coalesce(nullif(s.work_email, ''), p.work_email), coalesce(nullif(s.work_phone, ''), p.work_phone))
               as person_changed,
           q.id is not null and t.of_post and (q.unit_id, q.title, q.styrk) is distinct from (
               u.id, s.position_title, coalesce(nullif(s.styrk, ''), q.styrk)) as post_changed,
           e.id is not null and (e.unit_id, e.kind, e.percentage, e.main, e.valid, e.end_reason) is distinct from (
               u.id, s.employment_kind, s.percentage, case when %(has_main)s then s.main else e.main end,
               daterange(s.valid_from, s.valid_to),
               case when %(has_end_reason)s then coalesce(s.end_reason, '') else e.end_reason end) as employment_changed,
           coalesce(s.annual_pay, y.annual_pay) is not null and (
               y.valid is null
               or (y.annual_pay, y.unit_id) is distinct from (coalesce(s.annual_pay, y.annual_pay), u.id)
               or (%(has_supplements)s and y.supplements <> coalesce(s.supplements, 0))
               or (e.id is not null and upper(e.valid) is distinct from s.valid_to and upper(y.valid) is distinct from s.valid_to))
               as pay_changed,
           jsonb_build_object(
               'given_name', p.given_name, 'family_name', p.family_name, 'birth_date', p.birth_date, 'gender', p.gender,
               'protected', p.protected, 'work_email', p.work_email, 'work_phone', p.work_phone,
               'position_title', q.title, 'styrk', q.styrk, 'unit_code', eu.code, 'employment_kind', e.kind,
               'percentage', e.percentage / 10.0, 'main', e.main, 'valid_to', upper(e.valid) - 1, 'end_reason', e.end_reason,
               'annual_pay', y.annual_pay / 100.0, 'supplements', y.supplements / 100.0) as before
      from staged s
      join tells t on t.line = s.line
      join organisation_unit u on u.code = s.unit_code
      left join people_person p on p.employee_number = s.employee_number
      left join people_position q on q.number = s.position_number
      left join people_employment e on e.person_id = p.id and e.position_id = q.id and lower(e.valid) = s.valid_from
      left join organisation_unit eu on eu.id = e.unit_id

left join lateral (
    select annual_pay, supplements, unit_id, valid from people_pay
     where person_id = p.id and position_id = q.id and valid && daterange(s.valid_from, s.valid_to)
     order by lower(valid) desc limit 1) y on true;

alter table incoming add column state text, add column after jsonb;

update incoming i set
    state = case when employment_id is null then 'new'
                 when employment_changed or person_changed or post_changed or pay_changed then 'changed'
                 else 'unchanged' end,
    after = case when employment_id is not null and (employment_changed or person_changed or post_changed or pay_changed) then
        before || case when of_person then jsonb_build_object(
            'given_name', given_name, 'family_name', family_name, 'birth_date', birth_date, 'gender', gender,
            'protected', protected, 'work_email', work_email, 'work_phone', work_phone) else '{}'::jsonb end
        || case when of_post then jsonb_build_object('position_title', title, 'styrk', styrk) else '{}'::jsonb end
        || jsonb_build_object(
            'unit_code', (select code from organisation_unit where id = i.unit_id), 'employment_kind', kind,
            'percentage', percentage / 10.0, 'main', main, 'valid_to', upper(valid) - 1, 'end_reason', end_reason,
            'annual_pay', annual_pay / 100.0, 'supplements', supplements / 100.0) end;

analyze incoming (person_id, position_id, employment_id, employee_number, position_number);

-- :land
insert into people_person (employee_number, given_name, family_name, birth_date, gender, protected, work_email, work_phone,
                           batch_id)
select employee_number, given_name, family_name, birth_date, gender, protected, work_email, work_phone, %(batch)s
  from incoming where person_id is null and of_person;

update people_person p set
    given_name = i.given_name, family_name = i.family_name, birth_date = i.birth_date, gender = i.gender,
    protected = i.protected, work_email = i.work_email, work_phone = i.work_phone, batch_id = %(batch)s
  from incoming i where i.person_id = p.id and i.person_changed;

insert into people_position (number, unit_id, title, styrk, percentage, batch_id)
select position_number, unit_id, title, styrk, 1000, %(batch)s from incoming where position_id is null and of_post;

update people_position q set unit_id = i.unit_id, title = i.title, styrk = i.styrk, batch_id = %(batch)s
  from incoming i where i.position_id = q.id and i.post_changed;

update incoming i set person_id = p.id from people_person p
 where i.person_id is null and p.employee_number = i.employee_number;

update incoming i set position_id = q.id from people_position q
 where i.position_id is null and q.number = i.position_number;

update people_employment e set
    unit_id = i.unit_id, kind = i.kind, percentage = i.percentage, main = i.main, valid = i.valid,
    end_reason = i.end_reason, batch_id = %(batch)s
  from incoming i where i.employment_id = e.id and i.employment_changed;

insert into people_employment (person_id, position_id, unit_id, kind, percentage, main, valid, end_reason, batch_id)
select person_id, position_id, unit_id, kind, percentage, main, valid, end_reason, %(batch)s
  from incoming where employment_id is null;

create temporary table new_pay on commit drop as
select person_id, position_id, unit_id, annual_pay, supplements,
       case when pay_valid is null or employment_id is null then valid
            when pay_from > lower(pay_valid) and valid @> pay_from then daterange(pay_from, upper(valid))
            else daterange(greatest(lower(valid), lower(pay_valid)), upper(valid)) end as valid
  from incoming where pay_changed;

analyze new_pay;

create temporary table held on commit drop as
select e.person_id, e.position_id, range_agg(e.valid) as valid
  from people_employment e
  join (select distinct person_id, position_id from incoming
         where pay_changed or (employment_changed and employment_id is not null)) c using (person_id, position_id)
 group by 1, 2;

create temporary table old_pay on commit drop as
select y.*, new.valid as covered, held.valid as employed
  from people_pay y join held using (person_id, position_id)
  left join (select person_id, position_id, range_agg(valid) as valid from new_pay group by 1, 2) new
       using (person_id, position_id)
 where (new.valid is not null and y.valid && new.valid) or not y.valid <@ held.valid;

delete from people_pay where id in (select id from old_pay);

insert into people_pay (person_id, position_id, unit_id, annual_pay, supplements, valid, batch_id)
select person_id, position_id, unit_id, annual_pay, supplements, piece, batch_id
  from old_pay, unnest(valid::datemultirange * employed - coalesce(covered, '{}')) piece
union all
select person_id, position_id, unit_id, annual_pay, supplements, valid, %(batch)s from new_pay;

drop table new_pay, held, old_pay;
