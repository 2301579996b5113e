"""What is no longer owed is not sent; being refused is counted apart from nobody being reached."""

from django.db import migrations, models

STEPS = (
    "queued>accepted,queued>bounced,queued>dead,queued>delivered,queued>dropped,"
    "accepted>bounced,accepted>delivered,delivered>bounced,bounced>queued,dead>queued"
)
STEPS_BEFORE = STEPS.replace("queued>dropped,", "")
GUARD = """
CREATE OR REPLACE TRIGGER state_guard BEFORE UPDATE OF state ON followups_notice
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION followups_notice_guard('{steps}');
"""
# A message that is sent again has another name from now on: what waits to be sent again gets its name anew.
NAMED_ANEW = """
UPDATE followups_notice SET message_id = '', lease_until = NULL, lease_token = NULL
 WHERE state = 'queued' AND message_id IN (
       SELECT message_id FROM followups_notice
        WHERE state = 'queued' AND failed_at IS NOT NULL AND message_id <> '')
"""
UNDROPPED = (
    "UPDATE followups_notice SET state = 'accepted', accepted_at = made_at WHERE state = 'dropped'"
)


class Migration(migrations.Migration):
    dependencies = [("followups", "0016_conflicts_of_interest")]

    operations = [
        migrations.AddField(
            "notice", "refusals", models.PositiveSmallIntegerField(default=0, db_default=0)
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
                    ("dropped", "Not sent: done before, or they have left"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.RunSQL(
            GUARD.format(steps=STEPS),
            "ALTER TABLE followups_notice DISABLE TRIGGER state_guard;"
            + UNDROPPED
            + ";ALTER TABLE followups_notice ENABLE TRIGGER state_guard;"
            + GUARD.format(steps=STEPS_BEFORE),
        ),
        migrations.RunSQL(NAMED_ANEW, migrations.RunSQL.noop),
    ]
