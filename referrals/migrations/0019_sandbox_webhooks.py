"""A webhook of the sandbox needs no second person: it hears of nobody but invented people."""

from django.db import migrations, models
from django.db.models import F, Q

from accounts import guards

ANOTHER = "Somebody else must confirm the address."
TOGETHER = """
ALTER TABLE referrals_webhook ADD CONSTRAINT webhook_sandboxed_as_its_agency
    FOREIGN KEY (agency_id, sandboxed) REFERENCES accounts_agency (id, sandboxed);
CREATE TRIGGER marked_sandboxed BEFORE INSERT ON referrals_webhook
    FOR EACH ROW EXECUTE FUNCTION referrals_mark_sandboxed();
"""
APART = """
DROP TRIGGER marked_sandboxed ON referrals_webhook;
ALTER TABLE referrals_webhook DROP CONSTRAINT webhook_sandboxed_as_its_agency;
"""
OWN = guards.OWN_AGENCY.format(table="referrals_webhook")
IS_OFFICER = "(SELECT accounts_ctx('kind')) = 'officer'"
ALTER = "ALTER POLICY web_sees ON referrals_webhook USING ({0}) WITH CHECK ({0});"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0018_seen_and_forgotten")]

    operations = [
        migrations.AddField(
            model_name="webhook",
            name="sandboxed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RemoveConstraint(model_name="webhook", name="webhook_confirmed_by_another"),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=Q(sandboxed=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("proposed_by")),
                name="webhook_confirmed_by_another",
                violation_error_message=ANOTHER,
            ),
        ),
        migrations.RunSQL(TOGETHER, APART),
        migrations.RunSQL(
            ALTER.format(f"{OWN} OR ({IS_OFFICER} AND NOT sandboxed)"),
            ALTER.format(f"{OWN} OR {IS_OFFICER}"),
        ),
    ]
