from django.db import migrations

# Who set which target when, for everyone who is signed in: the history's own table is open to nobody.
HISTORY = """
create or replace function byfolk_target_history(wanted text, units bigint[]) returns table (
    id integer, at timestamptz, what text, unit_id bigint, year smallint, value numeric, tolerance numeric,
    by_person_id bigint
)
language sql stable security definer rows 50 set search_path = public, pg_temp
as $$
    select e.pgh_id, e.pgh_created_at, e.pgh_label, e.unit_id, e.year, e.value, e.tolerance,
           (c.metadata ->> 'person')::bigint
      from goals_targetevent e left join pghistory_context c on c.id = e.pgh_context_id
     where e.indicator = wanted and e.unit_id = any (units)
       and nullif(current_setting('app.person_id', true), '') is not null
$$
"""


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(HISTORY, "drop function if exists byfolk_target_history(text, bigint[])")]
