from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("importing", "0003_columns_in_order")]

    operations = [
        migrations.AddField("batch", "stage_args", models.JSONField(default=dict)),
        migrations.AddField("batch", "problem_args", models.JSONField(default=dict)),
    ]
