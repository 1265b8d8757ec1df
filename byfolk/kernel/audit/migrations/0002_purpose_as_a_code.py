from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField("readlog", "details", models.TextField(blank=True, db_default="", default="")),
        migrations.AlterField(
            "readlog",
            "purpose",
            models.TextField(
                choices=[
                    ("talk", "Forberede en samtale med personen"),
                    ("duty", "Følge opp personen, slik loven eller avtalen krever"),
                    ("asked", "Svare på noe personen har spurt om"),
                    ("mend", "Rette en feil"),
                    ("other", "Noe annet"),
                ]
            ),
        ),
    ]
