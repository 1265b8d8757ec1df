from django.db import migrations

# Whether anyone could answer, at the address of a place: nobody collects a ballot there. A function of its own, so that
# what runs while this is brought in goes on.
FOR_ALL = """
create or replace function byfolk_urn_for_all(wanted bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select exists (select from questionnaires_group g join questionnaires_campaign c on c.id = g.campaign_id
                    where c.id = wanted and c.mode = 'anonymous' and c.stage in ('open', 'closed') and g.word <> '')
$$;
"""

# All that was handed in, also where so few did that the place is not told of: the list of codes is as long.
COUNTS = """
create or replace function byfolk_urn_counts(wanted bigint) returns table (collected bigint, handed_in integer)
language sql stable security definer rows 1 set search_path = public, pg_temp
as $$
    select (select sum(g.collected) from questionnaires_group g where g.campaign_id = c.id), c.answered
      from questionnaires_campaign c where c.id = wanted and c.mode = 'anonymous' and c.stage = 'closed'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0016_like_units")]

    operations = [
        migrations.RunSQL(FOR_ALL, "drop function if exists byfolk_urn_for_all(bigint)"),
        migrations.RunSQL(COUNTS, "drop function if exists byfolk_urn_counts(bigint)"),
    ]
