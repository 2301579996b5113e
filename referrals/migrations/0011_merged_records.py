"""The account lies sealed by itself; and what was taken back ends in a record that is merged with another afterwards."""

import json

from django.db import migrations, models

import accounts.sealed
from accounts import guards

ACCOUNT = "first_words"

# The two beside the core say who may ask. The open statuses are those of `SupportReferral.OPEN`; a test keeps them
# equal. The history names nobody: the two records may be held apart.
TAKE_BACK = """
DROP FUNCTION referrals_take_back(uuid, boolean, text);
CREATE FUNCTION referrals_end_resting_on(word victims_consentevent, of_child boolean, sentence text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    root uuid;
    found record;
BEGIN
    SELECT coalesce(v.merged_into_id, v.id) INTO root FROM victims_victim v WHERE v.id = word.victim_id;
    FOR found IN
        SELECT r.id, r.scope_id, r.case_id, d.id AS shared, a.name, a.slug,
               r.status IN ('sent', 'opened', 'needs_info', 'accepted', 'in_progress') AS is_open
          FROM victims_victim v JOIN casework_case c ON c.victim_id = v.id
          JOIN referrals_supportreferral r ON r.case_id = c.id
          JOIN referrals_disclosure d ON d.referral_id = r.id AND d.emptied_at IS NULL
          JOIN accounts_agency a ON a.id = r.agency_id
         WHERE coalesce(v.merged_into_id, v.id) = root AND r.sent_at IS NOT NULL
           AND (NOT of_child OR r.consent_id IS NOT NULL)
           AND (word.agency_id IS NULL OR r.agency_id = word.agency_id)
           AND (word.purpose = 'agency' OR 'first_words' = ANY (d.items))
           AND NOT victims_said(root, word.purpose, r.agency_id)
         ORDER BY r.id FOR UPDATE OF r, d
    LOOP
        IF word.purpose = 'account' THEN
            UPDATE referrals_disclosure SET account = '', items = array_remove(items, 'first_words')
             WHERE id = found.shared;
        ELSE
            UPDATE referrals_disclosure
               SET "first" = '', "full" = '', account = '', emptied_at = moment, emptied_reason = 'consent_withdrawn'
             WHERE id = found.shared;
            UPDATE referrals_supportreferral
               SET status = 'withdrawn', withdrawn_at = moment, changed_at = moment, version = version + 1
             WHERE id = found.id AND found.is_open;
        END IF;
        INSERT INTO referrals_takenback (id, scope_id, referral_id, consent_id, at)
        VALUES (gen_random_uuid(), found.scope_id, found.id, word.id, moment);
        CONTINUE WHEN word.purpose = 'agency' AND NOT found.is_open;
        INSERT INTO casework_caseevent (id, scope_id, case_id, kind, at, recorded_at, text, detail)
        VALUES (gen_random_uuid(), found.scope_id, found.case_id, 'referral', moment, moment,
                replace(sentence, '%s', found.name),
                jsonb_build_object('referral', found.id, 'agency', found.slug, 'step',
                                   CASE word.purpose WHEN 'account' THEN 'taken_back' ELSE 'withdrawn' END));
        -- Whoever holds the case now waits perhaps for this person, and says itself that the case has changed.
        UPDATE casework_case SET changed_at = moment
         WHERE id IN (SELECT c.id FROM casework_case c WHERE c.id = found.case_id FOR NO KEY UPDATE SKIP LOCKED);
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_end_resting_on(victims_consentevent, boolean, text)
  FROM PUBLIC, holdfast_web, holdfast_engine;

-- The one who recorded a decision may have it take effect, and no other decision.
CREATE FUNCTION referrals_take_back(decision uuid, of_child boolean, sentence text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    word victims_consentevent;
BEGIN
    SELECT e.* INTO word FROM victims_consentevent e
     WHERE e.id = decision AND e.purpose IN ('agency', 'account')
       AND (accounts_ctx('kind') = 'engine' OR e.explained_by_id = accounts_ctx('actor')::uuid);
    IF word.id IS NOT NULL AND NOT victims_allows(word) THEN
        PERFORM referrals_end_resting_on(word, of_child, sentence);
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_take_back(uuid, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_take_back(uuid, boolean, text) TO holdfast_web, holdfast_engine;

-- Whoever sees the person may have every decision of theirs take effect that holds and does not allow; no other.
CREATE FUNCTION referrals_take_back_merged(person uuid, of_child boolean, sentences jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    word victims_consentevent;
BEGIN
    FOR word IN
        SELECT e.* FROM (
            SELECT DISTINCT ON (e.purpose, e.agency_id) e.id
              FROM victims_victim asked JOIN accounts_scope ON accounts_scope.id = asked.scope_id
              JOIN victims_victim v
                ON coalesce(v.merged_into_id, v.id) = coalesce(asked.merged_into_id, asked.id)
              JOIN victims_consentevent e ON e.victim_id = v.id AND e.purpose IN ('agency', 'account')
             WHERE asked.id = person AND (accounts_ctx('kind') = 'engine' OR (VISIBLE))
             ORDER BY e.purpose, e.agency_id, e.decided_at DESC, e.recorded_at DESC, victims_allows(e), e.id) last
          JOIN victims_consentevent e ON e.id = last.id
         WHERE NOT victims_allows(e) ORDER BY e.id
    LOOP
        PERFORM referrals_end_resting_on(
            word, of_child,
            sentences ->> (word.purpose || CASE WHEN word.outcome = 'no_capacity' THEN '_not_best' ELSE '' END));
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_take_back_merged(uuid, boolean, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_take_back_merged(uuid, boolean, jsonb) TO holdfast_web, holdfast_engine;
""".replace("VISIBLE", guards.SCOPE_VISIBLE)

