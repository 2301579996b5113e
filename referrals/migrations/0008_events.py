"""Each change of a sent referral is an event, written with the change itself; the engine numbers what is committed."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts import guards

# Written by the owner: nobody else may write an event, so none is invented and none is left out.
# `written` is taken under the referral's own row lock, so that the events of one referral are in order.
NOTE = """
CREATE SEQUENCE referrals_event_written;
CREATE FUNCTION referrals_note_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kind text;
BEGIN
    IF TG_OP = 'INSERT' OR OLD.sent_at IS NULL THEN
        kind := 'sent';
    ELSIF OLD.status = NEW.status THEN
        kind := 'changed';
    ELSE
        kind := CASE NEW.status
            WHEN 'opened' THEN CASE OLD.status WHEN 'needs_info' THEN 'question_answered' ELSE 'opened' END
            WHEN 'needs_info' THEN 'question_asked'
            WHEN 'in_progress' THEN 'first_contact'
            WHEN 'in_error' THEN 'sent_in_error'
            ELSE NEW.status END;
    END IF;
    INSERT INTO referrals_event (id, written, agency_id, referral_id, type, version, at)
    VALUES (gen_random_uuid(), nextval('referrals_event_written'), NEW.agency_id, NEW.id,
            'referral.' || kind, NEW.version, accounts_moment());
    RETURN NULL;
END $$;
CREATE FUNCTION referrals_note_taken_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO referrals_event (id, written, agency_id, referral_id, type, version, at)
    SELECT gen_random_uuid(), nextval('referrals_event_written'), r.agency_id, r.id,
           'referral.consent_withdrawn', r.version, NEW.at
      FROM referrals_supportreferral r WHERE r.id = NEW.referral_id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_note_event() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION referrals_note_taken_back() FROM PUBLIC;
CREATE TRIGGER event_of_new AFTER INSERT ON referrals_supportreferral
    FOR EACH ROW WHEN (NEW.sent_at IS NOT NULL) EXECUTE FUNCTION referrals_note_event();
CREATE TRIGGER event_of_change AFTER UPDATE ON referrals_supportreferral
    FOR EACH ROW WHEN (NEW.sent_at IS NOT NULL AND (
        OLD.sent_at IS NULL OR OLD.version <> NEW.version OR OLD.status <> NEW.status))
    EXECUTE FUNCTION referrals_note_event();
CREATE TRIGGER event_of_taken_back AFTER INSERT ON referrals_takenback
    FOR EACH ROW EXECUTE FUNCTION referrals_note_taken_back();
"""
NO_NOTE = """
DROP TRIGGER event_of_taken_back ON referrals_takenback;
DROP TRIGGER event_of_change ON referrals_supportreferral;
DROP TRIGGER event_of_new ON referrals_supportreferral;
DROP FUNCTION referrals_note_taken_back();
DROP FUNCTION referrals_note_event();
DROP SEQUENCE referrals_event_written;
"""
# All that anybody may do to an event is to give it its number, once.
NUMBERED_ONCE = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON referrals_event FROM holdfast_web, holdfast_engine;
GRANT UPDATE (number) ON referrals_event TO holdfast_engine;
CREATE TRIGGER numbered_once BEFORE UPDATE ON referrals_event
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION accounts_append_only();
"""
NUMBERED_OFTEN = """
DROP TRIGGER numbered_once ON referrals_event;
GRANT INSERT, UPDATE, DELETE ON referrals_event TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shifts"),
        ("referrals", "0007_end_everywhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("written", models.BigIntegerField(unique=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("referral.sent", "Sent to you"),
                            ("referral.opened", "Opened"),
                            ("referral.question_asked", "You asked the police a question"),
                            ("referral.question_answered", "The police answered your question"),
                            ("referral.accepted", "Accepted"),
                            ("referral.declined", "Declined"),
                            ("referral.first_contact", "First contact made"),
                            ("referral.completed", "Completed"),
                            ("referral.ended_early", "Ended early"),
                            ("referral.withdrawn", "Withdrawn by the police"),
                            ("referral.sent_in_error", "Sent to you in error"),
                            ("referral.consent_withdrawn", "The person took back their agreement"),
                            ("referral.changed", "Changed"),
                        ],
                        max_length=40,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("number", models.PositiveBigIntegerField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="referrals.supportreferral",
                    ),
                ),
            ],
            options={
                "ordering": ("agency", "number"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("number__isnull", True)),
                        fields=["written"],
                        name="event_without_number",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "number"), name="event_number_of_agency"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="event_numbers_from_one"
                    ),
                ],
            },
        ),
        guards.walled("referrals_event", web=guards.OWN_AGENCY),
        migrations.RunSQL(NUMBERED_ONCE, NUMBERED_OFTEN),
        migrations.RunSQL(NOTE, NO_NOTE),
    ]
