"""Agencies' services and support referrals; an agency sees its own rows only."""

import accounts.sealed
import django.contrib.postgres.fields
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
        ('victims', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safe_house', 'A safe place to stay'), ('outreach', 'A support worker who visits'), ('health', 'Medical care'), ('counselling', 'Counselling'), ('legal', 'Legal advice'), ('immigration', 'Immigration advice'), ('money', 'Money for food and clothes'), ('interpreting', 'An interpreter'), ('child_guardian', 'A guardian for a child'), ('work', 'Help with work or wages')], max_length=20), size=None, verbose_name='needs it meets')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None, verbose_name='languages')),
                ('gender', models.CharField(choices=[('any', 'Anyone'), ('women', 'Women'), ('men', 'Men')], default='any', max_length=10, verbose_name='for')),
                ('takes_children', models.BooleanField(default=False, verbose_name='takes children')),
                ('hours', models.CharField(blank=True, max_length=100, verbose_name='hours')),
                ('urgent_cover', models.BooleanField(default=False, verbose_name='answers urgent referrals day and night')),
                ('usual_answer_hours', models.PositiveSmallIntegerField(null=True, verbose_name='usually answers in (hours)')),
                ('is_active', models.BooleanField(default=True, verbose_name='offered now')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='accounts.agency')),
                ('forces', models.ManyToManyField(blank=True, related_name='+', to='accounts.force')),
            ],
            options={
                'ordering': ('agency__name', 'name'),
            },
        ),
        migrations.CreateModel(
            name='SupportReferral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safe_house', 'A safe place to stay'), ('outreach', 'A support worker who visits'), ('health', 'Medical care'), ('counselling', 'Counselling'), ('legal', 'Legal advice'), ('immigration', 'Immigration advice'), ('money', 'Money for food and clothes'), ('interpreting', 'An interpreter'), ('child_guardian', 'A guardian for a child'), ('work', 'Help with work or wages')], max_length=20), size=None)),
                ('urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('status', models.CharField(choices=[('draft', 'Not sent yet'), ('sent', 'Sent'), ('opened', 'Opened by the agency'), ('needs_info', 'The agency asks us something'), ('accepted', 'Accepted, the person not reached yet'), ('in_progress', 'First contact made'), ('completed', 'Completed'), ('declined', 'Declined'), ('ended_early', 'Ended early'), ('withdrawn', 'Withdrawn'), ('in_error', 'Sent in error')], default='draft', max_length=12)),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='legal basis')),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('worker_name', models.CharField(blank=True, max_length=200, verbose_name='support worker')),
                ('first_contact_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, choices=[('no_capacity', 'No capacity'), ('no_suitable_place', 'No suitable place'), ('wrong_area', 'Wrong area'), ('out_of_scope', 'We do not offer this'), ('risk_too_high', 'The risk is too high for us'), ('cannot_communicate', 'We cannot meet the communication need'), ('no_safe_contact', 'No safe way to reach them'), ('wrong_details', 'The details are wrong'), ('not_reachable', 'We could not reach them'), ('already_supported', 'Already supported'), ('person_declined', 'The person did not want it'), ('no_consent', 'Consent is missing'), ('duplicate', 'We already have this referral'), ('other', 'Another reason')], max_length=20)),
                ('decline_handled_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, choices=[('needs_met', 'The needs are met'), ('needs_partly_met', 'Some needs are met'), ('person_stopped', 'The person did not want to go on'), ('moved_away', 'They moved away'), ('lost_contact', 'We lost contact with them'), ('other_support', 'Somebody else supports them now')], max_length=20)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_referrals', to='accounts.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_referrals', to='casework.case')),
                ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='victims.consentevent')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.service')),
            ],
            options={
                'ordering': ('-created_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', accounts.sealed.EncryptedTextField(verbose_name='question')),
                ('asked_at', models.DateTimeField()),
                ('answer', accounts.sealed.EncryptedTextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='referrals.supportreferral')),
            ],
            options={
                'ordering': ('-asked_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('first', accounts.sealed.EncryptedTextField(blank=True)),
                ('full', accounts.sealed.EncryptedTextField(blank=True)),
                ('disclosed_at', models.DateTimeField()),
                ('emptied_at', models.DateTimeField(blank=True, null=True)),
                ('emptied_reason', models.CharField(blank=True, max_length=40)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('disclosed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='disclosure', to='referrals.supportreferral')),
            ],
        ),
        migrations.AddIndex(
            model_name='supportreferral',
            index=models.Index(fields=['case'], name='referral_case'),
        ),
        migrations.AddIndex(
            model_name='supportreferral',
            index=models.Index(fields=['agency', 'status', '-sent_at'], name='referral_agency'),
        ),
        migrations.AddConstraint(
            model_name='supportreferral',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), ('status', 'withdrawn'), ('sent_at__isnull', False), _connector='OR'), name='referral_sent_has_time'),
        ),
        migrations.AddConstraint(
            model_name='supportreferral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('accepted', 'in_progress', 'completed')), _negated=True), models.Q(('accepted_at__isnull', False), models.Q(('worker_name', ''), _negated=True)), _connector='OR'), name='referral_accepted_names_worker', violation_error_message='Name the worker who will support the person.'),
        ),
        migrations.AddConstraint(
            model_name='supportreferral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('in_progress', 'completed')), _negated=True), ('first_contact_at__isnull', False), _connector='OR'), name='referral_reached_has_time', violation_error_message='Say when the person was first reached.'),
        ),
        migrations.AddConstraint(
            model_name='supportreferral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'declined'), _negated=True), models.Q(('declined_at__isnull', False), models.Q(('decline_reason', ''), _negated=True)), _connector='OR'), name='referral_declined_has_reason', violation_error_message='Choose why you decline.'),
        ),
        migrations.AddConstraint(
            model_name='supportreferral',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('sent', 'opened', 'needs_info', 'accepted', 'in_progress'))), fields=('case', 'agency'), name='referral_one_open_with_agency', violation_error_message='This agency already has an open referral for this person.'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('emptied_at__isnull', True), models.Q(('first', ''), ('full', '')), _connector='OR'), name='disclosure_emptied_is_empty'),
        ),
        *(
            guards.walled(
                f"referrals_{table}",
                web=f"({guards.SEES_SCOPE}) OR {guards.OWN_AGENCY}",
            )
            for table in ("supportreferral", "disclosure", "question")
        ),
        guards.audited("referrals_service"),
        guards.audited("referrals_supportreferral"),
        guards.audited("referrals_disclosure", redacted=["first", "full"]),
        guards.audited("referrals_question", redacted=["text", "answer"]),
        *(
            guards.never_deleted(f"referrals_{table}")
            for table in ("service", "supportreferral", "disclosure", "question")
        ),
        guards.transitions(
            "referrals_supportreferral",
            {
                "draft": ["sent", "withdrawn"],
                "sent": ["opened", "needs_info", "accepted", "declined", "withdrawn", "in_error"],
                "opened": ["needs_info", "accepted", "declined", "withdrawn", "in_error"],
                "needs_info": ["opened", "accepted", "declined", "withdrawn", "in_error"],
                "accepted": ["in_progress", "ended_early", "withdrawn", "in_error"],
                "in_progress": ["completed", "ended_early", "withdrawn", "in_error"],
            },
        ),
    ]
