from django.db import migrations

# A demo city that was loaded before its day was kept stands on the day of its newest absence.
DAY = """
update organisation_municipality set known_until = (select max(lower(valid)) from people_absence)
 where demo and known_until is null
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_overlaps_as_boxes"), ("organisation", "0002_known_until")]

    operations = [migrations.RunSQL(DAY, migrations.RunSQL.noop)]
