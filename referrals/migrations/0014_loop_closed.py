"""A referral says who may be told, becomes something for each need, is reviewed, and every disclosure is recorded."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# As `referrals.disclosure.MAY_SEE` says it; a test keeps them equal.
REACH = "'name', 'safe_contact', 'communication', 'officer'"
CARE = f"{REACH}, 'topics', 'born_on', 'risk', 'first_words'"
CASE = f"{REACH}, 'topics', 'born_on', 'crime', 'nrm', 'first_words'"
MAY_SEE = f"""
CREATE FUNCTION referrals_may_see(needs varchar[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT item.name), '{{}}')
      FROM unnest(needs) AS wanted (need)
      JOIN (VALUES ('safe_house', ARRAY[{CARE}, 'crime', 'nrm']),
                   ('outreach', ARRAY[{CARE}, 'crime', 'nrm']),
                   ('health', ARRAY[{CARE}]),
                   ('counselling', ARRAY[{CARE}]),
                   ('legal', ARRAY[{CASE}]),
                   ('immigration', ARRAY[{CASE}]),
                   ('money', ARRAY[{REACH}]),
                   ('interpreting', ARRAY[{REACH}]),
                   ('child_guardian', ARRAY[{CARE}, 'crime', 'nrm']),
                   ('work', ARRAY[{REACH}, 'crime'])) AS allowed (need, items) USING (need)
     CROSS JOIN unnest(allowed.items) AS item (name)
$$;
"""  # nosec B608 - only our own words
# What was sent before this was asked: the team of an agency was told, and a need that nobody said was met was not.
BEFORE = """
UPDATE referrals_supportreferral SET
    told_to = CASE WHEN sent_at IS NULL THEN told_to ELSE 'team' END,
    no_contact_reason = CASE WHEN sent_at IS NULL OR items @> '{safe_contact}' THEN '' ELSE 'through_us' END,
    items = ARRAY(SELECT i FROM unnest(items) AS i WHERE i = ANY (referrals_may_see(needs))),
    outcomes = CASE WHEN status <> 'completed' THEN '{}'::jsonb ELSE (
        SELECT jsonb_object_agg(n, CASE end_reason WHEN 'needs_met' THEN 'met'
                                                   WHEN 'person_stopped' THEN 'unwanted' ELSE 'unmet' END)
          FROM unnest(needs) AS n) END;
UPDATE referrals_disclosure d
   SET items = ARRAY(SELECT i FROM unnest(d.items) AS i WHERE i = ANY (referrals_may_see(r.needs)))
  FROM referrals_supportreferral r
 WHERE r.id = d.referral_id AND NOT d.items::text[] <@ referrals_may_see(r.needs);
SET CONSTRAINTS ALL IMMEDIATE;
"""
HOLDS = """
ALTER TABLE referrals_supportreferral
    ADD CONSTRAINT referral_shares_what_its_needs_allow CHECK (items::text[] <@ referrals_may_see(needs)),
    ADD CONSTRAINT referral_completed_says_of_each_need
        CHECK (status <> 'completed' OR outcomes ?& needs::text[]),
    ADD CONSTRAINT referral_outcomes_are_known CHECK (
        NOT jsonb_path_exists(outcomes, '$.* ? (@ != "met" && @ != "unmet" && @ != "unwanted")'));
"""
HOLDS_NOT = """
ALTER TABLE referrals_supportreferral
    DROP CONSTRAINT referral_outcomes_are_known,
    DROP CONSTRAINT referral_completed_says_of_each_need,
    DROP CONSTRAINT referral_shares_what_its_needs_allow;
"""
# An agency cannot reach the person's needs, and must not have to: what it leaves open is open at once.
SETTLE = """
CREATE FUNCTION referrals_settle_needs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    person victims_victim;
BEGIN
    SELECT v.* INTO person FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id
     WHERE c.id = NEW.case_id;
    UPDATE victims_need SET ended_at = accounts_moment()
     WHERE victim_id = person.id AND ended_at IS NULL AND NEW.outcomes ->> kind IN ('met', 'unwanted');
    INSERT INTO victims_need (id, scope_id, victim_id, kind, urgent, found_at, found_by_id)
    SELECT gen_random_uuid(), person.scope_id, person.id, n, NEW.urgent, accounts_moment(), NEW.created_by_id
      FROM unnest(NEW.needs) AS n
     WHERE NEW.status <> 'completed' OR NEW.outcomes ->> n = 'unmet'
        ON CONFLICT (victim_id, kind) WHERE ended_at IS NULL DO NOTHING;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_settle_needs() FROM PUBLIC;
