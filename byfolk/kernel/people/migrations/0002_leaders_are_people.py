from django.db import migrations


class Migration(migrations.Migration):
    """Organisation lies below people, so this reference is made here and not by a foreign key in Python."""

    dependencies = [("people", "0001_initial"), ("organisation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """alter table organisation_leadership add constraint leader_is_a_person
               foreign key (person_id) references people_person (id) on delete cascade deferrable initially deferred""",
            "alter table organisation_leadership drop constraint leader_is_a_person",
        )
    ]
