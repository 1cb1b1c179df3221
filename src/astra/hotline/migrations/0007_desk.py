
import astra.kernel.clock
import astra.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0006_channels'),
        ('vault', '0005_stream_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='vault.member')),
                ('since', models.DateTimeField(default=astra.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=astra.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('present', models.JSONField(default=list)),
                ('opened_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('opened_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingPoint',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='vault.record')),
                ('state', models.CharField(default='flagged', max_length=12)),
                ('flagged_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('carried', models.PositiveSmallIntegerField(default=0)),
                ('due_on', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
                ('flagged_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='points', to='hotline.meeting')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.record')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.record')),
            ],
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='vault.record')),
                ('founded_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('circle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.circle')),
                ('founded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
            ],
        ),
        migrations.CreateModel(
            name='SupervisionNote',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='vault.record')),
                ('is_shared', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('about', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
            ],
        ),
        migrations.CreateModel(
            name='WatchDecision',
            fields=[
                ('id', models.UUIDField(default=astra.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('is_allowed', models.BooleanField()),
                ('decided_on', models.DateField()),
                ('written_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('written_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
            ],
        ),
        migrations.CreateModel(
            name='Watching',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('looked_at', models.DateTimeField(default=astra.kernel.clock.now)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watchings', to='hotline.conversation')),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.member')),
            ],
        ),
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
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['held_on'], name='meetings_by_day'),
        ),
        migrations.AddIndex(
            model_name='meetingpoint',
            index=models.Index(fields=['state', 'flagged_at'], name='meeting_points_open'),
        ),
        migrations.AddIndex(
            model_name='meetingpoint',
            index=models.Index(fields=['assigned_to', 'state', 'due_on'], name='meeting_points_due'),
        ),
        migrations.AddIndex(
            model_name='watchdecision',
            index=models.Index(fields=['written_at'], name='watch_decisions'),
        ),
        migrations.AddConstraint(
            model_name='watching',
            constraint=models.UniqueConstraint(fields=('conversation', 'member'), name='hotline_one_watching'),
        ),
    ]
