"""What a person took back ends also where whoever recorded it may not look, and shows them nothing of it."""

from django.db import migrations

# The one who recorded a decision may have it take effect, and no other decision. The open statuses are those of
# `SupportReferral.OPEN`; a test keeps them equal. The history names nobody: the two records may be held apart.
# Sealed text cannot be opened here: what was taken out of `items` is read no more.
TAKE_BACK = """
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


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_lost_contact"),
        ("referrals", "0006_outside_lists"),
        ("victims", "0010_what_holds_everywhere"),
    ]

    operations = [
        migrations.RunSQL(TAKE_BACK, "DROP FUNCTION referrals_take_back(uuid, boolean, text);")
    ]
