
import astra.kernel.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0005_shifts'),
        ('vault', '0005_stream_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallerPlan',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='vault.record')),
                ('state', models.CharField(default='active', max_length=12)),
                ('review_on', models.DateField(null=True)),
                ('made_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hotline.contact')),
                ('led_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.record')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'review_on'], name='caller_plans_due')],
            },
        ),
    ]
