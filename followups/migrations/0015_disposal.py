"""What stands in the way of disposing of a case, and how it goes with everything that hangs on it."""

from django.db import migrations

ROWS = r"""
-- Every row that hangs on these rows, then the rows: children first, whichever table they are in.
CREATE FUNCTION followups_dispose_rows(holder regclass, ids text[], INOUT counts jsonb, INOUT hashes jsonb)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    child record;
    below text[];
    gone bigint;
    hash text;
    kind text;
BEGIN
    IF coalesce(cardinality(ids), 0) = 0 THEN
        RETURN;
    END IF;
    FOR child IN
        SELECT c.conrelid::regclass AS place, a.attname AS link, k.attname AS key,
               format_type(f.atttypid, f.atttypmod) AS kind
          FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
          JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
          JOIN pg_index i ON i.indrelid = c.conrelid AND i.indisprimary
          JOIN pg_attribute k ON k.attrelid = c.conrelid AND k.attnum = i.indkey[0]
         WHERE c.contype = 'f' AND c.confrelid = holder
         ORDER BY c.conrelid::regclass::text, a.attname
    LOOP
        EXECUTE format('SELECT array_agg(%I::text) FROM %s WHERE %I = ANY ($1::%s[]) AND NOT (%L::regclass = $2 AND %I::text = ANY ($1))',
                       child.key, child.place, child.link, child.kind, child.place, child.key)
           INTO below USING ids, holder;
        SELECT d.counts, d.hashes INTO counts, hashes
          FROM followups_dispose_rows(child.place, below, counts, hashes) d;
    END LOOP;
    SELECT format_type(k.atttypid, k.atttypmod), k.attname INTO child.kind, child.key
      FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
     WHERE i.indrelid = holder AND i.indisprimary;
    EXECUTE format('WITH gone AS (DELETE FROM %s AS r WHERE r.%I = ANY ($1::%s[]) RETURNING to_jsonb(r)::text AS was)
                    SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(was, E''\n'' ORDER BY was), ''''), ''UTF8'')), ''hex'')
                      FROM gone', holder, child.key, child.kind)
       INTO gone, hash USING ids;
    -- The keys by which somebody is found name the rows that they were made from, without pointing at them.
    IF child.kind = 'uuid' THEN
        DELETE FROM victims_searchkey k WHERE k.source = ANY (ids::uuid[]);
    END IF;
    IF gone > 0 THEN
        kind := holder::text;
        counts := jsonb_set(counts, ARRAY[kind], to_jsonb(coalesce((counts ->> kind)::bigint, 0) + gone));
        hashes := jsonb_set(hashes, ARRAY[kind], coalesce(hashes -> kind, '[]') || to_jsonb(hash));
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION followups_dispose_rows(regclass, text[], jsonb, jsonb) FROM PUBLIC, holdfast_web, holdfast_engine;
"""
WHOLE = r"""
-- What stands in the way, as codes; asked by the page, and again by the database as it disposes.
CREATE FUNCTION followups_disposal_obstacles(whose uuid, moment timestamptz) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM casework_case c WHERE c.id = whose AND c.status <> 'closed') THEN 'open' END,
        CASE WHEN EXISTS (SELECT 1 FROM casework_legalhold h
                           WHERE h.case_id = whose AND h.ended_at IS NULL
                             AND (h.until IS NULL OR h.until >= (moment AT TIME ZONE 'Europe/London')::date)) THEN 'hold' END,
        CASE WHEN EXISTS (SELECT 1 FROM followups_followup f
                           WHERE f.case_id = whose AND f.state IN ('open', 'quarantined')
                             AND f.rule NOT IN ('retention-review-due', 'retention-review-again', 'disposal-undecided'))
             THEN 'owed' END,
        CASE WHEN EXISTS (SELECT 1 FROM referrals_supportreferral r
                           WHERE r.case_id = whose
                             AND r.status IN ('sent', 'opened', 'needs_info', 'accepted', 'in_progress')) THEN 'referral' END,
        CASE WHEN EXISTS (SELECT 1 FROM casework_pack p WHERE p.case_id = whose AND p.status IN ('draft', 'review'))
               OR EXISTS (SELECT 1 FROM casework_investigationevent e
                           WHERE e.case_id = whose AND e.kind = 'data_asked'
                             AND NOT EXISTS (SELECT 1 FROM casework_investigationevent a
                                              WHERE a.answers_id = e.id AND a.kind = 'data_given')) THEN 'disclosure' END
    ], NULL)
$$;
-- Two people have decided: the case goes, its person too when no other record holds them, and a certificate stays.
CREATE FUNCTION followups_dispose(review uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    decided casework_retentionreview;
    gone casework_case;
    whose accounts_scope;
    held boolean;
    why text[];
    counts jsonb := '{}';
    hashes jsonb := '{}';
    certificate uuid := gen_random_uuid();
BEGIN
    SELECT * INTO decided FROM casework_retentionreview WHERE id = review FOR UPDATE;
    SELECT * INTO gone FROM casework_case WHERE id = decided.case_id FOR UPDATE;
    SELECT * INTO whose FROM accounts_scope WHERE id = gone.scope_id;
    IF gone.id IS NULL OR decided.decision <> 'dispose' OR decided.agreed IS NOT TRUE
       OR decided.decided_by_id = decided.by_id
       OR decided.decided_by_id IS DISTINCT FROM accounts_ctx('actor')::uuid
       OR whose.force_id IS DISTINCT FROM accounts_ctx('force')::uuid THEN
        RAISE EXCEPTION 'a disposal is decided by a second person of the force' USING ERRCODE = 'insufficient_privilege';
    END IF;
    why := followups_disposal_obstacles(gone.id, moment);
    IF cardinality(why) > 0 THEN
        RAISE EXCEPTION 'the case must be kept: %', array_to_string(why, ', ')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_has_no_obstacle';
    END IF;
    held := EXISTS (SELECT 1 FROM casework_case c WHERE c.victim_id = gone.victim_id AND c.id <> gone.id)
         OR EXISTS (SELECT 1 FROM victims_victim v
                     WHERE (v.id = gone.victim_id AND v.merged_into_id IS NOT NULL) OR v.merged_into_id = gone.victim_id);
    PERFORM set_config('app.disposing', 'yes', true);
    SELECT d.counts, d.hashes INTO counts, hashes
      FROM followups_dispose_rows('casework_case', ARRAY[gone.id::text], counts, hashes) d;
    IF NOT held THEN
        SELECT d.counts, d.hashes INTO counts, hashes
          FROM followups_dispose_rows('victims_victim', ARRAY[gone.victim_id::text], counts, hashes) d;
        DELETE FROM victims_searchkey k WHERE k.victim_id = gone.victim_id;
    END IF;
    -- Whatever still points at what is gone stops it here.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    PERFORM set_config('app.disposing', '', true);
    INSERT INTO casework_disposalcertificate
           (id, force_id, unit_id, reference, "group", at, proposed_by_id, decided_by_id, person_kept, counts, hashes)
    VALUES (certificate, whose.force_id, whose.unit_id, gone.reference, decided."group", moment,
            decided.by_id, decided.decided_by_id, held, counts, hashes);
    RETURN certificate;
END $$;
"""
DROP = """
DROP FUNCTION followups_dispose(uuid);
DROP FUNCTION followups_disposal_obstacles(uuid, timestamptz);
DROP FUNCTION followups_dispose_rows(regclass, text[], jsonb, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_disposing"),
        ("casework", "0029_how_long_it_is_kept"),
        ("followups", "0014_told_by_shift"),
        ("referrals", "0016_sandbox"),
    ]

    operations = [migrations.RunSQL(ROWS + WHOLE, DROP)]
