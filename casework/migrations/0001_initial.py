"""The case, behind both walls, with its transitions guarded in the database."""

import accounts.sealed
import django.db.models.deletion
import uuid
from django.conf import settings
from accounts import guards
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('victims', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=12, unique=True, verbose_name='reference')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('new', 'Waiting for an owner'), ('allocated', 'Open'), ('closing', 'Waiting for a second officer to close it'), ('closed', 'Closed')], default='draft', max_length=12, verbose_name='status')),
                ('danger', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], default='not_asked', max_length=10, verbose_name='is anyone in danger now?')),
                ('met_at', models.DateTimeField(verbose_name='when')),
                ('place', accounts.sealed.EncryptedTextField(blank=True, verbose_name='where')),
                ('incident_number', models.CharField(blank=True, max_length=50, verbose_name='incident number')),
                ('first_words', models.TextField(blank=True, verbose_name='what you saw, or what they said')),
                ('indicators', models.JSONField(blank=True, default=list, verbose_name='signs')),
                ('enhanced', models.BooleanField(default=True, verbose_name="enhanced rights under the Victims' Code")),
                ('logged_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('logged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_cases', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='victims.victim')),
            ],
            options={
                'ordering': ('-logged_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='AuthorityTold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('authority', models.CharField(max_length=200, verbose_name='local authority')),
                ('contact_name', models.CharField(blank=True, max_length=200, verbose_name='whom you spoke to')),
                ('reference', models.CharField(blank=True, max_length=50, verbose_name='their reference')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities_told', to='casework.case')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DutyToNotify',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('reference', models.CharField(blank=True, max_length=50, verbose_name='reference')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties_to_notify', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NeedsAssessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('support_declined', models.BooleanField(default=False, verbose_name='they want no support now')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_assessments', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Operation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('started_at', models.DateTimeField()),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operations', to='accounts.force')),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.AddField(
            model_name='case',
            name='operation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='casework.operation'),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('findings', models.TextField(verbose_name='what you found, and what happens next')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SafetyCheck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('apart', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], max_length=10, verbose_name='away from whoever exploits them?')),
                ('medical', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], max_length=10, verbose_name='medical help given?')),
                ('tonight', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], max_length=10, verbose_name='a safe place tonight?')),
                ('is_safe', models.BooleanField(verbose_name='they are safe now')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safety_checks', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('shortfalls', models.JSONField(default=list)),
                ('override_reason', models.CharField(blank=True, max_length=500, verbose_name='why this officer all the same')),
                ('override_reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('override_reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='casework.case')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='allocation_one_at_a_time'), models.CheckConstraint(condition=models.Q(('shortfalls', []), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='allocation_shortfall_has_reason', violation_error_message='Say why this officer, although a course is missing.')],
            },
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('logged', 'Concern logged'), ('handed', 'Handed to the duty supervisor'), ('sent', 'Sent to the duty supervisor'), ('assigned', 'Owner assigned'), ('safety', 'Immediate safety confirmed'), ('contact', 'Contact'), ('note', 'Note'), ('told', 'They told us'), ('consent', 'Consent'), ('safe_contact', 'Safe contact rule'), ('crime', 'Crime recorded'), ('authority', 'Local authority told'), ('needs', 'Needs assessed'), ('nrm', 'National referral'), ('duty_to_notify', 'Duty to notify'), ('referral', 'Support referral'), ('review', 'Supervisor review'), ('risk', 'Risk'), ('closing', 'Closing asked for'), ('closed', 'Closed'), ('returned', 'Not closed'), ('reopened', 'Reopened'), ('edited', 'Details changed'), ('person_left', 'Owner left')], max_length=20)),
                ('text', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
                'indexes': [models.Index(fields=['case', '-at'], name='event_case_at')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('safe_and_supported', 'Safe, and supported by others'), ('investigation_ended', 'Investigation ended, they were told why'), ('court_ended', 'Court case ended'), ('transferred', 'Another force has taken it over'), ('not_a_victim', 'Not a victim of modern slavery'), ('died', 'The person has died')], max_length=25, verbose_name='how it ended')),
                ('explanation', models.TextField(verbose_name='in your own words')),
                ('last_safe_contact_at', models.DateTimeField(blank=True, null=True, verbose_name='last safe contact')),
                ('no_contact_reason', models.CharField(blank=True, max_length=500, verbose_name='why there was none')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('agreed', models.BooleanField(blank=True, null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='casework.case')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('by')), _negated=True), _connector='OR'), name='closure_needs_second_officer', violation_error_message='A second officer must agree to close the case.'), models.CheckConstraint(condition=models.Q(models.Q(('agreed__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('agreed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='closure_decided_by_and_at'), models.CheckConstraint(condition=models.Q(('last_safe_contact_at__isnull', False), models.Q(('no_contact_reason', ''), _negated=True), _connector='OR'), name='closure_says_last_contact', violation_error_message='Say when the last safe contact was, or why there was none.'), models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('case',), name='closure_one_undecided')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('spoke', 'We spoke'), ('tried', 'Tried, no answer'), ('declined', 'They did not want to speak'), ('unsafe', 'It was not safe to speak'), ('someone_else', 'Somebody else answered')], max_length=15, verbose_name='what happened')),
                ('channel', models.CharField(choices=[('phone', 'Phone call'), ('text', 'Text message'), ('email', 'E-mail'), ('letter', 'Letter'), ('in_person', 'In person'), ('through_agency', 'Through an agency')], max_length=20, verbose_name='how')),
                ('unsafe_channel_reason', models.CharField(blank=True, max_length=500, verbose_name='why this way, which is not recorded as safe')),
                ('note', models.TextField(blank=True, verbose_name='note, in their words')),
                ('safe_tonight', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], default='not_asked', max_length=10, verbose_name='are they safe tonight?')),
                ('next_at', models.DateTimeField(verbose_name='next contact')),
                ('next_reason', models.CharField(blank=True, max_length=500, verbose_name='why a different time')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
                'indexes': [models.Index(fields=['case', '-at'], name='contact_case_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('next_at__gt', models.F('at'))), name='contact_next_is_later', violation_error_message='The next contact must be after this one.')],
            },
        ),
        migrations.CreateModel(
            name='CrimeRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('number', models.CharField(max_length=50, verbose_name='crime number')),
                ('other_force', models.CharField(blank=True, max_length=200, verbose_name='if another force recorded it')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crimes', to='casework.case')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='crime_once_in_case', violation_error_message='This crime number is already on the case.')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=60)),
                ('contents', accounts.sealed.EncryptedTextField(blank=True)),
                ('saved_at', models.DateTimeField()),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='casework.case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'form', 'case'), name='draft_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='NrmReferral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('submitted', 'Sent to the Home Office'), ('rg_positive', 'Reasonable grounds: yes'), ('rg_negative', 'Reasonable grounds: no'), ('cg_positive', 'Conclusive grounds: yes'), ('cg_negative', 'Conclusive grounds: no'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=15)),
                ('home_office_reference', models.CharField(blank=True, max_length=50, verbose_name='Home Office reference')),
                ('grounds_decided_at', models.DateTimeField(blank=True, null=True)),
                ('conclusive_decided_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nrm_referrals', to='casework.case')),
                ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='victims.consentevent')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'ordering': ('-at', '-recorded_at', 'pk'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'withdrawn'), _negated=True), fields=('case',), name='nrm_one_live_referral', violation_error_message='This case already has a national referral.')],
            },
        ),
        migrations.AddConstraint(
            model_name='operation',
            constraint=models.UniqueConstraint(fields=('force', 'name'), name='operation_in_force'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['scope'], name='case_scope'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status', 'closed'), _negated=True), fields=['owner'], name='case_open_owner'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('draft', 'allocated')), _negated=True), ('owner__isnull', False), _connector='OR'), name='case_open_has_owner', violation_error_message='An open case needs an owner.'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='case_closed_has_time', violation_error_message='A closed case says when it was closed.'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), ('sent_at__isnull', False), _connector='OR'), name='case_sent_has_time', violation_error_message='A case that left its draft says when.'),
        ),
        *(
            operation
            for table in (
                "case",
                "caseevent",
                "contact",
                "safetycheck",
                "crimerecord",
                "authoritytold",
                "needsassessment",
                "nrmreferral",
                "dutytonotify",
                "review",
                "allocation",
                "closure",
            )
            for operation in (
                guards.scoped(f"casework_{table}"),
                guards.never_deleted(f"casework_{table}"),
            )
        ),
        guards.walled(
            "casework_draft",
            web="{table}.user_id = (SELECT accounts_ctx('actor'))::uuid",
        ),
        guards.walled("casework_operation", web=guards.OWN_FORCE),
        guards.audited("casework_case", redacted=["place"]),
        guards.audited("casework_contact", redacted=["channel"]),
        *(
            guards.audited(f"casework_{table}")
            for table in (
                "caseevent",
                "safetycheck",
                "crimerecord",
                "authoritytold",
                "needsassessment",
                "nrmreferral",
                "dutytonotify",
                "review",
                "allocation",
                "closure",
                "operation",
            )
        ),
        *(
            guards.append_only(f"casework_{table}")
            for table in ("caseevent", "contact", "safetycheck", "authoritytold", "needsassessment", "review")
        ),
        guards.transitions(
            "casework_case",
            {
                "draft": ["new", "allocated"],
                "new": ["allocated", "closing"],
                "allocated": ["new", "closing"],
                "closing": ["new", "allocated", "closed"],
                "closed": ["new", "allocated"],
            },
        ),
        guards.transitions(
            "casework_nrmreferral",
            {
                "submitted": ["rg_positive", "rg_negative", "withdrawn"],
                "rg_positive": ["cg_positive", "cg_negative", "withdrawn"],
                "rg_negative": ["rg_positive"],
                "cg_negative": ["cg_positive"],
            },
        ),
    ]
