from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

from astra.cases.rules.roles import is_client


def say_whose(apps, schema_editor):
    """What was the role in a proceeding becomes that of the only client; where there are several, nobody's until said."""
    clients = defaultdict(list)
    for case, person, role in apps.get_model("cases", "CasePerson").objects.values_list("case", "person", "role"):
        if is_client(role):
            clients[case].append(person)
    party = apps.get_model("justice", "Party")
    for row in apps.get_model("justice", "Proceeding").objects.all():
        found = clients[row.case_id]
        person = found[0] if len(found) == 1 else None
        party.objects.create(proceeding_id=row.pk, person_id=person, role=row.role)
    for kept in apps.get_model("justice", "KeptProceeding").objects.all():
        kept.roles = [kept.role]
        kept.save()


class Migration(migrations.Migration):

    dependencies = [
        ('justice', '0004_office_silence'),
        ('vault', '0006_decoys'),
        ('cases', '0003_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptproceeding',
            name='roles',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_mark', models.UUIDField(null=True)),
                ('role', models.CharField(max_length=40)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.record')),
                ('proceeding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='justice.proceeding')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proceeding', 'person'), name='one_role_a_proceeding')],
            },
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
    ]
