from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importing', '0004_messages_as_codes'),
    ]

    operations = [
        migrations.AlterField(model_name='agencyshare', name='kind', field=models.CharField(max_length=30)),
        migrations.AlterField(model_name='batch', name='kind', field=models.CharField(max_length=30)),
        migrations.AlterField(model_name='source', name='kind', field=models.CharField(max_length=30)),
    ]
