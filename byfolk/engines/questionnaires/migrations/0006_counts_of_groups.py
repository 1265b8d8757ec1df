from django.db import migrations

# Ballots handed in never exceed those collected, in any group: for all to see, once a campaign is closed.
GROUPS = """
create or replace function byfolk_urn_groups(wanted bigint) returns table (
    name text, name_nn text, collected integer, handed_in integer
)
language sql stable security definer rows 1000 set search_path = public, pg_temp
as $$
    select u.name_nb, u.name_nn, g.collected, g.answered
      from questionnaires_group g
      join questionnaires_campaign c on c.id = g.campaign_id and c.mode = 'anonymous' and c.stage = 'closed'
      join questionnaires_frozenunit u on u.campaign_id = c.id and u.unit_id = g.unit_id
     where c.id = wanted and g.invited > 0
     order by u.level, u.name_nb
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0005_results")]

    operations = [migrations.RunSQL(GROUPS, "drop function if exists byfolk_urn_groups(bigint)")]
