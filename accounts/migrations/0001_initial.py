"""Forces, units, people, agencies, whose each record is, and both walls [architecture 6]."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import oauth2_provider.generators
import oauth2_provider.models
import uuid
from django.conf import settings
from accounts import guards
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    run_before = [("oauth2_provider", "0001_initial")]

    dependencies = [
        ('clocks', '0002_due_times_in_sql'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('verb', models.CharField(max_length=60)),
                ('actor_kind', models.CharField(max_length=20)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('force_id', models.UUIDField(null=True)),
                ('agency_id', models.UUIDField(null=True)),
                ('request_id', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=60)),
                ('subject_id', models.CharField(max_length=64)),
                ('scope_id', models.UUIDField(null=True)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'accounts_auditevent',
                'ordering': ('-at',),
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='takes referrals')),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=150, unique=True, verbose_name='sign-in name')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='work e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='works here')),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                ('languages', models.CharField(blank=True, max_length=200, verbose_name='languages spoken')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.agency')),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('client_id', models.CharField(db_index=True, default=oauth2_provider.generators.generate_client_id, max_length=255, unique=True, verbose_name='client ID')),
                ('redirect_uris', models.TextField(blank=True, help_text='Allowed URIs list, space separated', verbose_name='redirect URIs')),
                ('post_logout_redirect_uris', models.TextField(blank=True, default='', help_text='Allowed Post Logout URIs list, space separated', verbose_name='post logout redirect URIs')),
                ('client_type', models.CharField(choices=[('confidential', 'Confidential'), ('public', 'Public')], max_length=32, verbose_name='client type')),
                ('authorization_grant_type', models.CharField(choices=[('authorization-code', 'Authorization code'), ('urn:ietf:params:oauth:grant-type:device_code', 'Device Code'), ('implicit', 'Implicit'), ('password', 'Resource owner password-based'), ('client-credentials', 'Client credentials'), ('openid-hybrid', 'OpenID connect hybrid')], max_length=44, verbose_name='authorization grant type')),
                ('client_secret', oauth2_provider.models.ClientSecretField(blank=True, db_index=True, default=oauth2_provider.generators.generate_client_secret, help_text='Client secret for authentication', max_length=255, verbose_name='client secret')),
                ('hash_client_secret', models.BooleanField(default=True, verbose_name='hash client secret')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='name')),
                ('skip_authorization', models.BooleanField(default=False, verbose_name='skip authorization')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('algorithm', models.CharField(blank=True, choices=[('', 'No OIDC support'), ('RS256', 'RSA with SHA-2 256'), ('HS256', 'HMAC with SHA-2 256')], default='', max_length=5, verbose_name='algorithm')),
                ('allowed_origins', models.TextField(blank=True, default='', help_text='Allowed origins list to enable CORS, space separated', verbose_name='allowed origins')),
                ('registration_source', models.CharField(choices=[('manual', 'Manual'), ('dcr', 'Dynamic Client Registration'), ('cimd', 'Client ID Metadata Document')], default='manual', help_text='How this application was registered (manual, DCR per RFC 7591, or CIMD)', max_length=32, verbose_name='registration source')),
                ('cimd_expires_at', models.DateTimeField(blank=True, default=None, help_text='When the cached Client ID Metadata Document should be re-fetched', null=True, verbose_name='CIMD expires at')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='accounts.agency')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Force',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('nation', models.CharField(choices=[('england-wales', 'England and Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], max_length=20, verbose_name='nation')),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clocks.calendar', verbose_name='calendar')),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.AddField(
            model_name='user',
            name='force',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.force'),
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField()),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('duty_phone', models.CharField(blank=True, max_length=40, verbose_name='duty phone')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='accounts.force')),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supervisions', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supervisions', to='accounts.unit')),
            ],
            options={
                'ordering': ('rank', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Scope',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('restriction', models.CharField(choices=[('standard', 'Standard'), ('restricted', 'Restricted'), ('covert', 'Covert')], default='standard', max_length=20)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.unit'),
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('leave', 'Leave'), ('sick', 'Sick'), ('course', 'Course'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-starts_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_ends_after_start', violation_error_message='The absence must end after it starts.'), models.CheckConstraint(condition=models.Q(('cover__isnull', True), models.Q(('cover', models.F('user')), _negated=True), _connector='OR'), name='absence_cover_is_another', violation_error_message='Somebody else must cover.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('user', '='), (models.Func('starts_at', 'ends_at', function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')), name='absence_once_at_a_time', violation_error_message='This person is already recorded as away in that time.')],
            },
        ),
        migrations.CreateModel(
            name='RoleHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('responder', 'Responder'), ('investigator', 'Investigator'), ('supervisor', 'Supervisor'), ('specialist_lead', 'Specialist lead'), ('navigator', 'Victim navigator'), ('training_admin', 'Training administrator'), ('crime_registrar', 'Force crime registrar'), ('auditor', 'Auditor'), ('analyst', 'Analyst'), ('agency_worker', 'Agency worker'), ('agency_system', 'Agency system'), ('administrator', 'Administrator')], max_length=30, verbose_name='role')),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'role'), name='role_held_once')],
            },
        ),
        migrations.CreateModel(
            name='ScopeGrant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('owner', 'Owner'), ('team', 'Named team'), ('break-glass', 'Emergency access')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='accounts.scope')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'scope'], name='grant_user_scope')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('scope', 'user', 'kind'), name='grant_once_while_open')],
            },
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('force', 'slug'), name='unit_slug_in_force'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.UniqueConstraint(fields=('unit', 'user'), name='supervision_once'),
        ),
        migrations.AddIndex(
            model_name='scope',
            index=models.Index(fields=['force', 'unit', 'restriction'], name='scope_reach'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('force__isnull', True), ('agency__isnull', True), _connector='OR'), name='user_force_or_agency', violation_error_message='A person works for a force or for an agency, not both.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', True), ('force__isnull', False), _connector='OR'), name='user_unit_needs_force', violation_error_message='A person in a unit also belongs to its force.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('is_active', False), _connector='OR'), name='user_left_is_inactive', violation_error_message='A person who has left cannot sign in.'),
        ),
        migrations.RunSQL(guards.FUNCTIONS, guards.DROP_FUNCTIONS),
        migrations.RunSQL(guards.AUDIT_TABLE, guards.DROP_AUDIT_TABLE),
        migrations.RunSQL(guards.HOLDER, guards.DROP_HOLDER),
        guards.walled(
            "accounts_scope",
            web=guards.SCOPE_VISIBLE,
            check="{table}.force_id = (SELECT accounts_ctx('force'))::uuid",
        ),
        guards.walled("accounts_scopegrant", web=guards.OWN_FORCE),
        *(
            guards.audited(f"accounts_{table}")
            for table in ("force", "unit", "agency", "roleheld", "supervision", "absence")
        ),
        guards.audited("accounts_user", redacted=["password", "last_login", "email"]),
        guards.audited("accounts_application", redacted=["client_secret"]),
        guards.audited("accounts_scope"),
        guards.audited("accounts_scopegrant"),
        *(
            guards.never_deleted(f"accounts_{table}")
            for table in ("force", "unit", "agency", "user", "absence", "scope", "scopegrant")
        ),
    ]
