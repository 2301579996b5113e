"""Courses, requirements and records."""

import django.db.models.deletion
import uuid
from django.conf import settings
from accounts import guards
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        # Before ours: each of its many alterations makes Django draw every model again that is there.
        ('oauth2_provider', '0022_refreshtoken_token_family_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('slug', models.SlugField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('provider', models.CharField(blank=True, max_length=200, verbose_name='usual provider')),
                ('lasts_months', models.PositiveSmallIntegerField(blank=True, help_text='Empty: it does not lapse.', null=True, verbose_name='lasts (months)')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='TrainingImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('uploaded_at', models.DateTimeField()),
                ('rows', models.JSONField(default=list)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-uploaded_at',),
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('responder', 'Responder'), ('investigator', 'Investigator'), ('supervisor', 'Supervisor'), ('specialist_lead', 'Specialist lead'), ('navigator', 'Victim navigator'), ('training_admin', 'Training administrator'), ('crime_registrar', 'Force crime registrar'), ('auditor', 'Auditor'), ('analyst', 'Analyst'), ('agency_worker', 'Agency worker'), ('agency_system', 'Agency system'), ('administrator', 'Administrator')], max_length=30, verbose_name='role')),
                ('purpose', models.CharField(choices=[('role', 'Everybody in the role'), ('own_case', 'Being given an investigation')], max_length=20, verbose_name='for')),
                ('blocks', models.BooleanField(default=False, verbose_name='cannot go on without it')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('status', models.CharField(choices=[('sourced', 'Sourced'), ('force_default', 'Force default'), ('unverified', 'Unverified')], default='force_default', max_length=20, verbose_name='status of the source')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='training.course')),
            ],
            options={
                'ordering': ('role', 'course'),
                'constraints': [models.UniqueConstraint(fields=('course', 'role', 'purpose'), name='requirement_once')],
            },
        ),
        migrations.CreateModel(
            name='TrainingRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=200, verbose_name='provider')),
                ('completed_on', models.DateField(verbose_name='completed')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='expires')),
                ('recorded_at', models.DateTimeField()),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='training.course')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to=settings.AUTH_USER_MODEL)),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-completed_on', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('user', 'course', 'completed_on'), name='training_record_once', violation_error_message='This completion is already recorded.'), models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('expires_on__gte', models.F('completed_on')), _connector='OR'), name='training_expires_after_completed', violation_error_message='It must expire after it was completed.'), models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='training_verified_by_and_at'), models.CheckConstraint(condition=models.Q(('verified_by__isnull', True), models.Q(('verified_by', models.F('user')), _negated=True), _connector='OR'), name='training_verified_by_another', violation_error_message='Somebody else must verify it.')],
            },
        ),
        guards.audited("training_course"),
        guards.audited("training_requirement"),
        guards.audited("training_trainingrecord"),
        guards.never_deleted("training_trainingrecord"),
        guards.never_deleted("training_course"),
    ]
