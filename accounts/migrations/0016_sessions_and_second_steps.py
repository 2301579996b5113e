"""Sessions know whose they are, and end with what they rest on; what changes a sign-in is told to the person."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import accounts.sealed
from accounts import guards

# By whatever door a role, a password or a second step changes: every session that rested on it is over.
# Whoever changes their own goes on in a new one [accounts/auth.py:go_on_in_new_session].
ENDS = """
CREATE FUNCTION accounts_end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
BEGIN
    DELETE FROM accounts_session
     WHERE user_id IN ((was ->> TG_ARGV[0])::uuid, (is_now ->> TG_ARGV[0])::uuid);
    RETURN NULL;
END $$;
CREATE TRIGGER end_sessions AFTER INSERT OR UPDATE OR DELETE ON accounts_roleheld
    FOR EACH ROW EXECUTE FUNCTION accounts_end_sessions('user_id');
CREATE TRIGGER end_sessions AFTER INSERT OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION accounts_end_sessions('user_id');
CREATE TRIGGER end_sessions AFTER UPDATE OF password, is_active, force_id, agency_id ON accounts_user
    FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password
                       OR OLD.is_active IS DISTINCT FROM NEW.is_active
                       OR OLD.force_id IS DISTINCT FROM NEW.force_id
                       OR OLD.agency_id IS DISTINCT FROM NEW.agency_id)
    EXECUTE FUNCTION accounts_end_sessions('id');
"""
SECRETS_GO = """
CREATE FUNCTION accounts_forget_step_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM accounts_stepsecret
     WHERE id::text IN (OLD.data::jsonb ->> 'secret', OLD.data::jsonb ->> 'seed');
    RETURN NULL;
END $$;
CREATE TRIGGER forget_secret AFTER DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION accounts_forget_step_secret();
"""
UNDO_SECRETS_GO = """
DROP TRIGGER forget_secret ON mfa_authenticator;
DROP FUNCTION accounts_forget_step_secret();
"""
UNDO_ENDS = """
DROP TRIGGER end_sessions ON accounts_user;
DROP TRIGGER end_sessions ON mfa_authenticator;
DROP TRIGGER end_sessions ON accounts_roleheld;
DROP FUNCTION accounts_end_sessions();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_conflicts_and_emergencies"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("handle", models.UUIDField(editable=False, null=True, unique=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("device", models.CharField(blank=True, max_length=60)),
                ("place", models.CharField(blank=True, max_length=60)),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SecurityNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                "link-made",
                                "An administrator made a link to set a new password for you.",
                            ),
                            ("password-set", "Your password was changed."),
                            ("step-added", "A second step was added to your account."),
                            ("step-removed", "A second step was removed from your account."),
                            ("step-reset", "An administrator took away your second step."),
                            ("codes-made", "New recovery codes were made for your account."),
                            ("sessions-ended", "An administrator signed you out everywhere."),
                            ("roles-changed", "An administrator changed what you may do."),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("send_after", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="security_notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [
                    models.Index(
                        condition=Q(("read_at__isnull", True)),
                        fields=["user"],
                        name="security_notice_unread",
                    ),
                    models.Index(
                        condition=Q(("sent_at__isnull", True)),
                        fields=["send_after"],
                        name="security_notice_unsent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepSecret",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("secret", accounts.sealed.EncryptedTextField()),
            ],
        ),
        guards.audited("accounts_stepsecret", redacted=["secret"]),
        migrations.RunSQL(SECRETS_GO, UNDO_SECRETS_GO),
        guards.never_deleted("accounts_securitynotice"),
        # Who has which second step, and since when, is in the trail; the secret itself never is.
        guards.audited("mfa_authenticator", redacted=["data"]),
        migrations.RunSQL(ENDS, UNDO_ENDS),
        # Django's own table of sessions: nobody writes it any more.
        migrations.RunSQL("DROP TABLE IF EXISTS django_session;", migrations.RunSQL.noop),
    ]
