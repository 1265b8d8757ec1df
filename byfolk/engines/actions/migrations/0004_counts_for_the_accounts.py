from django.db import migrations

# How many actions ran in a year, for the personnel accounts: of the municipality and of agencies, each with all below, and
# nothing about any single one. In PL/pgSQL, as the history is.
COUNTS = """
create or replace function byfolk_action_counts(wanted integer) returns table (
    unit_id bigint, goal text, indicator text, state text, n bigint
)
language plpgsql stable security definer rows 500 set search_path = public, pg_temp
as $$
begin
    return query
    select u.id, case when a.source_kind = 'goal' then a.source_reference else '' end, a.indicator, a.state::text, count(*)
      from actions_action a
      join organisation_closure c on c.descendant_id = a.unit_id
      join organisation_unit u on u.id = c.ancestor_id and u.level in (0, 2)
     where a.started_on < make_date(wanted + 1, 1, 1)
       and (a.state in ('planned', 'in_progress') or a.state_at >= make_date(wanted, 1, 1))
     group by 1, 2, 3, 4;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0003_constraints_restored_as_written"), ("organisation", "0003_names_in_nynorsk")]

    operations = [migrations.RunSQL(COUNTS, "drop function if exists byfolk_action_counts(integer)")]
