from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [migrations.AddField("municipality", "known_until", models.DateField(null=True))]
