"""The sandbox: referrals of invented people, that no wall lets anybody take for real ones."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

OWN = "{table}.agency_id = (SELECT accounts_ctx('agency'))::uuid"
# Whatever is of a case has a Scope; what is invented has neither. So officers never see it, and the engine, which
# sees every Scope, is not shown it either.
MARKED = """
ALTER TABLE referrals_supportreferral
    ALTER COLUMN scope_id DROP NOT NULL,
    ALTER COLUMN case_id DROP NOT NULL,
    ALTER COLUMN created_by_id DROP NOT NULL,
    ADD COLUMN sandboxed boolean NOT NULL GENERATED ALWAYS AS (scope_id IS NULL) STORED,
    ADD CONSTRAINT referral_of_a_case_or_of_the_sandbox CHECK (
        (scope_id IS NOT NULL AND case_id IS NOT NULL AND created_by_id IS NOT NULL)
        OR (scope_id IS NULL AND case_id IS NULL AND created_by_id IS NULL AND force_id IS NULL
            AND consent_id IS NULL AND instead_of_id IS NULL AND service_id IS NULL AND sent_at IS NOT NULL)),
    ADD CONSTRAINT referral_sandboxed UNIQUE (id, sandboxed),
    ADD CONSTRAINT referral_sandboxed_as_its_agency
        FOREIGN KEY (agency_id, sandboxed) REFERENCES accounts_agency (id, sandboxed);
ALTER TABLE referrals_disclosure
    ALTER COLUMN disclosed_by_id DROP NOT NULL,
    ADD CONSTRAINT disclosure_by_somebody CHECK ((scope_id IS NULL) = (disclosed_by_id IS NULL));
ALTER TABLE referrals_takenback
    ALTER COLUMN consent_id DROP NOT NULL,
    ADD CONSTRAINT taken_back_by_a_decision CHECK ((scope_id IS NULL) = (consent_id IS NULL));
"""
UNMARKED = """
ALTER TABLE referrals_takenback
    DROP CONSTRAINT taken_back_by_a_decision, ALTER COLUMN consent_id SET NOT NULL;
ALTER TABLE referrals_disclosure
    DROP CONSTRAINT disclosure_by_somebody, ALTER COLUMN disclosed_by_id SET NOT NULL;
ALTER TABLE referrals_supportreferral
    DROP CONSTRAINT referral_sandboxed_as_its_agency,
    DROP CONSTRAINT referral_sandboxed,
    DROP CONSTRAINT referral_of_a_case_or_of_the_sandbox,
    DROP COLUMN sandboxed,
    ALTER COLUMN created_by_id SET NOT NULL,
    ALTER COLUMN case_id SET NOT NULL,
    ALTER COLUMN scope_id SET NOT NULL;
"""
CHILDREN = ("disclosure", "question", "supportreview", "takenback")


def marked_as_its_referral(name: str) -> migrations.RunSQL:
    """What hangs on a referral is invented exactly when that is."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE referrals_{name}
            ALTER COLUMN scope_id DROP NOT NULL,
            ADD COLUMN sandboxed boolean NOT NULL GENERATED ALWAYS AS (scope_id IS NULL) STORED,
            ADD CONSTRAINT {name}_sandboxed_as_its_referral FOREIGN KEY (referral_id, sandboxed)
                REFERENCES referrals_supportreferral (id, sandboxed) DEFERRABLE INITIALLY DEFERRED;
        """,
        f"""
        ALTER TABLE referrals_{name}
            DROP CONSTRAINT {name}_sandboxed_as_its_referral, DROP COLUMN sandboxed,
            ALTER COLUMN scope_id SET NOT NULL;
        """,
    )


def hidden_from_the_engine(table: str) -> migrations.RunSQL:
    """Sweeps, reports and numbers never meet what is invented."""
    real = f"{guards.IS_ENGINE} AND scope_id IS NOT NULL"
    alter = "ALTER POLICY engine_sees ON {0} USING ({1}) WITH CHECK ({1});"
    return migrations.RunSQL(alter.format(table, real), alter.format(table, guards.IS_ENGINE))


# A service says itself whether it is a twin's: the trigger sets it, and the constraint holds the two together.
SERVICES = """
CREATE FUNCTION referrals_mark_sandboxed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.sandboxed := (SELECT a.sandboxed FROM accounts_agency a WHERE a.id = NEW.agency_id);
    RETURN NEW;
END $$;
"""
SERVICES_NOT = "DROP FUNCTION referrals_mark_sandboxed();"


def marked_as_its_agency(name: str) -> migrations.RunSQL:
    """What an agency offers is invented exactly when the agency is a twin."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE referrals_{name}
            ADD COLUMN sandboxed boolean NOT NULL DEFAULT false,
            ADD CONSTRAINT {name}_sandboxed_as_its_agency
                FOREIGN KEY (agency_id, sandboxed) REFERENCES accounts_agency (id, sandboxed);
        CREATE TRIGGER marked_sandboxed BEFORE INSERT ON referrals_{name}
            FOR EACH ROW EXECUTE FUNCTION referrals_mark_sandboxed();
        """,
        f"""
        DROP TRIGGER marked_sandboxed ON referrals_{name};
        ALTER TABLE referrals_{name}
            DROP CONSTRAINT {name}_sandboxed_as_its_agency, DROP COLUMN sandboxed;
        """,
    )


IS_OFFICER = "(SELECT accounts_ctx('kind')) = 'officer'"
TWIN = (
    "EXISTS (SELECT 1 FROM accounts_agency a WHERE a.id = {table}.agency_id"
    " AND a.sandbox_of_id = (SELECT accounts_ctx('agency'))::uuid)"
)
OF_TWIN = TWIN.format(table="referrals_service")
OWN_SERVICE = OWN.format(table="referrals_service")
OWN_WORD = OWN.format(table="referrals_capacityword")
OFFERS = f"""
ALTER POLICY web_sees ON referrals_service USING (NOT sandboxed OR {OWN_SERVICE})
    WITH CHECK ({IS_OFFICER} OR {OWN_SERVICE} OR {OF_TWIN});
