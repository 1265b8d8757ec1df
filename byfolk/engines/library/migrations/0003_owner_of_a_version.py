from django.db import migrations

# The owner of a version is read from its document also where whoever writes may not see the document, so that nobody puts a
# version under another's draft.
DEFINER = "alter function library_version_stays() security definer set search_path = public, pg_temp"
INVOKER = "alter function library_version_stays() security invoker reset search_path"


class Migration(migrations.Migration):
    dependencies = [("library", "0002_library_rules")]

    operations = [migrations.RunSQL(DEFINER, INVOKER)]
