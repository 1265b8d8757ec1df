from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # People collect and hand in while it is made.
    atomic = False

    dependencies = [("questionnaires", "0017_urns_for_all")]

    operations = [
        AddIndexConcurrently(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("paper", True)), fields=["group", "collected"], name="invited_on_paper"
            ),
        ),
    ]