ALTER POLICY engine_sees ON referrals_service USING ({guards.IS_ENGINE} AND NOT sandboxed);
ALTER POLICY web_sees ON referrals_capacityword USING (({IS_OFFICER} AND NOT sandboxed) OR {OWN_WORD});
ALTER POLICY engine_sees ON referrals_capacityword USING ({guards.IS_ENGINE} AND NOT sandboxed);
"""
OFFERS_NOT = f"""
ALTER POLICY engine_sees ON referrals_capacityword USING ({guards.IS_ENGINE});
ALTER POLICY web_sees ON referrals_capacityword USING ({IS_OFFICER} OR {OWN_WORD});
ALTER POLICY engine_sees ON referrals_service USING ({guards.IS_ENGINE});
ALTER POLICY web_sees ON referrals_service USING (true) WITH CHECK ({IS_OFFICER} OR {OWN_SERVICE});
"""
# Emptied, or after thirty days, it is there for nobody any more.
SINCE = """
CREATE FUNCTION referrals_sandbox_since() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT greatest(s.emptied_at, accounts_ctx('at')::timestamptz - interval '30 days')
      FROM referrals_sandbox s WHERE s.agency_id = accounts_ctx('agency')::uuid
$$;
"""
SENT = OWN.format(table="referrals_supportreferral") + " AND sent_at IS NOT NULL"
STILL_THERE = "(scope_id IS NOT NULL OR created_at > (SELECT referrals_sandbox_since()))"
SEES = guards.SEES_SCOPE.format(table="referrals_supportreferral")
ALTER_SEEN = "ALTER POLICY web_sees ON referrals_supportreferral USING ({0}) WITH CHECK ({0});"
# The police take consent back themselves; in the sandbox the agency plays them too.
TAKES_BACK = """
CREATE POLICY sandbox_takes_back ON referrals_takenback FOR INSERT TO holdfast_web
    WITH CHECK (scope_id IS NULL AND EXISTS (
        SELECT 1 FROM referrals_supportreferral r WHERE r.id = referrals_takenback.referral_id
           AND r.scope_id IS NULL AND r.agency_id = (SELECT accounts_ctx('agency'))::uuid));
"""
# What hangs on a person or on the record of disclosures is not touched.
TRIGGERS = """
DROP TRIGGER needs_settled ON referrals_supportreferral;
CREATE TRIGGER needs_settled AFTER UPDATE OF status ON referrals_supportreferral
    FOR EACH ROW WHEN ({real}OLD.status <> NEW.status AND NEW.status IN ('declined', 'ended_early', 'completed'))
    EXECUTE FUNCTION referrals_settle_needs();
DROP TRIGGER acceptance_recorded ON referrals_supportreferral;
CREATE TRIGGER acceptance_recorded AFTER UPDATE OF status ON referrals_supportreferral
    FOR EACH ROW WHEN ({real}OLD.status <> NEW.status AND NEW.status = 'accepted')
    EXECUTE FUNCTION referrals_note_accepted();
DROP TRIGGER answer_recorded ON referrals_question;
CREATE TRIGGER answer_recorded AFTER UPDATE OF answered_at ON referrals_question
    FOR EACH ROW WHEN ({real}OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL)
    EXECUTE FUNCTION referrals_note_answered();
DROP TRIGGER disclosure_recorded ON referrals_disclosure;
CREATE TRIGGER disclosure_recorded AFTER INSERT OR UPDATE ON referrals_disclosure
    FOR EACH ROW {when}EXECUTE FUNCTION referrals_note_given();
"""
REAL_ONLY = TRIGGERS.format(
    real="NEW.scope_id IS NOT NULL AND ", when="WHEN (NEW.scope_id IS NOT NULL) "
)
# The twin's row refers to its agency as to a twin.
OF_A_TWIN = """
ALTER TABLE referrals_sandbox
    ADD COLUMN sandboxed boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    ADD CONSTRAINT sandbox_of_a_twin FOREIGN KEY (agency_id, sandboxed) REFERENCES accounts_agency (id, sandboxed);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_sandbox"),
        ("referrals", "0015_given_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sandbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("emptied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "emptied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        guards.walled("referrals_sandbox", web=f"{guards.OWN_AGENCY} OR {TWIN}"),
        guards.audited("referrals_sandbox"),
        guards.never_deleted("referrals_sandbox"),
        migrations.RunSQL(OF_A_TWIN, migrations.RunSQL.noop),
        migrations.RunSQL(MARKED, UNMARKED),
        *(marked_as_its_referral(name) for name in CHILDREN),
        *(hidden_from_the_engine(f"referrals_{name}") for name in ("supportreferral", *CHILDREN)),
        migrations.RunSQL(SERVICES, SERVICES_NOT),
        *(marked_as_its_agency(name) for name in ("service", "capacityword")),
        migrations.RunSQL(OFFERS, OFFERS_NOT),
        migrations.RunSQL(SINCE, "DROP FUNCTION referrals_sandbox_since();"),
        migrations.RunSQL(
            ALTER_SEEN.format(f"({SEES}) OR ({SENT} AND {STILL_THERE})"),
            ALTER_SEEN.format(f"({SEES}) OR ({SENT})"),
        ),
        migrations.RunSQL(TAKES_BACK, "DROP POLICY sandbox_takes_back ON referrals_takenback;"),
        migrations.RunSQL(REAL_ONLY, TRIGGERS.format(real="", when="")),
    ]