CREATE TRIGGER needs_settled AFTER UPDATE OF status ON referrals_supportreferral
    FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status IN ('declined', 'ended_early', 'completed'))
    EXECUTE FUNCTION referrals_settle_needs();
"""
SETTLE_NOT = """
DROP TRIGGER needs_settled ON referrals_supportreferral;
DROP FUNCTION referrals_settle_needs();
"""
# Nobody else may write one, so none is invented and none is left out.
RECORD = """
CREATE FUNCTION referrals_record_disclosure(kind text, of_items text[], referral uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO referrals_disclosureevent
        (id, scope_id, referral_id, agency_id, kind, items, needs, consent_id, legal_basis, at)
    SELECT gen_random_uuid(), r.scope_id, r.id, r.agency_id, kind, of_items, r.needs, r.consent_id,
           r.legal_basis, accounts_moment()
      FROM referrals_supportreferral r WHERE r.id = referral
$$;
CREATE FUNCTION referrals_note_given() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM referrals_record_disclosure('minimum', ARRAY['urgent', 'needs', 'age_band', 'language',
            'interpreter', 'would_rather_speak_to', 'area'], NEW.referral_id);
    ELSIF OLD.emptied_at IS NULL AND NEW.emptied_at IS NOT NULL THEN
        PERFORM referrals_record_disclosure('emptied', OLD.items::text[], NEW.referral_id);
    ELSIF NOT OLD.items <@ NEW.items THEN
        PERFORM referrals_record_disclosure('taken_back', ARRAY(
            SELECT i FROM unnest(OLD.items::text[]) AS i WHERE i <> ALL (NEW.items)), NEW.referral_id);
    ELSIF OLD.disclosed_at <> NEW.disclosed_at THEN
        PERFORM referrals_record_disclosure('renewed', ARRAY['safe_contact'], NEW.referral_id);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION referrals_note_accepted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM referrals_record_disclosure('accepted', d.items::text[], d.referral_id)
       FROM referrals_disclosure d WHERE d.referral_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION referrals_note_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM referrals_record_disclosure('answer', ARRAY['answer'], NEW.referral_id);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_record_disclosure(text, text[], uuid) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION referrals_note_given() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION referrals_note_accepted() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION referrals_note_answered() FROM PUBLIC;
CREATE TRIGGER disclosure_recorded AFTER INSERT OR UPDATE ON referrals_disclosure
    FOR EACH ROW EXECUTE FUNCTION referrals_note_given();
CREATE TRIGGER acceptance_recorded AFTER UPDATE OF status ON referrals_supportreferral
    FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status = 'accepted')
    EXECUTE FUNCTION referrals_note_accepted();
CREATE TRIGGER answer_recorded AFTER UPDATE OF answered_at ON referrals_question
    FOR EACH ROW WHEN (OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL)
    EXECUTE FUNCTION referrals_note_answered();
