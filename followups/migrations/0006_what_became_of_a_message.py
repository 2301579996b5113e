"""A message is delivered, or comes back, or is given up; then somebody else is told. Never backwards."""

from django.db import migrations, models
from django.db.models import F, Q

from followups.models import NOTICE_TRANSITIONS

STEPS = ",".join(
    f"{was}>{to}" for was in NOTICE_TRANSITIONS for to in sorted(NOTICE_TRANSITIONS[was])
)
GUARD = f"""
CREATE FUNCTION followups_notice_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (OLD.state || '>' || NEW.state) = ANY (string_to_array(TG_ARGV[0], ',')) THEN
        RAISE EXCEPTION 'followups_notice: % may not become %', OLD.state, NEW.state
              USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_state_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER state_guard BEFORE UPDATE OF state ON followups_notice
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION followups_notice_guard('{STEPS}');
"""
NO_GUARD = """
DROP TRIGGER state_guard ON followups_notice;
DROP FUNCTION followups_notice_guard();
"""


def give_times(apps, schema_editor):
    apps.get_model("followups", "Notice").objects.filter(state="dead", failed_at=None).update(
        failed_at=F("send_after")
    )


def take_times(apps, schema_editor):
    """Before this a message was sent or dead: one that came back is dead, and one that arrived was sent."""
    notices = apps.get_model("followups", "Notice").objects
    notices.filter(state="bounced").update(state="dead")
    notices.filter(state="delivered").update(state="accepted")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_work_mobiles"), ("followups", "0005_numbers")]

    operations = [
        migrations.AddField("notice", "delivered_at", models.DateTimeField(null=True)),
        migrations.AddField("notice", "failed_at", models.DateTimeField(null=True)),
        migrations.AddField("notice", "passed_on_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "notice",
            "channel",
            models.CharField(
                choices=[
                    ("page", "On their own page"),
                    ("email", "By e-mail"),
                    ("sms", "By text message"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            "notice",
            "state",
            models.CharField(
                choices=[
                    ("queued", "Waiting to be sent"),
                    ("accepted", "Sent"),
                    ("delivered", "Delivered"),
                    ("bounced", "Sent, and came back"),
                    ("dead", "Could not be sent"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.RunPython(give_times, take_times),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=~Q(state="delivered")
                | Q(accepted_at__isnull=False, delivered_at__isnull=False),
                name="notice_delivered_has_times",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=~Q(state__in=("bounced", "dead")) | Q(failed_at__isnull=False),
                name="notice_failed_has_time",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(lease_until__isnull=True, lease_token__isnull=True)
                | Q(lease_until__isnull=False, lease_token__isnull=False, state="queued"),
                name="notice_lease_while_queued",
            ),
        ),
        migrations.AddIndex(
            "notice",
            models.Index(
                fields=["failed_at"], name="notice_failed", condition=Q(failed_at__isnull=False)
            ),
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
