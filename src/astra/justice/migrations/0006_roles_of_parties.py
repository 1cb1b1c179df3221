from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('justice', '0005_parties'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='keptproceeding',
            name='role',
        ),
        migrations.RemoveField(
            model_name='proceeding',
            name='role',
        ),
    ]
