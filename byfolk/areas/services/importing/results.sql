-- Service results. Key: unit, service, period. What a file's source lacks is left as it stands.

-- :table
create temporary table staged (
    line integer, unit_code text, service text, valid_from date, valid_to date, cost_budget bigint, cost_accounts bigint,
    volume float8, volume_unit text, quality float8, quality_name text, satisfaction float8, respondents float8
) on commit drop;

-- :match
analyze staged;

create temporary table incoming on commit drop as
with said as (
    select s.line, u.id as unit_id, s.service, daterange(s.valid_from, s.valid_to) as valid, r.id,
           case when %(has_cost_budget)s then s.cost_budget else r.cost_budget end as cost_budget,
           case when %(has_cost_accounts)s then s.cost_accounts else r.cost_accounts end as cost_accounts,
           case when %(has_volume)s then round(s.volume::numeric * 100)::bigint else r.volume end as volume,
           case when %(has_volume_unit)s then s.volume_unit else coalesce(r.volume_unit, '') end as volume_unit,
           case when %(has_quality)s then round(s.quality::numeric * 100)::int else r.quality end as quality,
           case when %(has_quality_name)s then s.quality_name else coalesce(r.quality_name, '') end as quality_name,
           case when %(has_satisfaction)s then round(s.satisfaction::numeric * 100)::int else r.satisfaction end as satisfaction,
           case when %(has_respondents)s then s.respondents::int else r.respondents end as respondents
      from staged s
      join organisation_unit u on u.code = s.unit_code
      left join services_result r on r.unit_id = u.id and r.service = s.service and r.valid = daterange(s.valid_from, s.valid_to)
)
select i.*,
       case when r.id is null then 'new'
            when (r.cost_budget, r.cost_accounts, r.volume, r.volume_unit, r.quality, r.quality_name, r.satisfaction,
                  r.respondents)
                 is distinct from
                 (i.cost_budget, i.cost_accounts, i.volume, i.volume_unit, i.quality, i.quality_name, i.satisfaction,
                  i.respondents)
            then 'changed' else 'unchanged' end as state,
       jsonb_build_object('cost_budget', r.cost_budget / 100.0, 'cost_accounts', r.cost_accounts / 100.0,
                          'volume', r.volume / 100.0, 'volume_unit', r.volume_unit, 'quality', r.quality / 100.0,
                          'quality_name', r.quality_name, 'satisfaction', r.satisfaction / 100.0, 'respondents', r.respondents)
           as before,
       jsonb_build_object('cost_budget', i.cost_budget / 100.0, 'cost_accounts', i.cost_accounts / 100.0,
                          'volume', i.volume / 100.0, 'volume_unit', i.volume_unit, 'quality', i.quality / 100.0,
                          'quality_name', i.quality_name, 'satisfaction', i.satisfaction / 100.0, 'respondents', i.respondents)
           as after
  from said i left join services_result r on r.id = i.id;

analyze incoming;

-- :land
update services_result r set cost_budget = i.cost_budget, cost_accounts = i.cost_accounts, volume = i.volume,
       volume_unit = i.volume_unit, quality = i.quality, quality_name = i.quality_name, satisfaction = i.satisfaction,
       respondents = i.respondents, batch_id = %(batch)s
  from incoming i where i.id = r.id and i.state = 'changed';

insert into services_result (unit_id, service, valid, cost_budget, cost_accounts, volume, volume_unit, quality, quality_name,
                             satisfaction, respondents, batch_id)
select unit_id, service, valid, cost_budget, cost_accounts, volume, volume_unit, quality, quality_name, satisfaction, respondents,
       %(batch)s
  from incoming where state = 'new';
