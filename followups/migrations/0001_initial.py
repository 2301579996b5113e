"""What is owed, its ladder, its delivery ledger and the engine's heartbeats."""

import django.db.models.deletion
import uuid
from django.conf import settings
from accounts import guards
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0001_initial'),
        ('clocks', '0002_due_times_in_sql'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('stage', models.CharField(max_length=30, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('took_ms', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('message_id', models.CharField(max_length=200)),
                ('to', models.CharField(max_length=300)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('occurrence', models.UUIDField()),
                ('since', models.DateTimeField()),
                ('clock', models.CharField(max_length=20)),
                ('words', models.JSONField(default=dict)),
                ('due_at', models.DateTimeField(null=True)),
                ('was_due_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('open', 'Owed'), ('met', 'Done in time'), ('met_late', 'Done late'), ('void', 'No longer owed'), ('lapsed', 'Gone without evidence'), ('quarantined', 'Could not be worked out')], max_length=12)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=60)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('first_seen_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('deadline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clocks.deadline')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'ordering': ('due_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='HeldSweep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=40)),
                ('would_drop', models.PositiveIntegerField()),
                ('held_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(null=True)),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-held_at',),
            },
        ),
        migrations.CreateModel(
            name='RePlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('due_at', models.DateTimeField(verbose_name='new time')),
                ('reason', models.CharField(max_length=500, verbose_name='why')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('followup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replans', to='followups.followup')),
            ],
            options={
                'ordering': ('round',),
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('rung', models.PositiveSmallIntegerField()),
                ('to', models.CharField(choices=[('owner', 'Whoever holds it'), ('supervisor', 'Supervisor'), ('force_lead', 'Specialist lead')], max_length=12)),
                ('reached_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('followup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='followups.followup')),
            ],
            options={
                'ordering': ('made_at', 'rung'),
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('page', 'On their own page'), ('email', 'By e-mail')], max_length=10)),
                ('interrupts', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('accepted', 'Taken by the mail server'), ('dead', 'Could not be sent')], default='queued', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('send_after', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('lease_token', models.UUIDField(null=True)),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=60)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='followups.step')),
            ],
            options={
                'ordering': ('-made_at', 'pk'),
            },
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['unit', 'due_at'], name='followup_open_unit'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['holder', 'due_at'], name='followup_open_holder'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['case', 'due_at'], name='followup_open_case'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='followup_open_due'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('rule', 'subject_id', 'occurrence'), name='followup_once'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='followup_open_has_due_time'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('open', 'quarantined'))), models.Q(models.Q(('state__in', ('open', 'quarantined')), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='followup_ended_has_time'),
        ),
        migrations.AddConstraint(
            model_name='heldsweep',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at__isnull', True)), fields=('rule',), name='held_sweep_once'),
        ),
        migrations.AddConstraint(
            model_name='replan',
            constraint=models.UniqueConstraint(fields=('followup', 'round'), name='replan_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('followup', 'round', 'rung'), name='step_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['send_after'], name='notice_queued'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['person', '-made_at'], name='notice_person'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('step', 'person', 'channel'), name='notice_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_at__isnull', False), _connector='OR'), name='notice_accepted_has_time'),
        ),
        guards.walled(
            "followups_followup",
            web=f"CASE WHEN {{table}}.scope_id IS NULL THEN {guards.OWN_FORCE} ELSE {guards.SEES_SCOPE} END",
        ),
        guards.never_deleted("followups_followup"),
        guards.never_deleted("followups_step"),
        guards.never_deleted("followups_notice"),
        guards.append_only("followups_replan"),
        guards.audited("followups_replan"),
        guards.audited("followups_heldsweep"),
    ]
