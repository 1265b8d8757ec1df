from django.db import migrations

# As in 0002, with what a change can be taken back to.
HISTORY = """
drop function if exists byfolk_action_history(bigint);
create function byfolk_action_history(wanted bigint) returns table (
    id integer, at timestamptz, why text, by_person_id bigint, title text, owner_id bigint, due date, state text, reason text,
    staff_representative boolean, safety_representative boolean, "union" boolean, participants text, shared boolean,
    version integer
)
language plpgsql stable security definer rows 20 set search_path = public, pg_temp
as $$
begin
    return query
    select e.pgh_id, e.pgh_created_at, coalesce(c.metadata ->> 'why', ''), (c.metadata ->> 'person')::bigint,
           e.title, e.owner_id, e.due, e.state::text, e.reason, e.staff_representative, e.safety_representative, e."union",
           e.participants, e.shared, e.version
      from actions_actionevent e left join pghistory_context c on c.id = e.pgh_context_id
     where e.pgh_obj_id = wanted
       and exists (select from actions_action a where a.id = wanted
                      and (a.owner_id = byfolk_person() or a.unit_id in (select visible_unit_set('actions'))))
     order by e.pgh_id;
end $$;
"""

# Done actions of like units that their people let others see, for those who start actions in this one. Which unit it was
# is for finding its published figure, and is not told.
SHARED = """
create or replace function byfolk_shared_actions(of_indicator text, like_unit bigint) returns table (
    id bigint, title text, unit_id bigint, direction text, start_value double precision, start_period date,
    start_kind smallint
)
language plpgsql stable security definer rows 20 set search_path = public, pg_temp
as $$
begin
    return query
    select a.id, a.title, a.figure_unit_id, a.direction::text, a.start_value, a.start_period, a.start_kind
      from actions_action a
      join organisation_unit u on u.id = a.unit_id
      join organisation_unit mine on mine.id = like_unit and mine.level = u.level and mine.sector = u.sector
     where a.shared and a.state = 'done' and a.indicator = of_indicator and a.unit_id <> like_unit
       and a.start_value is not null
       and like_unit in (select held_unit_set(array['leader', 'hr_adviser', 'hr_director']))
     order by a.state_at desc, a.id desc
     limit 100;
end $$;
"""

BACK = """
drop function if exists byfolk_shared_actions(text, bigint);
drop function if exists byfolk_action_history(bigint);
create function byfolk_action_history(wanted bigint) returns table (
    id integer, at timestamptz, why text, by_person_id bigint, title text, owner_id bigint, due date, state text, reason text
)
language plpgsql stable security definer rows 20 set search_path = public, pg_temp
as $$
begin
    return query
    select e.pgh_id, e.pgh_created_at, coalesce(c.metadata ->> 'why', ''), (c.metadata ->> 'person')::bigint,
           e.title, e.owner_id, e.due, e.state::text, e.reason
      from actions_actionevent e left join pghistory_context c on c.id = e.pgh_context_id
     where e.pgh_obj_id = wanted
       and exists (select from actions_action a where a.id = wanted
                      and (a.owner_id = byfolk_person() or a.unit_id in (select visible_unit_set('actions'))))
     order by e.pgh_id;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0005_shared_and_language")]

    operations = [migrations.RunSQL(HISTORY + SHARED, BACK)]
