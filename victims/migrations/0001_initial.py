"""The person, behind both walls from the first migration."""

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
        # Before ours: each of its many alterations makes Django draw every model again that is there.
        ('oauth2_provider', '0022_refreshtoken_token_family_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Victim',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('called', models.CharField(blank=True, max_length=200, verbose_name='what to call them')),
                ('age_band', models.CharField(choices=[('adult', 'Adult'), ('child', 'Under 18'), ('unsure', 'Not sure - treated as a child')], default='unsure', max_length=10, verbose_name='age')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                ('language', models.CharField(blank=True, max_length=100, verbose_name='language and dialect')),
                ('interpreter', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], default='not_asked', max_length=10, verbose_name='needs an interpreter')),
                ('officer_preference', models.CharField(choices=[('not_asked', 'Not asked'), ('woman', 'A woman'), ('man', 'A man'), ('no_preference', 'No preference'), ('declined', 'Did not want to say')], default='not_asked', max_length=20, verbose_name='would rather speak to')),
                ('communication_needs', models.CharField(blank=True, max_length=500, verbose_name='communication needs')),
                ('risk', models.CharField(choices=[('not_judged', 'Not judged yet'), ('standard', 'Standard'), ('high', 'High')], default='not_judged', max_length=12, verbose_name='risk')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='victims.victim')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
        ),
        migrations.CreateModel(
            name='ToldTopic',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(choices=[('control', 'How they were controlled'), ('journey', 'Their journey'), ('work', 'The work they had to do'), ('money', 'Money and debts'), ('violence', 'Violence and threats'), ('family', 'Their family'), ('health', 'Their health')], max_length=20, verbose_name='topic')),
                ('state', models.CharField(choices=[('told', 'Told us'), ('not_asked', 'Not asked'), ('declined', 'Asked, did not want to say'), ('specialist_only', 'Ask only by a specialist')], max_length=20, verbose_name='state')),
                ('summary', models.TextField(blank=True, verbose_name='in a sentence')),
                ('where_recorded', models.CharField(blank=True, max_length=200, verbose_name='where it is recorded')),
                ('why_again', models.CharField(blank=True, max_length=500, verbose_name='why it was asked again')),
                ('heard_at', models.DateTimeField()),
                ('heard_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_topics', to='victims.victim')),
            ],
            options={
                'ordering': ('topic', '-heard_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('phone', 'Phone call'), ('text', 'Text message'), ('email', 'E-mail'), ('letter', 'Letter'), ('in_person', 'In person'), ('through_agency', 'Through an agency')], max_length=20, verbose_name='how')),
                ('safe', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], default='not_asked', max_length=10, verbose_name='is it safe to use?')),
                ('details', accounts.sealed.EncryptedTextField(blank=True, verbose_name='number or address')),
                ('who_may_use', accounts.sealed.EncryptedTextField(blank=True, verbose_name='who may use it')),
                ('when', accounts.sealed.EncryptedTextField(blank=True, verbose_name='when')),
                ('code_word', accounts.sealed.EncryptedTextField(blank=True, verbose_name='code word')),
                ('who_else_sees', accounts.sealed.EncryptedTextField(blank=True, verbose_name='who else can see it')),
                ('notes', accounts.sealed.EncryptedTextField(blank=True, verbose_name='read before using it')),
                ('voicemail', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], default='not_asked', max_length=10, verbose_name='may we leave a voicemail?')),
                ('review_on', models.DateField(verbose_name='check again on')),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safe_contacts', to='victims.victim')),
            ],
            options={
                'ordering': ('-set_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('safe_house', 'A safe place to stay'), ('outreach', 'A support worker who visits'), ('health', 'Medical care'), ('counselling', 'Counselling'), ('legal', 'Legal advice'), ('immigration', 'Immigration advice'), ('money', 'Money for food and clothes'), ('interpreting', 'An interpreter'), ('child_guardian', 'A guardian for a child'), ('work', 'Help with work or wages')], max_length=20, verbose_name='need')),
                ('urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('found_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('found_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='victims.victim')),
            ],
            options={
                'ordering': ('kind', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('nrm', 'Referral to the National Referral Mechanism'), ('agency', 'Sharing with a support agency'), ('police_contact', 'Contact by the police')], max_length=20, verbose_name='for')),
                ('outcome', models.CharField(choices=[('given', 'Agreed'), ('refused', 'Did not agree'), ('withdrawn', 'Took it back')], max_length=12, verbose_name='they')),
                ('language', models.CharField(blank=True, max_length=100, verbose_name='explained in')),
                ('interpreter_used', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known'), ('not_asked', 'Not asked'), ('declined', 'Did not want to say')], default='not_asked', max_length=10, verbose_name='through an interpreter')),
                ('decided_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('explained_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='victims.victim')),
            ],
            options={
                'ordering': ('-decided_at', '-recorded_at', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='victim',
            constraint=models.CheckConstraint(condition=models.Q(('age_band__in', ['adult', 'child', 'unsure'])), name='victim_age_band_known', violation_error_message='Choose one of the ages.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('victim', 'kind'), name='need_once_while_open', violation_error_message='This need is already recorded.'),
        ),
        migrations.AddConstraint(
            model_name='consentevent',
            constraint=models.CheckConstraint(condition=models.Q(('agency__isnull', True), ('purpose', 'agency'), _connector='OR'), name='consent_agency_only_for_sharing', violation_error_message='An agency is named only for sharing with an agency.'),
        ),
        *(
            operation
            for table in ("victim", "safecontact", "consentevent", "toldtopic", "need")
            for operation in (
                guards.scoped(f"victims_{table}"),
                guards.never_deleted(f"victims_{table}"),
            )
        ),
        guards.audited("victims_victim"),
        guards.audited(
            "victims_safecontact",
            redacted=[
                "channel",
                "safe",
                "details",
                "who_may_use",
                "when",
                "code_word",
                "who_else_sees",
                "notes",
                "voicemail",
            ],
        ),
        guards.audited("victims_consentevent"),
        guards.audited("victims_toldtopic"),
        guards.audited("victims_need"),
        guards.append_only("victims_consentevent"),
        guards.append_only("victims_toldtopic"),
    ]