REVOKE INSERT ON referrals_disclosureevent FROM holdfast_web, holdfast_engine;
"""
RECORD_NOT = """
GRANT INSERT ON referrals_disclosureevent TO holdfast_web, holdfast_engine;
DROP TRIGGER answer_recorded ON referrals_question;
DROP TRIGGER acceptance_recorded ON referrals_supportreferral;
DROP TRIGGER disclosure_recorded ON referrals_disclosure;
DROP FUNCTION referrals_note_answered();
DROP FUNCTION referrals_note_accepted();
DROP FUNCTION referrals_note_given();
DROP FUNCTION referrals_record_disclosure(text, text[], uuid);
"""
OWN_SENT = (
    guards.OWN_AGENCY
    + " AND EXISTS (SELECT 1 FROM referrals_supportreferral r WHERE r.id = {table}.referral_id"
    " AND r.agency_id = (SELECT accounts_ctx('agency'))::uuid AND r.sent_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shifts"),
        ("casework", "0024_re_planned"),
        ("referrals", "0013_webhooks"),
        ("victims", "0012_age_as_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisclosureEvent",
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
                            ("minimum", "Seen before acceptance"),
                            ("accepted", "Given when the agency accepted"),
                            ("renewed", "Given anew"),
                            ("answer", "Our answer to a question"),
                            ("taken_back", "Taken back"),
                            ("emptied", "Can no longer be read"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safe_house", "A safe place to stay"),
                                ("outreach", "A support worker who visits"),
                                ("health", "Medical care"),
                                ("counselling", "Counselling"),
                                ("legal", "Legal advice"),
                                ("immigration", "Immigration advice"),
                                ("money", "Money for food and clothes"),
                                ("interpreting", "An interpreter"),
                                ("child_guardian", "A guardian for a child"),
                                ("work", "Help with work or wages"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SupportReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the review"),
                ),
                ("agreed_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("as_planned", "It goes as planned"),
                            ("changed", "What they need has changed"),
                            ("difficult", "It is difficult, and we go on"),
                        ],
                        max_length=15,
                        verbose_name="how it goes",
                    ),
                ),
            ],
            options={
                "ordering": ("-agreed_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="instead_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="referrals.supportreferral",
            ),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="no_contact_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("through_us", "They are reached through the officer only"),
                    ("carer", "They are reached through their social worker or carer only"),
                    ("not_safe_now", "No way is safe now; the officer says when one is"),
                ],
                max_length=15,
                verbose_name="why no safe way is shared",
            ),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="outcomes",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="next review"),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="told_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("worker", "Only the worker who supports them"),
                    ("team", "The team that supports them, and nobody else"),
                    (
                        "ask_first",
                        "Others too, such as a doctor or landlord, once the person agrees",
                    ),
                ],
                max_length=10,
                verbose_name="who may be told",
            ),
        ),
        migrations.RunSQL(MAY_SEE, "DROP FUNCTION referrals_may_see(varchar[]);"),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="supportreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", True),
                    models.Q(("told_to", ""), _negated=True),
                    _connector="OR",
                ),
                name="referral_sent_says_who_may_be_told",
                violation_error_message="Say who at the agency may be told.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", True),
                    ("items__contains", ["safe_contact"]),
                    models.Q(("no_contact_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="referral_sent_with_contact_or_reason",
                violation_error_message="Share a safe way to reach them, or say why you share none.",
            ),
        ),
        migrations.AddField(
            model_name="disclosureevent",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
            ),
        ),
        migrations.AddField(
            model_name="disclosureevent",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="victims.consentevent",
            ),
        ),
        migrations.AddField(
            model_name="disclosureevent",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disclosure_events",
                to="referrals.supportreferral",
            ),
        ),
        migrations.AddField(
            model_name="disclosureevent",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="supportreview",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
            ),
        ),
        migrations.AddField(
            model_name="supportreview",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="referrals.supportreferral",
            ),
        ),
        migrations.AddField(
            model_name="supportreview",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", ""), ("held_at__isnull", True)),
                    models.Q(("held_at__isnull", False), models.Q(("finding", ""), _negated=True)),
                    _connector="OR",
                ),
                name="support_review_held_says_how",
                violation_error_message="Say how the support goes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_at__isnull", True)),
                fields=("referral",),
                name="support_review_one_open",
            ),
        ),
        migrations.RunSQL(HOLDS, HOLDS_NOT),
        guards.walled("referrals_supportreview", web=f"({guards.SEES_SCOPE}) OR ({OWN_SENT})"),
        guards.audited("referrals_supportreview"),
        guards.never_deleted("referrals_supportreview"),
        guards.scoped("referrals_disclosureevent"),
        guards.audited("referrals_disclosureevent"),
        guards.append_only("referrals_disclosureevent"),
        migrations.RunSQL(SETTLE, SETTLE_NOT),
        migrations.RunSQL(RECORD, RECORD_NOT),
    ]