REDACTED = """
DROP TRIGGER audit_row ON referrals_disclosure;
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON referrals_disclosure
    FOR EACH ROW EXECUTE FUNCTION accounts_audit_row('{columns}');
"""

BEFORE = """
DROP FUNCTION referrals_take_back_merged(uuid, boolean, jsonb);
DROP FUNCTION referrals_take_back(uuid, boolean, text);
DROP FUNCTION referrals_end_resting_on(victims_consentevent, boolean, text);
CREATE FUNCTION referrals_take_back(decision uuid, of_child boolean, sentence text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    word victims_consentevent;
    root uuid;
    found record;
BEGIN
    SELECT e.* INTO word FROM victims_consentevent e
     WHERE e.id = decision AND e.purpose IN ('agency', 'account')
       AND (accounts_ctx('kind') = 'engine' OR e.explained_by_id = accounts_ctx('actor')::uuid);
    IF word.id IS NULL OR victims_allows(word) THEN
        RETURN;
    END IF;
    SELECT coalesce(v.merged_into_id, v.id) INTO root FROM victims_victim v WHERE v.id = word.victim_id;
    FOR found IN
        SELECT r.id, r.scope_id, r.case_id, d.id AS shared, a.name, a.slug,
               r.status IN ('sent', 'opened', 'needs_info', 'accepted', 'in_progress') AS is_open
          FROM victims_victim v JOIN casework_case c ON c.victim_id = v.id
          JOIN referrals_supportreferral r ON r.case_id = c.id
          JOIN referrals_disclosure d ON d.referral_id = r.id AND d.emptied_at IS NULL
          JOIN accounts_agency a ON a.id = r.agency_id
         WHERE coalesce(v.merged_into_id, v.id) = root AND r.sent_at IS NOT NULL
           AND (NOT of_child OR r.consent_id IS NOT NULL)
           AND (word.agency_id IS NULL OR r.agency_id = word.agency_id)
           AND (word.purpose = 'agency' OR 'first_words' = ANY (d.items))
           AND NOT victims_said(root, word.purpose, r.agency_id)
         ORDER BY r.id FOR UPDATE OF r, d
    LOOP
        IF word.purpose = 'account' THEN
            UPDATE referrals_disclosure SET items = array_remove(items, 'first_words') WHERE id = found.shared;
        ELSE
            UPDATE referrals_disclosure
               SET "first" = '', "full" = '', emptied_at = moment, emptied_reason = 'consent_withdrawn'
             WHERE id = found.shared;
            UPDATE referrals_supportreferral
               SET status = 'withdrawn', withdrawn_at = moment, changed_at = moment, version = version + 1
             WHERE id = found.id AND found.is_open;
        END IF;
        INSERT INTO referrals_takenback (id, scope_id, referral_id, consent_id, at)
        VALUES (gen_random_uuid(), found.scope_id, found.id, word.id, moment);
        CONTINUE WHEN word.purpose = 'agency' AND NOT found.is_open;
        INSERT INTO casework_caseevent (id, scope_id, case_id, kind, at, recorded_at, text, detail)
        VALUES (gen_random_uuid(), found.scope_id, found.case_id, 'referral', moment, moment,
                replace(sentence, '%s', found.name),
                jsonb_build_object('referral', found.id, 'agency', found.slug, 'step',
                                   CASE word.purpose WHEN 'account' THEN 'taken_back' ELSE 'withdrawn' END));
        UPDATE casework_case SET changed_at = moment WHERE id = found.case_id;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_take_back(uuid, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_take_back(uuid, boolean, text) TO holdfast_web, holdfast_engine;
"""


def apart(apps, schema_editor):
    for row in apps.get_model("referrals", "Disclosure").objects.exclude(full=""):
        shared = json.loads(row.full)
        if ACCOUNT in shared:
            row.account = json.dumps({ACCOUNT: shared.pop(ACCOUNT)}, ensure_ascii=False)
            row.full = json.dumps(shared, ensure_ascii=False, sort_keys=True)
            # What was taken back was kept until now, because nobody could open it there.
            row.account = row.account if ACCOUNT in row.items else ""
            row.save(update_fields=["full", "account"])


def together(apps, schema_editor):
    for row in apps.get_model("referrals", "Disclosure").objects.exclude(account=""):
        shared = json.loads(row.full) | json.loads(row.account)
        row.full, row.account = json.dumps(shared, ensure_ascii=False, sort_keys=True), ""
        row.save(update_fields=["full", "account"])


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0023_decided_for_them"),
        ("referrals", "0010_what_changed"),
        ("victims", "0012_age_as_one"),
    ]

    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="account",
            field=accounts.sealed.EncryptedTextField(blank=True, default="", db_default=""),
        ),
        migrations.RunSQL(
            REDACTED.format(columns="{account,first,full}"), REDACTED.format(columns="{first,full}")
        ),
        migrations.RunPython(apart, together),
        migrations.RemoveConstraint(model_name="disclosure", name="disclosure_emptied_is_empty"),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emptied_at__isnull", True),
                    models.Q(("account", ""), ("first", ""), ("full", "")),
                    _connector="OR",
                ),
                name="disclosure_emptied_is_empty",
            ),
        ),
        migrations.RunSQL(TAKE_BACK, BEFORE),
    ]
