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


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0016_like_units")]

    operations = [migrations.RunSQL(FOR_ALL, "drop function if exists byfolk_urn_for_all(bigint)")]
