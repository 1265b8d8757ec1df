from django.db import migrations

# The mean of a factor among the units of the same parent, level and sector, without the unit itself: of published numbers only, from
# the day on which each is everybody's there, and only of three or more. Which units they are is not told.
LIKE = """
create or replace function byfolk_like_units(of_campaign bigint, of_unit bigint) returns table (
    factor text, units integer, mean numeric
)
language plpgsql stable security definer rows 12 set search_path = public, pg_temp
as $$
begin
    return query
    select f.factor, count(*)::integer, round(avg(f.mean), 1)
      from questionnaires_frozenunit me
      join questionnaires_frozenunit other on other.campaign_id = me.campaign_id and other.parent_id = me.parent_id
           and other.level = me.level and other.unit_id <> me.unit_id
      join organisation_unit mine on mine.id = me.unit_id
      join organisation_unit theirs on theirs.id = other.unit_id and theirs.sector = mine.sector
      join questionnaires_factorresult f on f.campaign_id = me.campaign_id and f.unit_id = other.unit_id
           and f.background = '' and f.mean is not null and f.shown_from <= byfolk_today()
     where me.campaign_id = of_campaign and me.unit_id = of_unit
     group by f.factor having count(*) >= 3;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0015_read_by_name")]

    operations = [migrations.RunSQL(LIKE, "drop function if exists byfolk_like_units(bigint, bigint)")]
