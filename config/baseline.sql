-- accounts 0001_initial 8efb3c86c3ed5e4b
-- accounts 0002_names_and_absences ad12e320703cd0ef
-- accounts 0003_granted_scopes_asked_once 2f1baac4e74b55f8
-- accounts 0004_owner_changes_are_audited d78e7909b3a6292a
-- accounts 0005_work_mobiles 379b880fa444aa5c
-- accounts 0006_leaving 277a18768ef9df91
-- accounts 0007_shifts daa64672d3ef9afa
-- accounts 0008_agency_administrators e1585bb73083cd1b
-- accounts 0009_duty_by_shift 822187ebbf171e80
-- accounts 0010_resealed 3c8af397a9cb85c3
-- accounts 0011_what_left bce436775db55734
-- accounts 0012_sandbox 88298f6447f3c288
-- accounts 0013_disposing 1500a5c6b7dc2bc6
-- accounts 0014_audit_chain ac8daf12dd20ef8d
-- accounts 0015_conflicts_and_emergencies a2394ecab4d2c6c8
-- accounts 0016_sessions_and_second_steps d5a97fe64550dfb3
-- accounts 0017_directories d005f134b649fe54
-- accounts 0018_security_notices_given_up ede42cb4343e89b6
-- accounts 0019_engine_sees_every_row 1e8d1680a26d869c
-- accounts 0020_officer_gender 261178fbba02358b
-- accounts 0021_why_a_case_is_opened 76c4a67cacb63ccc
-- accounts 0022_conflicts_that_follow 34cdcb295b403845
-- accounts 0023_told_at_the_old_address 6ec3aef87a3f6472
-- accounts 0024_specialists 1eb9fbeef613331b
-- accounts 0025_scopes_asked_quicker cd79da2a4af183d6
-- accounts 0026_agencies_kept_by f3670fa26bbb5671
-- accounts 0027_who_holds_a_role f5d0a99308d33d30
-- casework 0001_initial 2ce1dc64740b8c95
-- casework 0002_possible_matches 5db39eb49585030f
-- casework 0003_open_cases_by_scope be714d5e3ac831c3
-- casework 0004_the_account e7fe1b88cdf5c31d
-- casework 0005_lines_about_the_person b7cd4d29d2cd5b08
-- casework 0006_unit_of_a_case e6f63796a4e0293d
-- casework 0007_find 0d3b754864f16711
-- casework 0008_linking_and_operations c3317476dc42e56c
-- casework 0009_decisions_and_investigation 4ff1d59cc455ff8b
-- casework 0010_dates_of_decisions 08f190cbf884e3a7
-- casework 0011_judged_age 57d5862c43376717
-- casework 0012_where_a_case_stands 4075cc111f8026b8
-- casework 0013_keys_of_many a9d7b4b29848ec95
-- casework 0014_why_taken_out 95a4d6030f13eab3
-- casework 0015_caseload_of_a_leaver 3b72d0a026fa7a63
-- casework 0016_lost_contact 8236f96ceae65cfb
-- casework 0017_alike 7788b86214ebb838
-- casework 0018_decided e787e3c7323792a7
-- casework 0019_transfers 5eff6d414baec57e
-- casework 0020_no_review_wanted 038ae1ebf3f97b97
-- casework 0021_taken_on d733f0694494f510
-- casework 0022_sharing_stopped 750a30beb298b6b0
-- casework 0023_decided_for_them 9b2f8965b10ba100
-- casework 0024_re_planned 9d47fee52567f03d
-- casework 0025_review_of_which_decision abe9847a939a364c
-- casework 0026_opened_by_its_owner 7890fd1d98ffdd30
-- casework 0027_every_key_of_the_ring d972114ca297ab76
-- casework 0028_copies_to_give_away d68d55fa1811272c
-- casework 0029_how_long_it_is_kept ac595f57046b894a
-- casework 0030_emergency_access eda34bda532a2870
-- casework 0031_misuse e57c8fe22f7e1b62
-- casework 0032_proposals 9b846f50baa170a9
-- casework 0033_bulk_moves 958bc9cdf312a979
-- casework 0034_dip_samples ff4cfb70292f2cb4
-- casework 0035_files efcac9032144e8d6
-- casework 0036_conflicts_in_merged_records 38080b8e49c67ace
-- casework 0037_voice 30f39fb0b0c363e6
-- casework 0038_advice 87b0edae448a51f0
-- casework 0039_guidance d1bb6f95e2d4c4a1
-- casework 0040_interviews 0d0dffc40e6e846d
-- casework 0041_nrm_reading ae64de2500e07d59
-- casework 0042_spoken_with 22db4948c607428c
-- casework 0043_set_points bd5b5a813f192cb9
-- clocks 0001_calendars_and_deadlines a5e562d2acb7e881
-- clocks 0002_due_times_in_sql eebc31aa77e18699
-- config 0001_cache_table 7303b83834bfce0b
-- config 0002_how_often 57ecb57b4c61eeb8
-- followups 0001_initial e87f1d1e54b99ec7
-- followups 0002_ladder_in_sql 9312a1530b3ef886
-- followups 0003_owed_in_a_unit d892857414ba9eb5
-- followups 0004_cracks_kept f3d4e86890893e6a
-- followups 0005_numbers 8925fa6316a70b1f
-- followups 0006_what_became_of_a_message 2aa764258b7c412a
-- followups 0007_held_anew 2808a886a564482c
-- followups 0008_acknowledgement 4ab42b926ea062e0
-- followups 0009_third_move 195a3efe20d68d14
-- followups 0010_held_in_a_force 02cba8af56e829c2
-- followups 0011_idle e10556601a9ca176
-- followups 0012_agencies_told c543f48e3c3a5aa0
-- followups 0013_owed_by_rule_and_subject ba6d8c8778f2914d
-- followups 0014_told_by_shift 345982c99ba007ee
-- followups 0015_disposal 9ca60a1e2ee0d3a8
-- followups 0016_conflicts_of_interest 4f09245343491c62
-- followups 0017_dropped_and_refused 8b3f164c475733bb
-- followups 0018_handovers 76a7fca31efab2f1
-- followups 0019_owed_by_holder 98f3b974e54324f2
-- followups 0020_files 7178237da6e3167f
-- followups 0021_who_reads_what_people_say 6236b4e7a7e9ce01
-- followups 0022_kept_views 4cb3eee485b8ca25
-- followups 0023_who_asks_how_it_was e44f226dcc3d1351
-- followups 0024_of_many_people d7b259d3c7f24b15
-- followups 0025_people_of_open_cases 36795c104d8c385e
-- referrals 0001_initial 1752cfde407fd5f6
-- referrals 0002_walls_of_agencies 027c87e6e1927cee
-- referrals 0003_taken_back 467401d79e4b96ef
-- referrals 0004_steps_of_a_referral 9b3e77dcd94f0953
-- referrals 0005_referrals_of_a_case_taken_over 3b7368948a968f4c
-- referrals 0006_outside_lists 8ddcee5aeb4d7e2a
-- referrals 0007_end_everywhere 135c18844be83302
-- referrals 0008_events d2126758e9284af6
-- referrals 0009_kept_answers 27522a4aa54aa98d
-- referrals 0010_what_changed a500a4d8a78f2f65
-- referrals 0011_merged_records 14ead6d1256bee3e
-- referrals 0012_directory 3b844aef30b98aa0
-- referrals 0013_webhooks 980f4877f96e9b7e
-- referrals 0014_loop_closed 6b0556374278fe90
-- referrals 0015_given_up 564fe138b087b970
-- referrals 0016_sandbox 80976718cfe133f5
-- referrals 0017_several_at_once f348047df1b184be
-- referrals 0018_seen_and_forgotten c1791f96ff82b5bd
-- referrals 0019_sandbox_webhooks cabce2bd96f4b221
-- referrals 0020_left_open c9143f984a458e95
-- referrals 0021_ways_elsewhere fe3c29b97278add1
-- referrals 0022_asked_for 953fbaffa9db04f7
-- referrals 0023_sandbox_forgotten 4effcbc325aaacb5
-- referrals 0024_webhook_silence 656f8351479f162a
-- referrals 0025_whom_a_referral_is_for e53aed61c76390cb
-- training 0001_initial 9e752cc3bd10dff8
-- training 0002_walls_and_own_courses 74e2160290d8fbc8
-- training 0003_agency_administrators c69cfe5da5152e96
-- training 0004_verified_by_second_person 926017418d26c3ec
-- training 0005_nrm_reading 2621d3e4008172b1
-- training 0006_dates_and_places 3faf7de4a076ead6
-- training 0007_ways_and_equivalents 7e11cad0cedd43fe
-- training 0008_hours_of_learning 8df9d999e2c007e1
-- training 0009_proofs fe8fb3a548485a70
-- victims 0001_initial 01de5320024586fb
-- victims 0002_names_and_needs fb1cf9b9ba5356a5
-- victims 0003_the_person 630422493fc3ba1e
-- victims 0004_search_keys 55ccc484f6773590
-- victims 0005_person_links 2812558da5c2a94f
-- victims 0006_how_consent_was_explained cf14b6ec26942b29
-- victims 0007_where_it_is_recorded 9fd3f07afb137aa7
-- victims 0008_keys_of_many baf60b608750f222
-- victims 0009_records_of_one_person 69a2dadca9129314
-- victims 0010_what_holds_everywhere a5734d6990737f3d
-- victims 0011_best_interests 6554ab901328db59
-- victims 0012_age_as_one a3e39332a261cf22
-- victims 0013_why_ended 2923377412fc7a66
-- victims 0014_merged_records f0157efb5a2ecfc7
-- victims 0015_conflicts_in_merged_records 05a25255e45d3adc
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.accounts_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user = 'holdfast_owner' AND accounts_ctx('disposing') = 'yes' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND session_user = 'holdfast_owner' THEN
        IF accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.accounts_audit_row() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    redacted text[] := TG_ARGV[0]::text[];
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    here jsonb := CASE WHEN TG_OP = 'DELETE' THEN was ELSE is_now END;
    changes jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND session_user = 'holdfast_owner' THEN
        IF accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
    END IF;
    SELECT coalesce(jsonb_object_agg(key, CASE
               WHEN key = ANY (redacted) THEN '"(sealed)"'::jsonb
               WHEN TG_OP = 'UPDATE' THEN jsonb_build_array(was -> key, is_now -> key)
               ELSE here -> key END), '{}'::jsonb)
      INTO changes
      FROM jsonb_object_keys(here) AS key
     WHERE CASE WHEN TG_OP = 'UPDATE' THEN (was -> key) <> (is_now -> key)
                ELSE (here -> key) NOT IN ('null'::jsonb, '""'::jsonb) END;
    IF TG_OP = 'DELETE' AND current_user = 'holdfast_owner' AND accounts_ctx('disposing') = 'yes' THEN
        changes := '{}';
    END IF;
    INSERT INTO accounts_auditevent (id, at, verb, actor_kind, actor_id, actor_name, force_id, agency_id,
                                     request_id, subject, subject_id, scope_id, detail)
    VALUES (gen_random_uuid(), coalesce(accounts_ctx('at')::timestamptz, clock_timestamp()),
            'row.' || lower(TG_OP), coalesce(accounts_ctx('kind'), 'database'),
            accounts_ctx('actor')::uuid, coalesce(accounts_ctx('name'), session_user),
            coalesce(accounts_ctx('force'), here ->> 'force_id')::uuid, accounts_ctx('agency')::uuid,
            coalesce(accounts_ctx('request'), ''),
            TG_TABLE_NAME, coalesce(here ->> 'id', ''), (here ->> 'scope_id')::uuid, changes);
    RETURN NULL;
END $$;
CREATE FUNCTION public.accounts_ctx(name text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.' || name, true), '') $$;
CREATE FUNCTION public.accounts_duty_supervisor(team uuid, moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT s.user_id FROM accounts_supervision s
     WHERE s.unit_id = team AND accounts_present(s.user_id, moment)
     ORDER BY accounts_on_duty(s.user_id, moment) DESC, s.rank, s.id LIMIT 1
$$;
CREATE FUNCTION public.accounts_emergency_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF current_user = 'holdfast_web' AND (TG_OP = 'INSERT' OR NEW.ends_at > OLD.ends_at
                                          OR OLD.kind <> 'break-glass') THEN
        RAISE EXCEPTION 'emergency access is asked for, not written' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.accounts_end_sessions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
BEGIN
    DELETE FROM accounts_session
     WHERE user_id IN ((was ->> TG_ARGV[0])::uuid, (is_now ->> TG_ARGV[0])::uuid);
    RETURN NULL;
END $$;
CREATE FUNCTION public.accounts_exceptions(person uuid, moment timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN jsonb_build_object(
        'barred', (SELECT coalesce(jsonb_agg(b.scope_id), '[]') FROM accounts_scopebar b
                    WHERE b.user_id = person AND b.ended_at IS NULL),
        'opened', (SELECT coalesce(jsonb_object_agg(g.scope_id, g.ends_at), '{}') FROM accounts_scopegrant g
                    WHERE g.user_id = person AND g.kind = 'break-glass'
                      AND g.starts_at <= moment AND g.ends_at > moment));
END $$;
CREATE FUNCTION public.accounts_force_auditor(whose uuid) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT u.id FROM accounts_user u JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = 'auditor'
     WHERE u.force_id = whose AND u.is_active ORDER BY u.joined_at, u.id LIMIT 1
$$;
CREATE FUNCTION public.accounts_force_lead(whose uuid, moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT u.id FROM accounts_user u JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = 'specialist_lead'
     WHERE u.force_id = whose AND u.is_active
     ORDER BY accounts_present(u.id, moment) DESC, accounts_on_duty(u.id, moment) DESC, u.joined_at, u.id LIMIT 1
$$;
CREATE FUNCTION public.accounts_forget_step_secret() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM accounts_stepsecret
     WHERE id::text IN (OLD.data::jsonb ->> 'secret', OLD.data::jsonb ->> 'seed');
    RETURN NULL;
END $$;
CREATE FUNCTION public.accounts_granted() RETURNS uuid[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
BEGIN
    RETURN ARRAY(SELECT g.scope_id FROM accounts_scopegrant g
                  WHERE g.user_id = ANY (string_to_array(accounts_ctx('users'), ',')::uuid[])
                    AND g.starts_at <= accounts_ctx('at')::timestamptz
                    AND (g.ends_at IS NULL OR g.ends_at > accounts_ctx('at')::timestamptz));
END $$;
CREATE FUNCTION public.accounts_holder(owner uuid, team uuid, whose uuid, moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(
        CASE WHEN accounts_present(owner, moment) THEN owner END,
        (SELECT a.cover_id FROM accounts_absence a
          WHERE a.user_id = owner AND a.starts_at <= moment AND a.ends_at > moment
            AND accounts_present(a.cover_id, moment)
            AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = owner AND u.is_active) LIMIT 1),
        accounts_duty_supervisor(team, moment),
        accounts_force_lead(whose, moment))
$$;
CREATE FUNCTION public.accounts_leave_or_return() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.is_active THEN
        NEW.left_at := NULL;
    ELSE
        NEW.left_at := coalesce(NEW.left_at, accounts_moment());
        -- Every session was signed with the old one; whoever comes back sets a new one.
        NEW.password := '!' || replace(gen_random_uuid()::text, '-', '');
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.accounts_make_months(first date, months integer) RETURNS integer
    LANGUAGE plpgsql
    AS $_$
DECLARE
    month date;
    made int := 0;
BEGIN
    FOR month IN SELECT (date_trunc('month', first) + make_interval(months => n))::date
                   FROM generate_series(0, months - 1) AS n
                  WHERE to_regclass('accounts_auditevent_' || to_char(
                            date_trunc('month', first) + make_interval(months => n), 'YYYYMM')) IS NULL
    LOOP
        -- Events that came before their month was made move into it; detached, the default has no
        -- append-only trigger and keeps its rows from the new month's bounds.
        ALTER TABLE accounts_auditevent DETACH PARTITION accounts_auditevent_default;
        EXECUTE format(
            'CREATE TABLE accounts_auditevent_%1$s (LIKE accounts_auditevent INCLUDING DEFAULTS);
             WITH early AS (DELETE FROM accounts_auditevent_default
                             WHERE at >= %2$L AND at < %3$L RETURNING *)
             INSERT INTO accounts_auditevent_%1$s SELECT * FROM early;
             ALTER TABLE accounts_auditevent ATTACH PARTITION accounts_auditevent_%1$s
                 FOR VALUES FROM (%2$L) TO (%3$L);
             -- A partition''s own privileges would go round the parent''s guards.
             REVOKE ALL ON accounts_auditevent_%1$s FROM holdfast_web, holdfast_engine',
            to_char(month, 'YYYYMM'), month::timestamp AT TIME ZONE 'UTC',
            (month + interval '1 month') AT TIME ZONE 'UTC');
        ALTER TABLE accounts_auditevent ATTACH PARTITION accounts_auditevent_default DEFAULT;
        made := made + 1;
    END LOOP;
    RETURN made;
END $_$;
CREATE FUNCTION public.accounts_moment() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$ SELECT coalesce(accounts_ctx('at')::timestamptz, statement_timestamp()) $$;
CREATE FUNCTION public.accounts_on_duty(person uuid, moment timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT accounts_present(person, moment) AND coalesce(
        (SELECT c.on_duty FROM accounts_shiftchange c
          WHERE c.user_id = person AND c.starts_at <= moment AND c.ends_at > moment
          ORDER BY c.recorded_at DESC, c.id LIMIT 1),
        NOT EXISTS (SELECT 1 FROM accounts_shift s WHERE s.user_id = person)
        OR EXISTS (
            SELECT 1 FROM accounts_shift s, (SELECT moment AT TIME ZONE 'Europe/London' AS at) wall
             WHERE s.user_id = person
               AND ((s.weekday = extract(isodow FROM wall.at) AND wall.at::time >= s.starts
                     AND (s.ends <= s.starts OR wall.at::time < s.ends))
                    OR (s.weekday = extract(isodow FROM wall.at - interval '1 day')
                        AND s.ends <= s.starts AND wall.at::time < s.ends))))
$$;
CREATE FUNCTION public.accounts_only_resealed(was jsonb, is_now jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT session_user = 'holdfast_owner' AND accounts_ctx('resealing') IS NOT DISTINCT FROM 'yes'
       AND NOT EXISTS (
           SELECT 1 FROM jsonb_each_text(was) AS w JOIN jsonb_each_text(is_now) AS n USING (key)
            WHERE w.value IS DISTINCT FROM n.value
              AND NOT coalesce(w.value ~ '^v[12]\.[^.]+\.' AND n.value ~ '^v2\.[^.]+\.', false))
$$;
CREATE FUNCTION public.accounts_person_left() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
BEGIN
    DELETE FROM accounts_roleheld WHERE user_id = NEW.id;
    DELETE FROM accounts_supervision WHERE user_id = NEW.id;
    UPDATE accounts_absence SET cover_id = NULL WHERE cover_id = NEW.id AND ends_at > moment;
    UPDATE accounts_scopegrant SET ends_at = moment WHERE user_id = NEW.id AND ends_at IS NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION public.accounts_present(person uuid, moment timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = person AND u.is_active
                      AND NOT EXISTS (SELECT 1 FROM accounts_absence a
                                       WHERE a.user_id = u.id AND a.starts_at <= moment AND a.ends_at > moment))
$$;
CREATE FUNCTION public.accounts_status_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT (OLD.status || '>' || NEW.status) = ANY (string_to_array(TG_ARGV[0], ',')) THEN
        RAISE EXCEPTION '%: % may not become %', TG_TABLE_NAME, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_status_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.casework_asked(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[]) RETURNS TABLE(part integer, key bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT n.part, n.key FROM victims_name_keys(victims_latin(words)) AS n
     UNION ALL SELECT 0, victims_key('born', born::text) WHERE born IS NOT NULL
     UNION ALL SELECT -1, victims_key('born', swapped::text) WHERE swapped IS NOT NULL
     UNION ALL SELECT -2, victims_key('reference', victims_reference(number)) FROM unnest(numbers) AS number
     UNION ALL SELECT -3, blind FROM unnest(reached) AS blind
     UNION ALL SELECT -101 - ((place - 1) / coalesce(array_length(places, 2), 1))::int, blind FROM unnest(places) WITH ORDINALITY AS p (blind, place)
$$;
CREATE FUNCTION public.casework_break_glass(asked text, why text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
    person uuid := accounts_ctx('actor')::uuid;
    opened record;
BEGIN
    SELECT c.id, c.scope_id, s.force_id INTO opened
      FROM casework_case c
      JOIN accounts_scope s ON s.id = c.scope_id
      JOIN accounts_user u ON u.id = person AND u.is_active AND u.force_id = s.force_id
     WHERE c.reference = asked AND accounts_ctx('kind') = 'officer'
       AND EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = person AND r.role = ANY (
               CASE s.restriction WHEN 'covert' THEN ARRAY['specialist_lead']
               ELSE ARRAY['responder', 'investigator', 'supervisor', 'specialist_lead', 'navigator'] END))
       AND NOT EXISTS (SELECT 1 FROM accounts_scopebar b
                        WHERE b.scope_id = s.id AND b.user_id = person AND b.ended_at IS NULL);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO accounts_scopegrant (id, scope_id, force_id, user_id, kind, reason, starts_at, ends_at)
    VALUES (gen_random_uuid(), opened.scope_id, opened.force_id, person, 'break-glass', why, moment,
            moment + interval '60 minutes');
    RETURN opened.id;
END $$;
CREATE FUNCTION public.casework_charge_was_considered() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM casework_section45 s
                        WHERE s.id = NEW.section_45_id AND s.case_id = NEW.case_id AND s.agreed
                          AND s.outcome <> 'may_apply' AND s.reviewed_at <= NEW.recorded_at) THEN
            RAISE EXCEPTION 'no charge without a reviewed consideration of section 45'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'happening_charge_needs_section_45';
        END IF;
        RETURN NEW;
    END $$;
CREATE FUNCTION public.casework_closed_to_owner() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
    actor uuid := (SELECT u.id FROM accounts_user u WHERE u.id = accounts_ctx('actor')::uuid);
    moved uuid[];
BEGIN
    WITH held AS MATERIALIZED (
        SELECT id, status FROM casework_case
         WHERE scope_id = NEW.scope_id AND owner_id = NEW.user_id AND status <> 'closed' ORDER BY id FOR UPDATE
    ),
    waiting AS (
        UPDATE casework_case c
           SET owner_id = NULL, version = c.version + 1, changed_at = moment,
               status = CASE held.status WHEN 'closing' THEN 'closing' ELSE 'new' END,
               sent_at = CASE held.status WHEN 'closing' THEN c.sent_at ELSE coalesce(c.sent_at, moment) END
          FROM held WHERE c.id = held.id
        RETURNING c.id, c.scope_id, held.status AS was
    ),
    written AS (
        INSERT INTO casework_caseevent (id, scope_id, case_id, kind, at, by_id, recorded_at, text, detail)
        SELECT gen_random_uuid(), scope_id, id, 'conflict', moment, actor, moment, '',
               jsonb_build_object('was', was, 'person', NEW.user_id, 'tie', NEW.tie)
          FROM waiting
    )
    SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM waiting;
    UPDATE casework_allocation SET ended_at = moment WHERE case_id = ANY (moved) AND ended_at IS NULL;
    UPDATE accounts_scopegrant SET ends_at = moment
     WHERE scope_id = NEW.scope_id AND user_id = NEW.user_id AND kind = 'owner' AND ends_at IS NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION public.casework_compare_searches() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    compared bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_search WHERE trigrams <> '{}') THEN
        RETURN 0;
    END IF;
    WITH fresh AS MATERIALIZED (
        SELECT s.id, s.force_id, s.trigrams FROM casework_search s WHERE s.trigrams <> '{}' FOR UPDATE
    ), spans AS MATERIALIZED (
        SELECT DISTINCT k.victim_id, k.force_id, casework_trigrams(array_to_string(n.words[i:j], ' ')) AS trigrams
          FROM accounts_scope o
          JOIN victims_searchkey k ON k.scope_id = o.id AND NOT k.is_standard AND k.kind = 'name'
         CROSS JOIN LATERAL (SELECT string_to_array(k.latin, ' ') AS words) AS n
         CROSS JOIN LATERAL generate_series(1, cardinality(n.words)) AS i
         CROSS JOIN LATERAL generate_series(i, cardinality(n.words)) AS j
         WHERE o.restriction <> 'standard'
    ), pairs AS (
        SELECT f.id, p.victim_id, max(hit.n / (cardinality(f.trigrams) + cardinality(p.trigrams) - hit.n)) AS alike
          FROM fresh f JOIN spans p ON p.force_id = f.force_id
         CROSS JOIN LATERAL (SELECT count(*)::float FROM unnest(p.trigrams) AS t WHERE t = ANY (f.trigrams)) AS hit (n)
         GROUP BY 1, 2
    ), likest AS (
        SELECT id, array_agg(victim_id) AS alike, array_agg(pairs.alike) AS alike_by
          FROM pairs WHERE pairs.alike >= 0.3 GROUP BY 1
    )
    UPDATE casework_search s
       SET trigrams = '{}', alike = coalesce(l.alike, '{}'), alike_by = coalesce(l.alike_by, '{}')
      FROM fresh f LEFT JOIN likest l ON l.id = f.id WHERE s.id = f.id;
    GET DIAGNOSTICS compared = ROW_COUNT;
    RETURN compared;
END $$;
CREATE FUNCTION public.casework_file_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'quarantined' OR NEW.tries <> 0 OR NEW.dealt_with_at IS NOT NULL
           OR NEW.taken_out_at IS NOT NULL THEN
            RAISE EXCEPTION 'a file begins in quarantine'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_begins_quarantined';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        IF current_user = 'holdfast_owner' AND accounts_ctx('disposing') = 'yes' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a file goes with its case alone'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'file_goes_with_its_case';
    ELSIF session_user = 'holdfast_owner' AND accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF (to_jsonb(OLD) - ARRAY['status', 'scanned_at', 'scanned_by', 'found', 'tried_at', 'tries', 'failure', 'dealt_with_at', 'dealt_with_by_id', 'dealt_with', 'taken_out_at', 'taken_out_by_id', 'why_taken_out']) <> (to_jsonb(NEW) - ARRAY['status', 'scanned_at', 'scanned_by', 'found', 'tried_at', 'tries', 'failure', 'dealt_with_at', 'dealt_with_by_id', 'dealt_with', 'taken_out_at', 'taken_out_by_id', 'why_taken_out']) THEN
        RAISE EXCEPTION 'a file stays as it came'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_stays_as_it_came';
    END IF;
    IF current_user <> 'holdfast_engine'
       AND (OLD.status, OLD.scanned_at, OLD.scanned_by, OLD.found, OLD.tried_at, OLD.tries, OLD.failure)
           IS DISTINCT FROM
           (NEW.status, NEW.scanned_at, NEW.scanned_by, NEW.found, NEW.tried_at, NEW.tries, NEW.failure) THEN
        RAISE EXCEPTION 'only the engine says what the scanner found'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'file_verdict_is_the_engines';
    END IF;
    IF (OLD.status <> 'quarantined' AND (OLD.scanned_at, OLD.scanned_by, OLD.found)
           IS DISTINCT FROM (NEW.scanned_at, NEW.scanned_by, NEW.found))
       OR (OLD.dealt_with_at IS NOT NULL AND (OLD.dealt_with_at, OLD.dealt_with_by_id, OLD.dealt_with)
           IS DISTINCT FROM (NEW.dealt_with_at, NEW.dealt_with_by_id, NEW.dealt_with))
       OR (OLD.taken_out_at IS NOT NULL AND (OLD.taken_out_at, OLD.taken_out_by_id, OLD.why_taken_out)
           IS DISTINCT FROM (NEW.taken_out_at, NEW.taken_out_by_id, NEW.why_taken_out)) THEN
        RAISE EXCEPTION 'what was said of a file stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_said_once';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.casework_find(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[], besides uuid) RETURNS TABLE(person uuid, unit uuid, why text[], score integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET "pg_trgm.similarity_threshold" TO '0.4'
    SET "pg_trgm.word_similarity_threshold" TO '0.7'
    AS $$
#variable_conflict use_column
DECLARE
    mine uuid := accounts_ctx('force')::uuid;
    whole boolean := accounts_ctx('reach') = 'force';
    teams uuid[] := string_to_array(accounts_ctx('units'), ',')::uuid[];
    named uuid[] := accounts_granted();
    like_it text := victims_latin(words);
    parts int[];
    sought bigint[];
    names int;
    spots int := coalesce(array_length(places, 1), 0);
BEGIN
    SELECT array_agg(a.part), array_agg(a.key), count(DISTINCT a.part) FILTER (WHERE a.part > 0)
      INTO parts, sought, names
      FROM casework_asked(words, born, swapped, numbers, reached, places) AS a;
    RETURN QUERY
    WITH asked AS MATERIALIZED (SELECT * FROM unnest(parts, sought) AS a (part, key)),
    hits AS (
        SELECT k.victim_id, k.unit_id, k.scope_id, k.kind, a.part
          FROM asked a JOIN victims_searchkey k ON k.key = a.key
         WHERE k.is_standard AND k.force_id = mine
         UNION ALL
        SELECT k.victim_id, k.unit_id, k.scope_id, k.kind, a.part
          FROM victims_searchkey k JOIN asked a ON a.key = k.key
         WHERE NOT k.is_standard AND k.force_id = mine AND k.scope_id = ANY (named)
    ),
    parted AS (
        SELECT h.victim_id, h.unit_id, h.scope_id, h.part,
               max(CASE h.kind WHEN 'root' THEN 9 WHEN 'sound' THEN 7 ELSE 10 END) AS weight
          FROM hits h GROUP BY 1, 2, 3, 4
    ),
    alike AS (
        SELECT k.victim_id, k.unit_id, k.scope_id,
               max(greatest(similarity(k.latin, like_it), word_similarity(like_it, k.latin) * 0.9))::real AS alike
          FROM victims_searchkey k
         WHERE like_it <> '' AND k.is_standard AND k.kind = 'name' AND k.force_id = mine
           AND (k.latin % like_it OR k.latin %> like_it)
         GROUP BY 1, 2, 3
         UNION ALL
        SELECT k.victim_id, k.unit_id, k.scope_id,
               max(greatest(similarity(k.latin, like_it), word_similarity(like_it, k.latin) * 0.9))::real
          FROM victims_searchkey k
         WHERE like_it <> '' AND NOT k.is_standard AND k.kind = 'name' AND k.force_id = mine AND k.scope_id = ANY (named)
           AND (k.latin % like_it OR k.latin %> like_it)
         GROUP BY 1, 2, 3
    ),
    people AS (
        SELECT p.victim_id, p.unit_id, p.scope_id,
               coalesce(count(*) FILTER (WHERE p.part > 0), 0)::int AS names_hit,
               coalesce(sum(p.weight) FILTER (WHERE p.part > 0), 0)::int AS weight,
               count(*) FILTER (WHERE p.part < -100)::int AS spots_hit,
               coalesce(bool_or(p.part = 0), false) AS born,
               coalesce(bool_or(p.part = -1), false) AS swapped,
               coalesce(bool_or(p.part = -2), false) AS referred,
               coalesce(bool_or(p.part = -3), false) AS reached,
               max(p.alike)::real AS alike
          FROM (SELECT victim_id, unit_id, scope_id, part, weight, 0::real AS alike FROM parted
                 UNION ALL SELECT victim_id, unit_id, scope_id, -99, 0, alike FROM alike) AS p
         WHERE p.victim_id IS DISTINCT FROM besides
         GROUP BY 1, 2, 3
    ),
    judged AS (
        SELECT p.*, whole OR p.unit_id = ANY (teams) OR p.scope_id = ANY (named) AS seen,
               casework_is_strong(names, p.names_hit, p.weight, p.alike, spots, p.spots_hit,
                                  p.born, p.swapped, p.referred, p.reached) AS strong,
               (CASE WHEN p.referred THEN 120 ELSE 0 END + CASE WHEN p.reached THEN 100 ELSE 0 END
                + CASE WHEN p.born THEN 30 WHEN p.swapped THEN 25 ELSE 0 END
                + CASE WHEN spots > 0 AND p.spots_hit = spots THEN 40 ELSE 0 END
                + greatest(CASE WHEN names > 0 THEN 6 * p.weight / names ELSE 0 END, 60 * p.alike))::int AS score
          FROM people p
    ),
    shown AS (
        SELECT j.victim_id, NULL::uuid AS unit_id, j.score, array_remove(ARRAY[
                   CASE WHEN j.referred THEN 'reference' END,
                   CASE WHEN j.reached THEN 'phone' END,
                   CASE WHEN names = 0 OR j.names_hit + j.alike = 0 THEN NULL
                        WHEN j.weight = 10 * names THEN 'same_name'
                        WHEN j.names_hit = names AND j.weight >= 9 * names THEN 'form_of_name'
                        WHEN j.names_hit = names THEN 'sounds_alike'
                        WHEN j.alike >= 0.5 THEN 'name_like_it'
                        ELSE 'part_of_name' END,
                   CASE WHEN j.born THEN 'born' WHEN j.swapped THEN 'born_swapped' END,
                   CASE WHEN spots > 0 AND j.spots_hit = spots THEN 'place' END], NULL) AS why
          FROM judged j WHERE j.seen AND j.score >= 20
         ORDER BY j.score DESC, j.victim_id LIMIT 20
    )
    SELECT s.victim_id, s.unit_id, s.why, s.score FROM shown s
     UNION ALL
    (SELECT NULL, j.unit_id, NULL, max(j.score) FROM judged j
      WHERE NOT j.seen AND j.strong GROUP BY j.unit_id ORDER BY max(j.score) DESC, j.unit_id LIMIT 20);
END $$;
CREATE FUNCTION public.casework_is_strong(names integer, names_hit integer, weight integer, alike real, places integer, places_hit integer, born boolean, swapped boolean, referred boolean, reached boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT referred OR reached
        OR (names > 0 AND names_hit = names AND weight >= 8 * names)
        OR (names > 1 AND names_hit = names) OR alike >= 0.5
        OR ((born OR swapped) AND (names = 0 OR names_hit > 0 OR alike > 0))
        OR (places > 0 AND places_hit = places)
$$;
CREATE FUNCTION public.casework_keep_cases(cases uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = ANY (cases);
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, c.id, k.kind, k.key, ''
      FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id JOIN accounts_scope s ON s.id = v.scope_id
     CROSS JOIN LATERAL (
           SELECT 'place' AS kind, key FROM victims_blind_keys(c.place) AS key
            UNION
           SELECT 'reference', victims_key('reference', number)
             FROM (VALUES (victims_reference(c.reference)), (victims_reference(c.incident_number))) AS n (number)
            WHERE number <> '') AS k
     WHERE c.id = ANY (cases);
END $$;
CREATE FUNCTION public.casework_keep_number(record uuid, source uuid, typed text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    number text := victims_reference(typed);
BEGIN
    PERFORM victims_keep_keys((SELECT victim_id FROM casework_case WHERE id = record), source,
                              CASE WHEN number <> '' THEN ARRAY['reference'] END,
                              CASE WHEN number <> '' THEN ARRAY[victims_key('reference', number)] END);
END $$;
CREATE FUNCTION public.casework_keep_of_case() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM casework_keep_cases(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE FUNCTION public.casework_keep_of_cases() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM casework_keep_cases(ARRAY(SELECT id FROM fresh));
    RETURN NULL;
END $$;
CREATE FUNCTION public.casework_keep_of_number() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM casework_keep_number(NEW.case_id, NEW.id, to_jsonb(NEW) ->> TG_ARGV[0]);
    RETURN NULL;
END $$;
CREATE FUNCTION public.casework_lost_since(whose uuid, heard_at timestamp with time zone, before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
        SELECT min(t.at) FROM (
            SELECT c.at, row_number() OVER tried AS tries,
                   min(c.channel) OVER tried <> max(c.channel) OVER tried AS two_ways
              FROM casework_contact c
             WHERE c.case_id = whose AND c.outcome NOT IN ('spoke', 'declined')
               AND c.at > heard_at AND c.at < coalesce(before, 'infinity')
            WINDOW tried AS (ORDER BY c.at, c.recorded_at, c.id)) t
         WHERE t.tries >= 3 AND t.two_ways
    $$;
CREATE FUNCTION public.casework_no_contact_was_considered() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    DECLARE
        lost_at timestamptz;
    BEGIN
        SELECT casework_lost_since(c.id, greatest(
                   (SELECT max(r.at) FROM casework_contact r
                     WHERE r.case_id = c.id AND r.outcome IN ('spoke', 'declined')),
                   (SELECT max(e.at) FROM casework_caseevent e WHERE e.case_id = c.id AND e.kind = 'reopened'),
                   coalesce(c.sent_at, c.logged_at)), NULL)
          INTO lost_at FROM casework_case c WHERE c.id = NEW.case_id;
        IF NOT EXISTS (SELECT 1 FROM casework_lostcontact l WHERE l.case_id = NEW.case_id AND l.at >= lost_at) THEN
            RAISE EXCEPTION 'lost contact was not considered'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'closure_no_contact_was_considered';
        END IF;
        IF NEW.agreed AND (
               EXISTS (SELECT 1 FROM casework_case c WHERE c.id = NEW.case_id AND c.owner_id = NEW.decided_by_id)
            OR NOT EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = NEW.decided_by_id
                              AND r.role IN ('supervisor', 'specialist_lead'))) THEN
            RAISE EXCEPTION 'a supervisor other than the owner must agree'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'closure_no_contact_needs_supervisor';
        END IF;
        RETURN NEW;
    END $$;
CREATE FUNCTION public.casework_note_search(search uuid, words text, born date, swapped date, numbers text[], reached bigint[], places bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    INSERT INTO casework_search (id, force_id, by_id, at, keys, parts, trigrams, alike, alike_by)
    SELECT search, accounts_ctx('force')::uuid, accounts_ctx('actor')::uuid, accounts_ctx('at')::timestamptz,
           coalesce(array_agg(a.key), '{}'), coalesce(array_agg(a.part), '{}'),
           casework_trigrams(victims_latin(words)), '{}', '{}'
      FROM casework_asked(words, born, swapped, numbers, reached, places) AS a
     WHERE accounts_ctx('kind') = 'officer'
    HAVING accounts_ctx('kind') = 'officer'
$$;
CREATE FUNCTION public.casework_owner_has_no_conflict() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM accounts_scopebar b
                WHERE b.scope_id = NEW.scope_id AND b.user_id = NEW.owner_id AND b.ended_at IS NULL) THEN
        RAISE EXCEPTION 'a conflict of interest closes this case to them'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_owner_has_no_conflict';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.casework_pack_in_work() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    which uuid;
BEGIN
    IF session_user = 'holdfast_owner' AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'casework_packitem' THEN
        which := NEW.pack_id;
    ELSE
        SELECT i.pack_id INTO which FROM casework_packitem i WHERE i.id = NEW.item_id;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM casework_pack p WHERE p.id = which AND p.status = 'draft') THEN
        RAISE EXCEPTION 'a copy that is reviewed does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pack_in_work';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.casework_person_left() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
    actor uuid := (SELECT u.id FROM accounts_user u WHERE u.id = accounts_ctx('actor')::uuid);
    moved uuid[];
BEGIN
    WITH held AS MATERIALIZED (
        SELECT id, status FROM casework_case WHERE owner_id = NEW.id AND status <> 'closed'
         ORDER BY id FOR UPDATE
    ),
    waiting AS (
        UPDATE casework_case c
           SET owner_id = NULL, version = c.version + 1, changed_at = moment,
               status = CASE held.status WHEN 'closing' THEN 'closing' ELSE 'new' END,
               sent_at = CASE held.status WHEN 'closing' THEN c.sent_at ELSE coalesce(c.sent_at, moment) END
          FROM held WHERE c.id = held.id
        RETURNING c.id, c.scope_id, held.status AS was
    ),
    written AS (
        INSERT INTO casework_caseevent (id, scope_id, case_id, kind, at, by_id, recorded_at, text, detail)
        SELECT gen_random_uuid(), scope_id, id, 'person_left', moment, actor, moment, '',
               jsonb_build_object('was', was, 'owner', NEW.id)
          FROM waiting
    )
    SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM waiting;
    UPDATE casework_allocation SET ended_at = moment WHERE case_id = ANY (moved) AND ended_at IS NULL;
    INSERT INTO accounts_auditevent (id, at, verb, actor_kind, actor_id, actor_name, force_id, agency_id,
                                     request_id, subject, subject_id, scope_id, detail)
    VALUES (gen_random_uuid(), moment, 'caseload.moved', coalesce(accounts_ctx('kind'), 'database'),
            accounts_ctx('actor')::uuid, coalesce(accounts_ctx('name'), session_user), NEW.force_id, NULL,
            coalesce(accounts_ctx('request'), ''), 'accounts.user', NEW.id, NULL,
            jsonb_build_object('cases', to_jsonb(moved)));
    RETURN NULL;
END $$;
CREATE FUNCTION public.casework_rebuild_keys() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM victims_searchkey;
    PERFORM victims_keep_people(ARRAY(SELECT id FROM victims_victim));
    PERFORM victims_keep_contact(victim_id, id, details) FROM victims_safecontact;
    PERFORM casework_keep_cases(ARRAY(SELECT id FROM casework_case));
    PERFORM casework_keep_number(case_id, id, number) FROM casework_crimerecord;
    PERFORM casework_keep_number(case_id, id, home_office_reference) FROM casework_nrmreferral;
    PERFORM casework_keep_number(case_id, id, reference) FROM casework_dutytonotify;
    PERFORM casework_keep_number(case_id, id, reference) FROM casework_authoritytold;
    RETURN (SELECT count(*) FROM victims_searchkey);
END $$;
CREATE FUNCTION public.casework_record_of(asked text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT c.scope_id FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id
     WHERE c.reference = asked AND s.force_id = accounts_ctx('force')::uuid AND accounts_ctx('audits') = 'yes'
$$;
CREATE FUNCTION public.casework_sought_matches() RETURNS TABLE(search_id uuid, case_id uuid, by_id uuid, at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
WITH held AS MATERIALIZED (
    SELECT accounts_scope.id FROM accounts_scope
     WHERE accounts_scope.restriction <> 'standard'
       AND (accounts_ctx('kind') = 'engine' OR (
accounts_scope.force_id = (SELECT accounts_ctx('force')::uuid)
AND accounts_scope.id <> ALL (
    (SELECT coalesce(string_to_array(accounts_ctx('barred'), ',')::uuid[], ARRAY[]::uuid[]))::uuid[])
AND (
    (accounts_scope.restriction = 'standard'
     AND ((SELECT accounts_ctx('reach') = 'force')
          OR accounts_scope.unit_id = ANY (
              (SELECT string_to_array(accounts_ctx('units'), ',')::uuid[])::uuid[])))
    OR accounts_scope.id = ANY ((SELECT accounts_granted())::uuid[])
)
))
), parted AS (
    SELECT s.id, s.by_id, s.at, k.victim_id, k.scope_id, a.part,
           max(CASE k.kind WHEN 'root' THEN 9 WHEN 'sound' THEN 7 ELSE 10 END) AS weight
      FROM held h JOIN victims_searchkey k ON k.scope_id = h.id AND NOT k.is_standard
      JOIN casework_search s ON s.force_id = k.force_id AND s.keys @> ARRAY[k.key]
     CROSS JOIN LATERAL unnest(s.parts, s.keys) AS a (part, key)
     WHERE a.key = k.key
     GROUP BY 1, 2, 3, 4, 5, 6
), either AS (
    SELECT p.*, 0::real AS alike FROM parted p
     UNION ALL
    SELECT s.id, s.by_id, s.at, v.id, v.scope_id, -99, 0, l.by::real
      FROM casework_search s CROSS JOIN LATERAL unnest(s.alike, s.alike_by) AS l (victim_id, by)
      JOIN victims_victim v ON v.id = l.victim_id JOIN held h ON h.id = v.scope_id
     WHERE s.alike <> '{}'
), sums AS (
    SELECT p.id, p.by_id, p.at, p.victim_id, p.scope_id,
           count(*) FILTER (WHERE p.part > 0)::int AS names_hit,
           coalesce(sum(p.weight) FILTER (WHERE p.part > 0), 0)::int AS weight,
           count(*) FILTER (WHERE p.part < -100)::int AS spots_hit,
           bool_or(p.part = 0) AS born, bool_or(p.part = -1) AS swapped,
           bool_or(p.part = -2) AS referred, bool_or(p.part = -3) AS reached, max(p.alike) AS alike
      FROM either p GROUP BY 1, 2, 3, 4, 5
), matched AS (
    SELECT m.* FROM sums m JOIN casework_search s ON s.id = m.id
     CROSS JOIN LATERAL (SELECT count(DISTINCT part) FILTER (WHERE part > 0)::int AS names,
                                count(DISTINCT part) FILTER (WHERE part < -100)::int AS spots
                           FROM unnest(s.parts) AS part) AS asked
     WHERE casework_is_strong(asked.names, m.names_hit, m.weight, m.alike, asked.spots, m.spots_hit,
                              m.born, m.swapped, m.referred, m.reached)
       AND NOT EXISTS (SELECT 1 FROM accounts_scopegrant g
                        WHERE g.scope_id = m.scope_id AND g.user_id = m.by_id AND g.starts_at <= m.at
                          AND (g.ends_at IS NULL OR g.ends_at > m.at))
)
SELECT DISTINCT ON (c.id, m.by_id, (m.at AT TIME ZONE 'Europe/London')::date) m.id, c.id, m.by_id, m.at
  FROM matched m JOIN casework_case c ON c.victim_id = m.victim_id
 ORDER BY c.id, m.by_id, (m.at AT TIME ZONE 'Europe/London')::date, m.at, m.id
$$;
CREATE FUNCTION public.casework_standing(shown uuid, record uuid, moment timestamp with time zone, OUT named text[], OUT crime_number text, OUT authority_told_at timestamp with time zone, OUT nrm text[], OUT notified_at timestamp with time zone, OUT reached_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    named := ARRAY(SELECT DISTINCT p.name FROM accounts_scopegrant g JOIN accounts_user p ON p.id = g.user_id
                    WHERE g.scope_id = record AND g.starts_at <= moment
                      AND (g.ends_at IS NULL OR g.ends_at > moment) ORDER BY p.name);
    crime_number := (SELECT r.number FROM casework_crimerecord r WHERE r.case_id = shown
                      ORDER BY r.at DESC, r.recorded_at DESC, r.id LIMIT 1);
    authority_told_at := (SELECT max(t.at) FROM casework_authoritytold t WHERE t.case_id = shown);
    nrm := (SELECT ARRAY[n.status, n.home_office_reference] FROM casework_nrmreferral n
             WHERE n.case_id = shown AND n.status <> 'withdrawn' LIMIT 1);
    notified_at := (SELECT max(d.at) FROM casework_dutytonotify d WHERE d.case_id = shown);
    reached_at := (SELECT max(t.at) FROM casework_contact t WHERE t.case_id = shown AND t.outcome = 'spoke');
END
$$;
CREATE FUNCTION public.casework_take_over(offer uuid, person uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
    made casework_transfer;
BEGIN
    SELECT * INTO made FROM casework_transfer WHERE id = offer FOR UPDATE;
    IF made.id IS NULL OR made.status <> 'offered' OR NOT coalesce(
        accounts_ctx('kind') = 'engine'
        OR (accounts_ctx('actor')::uuid = person AND accounts_ctx('force')::uuid = made.to_force_id
            AND CASE WHEN made.closely
                     THEN EXISTS (SELECT 1 FROM accounts_roleheld r
                                   WHERE r.user_id = person AND r.role = 'specialist_lead')
                     ELSE accounts_ctx('reach') = 'force'
                          OR made.to_unit_id = ANY (string_to_array(accounts_ctx('units'), ',')::uuid[]) END),
        false)
    THEN
        RAISE EXCEPTION 'this case was not offered to whoever asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What somebody might see as its owner, or as one of another force, ends.
    UPDATE accounts_scopegrant SET ends_at = moment
     WHERE scope_id = made.scope_id AND ends_at IS NULL
       AND (kind = 'owner' OR made.from_force_id <> made.to_force_id);
    IF made.from_force_id <> made.to_force_id THEN
        UPDATE casework_case SET operation_id = NULL WHERE scope_id = made.scope_id AND operation_id IS NOT NULL;
    END IF;
    UPDATE accounts_scope SET force_id = made.to_force_id, unit_id = made.to_unit_id WHERE id = made.scope_id;
    IF made.closely THEN
        INSERT INTO accounts_scopegrant (id, scope_id, force_id, user_id, kind, reason, starts_at)
        VALUES (gen_random_uuid(), made.scope_id, made.to_force_id, person, 'team', '', moment)
        ON CONFLICT DO NOTHING;
    END IF;
END $$;
CREATE FUNCTION public.casework_trigrams(latin text) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ARRAY(SELECT victims_key('trigram', t) FROM unnest(show_trgm(latin)) AS t)
$$;
CREATE FUNCTION public.casework_unit_of_scope() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    NEW.unit_id := (SELECT s.unit_id FROM accounts_scope s WHERE s.id = NEW.scope_id);
    RETURN NEW;
END $$;
CREATE FUNCTION public.casework_voice_about(of_case uuid, person uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT 1 FROM casework_case c WHERE c.id = of_case AND person IN (c.owner_id, c.logged_by_id))
        OR EXISTS (SELECT 1 FROM casework_allocation l WHERE l.case_id = of_case AND l.owner_id = person)
        OR (EXISTS (SELECT 1 FROM casework_caseevent e
                     WHERE e.case_id = of_case AND e.by_id = person
                       AND e.kind <> ALL (ARRAY['assigned', 'review', 'closed', 'returned', 'reopened', 'transfer',
                                                'taken_on', 're_planned', 'retention', 'pack', 'sought', 'conflict']))
            AND NOT (EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = person AND r.role = 'navigator')
                     AND NOT EXISTS (SELECT 1 FROM accounts_roleheld r
                                      WHERE r.user_id = person
                                        AND r.role IN ('responder', 'investigator', 'supervisor', 'specialist_lead'))))
$$;
CREATE FUNCTION public.casework_voice_asked(hash text, moment timestamp with time zone) RETURNS TABLE(point text, language text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT a.point::text, a.language::text FROM casework_asking a
     WHERE a.token = hash AND a.until > moment
       AND NOT EXISTS (SELECT 1 FROM casework_voiceanswer v WHERE v.asking_id = a.id)
$$;
CREATE FUNCTION public.casework_voice_take(hash text, moment timestamp with time zone, said jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    asked casework_asking;
BEGIN
    SELECT * INTO asked FROM casework_asking a WHERE a.token = hash AND a.until > moment FOR UPDATE;
    IF asked.id IS NULL OR EXISTS (SELECT 1 FROM casework_voiceanswer v WHERE v.asking_id = asked.id) THEN
        RETURN false;
    END IF;
    INSERT INTO casework_voiceanswer (id, asking_id, force_id, at, skipped, answers, unsafe, complaint, has_words)
    SELECT (said ->> 'id')::uuid, asked.id, s.force_id, moment, (said ->> 'skipped')::boolean, said -> 'answers',
           (said ->> 'unsafe')::boolean, (said ->> 'complaint')::boolean, (said ->> 'has_words')::boolean
      FROM accounts_scope s WHERE s.id = asked.scope_id;
    IF (said ->> 'has_words')::boolean THEN
        INSERT INTO casework_voicewords (id, asking_id, words)
        VALUES ((said ->> 'words_id')::uuid, asked.id, said ->> 'words');
    END IF;
    RETURN true;
END $$;
CREATE FUNCTION public.clocks_add(at timestamp with time zone, amount integer, unit text, calendar bigint) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    local timestamp;
    first_on date;
    last_on date;
BEGIN
    IF amount NOT BETWEEN -100000 AND 100000
       OR at NOT BETWEEN '1900-01-01 00:00Z' AND '2300-01-01 00:00Z' THEN
        RETURN NULL;
    END IF;
    SELECT c.starts_on - 365 * 20, c.ends_on + 365 * 10 INTO first_on, last_on
      FROM clocks_calendar c WHERE c.id = calendar;
    local := at AT TIME ZONE 'Europe/London';
    IF first_on IS NULL OR local::date NOT BETWEEN first_on AND last_on THEN
        RETURN NULL;
    END IF;
    RETURN CASE
        WHEN unit NOT IN ('hours', 'calendar_days', 'working_days') THEN NULL
        WHEN amount = 0 THEN at
        WHEN unit = 'hours' THEN at + make_interval(hours => amount)
        WHEN unit = 'calendar_days'
            THEN (local + make_interval(days => amount)) AT TIME ZONE 'Europe/London'
        ELSE (clocks_working_day(local::date, amount, calendar) + local::time)
            AT TIME ZONE 'Europe/London'
    END;
END $$;
CREATE FUNCTION public.clocks_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE clocks_version SET number = number + 1;
    RETURN NULL;
END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.clocks_deadline (
    id bigint NOT NULL,
    rule character varying(60) NOT NULL,
    clock character varying(30) NOT NULL,
    nation character varying(20) NOT NULL,
    amount integer NOT NULL,
    unit character varying(15) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    status character varying(15) NOT NULL,
    source character varying(300) NOT NULL,
    duty character varying(300) NOT NULL,
    CONSTRAINT clocks_deadline_amount_check CHECK ((amount >= 0)),
    CONSTRAINT clocks_deadline_amount_sane CHECK (((amount >= 0) AND (amount <= 100000))),
    CONSTRAINT clocks_deadline_choices_known CHECK ((((nation)::text = ANY (ARRAY[(''::character varying)::text, ('england-wales'::character varying)::text, ('scotland'::character varying)::text, ('northern-ireland'::character varying)::text])) AND ((status)::text = ANY (ARRAY[('sourced'::character varying)::text, ('force_default'::character varying)::text, ('unverified'::character varying)::text])) AND ((unit)::text = ANY (ARRAY[('hours'::character varying)::text, ('calendar_days'::character varying)::text, ('working_days'::character varying)::text])))),
    CONSTRAINT clocks_deadline_ends_after_start CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
    CONSTRAINT clocks_deadline_says_why CHECK (((NOT ((rule)::text = ''::text)) AND (NOT ((clock)::text = ''::text)) AND (NOT ((source)::text = ''::text)) AND (NOT ((duty)::text = ''::text))))
);
CREATE FUNCTION public.clocks_deadline_for(rule_slug text, clock_slug text, nation_slug text, since timestamp with time zone) RETURNS SETOF public.clocks_deadline
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    AS $$
    SELECT d.*
      FROM clocks_deadline d,
           -- Clamped, because the last instants PostgreSQL knows have no local time.
           LATERAL (SELECT (
               least(greatest(since, '1900-01-01 00:00Z'), '2300-01-01 00:00Z')
               AT TIME ZONE 'Europe/London')::date AS day) happened
     WHERE since IS NOT NULL
       AND d.rule = rule_slug AND d.clock = clock_slug AND d.nation IN ('', nation_slug)
       AND d.valid_from <= happened.day AND (d.valid_to IS NULL OR happened.day < d.valid_to)
     ORDER BY d.nation DESC
     LIMIT 1
$$;
CREATE FUNCTION public.clocks_deadline_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'A dated deadline is not altered: end it and add one with a new valid_from.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION public.clocks_due_at(since timestamp with time zone, amount integer, unit text, calendar bigint) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    AS $$
BEGIN
    IF amount < 0 THEN
        RETURN NULL;
    END IF;
    IF unit = 'working_days' AND amount > 0 THEN
        -- Within N working days: the close, 5pm in London, of the Nth after the day of the event.
        IF since NOT BETWEEN '1900-01-01 00:00Z' AND '2300-01-01 00:00Z' THEN
            RETURN NULL;
        END IF;
        RETURN (
            clocks_working_day((since AT TIME ZONE 'Europe/London')::date, amount, calendar)
            + time '17:00'
        ) AT TIME ZONE 'Europe/London';
    END IF;
    RETURN clocks_add(since, amount, unit, calendar);
END $$;
CREATE FUNCTION public.clocks_version() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT number FROM clocks_version
$$;
CREATE FUNCTION public.clocks_working_day(day date, amount integer, calendar bigint) RETURNS date
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    found_on date;
BEGIN
    IF amount NOT BETWEEN -100000 AND 100000 THEN
        RETURN NULL;
    END IF;
    -- Going back from a day off, the first working day back is already the one last counted.
    SELECT CASE WHEN amount = 0 THEN day ELSE there.falls_on END INTO found_on
      FROM clocks_calendarday here
      LEFT JOIN clocks_calendarday there
        ON there.calendar_id = calendar AND there.working
       AND there.ordinal
         = here.ordinal + amount + CASE WHEN amount < 0 AND NOT here.working THEN 1 ELSE 0 END
     WHERE here.calendar_id = calendar AND here.falls_on = day;
    RETURN found_on;
END $$;
CREATE FUNCTION public.clocks_working_days_between(start_on date, end_on date, calendar bigint) RETURNS integer
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS $$
    SELECT b.ordinal - a.ordinal
      FROM clocks_calendarday a, clocks_calendarday b
     WHERE a.calendar_id = calendar AND a.falls_on = start_on
       AND b.calendar_id = calendar AND b.falls_on = end_on
$$;
CREATE FUNCTION public.followups_chain(team uuid, whose uuid, record uuid, holder uuid, goes_to text, moment timestamp with time zone) RETURNS uuid[]
    LANGUAGE sql STABLE
    AS $$
    SELECT array_agg(c.person ORDER BY NOT accounts_present(c.person, moment), c.place, NOT accounts_on_duty(c.person, moment), c.rank, c.person)
      FROM (SELECT s.user_id AS person, CASE goes_to WHEN 'supervisor' THEN 0 ELSE 2 END AS place, s.rank::int AS rank
              FROM accounts_supervision s WHERE s.unit_id = team
            UNION ALL
            SELECT r.user_id, 1, 0 FROM accounts_roleheld r JOIN accounts_user u ON u.id = r.user_id
             WHERE r.role = 'specialist_lead' AND u.force_id = whose
            UNION ALL SELECT followups_named_on(record, moment), 3, 0
            UNION ALL SELECT holder, 4, 0) c
      JOIN accounts_user u ON u.id = c.person AND u.is_active
     WHERE followups_may_see(c.person, record, moment)
$$;
CREATE FUNCTION public.followups_disposal_obstacles(whose uuid, moment timestamp with time zone) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.followups_dispose(review uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
    decided casework_retentionreview;
    gone casework_case;
    whose accounts_scope;
    held boolean;
    why text[];
    counts jsonb := '{}';
    files jsonb;
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
    SELECT jsonb_agg(f.digest ORDER BY f.recorded_at, f.id) INTO files
      FROM casework_casefile f WHERE f.case_id = gone.id;
    PERFORM set_config('app.disposing', 'yes', true);
    SELECT d.counts, d.hashes INTO counts, hashes
      FROM followups_dispose_rows('casework_case', ARRAY[gone.id::text], counts, hashes) d;
    IF NOT held THEN
        SELECT d.counts, d.hashes INTO counts, hashes
          FROM followups_dispose_rows('victims_victim', ARRAY[gone.victim_id::text], counts, hashes) d;
        DELETE FROM victims_searchkey k WHERE k.victim_id = gone.victim_id;
    END IF;
    -- Whatever still points at what is gone stops it here.
    IF files IS NOT NULL THEN
        hashes := jsonb_set(hashes, '{casework_casefile}', files);
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    PERFORM set_config('app.disposing', '', true);
    INSERT INTO casework_disposalcertificate
           (id, force_id, unit_id, reference, "group", at, proposed_by_id, decided_by_id, person_kept, counts, hashes)
    VALUES (certificate, whose.force_id, whose.unit_id, gone.reference, decided."group", moment,
            decided.by_id, decided.decided_by_id, held, counts, hashes);
    RETURN certificate;
END $$;
CREATE FUNCTION public.followups_dispose_rows(holder regclass, ids text[], INOUT counts jsonb, INOUT hashes jsonb) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
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
END $_$;
CREATE FUNCTION public.followups_idle(moment timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT CASE
        WHEN EXISTS (
            SELECT 1 FROM (SELECT f.id, f.round, f.first_seen_at, f.changed_at FROM followups_followup f
                            WHERE f.state = 'open' AND f.due_at < moment - interval '90 seconds'
                            ORDER BY f.due_at DESC LIMIT 20) AS newest
             WHERE newest.first_seen_at < moment - interval '90 seconds'
               AND newest.changed_at < moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_step s
                                WHERE s.followup_id = newest.id AND s.round = newest.round AND s.rung >= 1))
        THEN 'untold'
        WHEN EXISTS (
            SELECT 1 FROM (SELECT c.id, c.status, c.changed_at FROM casework_case c
                            ORDER BY c.logged_at DESC LIMIT 20) AS newest
             WHERE newest.status NOT IN ('draft', 'closed')
               AND newest.changed_at < moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = newest.id AND f.state IN ('open', 'quarantined')))
        THEN 'unwatched'
        WHEN EXISTS (
            SELECT 1 FROM (SELECT n.made_at, n.send_after, n.attempts FROM followups_notice n
                            WHERE n.state = 'queued' ORDER BY n.send_after LIMIT 20) AS first
             WHERE first.made_at < moment - interval '15 minutes'
               AND (first.send_after < moment - interval '1 minute' OR first.attempts > 2))
        THEN 'unsent'
        ELSE '' END
$$;
CREATE FUNCTION public.followups_kept_away() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM followups_rehold(NEW.user_id, accounts_moment());
    RETURN NULL;
END $$;
CREATE FUNCTION public.followups_may_see(person uuid, record uuid, moment timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT record IS NULL OR EXISTS (
        SELECT 1 FROM accounts_scope s JOIN accounts_user u ON u.id = person AND u.force_id = s.force_id
         WHERE s.id = record AND u.is_active AND NOT EXISTS (SELECT 1 FROM accounts_scopebar b
                            WHERE b.scope_id = s.id AND b.user_id = u.id AND b.ended_at IS NULL)
           AND ((s.restriction = 'standard'
                 AND (u.unit_id = s.unit_id
                      OR EXISTS (SELECT 1 FROM accounts_supervision v
                                  WHERE v.user_id = u.id AND v.unit_id = s.unit_id)
                      OR EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = u.id
                                    AND r.role IN ('specialist_lead', 'crime_registrar', 'navigator', 'auditor'))))
                OR EXISTS (SELECT 1 FROM accounts_scopegrant g
                            WHERE g.scope_id = s.id AND g.kind <> 'break-glass' AND g.starts_at <= moment
                              AND (g.ends_at IS NULL OR g.ends_at > moment)
                              AND (g.user_id = u.id
                                   OR EXISTS (SELECT 1 FROM accounts_absence a
                                               WHERE a.user_id = g.user_id AND a.cover_id = u.id
                                                 AND a.starts_at <= moment AND a.ends_at > moment)))))
$$;
CREATE FUNCTION public.followups_named_on(record uuid, moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT u.id FROM accounts_scopegrant g JOIN accounts_user u ON u.id = g.user_id AND u.is_active
     WHERE g.scope_id = record AND g.kind <> 'break-glass' AND NOT EXISTS (SELECT 1 FROM accounts_scopebar b
                            WHERE b.scope_id = record AND b.user_id = u.id AND b.ended_at IS NULL)
       AND g.starts_at <= moment AND (g.ends_at IS NULL OR g.ends_at > moment)
     ORDER BY accounts_present(u.id, moment) DESC,
              EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = u.id AND r.role = 'specialist_lead') DESC,
              g.starts_at, u.id
     LIMIT 1
$$;
CREATE FUNCTION public.followups_needs_of(people uuid[]) RETURNS TABLE(id uuid, scope_id uuid, victim_id uuid, kind character varying, found_at timestamp with time zone, ended_at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 50000
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
BEGIN
    RETURN QUERY SELECT n.id, n.scope_id, n.victim_id, n.kind, n.found_at, n.ended_at
                   FROM victims_need n WHERE n.victim_id = ANY (people);
END $$;
CREATE FUNCTION public.followups_notice_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT (OLD.state || '>' || NEW.state) = ANY (string_to_array(TG_ARGV[0], ',')) THEN
        RAISE EXCEPTION 'followups_notice: % may not become %', OLD.state, NEW.state
              USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_state_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.followups_numbers(moment timestamp with time zone) RETURNS TABLE(name text, label text, value double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
    SELECT 'followups', f.state::text, count(*)::double precision
      FROM followups_followup f WHERE f.state IN ('open', 'quarantined') GROUP BY f.state
    UNION ALL
    SELECT 'oldest_due_seconds', '',
           coalesce(greatest(0, extract(epoch FROM moment - min(f.due_at))), 0)
      FROM followups_followup f WHERE f.state = 'open'
    UNION ALL
    SELECT 'steps_undone', '', count(*)
      FROM (SELECT 1 FROM followups_followup f
             WHERE f.state IN ('open', 'quarantined')
               AND coalesce(f.due_at, f.first_seen_at) < moment - interval '90 seconds'
               AND f.first_seen_at < moment - interval '90 seconds'
               AND f.changed_at < moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_step s
                                WHERE s.followup_id = f.id AND s.round = f.round AND s.rung >= 1)
             LIMIT 1000) AS undone
    UNION ALL
    SELECT 'cases_unwatched', '', count(*)
      FROM (SELECT 1 FROM casework_case c
             WHERE c.status NOT IN ('draft', 'closed')
               AND c.changed_at BETWEEN moment - interval '1 hour' AND moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.state IN ('open', 'quarantined'))
             LIMIT 1000) AS unwatched
    UNION ALL
    SELECT 'oldest_unsent_seconds', '',
           coalesce(greatest(0, extract(epoch FROM moment - min(n.send_after))), 0)
      FROM followups_notice n WHERE n.state = 'queued'
    UNION ALL
    SELECT 'notices_dead', '', count(*) FROM followups_notice n WHERE n.state = 'dead'
    UNION ALL
    SELECT 'heartbeat_age_seconds', b.stage::text, extract(epoch FROM moment - b.at)
      FROM followups_heartbeat b
    UNION ALL
    SELECT 'files_waiting', '', count(*)
      FROM (SELECT 1 FROM casework_casefile w
             WHERE w.status = 'quarantined' AND w.taken_out_at IS NULL LIMIT 1000) AS waiting
    UNION ALL
    SELECT 'oldest_waiting_file_seconds', '',
           coalesce(greatest(0, extract(epoch FROM moment - min(w.recorded_at))), 0)
      FROM casework_casefile w WHERE w.status = 'quarantined' AND w.taken_out_at IS NULL
    UNION ALL
    SELECT 'sweeps_held', '', count(*) FROM followups_heldsweep h WHERE h.released_at IS NULL
    UNION ALL
    SELECT 'cracks', '', coalesce(sum(k.count), 0) FROM followups_crack k WHERE k.ended_at IS NULL
$$;
CREATE FUNCTION public.followups_people_of(people uuid[]) RETURNS TABLE(id uuid, called character varying, language character varying, risk character varying, missing_since timestamp with time zone, age_band character varying, age_disputed boolean, of_age_on date)
    LANGUAGE plpgsql STABLE ROWS 20000
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
BEGIN
    RETURN QUERY SELECT v.id, v.called, v.language, v.risk, v.missing_since, v.age_band, v.age_disputed, v.of_age_on
                   FROM victims_victim v WHERE v.id = ANY (people);
END $$;
CREATE FUNCTION public.followups_person_left() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM followups_rehold(NEW.id, accounts_moment());
    RETURN NULL;
END $$;
CREATE FUNCTION public.followups_referrals_of(people uuid[]) RETURNS TABLE(person uuid, status character varying, needs character varying[])
    LANGUAGE plpgsql STABLE ROWS 20000
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
BEGIN
    RETURN QUERY SELECT r.person, r.status, r.needs FROM referrals_supportreferral r WHERE r.person = ANY (people);
END $$;
CREATE FUNCTION public.followups_rehold(person uuid, moment timestamp with time zone) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH theirs AS MATERIALIZED (
        SELECT f.id, f.holder_id, f.unit_id, f.force_id, accounts_holder(f.owner_id, f.unit_id, f.force_id, moment) AS next_id,
               CASE WHEN s.restriction <> 'standard' OR EXISTS (SELECT 1 FROM accounts_scopebar b WHERE b.scope_id = s.id AND b.ended_at IS NULL) THEN s.id END AS close_scope_id
          FROM followups_followup f LEFT JOIN accounts_scope s ON s.id = f.scope_id
         WHERE f.state IN ('open', 'quarantined') AND (f.owner_id = person OR f.holder_id = person)
    ),
    right_ones AS (
        SELECT t.id, t.holder_id, CASE WHEN followups_may_see(t.next_id, t.close_scope_id, moment) THEN t.next_id
                                       ELSE coalesce(followups_named_on(t.close_scope_id, moment), (followups_chain(t.unit_id, t.force_id, t.close_scope_id, NULL, 'supervisor', moment))[1]) END AS should_id
          FROM theirs t
    ),
    moved AS (
        UPDATE followups_followup f SET holder_id = r.should_id, changed_at = moment
          FROM right_ones r WHERE f.id = r.id AND r.holder_id IS DISTINCT FROM r.should_id
        RETURNING 1)
    SELECT count(*)::int FROM moved
$$;
CREATE FUNCTION public.followups_replan_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    movers uuid[];
BEGIN
    PERFORM 1 FROM followups_followup f WHERE f.id = NEW.followup_id FOR UPDATE;
    movers := ARRAY(SELECT r.by_id FROM followups_replan r WHERE r.followup_id = NEW.followup_id);
    IF cardinality(movers) >= 2
       AND (NEW.by_id = ANY (movers)
            OR NOT EXISTS (SELECT 1 FROM accounts_roleheld h WHERE h.user_id = NEW.by_id
                              AND h.role IN ('supervisor', 'specialist_lead'))) THEN
        RAISE EXCEPTION 'followups_replan: moved twice, so a supervisor who has not moved it must'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'replan_third_by_another_supervisor';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.followups_voice_asker(of_case uuid, record uuid, team uuid, whose uuid, moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT u.id FROM accounts_roleheld r JOIN accounts_user u ON u.id = r.user_id
     WHERE r.role = 'navigator' AND u.force_id = whose AND u.is_active
       AND followups_may_see(u.id, record, moment)
       AND NOT casework_voice_about(of_case, u.id)
     ORDER BY coalesce(u.unit_id = team, false) DESC, hashtextextended(of_case::text || u.id::text, 0), u.id
     LIMIT 1
$$;
CREATE FUNCTION public.followups_voice_reader(of_case uuid, record uuid, team uuid, whose uuid, moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT u.id FROM accounts_user u
      JOIN LATERAL (SELECT bool_or(r.role = 'specialist_lead') AS leads, count(*) AS held FROM accounts_roleheld r
                     WHERE r.user_id = u.id AND r.role IN ('supervisor', 'specialist_lead')) role ON role.held > 0
     WHERE u.force_id = whose AND u.is_active
       AND followups_may_see(u.id, record, moment)
       AND NOT casework_voice_about(of_case, u.id)
     ORDER BY accounts_present(u.id, moment) DESC,
              coalesce(u.id = accounts_duty_supervisor(team, moment), false) DESC,
              role.leads DESC, u.joined_at, u.id
     LIMIT 1
$$;
CREATE FUNCTION public.referrals_answer_times(since timestamp with time zone) RETURNS TABLE(service_id uuid, answers integer, hours double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT a.service_id, count(*)::int,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.answered_at - a.sent_at) / 3600)
      FROM (SELECT r.service_id, r.sent_at,
                   least(r.accepted_at, r.declined_at,
                         (SELECT min(q.asked_at) FROM referrals_question q WHERE q.referral_id = r.id)) AS answered_at
              FROM referrals_supportreferral r
             WHERE r.sent_at >= since AND r.service_id IS NOT NULL AND r.status <> 'in_error') a
     WHERE a.answered_at IS NOT NULL
     GROUP BY a.service_id HAVING count(*) >= 3
$$;
CREATE FUNCTION public.referrals_asked_anew(of_case uuid, needs character varying[], after timestamp with time zone, or_open boolean) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT CASE WHEN bool_and(f.sent_at IS NOT NULL) THEN greatest(max(f.sent_at), after) END
      FROM unnest(needs) AS n (need)
      LEFT JOIN LATERAL (
          SELECT min(r.sent_at) AS sent_at FROM referrals_supportreferral r
           WHERE r.case_id = of_case AND n.need = ANY (r.needs) AND r.status NOT IN ('withdrawn', 'in_error')
             AND (r.sent_at > after
                  OR or_open AND r.status IN ('sent', 'opened', 'needs_info', 'accepted', 'in_progress'))) f ON true
$$;
CREATE TABLE public.victims_consentevent (
    id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    outcome character varying(12) NOT NULL,
    language character varying(100) NOT NULL,
    interpreter_used character varying(10) NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    agency_id uuid,
    explained_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    interpreter character varying(200) NOT NULL,
    notice character varying(20) NOT NULL,
    reason text NOT NULL,
    best_interests character varying(10) DEFAULT ''::character varying NOT NULL,
    best_interests_by character varying(200) DEFAULT ''::character varying NOT NULL,
    best_interests_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT consent_agency_only_for_sharing CHECK (((agency_id IS NULL) OR ((purpose)::text = ANY (ARRAY[('agency'::character varying)::text, ('account'::character varying)::text])))),
    CONSTRAINT consent_best_interests_by_and_why CHECK (((((best_interests)::text = ANY (ARRAY[('go_ahead'::character varying)::text, ('do_not'::character varying)::text])) AND ((outcome)::text = 'no_capacity'::text) AND (NOT ((best_interests_by)::text = ''::text)) AND (NOT (best_interests_why = ''::text))) OR ((NOT ((outcome)::text = 'no_capacity'::text)) AND ((best_interests)::text = ''::text) AND ((best_interests_by)::text = ''::text) AND (best_interests_why = ''::text))))
);
ALTER TABLE ONLY public.victims_consentevent FORCE ROW LEVEL SECURITY;
CREATE FUNCTION public.referrals_end_resting_on(word public.victims_consentevent, of_child boolean, sentence text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.referrals_force_of_scope() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE referrals_supportreferral SET force_id = NEW.force_id
     WHERE scope_id = NEW.id
       AND status IN ('draft', 'sent', 'opened', 'needs_info', 'accepted', 'in_progress');
    RETURN NULL;
END $$;
CREATE FUNCTION public.referrals_forget_invented() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    old uuid[] := ARRAY(
        SELECT r.id FROM referrals_supportreferral r
         WHERE r.scope_id IS NULL AND r.created_at < accounts_moment() - interval '30 days'
           AND NOT EXISTS (
               SELECT 1 FROM referrals_event e WHERE e.referral_id = r.id AND (
                   e.number IS NULL
                   OR e.number = (SELECT max(o.number) FROM referrals_event o WHERE o.agency_id = e.agency_id)))
           FOR UPDATE SKIP LOCKED);
BEGIN
    DELETE FROM referrals_attempt a USING referrals_delivery d, referrals_event e
     WHERE a.delivery_id = d.id AND d.event_id = e.id AND e.referral_id = ANY (old);
    DELETE FROM referrals_delivery d USING referrals_event e
     WHERE d.event_id = e.id AND e.referral_id = ANY (old);
    DELETE FROM referrals_event WHERE referral_id = ANY (old);
    DELETE FROM referrals_takenback WHERE referral_id = ANY (old);
    DELETE FROM referrals_supportreview WHERE referral_id = ANY (old);
    DELETE FROM referrals_question WHERE referral_id = ANY (old);
    DELETE FROM referrals_disclosure WHERE referral_id = ANY (old);
    DELETE FROM referrals_supportreferral WHERE id = ANY (old);
    RETURN cardinality(old);
END $$;
CREATE FUNCTION public.referrals_forget_tries(until timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH old AS MATERIALIZED (
        SELECT d.id FROM referrals_delivery d
         WHERE d.state = 'delivered' AND d.failed_at IS NULL
           AND d.delivered_at < least(until, accounts_moment() - interval '30 days')
           FOR UPDATE SKIP LOCKED
    ),
    tries AS (
        DELETE FROM referrals_attempt a USING old WHERE a.delivery_id = old.id RETURNING 1
    ),
    deliveries AS (
        DELETE FROM referrals_delivery d USING old WHERE d.id = old.id RETURNING 1
    )
    SELECT (SELECT count(*) FROM tries) + (SELECT count(*) FROM deliveries)
$$;
CREATE FUNCTION public.referrals_mark_sandboxed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.sandboxed := (SELECT a.sandboxed FROM accounts_agency a WHERE a.id = NEW.agency_id);
    RETURN NEW;
END $$;
CREATE FUNCTION public.referrals_marks(needs character varying[]) RETURNS int8multirange
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT coalesce(range_agg(int8range(mark, mark, '[]')), '{}')
      FROM (SELECT hashtextextended(need, 0) >> 1 AS mark FROM unnest(needs) AS n (need)) m
$$;
CREATE FUNCTION public.referrals_may_see(needs character varying[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT coalesce(array_agg(DISTINCT item.name), '{}')
      FROM unnest(needs) AS wanted (need)
      JOIN (VALUES ('safe_house', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'risk', 'first_words', 'crime', 'nrm']),
                   ('outreach', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'risk', 'first_words', 'crime', 'nrm']),
                   ('health', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'risk', 'first_words']),
                   ('counselling', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'risk', 'first_words']),
                   ('legal', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'crime', 'nrm', 'first_words']),
                   ('immigration', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'crime', 'nrm', 'first_words']),
                   ('money', ARRAY['name', 'safe_contact', 'communication', 'officer']),
                   ('interpreting', ARRAY['name', 'safe_contact', 'communication', 'officer']),
                   ('child_guardian', ARRAY['name', 'safe_contact', 'communication', 'officer', 'topics', 'born_on', 'risk', 'first_words', 'crime', 'nrm']),
                   ('work', ARRAY['name', 'safe_contact', 'communication', 'officer', 'crime'])) AS allowed (need, items) USING (need)
     CROSS JOIN unnest(allowed.items) AS item (name)
$$;
CREATE FUNCTION public.referrals_note_accepted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM referrals_record_disclosure('accepted', d.items::text[], d.referral_id)
       FROM referrals_disclosure d WHERE d.referral_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.referrals_note_answered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM referrals_record_disclosure('answer', ARRAY['answer'], NEW.referral_id);
    RETURN NULL;
END $$;
CREATE FUNCTION public.referrals_note_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
    INSERT INTO referrals_event (id, written, agency_id, referral_id, type, version, at, columns)
    VALUES (gen_random_uuid(), nextval('referrals_event_written'), NEW.agency_id, NEW.id,
            'referral.' || kind, NEW.version, accounts_moment(),
            CASE TG_OP WHEN 'UPDATE' THEN ARRAY(
                SELECT was.key FROM jsonb_each(to_jsonb(OLD)) was
                 WHERE was.value <> to_jsonb(NEW) -> was.key
                   AND was.key NOT IN ('version', 'changed_at') ORDER BY was.key) END);
    RETURN NULL;
END $$;
CREATE FUNCTION public.referrals_note_given() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.referrals_note_taken_back() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO referrals_event (id, written, agency_id, referral_id, type, version, at)
    SELECT gen_random_uuid(), nextval('referrals_event_written'), r.agency_id, r.id,
           'referral.consent_withdrawn', r.version, NEW.at
      FROM referrals_supportreferral r WHERE r.id = NEW.referral_id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.referrals_person_of_case() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    NEW.person := (SELECT c.victim_id FROM casework_case c WHERE c.id = NEW.case_id);
    RETURN NEW;
END $$;
CREATE FUNCTION public.referrals_record_disclosure(kind text, of_items text[], referral uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    INSERT INTO referrals_disclosureevent
        (id, scope_id, referral_id, agency_id, kind, items, needs, consent_id, legal_basis, at)
    SELECT gen_random_uuid(), r.scope_id, r.id, r.agency_id, kind, of_items, r.needs, r.consent_id,
           r.legal_basis, accounts_moment()
      FROM referrals_supportreferral r WHERE r.id = referral
$$;
CREATE FUNCTION public.referrals_reference_key(written text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT upper(regexp_replace(written, '[^A-Za-z0-9]', '', 'g')) $$;
CREATE FUNCTION public.referrals_sandbox_since() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    SELECT greatest(s.emptied_at, accounts_ctx('at')::timestamptz - interval '30 days')
      FROM referrals_sandbox s WHERE s.agency_id = accounts_ctx('agency')::uuid
$$;
CREATE FUNCTION public.referrals_settle_needs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.referrals_steps(referral uuid, record uuid, whose uuid, sent timestamp with time zone, moment timestamp with time zone, OUT first_look_at timestamp with time zone, OUT asked_at timestamp with time zone, OUT answered_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    SELECT min(e.at) INTO first_look_at FROM accounts_auditevent e
     WHERE e.scope_id = record AND e.subject_id = referral::text AND e.agency_id = whose
       AND e.verb = 'supportreferral.viewed' AND e.at BETWEEN sent AND moment;
    SELECT min(q.asked_at) FILTER (WHERE q.answered_at IS NULL), max(q.answered_at) INTO asked_at, answered_at
      FROM referrals_question q WHERE q.referral_id = referral;
END
$$;
CREATE FUNCTION public.referrals_still_left(referral uuid) RETURNS character varying[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    r referrals_supportreferral;
    called_off boolean;
BEGIN
    SELECT * INTO r FROM referrals_supportreferral WHERE id = referral;
    called_off := r.status IN ('withdrawn', 'in_error');
    IF r.sent_at IS NULL OR r.decline_handled_at IS NOT NULL
       OR NOT (called_off OR r.status IN ('declined', 'ended_early', 'completed'))
       OR r.status = 'withdrawn' AND EXISTS (
           SELECT 1 FROM referrals_disclosure d
            WHERE d.referral_id = r.id AND d.emptied_reason = 'consent_withdrawn')
       OR EXISTS (SELECT 1 FROM casework_case c WHERE c.id = r.case_id AND c.status = 'closed') THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT n.need FROM unnest(r.needs) WITH ORDINALITY AS n (need, place)
         WHERE (r.status <> 'completed' OR r.outcomes ->> n.need = 'unmet')
           AND referrals_asked_anew(r.case_id, ARRAY[n.need],
                   coalesce(r.declined_at, r.withdrawn_at, r.ended_at, r.changed_at), called_off) IS NULL
         ORDER BY n.place);
END
$$;
CREATE FUNCTION public.referrals_take_back(decision uuid, of_child boolean, sentence text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
CREATE FUNCTION public.referrals_take_back_merged(person uuid, of_child boolean, sentences jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
             WHERE asked.id = person AND (accounts_ctx('kind') = 'engine' OR (
accounts_scope.force_id = (SELECT accounts_ctx('force')::uuid)
AND accounts_scope.id <> ALL (
    (SELECT coalesce(string_to_array(accounts_ctx('barred'), ',')::uuid[], ARRAY[]::uuid[]))::uuid[])
AND (
    (accounts_scope.restriction = 'standard'
     AND ((SELECT accounts_ctx('reach') = 'force')
          OR accounts_scope.unit_id = ANY (
              (SELECT string_to_array(accounts_ctx('units'), ',')::uuid[])::uuid[])))
    OR accounts_scope.id = ANY ((SELECT accounts_granted())::uuid[])
)
))
             ORDER BY e.purpose, e.agency_id, e.decided_at DESC, e.recorded_at DESC, victims_allows(e), e.id) last
          JOIN victims_consentevent e ON e.id = last.id
         WHERE NOT victims_allows(e) ORDER BY e.id
    LOOP
        PERFORM referrals_end_resting_on(
            word, of_child,
            sentences ->> (word.purpose || CASE WHEN word.outcome = 'no_capacity' THEN '_not_best' ELSE '' END));
    END LOOP;
END $$;
CREATE FUNCTION public.referrals_ways_elsewhere(record uuid) RETURNS TABLE(id uuid, channel character varying, safe character varying, review_on date, set_at timestamp with time zone, ended_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT w.id, w.channel, w.safe, w.review_on, w.set_at, w.ended_at
      FROM victims_victim asked JOIN accounts_scope ON accounts_scope.id = asked.scope_id
      JOIN victims_victim v
        ON coalesce(v.merged_into_id, v.id) = coalesce(asked.merged_into_id, asked.id) AND v.id <> asked.id
      JOIN accounts_scope held ON held.id = v.scope_id AND held.restriction = 'standard'
      JOIN victims_safecontact w ON w.victim_id = v.id
     WHERE asked.id = record AND (accounts_ctx('kind') = 'engine' OR (
accounts_scope.force_id = (SELECT accounts_ctx('force')::uuid)
AND accounts_scope.id <> ALL (
    (SELECT coalesce(string_to_array(accounts_ctx('barred'), ',')::uuid[], ARRAY[]::uuid[]))::uuid[])
AND (
    (accounts_scope.restriction = 'standard'
     AND ((SELECT accounts_ctx('reach') = 'force')
          OR accounts_scope.unit_id = ANY (
              (SELECT string_to_array(accounts_ctx('units'), ',')::uuid[])::uuid[])))
    OR accounts_scope.id = ANY ((SELECT accounts_granted())::uuid[])
)
))
     ORDER BY w.channel, w.set_at DESC, w.id
$$;
CREATE FUNCTION public.training_date_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT count(*) FROM training_booking WHERE date_id = NEW.id AND ended_at IS NULL)
       > (CASE WHEN NEW.called_off_at IS NULL THEN NEW.places ELSE 0 END) THEN
        RAISE EXCEPTION 'More people have a place than there would be.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.training_learning_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.user_id, OLD.done_on, OLD.kind, OLD.about, OLD.hours, OLD.recorded_at)
           IS DISTINCT FROM (NEW.user_id, NEW.done_on, NEW.kind, NEW.about, NEW.hours, NEW.recorded_at)
       OR (OLD.seen_at IS NOT NULL AND (OLD.seen_at, OLD.seen_by_id) IS DISTINCT FROM (NEW.seen_at, NEW.seen_by_id))
       OR (OLD.taken_back_at IS NOT NULL AND OLD.taken_back_at IS DISTINCT FROM NEW.taken_back_at) THEN
        RAISE EXCEPTION 'What somebody learned stays as it was said.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.training_places_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE held training_coursedate;
BEGIN
    IF NEW.ended_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO held FROM training_coursedate WHERE id = NEW.date_id FOR UPDATE;
    IF held.called_off_at IS NOT NULL
       OR held.force_id IS DISTINCT FROM (SELECT force_id FROM accounts_user WHERE id = NEW.user_id)
       OR held.places <= (SELECT count(*) FROM training_booking
                           WHERE date_id = NEW.date_id AND ended_at IS NULL AND id <> NEW.id) THEN
        RAISE EXCEPTION 'There is no place on this date for them.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.training_proof_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'quarantined' OR NEW.tries <> 0 OR NEW.taken_out_at IS NOT NULL THEN
            RAISE EXCEPTION 'a file begins in quarantine'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_begins_quarantined';
        END IF;
        RETURN NEW;
    ELSIF session_user = 'holdfast_owner' AND accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF (to_jsonb(OLD) - ARRAY['status', 'scanned_at', 'scanned_by', 'found', 'tried_at', 'tries', 'failure', 'taken_out_at', 'taken_out_by_id']) <> (to_jsonb(NEW) - ARRAY['status', 'scanned_at', 'scanned_by', 'found', 'tried_at', 'tries', 'failure', 'taken_out_at', 'taken_out_by_id']) THEN
        RAISE EXCEPTION 'a file stays as it came'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_stays_as_it_came';
    END IF;
    IF current_user <> 'holdfast_engine'
       AND (OLD.status, OLD.scanned_at, OLD.scanned_by, OLD.found, OLD.tried_at, OLD.tries, OLD.failure)
           IS DISTINCT FROM
           (NEW.status, NEW.scanned_at, NEW.scanned_by, NEW.found, NEW.tried_at, NEW.tries, NEW.failure) THEN
        RAISE EXCEPTION 'only the engine says what the scanner found'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'proof_verdict_is_the_engines';
    END IF;
    IF (OLD.status <> 'quarantined' AND (OLD.scanned_at, OLD.scanned_by, OLD.found)
           IS DISTINCT FROM (NEW.scanned_at, NEW.scanned_by, NEW.found))
       OR (OLD.taken_out_at IS NOT NULL AND (OLD.taken_out_at, OLD.taken_out_by_id)
           IS DISTINCT FROM (NEW.taken_out_at, NEW.taken_out_by_id)) THEN
        RAISE EXCEPTION 'what was said of a file stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_said_once';
    END IF;
    IF OLD.taken_out_at IS NULL AND NEW.taken_out_at IS NOT NULL
       AND EXISTS (SELECT 1 FROM training_trainingrecord t WHERE t.id = NEW.record_id AND t.verified_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was seen for a verified record stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_of_verified_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.victims_age_as_one(root uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH records AS (
        SELECT v.id, v.age_disputed, v.of_age_on,
               EXISTS (SELECT 1 FROM victims_agedispute d
                        WHERE d.victim_id = v.id AND d.settled_at IS NOT NULL) AS determined,
               CASE WHEN v.age_disputed THEN date '9999-12-31'
                    WHEN v.age_band = 'adult' AND v.born_on IS NULL THEN date '0001-01-01'
                    WHEN v.born_on IS NULL THEN date '9999-12-31'
                    WHEN v.age_band <> 'adult' THEN victims_majority(v.born_on, v.born_precision)
                    ELSE (CASE v.born_precision
                              WHEN 'day' THEN victims_majority(v.born_on, 'day')
                              WHEN 'month' THEN date_trunc('month', v.born_on)::date
                              WHEN 'about' THEN make_date(extract(year FROM v.born_on)::int - 2, 1, 1)
                              ELSE make_date(extract(year FROM v.born_on)::int, 1, 1) END
                          + CASE v.born_precision WHEN 'day' THEN interval '0' ELSE interval '18 years' END)::date
               END AS no_doubt_from
          FROM victims_victim v WHERE coalesce(v.merged_into_id, v.id) = root
    ), person AS (
        SELECT max(no_doubt_from) FILTER (WHERE determined OR NOT settled) AS from_day, count(*) AS many
          FROM (SELECT r.*, (SELECT bool_or(determined) AND NOT bool_or(age_disputed) FROM records) AS settled
                  FROM records r) each
    )
    UPDATE victims_victim v SET of_age_on = now_.of_age_on
      FROM (SELECT CASE WHEN many = 1 THEN NULL
                        WHEN from_day <= (accounts_moment() AT TIME ZONE 'Europe/London')::date
                        THEN date '0001-01-01' ELSE from_day END AS of_age_on FROM person) now_
     WHERE coalesce(v.merged_into_id, v.id) = root AND v.of_age_on IS DISTINCT FROM now_.of_age_on
$$;
CREATE FUNCTION public.victims_agreed(person uuid, what text, whom uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN coalesce((
        SELECT victims_said(coalesce(v.merged_into_id, v.id), what, whom)
          FROM victims_victim v JOIN accounts_scope ON accounts_scope.id = v.scope_id
         WHERE v.id = person AND (accounts_ctx('kind') = 'engine' OR (
accounts_scope.force_id = (SELECT accounts_ctx('force')::uuid)
AND accounts_scope.id <> ALL (
    (SELECT coalesce(string_to_array(accounts_ctx('barred'), ',')::uuid[], ARRAY[]::uuid[]))::uuid[])
AND (
    (accounts_scope.restriction = 'standard'
     AND ((SELECT accounts_ctx('reach') = 'force')
          OR accounts_scope.unit_id = ANY (
              (SELECT string_to_array(accounts_ctx('units'), ',')::uuid[])::uuid[])))
    OR accounts_scope.id = ANY ((SELECT accounts_granted())::uuid[])
)
))), false);
END $$;
CREATE FUNCTION public.victims_allows(word public.victims_consentevent) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT word.outcome = 'given' OR word.best_interests = 'go_ahead'
$$;
CREATE FUNCTION public.victims_bar_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('victims_spread_bars'));
    PERFORM victims_spread_bars(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_blind_keys(sealed text) RETURNS SETOF bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT ('x' || word)::bit(64)::bigint
      FROM string_to_table(split_part(sealed, '.', 4), '-') AS word WHERE word <> ''
$$;
CREATE FUNCTION public.victims_keep_age() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM victims_age_as_one(coalesce(NEW.merged_into_id, NEW.id));
    IF TG_OP = 'UPDATE' AND OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id THEN
        PERFORM victims_age_as_one(coalesce(OLD.merged_into_id, OLD.id));
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_contact(person uuid, rule uuid, details text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    keys bigint[] := ARRAY(SELECT victims_blind_keys(details));
BEGIN
    PERFORM victims_keep_keys(person, rule, array_fill('phone'::text, ARRAY[cardinality(keys)]), keys);
END $$;
CREATE FUNCTION public.victims_keep_keys(person uuid, made_from uuid, kinds text[], found_by bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = made_from;
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, made_from, k.kind, k.key, ''
      FROM victims_victim v JOIN accounts_scope s ON s.id = v.scope_id
     CROSS JOIN (SELECT DISTINCT kind, key FROM unnest(kinds, found_by) AS given (kind, key)) AS k
     WHERE v.id = person;
END $$;
CREATE FUNCTION public.victims_keep_moved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE victims_searchkey k
       SET scope_id = s.id, force_id = s.force_id, unit_id = s.unit_id, is_standard = s.restriction = 'standard'
      FROM accounts_scope s WHERE s.id = NEW.scope_id AND k.victim_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_of_contact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM victims_keep_contact(NEW.victim_id, NEW.id, NEW.details);
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_of_fact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM victims_keep_people(ARRAY[NEW.victim_id]);
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_of_scope() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE victims_searchkey
       SET force_id = NEW.force_id, unit_id = NEW.unit_id, is_standard = NEW.restriction = 'standard'
     WHERE scope_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_of_victim() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM victims_keep_people(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_of_victims() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM victims_keep_people(ARRAY(SELECT id FROM fresh));
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_keep_people(people uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = ANY (people);
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    WITH named AS MATERIALIZED (
        SELECT DISTINCT p.id, victims_latin(name) AS latin
          FROM unnest(people) AS p (id), victims_names_of(p.id) AS name
    ), latins AS MATERIALIZED (SELECT DISTINCT latin FROM named WHERE latin <> ''),
    found_by AS (
        SELECT n.id, 'name' AS kind, victims_key('name', n.latin) AS key, n.latin FROM named n WHERE n.latin <> ''
         UNION
        SELECT n.id, k.kind, k.key, ''
          FROM (SELECT l.latin, k.kind, k.key FROM latins l, victims_name_keys(l.latin) AS k) AS k
          JOIN named n ON n.latin = k.latin
         UNION
        SELECT p.id, 'reference', victims_key('reference', victims_reference(number)), ''
          FROM unnest(people) AS p (id), victims_numbers_of(p.id) AS number
         UNION
        SELECT v.id, 'born', victims_key('born', v.born_on::text), ''
          FROM victims_victim v WHERE v.id = ANY (people) AND v.born_on IS NOT NULL
    )
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, v.id, k.kind, k.key, k.latin
      FROM found_by k JOIN victims_victim v ON v.id = k.id JOIN accounts_scope s ON s.id = v.scope_id;
END $$;
CREATE FUNCTION public.victims_keep_person(person uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT victims_keep_people(ARRAY[person])
$$;
CREATE FUNCTION public.victims_key(kind text, word text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT ('x' || encode(substr(sha256((kind || ':' || word)::bytea), 1, 8), 'hex'))::bit(64)::bigint
$$;
CREATE FUNCTION public.victims_latin(name text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
DECLARE
    plain text := coalesce(name, '');
BEGIN
    IF octet_length(plain) <> length(plain) THEN
        SELECT coalesce(string_agg(coalesce(l.latin, CASE WHEN ascii(t.sign) < 128 THEN t.sign ELSE ' ' END),
                                   '' ORDER BY t.place), '')
          INTO plain
          FROM string_to_table(lower(normalize(plain, NFKC) COLLATE "C"), NULL) WITH ORDINALITY AS t (sign, place)
          LEFT JOIN victims_letter l ON l.letter = t.sign;
        plain := replace(regexp_replace(plain, '(^|[^a-zW])W', '\1w', 'g'), 'W', 'u');
    END IF;
    plain := translate(lower(plain COLLATE "C"), '''`', '');
    RETURN btrim(regexp_replace(plain, '[^a-z0-9]+', ' ', 'g'));
END $$;
CREATE FUNCTION public.victims_majority(born_on date, precision_ text) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT (b.latest + interval '18 years')::date
           + (extract(month FROM b.latest) = 2 AND extract(day FROM b.latest) = 29)::int
      FROM (SELECT CASE precision_
                WHEN 'day' THEN born_on
                WHEN 'month' THEN (date_trunc('month', born_on) + interval '1 month')::date - 1
                WHEN 'about' THEN make_date(extract(year FROM born_on)::int + 2, 12, 31)
                ELSE make_date(extract(year FROM born_on)::int, 12, 31) END AS latest) b
$$;
CREATE FUNCTION public.victims_name_keys(latin text) RETURNS TABLE(part integer, kind text, key bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT DISTINCT t.place::int, k.kind, victims_key(k.kind, k.word)
      FROM string_to_table(latin, ' ') WITH ORDINALITY AS t (word, place)
      LEFT JOIN victims_nameform f ON f.form = t.word
     CROSS JOIN LATERAL (VALUES ('token', t.word), ('root', f.root),
                                ('sound', victims_sound(t.word))) AS k (kind, word)
     WHERE t.word <> '' AND k.word IS NOT NULL
$$;
CREATE FUNCTION public.victims_names_of(person uuid) RETURNS SETOF text
    LANGUAGE sql STABLE
    AS $$
    SELECT left(name, 300) FROM victims_victim v
     CROSS JOIN LATERAL (
           SELECT v.called AS name
            UNION ALL SELECT concat_ws(' ', v.first_name, v.last_name)
            UNION ALL SELECT regexp_split_to_table(v.nickname, '[,;/\n]| or | and ')
            UNION ALL SELECT name FROM victims_personname n CROSS JOIN LATERAL (VALUES (n.text), (n.latin)) AS w (name)
                       WHERE n.victim_id = v.id AND n.ended_at IS NULL) AS said
     WHERE v.id = person AND name <> ''
$$;
CREATE FUNCTION public.victims_numbers_of(person uuid) RETURNS SETOF text
    LANGUAGE sql STABLE
    AS $$
    SELECT number FROM victims_victim v
     CROSS JOIN LATERAL regexp_split_to_table(v.home_office_references, '[,;\s]+') AS number
     WHERE v.id = person AND number ~ '[0-9]'
     UNION ALL
    SELECT number FROM victims_reference WHERE victim_id = person AND ended_at IS NULL
$$;
CREATE FUNCTION public.victims_one_at_a_time(person uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    root uuid;
    held uuid;
BEGIN
    LOOP
        -- Asked again after waiting: they may have been merged or parted meanwhile.
        SELECT coalesce(v.merged_into_id, v.id) INTO root FROM victims_victim v WHERE v.id = person;
        EXIT WHEN root IS NULL OR root = held;
        PERFORM pg_advisory_xact_lock(hashtextextended('person ' || root, 0));
        held := root;
    END LOOP;
END $$;
CREATE FUNCTION public.victims_records_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('victims_spread_bars'));
    PERFORM victims_spread_bars((
        SELECT coalesce(array_agg(DISTINCT b.id), '{}')
          FROM accounts_scopebar b JOIN victims_victim v ON v.scope_id = b.scope_id
         WHERE b.through_id IS NULL AND b.ended_at IS NULL AND coalesce(v.merged_into_id, v.id) IN (
               NEW.id, coalesce(NEW.merged_into_id, NEW.id), coalesce(OLD.merged_into_id, NEW.id))));
    RETURN NULL;
END $$;
CREATE FUNCTION public.victims_reference(typed text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT upper(regexp_replace(typed COLLATE "C", '[^A-Za-z0-9]', '', 'g'))
$$;
CREATE FUNCTION public.victims_said(root uuid, what text, whom uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT victims_allows(e)
      FROM victims_victim v JOIN victims_consentevent e ON e.victim_id = v.id
     WHERE coalesce(v.merged_into_id, v.id) = root AND e.purpose = what
       AND (e.agency_id IS NULL OR e.agency_id = whom)
     ORDER BY e.decided_at DESC, e.recorded_at DESC, victims_allows(e), e.id LIMIT 1
$$;
CREATE FUNCTION public.victims_sound(word text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $_$
DECLARE
    heard text := word COLLATE "C";
    short text;
BEGIN
    heard := replace(replace(replace(replace(replace(heard, 'ph', 'f'), 'ch', 'k'), 'kh', 'k'), 'sh', 's'), 'zh', 's');
    heard := translate(replace(heard, 'x', 'ks'), 'cqzfw', 'kksvv');
    heard := regexp_replace(heard, '([bdgjklmnprstv])h|h$', '\1', 'g');
    short := regexp_replace(translate(heard, 'eyu', 'aio'), '(.)\1+', '\1', 'g');
    heard := regexp_replace(regexp_replace(heard, '^[aeiouy]+', 'A'), '[aeiouy]', '', 'g');
    heard := lower(regexp_replace(heard, '(.)\1+', '\1', 'g'));
    RETURN CASE WHEN length(heard) > 2 THEN heard ELSE '~' || short END;
END $_$;
CREATE FUNCTION public.victims_spread_bars(bars uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    moment timestamptz := accounts_moment();
BEGIN
    WITH wanted AS MATERIALIZED (
        SELECT DISTINCT b.id, b.force_id, b.user_id, b.tie, b.declared_by_id, v.scope_id
          FROM accounts_scopebar b
          JOIN victims_victim o ON o.scope_id = b.scope_id
          JOIN victims_victim v ON coalesce(v.merged_into_id, v.id) = coalesce(o.merged_into_id, o.id)
                               AND v.scope_id <> b.scope_id
          JOIN accounts_scope s ON s.id = v.scope_id AND s.force_id = b.force_id
         WHERE b.id = ANY (bars) AND b.ended_at IS NULL),
    over AS (
        UPDATE accounts_scopebar t SET ended_at = moment
         WHERE t.through_id = ANY (bars) AND t.ended_at IS NULL
           AND NOT EXISTS (SELECT FROM wanted w WHERE w.id = t.through_id AND w.scope_id = t.scope_id))
    INSERT INTO accounts_scopebar (id, scope_id, force_id, user_id, tie, declared_at, declared_by_id, why_ended, through_id)
    SELECT gen_random_uuid(), w.scope_id, w.force_id, w.user_id, w.tie, moment, w.declared_by_id, '', w.id
      FROM wanted w
     WHERE NOT EXISTS (SELECT FROM accounts_scopebar t
                        WHERE t.through_id = w.id AND t.scope_id = w.scope_id AND t.ended_at IS NULL);
END $$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_absence (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    cover_id uuid,
    recorded_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT absence_cover_is_another CHECK (((cover_id IS NULL) OR (NOT ((cover_id = user_id) AND (cover_id IS NOT NULL))))),
    CONSTRAINT absence_ends_after_start CHECK ((ends_at >= starts_at))
);
CREATE TABLE public.accounts_agency (
    id uuid NOT NULL,
    slug character varying(50) NOT NULL,
    name character varying(200) NOT NULL,
    phone character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    sandbox_of_id uuid,
    sandboxed boolean GENERATED ALWAYS AS ((sandbox_of_id IS NOT NULL)) STORED NOT NULL,
    of_real boolean GENERATED ALWAYS AS (
CASE
    WHEN (sandbox_of_id IS NOT NULL) THEN false
    ELSE NULL::boolean
END) STORED,
    kept_by_id uuid
);
CREATE TABLE public.accounts_application (
    id bigint NOT NULL,
    client_id character varying(255) NOT NULL,
    redirect_uris text NOT NULL,
    post_logout_redirect_uris text NOT NULL,
    client_type character varying(32) NOT NULL,
    authorization_grant_type character varying(44) NOT NULL,
    client_secret character varying(255) NOT NULL,
    hash_client_secret boolean NOT NULL,
    name character varying(255) NOT NULL,
    skip_authorization boolean NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    algorithm character varying(5) NOT NULL,
    allowed_origins text NOT NULL,
    registration_source character varying(32) NOT NULL,
    cimd_expires_at timestamp with time zone,
    agency_id uuid,
    user_id uuid,
    made_by_id uuid,
    revoked_at timestamp with time zone,
    revoked_by_id uuid
);
ALTER TABLE public.accounts_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_auditanchor (
    number bigint NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    hash bytea NOT NULL,
    floor bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    key_id character varying(60) NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT anchor_holds_something CHECK ((last_seq >= first_seq))
);
ALTER TABLE ONLY public.accounts_auditanchor FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_auditdisposal (
    month date NOT NULL,
    events bigint NOT NULL,
    names jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    key_id character varying(60) NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT month_disposed_of_by_two CHECK ((NOT ((names -> 0) = (names -> 1))))
);
ALTER TABLE ONLY public.accounts_auditdisposal FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_auditevent (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    verb character varying(60) NOT NULL,
    actor_kind character varying(20) NOT NULL,
    actor_id uuid,
    actor_name character varying(200) NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) NOT NULL,
    subject character varying(60) NOT NULL,
    subject_id character varying(64) NOT NULL,
    scope_id uuid,
    detail jsonb NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL
)
PARTITION BY RANGE (at);
ALTER TABLE ONLY public.accounts_auditevent FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_auditevent_202611 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202612 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202701 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202702 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202703 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202704 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202705 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202706 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202707 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202708 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202709 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202710 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202711 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_202712 (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditevent_default (
    id uuid CONSTRAINT accounts_auditevent_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT accounts_auditevent_at_not_null NOT NULL,
    verb character varying(60) CONSTRAINT accounts_auditevent_verb_not_null NOT NULL,
    actor_kind character varying(20) CONSTRAINT accounts_auditevent_actor_kind_not_null NOT NULL,
    actor_id uuid,
    actor_name character varying(200) CONSTRAINT accounts_auditevent_actor_name_not_null NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id character varying(64) CONSTRAINT accounts_auditevent_request_id_not_null NOT NULL,
    subject character varying(60) CONSTRAINT accounts_auditevent_subject_not_null NOT NULL,
    subject_id character varying(64) CONSTRAINT accounts_auditevent_subject_id_not_null NOT NULL,
    scope_id uuid,
    detail jsonb CONSTRAINT accounts_auditevent_detail_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT accounts_auditevent_xid_not_null NOT NULL
);
CREATE TABLE public.accounts_auditlink (
    seq bigint NOT NULL,
    event_at timestamp with time zone NOT NULL,
    event_id uuid NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE ONLY public.accounts_auditlink FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_directoryentry (
    id bigint NOT NULL,
    issuer character varying(300) NOT NULL,
    subject character varying(255) NOT NULL,
    shut_out_at timestamp with time zone,
    user_id uuid NOT NULL
);
ALTER TABLE public.accounts_directoryentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_directoryentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_export (
    what character varying(40) NOT NULL,
    narrowed jsonb NOT NULL,
    rows integer NOT NULL,
    reason character varying(12) NOT NULL,
    words text NOT NULL,
    recipient text NOT NULL,
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    items_digest character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    size integer NOT NULL,
    by_id uuid NOT NULL,
    force_id uuid NOT NULL,
    scope_id uuid,
    request_id uuid,
    CONSTRAINT accounts_export_rows_check CHECK ((rows >= 0)),
    CONSTRAINT accounts_export_size_check CHECK ((size >= 0))
);
ALTER TABLE ONLY public.accounts_export FORCE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_export ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_exportitem (
    id bigint NOT NULL,
    subject character varying(60) NOT NULL,
    subject_id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    export_id bigint NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.accounts_exportitem FORCE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_exportitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_exportitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_exportrequest (
    what character varying(40) NOT NULL,
    narrowed jsonb NOT NULL,
    rows integer NOT NULL,
    reason character varying(12) NOT NULL,
    words text NOT NULL,
    recipient text NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    agreed boolean,
    note text NOT NULL,
    by_id uuid NOT NULL,
    decided_by_id uuid,
    force_id uuid NOT NULL,
    scope_id uuid,
    unit_id uuid,
    CONSTRAINT accounts_exportrequest_rows_check CHECK ((rows >= 0)),
    CONSTRAINT export_request_decided_by_and_at CHECK ((((agreed IS NULL) AND (decided_at IS NULL) AND (decided_by_id IS NULL)) OR ((agreed IS NOT NULL) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT export_request_second_person CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = by_id) AND (decided_by_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.accounts_exportrequest FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_force (
    id uuid NOT NULL,
    slug character varying(50) NOT NULL,
    name character varying(200) NOT NULL,
    nation character varying(20) NOT NULL,
    calendar_id bigint NOT NULL,
    asks_why character varying(12) DEFAULT 'other_units'::character varying NOT NULL
);
CREATE TABLE public.accounts_forcecontact (
    id uuid NOT NULL,
    name character varying(80) NOT NULL,
    what_for character varying(200) NOT NULL,
    phone character varying(40) NOT NULL,
    hours character varying(80) NOT NULL,
    set_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by_id uuid,
    force_id uuid NOT NULL,
    set_by_id uuid NOT NULL,
    CONSTRAINT force_contact_ended_by_and_at CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.accounts_forcecontact FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_look (
    id uuid NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    reason character varying(12) NOT NULL,
    words character varying(500) NOT NULL,
    scope_id uuid NOT NULL,
    force_id uuid NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT look_for_something_else_says_what CHECK (((NOT ((reason)::text = 'other'::text)) OR ((words)::text ~ '\S.{18,}\S'::text)))
);
ALTER TABLE ONLY public.accounts_look FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_oncall (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    set_at timestamp with time zone NOT NULL,
    force_id uuid NOT NULL,
    set_by_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT on_call_ends_after_start CHECK ((ends_at >= starts_at))
);
ALTER TABLE ONLY public.accounts_oncall FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_roleheld (
    id bigint NOT NULL,
    role character varying(30) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT role_given_by_another CHECK (((given_by_id IS NULL) OR (NOT ((given_by_id = user_id) AND (given_by_id IS NOT NULL)))))
);
ALTER TABLE public.accounts_roleheld ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_roleheld_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_scope (
    id uuid NOT NULL,
    restriction character varying(20) NOT NULL,
    force_id uuid NOT NULL,
    unit_id uuid NOT NULL
);
ALTER TABLE ONLY public.accounts_scope FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_scopebar (
    id uuid NOT NULL,
    tie character varying(12) NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    why_ended character varying(500) NOT NULL,
    scope_id uuid NOT NULL,
    force_id uuid NOT NULL,
    user_id uuid NOT NULL,
    declared_by_id uuid NOT NULL,
    ended_by_id uuid,
    through_id uuid,
    CONSTRAINT bar_ended_by_another CHECK (((ended_by_id IS NULL) OR ((NOT ((ended_by_id = user_id) AND (ended_by_id IS NOT NULL))) AND (NOT ((ended_by_id = declared_by_id) AND (ended_by_id IS NOT NULL)))))),
    CONSTRAINT bar_ended_by_somebody_who_says_why CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NULL) AND (through_id IS NOT NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((why_ended)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.accounts_scopebar FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_scopegrant (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    reason character varying(500) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    force_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT grant_in_emergency_for_an_hour CHECK (((NOT ((kind)::text = 'break-glass'::text)) OR ((ends_at IS NOT NULL) AND (ends_at <= (starts_at + '01:00:00'::interval)))))
);
ALTER TABLE ONLY public.accounts_scopegrant FORCE ROW LEVEL SECURITY;
CREATE TABLE public.accounts_securitynotice (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    send_after timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    attempts smallint NOT NULL,
    by_id uuid,
    user_id uuid NOT NULL,
    refusals smallint DEFAULT 0 NOT NULL,
    failed_at timestamp with time zone,
    address character varying(254) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT accounts_securitynotice_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT accounts_securitynotice_refusals_check CHECK ((refusals >= 0))
);
CREATE TABLE public.accounts_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL,
    handle uuid,
    started_at timestamp with time zone,
    device character varying(60) NOT NULL,
    place character varying(60) NOT NULL,
    user_id uuid
);
CREATE TABLE public.accounts_shift (
    id uuid NOT NULL,
    weekday smallint NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT accounts_shift_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT shift_on_a_day_of_the_week CHECK (((weekday >= 1) AND (weekday <= 7)))
);
CREATE TABLE public.accounts_shiftchange (
    id uuid NOT NULL,
    on_duty boolean NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT shift_change_ends_after_start CHECK ((ends_at > starts_at))
);
CREATE TABLE public.accounts_stepsecret (
    id uuid NOT NULL,
    secret text NOT NULL
);
CREATE TABLE public.accounts_supervision (
    id bigint NOT NULL,
    rank smallint NOT NULL,
    user_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT accounts_supervision_rank_check CHECK ((rank >= 0))
);
ALTER TABLE public.accounts_supervision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_supervision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_unit (
    id uuid NOT NULL,
    slug character varying(50) NOT NULL,
    name character varying(200) NOT NULL,
    duty_phone character varying(40) NOT NULL,
    is_active boolean NOT NULL,
    force_id uuid NOT NULL
);
CREATE TABLE public.accounts_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    username character varying(150) NOT NULL,
    name character varying(200) NOT NULL,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    languages character varying(200) NOT NULL,
    agency_id uuid,
    force_id uuid,
    unit_id uuid,
    mobile character varying(20) NOT NULL,
    officer_gender character varying(10) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT user_force_or_agency CHECK (((force_id IS NULL) OR (agency_id IS NULL))),
    CONSTRAINT user_left_is_inactive CHECK (((left_at IS NULL) OR (NOT is_active))),
    CONSTRAINT user_mobile_is_a_number CHECK ((((mobile)::text = ''::text) OR ((mobile)::text ~ '^\+[1-9][0-9]{6,14}$'::text))),
    CONSTRAINT user_unit_needs_force CHECK (((unit_id IS NULL) OR (force_id IS NOT NULL)))
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);
ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);
ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);
ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.casework_advice (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    urgent boolean NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    read_at timestamp with time zone,
    answered_by_id uuid,
    by_id uuid,
    case_id uuid NOT NULL,
    read_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT advice_answered_by_and_at CHECK ((((answer = ''::text) AND (answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answer ~ '\S'::text) AND (answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL)))),
    CONSTRAINT advice_answered_by_another CHECK (((answered_by_id IS NULL) OR (NOT ((answered_by_id = by_id) AND (answered_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT advice_read_once_answered CHECK ((((read_at IS NULL) AND (read_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (read_at IS NOT NULL) AND (read_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.casework_advice FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_allocation (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    shortfalls jsonb NOT NULL,
    override_reason character varying(500) NOT NULL,
    override_reviewed_at timestamp with time zone,
    ended_at timestamp with time zone,
    by_id uuid,
    override_reviewed_by_id uuid,
    owner_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    case_id uuid NOT NULL,
    opened_at timestamp with time zone,
    considered jsonb DEFAULT '{}'::jsonb NOT NULL,
    place smallint,
    choice_reason character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT allocation_override_second_person CHECK (((override_reviewed_by_id IS NULL) OR (NOT ((override_reviewed_by_id = by_id) AND (override_reviewed_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT allocation_shortfall_has_reason CHECK (((shortfalls = '[]'::jsonb) OR (NOT ((override_reason)::text = ''::text)))),
    CONSTRAINT allocation_unproposed_has_reason CHECK (((considered = '{}'::jsonb) OR (place <= 3) OR (NOT ((choice_reason)::text = ''::text)))),
    CONSTRAINT casework_allocation_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.casework_allocation FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_asking (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    point character varying(15) NOT NULL,
    way character varying(10) NOT NULL,
    language character varying(10) NOT NULL,
    token character varying(64),
    until timestamp with time zone,
    agency_id uuid,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT asking_link_has_hash_and_end CHECK ((((token IS NOT NULL) AND (until IS NOT NULL) AND ((way)::text = 'link'::text)) OR ((NOT ((way)::text = 'link'::text)) AND (token IS NULL) AND (until IS NULL)))),
    CONSTRAINT asking_says_by_whom CHECK ((((agency_id IS NOT NULL) AND ((way)::text = 'agency'::text)) OR ((NOT ((way)::text = 'agency'::text)) AND (agency_id IS NULL) AND (by_id IS NOT NULL)))),
    CONSTRAINT asking_token_is_a_hash CHECK (((token IS NULL) OR ((token)::text ~ '^[0-9a-f]{64}$'::text)))
);
ALTER TABLE ONLY public.casework_asking FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_atrisk (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    other_victims character varying(10) NOT NULL,
    other_victims_details text NOT NULL,
    possible_victims_details text NOT NULL,
    fears_more character varying(10) NOT NULL,
    fears_more_reasons text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_atrisk_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_atrisk FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_authoritytold (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    authority character varying(200) NOT NULL,
    contact_name character varying(200) NOT NULL,
    reference character varying(50) NOT NULL,
    by_id uuid,
    scope_id uuid NOT NULL,
    case_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_authoritytold FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_background (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    birthplace text NOT NULL,
    family text NOT NULL,
    education text NOT NULL,
    work_before text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_background_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_background FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_bulkmove (
    id uuid NOT NULL,
    "to" character varying(10) NOT NULL,
    why character varying(15) NOT NULL,
    reason character varying(500) NOT NULL,
    in_spite boolean NOT NULL,
    total integer NOT NULL,
    at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    stopped_at timestamp with time zone,
    by_id uuid NOT NULL,
    force_id uuid NOT NULL,
    stopped_by_id uuid,
    to_owner_id uuid,
    to_unit_id uuid,
    unit_id uuid NOT NULL,
    CONSTRAINT bulk_move_says_where_to CHECK ((((("to")::text = 'officer'::text) AND (to_owner_id IS NOT NULL) AND (to_unit_id IS NULL)) OR ((("to")::text = 'shared'::text) AND (to_owner_id IS NULL) AND (to_unit_id IS NULL)) OR ((("to")::text = 'unit'::text) AND (to_owner_id IS NULL) AND (to_unit_id IS NOT NULL) AND (NOT ((why)::text = ''::text))))),
    CONSTRAINT bulk_move_says_why CHECK (((reason)::text ~ '\S'::text)),
    CONSTRAINT bulk_move_stopped_by_and_at CHECK ((((stopped_at IS NULL) AND (stopped_by_id IS NULL)) OR ((done_at IS NULL) AND (stopped_at IS NOT NULL) AND (stopped_by_id IS NOT NULL)))),
    CONSTRAINT casework_bulkmove_total_check CHECK ((total >= 0))
);
ALTER TABLE ONLY public.casework_bulkmove FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_case (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    status character varying(12) NOT NULL,
    danger character varying(10) NOT NULL,
    met_at timestamp with time zone NOT NULL,
    place text NOT NULL,
    incident_number character varying(50) NOT NULL,
    first_words text NOT NULL,
    indicators jsonb NOT NULL,
    enhanced boolean NOT NULL,
    logged_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    closed_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    logged_by_id uuid NOT NULL,
    owner_id uuid,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    operation_id uuid,
    unit_id uuid NOT NULL,
    enhanced_off_reason character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT case_closed_has_time CHECK ((((closed_at IS NOT NULL) AND ((status)::text = 'closed'::text)) OR ((NOT ((status)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT case_enhanced_off_has_reason CHECK ((enhanced OR (NOT ((enhanced_off_reason)::text = ''::text)))),
    CONSTRAINT case_open_has_owner CHECK (((NOT ((status)::text = ANY (ARRAY[('draft'::character varying)::text, ('allocated'::character varying)::text]))) OR (owner_id IS NOT NULL))),
    CONSTRAINT case_sent_has_time CHECK ((((status)::text = 'draft'::text) OR (sent_at IS NOT NULL))),
    CONSTRAINT casework_case_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_case FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_caseevent (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    text text NOT NULL,
    detail jsonb NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_caseevent FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_casefile (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    words text NOT NULL,
    name text NOT NULL,
    media_type character varying(100) NOT NULL,
    suffix character varying(5) NOT NULL,
    size bigint NOT NULL,
    digest character varying(64) NOT NULL,
    says_where character varying(7) NOT NULL,
    kept_as character varying(64) NOT NULL,
    key text NOT NULL,
    status character varying(11) NOT NULL,
    scanned_at timestamp with time zone,
    scanned_by character varying(200) NOT NULL,
    found character varying(200) NOT NULL,
    tried_at timestamp with time zone,
    tries integer NOT NULL,
    failure character varying(20) NOT NULL,
    dealt_with_at timestamp with time zone,
    dealt_with text NOT NULL,
    taken_out_at timestamp with time zone,
    why_taken_out text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    dealt_with_by_id uuid,
    scope_id uuid NOT NULL,
    taken_out_by_id uuid,
    CONSTRAINT casework_casefile_size_check CHECK ((size >= 0)),
    CONSTRAINT casework_casefile_tries_check CHECK ((tries >= 0)),
    CONSTRAINT file_dealt_with_by_and_at CHECK ((((dealt_with = ''::text) AND (dealt_with_at IS NULL) AND (dealt_with_by_id IS NULL)) OR ((dealt_with_at IS NOT NULL) AND (dealt_with_by_id IS NOT NULL) AND ((status)::text = 'infected'::text) AND (NOT (dealt_with = ''::text))))),
    CONSTRAINT file_has_bringer CHECK ((by_id IS NOT NULL)),
    CONSTRAINT file_is_not_empty CHECK ((size > 0)),
    CONSTRAINT file_names_are_hex CHECK ((((digest)::text ~ '^[0-9a-f]{64}$'::text) AND ((kept_as)::text ~ '^[0-9a-f]{64}$'::text))),
    CONSTRAINT file_status_is_the_scanners CHECK (((((found)::text = ''::text) AND (scanned_at IS NULL) AND ((scanned_by)::text = ''::text) AND ((status)::text = 'quarantined'::text)) OR (((found)::text = ''::text) AND (scanned_at IS NOT NULL) AND ((status)::text = 'clean'::text) AND (NOT ((scanned_by)::text = ''::text))) OR ((scanned_at IS NOT NULL) AND ((status)::text = 'infected'::text) AND (NOT ((scanned_by)::text = ''::text)) AND (NOT ((found)::text = ''::text))))),
    CONSTRAINT file_taken_out_by_and_at CHECK ((((taken_out_at IS NULL) AND (taken_out_by_id IS NULL) AND (why_taken_out = ''::text)) OR ((taken_out_at IS NOT NULL) AND (taken_out_by_id IS NOT NULL) AND (NOT (why_taken_out = ''::text)))))
);
ALTER TABLE ONLY public.casework_casefile FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_closure (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome character varying(25) NOT NULL,
    explanation text NOT NULL,
    last_safe_contact_at timestamp with time zone,
    no_contact_reason character varying(500) NOT NULL,
    decided_at timestamp with time zone,
    agreed boolean,
    decision_note text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    decided_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT closure_decided_by_and_at CHECK ((((agreed IS NULL) AND (decided_at IS NULL) AND (decided_by_id IS NULL)) OR ((agreed IS NOT NULL) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT closure_needs_second_officer CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = by_id) AND (decided_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT closure_says_last_contact CHECK (((last_safe_contact_at IS NOT NULL) OR (NOT ((no_contact_reason)::text = ''::text))))
);
ALTER TABLE ONLY public.casework_closure FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_contact (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome character varying(15) NOT NULL,
    channel character varying(20) NOT NULL,
    unsafe_channel_reason character varying(500) NOT NULL,
    note text NOT NULL,
    safe_tonight character varying(10) NOT NULL,
    next_at timestamp with time zone NOT NULL,
    next_reason character varying(500) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT contact_next_is_later CHECK ((next_at > at))
);
ALTER TABLE ONLY public.casework_contact FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_crimerecord (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    number character varying(50) NOT NULL,
    other_force character varying(200) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_crimerecord FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_victim (
    id uuid NOT NULL,
    called character varying(200) NOT NULL,
    age_band character varying(10) NOT NULL,
    born_on date,
    language character varying(15000) NOT NULL,
    interpreter character varying(10) NOT NULL,
    officer_preference character varying(20) NOT NULL,
    communication_needs character varying(15000) NOT NULL,
    risk character varying(12) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    merged_into_id uuid,
    scope_id uuid NOT NULL,
    children_count integer,
    communication_help character varying(10) NOT NULL,
    first_name character varying(15000) NOT NULL,
    gender character varying(10) NOT NULL,
    has_children character varying(10) NOT NULL,
    has_home_office_reference character varying(10) NOT NULL,
    home_office_references character varying(15000) NOT NULL,
    last_name character varying(15000) NOT NULL,
    nationality character varying(100) NOT NULL,
    nickname character varying(15000) NOT NULL,
    second_nationality character varying(100) NOT NULL,
    unanswered jsonb NOT NULL,
    age_disputed boolean DEFAULT false NOT NULL,
    born_precision character varying(5) DEFAULT 'day'::character varying NOT NULL,
    missing_since timestamp with time zone,
    of_age_on date,
    CONSTRAINT victim_age_band_known CHECK (((age_band)::text = ANY (ARRAY[('adult'::character varying)::text, ('child'::character varying)::text, ('unsure'::character varying)::text]))),
    CONSTRAINT victims_victim_children_count_check CHECK ((children_count >= 0)),
    CONSTRAINT victims_victim_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.victims_victim FORCE ROW LEVEL SECURITY;
CREATE VIEW public.casework_decided WITH (security_invoker='true') AS
 SELECT e.id AS consent_id,
    c.id AS case_id,
    e.purpose,
    e.outcome,
    e.decided_at,
    (((e.outcome)::text = 'given'::text) OR ((e.best_interests)::text = 'go_ahead'::text)) AS allows
   FROM (((public.victims_consentevent e
     JOIN public.victims_victim said ON ((said.id = e.victim_id)))
     JOIN public.victims_victim met ON ((COALESCE(met.merged_into_id, met.id) = COALESCE(said.merged_into_id, said.id))))
     JOIN public.casework_case c ON ((c.victim_id = met.id)));
CREATE TABLE public.casework_dipsample (
    id uuid NOT NULL,
    of character varying(10) NOT NULL,
    size smallint NOT NULL,
    seed character varying(64) NOT NULL,
    population jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    force_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT casework_dipsample_size_check CHECK ((size >= 0)),
    CONSTRAINT dip_sample_of_a_size CHECK (((size >= 1) AND (size <= 50)))
);
ALTER TABLE ONLY public.casework_dipsample FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_disposalcertificate (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    "group" character varying(1) NOT NULL,
    at timestamp with time zone NOT NULL,
    person_kept boolean NOT NULL,
    counts jsonb NOT NULL,
    hashes jsonb NOT NULL,
    decided_by_id uuid NOT NULL,
    force_id uuid NOT NULL,
    proposed_by_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT certificate_by_two CHECK ((NOT (decided_by_id = proposed_by_id)))
);
ALTER TABLE ONLY public.casework_disposalcertificate FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_draft (
    id uuid NOT NULL,
    form character varying(60) NOT NULL,
    contents text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    case_id uuid,
    user_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_draft FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_dutytonotify (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    reference character varying(50) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_dutytonotify FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_emergencyaccess (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    reason character varying(12) NOT NULL,
    words character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    read_at timestamp with time zone,
    reviewed_at timestamp with time zone,
    finding character varying(10) NOT NULL,
    finding_words character varying(500) NOT NULL,
    scope_id uuid NOT NULL,
    case_id uuid NOT NULL,
    force_id uuid NOT NULL,
    by_id uuid NOT NULL,
    read_by_id uuid,
    reviewed_by_id uuid,
    CONSTRAINT emergency_for_an_hour CHECK (((ends_at > at) AND (ends_at <= (at + '01:00:00'::interval)))),
    CONSTRAINT emergency_read_by_another CHECK ((((read_at IS NULL) AND (read_by_id IS NULL)) OR ((read_at IS NOT NULL) AND (read_by_id IS NOT NULL) AND (NOT ((read_by_id = by_id) AND (read_by_id IS NOT NULL)))))),
    CONSTRAINT emergency_reviewed_by_another CHECK (((((finding)::text = ''::text) AND ((finding_words)::text = ''::text) AND (reviewed_at IS NULL) AND (reviewed_by_id IS NULL)) OR (((finding_words)::text ~ '\S'::text) AND (reviewed_at IS NOT NULL) AND (reviewed_by_id IS NOT NULL) AND (NOT ((finding)::text = ''::text)) AND (NOT ((reviewed_by_id = by_id) AND (reviewed_by_id IS NOT NULL)))))),
    CONSTRAINT emergency_says_what_happened CHECK (((words)::text ~ '\S.{18,}\S'::text))
);
ALTER TABLE ONLY public.casework_emergencyaccess FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_evidencefile (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    name character varying(500) NOT NULL,
    media_type character varying(100) NOT NULL,
    shows text NOT NULL,
    dated character varying(100) NOT NULL,
    kept_at character varying(2000) NOT NULL,
    remote_id character varying(200) NOT NULL,
    listed_as character varying(40) NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    taken_out_at timestamp with time zone,
    taken_out_by_id uuid,
    why_taken_out character varying(500) NOT NULL,
    CONSTRAINT casework_evidencefile_position_check CHECK (("position" >= 0)),
    CONSTRAINT casework_evidencefile_version_check CHECK ((version >= 0)),
    CONSTRAINT evidencefile_out_with_a_reason CHECK ((((taken_out_at IS NULL) AND (taken_out_by_id IS NULL) AND ((why_taken_out)::text = ''::text)) OR ((taken_out_at IS NOT NULL) AND ((why_taken_out)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.casework_evidencefile FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_exploitation (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    several character varying(10) NOT NULL,
    dates_of_all text NOT NULL,
    "where" character varying(10) NOT NULL,
    other_uk_places text NOT NULL,
    other_overseas_places text NOT NULL,
    exploiters text NOT NULL,
    exploiters_place_known character varying(10) NOT NULL,
    exploiters_in_uk character varying(10) NOT NULL,
    exploiters_place text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_exploitation_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_exploitation FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_guardianreferral (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome character varying(15) NOT NULL,
    reference character varying(50) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_guardianreferral FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_guidancecard (
    id uuid NOT NULL,
    step character varying(20) NOT NULL,
    title character varying(80) NOT NULL,
    words text NOT NULL,
    source character varying(200) NOT NULL,
    standing character varying(15) NOT NULL,
    version smallint NOT NULL,
    set_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by_id uuid,
    force_id uuid NOT NULL,
    set_by_id uuid NOT NULL,
    CONSTRAINT casework_guidancecard_version_check CHECK ((version >= 0)),
    CONSTRAINT guidance_ended_by_and_at CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.casework_guidancecard FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_guidanceshown (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    by_id uuid,
    card_id uuid NOT NULL,
    case_id uuid NOT NULL,
    event_id uuid,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_guidanceshown FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_immigrationshare (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recipient character varying(200) NOT NULL,
    what text NOT NULL,
    basis character varying(300) NOT NULL,
    necessity text NOT NULL,
    person_told character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    approved boolean,
    decision_note text NOT NULL,
    shared_at timestamp with time zone,
    by_id uuid,
    case_id uuid NOT NULL,
    decided_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT immigration_share_decided_by_and_at CHECK ((((approved IS NULL) AND (decided_at IS NULL) AND (decided_by_id IS NULL)) OR ((approved IS NOT NULL) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT immigration_share_has_basis CHECK (((NOT ((basis)::text = ''::text)) AND (NOT (necessity = ''::text)))),
    CONSTRAINT immigration_share_needs_second_person CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = by_id) AND (decided_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT immigration_share_only_approved CHECK (((shared_at IS NULL) OR (approved AND (approved IS NOT NULL) AND (decided_at IS NOT NULL) AND (shared_at >= decided_at))))
);
ALTER TABLE ONLY public.casework_immigrationshare FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_informed (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    subject character varying(15) NOT NULL,
    teller character varying(15) NOT NULL,
    channel character varying(20) NOT NULL,
    unsafe_channel_reason character varying(500) NOT NULL,
    why_not character varying(500) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    happening_id uuid,
    decision_id uuid,
    CONSTRAINT informed_how_or_why_not CHECK (((((channel)::text = ''::text) OR ((why_not)::text = ''::text)) AND (1 = (
CASE
    WHEN ((channel)::text = ''::text) THEN 1
    ELSE 0
END +
CASE
    WHEN ((why_not)::text = ''::text) THEN 1
    ELSE 0
END)))),
    CONSTRAINT informed_of_one_thing CHECK ((((decision_id IS NULL) AND (happening_id IS NOT NULL) AND ((subject)::text = 'happening'::text)) OR ((decision_id IS NOT NULL) AND (happening_id IS NULL) AND ((subject)::text = 'decision'::text)) OR ((decision_id IS NULL) AND (happening_id IS NULL) AND ((subject)::text = ANY (ARRAY[('report'::character varying)::text, ('compensation'::character varying)::text])))))
);
ALTER TABLE ONLY public.casework_informed FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_interview (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    as_child boolean NOT NULL,
    lacked character varying(10) NOT NULL,
    why text NOT NULL,
    reviewed_at timestamp with time zone,
    by_id uuid,
    case_id uuid NOT NULL,
    interviewer_id uuid NOT NULL,
    reviewed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT interview_reviewed_by_and_at CHECK ((((reviewed_at IS NULL) AND (reviewed_by_id IS NULL)) OR ((reviewed_at IS NOT NULL) AND (reviewed_by_id IS NOT NULL)))),
    CONSTRAINT interview_reviewed_by_another CHECK (((reviewed_by_id IS NULL) OR ((NOT ((reviewed_by_id = by_id) AND (reviewed_by_id IS NOT NULL) AND (by_id IS NOT NULL))) AND (NOT ((reviewed_by_id = interviewer_id) AND (reviewed_by_id IS NOT NULL)))))),
    CONSTRAINT interview_untrained_says_why CHECK ((((lacked)::text = ''::text) OR (why ~ '\S'::text)))
);
ALTER TABLE ONLY public.casework_interview FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_investigationevent (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(25) NOT NULL,
    suspect character varying(30) NOT NULL,
    hearing_at timestamp with time zone,
    note text NOT NULL,
    answers_id uuid,
    by_id uuid,
    case_id uuid NOT NULL,
    crime_id uuid,
    scope_id uuid NOT NULL,
    section_45_id uuid,
    CONSTRAINT happening_charge_needs_section_45 CHECK (((NOT ((kind)::text = 'person_charged'::text)) OR (section_45_id IS NOT NULL))),
    CONSTRAINT happening_court_date_says_when CHECK (((NOT ((kind)::text = 'court_date'::text)) OR (hearing_at IS NOT NULL)))
);
ALTER TABLE ONLY public.casework_investigationevent FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_legalhold (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    why text NOT NULL,
    until date,
    ended_at timestamp with time zone,
    by_id uuid,
    case_id uuid NOT NULL,
    ended_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT legal_hold_ended_by_and_at CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.casework_legalhold FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_lostcontact (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome character varying(10) NOT NULL,
    reason text NOT NULL,
    decided_by character varying(200) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    episode_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT lost_contact_report_or_reason CHECK ((((episode_id IS NOT NULL) AND ((outcome)::text = 'reported'::text)) OR ((episode_id IS NULL) AND ((outcome)::text = 'not_needed'::text) AND (NOT (reason = ''::text))))),
    CONSTRAINT lost_contact_says_who CHECK ((NOT ((decided_by)::text = ''::text)))
);
ALTER TABLE ONLY public.casework_lostcontact FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_misusehit (
    id uuid NOT NULL,
    pattern character varying(20) NOT NULL,
    about character varying(80) NOT NULL,
    record uuid,
    times integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    found_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    finding character varying(10) NOT NULL,
    finding_words character varying(500) NOT NULL,
    force_id uuid NOT NULL,
    person_id uuid NOT NULL,
    closed_by_id uuid,
    CONSTRAINT casework_misusehit_times_check CHECK ((times >= 0)),
    CONSTRAINT misuse_closed_by_another_with_finding CHECK ((((closed_at IS NULL) AND (closed_by_id IS NULL) AND ((finding)::text = ''::text)) OR ((closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL) AND ((finding_words)::text ~ '\S'::text) AND (NOT ((finding)::text = ''::text)) AND (NOT ((closed_by_id = person_id) AND (closed_by_id IS NOT NULL))))))
);
ALTER TABLE ONLY public.casework_misusehit FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_misusesearch (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    force_id uuid NOT NULL,
    asked_by_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_misusesearch FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_movedcase (
    id uuid NOT NULL,
    place integer NOT NULL,
    status character varying(10) NOT NULL,
    ended_at timestamp with time zone,
    problem character varying(500) NOT NULL,
    case_id uuid NOT NULL,
    job_id uuid NOT NULL,
    owner_after_id uuid,
    owner_before_id uuid,
    scope_id uuid NOT NULL,
    transfer_id uuid,
    CONSTRAINT casework_movedcase_place_check CHECK ((place >= 0)),
    CONSTRAINT moved_case_ended_has_time CHECK ((((ended_at IS NULL) AND ((status)::text = 'waiting'::text)) OR ((NOT ((status)::text = 'waiting'::text)) AND (ended_at IS NOT NULL)))),
    CONSTRAINT moved_case_has_owner CHECK ((((owner_after_id IS NOT NULL) AND ((status)::text = 'moved'::text)) OR ((NOT ((status)::text = 'moved'::text)) AND (owner_after_id IS NULL)))),
    CONSTRAINT moved_case_offered_has_offer CHECK (((((status)::text = 'offered'::text) AND (transfer_id IS NOT NULL)) OR ((NOT ((status)::text = 'offered'::text)) AND (transfer_id IS NULL)))),
    CONSTRAINT moved_case_refused_says_why CHECK (((((problem)::text ~ '\S'::text) AND ((status)::text = 'refused'::text)) OR ((NOT ((status)::text = 'refused'::text)) AND ((problem)::text = ''::text))))
);
ALTER TABLE ONLY public.casework_movedcase FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_needsassessment (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    support_declined boolean NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_needsassessment FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_notasked (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    point character varying(15) NOT NULL,
    why character varying(10) NOT NULL,
    words text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT not_asked_other_says_why CHECK (((NOT ((why)::text = 'other'::text)) OR (NOT (words = ''::text)))),
    CONSTRAINT not_asked_says_by_whom CHECK ((by_id IS NOT NULL))
);
ALTER TABLE ONLY public.casework_notasked FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_nrmevent (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(30) NOT NULL,
    received_at timestamp with time zone,
    until timestamp with time zone,
    reference character varying(50) NOT NULL,
    note text NOT NULL,
    answers_id uuid,
    by_id uuid,
    case_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT nrm_event_extended_until CHECK (((NOT ((kind)::text = 'recovery_extended'::text)) OR (until IS NOT NULL))),
    CONSTRAINT nrm_event_heard_after_it_was CHECK (((received_at IS NULL) OR (received_at >= at))),
    CONSTRAINT nrm_event_sent_answers CHECK (((NOT ((kind)::text = 'information_sent'::text)) OR (answers_id IS NOT NULL))),
    CONSTRAINT nrm_event_until_is_later CHECK (((until IS NULL) OR (until > at)))
);
ALTER TABLE ONLY public.casework_nrmevent FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_nrmreading (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    sent boolean NOT NULL,
    shortfalls jsonb NOT NULL,
    why text NOT NULL,
    digest character varying(64) NOT NULL,
    left_at timestamp with time zone,
    read_at timestamp with time zone,
    verdict character varying(10) NOT NULL,
    words text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    read_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT reading_left_unread CHECK (((left_at IS NULL) OR ((read_at IS NULL) AND (NOT sent)))),
    CONSTRAINT reading_read_by_and_at CHECK ((((read_at IS NULL) AND (read_by_id IS NULL) AND ((verdict)::text = ''::text) AND (words = ''::text)) OR ((read_at IS NOT NULL) AND (read_by_id IS NOT NULL) AND ((verdict)::text = 'fit'::text) AND (words = ''::text)) OR ((read_at IS NOT NULL) AND (read_by_id IS NOT NULL) AND ((verdict)::text = 'put_right'::text) AND (words ~ '\S'::text)))),
    CONSTRAINT reading_read_by_another CHECK (((read_by_id IS NULL) OR (NOT ((read_by_id = by_id) AND (read_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT reading_unread_says_why CHECK ((((NOT sent) AND (why = ''::text)) OR (sent AND (why ~ '\S'::text))))
);
ALTER TABLE ONLY public.casework_nrmreading FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_nrmreferral (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    status character varying(15) NOT NULL,
    home_office_reference character varying(50) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    consent_id uuid,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_nrmreferral FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_nrmsubmission (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(15) NOT NULL,
    number smallint NOT NULL,
    note text NOT NULL,
    answers text NOT NULL,
    digest character varying(64) NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    notification_id uuid,
    referral_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_nrmsubmission_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.casework_nrmsubmission FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_operation (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    force_id uuid NOT NULL,
    started_by_id uuid
);
ALTER TABLE ONLY public.casework_operation FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_opinion (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    interview text NOT NULL,
    saw_indicators character varying(10) NOT NULL,
    indicators text NOT NULL,
    view text NOT NULL,
    doubts character varying(10) NOT NULL,
    doubts_evidence text NOT NULL,
    others_involved character varying(10) NOT NULL,
    others_involved_details text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_opinion_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_opinion FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_pack (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    status character varying(10) NOT NULL,
    submitted_at timestamp with time zone,
    reviewed_at timestamp with time zone,
    review_note text NOT NULL,
    digest character varying(64) NOT NULL,
    asked_id uuid,
    by_id uuid,
    case_id uuid NOT NULL,
    reviewed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT pack_answers_a_request CHECK (((NOT ((kind)::text = 'subject_access'::text)) OR (asked_id IS NOT NULL))),
    CONSTRAINT pack_has_preparer CHECK ((by_id IS NOT NULL)),
    CONSTRAINT pack_needs_second_person CHECK (((reviewed_by_id IS NULL) OR (NOT ((reviewed_by_id = by_id) AND (reviewed_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT pack_ready_is_reviewed CHECK (((NOT ((status)::text = 'ready'::text)) OR ((reviewed_by_id IS NOT NULL) AND (NOT ((digest)::text = ''::text)))))
);
ALTER TABLE ONLY public.casework_pack FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_packitem (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    subject character varying(60) NOT NULL,
    subject_id uuid NOT NULL,
    recorded_at timestamp with time zone,
    content text NOT NULL,
    description text NOT NULL,
    withheld boolean NOT NULL,
    sensitive boolean NOT NULL,
    why text NOT NULL,
    pack_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_packitem_position_check CHECK (("position" >= 0)),
    CONSTRAINT pack_item_says_why CHECK ((((NOT sensitive) AND (NOT withheld)) OR (NOT (why = ''::text))))
);
ALTER TABLE ONLY public.casework_packitem FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_packlift (
    id uuid NOT NULL,
    key integer NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    by_id uuid NOT NULL,
    item_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_packlift_key_check CHECK ((key >= 0)),
    CONSTRAINT pack_lift_says_why CHECK ((NOT (reason = ''::text)))
);
ALTER TABLE ONLY public.casework_packlift FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_party (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    role character varying(15) NOT NULL,
    organisation boolean NOT NULL,
    name character varying(500) NOT NULL,
    also_known_as character varying(500) NOT NULL,
    description text NOT NULL,
    reach text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    situation_id uuid,
    taken_out_at timestamp with time zone,
    taken_out_by_id uuid,
    why_taken_out character varying(500) NOT NULL,
    CONSTRAINT casework_party_version_check CHECK ((version >= 0)),
    CONSTRAINT party_out_with_a_reason CHECK ((((taken_out_at IS NULL) AND (taken_out_by_id IS NULL) AND ((why_taken_out)::text = ''::text)) OR ((taken_out_at IS NOT NULL) AND ((why_taken_out)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.casework_party FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_place (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    "position" smallint NOT NULL,
    name character varying(100) NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    situation_id uuid,
    taken_out_at timestamp with time zone,
    taken_out_by_id uuid,
    why_taken_out character varying(500) NOT NULL,
    CONSTRAINT casework_place_position_check CHECK (("position" >= 0)),
    CONSTRAINT casework_place_version_check CHECK ((version >= 0)),
    CONSTRAINT place_out_with_a_reason CHECK ((((taken_out_at IS NULL) AND (taken_out_by_id IS NULL) AND ((why_taken_out)::text = ''::text)) OR ((taken_out_at IS NOT NULL) AND ((why_taken_out)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.casework_place FORCE ROW LEVEL SECURITY;
CREATE VIEW public.casework_pointreached WITH (security_invoker='true') AS
 SELECT (md5((p.of || p.point)))::uuid AS id,
    p.case_id,
    (p.point)::character varying(15) AS point,
    p.at,
    z.settled_at,
        CASE p.point
            WHEN 'closure'::text THEN ( SELECT min(e.at) AS min
               FROM public.casework_caseevent e
              WHERE ((e.case_id = p.case_id) AND ((e.kind)::text = 'reopened'::text) AND (e.at >= p.at)))
            ELSE c.closed_at
        END AS over_at
   FROM ((( SELECT (t.case_id)::text AS of,
            t.case_id,
            'first_contact'::text AS point,
            min(t.at) AS at
           FROM public.casework_contact t
          WHERE ((t.outcome)::text = 'spoke'::text)
          GROUP BY t.case_id
        UNION ALL
         SELECT (i.case_id)::text AS of,
            i.case_id,
            'interview'::text AS point,
            min(i.at) AS at
           FROM public.casework_interview i
          GROUP BY i.case_id
        UNION ALL
         SELECT (d.decision_id)::text AS of,
            d.case_id,
            'decision'::text AS point,
            min(d.at) AS at
           FROM (public.casework_informed d
             JOIN public.casework_nrmevent e ON ((e.id = d.decision_id)))
          WHERE (((d.subject)::text = 'decision'::text) AND ((d.why_not)::text = ''::text) AND ((e.kind)::text = ANY (ARRAY[('rg_positive'::character varying)::text, ('rg_negative'::character varying)::text, ('cg_positive'::character varying)::text, ('cg_negative'::character varying)::text])))
          GROUP BY d.decision_id, d.case_id
        UNION ALL
         SELECT (k.id)::text AS of,
            k.case_id,
            'closure'::text AS point,
            k.decided_at AS at
           FROM public.casework_closure k
          WHERE (k.agreed AND ((k.outcome)::text <> ALL (ARRAY[('transferred'::character varying)::text, ('died'::character varying)::text, ('no_contact'::character varying)::text])) AND (EXISTS ( SELECT 1
                   FROM public.casework_contact t
                  WHERE ((t.case_id = k.case_id) AND ((t.outcome)::text = 'spoke'::text)))))) p
     JOIN public.casework_case c ON ((c.id = p.case_id)))
     LEFT JOIN LATERAL ( SELECT LEAST(( SELECT min(a.at) AS min
                   FROM public.casework_asking a
                  WHERE ((a.case_id = p.case_id) AND ((a.point)::text = p.point) AND (a.at >= p.at))), ( SELECT min(n.at) AS min
                   FROM public.casework_notasked n
                  WHERE ((n.case_id = p.case_id) AND ((n.point)::text = p.point) AND (n.at >= p.at)))) AS settled_at
         OFFSET 0) z ON (true));
CREATE TABLE public.casework_police (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    has_crime character varying(10) NOT NULL,
    crime_force character varying(200) NOT NULL,
    crime_reference character varying(15000) NOT NULL,
    will_help character varying(10) NOT NULL,
    help_details text NOT NULL,
    agrees_to_be_named character varying(10) NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_police_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_police FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_report (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    label text NOT NULL,
    organisation character varying(200) NOT NULL,
    nation character varying(20) NOT NULL,
    email character varying(15000) NOT NULL,
    first_name character varying(15000) NOT NULL,
    last_name character varying(15000) NOT NULL,
    role character varying(15000) NOT NULL,
    phone text NOT NULL,
    stand_in_email character varying(15000) NOT NULL,
    evidence text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_report_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_report FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_retentionreview (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    "group" character varying(1) NOT NULL,
    decision character varying(10) NOT NULL,
    reason text NOT NULL,
    decided_at timestamp with time zone,
    agreed boolean,
    note text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    decided_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT disposal_decided_by_and_at CHECK ((((agreed IS NULL) AND (decided_at IS NULL) AND (decided_by_id IS NULL)) OR ((agreed IS NOT NULL) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((decision)::text = 'dispose'::text)))),
    CONSTRAINT disposal_needs_second_person CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = by_id) AND (decided_by_id IS NOT NULL) AND (by_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.casework_retentionreview FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_review (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    findings text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_review FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_safeguarding (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    authority character varying(200) NOT NULL,
    phone text NOT NULL,
    email character varying(15000) NOT NULL,
    contact_first_name character varying(15000) NOT NULL,
    contact_last_name character varying(15000) NOT NULL,
    child_then character varying(10) NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    judged_age character varying(10) NOT NULL,
    CONSTRAINT casework_safeguarding_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_safeguarding FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_safetycheck (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    apart character varying(10) NOT NULL,
    medical character varying(10) NOT NULL,
    tonight character varying(10) NOT NULL,
    is_safe boolean NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_safetycheck FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_sampledcase (
    id uuid NOT NULL,
    place smallint NOT NULL,
    answers jsonb NOT NULL,
    findings text NOT NULL,
    reviewed_at timestamp with time zone,
    case_id uuid NOT NULL,
    owner_id uuid,
    reviewed_by_id uuid,
    sample_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_sampledcase_place_check CHECK ((place >= 0)),
    CONSTRAINT sampled_reviewed_by_and_at CHECK ((((findings = ''::text) AND (reviewed_at IS NULL) AND (reviewed_by_id IS NULL)) OR ((findings ~ '\S'::text) AND (reviewed_at IS NOT NULL) AND (reviewed_by_id IS NOT NULL)))),
    CONSTRAINT sampled_reviewed_by_another CHECK (((reviewed_by_id IS NULL) OR (owner_id IS NULL) OR (NOT ((reviewed_by_id = owner_id) AND (reviewed_by_id IS NOT NULL) AND (owner_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.casework_sampledcase FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_search (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    keys bigint[] NOT NULL,
    parts integer[] NOT NULL,
    by_id uuid NOT NULL,
    force_id uuid NOT NULL,
    trigrams bigint[] NOT NULL,
    alike uuid[] NOT NULL,
    alike_by double precision[] NOT NULL
);
ALTER TABLE ONLY public.casework_search FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_section45 (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    offence character varying(200) NOT NULL,
    act_on date,
    age_then character varying(10) NOT NULL,
    schedule_4 boolean NOT NULL,
    findings text NOT NULL,
    prosecutor_told_at timestamp with time zone,
    outcome character varying(15) NOT NULL,
    reviewed_at timestamp with time zone,
    agreed boolean,
    review_note text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    reviewed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT section_45_needs_second_officer CHECK (((reviewed_by_id IS NULL) OR (NOT ((reviewed_by_id = by_id) AND (reviewed_by_id IS NOT NULL) AND (by_id IS NOT NULL))))),
    CONSTRAINT section_45_reviewed_by_and_at CHECK ((((agreed IS NULL) AND (reviewed_at IS NULL) AND (reviewed_by_id IS NULL)) OR ((agreed IS NOT NULL) AND (reviewed_at IS NOT NULL) AND (reviewed_by_id IS NOT NULL)))),
    CONSTRAINT section_45_schedule_4 CHECK (((((outcome)::text = 'not_available'::text) AND schedule_4) OR ((NOT schedule_4) AND (NOT ((outcome)::text = 'not_available'::text)))))
);
ALTER TABLE ONLY public.casework_section45 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_sharedfact (
    id uuid NOT NULL,
    kind character varying(15) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    by_id uuid NOT NULL,
    ended_by_id uuid,
    force_id uuid NOT NULL,
    operation_id uuid NOT NULL,
    CONSTRAINT shared_fact_ended_by_and_at CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.casework_sharedfact FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_sharingstopped (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    how character varying(10) NOT NULL,
    told character varying(200) NOT NULL,
    reason text NOT NULL,
    by_id uuid,
    case_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    CONSTRAINT sharing_stopped_of_these CHECK (((purpose)::text = ANY (ARRAY[('local_authority'::character varying)::text, ('health'::character varying)::text, ('police_contact'::character varying)::text]))),
    CONSTRAINT sharing_stopped_says_who CHECK (((NOT ((how)::text = 'told'::text)) OR (NOT ((told)::text = ''::text)))),
    CONSTRAINT sharing_stopped_says_why_not CHECK (((NOT ((how)::text = 'lawful'::text)) OR (NOT (reason = ''::text))))
);
ALTER TABLE ONLY public.casework_sharingstopped FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_since (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    last_contact character varying(10) NOT NULL,
    last_contact_on date,
    last_contact_details text NOT NULL,
    reported_before character varying(10) NOT NULL,
    earlier_report text NOT NULL,
    possible_earlier_report text NOT NULL,
    why_not_sooner text NOT NULL,
    town character varying(100) NOT NULL,
    region character varying(100) NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_since_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_since FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_situation (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    kinds jsonb NOT NULL,
    other_kind text NOT NULL,
    "when" text NOT NULL,
    began_on date,
    began_precision character varying(10) NOT NULL,
    ended_on date,
    ended_precision character varying(10) NOT NULL,
    beginning text NOT NULL,
    taken_somewhere character varying(10) NOT NULL,
    journeys text NOT NULL,
    required text NOT NULL,
    living text NOT NULL,
    treatment text NOT NULL,
    ongoing character varying(10) NOT NULL,
    what_keeps_them text NOT NULL,
    how_it_ended text NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    taken_out_at timestamp with time zone,
    taken_out_by_id uuid,
    why_taken_out character varying(500) NOT NULL,
    CONSTRAINT casework_situation_position_check CHECK (("position" >= 0)),
    CONSTRAINT casework_situation_version_check CHECK ((version >= 0)),
    CONSTRAINT situation_out_with_a_reason CHECK ((((taken_out_at IS NULL) AND (taken_out_by_id IS NULL) AND ((why_taken_out)::text = ''::text)) OR ((taken_out_at IS NOT NULL) AND ((why_taken_out)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.casework_situation FORCE ROW LEVEL SECURITY;
CREATE VIEW public.casework_soughtmatch AS
 SELECT search_id,
    case_id,
    by_id,
    at
   FROM public.casework_sought_matches() casework_sought_matches(search_id, case_id, by_id, at);
CREATE TABLE public.casework_transfer (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    closely boolean NOT NULL,
    priority character varying(10) NOT NULL,
    why character varying(15) NOT NULL,
    status character varying(10) NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    refusal character varying(15) NOT NULL,
    refusal_seen_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    answered_by_id uuid,
    case_id uuid NOT NULL,
    from_force_id uuid NOT NULL,
    from_unit_id uuid NOT NULL,
    offered_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    to_force_id uuid NOT NULL,
    to_unit_id uuid NOT NULL,
    CONSTRAINT transfer_answered_by_and_at CHECK ((((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND ((status)::text = ANY (ARRAY[('accepted'::character varying)::text, ('rejected'::character varying)::text]))) OR ((answered_at IS NULL) AND (answered_by_id IS NULL) AND ((status)::text = ANY (ARRAY[('offered'::character varying)::text, ('withdrawn'::character varying)::text]))))),
    CONSTRAINT transfer_answered_by_another CHECK (((answered_by_id IS NULL) OR (NOT ((answered_by_id = offered_by_id) AND (answered_by_id IS NOT NULL))))),
    CONSTRAINT transfer_refused_for_a_reason CHECK (((((status)::text = 'rejected'::text) OR ((refusal)::text = ''::text)) AND (1 = (
CASE
    WHEN ((status)::text = 'rejected'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN ((refusal)::text = ''::text) THEN 1
    ELSE 0
END)))),
    CONSTRAINT transfer_to_another_unit CHECK ((NOT (to_unit_id = from_unit_id))),
    CONSTRAINT transfer_withdrawn_has_time CHECK (((((status)::text = 'withdrawn'::text) OR (withdrawn_at IS NULL)) AND (1 = (
CASE
    WHEN ((status)::text = 'withdrawn'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN (withdrawn_at IS NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE ONLY public.casework_transfer FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_voiceanswer (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    skipped boolean NOT NULL,
    answers jsonb NOT NULL,
    unsafe boolean NOT NULL,
    complaint boolean NOT NULL,
    has_words boolean NOT NULL,
    asking_id uuid NOT NULL,
    force_id uuid NOT NULL,
    CONSTRAINT voice_skipped_says_nothing CHECK (((NOT skipped) OR ((answers = '{}'::jsonb) AND (NOT complaint) AND (NOT has_words) AND (NOT unsafe))))
);
ALTER TABLE ONLY public.casework_voiceanswer FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_voicedealing (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    done character varying(10) NOT NULL,
    words text NOT NULL,
    asking_id uuid NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT voice_dealing_has_words CHECK ((NOT (words = ''::text)))
);
ALTER TABLE ONLY public.casework_voicedealing FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_voicewords (
    id uuid NOT NULL,
    words text NOT NULL,
    asking_id uuid NOT NULL
);
ALTER TABLE ONLY public.casework_voicewords FORCE ROW LEVEL SECURITY;
CREATE TABLE public.casework_wishes (
    id uuid NOT NULL,
    unanswered jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    refusal_reason text NOT NULL,
    wants_support character varying(10) NOT NULL,
    phone_way character varying(10) NOT NULL,
    own_phone text NOT NULL,
    other_phone text NOT NULL,
    other_phone_whose character varying(250) NOT NULL,
    no_phone_reason text NOT NULL,
    recipient character varying(15) NOT NULL,
    by_email boolean NOT NULL,
    by_post boolean NOT NULL,
    email text NOT NULL,
    email_safe boolean NOT NULL,
    street text NOT NULL,
    town text NOT NULL,
    county text NOT NULL,
    postcode text NOT NULL,
    post_safe boolean NOT NULL,
    other_by_email boolean NOT NULL,
    other_by_post boolean NOT NULL,
    other_first_name character varying(15000) NOT NULL,
    other_last_name character varying(15000) NOT NULL,
    other_email text NOT NULL,
    other_street text NOT NULL,
    other_town text NOT NULL,
    other_county text NOT NULL,
    other_postcode text NOT NULL,
    other_permitted boolean NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    scope_id uuid NOT NULL,
    CONSTRAINT casework_wishes_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.casework_wishes FORCE ROW LEVEL SECURITY;
CREATE TABLE public.clocks_calendar (
    id bigint NOT NULL,
    slug character varying(50) NOT NULL,
    name character varying(100) NOT NULL,
    nation character varying(20) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    fingerprint character varying(64) NOT NULL,
    CONSTRAINT clocks_calendar_has_days CHECK ((ends_on > starts_on)),
    CONSTRAINT clocks_calendar_nation_known CHECK (((nation)::text = ANY (ARRAY[('england-wales'::character varying)::text, ('scotland'::character varying)::text, ('northern-ireland'::character varying)::text])))
);
ALTER TABLE public.clocks_calendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clocks_calendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clocks_calendarday (
    id bigint NOT NULL,
    falls_on date NOT NULL,
    working boolean NOT NULL,
    ordinal integer NOT NULL,
    name character varying(200) NOT NULL,
    calendar_id bigint NOT NULL
);
ALTER TABLE public.clocks_calendarday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clocks_calendarday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clocks_dayoverride (
    id bigint NOT NULL,
    falls_on date NOT NULL,
    working boolean NOT NULL,
    name character varying(100) NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT clocks_override_says_what CHECK ((NOT ((name)::text = ''::text)))
);
ALTER TABLE public.clocks_dayoverride ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clocks_dayoverride_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.clocks_deadline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clocks_deadline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clocks_version (
    id bigint NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT clocks_version_only_one CHECK ((id = 1))
);
ALTER TABLE public.clocks_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clocks_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.config_asked (
    who text NOT NULL,
    at double precision[] NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE public.config_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.followups_acknowledgement (
    id uuid NOT NULL,
    round smallint NOT NULL,
    rung smallint NOT NULL,
    what_next character varying(500) NOT NULL,
    until timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    doer_id uuid NOT NULL,
    followup_id uuid NOT NULL,
    CONSTRAINT acknowledged_an_escalation CHECK (((rung >= 2) AND (rung <= 3))),
    CONSTRAINT acknowledged_for_a_day_at_most CHECK (((until > at) AND (until <= (at + '1 day'::interval)))),
    CONSTRAINT acknowledged_with_what_next CHECK (((what_next)::text ~ '\S'::text)),
    CONSTRAINT followups_acknowledgement_round_check CHECK ((round >= 0)),
    CONSTRAINT followups_acknowledgement_rung_check CHECK ((rung >= 0))
);
ALTER TABLE ONLY public.followups_acknowledgement FORCE ROW LEVEL SECURITY;
CREATE TABLE public.followups_crack (
    id uuid NOT NULL,
    line character varying(40) NOT NULL,
    count integer NOT NULL,
    since timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    force_id uuid NOT NULL,
    CONSTRAINT followups_crack_count_check CHECK ((count >= 0))
);
ALTER TABLE ONLY public.followups_crack FORCE ROW LEVEL SECURITY;
CREATE TABLE public.followups_followup (
    id uuid NOT NULL,
    rule character varying(40) NOT NULL,
    subject_id uuid NOT NULL,
    occurrence uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    clock character varying(20) NOT NULL,
    words jsonb NOT NULL,
    due_at timestamp with time zone,
    was_due_at timestamp with time zone,
    state character varying(12) NOT NULL,
    ended_at timestamp with time zone,
    end_reason character varying(60) NOT NULL,
    round smallint NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    case_id uuid,
    deadline_id bigint,
    force_id uuid NOT NULL,
    holder_id uuid,
    owner_id uuid,
    scope_id uuid,
    unit_id uuid,
    agreed_at timestamp with time zone,
    clocks_version bigint NOT NULL,
    agency_id uuid,
    CONSTRAINT followup_ended_has_time CHECK ((((ended_at IS NULL) AND ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quarantined'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quarantined'::character varying)::text]))) AND (ended_at IS NOT NULL)))),
    CONSTRAINT followup_open_has_due_time CHECK (((NOT ((state)::text = 'open'::text)) OR (due_at IS NOT NULL))),
    CONSTRAINT followups_followup_round_check CHECK ((round >= 0))
);
ALTER TABLE ONLY public.followups_followup FORCE ROW LEVEL SECURITY;
CREATE TABLE public.followups_handover (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    words text NOT NULL,
    read_at timestamp with time zone,
    by_id uuid NOT NULL,
    force_id uuid NOT NULL,
    read_by_id uuid,
    unit_id uuid NOT NULL,
    CONSTRAINT handover_read_by_another CHECK ((((read_at IS NULL) AND (read_by_id IS NULL)) OR ((read_at IS NOT NULL) AND (read_by_id IS NOT NULL) AND (NOT ((read_by_id = by_id) AND (read_by_id IS NOT NULL))))))
);
ALTER TABLE ONLY public.followups_handover FORCE ROW LEVEL SECURITY;
CREATE TABLE public.followups_heartbeat (
    stage character varying(30) NOT NULL,
    at timestamp with time zone NOT NULL,
    took_ms integer NOT NULL,
    result jsonb NOT NULL,
    CONSTRAINT followups_heartbeat_took_ms_check CHECK ((took_ms >= 0))
);
CREATE TABLE public.followups_heldsweep (
    id uuid NOT NULL,
    rule character varying(40) NOT NULL,
    would_drop integer NOT NULL,
    held_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    released_by_id uuid,
    dropped_at timestamp with time zone,
    force_id uuid,
    CONSTRAINT followups_heldsweep_would_drop_check CHECK ((would_drop >= 0))
);
CREATE TABLE public.followups_keptview (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    address character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    by_id uuid NOT NULL,
    ended_by_id uuid,
    force_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT kept_view_ended_by_and_at CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL)))),
    CONSTRAINT kept_view_is_an_address_of_ours CHECK (((address)::text ~ '^/[a-z0-9/_-]+(\?[A-Za-z0-9_=&-]*)?$'::text))
);
ALTER TABLE ONLY public.followups_keptview FORCE ROW LEVEL SECURITY;
CREATE TABLE public.followups_notice (
    id uuid NOT NULL,
    channel character varying(10) NOT NULL,
    interrupts boolean NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    send_after timestamp with time zone NOT NULL,
    attempts smallint NOT NULL,
    lease_until timestamp with time zone,
    lease_token uuid,
    message_id character varying(200) NOT NULL,
    accepted_at timestamp with time zone,
    problem character varying(60) NOT NULL,
    person_id uuid NOT NULL,
    step_id uuid NOT NULL,
    delivered_at timestamp with time zone,
    failed_at timestamp with time zone,
    passed_on_at timestamp with time zone,
    refusals smallint DEFAULT 0 NOT NULL,
    CONSTRAINT followups_notice_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT followups_notice_refusals_check CHECK ((refusals >= 0)),
    CONSTRAINT notice_accepted_has_time CHECK (((NOT ((state)::text = 'accepted'::text)) OR (accepted_at IS NOT NULL))),
    CONSTRAINT notice_delivered_has_times CHECK (((NOT ((state)::text = 'delivered'::text)) OR ((accepted_at IS NOT NULL) AND (delivered_at IS NOT NULL)))),
    CONSTRAINT notice_failed_has_time CHECK (((NOT ((state)::text = ANY (ARRAY[('bounced'::character varying)::text, ('dead'::character varying)::text]))) OR (failed_at IS NOT NULL))),
    CONSTRAINT notice_lease_while_queued CHECK ((((lease_token IS NULL) AND (lease_until IS NULL)) OR ((lease_token IS NOT NULL) AND (lease_until IS NOT NULL) AND ((state)::text = 'queued'::text))))
);
CREATE TABLE public.followups_outboxmessage (
    id bigint NOT NULL,
    message_id character varying(200) NOT NULL,
    "to" character varying(300) NOT NULL,
    subject character varying(200) NOT NULL,
    body text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.followups_outboxmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.followups_outboxmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.followups_replan (
    id uuid NOT NULL,
    round smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    reason character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    followup_id uuid NOT NULL,
    CONSTRAINT followups_replan_round_check CHECK ((round >= 0)),
    CONSTRAINT replan_has_reason CHECK (((reason)::text ~ '\S'::text))
);
ALTER TABLE ONLY public.followups_replan FORCE ROW LEVEL SECURITY;
CREATE TABLE public.followups_step (
    id uuid NOT NULL,
    round smallint NOT NULL,
    rung smallint NOT NULL,
    "to" character varying(12) NOT NULL,
    reached_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    followup_id uuid NOT NULL,
    CONSTRAINT followups_step_round_check CHECK ((round >= 0)),
    CONSTRAINT followups_step_rung_check CHECK ((rung >= 0))
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_accesstoken (
    id bigint NOT NULL,
    token text NOT NULL,
    expires timestamp with time zone NOT NULL,
    scope text NOT NULL,
    application_id bigint,
    user_id uuid,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    source_refresh_token_id bigint,
    id_token_id bigint,
    token_checksum character varying(64) NOT NULL,
    resource jsonb NOT NULL
);
ALTER TABLE public.oauth2_provider_accesstoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_accesstoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_devicegrant (
    id bigint NOT NULL,
    device_code character varying(100) NOT NULL,
    user_code character varying(100) NOT NULL,
    scope text NOT NULL,
    "interval" integer NOT NULL,
    expires timestamp with time zone NOT NULL,
    status character varying(64) NOT NULL,
    client_id character varying(100) NOT NULL,
    last_checked timestamp with time zone NOT NULL,
    user_id uuid
);
ALTER TABLE public.oauth2_provider_devicegrant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_devicegrant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_grant (
    id bigint NOT NULL,
    code character varying(255) NOT NULL,
    expires timestamp with time zone NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    application_id bigint NOT NULL,
    user_id uuid NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    code_challenge character varying(128) NOT NULL,
    code_challenge_method character varying(10) NOT NULL,
    nonce character varying(255) NOT NULL,
    claims text NOT NULL,
    resource jsonb NOT NULL
);
ALTER TABLE public.oauth2_provider_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_idtoken (
    id bigint NOT NULL,
    jti uuid NOT NULL,
    expires timestamp with time zone NOT NULL,
    scope text NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    application_id bigint,
    user_id uuid
);
ALTER TABLE public.oauth2_provider_idtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_idtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_refreshtoken (
    id bigint NOT NULL,
    token text NOT NULL,
    access_token_id bigint,
    application_id bigint NOT NULL,
    user_id uuid NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    revoked timestamp with time zone,
    token_family uuid,
    token_checksum character varying(64) NOT NULL,
    resource jsonb NOT NULL
);
ALTER TABLE public.oauth2_provider_refreshtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_refreshtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_attempt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    took_ms integer NOT NULL,
    problem character varying(40) NOT NULL,
    agency_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    CONSTRAINT referrals_attempt_took_ms_check CHECK ((took_ms >= 0))
);
ALTER TABLE ONLY public.referrals_attempt FORCE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_capacityword (
    id uuid NOT NULL,
    places_free smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    by_id uuid,
    service_id uuid NOT NULL,
    sandboxed boolean DEFAULT false NOT NULL,
    CONSTRAINT referrals_capacityword_places_free_check CHECK ((places_free >= 0))
);
ALTER TABLE ONLY public.referrals_capacityword FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_delivery (
    id uuid NOT NULL,
    number bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    send_after timestamp with time zone NOT NULL,
    attempts smallint NOT NULL,
    lease_until timestamp with time zone,
    lease_token uuid,
    delivered_at timestamp with time zone,
    failed_at timestamp with time zone,
    agency_id uuid NOT NULL,
    event_id uuid,
    webhook_id uuid NOT NULL,
    CONSTRAINT delivery_dead_has_time CHECK (((NOT ((state)::text = 'dead'::text)) OR (failed_at IS NOT NULL))),
    CONSTRAINT delivery_lease_while_queued CHECK ((((lease_token IS NULL) AND (lease_until IS NULL)) OR ((lease_token IS NOT NULL) AND (lease_until IS NOT NULL) AND ((state)::text = 'queued'::text)))),
    CONSTRAINT delivery_received_has_time CHECK (((NOT ((state)::text = 'delivered'::text)) OR (delivered_at IS NOT NULL))),
    CONSTRAINT referrals_delivery_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT referrals_delivery_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.referrals_delivery FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_disclosure (
    id uuid NOT NULL,
    items character varying(40)[] NOT NULL,
    first text NOT NULL,
    "full" text NOT NULL,
    disclosed_at timestamp with time zone NOT NULL,
    emptied_at timestamp with time zone,
    emptied_reason character varying(40) NOT NULL,
    agency_id uuid NOT NULL,
    disclosed_by_id uuid,
    scope_id uuid,
    referral_id uuid NOT NULL,
    account text DEFAULT ''::text NOT NULL,
    sandboxed boolean GENERATED ALWAYS AS ((scope_id IS NULL)) STORED NOT NULL,
    CONSTRAINT disclosure_by_somebody CHECK (((scope_id IS NULL) = (disclosed_by_id IS NULL))),
    CONSTRAINT disclosure_emptied_is_empty CHECK (((emptied_at IS NULL) OR ((account = ''::text) AND (first = ''::text) AND ("full" = ''::text))))
);
ALTER TABLE ONLY public.referrals_disclosure FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_disclosureevent (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    items character varying(40)[] NOT NULL,
    needs character varying(20)[] NOT NULL,
    legal_basis character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    consent_id uuid,
    referral_id uuid NOT NULL,
    scope_id uuid NOT NULL
);
ALTER TABLE ONLY public.referrals_disclosureevent FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_event (
    id uuid NOT NULL,
    written bigint NOT NULL,
    type character varying(40) NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    number bigint,
    agency_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    columns character varying(63)[],
    CONSTRAINT event_numbers_from_one CHECK ((number >= 1)),
    CONSTRAINT referrals_event_number_check CHECK ((number >= 0)),
    CONSTRAINT referrals_event_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.referrals_event FORCE ROW LEVEL SECURITY;
CREATE SEQUENCE public.referrals_event_written
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.referrals_keptanswer (
    id uuid NOT NULL,
    digest character varying(64) NOT NULL,
    answer text NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    application_id bigint NOT NULL
);
ALTER TABLE ONLY public.referrals_keptanswer FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_mismatch (
    id uuid NOT NULL,
    kind character varying(15) NOT NULL,
    reference character varying(50) NOT NULL,
    stage character varying(20) NOT NULL,
    "on" date,
    found_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    resolved_at timestamp with time zone,
    note text NOT NULL,
    agency_id uuid,
    case_id uuid,
    force_id uuid NOT NULL,
    nrm_id uuid,
    referral_id uuid,
    resolved_by_id uuid,
    scope_id uuid,
    found_in_id uuid NOT NULL,
    CONSTRAINT mismatch_of_case_or_of_none CHECK ((((case_id IS NULL) AND (scope_id IS NULL)) OR ((case_id IS NOT NULL) AND (scope_id IS NOT NULL)))),
    CONSTRAINT mismatch_resolved_with_note CHECK ((((note = ''::text) AND (resolved_at IS NULL) AND (resolved_by_id IS NULL)) OR ((resolved_at IS NOT NULL) AND (resolved_by_id IS NOT NULL) AND (NOT (note = ''::text)))))
);
ALTER TABLE ONLY public.referrals_mismatch FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_outsidelist (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    digest character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    rows jsonb NOT NULL,
    applied_at timestamp with time zone,
    agency_id uuid,
    force_id uuid NOT NULL,
    uploaded_by_id uuid NOT NULL,
    CONSTRAINT outside_list_names_agency CHECK ((((agency_id IS NOT NULL) AND ((kind)::text = 'agency'::text)) OR ((agency_id IS NULL) AND ((kind)::text = 'nrm'::text))))
);
ALTER TABLE ONLY public.referrals_outsidelist FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_question (
    id uuid NOT NULL,
    text text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    agency_id uuid NOT NULL,
    answered_by_id uuid,
    scope_id uuid,
    referral_id uuid NOT NULL,
    sandboxed boolean GENERATED ALWAYS AS ((scope_id IS NULL)) STORED NOT NULL
);
ALTER TABLE ONLY public.referrals_question FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_sandbox (
    id uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    emptied_at timestamp with time zone,
    agency_id uuid NOT NULL,
    opened_by_id uuid,
    emptied_by_id uuid,
    sandboxed boolean GENERATED ALWAYS AS (true) STORED NOT NULL
);
ALTER TABLE ONLY public.referrals_sandbox FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_service (
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    needs character varying(20)[] NOT NULL,
    languages character varying(100)[] NOT NULL,
    gender character varying(10) NOT NULL,
    takes_children boolean NOT NULL,
    hours character varying(100) NOT NULL,
    urgent_cover boolean NOT NULL,
    usual_answer_hours smallint,
    is_active boolean NOT NULL,
    agency_id uuid NOT NULL,
    access character varying(20)[] NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    is_public boolean NOT NULL,
    listed_at timestamp with time zone NOT NULL,
    places character varying(100)[] NOT NULL,
    version integer NOT NULL,
    sandboxed boolean DEFAULT false NOT NULL,
    CONSTRAINT referrals_service_usual_answer_hours_check CHECK ((usual_answer_hours >= 0)),
    CONSTRAINT referrals_service_version_check CHECK ((version >= 0)),
    CONSTRAINT service_meets_a_need CHECK ((NOT (needs = '{}'::character varying(20)[]))),
    CONSTRAINT service_safe_house_tells_no_place CHECK (((NOT is_public) OR (NOT (needs @> ARRAY['safe_house'::character varying(20)])) OR (places = '{}'::character varying(100)[])))
);
ALTER TABLE ONLY public.referrals_service FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_service_forces (
    id bigint NOT NULL,
    service_id uuid NOT NULL,
    force_id uuid NOT NULL
);
ALTER TABLE ONLY public.referrals_service_forces FORCE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_service_forces ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_service_forces_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_supportreferral (
    id uuid NOT NULL,
    needs character varying(20)[] NOT NULL,
    urgent boolean NOT NULL,
    status character varying(12) NOT NULL,
    legal_basis character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    opened_at timestamp with time zone,
    accepted_at timestamp with time zone,
    worker_name character varying(200) NOT NULL,
    first_contact_at timestamp with time zone,
    declined_at timestamp with time zone,
    decline_reason character varying(20) NOT NULL,
    decline_handled_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason character varying(20) NOT NULL,
    withdrawn_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid,
    consent_id uuid,
    created_by_id uuid,
    scope_id uuid,
    service_id uuid,
    force_id uuid,
    items character varying(40)[] NOT NULL,
    instead_of_id uuid,
    no_contact_reason character varying(15) NOT NULL,
    outcomes jsonb NOT NULL,
    review_on date,
    told_to character varying(10) NOT NULL,
    sandboxed boolean GENERATED ALWAYS AS ((scope_id IS NULL)) STORED NOT NULL,
    no_other_support character varying(12) DEFAULT ''::character varying NOT NULL,
    no_other_support_why text DEFAULT ''::text NOT NULL,
    gender character varying(10) DEFAULT 'any'::character varying NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    access character varying(20)[] DEFAULT '{}'::character varying(20)[] NOT NULL,
    person uuid,
    CONSTRAINT referral_accepted_names_worker CHECK (((NOT ((status)::text = ANY (ARRAY[('accepted'::character varying)::text, ('in_progress'::character varying)::text, ('completed'::character varying)::text]))) OR ((accepted_at IS NOT NULL) AND (NOT ((worker_name)::text = ''::text))))),
    CONSTRAINT referral_completed_says_of_each_need CHECK ((((status)::text <> 'completed'::text) OR (outcomes ?& (needs)::text[]))),
    CONSTRAINT referral_declined_has_reason CHECK (((NOT ((status)::text = 'declined'::text)) OR ((declined_at IS NOT NULL) AND (NOT ((decline_reason)::text = ''::text))))),
    CONSTRAINT referral_left_open_says_why CHECK ((((decline_handled_at IS NULL) AND ((no_other_support)::text = ''::text)) OR ((decline_handled_at IS NOT NULL) AND (NOT ((no_other_support)::text = ''::text))))),
    CONSTRAINT referral_of_a_case_has_its_person CHECK (((case_id IS NULL) = (person IS NULL))),
    CONSTRAINT referral_of_a_case_or_of_the_sandbox CHECK ((((scope_id IS NOT NULL) AND (case_id IS NOT NULL) AND (created_by_id IS NOT NULL)) OR ((scope_id IS NULL) AND (case_id IS NULL) AND (created_by_id IS NULL) AND (force_id IS NULL) AND (consent_id IS NULL) AND (instead_of_id IS NULL) AND (service_id IS NULL) AND (sent_at IS NOT NULL)))),
    CONSTRAINT referral_other_reason_in_words CHECK (((NOT ((no_other_support)::text = 'other'::text)) OR (NOT (no_other_support_why = ''::text)))),
    CONSTRAINT referral_outcomes_are_known CHECK ((NOT jsonb_path_exists(outcomes, '$.*?((@ != "met" && @ != "unmet") && @ != "unwanted")'::jsonpath))),
    CONSTRAINT referral_reached_has_time CHECK (((NOT ((status)::text = ANY (ARRAY[('in_progress'::character varying)::text, ('completed'::character varying)::text]))) OR (first_contact_at IS NOT NULL))),
    CONSTRAINT referral_sent_has_time CHECK ((((status)::text = 'draft'::text) OR ((status)::text = 'withdrawn'::text) OR (sent_at IS NOT NULL))),
    CONSTRAINT referral_sent_on_consent_or_basis CHECK (((sent_at IS NULL) OR (consent_id IS NOT NULL) OR (NOT ((legal_basis)::text = ''::text)))),
    CONSTRAINT referral_sent_says_who_may_be_told CHECK (((sent_at IS NULL) OR (NOT ((told_to)::text = ''::text)))),
    CONSTRAINT referral_sent_with_contact_or_reason CHECK (((sent_at IS NULL) OR (items @> ARRAY['safe_contact'::character varying(40)]) OR (NOT ((no_contact_reason)::text = ''::text)))),
    CONSTRAINT referral_shares_what_its_needs_allow CHECK (((items)::text[] <@ public.referrals_may_see(needs))),
    CONSTRAINT referrals_supportreferral_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.referrals_supportreferral FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_supportreview (
    id uuid NOT NULL,
    due_on date,
    agreed_at timestamp with time zone NOT NULL,
    held_at timestamp with time zone,
    finding character varying(15) NOT NULL,
    agency_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    scope_id uuid,
    sandboxed boolean GENERATED ALWAYS AS ((scope_id IS NULL)) STORED NOT NULL,
    CONSTRAINT support_review_held_says_how CHECK (((((finding)::text = ''::text) AND (held_at IS NULL)) OR ((held_at IS NOT NULL) AND (NOT ((finding)::text = ''::text)))))
);
ALTER TABLE ONLY public.referrals_supportreview FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_takenback (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    consent_id uuid,
    referral_id uuid NOT NULL,
    scope_id uuid,
    told_by_id uuid,
    sandboxed boolean GENERATED ALWAYS AS ((scope_id IS NULL)) STORED NOT NULL,
    CONSTRAINT taken_back_by_a_decision CHECK (((scope_id IS NULL) = (consent_id IS NULL))),
    CONSTRAINT taken_back_told_by_somebody CHECK ((((told_at IS NULL) AND (told_by_id IS NULL)) OR ((told_at IS NOT NULL) AND (told_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.referrals_takenback FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_webhook (
    id uuid NOT NULL,
    url character varying(300) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    is_on boolean NOT NULL,
    ended_at timestamp with time zone,
    upto bigint NOT NULL,
    agency_id uuid NOT NULL,
    confirmed_by_id uuid,
    ended_by_id uuid,
    proposed_by_id uuid NOT NULL,
    sandboxed boolean DEFAULT false NOT NULL,
    silence uuid,
    silent_since timestamp with time zone,
    alarm_at timestamp with time zone,
    heard_at timestamp with time zone,
    CONSTRAINT referrals_webhook_upto_check CHECK ((upto >= 0)),
    CONSTRAINT webhook_confirmed_by_another CHECK ((sandboxed OR (confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL))))),
    CONSTRAINT webhook_confirmed_by_somebody CHECK ((((confirmed_at IS NULL) AND (confirmed_by_id IS NULL)) OR ((confirmed_at IS NOT NULL) AND (confirmed_by_id IS NOT NULL)))),
    CONSTRAINT webhook_is_https CHECK (((url)::text ~ '^https://[a-z0-9.-]+(/|$)'::text)),
    CONSTRAINT webhook_on_only_when_confirmed CHECK (((NOT is_on) OR ((confirmed_at IS NOT NULL) AND (ended_at IS NULL)))),
    CONSTRAINT webhook_silence_has_times CHECK ((((alarm_at IS NULL) AND (heard_at IS NULL) AND (silence IS NULL) AND (silent_since IS NULL)) OR ((alarm_at >= silent_since) AND (silence IS NOT NULL) AND (silent_since IS NOT NULL))))
);
ALTER TABLE ONLY public.referrals_webhook FORCE ROW LEVEL SECURITY;
CREATE TABLE public.referrals_webhooksecret (
    id uuid NOT NULL,
    secret text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    agency_id uuid NOT NULL,
    made_by_id uuid NOT NULL,
    webhook_id uuid NOT NULL
);
ALTER TABLE ONLY public.referrals_webhooksecret FORCE ROW LEVEL SECURITY;
CREATE TABLE public.training_booking (
    id uuid NOT NULL,
    booked_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    lost boolean NOT NULL,
    known_at timestamp with time zone,
    attended boolean,
    marked_at timestamp with time zone,
    booked_by_id uuid NOT NULL,
    ended_by_id uuid,
    marked_by_id uuid,
    user_id uuid NOT NULL,
    date_id uuid NOT NULL,
    CONSTRAINT booking_ended_by_and_at CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND (NOT lost)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL)))),
    CONSTRAINT booking_marked_by_and_at CHECK ((((attended IS NULL) AND (marked_at IS NULL) AND (marked_by_id IS NULL)) OR ((attended IS NOT NULL) AND (ended_at IS NULL) AND (marked_at IS NOT NULL) AND (marked_by_id IS NOT NULL))))
);
ALTER TABLE ONLY public.training_booking FORCE ROW LEVEL SECURITY;
CREATE TABLE public.training_equivalent (
    id bigint NOT NULL,
    source character varying(200) NOT NULL,
    counts_for_id character varying(50) NOT NULL,
    course_id character varying(50) NOT NULL,
    force_id uuid NOT NULL,
    CONSTRAINT equivalent_of_another CHECK ((NOT ((course_id)::text = (counts_for_id)::text)))
);
ALTER TABLE ONLY public.training_equivalent FORCE ROW LEVEL SECURITY;
CREATE TABLE public.training_trainingrecord (
    id uuid NOT NULL,
    provider character varying(200) NOT NULL,
    completed_on date NOT NULL,
    expires_on date,
    recorded_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    course_id character varying(50) NOT NULL,
    recorded_by_id uuid NOT NULL,
    user_id uuid NOT NULL,
    verified_by_id uuid,
    hours numeric(4,1),
    CONSTRAINT training_expires_after_completed CHECK (((expires_on IS NULL) OR (expires_on >= completed_on))),
    CONSTRAINT training_took_a_while CHECK (((hours IS NULL) OR ((hours >= 0.5) AND (hours <= (400)::numeric)))),
    CONSTRAINT training_verified_by_and_at CHECK ((((verified_at IS NULL) AND (verified_by_id IS NULL)) OR ((verified_at IS NOT NULL) AND (verified_by_id IS NOT NULL)))),
    CONSTRAINT training_verified_by_another CHECK (((verified_by_id IS NULL) OR (NOT ((verified_by_id = user_id) AND (verified_by_id IS NOT NULL))))),
    CONSTRAINT training_verified_by_second_person CHECK (((verified_by_id IS NULL) OR (NOT ((verified_by_id = recorded_by_id) AND (verified_by_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.training_trainingrecord FORCE ROW LEVEL SECURITY;
CREATE VIEW public.training_counting WITH (security_invoker='true') AS
 SELECT t.id,
    t.id AS record_id,
    t.user_id,
    t.course_id,
    t.course_id AS own_course_id,
    t.completed_on,
    t.expires_on,
    t.verified_at
   FROM public.training_trainingrecord t
UNION ALL
 SELECT (md5(((t.id)::text || (e.counts_for_id)::text)))::uuid AS id,
    t.id AS record_id,
    t.user_id,
    e.counts_for_id AS course_id,
    t.course_id AS own_course_id,
    t.completed_on,
    t.expires_on,
    t.verified_at
   FROM ((public.training_equivalent e
     JOIN public.training_trainingrecord t ON (((t.course_id)::text = (e.course_id)::text)))
     JOIN public.accounts_user u ON (((u.id = t.user_id) AND (u.force_id = e.force_id))));
CREATE TABLE public.training_course (
    slug character varying(50) NOT NULL,
    name character varying(200) NOT NULL,
    provider character varying(200) NOT NULL,
    lasts_months smallint,
    source character varying(200) NOT NULL,
    force_id uuid,
    hours numeric(4,1),
    CONSTRAINT course_lasts_a_while CHECK (((lasts_months IS NULL) OR ((lasts_months >= 1) AND (lasts_months <= 600)))),
    CONSTRAINT course_takes_a_while CHECK (((hours IS NULL) OR ((hours >= 0.5) AND (hours <= (400)::numeric)))),
    CONSTRAINT training_course_lasts_months_check CHECK ((lasts_months >= 0))
);
ALTER TABLE ONLY public.training_course FORCE ROW LEVEL SECURITY;
CREATE TABLE public.training_coursedate (
    id uuid NOT NULL,
    provider character varying(200) NOT NULL,
    begins_on date NOT NULL,
    ends_on date NOT NULL,
    "where" character varying(200) NOT NULL,
    places smallint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    called_off_at timestamp with time zone,
    added_by_id uuid NOT NULL,
    called_off_by_id uuid,
    course_id character varying(50) NOT NULL,
    force_id uuid NOT NULL,
    CONSTRAINT course_date_called_off_by_and_at CHECK ((((called_off_at IS NULL) AND (called_off_by_id IS NULL)) OR ((called_off_at IS NOT NULL) AND (called_off_by_id IS NOT NULL)))),
    CONSTRAINT course_date_ends_after_it_begins CHECK ((ends_on >= begins_on)),
    CONSTRAINT course_date_has_places CHECK (((places >= 1) AND (places <= 500))),
    CONSTRAINT training_coursedate_places_check CHECK ((places >= 0))
);
ALTER TABLE ONLY public.training_coursedate FORCE ROW LEVEL SECURITY;
ALTER TABLE public.training_equivalent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.training_equivalent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.training_learning (
    id uuid NOT NULL,
    done_on date NOT NULL,
    kind character varying(20) NOT NULL,
    about character varying(200) NOT NULL,
    hours numeric(4,1) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    taken_back_at timestamp with time zone,
    seen_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT learning_fits_a_day CHECK (((hours >= 0.5) AND (hours <= (24)::numeric))),
    CONSTRAINT learning_seen_by_and_at CHECK ((((seen_at IS NULL) AND (seen_by_id IS NULL)) OR ((seen_at IS NOT NULL) AND (seen_by_id IS NOT NULL) AND (taken_back_at IS NULL)))),
    CONSTRAINT learning_seen_by_another CHECK (((seen_by_id IS NULL) OR (NOT ((seen_by_id = user_id) AND (seen_by_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.training_learning FORCE ROW LEVEL SECURITY;
CREATE TABLE public.training_proof (
    media_type character varying(100) NOT NULL,
    suffix character varying(5) NOT NULL,
    size bigint NOT NULL,
    digest character varying(64) NOT NULL,
    kept_as character varying(64) NOT NULL,
    key text NOT NULL,
    status character varying(11) NOT NULL,
    scanned_at timestamp with time zone,
    scanned_by character varying(200) NOT NULL,
    found character varying(200) NOT NULL,
    tried_at timestamp with time zone,
    tries integer NOT NULL,
    failure character varying(20) NOT NULL,
    taken_out_at timestamp with time zone,
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id uuid NOT NULL,
    record_id uuid NOT NULL,
    taken_out_by_id uuid,
    CONSTRAINT proof_is_not_empty CHECK ((size > 0)),
    CONSTRAINT proof_names_are_hex CHECK ((((digest)::text ~ '^[0-9a-f]{64}$'::text) AND ((kept_as)::text ~ '^[0-9a-f]{64}$'::text))),
    CONSTRAINT proof_status_is_the_scanners CHECK (((((found)::text = ''::text) AND (scanned_at IS NULL) AND ((scanned_by)::text = ''::text) AND ((status)::text = 'quarantined'::text)) OR (((found)::text = ''::text) AND (scanned_at IS NOT NULL) AND ((status)::text = 'clean'::text) AND (NOT ((scanned_by)::text = ''::text))) OR ((scanned_at IS NOT NULL) AND ((status)::text = 'infected'::text) AND (NOT ((scanned_by)::text = ''::text)) AND (NOT ((found)::text = ''::text))))),
    CONSTRAINT proof_taken_out_by_and_at CHECK ((((taken_out_at IS NULL) AND (taken_out_by_id IS NULL)) OR ((taken_out_at IS NOT NULL) AND (taken_out_by_id IS NOT NULL)))),
    CONSTRAINT training_proof_size_check CHECK ((size >= 0)),
    CONSTRAINT training_proof_tries_check CHECK ((tries >= 0))
);
ALTER TABLE ONLY public.training_proof FORCE ROW LEVEL SECURITY;
CREATE TABLE public.training_requirement (
    id bigint NOT NULL,
    role character varying(30) NOT NULL,
    purpose character varying(20) NOT NULL,
    blocks boolean NOT NULL,
    source character varying(200) NOT NULL,
    status character varying(20) NOT NULL,
    course_id character varying(50) NOT NULL,
    force_id uuid,
    step smallint DEFAULT 50 NOT NULL,
    CONSTRAINT requirement_advised_blocks_nothing CHECK ((NOT (blocks AND ((purpose)::text = 'next'::text)))),
    CONSTRAINT training_requirement_step_check CHECK ((step >= 0))
);
ALTER TABLE ONLY public.training_requirement FORCE ROW LEVEL SECURITY;
ALTER TABLE public.training_requirement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.training_requirement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.training_trainingimport (
    id uuid NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    rows jsonb NOT NULL,
    applied_at timestamp with time zone,
    force_id uuid NOT NULL,
    uploaded_by_id uuid NOT NULL
);
ALTER TABLE ONLY public.training_trainingimport FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_agedispute (
    id uuid NOT NULL,
    disputed_by character varying(16) NOT NULL,
    why character varying(1000) NOT NULL,
    band_before character varying(10) NOT NULL,
    disputed_at timestamp with time zone NOT NULL,
    result character varying(10) NOT NULL,
    determined_by character varying(16) NOT NULL,
    determined_on date,
    where_recorded character varying(200) NOT NULL,
    settled_at timestamp with time zone,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    settled_by_id uuid,
    victim_id uuid NOT NULL,
    CONSTRAINT age_dispute_settled_whole CHECK (((((determined_by)::text = ''::text) AND ((result)::text = ''::text) AND (settled_at IS NULL)) OR ((determined_on IS NOT NULL) AND (settled_at IS NOT NULL) AND (NOT ((result)::text = ''::text)) AND (NOT ((determined_by)::text = ''::text)))))
);
ALTER TABLE ONLY public.victims_agedispute FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_dependant (
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    called character varying(200) NOT NULL,
    relation character varying(10) NOT NULL,
    age character varying(50) NOT NULL,
    in_care_of character varying(200) NOT NULL,
    "where" text NOT NULL,
    safe character varying(10) NOT NULL,
    ended_by_id uuid,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    why_ended character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT dependant_ended_with_a_reason CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND ((why_ended)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((why_ended)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.victims_dependant FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_letter (
    letter text NOT NULL,
    latin text NOT NULL
);
CREATE TABLE public.victims_missingepisode (
    id uuid NOT NULL,
    missing_since timestamp with time zone NOT NULL,
    last_seen text NOT NULL,
    circumstances text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    alerted character varying(20)[] NOT NULL,
    report_number character varying(50) NOT NULL,
    alerted_at timestamp with time zone,
    found_at timestamp with time zone,
    found_safe character varying(10) NOT NULL,
    found_words text NOT NULL,
    interviewed_at timestamp with time zone,
    interviewed_by character varying(200) NOT NULL,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    CONSTRAINT missing_found_later CHECK (((found_at IS NULL) OR (found_at >= missing_since))),
    CONSTRAINT missing_interview_after_found CHECK (((interviewed_at IS NULL) OR (interviewed_at >= found_at)))
);
ALTER TABLE ONLY public.victims_missingepisode FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_nameform (
    id bigint NOT NULL,
    form text NOT NULL,
    root text NOT NULL
);
ALTER TABLE public.victims_nameform ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.victims_nameform_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.victims_nationality (
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    country character varying(100) NOT NULL,
    stateless boolean NOT NULL,
    disputed boolean NOT NULL,
    disputed_by character varying(500) NOT NULL,
    ended_by_id uuid,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    why_ended character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT nationality_country_or_none CHECK (((((country)::text = ''::text) AND stateless) OR ((NOT stateless) AND (NOT ((country)::text = ''::text))))),
    CONSTRAINT nationality_ended_with_a_reason CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND ((why_ended)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((why_ended)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.victims_nationality FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_need (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    urgent boolean NOT NULL,
    found_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    found_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL
);
ALTER TABLE ONLY public.victims_need FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_personlink (
    id uuid NOT NULL,
    status character varying(10) NOT NULL,
    reason character varying(500) NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    merge_reason character varying(500) NOT NULL,
    merged_at timestamp with time zone,
    end_reason character varying(500) NOT NULL,
    ended_at timestamp with time zone,
    ended_by_id uuid,
    linked_by_id uuid NOT NULL,
    merged_by_id uuid,
    other_id uuid NOT NULL,
    other_scope_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    CONSTRAINT person_link_ended_by_and_why CHECK (((NOT ((status)::text = 'ended'::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND (NOT ((end_reason)::text = ''::text))))),
    CONSTRAINT person_link_merged_by_and_why CHECK (((NOT ((status)::text = 'merged'::text)) OR ((merged_at IS NOT NULL) AND (merged_by_id IS NOT NULL) AND (NOT ((merge_reason)::text = ''::text))))),
    CONSTRAINT person_link_of_two CHECK ((victim_id < other_id))
);
ALTER TABLE ONLY public.victims_personlink FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_personname (
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    text character varying(200) NOT NULL,
    latin character varying(200) NOT NULL,
    kind character varying(10) NOT NULL,
    ended_by_id uuid,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    why_ended character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT personname_ended_with_a_reason CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND ((why_ended)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((why_ended)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.victims_personname FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_reference (
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    kind character varying(16) NOT NULL,
    number character varying(100) NOT NULL,
    about character varying(200) NOT NULL,
    ended_by_id uuid,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    why_ended character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT reference_ended_with_a_reason CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND ((why_ended)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((why_ended)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.victims_reference FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_riskjudgement (
    id uuid NOT NULL,
    level character varying(12) NOT NULL,
    reason text NOT NULL,
    review_on date NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    judged_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL
);
ALTER TABLE ONLY public.victims_riskjudgement FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_safecontact (
    id uuid NOT NULL,
    channel character varying(20) NOT NULL,
    safe character varying(10) NOT NULL,
    details text NOT NULL,
    who_may_use text NOT NULL,
    "when" text NOT NULL,
    code_word text NOT NULL,
    who_else_sees text NOT NULL,
    notes text NOT NULL,
    voicemail character varying(10) NOT NULL,
    review_on date NOT NULL,
    set_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    scope_id uuid NOT NULL,
    set_by_id uuid NOT NULL,
    victim_id uuid NOT NULL
);
ALTER TABLE ONLY public.victims_safecontact FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_searchkey (
    id bigint NOT NULL,
    is_standard boolean NOT NULL,
    source uuid NOT NULL,
    kind character varying(10) NOT NULL,
    key bigint NOT NULL,
    latin text NOT NULL,
    force_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    victim_id uuid NOT NULL
);
ALTER TABLE ONLY public.victims_searchkey FORCE ROW LEVEL SECURITY;
ALTER TABLE public.victims_searchkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.victims_searchkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.victims_spokenlanguage (
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    language character varying(100) NOT NULL,
    dialect character varying(100) NOT NULL,
    interpreter character varying(10) NOT NULL,
    reads character varying(10) NOT NULL,
    ended_by_id uuid,
    recorded_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    why_ended character varying(500) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT spokenlanguage_ended_with_a_reason CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND ((why_ended)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((why_ended)::text ~ '\S'::text))))
);
ALTER TABLE ONLY public.victims_spokenlanguage FORCE ROW LEVEL SECURITY;
CREATE TABLE public.victims_toldtopic (
    id uuid NOT NULL,
    topic character varying(20) NOT NULL,
    state character varying(20) NOT NULL,
    summary text NOT NULL,
    where_recorded character varying(200) NOT NULL,
    why_again character varying(500) NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    heard_by_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    record uuid,
    why_not_specialist character varying(500) NOT NULL
);
ALTER TABLE ONLY public.victims_toldtopic FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202611 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202612 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202701 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202702 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202703 FOR VALUES FROM ('2027-03-01 00:00:00+00') TO ('2027-04-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202704 FOR VALUES FROM ('2027-04-01 00:00:00+00') TO ('2027-05-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202705 FOR VALUES FROM ('2027-05-01 00:00:00+00') TO ('2027-06-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202706 FOR VALUES FROM ('2027-06-01 00:00:00+00') TO ('2027-07-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202707 FOR VALUES FROM ('2027-07-01 00:00:00+00') TO ('2027-08-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202708 FOR VALUES FROM ('2027-08-01 00:00:00+00') TO ('2027-09-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202709 FOR VALUES FROM ('2027-09-01 00:00:00+00') TO ('2027-10-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202710 FOR VALUES FROM ('2027-10-01 00:00:00+00') TO ('2027-11-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202711 FOR VALUES FROM ('2027-11-01 00:00:00+00') TO ('2027-12-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_202712 FOR VALUES FROM ('2027-12-01 00:00:00+00') TO ('2028-01-01 00:00:00+00');
ALTER TABLE ONLY public.accounts_auditevent ATTACH PARTITION public.accounts_auditevent_default DEFAULT;
INSERT INTO public.clocks_version VALUES
	(1, 0);
INSERT INTO public.django_migrations VALUES
	(1, 'clocks', '0001_calendars_and_deadlines', now()),
	(2, 'clocks', '0002_due_times_in_sql', now()),
	(3, 'accounts', '0001_initial', now()),
	(4, 'account', '0001_initial', now()),
	(5, 'account', '0002_email_max_length', now()),
	(6, 'account', '0003_alter_emailaddress_create_unique_verified_email', now()),
	(7, 'account', '0004_alter_emailaddress_drop_unique_email', now()),
	(8, 'account', '0005_emailaddress_idx_upper_email', now()),
	(9, 'account', '0006_emailaddress_lower', now()),
	(10, 'account', '0007_emailaddress_idx_email', now()),
	(11, 'account', '0008_emailaddress_unique_primary_email_fixup', now()),
	(12, 'account', '0009_emailaddress_unique_primary_email', now()),
	(13, 'mfa', '0001_initial', now()),
	(14, 'mfa', '0002_authenticator_timestamps', now()),
	(15, 'mfa', '0003_authenticator_type_uniq', now()),
	(16, 'accounts', '0002_names_and_absences', now()),
	(17, 'accounts', '0003_granted_scopes_asked_once', now()),
	(18, 'accounts', '0004_owner_changes_are_audited', now()),
	(19, 'accounts', '0005_work_mobiles', now()),
	(20, 'accounts', '0006_leaving', now()),
	(21, 'accounts', '0007_shifts', now()),
	(22, 'accounts', '0008_agency_administrators', now()),
	(23, 'accounts', '0009_duty_by_shift', now()),
	(24, 'accounts', '0010_resealed', now()),
	(25, 'accounts', '0011_what_left', now()),
	(26, 'accounts', '0012_sandbox', now()),
	(27, 'accounts', '0013_disposing', now()),
	(28, 'accounts', '0014_audit_chain', now()),
	(29, 'accounts', '0015_conflicts_and_emergencies', now()),
	(30, 'accounts', '0016_sessions_and_second_steps', now()),
	(31, 'accounts', '0017_directories', now()),
	(32, 'accounts', '0018_security_notices_given_up', now()),
	(33, 'accounts', '0019_engine_sees_every_row', now()),
	(34, 'accounts', '0020_officer_gender', now()),
	(35, 'accounts', '0021_why_a_case_is_opened', now()),
	(36, 'accounts', '0022_conflicts_that_follow', now()),
	(37, 'accounts', '0023_told_at_the_old_address', now()),
	(38, 'accounts', '0024_specialists', now()),
	(39, 'accounts', '0025_scopes_asked_quicker', now()),
	(40, 'accounts', '0026_agencies_kept_by', now()),
	(41, 'accounts', '0027_who_holds_a_role', now()),
	(42, 'contenttypes', '0001_initial', now()),
	(43, 'contenttypes', '0002_remove_content_type_name', now()),
	(44, 'auth', '0001_initial', now()),
	(45, 'auth', '0002_alter_permission_name_max_length', now()),
	(46, 'auth', '0003_alter_user_email_max_length', now()),
	(47, 'auth', '0004_alter_user_username_opts', now()),
	(48, 'auth', '0005_alter_user_last_login_null', now()),
	(49, 'auth', '0006_require_contenttypes_0002', now()),
	(50, 'auth', '0007_alter_validators_add_error_messages', now()),
	(51, 'auth', '0008_alter_user_username_max_length', now()),
	(52, 'auth', '0009_alter_user_last_name_max_length', now()),
	(53, 'auth', '0010_alter_group_name_max_length', now()),
	(54, 'auth', '0011_update_proxy_permissions', now()),
	(55, 'auth', '0012_alter_user_first_name_max_length', now()),
	(56, 'axes', '0001_initial', now()),
	(57, 'axes', '0002_auto_20151217_2044', now()),
	(58, 'axes', '0003_auto_20160322_0929', now()),
	(59, 'axes', '0004_auto_20181024_1538', now()),
	(60, 'axes', '0005_remove_accessattempt_trusted', now()),
	(61, 'axes', '0006_remove_accesslog_trusted', now()),
	(62, 'axes', '0007_alter_accessattempt_unique_together', now()),
	(63, 'axes', '0008_accessfailurelog', now()),
	(64, 'axes', '0009_add_session_hash', now()),
	(65, 'axes', '0010_accessattemptexpiration', now()),
	(66, 'oauth2_provider', '0001_initial', now()),
	(67, 'oauth2_provider', '0002_auto_20190406_1805', now()),
	(68, 'oauth2_provider', '0003_auto_20201211_1314', now()),
	(69, 'oauth2_provider', '0004_auto_20200902_2022', now()),
	(70, 'oauth2_provider', '0005_auto_20211222_2352', now()),
	(71, 'oauth2_provider', '0006_alter_application_client_secret', now()),
	(72, 'oauth2_provider', '0007_application_post_logout_redirect_uris', now()),
	(73, 'oauth2_provider', '0008_alter_accesstoken_token', now()),
	(74, 'oauth2_provider', '0009_add_hash_client_secret', now()),
	(75, 'oauth2_provider', '0010_application_allowed_origins', now()),
	(76, 'oauth2_provider', '0011_refreshtoken_token_family', now()),
	(77, 'oauth2_provider', '0012_add_token_checksum', now()),
	(78, 'oauth2_provider', '0013_alter_application_authorization_grant_type_device', now()),
	(79, 'oauth2_provider', '0014_alter_help_text', now()),
	(80, 'oauth2_provider', '0015_refreshtoken_token_checksum', now()),
	(81, 'oauth2_provider', '0016_alter_devicegrant_scope', now()),
	(82, 'oauth2_provider', '0017_application_dcr_created', now()),
	(83, 'oauth2_provider', '0018_resource_indicators', now()),
	(84, 'oauth2_provider', '0019_application_registration_source', now()),
	(85, 'oauth2_provider', '0020_cimd_application_fields', now()),
	(86, 'oauth2_provider', '0021_translatable_field_labels', now()),
	(87, 'oauth2_provider', '0022_refreshtoken_token_family_index', now()),
	(88, 'victims', '0001_initial', now()),
	(89, 'victims', '0002_names_and_needs', now()),
	(90, 'victims', '0003_the_person', now()),
	(91, 'victims', '0004_search_keys', now()),
	(92, 'victims', '0005_person_links', now()),
	(93, 'victims', '0006_how_consent_was_explained', now()),
	(94, 'victims', '0007_where_it_is_recorded', now()),
	(95, 'victims', '0008_keys_of_many', now()),
	(96, 'victims', '0009_records_of_one_person', now()),
	(97, 'victims', '0010_what_holds_everywhere', now()),
	(98, 'victims', '0011_best_interests', now()),
	(99, 'casework', '0001_initial', now()),
	(100, 'casework', '0002_possible_matches', now()),
	(101, 'casework', '0003_open_cases_by_scope', now()),
	(102, 'casework', '0004_the_account', now()),
	(103, 'casework', '0005_lines_about_the_person', now()),
	(104, 'casework', '0006_unit_of_a_case', now()),
	(105, 'casework', '0007_find', now()),
	(106, 'casework', '0008_linking_and_operations', now()),
	(107, 'casework', '0009_decisions_and_investigation', now()),
	(108, 'casework', '0010_dates_of_decisions', now()),
	(109, 'casework', '0011_judged_age', now()),
	(110, 'casework', '0012_where_a_case_stands', now()),
	(111, 'casework', '0013_keys_of_many', now()),
	(112, 'casework', '0014_why_taken_out', now()),
	(113, 'casework', '0015_caseload_of_a_leaver', now()),
	(114, 'casework', '0016_lost_contact', now()),
	(115, 'casework', '0017_alike', now()),
	(116, 'casework', '0018_decided', now()),
	(117, 'casework', '0019_transfers', now()),
	(118, 'casework', '0020_no_review_wanted', now()),
	(119, 'casework', '0021_taken_on', now()),
	(120, 'casework', '0022_sharing_stopped', now()),
	(121, 'casework', '0023_decided_for_them', now()),
	(122, 'casework', '0024_re_planned', now()),
	(123, 'casework', '0025_review_of_which_decision', now()),
	(124, 'casework', '0026_opened_by_its_owner', now()),
	(125, 'casework', '0027_every_key_of_the_ring', now()),
	(126, 'casework', '0028_copies_to_give_away', now()),
	(127, 'casework', '0029_how_long_it_is_kept', now()),
	(128, 'casework', '0030_emergency_access', now()),
	(129, 'casework', '0031_misuse', now()),
	(130, 'casework', '0032_proposals', now()),
	(131, 'casework', '0033_bulk_moves', now()),
	(132, 'casework', '0034_dip_samples', now()),
	(133, 'casework', '0035_files', now()),
	(134, 'casework', '0036_conflicts_in_merged_records', now()),
	(135, 'casework', '0037_voice', now()),
	(136, 'casework', '0038_advice', now()),
	(137, 'casework', '0039_guidance', now()),
	(138, 'casework', '0040_interviews', now()),
	(139, 'casework', '0041_nrm_reading', now()),
	(140, 'casework', '0042_spoken_with', now()),
	(141, 'casework', '0043_set_points', now()),
	(142, 'config', '0001_cache_table', now()),
	(143, 'config', '0002_how_often', now()),
	(144, 'victims', '0012_age_as_one', now()),
	(145, 'victims', '0013_why_ended', now()),
	(146, 'victims', '0014_merged_records', now()),
	(147, 'referrals', '0001_initial', now()),
	(148, 'referrals', '0002_walls_of_agencies', now()),
	(149, 'referrals', '0003_taken_back', now()),
	(150, 'referrals', '0004_steps_of_a_referral', now()),
	(151, 'referrals', '0005_referrals_of_a_case_taken_over', now()),
	(152, 'referrals', '0006_outside_lists', now()),
	(153, 'referrals', '0007_end_everywhere', now()),
	(154, 'referrals', '0008_events', now()),
	(155, 'referrals', '0009_kept_answers', now()),
	(156, 'referrals', '0010_what_changed', now()),
	(157, 'referrals', '0011_merged_records', now()),
	(158, 'referrals', '0012_directory', now()),
	(159, 'referrals', '0013_webhooks', now()),
	(160, 'referrals', '0014_loop_closed', now()),
	(161, 'referrals', '0015_given_up', now()),
	(162, 'referrals', '0016_sandbox', now()),
	(163, 'referrals', '0017_several_at_once', now()),
	(164, 'referrals', '0018_seen_and_forgotten', now()),
	(165, 'referrals', '0019_sandbox_webhooks', now()),
	(166, 'referrals', '0020_left_open', now()),
	(167, 'referrals', '0021_ways_elsewhere', now()),
	(168, 'referrals', '0022_asked_for', now()),
	(169, 'referrals', '0023_sandbox_forgotten', now()),
	(170, 'referrals', '0024_webhook_silence', now()),
	(171, 'referrals', '0025_whom_a_referral_is_for', now()),
	(172, 'followups', '0001_initial', now()),
	(173, 'followups', '0002_ladder_in_sql', now()),
	(174, 'followups', '0003_owed_in_a_unit', now()),
	(175, 'followups', '0004_cracks_kept', now()),
	(176, 'followups', '0005_numbers', now()),
	(177, 'followups', '0006_what_became_of_a_message', now()),
	(178, 'followups', '0007_held_anew', now()),
	(179, 'followups', '0008_acknowledgement', now()),
	(180, 'followups', '0009_third_move', now()),
	(181, 'followups', '0010_held_in_a_force', now()),
	(182, 'followups', '0011_idle', now()),
	(183, 'followups', '0012_agencies_told', now()),
	(184, 'followups', '0013_owed_by_rule_and_subject', now()),
	(185, 'followups', '0014_told_by_shift', now()),
	(186, 'followups', '0015_disposal', now()),
	(187, 'followups', '0016_conflicts_of_interest', now()),
	(188, 'followups', '0017_dropped_and_refused', now()),
	(189, 'followups', '0018_handovers', now()),
	(190, 'followups', '0019_owed_by_holder', now()),
	(191, 'followups', '0020_files', now()),
	(192, 'followups', '0021_who_reads_what_people_say', now()),
	(193, 'followups', '0022_kept_views', now()),
	(194, 'followups', '0023_who_asks_how_it_was', now()),
	(195, 'followups', '0024_of_many_people', now()),
	(196, 'followups', '0025_people_of_open_cases', now()),
	(197, 'training', '0001_initial', now()),
	(198, 'training', '0002_walls_and_own_courses', now()),
	(199, 'training', '0003_agency_administrators', now()),
	(200, 'training', '0004_verified_by_second_person', now());
INSERT INTO public.django_migrations VALUES
	(201, 'training', '0005_nrm_reading', now()),
	(202, 'training', '0006_dates_and_places', now()),
	(203, 'training', '0007_ways_and_equivalents', now()),
	(204, 'training', '0008_hours_of_learning', now()),
	(205, 'training', '0009_proofs', now()),
	(206, 'victims', '0015_conflicts_in_merged_records', now());
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_application_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_directoryentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_export_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_exportitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_roleheld_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_supervision_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.axes_accessattempt_id_seq', 1, false);
SELECT pg_catalog.setval('public.axes_accessfailurelog_id_seq', 1, false);
SELECT pg_catalog.setval('public.axes_accesslog_id_seq', 1, false);
SELECT pg_catalog.setval('public.clocks_calendar_id_seq', 1, false);
SELECT pg_catalog.setval('public.clocks_calendarday_id_seq', 1, false);
SELECT pg_catalog.setval('public.clocks_dayoverride_id_seq', 1, false);
SELECT pg_catalog.setval('public.clocks_deadline_id_seq', 1, false);
SELECT pg_catalog.setval('public.clocks_version_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 206, true);
SELECT pg_catalog.setval('public.followups_outboxmessage_id_seq', 1, false);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_accesstoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_devicegrant_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_grant_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_idtoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_refreshtoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.referrals_attempt_id_seq', 1, false);
SELECT pg_catalog.setval('public.referrals_event_written', 1, false);
SELECT pg_catalog.setval('public.referrals_service_forces_id_seq', 1, false);
SELECT pg_catalog.setval('public.training_equivalent_id_seq', 1, false);
SELECT pg_catalog.setval('public.training_requirement_id_seq', 1, false);
SELECT pg_catalog.setval('public.victims_searchkey_id_seq', 1, false);
ALTER TABLE ONLY public.accounts_absence
    ADD CONSTRAINT absence_once_at_a_time EXCLUDE USING gist (user_id WITH =, tstzrange(starts_at, ends_at) WITH &&);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_absence
    ADD CONSTRAINT accounts_absence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT accounts_agency_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT accounts_agency_sandbox_of_id_key UNIQUE (sandbox_of_id);
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT accounts_agency_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.accounts_application
    ADD CONSTRAINT accounts_application_client_id_key UNIQUE (client_id);
ALTER TABLE ONLY public.accounts_application
    ADD CONSTRAINT accounts_application_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_auditanchor
    ADD CONSTRAINT accounts_auditanchor_last_seq_key UNIQUE (last_seq);
ALTER TABLE ONLY public.accounts_auditanchor
    ADD CONSTRAINT accounts_auditanchor_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.accounts_auditdisposal
    ADD CONSTRAINT accounts_auditdisposal_pkey PRIMARY KEY (month);
ALTER TABLE ONLY public.accounts_auditevent
    ADD CONSTRAINT accounts_auditevent_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202611
    ADD CONSTRAINT accounts_auditevent_202611_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202612
    ADD CONSTRAINT accounts_auditevent_202612_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202701
    ADD CONSTRAINT accounts_auditevent_202701_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202702
    ADD CONSTRAINT accounts_auditevent_202702_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202703
    ADD CONSTRAINT accounts_auditevent_202703_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202704
    ADD CONSTRAINT accounts_auditevent_202704_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202705
    ADD CONSTRAINT accounts_auditevent_202705_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202706
    ADD CONSTRAINT accounts_auditevent_202706_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202707
    ADD CONSTRAINT accounts_auditevent_202707_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202708
    ADD CONSTRAINT accounts_auditevent_202708_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202709
    ADD CONSTRAINT accounts_auditevent_202709_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202710
    ADD CONSTRAINT accounts_auditevent_202710_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202711
    ADD CONSTRAINT accounts_auditevent_202711_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_202712
    ADD CONSTRAINT accounts_auditevent_202712_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditevent_default
    ADD CONSTRAINT accounts_auditevent_default_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.accounts_auditlink
    ADD CONSTRAINT accounts_auditlink_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.accounts_directoryentry
    ADD CONSTRAINT accounts_directoryentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_directoryentry
    ADD CONSTRAINT accounts_directoryentry_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.accounts_export
    ADD CONSTRAINT accounts_export_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_export
    ADD CONSTRAINT accounts_export_request_id_key UNIQUE (request_id);
ALTER TABLE ONLY public.accounts_exportitem
    ADD CONSTRAINT accounts_exportitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_exportrequest
    ADD CONSTRAINT accounts_exportrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_force
    ADD CONSTRAINT accounts_force_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_force
    ADD CONSTRAINT accounts_force_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.accounts_forcecontact
    ADD CONSTRAINT accounts_forcecontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_look
    ADD CONSTRAINT accounts_look_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_oncall
    ADD CONSTRAINT accounts_oncall_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_roleheld
    ADD CONSTRAINT accounts_roleheld_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_scope
    ADD CONSTRAINT accounts_scope_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_scopegrant
    ADD CONSTRAINT accounts_scopegrant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_securitynotice
    ADD CONSTRAINT accounts_securitynotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_handle_key UNIQUE (handle);
ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.accounts_shift
    ADD CONSTRAINT accounts_shift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_shiftchange
    ADD CONSTRAINT accounts_shiftchange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_stepsecret
    ADD CONSTRAINT accounts_stepsecret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_supervision
    ADD CONSTRAINT accounts_supervision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_unit
    ADD CONSTRAINT accounts_unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT agency_sandboxed UNIQUE (id, sandboxed);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);
ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT case_and_its_person UNIQUE (id, victim_id);
ALTER TABLE ONLY public.casework_advice
    ADD CONSTRAINT casework_advice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_allocation
    ADD CONSTRAINT casework_allocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_asking
    ADD CONSTRAINT casework_asking_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_asking
    ADD CONSTRAINT casework_asking_token_key UNIQUE (token);
ALTER TABLE ONLY public.casework_atrisk
    ADD CONSTRAINT casework_atrisk_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_atrisk
    ADD CONSTRAINT casework_atrisk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_authoritytold
    ADD CONSTRAINT casework_authoritytold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_background
    ADD CONSTRAINT casework_background_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_background
    ADD CONSTRAINT casework_background_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.casework_caseevent
    ADD CONSTRAINT casework_caseevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_kept_as_key UNIQUE (kept_as);
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_closure
    ADD CONSTRAINT casework_closure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_contact
    ADD CONSTRAINT casework_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_crimerecord
    ADD CONSTRAINT casework_crimerecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_dipsample
    ADD CONSTRAINT casework_dipsample_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_disposalcertificate
    ADD CONSTRAINT casework_disposalcertificate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_draft
    ADD CONSTRAINT casework_draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_dutytonotify
    ADD CONSTRAINT casework_dutytonotify_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_evidencefile
    ADD CONSTRAINT casework_evidencefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_exploitation
    ADD CONSTRAINT casework_exploitation_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_exploitation
    ADD CONSTRAINT casework_exploitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_guardianreferral
    ADD CONSTRAINT casework_guardianreferral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_guidancecard
    ADD CONSTRAINT casework_guidancecard_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_guidanceshown
    ADD CONSTRAINT casework_guidanceshown_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_immigrationshare
    ADD CONSTRAINT casework_immigrationshare_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_informed
    ADD CONSTRAINT casework_informed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigationevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_legalhold
    ADD CONSTRAINT casework_legalhold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_lostcontact
    ADD CONSTRAINT casework_lostcontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_misusehit
    ADD CONSTRAINT casework_misusehit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_misusesearch
    ADD CONSTRAINT casework_misusesearch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_needsassessment
    ADD CONSTRAINT casework_needsassessment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_notasked
    ADD CONSTRAINT casework_notasked_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_nrmevent
    ADD CONSTRAINT casework_nrmevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_nrmreading
    ADD CONSTRAINT casework_nrmreading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_nrmreferral
    ADD CONSTRAINT casework_nrmreferral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT casework_nrmsubmission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_operation
    ADD CONSTRAINT casework_operation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_opinion
    ADD CONSTRAINT casework_opinion_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_opinion
    ADD CONSTRAINT casework_opinion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_pack
    ADD CONSTRAINT casework_pack_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_packitem
    ADD CONSTRAINT casework_packitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_packlift
    ADD CONSTRAINT casework_packlift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_party
    ADD CONSTRAINT casework_party_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_place
    ADD CONSTRAINT casework_place_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_police
    ADD CONSTRAINT casework_police_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_police
    ADD CONSTRAINT casework_police_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_report
    ADD CONSTRAINT casework_report_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_report
    ADD CONSTRAINT casework_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_retentionreview
    ADD CONSTRAINT casework_retentionreview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_review
    ADD CONSTRAINT casework_review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_safeguarding
    ADD CONSTRAINT casework_safeguarding_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_safeguarding
    ADD CONSTRAINT casework_safeguarding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_safetycheck
    ADD CONSTRAINT casework_safetycheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT casework_sampledcase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_search
    ADD CONSTRAINT casework_search_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_section45
    ADD CONSTRAINT casework_section45_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_sharedfact
    ADD CONSTRAINT casework_sharedfact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_sharingstopped
    ADD CONSTRAINT casework_sharingstopped_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_since
    ADD CONSTRAINT casework_since_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_since
    ADD CONSTRAINT casework_since_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_situation
    ADD CONSTRAINT casework_situation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_voiceanswer
    ADD CONSTRAINT casework_voiceanswer_asking_id_key UNIQUE (asking_id);
ALTER TABLE ONLY public.casework_voiceanswer
    ADD CONSTRAINT casework_voiceanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_voicedealing
    ADD CONSTRAINT casework_voicedealing_asking_id_key UNIQUE (asking_id);
ALTER TABLE ONLY public.casework_voicedealing
    ADD CONSTRAINT casework_voicedealing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_voicewords
    ADD CONSTRAINT casework_voicewords_asking_id_key UNIQUE (asking_id);
ALTER TABLE ONLY public.casework_voicewords
    ADD CONSTRAINT casework_voicewords_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_wishes
    ADD CONSTRAINT casework_wishes_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY public.casework_wishes
    ADD CONSTRAINT casework_wishes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clocks_calendar
    ADD CONSTRAINT clocks_calendar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clocks_calendar
    ADD CONSTRAINT clocks_calendar_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.clocks_calendarday
    ADD CONSTRAINT clocks_calendarday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clocks_dayoverride
    ADD CONSTRAINT clocks_dayoverride_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clocks_deadline
    ADD CONSTRAINT clocks_deadline_one_at_a_time EXCLUDE USING gist (rule WITH =, clock WITH =, nation WITH =, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE ONLY public.clocks_deadline
    ADD CONSTRAINT clocks_deadline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clocks_dayoverride
    ADD CONSTRAINT clocks_override_once_a_day UNIQUE (calendar_id, falls_on);
ALTER TABLE ONLY public.clocks_version
    ADD CONSTRAINT clocks_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.config_asked
    ADD CONSTRAINT config_asked_pkey PRIMARY KEY (who);
ALTER TABLE ONLY public.config_cache
    ADD CONSTRAINT config_cache_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.casework_crimerecord
    ADD CONSTRAINT crime_once_in_case UNIQUE (case_id, number);
ALTER TABLE ONLY public.referrals_delivery
    ADD CONSTRAINT delivery_once UNIQUE (webhook_id, event_id);
ALTER TABLE ONLY public.accounts_directoryentry
    ADD CONSTRAINT directory_entry_once UNIQUE (issuer, subject);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_draft
    ADD CONSTRAINT draft_once UNIQUE NULLS NOT DISTINCT (user_id, form, case_id);
ALTER TABLE ONLY public.training_equivalent
    ADD CONSTRAINT equivalent_once_a_force UNIQUE (force_id, course_id, counts_for_id);
ALTER TABLE ONLY public.accounts_auditlink
    ADD CONSTRAINT event_has_one_place UNIQUE (event_at, event_id);
ALTER TABLE ONLY public.referrals_event
    ADD CONSTRAINT event_number_of_agency UNIQUE (agency_id, number);
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followup_once UNIQUE (rule, subject_id, occurrence);
ALTER TABLE ONLY public.followups_acknowledgement
    ADD CONSTRAINT followups_acknowledgement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_crack
    ADD CONSTRAINT followups_crack_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_handover
    ADD CONSTRAINT followups_handover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_heartbeat
    ADD CONSTRAINT followups_heartbeat_pkey PRIMARY KEY (stage);
ALTER TABLE ONLY public.followups_heldsweep
    ADD CONSTRAINT followups_heldsweep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_keptview
    ADD CONSTRAINT followups_keptview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_notice
    ADD CONSTRAINT followups_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_outboxmessage
    ADD CONSTRAINT followups_outboxmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_replan
    ADD CONSTRAINT followups_replan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_step
    ADD CONSTRAINT followups_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_guidancecard
    ADD CONSTRAINT guidance_version_once UNIQUE (force_id, step, title, version);
ALTER TABLE public.casework_investigationevent
    ADD CONSTRAINT happening_answer_says_to_what CHECK (((NOT ((kind)::text = ANY (ARRAY[('breach_decided'::character varying)::text, ('complaint_acknowledged'::character varying)::text, ('data_given'::character varying)::text, ('property_returned'::character varying)::text, ('review_acknowledged'::character varying)::text, ('review_asked'::character varying)::text, ('review_decided'::character varying)::text, ('review_unwanted'::character varying)::text]))) OR (answers_id IS NOT NULL))) NOT VALID;
ALTER TABLE ONLY public.referrals_keptanswer
    ADD CONSTRAINT kept_answer_once_for_a_key UNIQUE (application_id, digest);
ALTER TABLE ONLY public.accounts_look
    ADD CONSTRAINT look_asked_once_a_day UNIQUE (by_id, scope_id, day);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.casework_misusehit
    ADD CONSTRAINT misuse_hit_once UNIQUE (pattern, person_id, about);
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT moved_case_once_a_job UNIQUE (job_id, case_id);
ALTER TABLE ONLY public.victims_nameform
    ADD CONSTRAINT name_form_once UNIQUE (form, root);
ALTER TABLE ONLY public.followups_notice
    ADD CONSTRAINT notice_once UNIQUE (step_id, person_id, channel);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_id_token_id_key UNIQUE (id_token_id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_source_refresh_token_id_key UNIQUE (source_refresh_token_id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_token_checksum_85319a26_uniq UNIQUE (token_checksum);
ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devicegrant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devicegrant_unique_device_code UNIQUE (device_code);
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_code_key UNIQUE (code);
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_jti_key UNIQUE (jti);
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refresht_token_checksum_revoked_46c81d1d_uniq UNIQUE (token_checksum, revoked);
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refreshtoken_access_token_id_key UNIQUE (access_token_id);
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refreshtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_oncall
    ADD CONSTRAINT on_call_one_at_a_time EXCLUDE USING gist (force_id WITH =, tstzrange(starts_at, ends_at) WITH &&);
ALTER TABLE ONLY public.casework_operation
    ADD CONSTRAINT operation_in_force UNIQUE (force_id, name);
ALTER TABLE ONLY public.casework_packitem
    ADD CONSTRAINT pack_item_place UNIQUE (pack_id, "position");
ALTER TABLE ONLY public.casework_packlift
    ADD CONSTRAINT pack_lift_once UNIQUE (item_id, key);
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referral_one_open_for_a_need EXCLUDE USING gist (case_id WITH =, agency_id WITH =, public.referrals_marks(needs) WITH &&) WHERE (((status)::text = ANY (ARRAY[('sent'::character varying)::text, ('opened'::character varying)::text, ('needs_info'::character varying)::text, ('accepted'::character varying)::text, ('in_progress'::character varying)::text])));
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referral_sandboxed UNIQUE (id, sandboxed);
ALTER TABLE ONLY public.referrals_attempt
    ADD CONSTRAINT referrals_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_capacityword
    ADD CONSTRAINT referrals_capacityword_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_delivery
    ADD CONSTRAINT referrals_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT referrals_disclosure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT referrals_disclosure_referral_id_key UNIQUE (referral_id);
ALTER TABLE ONLY public.referrals_disclosureevent
    ADD CONSTRAINT referrals_disclosureevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_event
    ADD CONSTRAINT referrals_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_event
    ADD CONSTRAINT referrals_event_written_key UNIQUE (written);
ALTER TABLE ONLY public.referrals_keptanswer
    ADD CONSTRAINT referrals_keptanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_outsidelist
    ADD CONSTRAINT referrals_outsidelist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_question
    ADD CONSTRAINT referrals_question_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_sandbox
    ADD CONSTRAINT referrals_sandbox_agency_id_key UNIQUE (agency_id);
ALTER TABLE ONLY public.referrals_sandbox
    ADD CONSTRAINT referrals_sandbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_service_forces
    ADD CONSTRAINT referrals_service_forces_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_service_forces
    ADD CONSTRAINT referrals_service_forces_service_id_force_id_b167d5f7_uniq UNIQUE (service_id, force_id);
ALTER TABLE ONLY public.referrals_service
    ADD CONSTRAINT referrals_service_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportreferral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_supportreview
    ADD CONSTRAINT referrals_supportreview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_takenback
    ADD CONSTRAINT referrals_takenback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_webhook
    ADD CONSTRAINT referrals_webhook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_webhooksecret
    ADD CONSTRAINT referrals_webhooksecret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.followups_replan
    ADD CONSTRAINT replan_once_a_round UNIQUE (followup_id, round);
ALTER TABLE ONLY public.training_requirement
    ADD CONSTRAINT requirement_once_a_force UNIQUE NULLS NOT DISTINCT (force_id, course_id, role, purpose);
ALTER TABLE ONLY public.accounts_roleheld
    ADD CONSTRAINT role_held_once UNIQUE (user_id, role);
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT sampled_in_one_place UNIQUE (sample_id, place);
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT sampled_once_a_draw UNIQUE (sample_id, case_id);
ALTER TABLE ONLY public.accounts_scope
    ADD CONSTRAINT scope_and_its_unit UNIQUE (id, unit_id);
ALTER TABLE ONLY public.accounts_shift
    ADD CONSTRAINT shift_once_a_day UNIQUE (user_id, weekday);
ALTER TABLE ONLY public.followups_step
    ADD CONSTRAINT step_once UNIQUE (followup_id, round, rung);
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT submission_number_once UNIQUE (case_id, number);
ALTER TABLE ONLY public.accounts_supervision
    ADD CONSTRAINT supervision_once UNIQUE (unit_id, user_id);
ALTER TABLE ONLY public.training_booking
    ADD CONSTRAINT training_booking_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_course
    ADD CONSTRAINT training_course_pkey PRIMARY KEY (slug);
ALTER TABLE ONLY public.training_coursedate
    ADD CONSTRAINT training_coursedate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_equivalent
    ADD CONSTRAINT training_equivalent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_learning
    ADD CONSTRAINT training_learning_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_proof
    ADD CONSTRAINT training_proof_kept_as_key UNIQUE (kept_as);
ALTER TABLE ONLY public.training_proof
    ADD CONSTRAINT training_proof_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_trainingrecord
    ADD CONSTRAINT training_record_once UNIQUE (user_id, course_id, completed_on);
ALTER TABLE ONLY public.training_requirement
    ADD CONSTRAINT training_requirement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_trainingimport
    ADD CONSTRAINT training_trainingimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.training_trainingrecord
    ADD CONSTRAINT training_trainingrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_unit
    ADD CONSTRAINT unit_slug_in_force UNIQUE (force_id, slug);
ALTER TABLE ONLY public.victims_agedispute
    ADD CONSTRAINT victims_agedispute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_consentevent
    ADD CONSTRAINT victims_consentevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_dependant
    ADD CONSTRAINT victims_dependant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_letter
    ADD CONSTRAINT victims_letter_pkey PRIMARY KEY (letter);
ALTER TABLE ONLY public.victims_missingepisode
    ADD CONSTRAINT victims_missingepisode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_nameform
    ADD CONSTRAINT victims_nameform_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_nationality
    ADD CONSTRAINT victims_nationality_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_need
    ADD CONSTRAINT victims_need_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_personname
    ADD CONSTRAINT victims_personname_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_reference
    ADD CONSTRAINT victims_reference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_riskjudgement
    ADD CONSTRAINT victims_riskjudgement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_safecontact
    ADD CONSTRAINT victims_safecontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_searchkey
    ADD CONSTRAINT victims_searchkey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_spokenlanguage
    ADD CONSTRAINT victims_spokenlanguage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_toldtopic
    ADD CONSTRAINT victims_toldtopic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.victims_victim
    ADD CONSTRAINT victims_victim_pkey PRIMARY KEY (id);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_absence_cover_id_a88c170d ON public.accounts_absence USING btree (cover_id);
CREATE INDEX accounts_absence_recorded_by_id_32863ce5 ON public.accounts_absence USING btree (recorded_by_id);
CREATE INDEX accounts_absence_user_id_e7d6d597 ON public.accounts_absence USING btree (user_id);
CREATE INDEX accounts_agency_kept_by_id_a5d00eb7 ON public.accounts_agency USING btree (kept_by_id);
CREATE INDEX accounts_agency_slug_faf47ca7_like ON public.accounts_agency USING btree (slug varchar_pattern_ops);
CREATE INDEX accounts_application_agency_id_1ebdc9df ON public.accounts_application USING btree (agency_id);
CREATE INDEX accounts_application_client_id_fcb670f3_like ON public.accounts_application USING btree (client_id varchar_pattern_ops);
CREATE INDEX accounts_application_client_secret_fbcf36de ON public.accounts_application USING btree (client_secret);
CREATE INDEX accounts_application_client_secret_fbcf36de_like ON public.accounts_application USING btree (client_secret varchar_pattern_ops);
CREATE INDEX accounts_application_made_by_id_16a5d352 ON public.accounts_application USING btree (made_by_id);
CREATE INDEX accounts_application_revoked_by_id_60d3e8ed ON public.accounts_application USING btree (revoked_by_id);
CREATE INDEX accounts_application_user_id_6c270aa5 ON public.accounts_application USING btree (user_id);
CREATE INDEX auditevent_actor ON ONLY public.accounts_auditevent USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202611_actor_id_at_idx ON public.accounts_auditevent_202611 USING btree (actor_id, at);
CREATE INDEX auditevent_force ON ONLY public.accounts_auditevent USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202611_force_id_at_idx ON public.accounts_auditevent_202611 USING btree (force_id, at);
CREATE INDEX auditevent_scope ON ONLY public.accounts_auditevent USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202611_scope_id_at_idx ON public.accounts_auditevent_202611 USING btree (scope_id, at);
CREATE INDEX auditevent_verb ON ONLY public.accounts_auditevent USING btree (verb, at);
CREATE INDEX accounts_auditevent_202611_verb_at_idx ON public.accounts_auditevent_202611 USING btree (verb, at);
CREATE INDEX auditevent_xid ON ONLY public.accounts_auditevent USING btree (xid);
CREATE INDEX accounts_auditevent_202611_xid_idx ON public.accounts_auditevent_202611 USING btree (xid);
CREATE INDEX accounts_auditevent_202612_actor_id_at_idx ON public.accounts_auditevent_202612 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202612_force_id_at_idx ON public.accounts_auditevent_202612 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202612_scope_id_at_idx ON public.accounts_auditevent_202612 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202612_verb_at_idx ON public.accounts_auditevent_202612 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202612_xid_idx ON public.accounts_auditevent_202612 USING btree (xid);
CREATE INDEX accounts_auditevent_202701_actor_id_at_idx ON public.accounts_auditevent_202701 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202701_force_id_at_idx ON public.accounts_auditevent_202701 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202701_scope_id_at_idx ON public.accounts_auditevent_202701 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202701_verb_at_idx ON public.accounts_auditevent_202701 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202701_xid_idx ON public.accounts_auditevent_202701 USING btree (xid);
CREATE INDEX accounts_auditevent_202702_actor_id_at_idx ON public.accounts_auditevent_202702 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202702_force_id_at_idx ON public.accounts_auditevent_202702 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202702_scope_id_at_idx ON public.accounts_auditevent_202702 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202702_verb_at_idx ON public.accounts_auditevent_202702 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202702_xid_idx ON public.accounts_auditevent_202702 USING btree (xid);
CREATE INDEX accounts_auditevent_202703_actor_id_at_idx ON public.accounts_auditevent_202703 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202703_force_id_at_idx ON public.accounts_auditevent_202703 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202703_scope_id_at_idx ON public.accounts_auditevent_202703 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202703_verb_at_idx ON public.accounts_auditevent_202703 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202703_xid_idx ON public.accounts_auditevent_202703 USING btree (xid);
CREATE INDEX accounts_auditevent_202704_actor_id_at_idx ON public.accounts_auditevent_202704 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202704_force_id_at_idx ON public.accounts_auditevent_202704 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202704_scope_id_at_idx ON public.accounts_auditevent_202704 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202704_verb_at_idx ON public.accounts_auditevent_202704 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202704_xid_idx ON public.accounts_auditevent_202704 USING btree (xid);
CREATE INDEX accounts_auditevent_202705_actor_id_at_idx ON public.accounts_auditevent_202705 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202705_force_id_at_idx ON public.accounts_auditevent_202705 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202705_scope_id_at_idx ON public.accounts_auditevent_202705 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202705_verb_at_idx ON public.accounts_auditevent_202705 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202705_xid_idx ON public.accounts_auditevent_202705 USING btree (xid);
CREATE INDEX accounts_auditevent_202706_actor_id_at_idx ON public.accounts_auditevent_202706 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202706_force_id_at_idx ON public.accounts_auditevent_202706 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202706_scope_id_at_idx ON public.accounts_auditevent_202706 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202706_verb_at_idx ON public.accounts_auditevent_202706 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202706_xid_idx ON public.accounts_auditevent_202706 USING btree (xid);
CREATE INDEX accounts_auditevent_202707_actor_id_at_idx ON public.accounts_auditevent_202707 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202707_force_id_at_idx ON public.accounts_auditevent_202707 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202707_scope_id_at_idx ON public.accounts_auditevent_202707 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202707_verb_at_idx ON public.accounts_auditevent_202707 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202707_xid_idx ON public.accounts_auditevent_202707 USING btree (xid);
CREATE INDEX accounts_auditevent_202708_actor_id_at_idx ON public.accounts_auditevent_202708 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202708_force_id_at_idx ON public.accounts_auditevent_202708 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202708_scope_id_at_idx ON public.accounts_auditevent_202708 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202708_verb_at_idx ON public.accounts_auditevent_202708 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202708_xid_idx ON public.accounts_auditevent_202708 USING btree (xid);
CREATE INDEX accounts_auditevent_202709_actor_id_at_idx ON public.accounts_auditevent_202709 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202709_force_id_at_idx ON public.accounts_auditevent_202709 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202709_scope_id_at_idx ON public.accounts_auditevent_202709 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202709_verb_at_idx ON public.accounts_auditevent_202709 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202709_xid_idx ON public.accounts_auditevent_202709 USING btree (xid);
CREATE INDEX accounts_auditevent_202710_actor_id_at_idx ON public.accounts_auditevent_202710 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202710_force_id_at_idx ON public.accounts_auditevent_202710 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202710_scope_id_at_idx ON public.accounts_auditevent_202710 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202710_verb_at_idx ON public.accounts_auditevent_202710 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202710_xid_idx ON public.accounts_auditevent_202710 USING btree (xid);
CREATE INDEX accounts_auditevent_202711_actor_id_at_idx ON public.accounts_auditevent_202711 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202711_force_id_at_idx ON public.accounts_auditevent_202711 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202711_scope_id_at_idx ON public.accounts_auditevent_202711 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202711_verb_at_idx ON public.accounts_auditevent_202711 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202711_xid_idx ON public.accounts_auditevent_202711 USING btree (xid);
CREATE INDEX accounts_auditevent_202712_actor_id_at_idx ON public.accounts_auditevent_202712 USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_202712_force_id_at_idx ON public.accounts_auditevent_202712 USING btree (force_id, at);
CREATE INDEX accounts_auditevent_202712_scope_id_at_idx ON public.accounts_auditevent_202712 USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_202712_verb_at_idx ON public.accounts_auditevent_202712 USING btree (verb, at);
CREATE INDEX accounts_auditevent_202712_xid_idx ON public.accounts_auditevent_202712 USING btree (xid);
CREATE INDEX accounts_auditevent_default_actor_id_at_idx ON public.accounts_auditevent_default USING btree (actor_id, at);
CREATE INDEX accounts_auditevent_default_force_id_at_idx ON public.accounts_auditevent_default USING btree (force_id, at);
CREATE INDEX accounts_auditevent_default_scope_id_at_idx ON public.accounts_auditevent_default USING btree (scope_id, at);
CREATE INDEX accounts_auditevent_default_verb_at_idx ON public.accounts_auditevent_default USING btree (verb, at);
CREATE INDEX accounts_auditevent_default_xid_idx ON public.accounts_auditevent_default USING btree (xid);
CREATE INDEX accounts_export_by_id_57929a2a ON public.accounts_export USING btree (by_id);
CREATE INDEX accounts_export_force_id_e7224124 ON public.accounts_export USING btree (force_id);
CREATE INDEX accounts_export_scope_id_5c798c08 ON public.accounts_export USING btree (scope_id);
CREATE INDEX accounts_exportitem_export_id_ca471b28 ON public.accounts_exportitem USING btree (export_id);
CREATE INDEX accounts_exportitem_scope_id_623bd711 ON public.accounts_exportitem USING btree (scope_id);
CREATE INDEX accounts_exportrequest_by_id_09b3163b ON public.accounts_exportrequest USING btree (by_id);
CREATE INDEX accounts_exportrequest_decided_by_id_08f24ae4 ON public.accounts_exportrequest USING btree (decided_by_id);
CREATE INDEX accounts_exportrequest_force_id_e403cf94 ON public.accounts_exportrequest USING btree (force_id);
CREATE INDEX accounts_exportrequest_scope_id_1a93d1e2 ON public.accounts_exportrequest USING btree (scope_id);
CREATE INDEX accounts_exportrequest_unit_id_06337f7e ON public.accounts_exportrequest USING btree (unit_id);
CREATE INDEX accounts_force_calendar_id_4100342f ON public.accounts_force USING btree (calendar_id);
CREATE INDEX accounts_force_slug_0887ab19_like ON public.accounts_force USING btree (slug varchar_pattern_ops);
CREATE INDEX accounts_forcecontact_ended_by_id_df1c6816 ON public.accounts_forcecontact USING btree (ended_by_id);
CREATE INDEX accounts_forcecontact_force_id_6ddb75d2 ON public.accounts_forcecontact USING btree (force_id);
CREATE INDEX accounts_forcecontact_set_by_id_41ac918d ON public.accounts_forcecontact USING btree (set_by_id);
CREATE INDEX accounts_look_by_id_5784e4f1 ON public.accounts_look USING btree (by_id);
CREATE INDEX accounts_look_force_id_b1f61247 ON public.accounts_look USING btree (force_id);
CREATE INDEX accounts_look_scope_id_5ca790d9 ON public.accounts_look USING btree (scope_id);
CREATE INDEX accounts_oncall_force_id_d2ffecf7 ON public.accounts_oncall USING btree (force_id);
CREATE INDEX accounts_oncall_set_by_id_ef7d5728 ON public.accounts_oncall USING btree (set_by_id);
CREATE INDEX accounts_oncall_user_id_74d64513 ON public.accounts_oncall USING btree (user_id);
CREATE INDEX accounts_roleheld_given_by_id_5b5948aa ON public.accounts_roleheld USING btree (given_by_id);
CREATE INDEX accounts_roleheld_user_id_ec4b9997 ON public.accounts_roleheld USING btree (user_id);
CREATE INDEX accounts_scope_force_id_ffaaeb11 ON public.accounts_scope USING btree (force_id);
CREATE INDEX accounts_scope_unit_id_31d649c5 ON public.accounts_scope USING btree (unit_id);
CREATE INDEX accounts_scopebar_declared_by_id_8a4e9d13 ON public.accounts_scopebar USING btree (declared_by_id);
CREATE INDEX accounts_scopebar_ended_by_id_40742172 ON public.accounts_scopebar USING btree (ended_by_id);
CREATE INDEX accounts_scopebar_force_id_0ef0fc01 ON public.accounts_scopebar USING btree (force_id);
CREATE INDEX accounts_scopebar_scope_id_f088e599 ON public.accounts_scopebar USING btree (scope_id);
CREATE INDEX accounts_scopebar_through_id_305e4327 ON public.accounts_scopebar USING btree (through_id);
CREATE INDEX accounts_scopebar_user_id_55563807 ON public.accounts_scopebar USING btree (user_id);
CREATE INDEX accounts_scopegrant_force_id_4b9c639d ON public.accounts_scopegrant USING btree (force_id);
CREATE INDEX accounts_scopegrant_scope_id_2864aa8d ON public.accounts_scopegrant USING btree (scope_id);
CREATE INDEX accounts_scopegrant_user_id_729aa89e ON public.accounts_scopegrant USING btree (user_id);
CREATE INDEX accounts_securitynotice_by_id_66939c10 ON public.accounts_securitynotice USING btree (by_id);
CREATE INDEX accounts_securitynotice_user_id_ec06a05f ON public.accounts_securitynotice USING btree (user_id);
CREATE INDEX accounts_session_expire_date_5bbfba7c ON public.accounts_session USING btree (expire_date);
CREATE INDEX accounts_session_session_key_b186966f_like ON public.accounts_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX accounts_session_user_id_d5aaed01 ON public.accounts_session USING btree (user_id);
CREATE INDEX accounts_shift_user_id_a63cf4e5 ON public.accounts_shift USING btree (user_id);
CREATE INDEX accounts_shiftchange_recorded_by_id_43478f73 ON public.accounts_shiftchange USING btree (recorded_by_id);
CREATE INDEX accounts_shiftchange_user_id_70135c9a ON public.accounts_shiftchange USING btree (user_id);
CREATE INDEX accounts_supervision_unit_id_9ebd5ec6 ON public.accounts_supervision USING btree (unit_id);
CREATE INDEX accounts_supervision_user_id_591f6d0d ON public.accounts_supervision USING btree (user_id);
CREATE INDEX accounts_unit_force_id_e8012e4a ON public.accounts_unit USING btree (force_id);
CREATE INDEX accounts_unit_slug_b5c40523 ON public.accounts_unit USING btree (slug);
CREATE INDEX accounts_unit_slug_b5c40523_like ON public.accounts_unit USING btree (slug varchar_pattern_ops);
CREATE INDEX accounts_user_agency_id_ba328885 ON public.accounts_user USING btree (agency_id);
CREATE INDEX accounts_user_force_id_59b04099 ON public.accounts_user USING btree (force_id);
CREATE INDEX accounts_user_unit_id_262e264e ON public.accounts_user USING btree (unit_id);
CREATE INDEX accounts_user_username_6088629e_like ON public.accounts_user USING btree (username varchar_pattern_ops);
CREATE INDEX acknowledged_doer ON public.followups_acknowledgement USING btree (doer_id, until);
CREATE UNIQUE INDEX acknowledged_once_a_rung ON public.followups_acknowledgement USING btree (followup_id, round, rung) WHERE (rung < 3);
CREATE INDEX advice_case_at ON public.casework_advice USING btree (case_id, at DESC);
CREATE UNIQUE INDEX age_dispute_once_while_open ON public.victims_agedispute USING btree (victim_id) WHERE (settled_at IS NULL);
CREATE UNIQUE INDEX allocation_one_at_a_time ON public.casework_allocation USING btree (case_id) WHERE (ended_at IS NULL);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);
CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);
CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);
CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);
CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);
CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);
CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);
CREATE UNIQUE INDEX bar_follows_once_while_open ON public.accounts_scopebar USING btree (scope_id, through_id) WHERE ((ended_at IS NULL) AND (through_id IS NOT NULL));
CREATE INDEX bar_of_user ON public.accounts_scopebar USING btree (user_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX bar_once_while_open ON public.accounts_scopebar USING btree (scope_id, user_id) WHERE ((ended_at IS NULL) AND (through_id IS NULL));
CREATE UNIQUE INDEX booking_one_place_each ON public.training_booking USING btree (date_id, user_id) WHERE (ended_at IS NULL);
CREATE INDEX bulk_move_unit ON public.casework_bulkmove USING btree (unit_id, at DESC);
CREATE INDEX capacity_latest ON public.referrals_capacityword USING btree (service_id, at DESC);
CREATE INDEX case_newest ON public.casework_case USING btree (logged_at DESC);
CREATE INDEX case_open_owner ON public.casework_case USING btree (owner_id) WHERE (NOT ((status)::text = 'closed'::text));
CREATE INDEX case_open_unit ON public.casework_case USING btree (unit_id) INCLUDE (scope_id) WHERE (NOT ((status)::text = 'closed'::text));
CREATE INDEX case_scope ON public.casework_case USING btree (scope_id);
CREATE INDEX casework_advice_answered_by_id_538f0541 ON public.casework_advice USING btree (answered_by_id);
CREATE INDEX casework_advice_by_id_29af9d5d ON public.casework_advice USING btree (by_id);
CREATE INDEX casework_advice_case_id_ea828bbf ON public.casework_advice USING btree (case_id);
CREATE INDEX casework_advice_read_by_id_88c5da5c ON public.casework_advice USING btree (read_by_id);
CREATE INDEX casework_advice_scope_id_f0f1b99f ON public.casework_advice USING btree (scope_id);
CREATE INDEX casework_allocation_by_id_671fe311 ON public.casework_allocation USING btree (by_id);
CREATE INDEX casework_allocation_case_id_749e5660 ON public.casework_allocation USING btree (case_id);
CREATE INDEX casework_allocation_override_reviewed_by_id_a2d2bf25 ON public.casework_allocation USING btree (override_reviewed_by_id);
CREATE INDEX casework_allocation_owner_id_2e62dfb3 ON public.casework_allocation USING btree (owner_id);
CREATE INDEX casework_allocation_scope_id_330ba981 ON public.casework_allocation USING btree (scope_id);
CREATE INDEX casework_asking_agency_id_de5eab87 ON public.casework_asking USING btree (agency_id);
CREATE INDEX casework_asking_by_id_45d76f34 ON public.casework_asking USING btree (by_id);
CREATE INDEX casework_asking_case_id_40026a06 ON public.casework_asking USING btree (case_id);
CREATE INDEX casework_asking_scope_id_753b2351 ON public.casework_asking USING btree (scope_id);
CREATE INDEX casework_asking_token_df4d709c_like ON public.casework_asking USING btree (token varchar_pattern_ops);
CREATE INDEX casework_atrisk_changed_by_id_ec8eb1e2 ON public.casework_atrisk USING btree (changed_by_id);
CREATE INDEX casework_atrisk_scope_id_d54cc52f ON public.casework_atrisk USING btree (scope_id);
CREATE INDEX casework_authoritytold_by_id_0834030a ON public.casework_authoritytold USING btree (by_id);
CREATE INDEX casework_authoritytold_case_id_cf161967 ON public.casework_authoritytold USING btree (case_id);
CREATE INDEX casework_authoritytold_scope_id_4bd0dc30 ON public.casework_authoritytold USING btree (scope_id);
CREATE INDEX casework_background_changed_by_id_d0d7ad6b ON public.casework_background USING btree (changed_by_id);
CREATE INDEX casework_background_scope_id_a50ffd6c ON public.casework_background USING btree (scope_id);
CREATE INDEX casework_bulkmove_by_id_8f37dbb5 ON public.casework_bulkmove USING btree (by_id);
CREATE INDEX casework_bulkmove_force_id_45a9dbc8 ON public.casework_bulkmove USING btree (force_id);
CREATE INDEX casework_bulkmove_stopped_by_id_f0dcc349 ON public.casework_bulkmove USING btree (stopped_by_id);
CREATE INDEX casework_bulkmove_to_owner_id_9b23c581 ON public.casework_bulkmove USING btree (to_owner_id);
CREATE INDEX casework_bulkmove_to_unit_id_fb4d0dbd ON public.casework_bulkmove USING btree (to_unit_id);
CREATE INDEX casework_bulkmove_unit_id_0b92c8e4 ON public.casework_bulkmove USING btree (unit_id);
CREATE INDEX casework_case_logged_by_id_6e5bfe57 ON public.casework_case USING btree (logged_by_id);
CREATE INDEX casework_case_operation_id_31a6147e ON public.casework_case USING btree (operation_id);
CREATE INDEX casework_case_owner_id_12e048c1 ON public.casework_case USING btree (owner_id);
CREATE INDEX casework_case_reference_07e6b6eb_like ON public.casework_case USING btree (reference varchar_pattern_ops);
CREATE INDEX casework_case_scope_id_5ea88baf ON public.casework_case USING btree (scope_id);
CREATE INDEX casework_case_unit_id_4ccc6d40 ON public.casework_case USING btree (unit_id);
CREATE INDEX casework_case_victim_id_418b8bbf ON public.casework_case USING btree (victim_id);
CREATE INDEX casework_caseevent_by_id_16190e26 ON public.casework_caseevent USING btree (by_id);
CREATE INDEX casework_caseevent_case_id_46aaa1c4 ON public.casework_caseevent USING btree (case_id);
CREATE INDEX casework_caseevent_scope_id_67ae2c06 ON public.casework_caseevent USING btree (scope_id);
CREATE INDEX casework_casefile_by_id_14fdc9d3 ON public.casework_casefile USING btree (by_id);
CREATE INDEX casework_casefile_case_id_3308cae0 ON public.casework_casefile USING btree (case_id);
CREATE INDEX casework_casefile_dealt_with_by_id_bf65a045 ON public.casework_casefile USING btree (dealt_with_by_id);
CREATE INDEX casework_casefile_kept_as_aaa1902b_like ON public.casework_casefile USING btree (kept_as varchar_pattern_ops);
CREATE INDEX casework_casefile_scope_id_dde0365b ON public.casework_casefile USING btree (scope_id);
CREATE INDEX casework_casefile_taken_out_by_id_ae317636 ON public.casework_casefile USING btree (taken_out_by_id);
CREATE INDEX casework_closure_by_id_0387db51 ON public.casework_closure USING btree (by_id);
CREATE INDEX casework_closure_case_id_8f85293a ON public.casework_closure USING btree (case_id);
CREATE INDEX casework_closure_decided_by_id_fe4933b5 ON public.casework_closure USING btree (decided_by_id);
CREATE INDEX casework_closure_scope_id_5dc35d58 ON public.casework_closure USING btree (scope_id);
CREATE INDEX casework_contact_by_id_d8627a17 ON public.casework_contact USING btree (by_id);
CREATE INDEX casework_contact_case_id_20a47487 ON public.casework_contact USING btree (case_id);
CREATE INDEX casework_contact_scope_id_9d41cea3 ON public.casework_contact USING btree (scope_id);
CREATE INDEX casework_crimerecord_by_id_0cb38084 ON public.casework_crimerecord USING btree (by_id);
CREATE INDEX casework_crimerecord_case_id_468bb009 ON public.casework_crimerecord USING btree (case_id);
CREATE INDEX casework_crimerecord_scope_id_239cc341 ON public.casework_crimerecord USING btree (scope_id);
CREATE INDEX casework_dipsample_by_id_f6ab9b22 ON public.casework_dipsample USING btree (by_id);
CREATE INDEX casework_dipsample_force_id_e28a5d49 ON public.casework_dipsample USING btree (force_id);
CREATE INDEX casework_dipsample_unit_id_3ae7a9ca ON public.casework_dipsample USING btree (unit_id);
CREATE INDEX casework_disposalcertificate_decided_by_id_1a2ebd91 ON public.casework_disposalcertificate USING btree (decided_by_id);
CREATE INDEX casework_disposalcertificate_force_id_135247de ON public.casework_disposalcertificate USING btree (force_id);
CREATE INDEX casework_disposalcertificate_proposed_by_id_062fad1b ON public.casework_disposalcertificate USING btree (proposed_by_id);
CREATE INDEX casework_disposalcertificate_unit_id_044305cd ON public.casework_disposalcertificate USING btree (unit_id);
CREATE INDEX casework_draft_case_id_1e600544 ON public.casework_draft USING btree (case_id);
CREATE INDEX casework_draft_user_id_2cb9ee84 ON public.casework_draft USING btree (user_id);
CREATE INDEX casework_dutytonotify_by_id_3a67d5ed ON public.casework_dutytonotify USING btree (by_id);
CREATE INDEX casework_dutytonotify_case_id_bda7313e ON public.casework_dutytonotify USING btree (case_id);
CREATE INDEX casework_dutytonotify_scope_id_fe5878ba ON public.casework_dutytonotify USING btree (scope_id);
CREATE INDEX casework_emergencyaccess_by_id_7b49faa4 ON public.casework_emergencyaccess USING btree (by_id);
CREATE INDEX casework_emergencyaccess_case_id_abdb6a47 ON public.casework_emergencyaccess USING btree (case_id);
CREATE INDEX casework_emergencyaccess_force_id_19845eb5 ON public.casework_emergencyaccess USING btree (force_id);
CREATE INDEX casework_emergencyaccess_read_by_id_c0fb94f0 ON public.casework_emergencyaccess USING btree (read_by_id);
CREATE INDEX casework_emergencyaccess_reviewed_by_id_7750abbf ON public.casework_emergencyaccess USING btree (reviewed_by_id);
CREATE INDEX casework_emergencyaccess_scope_id_67cae550 ON public.casework_emergencyaccess USING btree (scope_id);
CREATE INDEX casework_evidencefile_case_id_d2c21d5e ON public.casework_evidencefile USING btree (case_id);
CREATE INDEX casework_evidencefile_changed_by_id_95e97424 ON public.casework_evidencefile USING btree (changed_by_id);
CREATE INDEX casework_evidencefile_scope_id_a34a9d11 ON public.casework_evidencefile USING btree (scope_id);
CREATE INDEX casework_evidencefile_taken_out_by_id_e2feeda5 ON public.casework_evidencefile USING btree (taken_out_by_id);
CREATE INDEX casework_exploitation_changed_by_id_118b64e6 ON public.casework_exploitation USING btree (changed_by_id);
CREATE INDEX casework_exploitation_scope_id_8af6892c ON public.casework_exploitation USING btree (scope_id);
CREATE INDEX casework_guardianreferral_by_id_8730b5ce ON public.casework_guardianreferral USING btree (by_id);
CREATE INDEX casework_guardianreferral_case_id_eb8e2841 ON public.casework_guardianreferral USING btree (case_id);
CREATE INDEX casework_guardianreferral_scope_id_f3e537d1 ON public.casework_guardianreferral USING btree (scope_id);
CREATE INDEX casework_guidancecard_ended_by_id_703190cf ON public.casework_guidancecard USING btree (ended_by_id);
CREATE INDEX casework_guidancecard_force_id_3a513b01 ON public.casework_guidancecard USING btree (force_id);
CREATE INDEX casework_guidancecard_set_by_id_6bac3734 ON public.casework_guidancecard USING btree (set_by_id);
CREATE INDEX casework_guidanceshown_by_id_e2022961 ON public.casework_guidanceshown USING btree (by_id);
CREATE INDEX casework_guidanceshown_card_id_5483cbc1 ON public.casework_guidanceshown USING btree (card_id);
CREATE INDEX casework_guidanceshown_case_id_3462a9ae ON public.casework_guidanceshown USING btree (case_id);
CREATE INDEX casework_guidanceshown_event_id_3080368b ON public.casework_guidanceshown USING btree (event_id);
CREATE INDEX casework_guidanceshown_scope_id_427f3972 ON public.casework_guidanceshown USING btree (scope_id);
CREATE INDEX casework_immigrationshare_by_id_92023e47 ON public.casework_immigrationshare USING btree (by_id);
CREATE INDEX casework_immigrationshare_case_id_9a0a5423 ON public.casework_immigrationshare USING btree (case_id);
CREATE INDEX casework_immigrationshare_decided_by_id_2c7f3b20 ON public.casework_immigrationshare USING btree (decided_by_id);
CREATE INDEX casework_immigrationshare_scope_id_95a7fccc ON public.casework_immigrationshare USING btree (scope_id);
CREATE INDEX casework_informed_by_id_f4a80183 ON public.casework_informed USING btree (by_id);
CREATE INDEX casework_informed_case_id_ba2f977c ON public.casework_informed USING btree (case_id);
CREATE INDEX casework_informed_decision_id_ffa4274c ON public.casework_informed USING btree (decision_id);
CREATE INDEX casework_informed_happening_id_3bfa3d32 ON public.casework_informed USING btree (happening_id);
CREATE INDEX casework_informed_scope_id_0120b5dd ON public.casework_informed USING btree (scope_id);
CREATE INDEX casework_interview_by_id_e3557b31 ON public.casework_interview USING btree (by_id);
CREATE INDEX casework_interview_case_id_1669882a ON public.casework_interview USING btree (case_id);
CREATE INDEX casework_interview_interviewer_id_ecc6005e ON public.casework_interview USING btree (interviewer_id);
CREATE INDEX casework_interview_reviewed_by_id_9fc9f596 ON public.casework_interview USING btree (reviewed_by_id);
CREATE INDEX casework_interview_scope_id_b6a05d53 ON public.casework_interview USING btree (scope_id);
CREATE INDEX casework_investigationevent_answers_id_4a3ee347 ON public.casework_investigationevent USING btree (answers_id);
CREATE INDEX casework_investigationevent_by_id_4972432b ON public.casework_investigationevent USING btree (by_id);
CREATE INDEX casework_investigationevent_case_id_48552a52 ON public.casework_investigationevent USING btree (case_id);
CREATE INDEX casework_investigationevent_crime_id_719ddd93 ON public.casework_investigationevent USING btree (crime_id);
CREATE INDEX casework_investigationevent_scope_id_cca744cb ON public.casework_investigationevent USING btree (scope_id);
CREATE INDEX casework_investigationevent_section_45_id_8a7ae9ff ON public.casework_investigationevent USING btree (section_45_id);
CREATE INDEX casework_legalhold_by_id_6fe6ebae ON public.casework_legalhold USING btree (by_id);
CREATE INDEX casework_legalhold_case_id_1f558e8e ON public.casework_legalhold USING btree (case_id);
CREATE INDEX casework_legalhold_ended_by_id_88ea33b2 ON public.casework_legalhold USING btree (ended_by_id);
CREATE INDEX casework_legalhold_scope_id_438dfc02 ON public.casework_legalhold USING btree (scope_id);
CREATE INDEX casework_lostcontact_by_id_e4f8371d ON public.casework_lostcontact USING btree (by_id);
CREATE INDEX casework_lostcontact_case_id_29af1326 ON public.casework_lostcontact USING btree (case_id);
CREATE INDEX casework_lostcontact_episode_id_794edb5a ON public.casework_lostcontact USING btree (episode_id);
CREATE INDEX casework_lostcontact_scope_id_e69c474c ON public.casework_lostcontact USING btree (scope_id);
CREATE INDEX casework_misusehit_closed_by_id_b80afd6b ON public.casework_misusehit USING btree (closed_by_id);
CREATE INDEX casework_misusehit_force_id_8688494f ON public.casework_misusehit USING btree (force_id);
CREATE INDEX casework_misusehit_person_id_dd133016 ON public.casework_misusehit USING btree (person_id);
CREATE INDEX casework_misusesearch_asked_by_id_da91ff65 ON public.casework_misusesearch USING btree (asked_by_id);
CREATE INDEX casework_misusesearch_force_id_78e5a398 ON public.casework_misusesearch USING btree (force_id);
CREATE INDEX casework_movedcase_case_id_9f1b6e8d ON public.casework_movedcase USING btree (case_id);
CREATE INDEX casework_movedcase_job_id_f122d942 ON public.casework_movedcase USING btree (job_id);
CREATE INDEX casework_movedcase_owner_after_id_7d0087ba ON public.casework_movedcase USING btree (owner_after_id);
CREATE INDEX casework_movedcase_owner_before_id_38f8f5d9 ON public.casework_movedcase USING btree (owner_before_id);
CREATE INDEX casework_movedcase_scope_id_e93d4d64 ON public.casework_movedcase USING btree (scope_id);
CREATE INDEX casework_movedcase_transfer_id_49bde18c ON public.casework_movedcase USING btree (transfer_id);
CREATE INDEX casework_needsassessment_by_id_fdfd6b7e ON public.casework_needsassessment USING btree (by_id);
CREATE INDEX casework_needsassessment_case_id_b6b473f6 ON public.casework_needsassessment USING btree (case_id);
CREATE INDEX casework_needsassessment_scope_id_9a77b600 ON public.casework_needsassessment USING btree (scope_id);
CREATE INDEX casework_notasked_by_id_de7d3071 ON public.casework_notasked USING btree (by_id);
CREATE INDEX casework_notasked_case_id_905f42c6 ON public.casework_notasked USING btree (case_id);
CREATE INDEX casework_notasked_scope_id_52b6f744 ON public.casework_notasked USING btree (scope_id);
CREATE INDEX casework_nrmevent_answers_id_9ae8f73e ON public.casework_nrmevent USING btree (answers_id);
CREATE INDEX casework_nrmevent_by_id_81beb559 ON public.casework_nrmevent USING btree (by_id);
CREATE INDEX casework_nrmevent_case_id_22d1d8a0 ON public.casework_nrmevent USING btree (case_id);
CREATE INDEX casework_nrmevent_referral_id_ed1d8442 ON public.casework_nrmevent USING btree (referral_id);
CREATE INDEX casework_nrmevent_scope_id_169c346e ON public.casework_nrmevent USING btree (scope_id);
CREATE INDEX casework_nrmreading_by_id_c4779322 ON public.casework_nrmreading USING btree (by_id);
CREATE INDEX casework_nrmreading_case_id_30537d92 ON public.casework_nrmreading USING btree (case_id);
CREATE INDEX casework_nrmreading_read_by_id_a48852f6 ON public.casework_nrmreading USING btree (read_by_id);
CREATE INDEX casework_nrmreading_scope_id_c014f270 ON public.casework_nrmreading USING btree (scope_id);
CREATE INDEX casework_nrmreferral_by_id_6055362e ON public.casework_nrmreferral USING btree (by_id);
CREATE INDEX casework_nrmreferral_case_id_caea0532 ON public.casework_nrmreferral USING btree (case_id);
CREATE INDEX casework_nrmreferral_consent_id_757263ed ON public.casework_nrmreferral USING btree (consent_id);
CREATE INDEX casework_nrmreferral_scope_id_b2067534 ON public.casework_nrmreferral USING btree (scope_id);
CREATE INDEX casework_nrmsubmission_by_id_44b7244b ON public.casework_nrmsubmission USING btree (by_id);
CREATE INDEX casework_nrmsubmission_case_id_c08f9165 ON public.casework_nrmsubmission USING btree (case_id);
CREATE INDEX casework_nrmsubmission_notification_id_7e7d45ba ON public.casework_nrmsubmission USING btree (notification_id);
CREATE INDEX casework_nrmsubmission_referral_id_2fe47385 ON public.casework_nrmsubmission USING btree (referral_id);
CREATE INDEX casework_nrmsubmission_scope_id_87a33b14 ON public.casework_nrmsubmission USING btree (scope_id);
CREATE INDEX casework_operation_force_id_dfbcc506 ON public.casework_operation USING btree (force_id);
CREATE INDEX casework_operation_started_by_id_b409f1d3 ON public.casework_operation USING btree (started_by_id);
CREATE INDEX casework_opinion_changed_by_id_50c55e5f ON public.casework_opinion USING btree (changed_by_id);
CREATE INDEX casework_opinion_scope_id_7c3212ce ON public.casework_opinion USING btree (scope_id);
CREATE INDEX casework_pack_asked_id_37e6a929 ON public.casework_pack USING btree (asked_id);
CREATE INDEX casework_pack_by_id_bda5d218 ON public.casework_pack USING btree (by_id);
CREATE INDEX casework_pack_case_id_2bba8a8a ON public.casework_pack USING btree (case_id);
CREATE INDEX casework_pack_reviewed_by_id_85189de5 ON public.casework_pack USING btree (reviewed_by_id);
CREATE INDEX casework_pack_scope_id_875af471 ON public.casework_pack USING btree (scope_id);
CREATE INDEX casework_packitem_pack_id_10b38a0b ON public.casework_packitem USING btree (pack_id);
CREATE INDEX casework_packitem_scope_id_3e50545e ON public.casework_packitem USING btree (scope_id);
CREATE INDEX casework_packlift_by_id_7685b69b ON public.casework_packlift USING btree (by_id);
CREATE INDEX casework_packlift_item_id_1c2e30e7 ON public.casework_packlift USING btree (item_id);
CREATE INDEX casework_packlift_scope_id_a8f78270 ON public.casework_packlift USING btree (scope_id);
CREATE INDEX casework_party_case_id_cd47f7d6 ON public.casework_party USING btree (case_id);
CREATE INDEX casework_party_changed_by_id_a62c49b0 ON public.casework_party USING btree (changed_by_id);
CREATE INDEX casework_party_scope_id_7ac8a01a ON public.casework_party USING btree (scope_id);
CREATE INDEX casework_party_situation_id_8a3ca444 ON public.casework_party USING btree (situation_id);
CREATE INDEX casework_party_taken_out_by_id_578e0dbf ON public.casework_party USING btree (taken_out_by_id);
CREATE INDEX casework_place_case_id_e52a3926 ON public.casework_place USING btree (case_id);
CREATE INDEX casework_place_changed_by_id_dd08b3e4 ON public.casework_place USING btree (changed_by_id);
CREATE INDEX casework_place_scope_id_003d8b58 ON public.casework_place USING btree (scope_id);
CREATE INDEX casework_place_situation_id_24f4e44c ON public.casework_place USING btree (situation_id);
CREATE INDEX casework_place_taken_out_by_id_dbeada28 ON public.casework_place USING btree (taken_out_by_id);
CREATE INDEX casework_police_changed_by_id_d644e83f ON public.casework_police USING btree (changed_by_id);
CREATE INDEX casework_police_scope_id_ab7b434a ON public.casework_police USING btree (scope_id);
CREATE INDEX casework_report_changed_by_id_292502fd ON public.casework_report USING btree (changed_by_id);
CREATE INDEX casework_report_scope_id_fa7f47be ON public.casework_report USING btree (scope_id);
CREATE INDEX casework_retentionreview_by_id_69990454 ON public.casework_retentionreview USING btree (by_id);
CREATE INDEX casework_retentionreview_case_id_40cd694e ON public.casework_retentionreview USING btree (case_id);
CREATE INDEX casework_retentionreview_decided_by_id_81ca6763 ON public.casework_retentionreview USING btree (decided_by_id);
CREATE INDEX casework_retentionreview_scope_id_96be02a4 ON public.casework_retentionreview USING btree (scope_id);
CREATE INDEX casework_review_by_id_802630a0 ON public.casework_review USING btree (by_id);
CREATE INDEX casework_review_case_id_8d9a772e ON public.casework_review USING btree (case_id);
CREATE INDEX casework_review_scope_id_f1d7af19 ON public.casework_review USING btree (scope_id);
CREATE INDEX casework_safeguarding_changed_by_id_b2cbdb68 ON public.casework_safeguarding USING btree (changed_by_id);
CREATE INDEX casework_safeguarding_scope_id_f810e6f9 ON public.casework_safeguarding USING btree (scope_id);
CREATE INDEX casework_safetycheck_by_id_0badb0ac ON public.casework_safetycheck USING btree (by_id);
CREATE INDEX casework_safetycheck_case_id_c9ca1c34 ON public.casework_safetycheck USING btree (case_id);
CREATE INDEX casework_safetycheck_scope_id_7624b0d4 ON public.casework_safetycheck USING btree (scope_id);
CREATE INDEX casework_sampledcase_case_id_e3c0e629 ON public.casework_sampledcase USING btree (case_id);
CREATE INDEX casework_sampledcase_owner_id_400c2ebe ON public.casework_sampledcase USING btree (owner_id);
CREATE INDEX casework_sampledcase_reviewed_by_id_1addd781 ON public.casework_sampledcase USING btree (reviewed_by_id);
CREATE INDEX casework_sampledcase_sample_id_eb31cfda ON public.casework_sampledcase USING btree (sample_id);
CREATE INDEX casework_sampledcase_scope_id_b688462d ON public.casework_sampledcase USING btree (scope_id);
CREATE INDEX casework_search_by_id_2954db52 ON public.casework_search USING btree (by_id);
CREATE INDEX casework_search_force_id_9fb00f33 ON public.casework_search USING btree (force_id);
CREATE INDEX casework_section45_by_id_fd0869a9 ON public.casework_section45 USING btree (by_id);
CREATE INDEX casework_section45_case_id_c42591b1 ON public.casework_section45 USING btree (case_id);
CREATE INDEX casework_section45_reviewed_by_id_007a1535 ON public.casework_section45 USING btree (reviewed_by_id);
CREATE INDEX casework_section45_scope_id_9880a1e5 ON public.casework_section45 USING btree (scope_id);
CREATE INDEX casework_sharedfact_by_id_95b033da ON public.casework_sharedfact USING btree (by_id);
CREATE INDEX casework_sharedfact_ended_by_id_36902377 ON public.casework_sharedfact USING btree (ended_by_id);
CREATE INDEX casework_sharedfact_force_id_36e0e340 ON public.casework_sharedfact USING btree (force_id);
CREATE INDEX casework_sharedfact_operation_id_f1c1528f ON public.casework_sharedfact USING btree (operation_id);
CREATE INDEX casework_sharingstopped_by_id_b5d8b1ae ON public.casework_sharingstopped USING btree (by_id);
CREATE INDEX casework_sharingstopped_case_id_5ed915d3 ON public.casework_sharingstopped USING btree (case_id);
CREATE INDEX casework_sharingstopped_scope_id_7523a8c1 ON public.casework_sharingstopped USING btree (scope_id);
CREATE INDEX casework_since_changed_by_id_bfe1941e ON public.casework_since USING btree (changed_by_id);
CREATE INDEX casework_since_scope_id_50f6ff4a ON public.casework_since USING btree (scope_id);
CREATE INDEX casework_situation_case_id_070cbaeb ON public.casework_situation USING btree (case_id);
CREATE INDEX casework_situation_changed_by_id_4b6b02a6 ON public.casework_situation USING btree (changed_by_id);
CREATE INDEX casework_situation_scope_id_c6e3599c ON public.casework_situation USING btree (scope_id);
CREATE INDEX casework_situation_taken_out_by_id_dd8507c7 ON public.casework_situation USING btree (taken_out_by_id);
CREATE INDEX casework_transfer_answered_by_id_b0930b87 ON public.casework_transfer USING btree (answered_by_id);
CREATE INDEX casework_transfer_case_id_91c72861 ON public.casework_transfer USING btree (case_id);
CREATE INDEX casework_transfer_from_force_id_74754580 ON public.casework_transfer USING btree (from_force_id);
CREATE INDEX casework_transfer_from_unit_id_ba928b0d ON public.casework_transfer USING btree (from_unit_id);
CREATE INDEX casework_transfer_offered_by_id_ba8a4b9e ON public.casework_transfer USING btree (offered_by_id);
CREATE INDEX casework_transfer_scope_id_6173eb59 ON public.casework_transfer USING btree (scope_id);
CREATE INDEX casework_transfer_to_force_id_cd885e48 ON public.casework_transfer USING btree (to_force_id);
CREATE INDEX casework_transfer_to_unit_id_99a12d45 ON public.casework_transfer USING btree (to_unit_id);
CREATE INDEX casework_voiceanswer_force_id_55da43bd ON public.casework_voiceanswer USING btree (force_id);
CREATE INDEX casework_voicedealing_by_id_24b6feee ON public.casework_voicedealing USING btree (by_id);
CREATE INDEX casework_wishes_changed_by_id_1afa812b ON public.casework_wishes USING btree (changed_by_id);
CREATE INDEX casework_wishes_scope_id_cd0213e9 ON public.casework_wishes USING btree (scope_id);
CREATE INDEX certificate_of_force ON public.casework_disposalcertificate USING btree (force_id, at DESC);
CREATE INDEX clocks_calendar_slug_82ad3dcd_like ON public.clocks_calendar USING btree (slug varchar_pattern_ops);
CREATE INDEX clocks_calendarday_calendar_id_8a7a58af ON public.clocks_calendarday USING btree (calendar_id);
CREATE UNIQUE INDEX clocks_day_once ON public.clocks_calendarday USING btree (calendar_id, falls_on) INCLUDE (working, ordinal);
CREATE UNIQUE INDEX clocks_day_ordinal_once ON public.clocks_calendarday USING btree (calendar_id, ordinal) INCLUDE (falls_on) WHERE working;
CREATE INDEX clocks_dayoverride_calendar_id_b5f4d636 ON public.clocks_dayoverride USING btree (calendar_id);
CREATE INDEX clocks_deadline_clock_c3a0901f ON public.clocks_deadline USING btree (clock);
CREATE INDEX clocks_deadline_clock_c3a0901f_like ON public.clocks_deadline USING btree (clock varchar_pattern_ops);
CREATE INDEX clocks_deadline_rule_061c7c6c ON public.clocks_deadline USING btree (rule);
CREATE INDEX clocks_deadline_rule_061c7c6c_like ON public.clocks_deadline USING btree (rule varchar_pattern_ops);
CREATE UNIQUE INDEX closure_one_undecided ON public.casework_closure USING btree (case_id) WHERE (decided_at IS NULL);
CREATE INDEX config_cache_expires ON public.config_cache USING btree (expires);
CREATE INDEX contact_case_at ON public.casework_contact USING btree (case_id, at DESC);
CREATE INDEX contact_spoken ON public.casework_contact USING btree (case_id, at) INCLUDE (scope_id) WHERE ((outcome)::text = 'spoke'::text);
CREATE INDEX course_date_ends ON public.training_coursedate USING btree (force_id, ends_on);
CREATE UNIQUE INDEX crack_once ON public.followups_crack USING btree (force_id, line) WHERE (ended_at IS NULL);
CREATE INDEX delivery_dead ON public.referrals_delivery USING btree (webhook_id) WHERE ((state)::text = 'dead'::text);
CREATE INDEX delivery_failed ON public.referrals_delivery USING btree (failed_at) WHERE (failed_at IS NOT NULL);
CREATE INDEX delivery_log ON public.referrals_delivery USING btree (webhook_id, made_at DESC);
CREATE INDEX delivery_waiting ON public.referrals_delivery USING btree (webhook_id, send_after, number) WHERE ((state)::text = 'queued'::text);
CREATE INDEX dip_sample_unit ON public.casework_dipsample USING btree (unit_id, at DESC);
CREATE UNIQUE INDEX disposal_one_undecided ON public.casework_retentionreview USING btree (case_id) WHERE ((decided_at IS NULL) AND ((decision)::text = 'dispose'::text));
CREATE INDEX emergency_case ON public.casework_emergencyaccess USING btree (case_id, at DESC);
CREATE INDEX emergency_force ON public.casework_emergencyaccess USING btree (force_id, at DESC);
CREATE INDEX event_case_at ON public.casework_caseevent USING btree (case_id, at DESC);
CREATE INDEX event_that_ends ON public.referrals_event USING btree (agency_id, referral_id, at) WHERE ((type)::text = ANY (ARRAY[('referral.withdrawn'::character varying)::text, ('referral.sent_in_error'::character varying)::text, ('referral.consent_withdrawn'::character varying)::text]));
CREATE INDEX event_without_number ON public.referrals_event USING btree (written) WHERE (number IS NULL);
CREATE INDEX export_by ON public.accounts_export USING btree (by_id, at);
CREATE INDEX export_item_subject ON public.accounts_exportitem USING btree (subject_id);
CREATE INDEX export_of_force ON public.accounts_export USING btree (force_id, id DESC);
CREATE UNIQUE INDEX export_request_one_undecided ON public.accounts_exportrequest USING btree (by_id, what, narrowed) WHERE (decided_at IS NULL);
CREATE UNIQUE INDEX file_once_a_case ON public.casework_casefile USING btree (case_id, digest) WHERE (taken_out_at IS NULL);
CREATE INDEX file_waiting ON public.casework_casefile USING btree (tried_at) WHERE ((status)::text = 'quarantined'::text);
CREATE INDEX followup_open_case ON public.followups_followup USING btree (case_id, due_at) WHERE ((state)::text = 'open'::text);
CREATE INDEX followup_open_due ON public.followups_followup USING btree (due_at) WHERE ((state)::text = 'open'::text);
CREATE INDEX followup_owed_holder ON public.followups_followup USING btree (holder_id, due_at) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quarantined'::character varying)::text]));
CREATE INDEX followup_owed_rule ON public.followups_followup USING btree (rule, subject_id) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quarantined'::character varying)::text]));
CREATE INDEX followup_owed_unit ON public.followups_followup USING btree (unit_id, due_at) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quarantined'::character varying)::text]));
CREATE INDEX followups_acknowledgement_by_id_d807fc70 ON public.followups_acknowledgement USING btree (by_id);
CREATE INDEX followups_acknowledgement_doer_id_ec421510 ON public.followups_acknowledgement USING btree (doer_id);
CREATE INDEX followups_acknowledgement_followup_id_03566289 ON public.followups_acknowledgement USING btree (followup_id);
CREATE INDEX followups_crack_force_id_a055c05b ON public.followups_crack USING btree (force_id);
CREATE INDEX followups_followup_agency_id_27c3d9d6 ON public.followups_followup USING btree (agency_id);
CREATE INDEX followups_followup_case_id_502cbfd8 ON public.followups_followup USING btree (case_id);
CREATE INDEX followups_followup_deadline_id_3f1da454 ON public.followups_followup USING btree (deadline_id);
CREATE INDEX followups_followup_force_id_c7694425 ON public.followups_followup USING btree (force_id);
CREATE INDEX followups_followup_holder_id_a5411fd8 ON public.followups_followup USING btree (holder_id);
CREATE INDEX followups_followup_owner_id_7de33e82 ON public.followups_followup USING btree (owner_id);
CREATE INDEX followups_followup_scope_id_3660e126 ON public.followups_followup USING btree (scope_id);
CREATE INDEX followups_followup_unit_id_d2c7cce7 ON public.followups_followup USING btree (unit_id);
CREATE INDEX followups_handover_by_id_0576ea66 ON public.followups_handover USING btree (by_id);
CREATE INDEX followups_handover_force_id_15057857 ON public.followups_handover USING btree (force_id);
CREATE INDEX followups_handover_read_by_id_2ffaee81 ON public.followups_handover USING btree (read_by_id);
CREATE INDEX followups_handover_unit_id_a9a36b34 ON public.followups_handover USING btree (unit_id);
CREATE INDEX followups_heartbeat_stage_c4b33918_like ON public.followups_heartbeat USING btree (stage varchar_pattern_ops);
CREATE INDEX followups_heldsweep_force_id_c4742974 ON public.followups_heldsweep USING btree (force_id);
CREATE INDEX followups_heldsweep_released_by_id_35b956df ON public.followups_heldsweep USING btree (released_by_id);
CREATE INDEX followups_keptview_by_id_37db2cbe ON public.followups_keptview USING btree (by_id);
CREATE INDEX followups_keptview_ended_by_id_5c71d623 ON public.followups_keptview USING btree (ended_by_id);
CREATE INDEX followups_keptview_force_id_44f32296 ON public.followups_keptview USING btree (force_id);
CREATE INDEX followups_keptview_unit_id_c10d995a ON public.followups_keptview USING btree (unit_id);
CREATE INDEX followups_notice_person_id_dfccfaab ON public.followups_notice USING btree (person_id);
CREATE INDEX followups_notice_step_id_deb4baba ON public.followups_notice USING btree (step_id);
CREATE INDEX followups_replan_by_id_37023b50 ON public.followups_replan USING btree (by_id);
CREATE INDEX followups_replan_followup_id_1ae41ebd ON public.followups_replan USING btree (followup_id);
CREATE INDEX followups_step_followup_id_6b0c419f ON public.followups_step USING btree (followup_id);
CREATE UNIQUE INDEX force_contact_once ON public.accounts_forcecontact USING btree (force_id, name) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX grant_once_while_open ON public.accounts_scopegrant USING btree (scope_id, user_id, kind) WHERE (ends_at IS NULL);
CREATE INDEX grant_user_scope ON public.accounts_scopegrant USING btree (user_id, scope_id);
CREATE INDEX guidance_shown_case_at ON public.casework_guidanceshown USING btree (case_id, at DESC);
CREATE UNIQUE INDEX guidance_shown_once ON public.casework_guidancecard USING btree (force_id, step, title) WHERE (ended_at IS NULL);
CREATE INDEX handover_unit ON public.followups_handover USING btree (unit_id, at DESC);
CREATE INDEX happening_case_at ON public.casework_investigationevent USING btree (case_id, at DESC);
CREATE INDEX happening_kind_case ON public.casework_investigationevent USING btree (kind, case_id);
CREATE UNIQUE INDEX held_sweep_once_a_force ON public.followups_heldsweep USING btree (rule, force_id) WHERE (released_at IS NULL);
CREATE UNIQUE INDEX immigration_share_one_undecided ON public.casework_immigrationshare USING btree (case_id) WHERE (decided_at IS NULL);
CREATE INDEX informed_case_subject ON public.casework_informed USING btree (case_id, subject, at);
CREATE INDEX interview_case_at ON public.casework_interview USING btree (case_id, at DESC);
CREATE INDEX kept_answer_kept_at ON public.referrals_keptanswer USING btree (kept_at);
CREATE UNIQUE INDEX kept_view_name_once ON public.followups_keptview USING btree (unit_id, name) WHERE (ended_at IS NULL);
CREATE INDEX learning_of_a_year ON public.training_learning USING btree (user_id, done_on);
CREATE UNIQUE INDEX learning_once ON public.training_learning USING btree (user_id, done_on, kind, about) WHERE (taken_back_at IS NULL);
CREATE INDEX lost_contact_case_at ON public.casework_lostcontact USING btree (case_id, at DESC);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE UNIQUE INDEX mismatch_owed_once ON public.referrals_mismatch USING btree (force_id, agency_id, kind, reference, stage, "on") NULLS NOT DISTINCT WHERE ((agreed_at IS NULL) AND (resolved_at IS NULL));
CREATE UNIQUE INDEX missing_once_at_a_time ON public.victims_missingepisode USING btree (victim_id) WHERE (found_at IS NULL);
CREATE INDEX misuse_force ON public.casework_misusehit USING btree (force_id, last_at DESC);
CREATE UNIQUE INDEX misuse_searched_once ON public.casework_misusesearch USING btree (force_id) WHERE (done_at IS NULL);
CREATE INDEX moved_case_waiting ON public.casework_movedcase USING btree (job_id, place) WHERE ((status)::text = 'waiting'::text);
CREATE UNIQUE INDEX moved_case_waits_once ON public.casework_movedcase USING btree (case_id) WHERE ((status)::text = 'waiting'::text);
CREATE UNIQUE INDEX need_once_while_open ON public.victims_need USING btree (victim_id, kind) WHERE (ended_at IS NULL);
CREATE INDEX not_asked_case_point ON public.casework_notasked USING btree (case_id, point, at);
CREATE INDEX notice_batch ON public.followups_notice USING btree (message_id) WHERE (NOT ((message_id)::text = ''::text));
CREATE INDEX notice_failed ON public.followups_notice USING btree (failed_at) WHERE (failed_at IS NOT NULL);
CREATE INDEX notice_interrupting ON public.followups_notice USING btree (made_at) WHERE interrupts;
CREATE INDEX notice_mailed ON public.followups_notice USING btree (accepted_at) WHERE ((channel)::text = 'email'::text);
CREATE INDEX notice_person ON public.followups_notice USING btree (person_id, made_at DESC);
CREATE INDEX notice_queued ON public.followups_notice USING btree (send_after) WHERE ((state)::text = 'queued'::text);
CREATE INDEX nrm_event_case_at ON public.casework_nrmevent USING btree (case_id, at DESC);
CREATE INDEX nrm_event_of_referral ON public.casework_nrmevent USING btree (referral_id, kind, at);
CREATE UNIQUE INDEX nrm_one_live_referral ON public.casework_nrmreferral USING btree (case_id) WHERE (NOT ((status)::text = 'withdrawn'::text));
CREATE INDEX nrm_reference_key ON public.casework_nrmreferral USING btree (public.referrals_reference_key((home_office_reference)::text)) WHERE ((home_office_reference)::text <> ''::text);
CREATE INDEX oauth2_prov_token_f_996e8a_idx ON public.oauth2_provider_refreshtoken USING btree (token_family);
CREATE INDEX oauth2_provider_accesstoken_application_id_b22886e1 ON public.oauth2_provider_accesstoken USING btree (application_id);
CREATE INDEX oauth2_provider_accesstoken_token_checksum_85319a26_like ON public.oauth2_provider_accesstoken USING btree (token_checksum varchar_pattern_ops);
CREATE INDEX oauth2_provider_accesstoken_user_id_6e4c9a65 ON public.oauth2_provider_accesstoken USING btree (user_id);
CREATE INDEX oauth2_provider_devicegrant_client_id_229dd06d ON public.oauth2_provider_devicegrant USING btree (client_id);
CREATE INDEX oauth2_provider_devicegrant_client_id_229dd06d_like ON public.oauth2_provider_devicegrant USING btree (client_id varchar_pattern_ops);
CREATE INDEX oauth2_provider_devicegrant_user_id_1cec5156 ON public.oauth2_provider_devicegrant USING btree (user_id);
CREATE INDEX oauth2_provider_grant_application_id_81923564 ON public.oauth2_provider_grant USING btree (application_id);
CREATE INDEX oauth2_provider_grant_code_49ab4ddf_like ON public.oauth2_provider_grant USING btree (code varchar_pattern_ops);
CREATE INDEX oauth2_provider_grant_user_id_e8f62af8 ON public.oauth2_provider_grant USING btree (user_id);
CREATE INDEX oauth2_provider_idtoken_application_id_08c5ff4f ON public.oauth2_provider_idtoken USING btree (application_id);
CREATE INDEX oauth2_provider_idtoken_user_id_dd512b59 ON public.oauth2_provider_idtoken USING btree (user_id);
CREATE INDEX oauth2_provider_refreshtoken_application_id_2d1c311b ON public.oauth2_provider_refreshtoken USING btree (application_id);
CREATE INDEX oauth2_provider_refreshtoken_user_id_da837fce ON public.oauth2_provider_refreshtoken USING btree (user_id);
CREATE UNIQUE INDEX pack_one_in_work ON public.casework_pack USING btree (case_id, kind) WHERE ((status)::text = ANY (ARRAY[('draft'::character varying)::text, ('review'::character varying)::text]));
CREATE UNIQUE INDEX person_link_once ON public.victims_personlink USING btree (victim_id, other_id) WHERE (NOT ((status)::text = 'ended'::text));
CREATE UNIQUE INDEX place_position_once ON public.casework_place USING btree (case_id, kind, "position") WHERE (taken_out_at IS NULL);
CREATE UNIQUE INDEX proof_once_a_record ON public.training_proof USING btree (record_id, digest) WHERE (taken_out_at IS NULL);
CREATE INDEX proof_waiting ON public.training_proof USING btree (tried_at) WHERE ((status)::text = 'quarantined'::text);
CREATE UNIQUE INDEX reading_asked_once ON public.casework_nrmreading USING btree (case_id) WHERE ((left_at IS NULL) AND (read_at IS NULL) AND (NOT sent));
CREATE INDEX referral_agency ON public.referrals_supportreferral USING btree (agency_id, status, sent_at DESC);
CREATE INDEX referral_case ON public.referrals_supportreferral USING btree (case_id);
CREATE INDEX referral_person ON public.referrals_supportreferral USING btree (person);
CREATE INDEX referrals_attempt_agency_id_4651cbe6 ON public.referrals_attempt USING btree (agency_id);
CREATE INDEX referrals_attempt_delivery_id_014faef7 ON public.referrals_attempt USING btree (delivery_id);
CREATE INDEX referrals_capacityword_agency_id_591a16ab ON public.referrals_capacityword USING btree (agency_id);
CREATE INDEX referrals_capacityword_by_id_f9375dfc ON public.referrals_capacityword USING btree (by_id);
CREATE INDEX referrals_capacityword_service_id_ad1645d2 ON public.referrals_capacityword USING btree (service_id);
CREATE INDEX referrals_delivery_agency_id_172a93fc ON public.referrals_delivery USING btree (agency_id);
CREATE INDEX referrals_delivery_event_id_75aa424a ON public.referrals_delivery USING btree (event_id);
CREATE INDEX referrals_delivery_webhook_id_19bfe926 ON public.referrals_delivery USING btree (webhook_id);
CREATE INDEX referrals_disclosure_agency_id_d86cd122 ON public.referrals_disclosure USING btree (agency_id);
CREATE INDEX referrals_disclosure_disclosed_by_id_c1de89b7 ON public.referrals_disclosure USING btree (disclosed_by_id);
CREATE INDEX referrals_disclosure_scope_id_f43a85f5 ON public.referrals_disclosure USING btree (scope_id);
CREATE INDEX referrals_disclosureevent_agency_id_ef5de3c7 ON public.referrals_disclosureevent USING btree (agency_id);
CREATE INDEX referrals_disclosureevent_consent_id_60661fd7 ON public.referrals_disclosureevent USING btree (consent_id);
CREATE INDEX referrals_disclosureevent_referral_id_ad6cbbdb ON public.referrals_disclosureevent USING btree (referral_id);
CREATE INDEX referrals_disclosureevent_scope_id_b0fcbbed ON public.referrals_disclosureevent USING btree (scope_id);
CREATE INDEX referrals_event_agency_id_56101490 ON public.referrals_event USING btree (agency_id);
CREATE INDEX referrals_event_referral_id_e52968c6 ON public.referrals_event USING btree (referral_id);
CREATE INDEX referrals_keptanswer_agency_id_129b7a98 ON public.referrals_keptanswer USING btree (agency_id);
CREATE INDEX referrals_keptanswer_application_id_3cf28731 ON public.referrals_keptanswer USING btree (application_id);
CREATE INDEX referrals_mismatch_agency_id_cc901ba0 ON public.referrals_mismatch USING btree (agency_id);
CREATE INDEX referrals_mismatch_case_id_c08649e4 ON public.referrals_mismatch USING btree (case_id);
CREATE INDEX referrals_mismatch_force_id_9544e06d ON public.referrals_mismatch USING btree (force_id);
CREATE INDEX referrals_mismatch_found_in_id_86e8ca91 ON public.referrals_mismatch USING btree (found_in_id);
CREATE INDEX referrals_mismatch_nrm_id_f03dba44 ON public.referrals_mismatch USING btree (nrm_id);
CREATE INDEX referrals_mismatch_referral_id_28654ff5 ON public.referrals_mismatch USING btree (referral_id);
CREATE INDEX referrals_mismatch_resolved_by_id_de2baaa4 ON public.referrals_mismatch USING btree (resolved_by_id);
CREATE INDEX referrals_mismatch_scope_id_a0384536 ON public.referrals_mismatch USING btree (scope_id);
CREATE INDEX referrals_outsidelist_agency_id_108d60c6 ON public.referrals_outsidelist USING btree (agency_id);
CREATE INDEX referrals_outsidelist_force_id_5a953d0a ON public.referrals_outsidelist USING btree (force_id);
CREATE INDEX referrals_outsidelist_uploaded_by_id_83a17541 ON public.referrals_outsidelist USING btree (uploaded_by_id);
CREATE INDEX referrals_question_agency_id_e3fb0637 ON public.referrals_question USING btree (agency_id);
CREATE INDEX referrals_question_answered_by_id_b5821550 ON public.referrals_question USING btree (answered_by_id);
CREATE INDEX referrals_question_referral_id_1c82044e ON public.referrals_question USING btree (referral_id);
CREATE INDEX referrals_question_scope_id_e095a72a ON public.referrals_question USING btree (scope_id);
CREATE INDEX referrals_sandbox_emptied_by_id_d982afef ON public.referrals_sandbox USING btree (emptied_by_id);
CREATE INDEX referrals_sandbox_opened_by_id_01926b8f ON public.referrals_sandbox USING btree (opened_by_id);
CREATE INDEX referrals_service_agency_id_69118565 ON public.referrals_service USING btree (agency_id);
CREATE INDEX referrals_service_forces_force_id_2131ba87 ON public.referrals_service_forces USING btree (force_id);
CREATE INDEX referrals_service_forces_service_id_3fd405d2 ON public.referrals_service_forces USING btree (service_id);
CREATE INDEX referrals_supportreferral_agency_id_44b04cf9 ON public.referrals_supportreferral USING btree (agency_id);
CREATE INDEX referrals_supportreferral_case_id_38b43016 ON public.referrals_supportreferral USING btree (case_id);
CREATE INDEX referrals_supportreferral_consent_id_e177a9b4 ON public.referrals_supportreferral USING btree (consent_id);
CREATE INDEX referrals_supportreferral_created_by_id_a2141f1b ON public.referrals_supportreferral USING btree (created_by_id);
CREATE INDEX referrals_supportreferral_force_id_a49bce73 ON public.referrals_supportreferral USING btree (force_id);
CREATE INDEX referrals_supportreferral_instead_of_id_fd8cab30 ON public.referrals_supportreferral USING btree (instead_of_id);
CREATE INDEX referrals_supportreferral_scope_id_90318a62 ON public.referrals_supportreferral USING btree (scope_id);
CREATE INDEX referrals_supportreferral_service_id_6b66e35e ON public.referrals_supportreferral USING btree (service_id);
CREATE INDEX referrals_supportreview_agency_id_870a0826 ON public.referrals_supportreview USING btree (agency_id);
CREATE INDEX referrals_supportreview_referral_id_dbc8ab47 ON public.referrals_supportreview USING btree (referral_id);
CREATE INDEX referrals_supportreview_scope_id_ef451d78 ON public.referrals_supportreview USING btree (scope_id);
CREATE INDEX referrals_takenback_consent_id_e6a6a6c4 ON public.referrals_takenback USING btree (consent_id);
CREATE INDEX referrals_takenback_referral_id_76ff8fcc ON public.referrals_takenback USING btree (referral_id);
CREATE INDEX referrals_takenback_scope_id_d31c0ec9 ON public.referrals_takenback USING btree (scope_id);
CREATE INDEX referrals_takenback_told_by_id_7b6a1b7f ON public.referrals_takenback USING btree (told_by_id);
CREATE INDEX referrals_webhook_agency_id_45c8fab7 ON public.referrals_webhook USING btree (agency_id);
CREATE INDEX referrals_webhook_confirmed_by_id_0205e12f ON public.referrals_webhook USING btree (confirmed_by_id);
CREATE INDEX referrals_webhook_ended_by_id_9c46c07d ON public.referrals_webhook USING btree (ended_by_id);
CREATE INDEX referrals_webhook_proposed_by_id_b63b1a5f ON public.referrals_webhook USING btree (proposed_by_id);
CREATE INDEX referrals_webhooksecret_agency_id_65ff2499 ON public.referrals_webhooksecret USING btree (agency_id);
CREATE INDEX referrals_webhooksecret_made_by_id_fda7fc11 ON public.referrals_webhooksecret USING btree (made_by_id);
CREATE INDEX referrals_webhooksecret_webhook_id_0e67e11c ON public.referrals_webhooksecret USING btree (webhook_id);
CREATE INDEX role_held_by_role ON public.accounts_roleheld USING btree (role);
CREATE INDEX scope_not_standard ON public.accounts_scope USING btree (unit_id) WHERE (NOT ((restriction)::text = 'standard'::text));
CREATE INDEX scope_reach ON public.accounts_scope USING btree (force_id, unit_id, restriction);
CREATE INDEX search_alike ON public.casework_search USING btree (at) WHERE (NOT (alike = '{}'::uuid[]));
CREATE INDEX search_keys ON public.casework_search USING gin (keys);
CREATE INDEX search_to_compare ON public.casework_search USING btree (at) WHERE (NOT (trigrams = '{}'::bigint[]));
CREATE INDEX searchkey_held ON public.victims_searchkey USING btree (scope_id, key) INCLUDE (victim_id, force_id, kind) WHERE (NOT is_standard);
CREATE INDEX searchkey_like ON public.victims_searchkey USING gin (latin public.gin_trgm_ops) WHERE (is_standard AND ((kind)::text = 'name'::text));
CREATE INDEX searchkey_scope ON public.victims_searchkey USING btree (scope_id);
CREATE INDEX searchkey_source ON public.victims_searchkey USING btree (source);
CREATE INDEX searchkey_standard ON public.victims_searchkey USING btree (force_id, key) INCLUDE (victim_id, scope_id, unit_id, kind) WHERE is_standard;
CREATE INDEX security_notice_unread ON public.accounts_securitynotice USING btree (user_id) WHERE (read_at IS NULL);
CREATE INDEX security_notice_unsent ON public.accounts_securitynotice USING btree (send_after) WHERE (sent_at IS NULL);
CREATE INDEX sharing_stopped_case ON public.casework_sharingstopped USING btree (case_id, purpose);
CREATE INDEX shift_change_of_user ON public.accounts_shiftchange USING btree (user_id, ends_at);
CREATE UNIQUE INDEX support_review_one_open ON public.referrals_supportreview USING btree (referral_id) WHERE (held_at IS NULL);
CREATE INDEX training_booking_booked_by_id_de774d71 ON public.training_booking USING btree (booked_by_id);
CREATE INDEX training_booking_date_id_3af2a8eb ON public.training_booking USING btree (date_id);
CREATE INDEX training_booking_ended_by_id_b5031f85 ON public.training_booking USING btree (ended_by_id);
CREATE INDEX training_booking_marked_by_id_2b2a87dc ON public.training_booking USING btree (marked_by_id);
CREATE INDEX training_booking_user_id_78998a95 ON public.training_booking USING btree (user_id);
CREATE INDEX training_course_force_id_6837bd52 ON public.training_course USING btree (force_id);
CREATE INDEX training_course_slug_a416a469_like ON public.training_course USING btree (slug varchar_pattern_ops);
CREATE INDEX training_coursedate_added_by_id_2960221d ON public.training_coursedate USING btree (added_by_id);
CREATE INDEX training_coursedate_called_off_by_id_5b62c6ec ON public.training_coursedate USING btree (called_off_by_id);
CREATE INDEX training_coursedate_course_id_6af8c940 ON public.training_coursedate USING btree (course_id);
CREATE INDEX training_coursedate_course_id_6af8c940_like ON public.training_coursedate USING btree (course_id varchar_pattern_ops);
CREATE INDEX training_coursedate_force_id_625f98ee ON public.training_coursedate USING btree (force_id);
CREATE INDEX training_equivalent_counts_for_id_7a52e3e2 ON public.training_equivalent USING btree (counts_for_id);
CREATE INDEX training_equivalent_counts_for_id_7a52e3e2_like ON public.training_equivalent USING btree (counts_for_id varchar_pattern_ops);
CREATE INDEX training_equivalent_course_id_6b18619b ON public.training_equivalent USING btree (course_id);
CREATE INDEX training_equivalent_course_id_6b18619b_like ON public.training_equivalent USING btree (course_id varchar_pattern_ops);
CREATE INDEX training_equivalent_force_id_aade344e ON public.training_equivalent USING btree (force_id);
CREATE INDEX training_learning_seen_by_id_bab53c22 ON public.training_learning USING btree (seen_by_id);
CREATE INDEX training_learning_user_id_e4fe47b5 ON public.training_learning USING btree (user_id);
CREATE INDEX training_proof_kept_as_b8f81eba_like ON public.training_proof USING btree (kept_as varchar_pattern_ops);
CREATE INDEX training_proof_record_id_1756d023 ON public.training_proof USING btree (record_id);
CREATE INDEX training_proof_recorded_by_id_8ef6d90c ON public.training_proof USING btree (recorded_by_id);
CREATE INDEX training_proof_taken_out_by_id_a0a3cd4e ON public.training_proof USING btree (taken_out_by_id);
CREATE INDEX training_record_course ON public.training_trainingrecord USING btree (course_id, user_id);
CREATE INDEX training_requirement_course_id_eca97092 ON public.training_requirement USING btree (course_id);
CREATE INDEX training_requirement_course_id_eca97092_like ON public.training_requirement USING btree (course_id varchar_pattern_ops);
CREATE INDEX training_requirement_force_id_ff7a5f3d ON public.training_requirement USING btree (force_id);
CREATE INDEX training_trainingimport_force_id_c050e574 ON public.training_trainingimport USING btree (force_id);
CREATE INDEX training_trainingimport_uploaded_by_id_92de2457 ON public.training_trainingimport USING btree (uploaded_by_id);
CREATE INDEX training_trainingrecord_course_id_bf67b43e ON public.training_trainingrecord USING btree (course_id);
CREATE INDEX training_trainingrecord_course_id_bf67b43e_like ON public.training_trainingrecord USING btree (course_id varchar_pattern_ops);
CREATE INDEX training_trainingrecord_recorded_by_id_61e6cdda ON public.training_trainingrecord USING btree (recorded_by_id);
CREATE INDEX training_trainingrecord_user_id_2abb756b ON public.training_trainingrecord USING btree (user_id);
CREATE INDEX training_trainingrecord_verified_by_id_4b1cff5a ON public.training_trainingrecord USING btree (verified_by_id);
CREATE INDEX transfer_from_unit ON public.casework_transfer USING btree (from_unit_id, status);
CREATE UNIQUE INDEX transfer_one_at_a_time ON public.casework_transfer USING btree (case_id) WHERE ((status)::text = 'offered'::text);
CREATE INDEX transfer_to_unit ON public.casework_transfer USING btree (to_unit_id, status);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE UNIQUE INDEX user_signin_name_any_case ON public.accounts_user USING btree (lower((username)::text));
CREATE INDEX victim_person ON public.victims_victim USING btree (COALESCE(merged_into_id, id));
CREATE INDEX victims_agedispute_recorded_by_id_35fb43f6 ON public.victims_agedispute USING btree (recorded_by_id);
CREATE INDEX victims_agedispute_scope_id_1389a25a ON public.victims_agedispute USING btree (scope_id);
CREATE INDEX victims_agedispute_settled_by_id_ab4c0cb0 ON public.victims_agedispute USING btree (settled_by_id);
CREATE INDEX victims_agedispute_victim_id_a9b198ad ON public.victims_agedispute USING btree (victim_id);
CREATE INDEX victims_consentevent_agency_id_7edc01ee ON public.victims_consentevent USING btree (agency_id);
CREATE INDEX victims_consentevent_explained_by_id_12cac93a ON public.victims_consentevent USING btree (explained_by_id);
CREATE INDEX victims_consentevent_scope_id_3473f8b2 ON public.victims_consentevent USING btree (scope_id);
CREATE INDEX victims_consentevent_victim_id_e1c23cfc ON public.victims_consentevent USING btree (victim_id);
CREATE INDEX victims_dependant_ended_by_id_1ee1ca2d ON public.victims_dependant USING btree (ended_by_id);
CREATE INDEX victims_dependant_recorded_by_id_4b395a36 ON public.victims_dependant USING btree (recorded_by_id);
CREATE INDEX victims_dependant_scope_id_710baa96 ON public.victims_dependant USING btree (scope_id);
CREATE INDEX victims_dependant_victim_id_40f39cb3 ON public.victims_dependant USING btree (victim_id);
CREATE INDEX victims_letter_letter_4c4faa2b_like ON public.victims_letter USING btree (letter text_pattern_ops);
CREATE INDEX victims_missingepisode_recorded_by_id_2db43dfd ON public.victims_missingepisode USING btree (recorded_by_id);
CREATE INDEX victims_missingepisode_scope_id_64809224 ON public.victims_missingepisode USING btree (scope_id);
CREATE INDEX victims_missingepisode_victim_id_2ebcbe83 ON public.victims_missingepisode USING btree (victim_id);
CREATE INDEX victims_nationality_ended_by_id_3c727e2f ON public.victims_nationality USING btree (ended_by_id);
CREATE INDEX victims_nationality_recorded_by_id_ef2152cc ON public.victims_nationality USING btree (recorded_by_id);
CREATE INDEX victims_nationality_scope_id_a639b856 ON public.victims_nationality USING btree (scope_id);
CREATE INDEX victims_nationality_victim_id_417349f8 ON public.victims_nationality USING btree (victim_id);
CREATE INDEX victims_need_found_by_id_83ad9700 ON public.victims_need USING btree (found_by_id);
CREATE INDEX victims_need_scope_id_6aede018 ON public.victims_need USING btree (scope_id);
CREATE INDEX victims_need_victim_id_30abf801 ON public.victims_need USING btree (victim_id);
CREATE INDEX victims_personlink_ended_by_id_f2e61228 ON public.victims_personlink USING btree (ended_by_id);
CREATE INDEX victims_personlink_linked_by_id_8a46c99b ON public.victims_personlink USING btree (linked_by_id);
CREATE INDEX victims_personlink_merged_by_id_34b8cf3e ON public.victims_personlink USING btree (merged_by_id);
CREATE INDEX victims_personlink_other_id_1ccbe18a ON public.victims_personlink USING btree (other_id);
CREATE INDEX victims_personlink_other_scope_id_65bc9b4f ON public.victims_personlink USING btree (other_scope_id);
CREATE INDEX victims_personlink_scope_id_216a2475 ON public.victims_personlink USING btree (scope_id);
CREATE INDEX victims_personlink_victim_id_ef3edb2c ON public.victims_personlink USING btree (victim_id);
CREATE INDEX victims_personname_ended_by_id_afa400e8 ON public.victims_personname USING btree (ended_by_id);
CREATE INDEX victims_personname_recorded_by_id_378af8ff ON public.victims_personname USING btree (recorded_by_id);
CREATE INDEX victims_personname_scope_id_05aa5e24 ON public.victims_personname USING btree (scope_id);
CREATE INDEX victims_personname_victim_id_456dbc86 ON public.victims_personname USING btree (victim_id);
CREATE INDEX victims_reference_ended_by_id_4b493b21 ON public.victims_reference USING btree (ended_by_id);
CREATE INDEX victims_reference_recorded_by_id_822543de ON public.victims_reference USING btree (recorded_by_id);
CREATE INDEX victims_reference_scope_id_1bbc31f2 ON public.victims_reference USING btree (scope_id);
CREATE INDEX victims_reference_victim_id_2e4f6837 ON public.victims_reference USING btree (victim_id);
CREATE INDEX victims_riskjudgement_judged_by_id_be8dfdae ON public.victims_riskjudgement USING btree (judged_by_id);
CREATE INDEX victims_riskjudgement_scope_id_58158144 ON public.victims_riskjudgement USING btree (scope_id);
CREATE INDEX victims_riskjudgement_victim_id_6fcae874 ON public.victims_riskjudgement USING btree (victim_id);
CREATE INDEX victims_safecontact_scope_id_2b43b9d7 ON public.victims_safecontact USING btree (scope_id);
CREATE INDEX victims_safecontact_set_by_id_6b35ef9d ON public.victims_safecontact USING btree (set_by_id);
CREATE INDEX victims_safecontact_victim_id_2bfa893a ON public.victims_safecontact USING btree (victim_id);
CREATE INDEX victims_spokenlanguage_ended_by_id_973f3be3 ON public.victims_spokenlanguage USING btree (ended_by_id);
CREATE INDEX victims_spokenlanguage_recorded_by_id_5d6715f4 ON public.victims_spokenlanguage USING btree (recorded_by_id);
CREATE INDEX victims_spokenlanguage_scope_id_b1f7e73b ON public.victims_spokenlanguage USING btree (scope_id);
CREATE INDEX victims_spokenlanguage_victim_id_bd8feb38 ON public.victims_spokenlanguage USING btree (victim_id);
CREATE INDEX victims_toldtopic_heard_by_id_114a98ea ON public.victims_toldtopic USING btree (heard_by_id);
CREATE INDEX victims_toldtopic_scope_id_743561c5 ON public.victims_toldtopic USING btree (scope_id);
CREATE INDEX victims_toldtopic_victim_id_9580d9dc ON public.victims_toldtopic USING btree (victim_id);
CREATE INDEX victims_victim_merged_into_id_143b5caf ON public.victims_victim USING btree (merged_into_id);
CREATE INDEX victims_victim_scope_id_bde0a1fb ON public.victims_victim USING btree (scope_id);
CREATE INDEX voice_force_at ON public.casework_voiceanswer USING btree (force_id, at);
CREATE UNIQUE INDEX webhook_has_one_newest_secret ON public.referrals_webhooksecret USING btree (webhook_id) WHERE (ends_at IS NULL);
CREATE UNIQUE INDEX webhook_once ON public.referrals_webhook USING btree (agency_id, url) WHERE (ended_at IS NULL);
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202611_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202611_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202611_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202611_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202611_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202611_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202612_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202612_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202612_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202612_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202612_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202612_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202701_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202701_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202701_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202701_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202701_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202701_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202702_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202702_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202702_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202702_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202702_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202702_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202703_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202703_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202703_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202703_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202703_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202703_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202704_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202704_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202704_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202704_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202704_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202704_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202705_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202705_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202705_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202705_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202705_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202705_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202706_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202706_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202706_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202706_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202706_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202706_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202707_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202707_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202707_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202707_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202707_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202707_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202708_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202708_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202708_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202708_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202708_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202708_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202709_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202709_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202709_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202709_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202709_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202709_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202710_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202710_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202710_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202710_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202710_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202710_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202711_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202711_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202711_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202711_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202711_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202711_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_202712_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_202712_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_202712_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_202712_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_202712_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_202712_xid_idx;
ALTER INDEX public.auditevent_actor ATTACH PARTITION public.accounts_auditevent_default_actor_id_at_idx;
ALTER INDEX public.auditevent_force ATTACH PARTITION public.accounts_auditevent_default_force_id_at_idx;
ALTER INDEX public.accounts_auditevent_pkey ATTACH PARTITION public.accounts_auditevent_default_pkey;
ALTER INDEX public.auditevent_scope ATTACH PARTITION public.accounts_auditevent_default_scope_id_at_idx;
ALTER INDEX public.auditevent_verb ATTACH PARTITION public.accounts_auditevent_default_verb_at_idx;
ALTER INDEX public.auditevent_xid ATTACH PARTITION public.accounts_auditevent_default_xid_idx;
CREATE TRIGGER acceptance_recorded AFTER UPDATE OF status ON public.referrals_supportreferral FOR EACH ROW WHEN (((new.scope_id IS NOT NULL) AND ((old.status)::text <> (new.status)::text) AND ((new.status)::text = 'accepted'::text))) EXECUTE FUNCTION public.referrals_note_accepted();
CREATE TRIGGER age_as_one_added AFTER INSERT ON public.victims_victim FOR EACH ROW WHEN ((new.merged_into_id IS NOT NULL)) EXECUTE FUNCTION public.victims_keep_age();
CREATE TRIGGER age_as_one_changed AFTER UPDATE OF age_band, age_disputed, born_on, born_precision, merged_into_id ON public.victims_victim FOR EACH ROW EXECUTE FUNCTION public.victims_keep_age();
CREATE TRIGGER answer_recorded AFTER UPDATE OF answered_at ON public.referrals_question FOR EACH ROW WHEN (((new.scope_id IS NOT NULL) AND (old.answered_at IS NULL) AND (new.answered_at IS NOT NULL))) EXECUTE FUNCTION public.referrals_note_answered();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounts_auditanchor FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounts_auditdisposal FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounts_auditevent FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounts_auditlink FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounts_export FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.accounts_exportitem FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_asking FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_authoritytold FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_caseevent FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_contact FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_dipsample FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_disposalcertificate FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_guardianreferral FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_guidanceshown FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_informed FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_investigationevent FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_lostcontact FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_needsassessment FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_notasked FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_nrmevent FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_nrmsubmission FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_packlift FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_review FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_safetycheck FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_sharingstopped FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_voiceanswer FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_voicedealing FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.casework_voicewords FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.followups_acknowledgement FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.followups_replan FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.referrals_capacityword FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.referrals_disclosureevent FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.victims_consentevent FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.victims_riskjudgement FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.victims_toldtopic FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_absence FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_agency FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_application FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{client_secret}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_directoryentry FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_export FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{recipient,words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_exportrequest FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{note,recipient,words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_force FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_forcecontact FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_look FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_oncall FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_roleheld FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_scope FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_scopebar FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_scopegrant FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_shift FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_shiftchange FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_stepsecret FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{secret}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_supervision FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_unit FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.accounts_user FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{email,last_login,mobile,password}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_advice FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_allocation FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_asking FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{language,token,way}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_atrisk FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_authoritytold FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_background FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_bulkmove FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_case FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{place}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_caseevent FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_casefile FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{dealt_with,key,name,why_taken_out,words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_closure FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_contact FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{channel}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_crimerecord FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_dipsample FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_disposalcertificate FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_dutytonotify FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_emergencyaccess FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_evidencefile FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_exploitation FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{other_overseas_places,other_uk_places}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_guardianreferral FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_guidancecard FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_guidanceshown FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_immigrationshare FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_informed FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{channel}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_interview FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_investigationevent FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_legalhold FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{why}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_lostcontact FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_misusehit FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_misusesearch FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_movedcase FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_needsassessment FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_notasked FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{why,words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_nrmevent FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_nrmreading FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_nrmreferral FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_nrmsubmission FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{answers}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_operation FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_opinion FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_pack FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{review_note}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_packitem FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{content,description,why}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_packlift FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{reason}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_party FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{reach}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_place FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_police FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_report FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{phone}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_retentionreview FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{note,reason}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_review FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_safeguarding FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{phone}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_safetycheck FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_sampledcase FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_section45 FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_sharedfact FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{text}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_sharingstopped FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_since FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{region,town}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_situation FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_transfer FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_voiceanswer FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{answers,asking_id,complaint,has_words,skipped,unsafe}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_voicedealing FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{asking_id,done,words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_voicewords FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{asking_id,words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.casework_wishes FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{county,email,other_county,other_email,other_phone,other_postcode,other_street,other_town,own_phone,postcode,street,town}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.followups_acknowledgement FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.followups_crack FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.followups_handover FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{words}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.followups_heldsweep FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.followups_keptview FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{name}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.followups_replan FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.mfa_authenticator FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{data}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_capacityword FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_disclosure FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{account,first,full}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_disclosureevent FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_mismatch FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_outsidelist FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{rows}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_question FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{answer,text}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_sandbox FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_service FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_supportreferral FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{no_other_support_why,place}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_supportreview FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_takenback FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_webhook FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.referrals_webhooksecret FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{secret}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_booking FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_course FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_coursedate FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_equivalent FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_learning FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{about}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_proof FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{key}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_requirement FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_trainingimport FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{rows}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.training_trainingrecord FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_agedispute FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_consentevent FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_dependant FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{where}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_missingepisode FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{last_seen}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_nationality FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_need FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_personlink FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_personname FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_reference FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_riskjudgement FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_safecontact FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{channel,code_word,details,notes,safe,voicemail,when,who_else_sees,who_may_use}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_spokenlanguage FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_toldtopic FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON public.victims_victim FOR EACH ROW EXECUTE FUNCTION public.accounts_audit_row('{}');
CREATE TRIGGER bars_follow AFTER UPDATE OF merged_into_id, scope_id ON public.victims_victim FOR EACH ROW WHEN (((old.merged_into_id IS DISTINCT FROM new.merged_into_id) OR (old.scope_id <> new.scope_id))) EXECUTE FUNCTION public.victims_records_changed();
CREATE TRIGGER bars_follow_new AFTER INSERT ON public.victims_victim FOR EACH ROW WHEN ((new.merged_into_id IS NOT NULL)) EXECUTE FUNCTION public.victims_records_changed();
CREATE TRIGGER case_waits AFTER INSERT ON public.accounts_scopebar FOR EACH ROW WHEN ((new.through_id IS NOT NULL)) EXECUTE FUNCTION public.casework_closed_to_owner();
CREATE TRIGGER charge_was_considered BEFORE INSERT ON public.casework_investigationevent FOR EACH ROW WHEN (((new.kind)::text = 'person_charged'::text)) EXECUTE FUNCTION public.casework_charge_was_considered();
CREATE TRIGGER clocks_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.clocks_calendarday FOR EACH STATEMENT EXECUTE FUNCTION public.clocks_changed();
CREATE TRIGGER clocks_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.clocks_deadline FOR EACH STATEMENT EXECUTE FUNCTION public.clocks_changed();
CREATE TRIGGER clocks_deadline_stays BEFORE UPDATE OF rule, clock, nation, amount, unit, valid_from ON public.clocks_deadline FOR EACH ROW WHEN ((((((((old.rule)::text IS DISTINCT FROM (new.rule)::text) OR ((old.clock)::text IS DISTINCT FROM (new.clock)::text)) OR ((old.nation)::text IS DISTINCT FROM (new.nation)::text)) OR (old.amount IS DISTINCT FROM new.amount)) OR ((old.unit)::text IS DISTINCT FROM (new.unit)::text)) OR (old.valid_from IS DISTINCT FROM new.valid_from))) EXECUTE FUNCTION public.clocks_deadline_stays();
CREATE TRIGGER disclosure_recorded AFTER INSERT OR UPDATE ON public.referrals_disclosure FOR EACH ROW WHEN ((new.scope_id IS NOT NULL)) EXECUTE FUNCTION public.referrals_note_given();
CREATE TRIGGER emergency_guard BEFORE INSERT OR UPDATE ON public.accounts_scopegrant FOR EACH ROW WHEN (((new.kind)::text = 'break-glass'::text)) EXECUTE FUNCTION public.accounts_emergency_guard();
CREATE TRIGGER end_sessions AFTER INSERT OR DELETE OR UPDATE ON public.accounts_roleheld FOR EACH ROW EXECUTE FUNCTION public.accounts_end_sessions('user_id');
CREATE TRIGGER end_sessions AFTER UPDATE OF password, is_active, force_id, agency_id ON public.accounts_user FOR EACH ROW WHEN ((((old.password)::text IS DISTINCT FROM (new.password)::text) OR (old.is_active IS DISTINCT FROM new.is_active) OR (old.force_id IS DISTINCT FROM new.force_id) OR (old.agency_id IS DISTINCT FROM new.agency_id))) EXECUTE FUNCTION public.accounts_end_sessions('id');
CREATE TRIGGER end_sessions AFTER INSERT OR DELETE ON public.mfa_authenticator FOR EACH ROW EXECUTE FUNCTION public.accounts_end_sessions('user_id');
CREATE TRIGGER event_of_change AFTER UPDATE ON public.referrals_supportreferral FOR EACH ROW WHEN (((new.sent_at IS NOT NULL) AND ((old.sent_at IS NULL) OR (old.version <> new.version) OR ((old.status)::text <> (new.status)::text)))) EXECUTE FUNCTION public.referrals_note_event();
CREATE TRIGGER event_of_new AFTER INSERT ON public.referrals_supportreferral FOR EACH ROW WHEN ((new.sent_at IS NOT NULL)) EXECUTE FUNCTION public.referrals_note_event();
CREATE TRIGGER event_of_taken_back AFTER INSERT ON public.referrals_takenback FOR EACH ROW EXECUTE FUNCTION public.referrals_note_taken_back();
CREATE TRIGGER file_guard BEFORE INSERT OR DELETE OR UPDATE ON public.casework_casefile FOR EACH ROW EXECUTE FUNCTION public.casework_file_guard();
CREATE TRIGGER forget_secret AFTER DELETE ON public.mfa_authenticator FOR EACH ROW EXECUTE FUNCTION public.accounts_forget_step_secret();
CREATE TRIGGER in_work BEFORE INSERT OR UPDATE ON public.casework_packitem FOR EACH ROW EXECUTE FUNCTION public.casework_pack_in_work();
CREATE TRIGGER in_work BEFORE INSERT ON public.casework_packlift FOR EACH ROW EXECUTE FUNCTION public.casework_pack_in_work();
CREATE TRIGGER kept_away AFTER INSERT ON public.accounts_scopebar FOR EACH ROW EXECUTE FUNCTION public.followups_kept_away();
CREATE TRIGGER keys_kept AFTER INSERT OR UPDATE OF reference ON public.casework_authoritytold FOR EACH ROW EXECUTE FUNCTION public.casework_keep_of_number('reference');
CREATE TRIGGER keys_kept AFTER UPDATE OF reference, incident_number, place, victim_id ON public.casework_case FOR EACH ROW EXECUTE FUNCTION public.casework_keep_of_case();
CREATE TRIGGER keys_kept AFTER INSERT OR UPDATE OF number ON public.casework_crimerecord FOR EACH ROW EXECUTE FUNCTION public.casework_keep_of_number('number');
CREATE TRIGGER keys_kept AFTER INSERT OR UPDATE OF reference ON public.casework_dutytonotify FOR EACH ROW EXECUTE FUNCTION public.casework_keep_of_number('reference');
CREATE TRIGGER keys_kept AFTER INSERT OR UPDATE OF home_office_reference ON public.casework_nrmreferral FOR EACH ROW EXECUTE FUNCTION public.casework_keep_of_number('home_office_reference');
CREATE TRIGGER keys_kept_at_first AFTER INSERT ON public.casework_case REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.casework_keep_of_cases();
CREATE TRIGGER learning_kept BEFORE UPDATE ON public.training_learning FOR EACH ROW EXECUTE FUNCTION public.training_learning_kept();
CREATE TRIGGER leave_or_return BEFORE UPDATE OF is_active ON public.accounts_user FOR EACH ROW WHEN ((old.is_active IS DISTINCT FROM new.is_active)) EXECUTE FUNCTION public.accounts_leave_or_return();
CREATE TRIGGER marked_sandboxed BEFORE INSERT ON public.referrals_capacityword FOR EACH ROW EXECUTE FUNCTION public.referrals_mark_sandboxed();
CREATE TRIGGER marked_sandboxed BEFORE INSERT ON public.referrals_service FOR EACH ROW EXECUTE FUNCTION public.referrals_mark_sandboxed();
CREATE TRIGGER marked_sandboxed BEFORE INSERT ON public.referrals_webhook FOR EACH ROW EXECUTE FUNCTION public.referrals_mark_sandboxed();
CREATE TRIGGER moved_kept AFTER UPDATE OF scope_id ON public.victims_victim FOR EACH ROW EXECUTE FUNCTION public.victims_keep_moved();
CREATE TRIGGER names_kept AFTER INSERT OR UPDATE OF text, latin, ended_at ON public.victims_personname FOR EACH ROW EXECUTE FUNCTION public.victims_keep_of_fact();
CREATE TRIGGER names_kept AFTER UPDATE OF called, first_name, last_name, nickname, born_on, home_office_references ON public.victims_victim FOR EACH ROW EXECUTE FUNCTION public.victims_keep_of_victim();
CREATE TRIGGER names_kept_at_first AFTER INSERT ON public.victims_victim REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.victims_keep_of_victims();
CREATE TRIGGER needs_settled AFTER UPDATE OF status ON public.referrals_supportreferral FOR EACH ROW WHEN (((new.scope_id IS NOT NULL) AND ((old.status)::text <> (new.status)::text) AND ((new.status)::text = ANY (ARRAY[('declined'::character varying)::text, ('ended_early'::character varying)::text, ('completed'::character varying)::text])))) EXECUTE FUNCTION public.referrals_settle_needs();
CREATE TRIGGER never_changed BEFORE UPDATE ON public.referrals_attempt FOR EACH ROW EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER no_contact_was_considered BEFORE INSERT OR UPDATE OF outcome, agreed ON public.casework_closure FOR EACH ROW WHEN (((new.outcome)::text = 'no_contact'::text)) EXECUTE FUNCTION public.casework_no_contact_was_considered();
CREATE TRIGGER numbered_once BEFORE UPDATE ON public.referrals_event FOR EACH ROW WHEN ((old.number IS NOT NULL)) EXECUTE FUNCTION public.accounts_append_only();
CREATE TRIGGER numbers_kept AFTER INSERT OR UPDATE OF number, ended_at ON public.victims_reference FOR EACH ROW EXECUTE FUNCTION public.victims_keep_of_fact();
CREATE TRIGGER numbers_kept AFTER INSERT OR UPDATE OF details ON public.victims_safecontact FOR EACH ROW EXECUTE FUNCTION public.victims_keep_of_contact();
CREATE TRIGGER owner_has_no_conflict BEFORE UPDATE OF owner_id ON public.casework_case FOR EACH ROW WHEN (((new.owner_id IS NOT NULL) AND (new.owner_id IS DISTINCT FROM old.owner_id))) EXECUTE FUNCTION public.casework_owner_has_no_conflict();
CREATE TRIGGER person_left_1_rights AFTER UPDATE OF is_active ON public.accounts_user FOR EACH ROW WHEN ((old.is_active AND (NOT new.is_active))) EXECUTE FUNCTION public.accounts_person_left();
CREATE TRIGGER person_left_2_cases AFTER UPDATE OF is_active ON public.accounts_user FOR EACH ROW WHEN ((old.is_active AND (NOT new.is_active) AND (new.force_id IS NOT NULL))) EXECUTE FUNCTION public.casework_person_left();
CREATE TRIGGER person_left_3_owed AFTER UPDATE OF is_active ON public.accounts_user FOR EACH ROW WHEN ((old.is_active AND (NOT new.is_active))) EXECUTE FUNCTION public.followups_person_left();
CREATE TRIGGER person_of_case BEFORE INSERT OR UPDATE OF case_id, person ON public.referrals_supportreferral FOR EACH ROW EXECUTE FUNCTION public.referrals_person_of_case();
CREATE TRIGGER places_kept BEFORE INSERT OR UPDATE OF date_id, user_id, ended_at ON public.training_booking FOR EACH ROW EXECUTE FUNCTION public.training_places_kept();
CREATE TRIGGER places_kept BEFORE UPDATE OF places, called_off_at ON public.training_coursedate FOR EACH ROW EXECUTE FUNCTION public.training_date_kept();
CREATE TRIGGER proof_guard BEFORE INSERT OR UPDATE ON public.training_proof FOR EACH ROW EXECUTE FUNCTION public.training_proof_guard();
CREATE TRIGGER reach_kept AFTER UPDATE OF force_id, unit_id, restriction ON public.accounts_scope FOR EACH ROW EXECUTE FUNCTION public.victims_keep_of_scope();
CREATE TRIGGER reaches_merged AFTER INSERT OR UPDATE OF ended_at ON public.accounts_scopebar FOR EACH ROW WHEN ((new.through_id IS NULL)) EXECUTE FUNCTION public.victims_bar_changed();
CREATE TRIGGER referrals_moved AFTER UPDATE OF force_id ON public.accounts_scope FOR EACH ROW WHEN ((old.force_id <> new.force_id)) EXECUTE FUNCTION public.referrals_force_of_scope();
CREATE TRIGGER state_guard BEFORE UPDATE OF state ON public.followups_notice FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.followups_notice_guard('queued>accepted,queued>bounced,queued>dead,queued>delivered,queued>dropped,accepted>bounced,accepted>delivered,delivered>bounced,bounced>queued,dead>queued');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.casework_case FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('allocated>closing,allocated>new,closed>allocated,closed>new,closing>allocated,closing>closed,closing>new,draft>allocated,draft>new,new>allocated,new>closing');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.casework_casefile FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('quarantined>clean,quarantined>infected');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.casework_movedcase FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('waiting>moved,waiting>offered,waiting>refused,waiting>stopped');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.casework_nrmreferral FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('cg_negative>cg_positive,cg_positive>disqualified,disqualified>cg_positive,disqualified>rg_positive,rg_negative>rg_positive,rg_positive>cg_negative,rg_positive>cg_positive,rg_positive>disqualified,rg_positive>withdrawn,submitted>rg_negative,submitted>rg_positive,submitted>withdrawn');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.casework_pack FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('draft>dropped,draft>review,ready>dropped,review>draft,review>dropped,review>ready');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.casework_transfer FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('offered>accepted,offered>rejected,offered>withdrawn');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.referrals_supportreferral FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('accepted>ended_early,accepted>in_error,accepted>in_progress,accepted>withdrawn,draft>sent,draft>withdrawn,in_progress>completed,in_progress>ended_early,in_progress>in_error,in_progress>withdrawn,needs_info>accepted,needs_info>declined,needs_info>in_error,needs_info>opened,needs_info>withdrawn,opened>accepted,opened>declined,opened>in_error,opened>needs_info,opened>withdrawn,sent>accepted,sent>declined,sent>in_error,sent>needs_info,sent>opened,sent>withdrawn');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.training_proof FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('quarantined>clean,quarantined>infected');
CREATE TRIGGER status_guard BEFORE UPDATE OF status ON public.victims_personlink FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.accounts_status_guard('linked>ended,linked>merged,merged>linked');
CREATE TRIGGER third_move BEFORE INSERT ON public.followups_replan FOR EACH ROW EXECUTE FUNCTION public.followups_replan_guard();
CREATE TRIGGER unit_of_scope BEFORE INSERT OR UPDATE OF scope_id, unit_id ON public.casework_case FOR EACH ROW EXECUTE FUNCTION public.casework_unit_of_scope();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_absence
    ADD CONSTRAINT accounts_absence_cover_id_a88c170d_fk_accounts_user_id FOREIGN KEY (cover_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_absence
    ADD CONSTRAINT accounts_absence_recorded_by_id_32863ce5_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_absence
    ADD CONSTRAINT accounts_absence_user_id_e7d6d597_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT accounts_agency_kept_by_id_a5d00eb7_fk_accounts_force_id FOREIGN KEY (kept_by_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT accounts_agency_sandbox_of_id_beb45c32_fk_accounts_agency_id FOREIGN KEY (sandbox_of_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_application
    ADD CONSTRAINT accounts_application_agency_id_1ebdc9df_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_application
    ADD CONSTRAINT accounts_application_made_by_id_16a5d352_fk_accounts_user_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_application
    ADD CONSTRAINT accounts_application_revoked_by_id_60d3e8ed_fk_accounts_user_id FOREIGN KEY (revoked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_application
    ADD CONSTRAINT accounts_application_user_id_6c270aa5_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_directoryentry
    ADD CONSTRAINT accounts_directoryentry_user_id_4ffc10fb_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_export
    ADD CONSTRAINT accounts_export_by_id_57929a2a_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_export
    ADD CONSTRAINT accounts_export_force_id_e7224124_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_export
    ADD CONSTRAINT accounts_export_request_id_7bf378fa_fk_accounts_ FOREIGN KEY (request_id) REFERENCES public.accounts_exportrequest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_export
    ADD CONSTRAINT accounts_export_scope_id_5c798c08_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportitem
    ADD CONSTRAINT accounts_exportitem_export_id_ca471b28_fk_accounts_export_id FOREIGN KEY (export_id) REFERENCES public.accounts_export(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportitem
    ADD CONSTRAINT accounts_exportitem_scope_id_623bd711_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportrequest
    ADD CONSTRAINT accounts_exportreque_decided_by_id_08f24ae4_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportrequest
    ADD CONSTRAINT accounts_exportrequest_by_id_09b3163b_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportrequest
    ADD CONSTRAINT accounts_exportrequest_force_id_e403cf94_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportrequest
    ADD CONSTRAINT accounts_exportrequest_scope_id_1a93d1e2_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_exportrequest
    ADD CONSTRAINT accounts_exportrequest_unit_id_06337f7e_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_force
    ADD CONSTRAINT accounts_force_calendar_id_4100342f_fk_clocks_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.clocks_calendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_forcecontact
    ADD CONSTRAINT accounts_forcecontact_ended_by_id_df1c6816_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_forcecontact
    ADD CONSTRAINT accounts_forcecontact_force_id_6ddb75d2_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_forcecontact
    ADD CONSTRAINT accounts_forcecontact_set_by_id_41ac918d_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_look
    ADD CONSTRAINT accounts_look_by_id_5784e4f1_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_look
    ADD CONSTRAINT accounts_look_force_id_b1f61247_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_look
    ADD CONSTRAINT accounts_look_scope_id_5ca790d9_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_oncall
    ADD CONSTRAINT accounts_oncall_force_id_d2ffecf7_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_oncall
    ADD CONSTRAINT accounts_oncall_set_by_id_ef7d5728_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_oncall
    ADD CONSTRAINT accounts_oncall_user_id_74d64513_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_roleheld
    ADD CONSTRAINT accounts_roleheld_given_by_id_5b5948aa_fk_accounts_user_id FOREIGN KEY (given_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_roleheld
    ADD CONSTRAINT accounts_roleheld_user_id_ec4b9997_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scope
    ADD CONSTRAINT accounts_scope_force_id_ffaaeb11_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scope
    ADD CONSTRAINT accounts_scope_unit_id_31d649c5_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_declared_by_id_8a4e9d13_fk_accounts_user_id FOREIGN KEY (declared_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_ended_by_id_40742172_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_force_id_0ef0fc01_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_scope_id_f088e599_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_through_id_305e4327_fk_accounts_scopebar_id FOREIGN KEY (through_id) REFERENCES public.accounts_scopebar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopebar
    ADD CONSTRAINT accounts_scopebar_user_id_55563807_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopegrant
    ADD CONSTRAINT accounts_scopegrant_force_id_4b9c639d_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopegrant
    ADD CONSTRAINT accounts_scopegrant_scope_id_2864aa8d_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_scopegrant
    ADD CONSTRAINT accounts_scopegrant_user_id_729aa89e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_securitynotice
    ADD CONSTRAINT accounts_securitynotice_by_id_66939c10_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_securitynotice
    ADD CONSTRAINT accounts_securitynotice_user_id_ec06a05f_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_user_id_d5aaed01_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_shift
    ADD CONSTRAINT accounts_shift_user_id_a63cf4e5_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_shiftchange
    ADD CONSTRAINT accounts_shiftchange_recorded_by_id_43478f73_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_shiftchange
    ADD CONSTRAINT accounts_shiftchange_user_id_70135c9a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_supervision
    ADD CONSTRAINT accounts_supervision_unit_id_9ebd5ec6_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_supervision
    ADD CONSTRAINT accounts_supervision_user_id_591f6d0d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_unit
    ADD CONSTRAINT accounts_unit_force_id_e8012e4a_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_agency_id_ba328885_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_force_id_59b04099_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_unit_id_262e264e_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_agency
    ADD CONSTRAINT agency_sandbox_of_a_real_one FOREIGN KEY (sandbox_of_id, of_real) REFERENCES public.accounts_agency(id, sandboxed);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_capacityword
    ADD CONSTRAINT capacityword_sandboxed_as_its_agency FOREIGN KEY (agency_id, sandboxed) REFERENCES public.accounts_agency(id, sandboxed);
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT case_unit_is_its_scopes FOREIGN KEY (scope_id, unit_id) REFERENCES public.accounts_scope(id, unit_id) ON UPDATE CASCADE;
ALTER TABLE ONLY public.casework_advice
    ADD CONSTRAINT casework_advice_answered_by_id_538f0541_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_advice
    ADD CONSTRAINT casework_advice_by_id_29af9d5d_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_advice
    ADD CONSTRAINT casework_advice_case_id_ea828bbf_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_advice
    ADD CONSTRAINT casework_advice_read_by_id_88c5da5c_fk_accounts_user_id FOREIGN KEY (read_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_advice
    ADD CONSTRAINT casework_advice_scope_id_f0f1b99f_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_allocation
    ADD CONSTRAINT casework_allocation_by_id_671fe311_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_allocation
    ADD CONSTRAINT casework_allocation_case_id_749e5660_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_allocation
    ADD CONSTRAINT casework_allocation_override_reviewed_by_a2d2bf25_fk_accounts_ FOREIGN KEY (override_reviewed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_allocation
    ADD CONSTRAINT casework_allocation_owner_id_2e62dfb3_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_allocation
    ADD CONSTRAINT casework_allocation_scope_id_330ba981_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_asking
    ADD CONSTRAINT casework_asking_agency_id_de5eab87_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_asking
    ADD CONSTRAINT casework_asking_by_id_45d76f34_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_asking
    ADD CONSTRAINT casework_asking_case_id_40026a06_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_asking
    ADD CONSTRAINT casework_asking_scope_id_753b2351_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_atrisk
    ADD CONSTRAINT casework_atrisk_case_id_05b083b4_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_atrisk
    ADD CONSTRAINT casework_atrisk_changed_by_id_ec8eb1e2_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_atrisk
    ADD CONSTRAINT casework_atrisk_scope_id_d54cc52f_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_authoritytold
    ADD CONSTRAINT casework_authoritytold_by_id_0834030a_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_authoritytold
    ADD CONSTRAINT casework_authoritytold_case_id_cf161967_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_authoritytold
    ADD CONSTRAINT casework_authoritytold_scope_id_4bd0dc30_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_background
    ADD CONSTRAINT casework_background_case_id_eeaf65e7_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_background
    ADD CONSTRAINT casework_background_changed_by_id_d0d7ad6b_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_background
    ADD CONSTRAINT casework_background_scope_id_a50ffd6c_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_by_id_8f37dbb5_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_force_id_45a9dbc8_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_stopped_by_id_f0dcc349_fk_accounts_user_id FOREIGN KEY (stopped_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_to_owner_id_9b23c581_fk_accounts_user_id FOREIGN KEY (to_owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_to_unit_id_fb4d0dbd_fk_accounts_unit_id FOREIGN KEY (to_unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_bulkmove
    ADD CONSTRAINT casework_bulkmove_unit_id_0b92c8e4_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_logged_by_id_6e5bfe57_fk_accounts_user_id FOREIGN KEY (logged_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_operation_id_31a6147e_fk_casework_operation_id FOREIGN KEY (operation_id) REFERENCES public.casework_operation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_owner_id_12e048c1_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_scope_id_5ea88baf_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_unit_id_4ccc6d40_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_victim_id_418b8bbf_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_caseevent
    ADD CONSTRAINT casework_caseevent_by_id_16190e26_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_caseevent
    ADD CONSTRAINT casework_caseevent_case_id_46aaa1c4_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_caseevent
    ADD CONSTRAINT casework_caseevent_scope_id_67ae2c06_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_by_id_14fdc9d3_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_case_id_3308cae0_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_dealt_with_by_id_bf65a045_fk_accounts_user_id FOREIGN KEY (dealt_with_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_scope_id_dde0365b_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_taken_out_by_id_ae317636_fk_accounts_user_id FOREIGN KEY (taken_out_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_closure
    ADD CONSTRAINT casework_closure_by_id_0387db51_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_closure
    ADD CONSTRAINT casework_closure_case_id_8f85293a_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_closure
    ADD CONSTRAINT casework_closure_decided_by_id_fe4933b5_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_closure
    ADD CONSTRAINT casework_closure_scope_id_5dc35d58_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_contact
    ADD CONSTRAINT casework_contact_by_id_d8627a17_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_contact
    ADD CONSTRAINT casework_contact_case_id_20a47487_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_contact
    ADD CONSTRAINT casework_contact_scope_id_9d41cea3_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_crimerecord
    ADD CONSTRAINT casework_crimerecord_by_id_0cb38084_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_crimerecord
    ADD CONSTRAINT casework_crimerecord_case_id_468bb009_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_crimerecord
    ADD CONSTRAINT casework_crimerecord_scope_id_239cc341_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_dipsample
    ADD CONSTRAINT casework_dipsample_by_id_f6ab9b22_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_dipsample
    ADD CONSTRAINT casework_dipsample_force_id_e28a5d49_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_dipsample
    ADD CONSTRAINT casework_dipsample_unit_id_3ae7a9ca_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_disposalcertificate
    ADD CONSTRAINT casework_disposalcer_decided_by_id_1a2ebd91_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_disposalcertificate
    ADD CONSTRAINT casework_disposalcer_force_id_135247de_fk_accounts_ FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_disposalcertificate
    ADD CONSTRAINT casework_disposalcer_proposed_by_id_062fad1b_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_disposalcertificate
    ADD CONSTRAINT casework_disposalcer_unit_id_044305cd_fk_accounts_ FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_draft
    ADD CONSTRAINT casework_draft_case_id_1e600544_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_draft
    ADD CONSTRAINT casework_draft_user_id_2cb9ee84_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_dutytonotify
    ADD CONSTRAINT casework_dutytonotify_by_id_3a67d5ed_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_dutytonotify
    ADD CONSTRAINT casework_dutytonotify_case_id_bda7313e_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_dutytonotify
    ADD CONSTRAINT casework_dutytonotify_scope_id_fe5878ba_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyac_read_by_id_c0fb94f0_fk_accounts_ FOREIGN KEY (read_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyac_reviewed_by_id_7750abbf_fk_accounts_ FOREIGN KEY (reviewed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_by_id_7b49faa4_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_case_id_abdb6a47_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_force_id_19845eb5_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_scope_id_67cae550_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_evidencefile
    ADD CONSTRAINT casework_evidencefil_changed_by_id_95e97424_fk_accounts_ FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_evidencefile
    ADD CONSTRAINT casework_evidencefil_taken_out_by_id_e2feeda5_fk_accounts_ FOREIGN KEY (taken_out_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_evidencefile
    ADD CONSTRAINT casework_evidencefile_case_id_d2c21d5e_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_evidencefile
    ADD CONSTRAINT casework_evidencefile_scope_id_a34a9d11_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_exploitation
    ADD CONSTRAINT casework_exploitatio_changed_by_id_118b64e6_fk_accounts_ FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_exploitation
    ADD CONSTRAINT casework_exploitation_case_id_bb54eb5f_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_exploitation
    ADD CONSTRAINT casework_exploitation_scope_id_8af6892c_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guardianreferral
    ADD CONSTRAINT casework_guardianref_scope_id_f3e537d1_fk_accounts_ FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guardianreferral
    ADD CONSTRAINT casework_guardianreferral_by_id_8730b5ce_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guardianreferral
    ADD CONSTRAINT casework_guardianreferral_case_id_eb8e2841_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidancecard
    ADD CONSTRAINT casework_guidancecard_ended_by_id_703190cf_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidancecard
    ADD CONSTRAINT casework_guidancecard_force_id_3a513b01_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidancecard
    ADD CONSTRAINT casework_guidancecard_set_by_id_6bac3734_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidanceshown
    ADD CONSTRAINT casework_guidancesho_card_id_5483cbc1_fk_casework_ FOREIGN KEY (card_id) REFERENCES public.casework_guidancecard(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidanceshown
    ADD CONSTRAINT casework_guidancesho_event_id_3080368b_fk_casework_ FOREIGN KEY (event_id) REFERENCES public.casework_caseevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidanceshown
    ADD CONSTRAINT casework_guidanceshown_by_id_e2022961_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidanceshown
    ADD CONSTRAINT casework_guidanceshown_case_id_3462a9ae_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_guidanceshown
    ADD CONSTRAINT casework_guidanceshown_scope_id_427f3972_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_immigrationshare
    ADD CONSTRAINT casework_immigration_decided_by_id_2c7f3b20_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_immigrationshare
    ADD CONSTRAINT casework_immigration_scope_id_95a7fccc_fk_accounts_ FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_immigrationshare
    ADD CONSTRAINT casework_immigrationshare_by_id_92023e47_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_immigrationshare
    ADD CONSTRAINT casework_immigrationshare_case_id_9a0a5423_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_informed
    ADD CONSTRAINT casework_informed_by_id_f4a80183_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_informed
    ADD CONSTRAINT casework_informed_case_id_ba2f977c_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_informed
    ADD CONSTRAINT casework_informed_decision_id_ffa4274c_fk_casework_nrmevent_id FOREIGN KEY (decision_id) REFERENCES public.casework_nrmevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_informed
    ADD CONSTRAINT casework_informed_happening_id_3bfa3d32_fk_casework_ FOREIGN KEY (happening_id) REFERENCES public.casework_investigationevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_informed
    ADD CONSTRAINT casework_informed_scope_id_0120b5dd_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_by_id_e3557b31_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_case_id_1669882a_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_interviewer_id_ecc6005e_fk_accounts_user_id FOREIGN KEY (interviewer_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_reviewed_by_id_9fc9f596_fk_accounts_user_id FOREIGN KEY (reviewed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_scope_id_b6a05d53_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigati_answers_id_4a3ee347_fk_casework_ FOREIGN KEY (answers_id) REFERENCES public.casework_investigationevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigati_case_id_48552a52_fk_casework_ FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigati_crime_id_719ddd93_fk_casework_ FOREIGN KEY (crime_id) REFERENCES public.casework_crimerecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigati_scope_id_cca744cb_fk_accounts_ FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigati_section_45_id_8a7ae9ff_fk_casework_ FOREIGN KEY (section_45_id) REFERENCES public.casework_section45(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_investigationevent
    ADD CONSTRAINT casework_investigationevent_by_id_4972432b_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_legalhold
    ADD CONSTRAINT casework_legalhold_by_id_6fe6ebae_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_legalhold
    ADD CONSTRAINT casework_legalhold_case_id_1f558e8e_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_legalhold
    ADD CONSTRAINT casework_legalhold_ended_by_id_88ea33b2_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_legalhold
    ADD CONSTRAINT casework_legalhold_scope_id_438dfc02_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_lostcontact
    ADD CONSTRAINT casework_lostcontact_by_id_e4f8371d_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_lostcontact
    ADD CONSTRAINT casework_lostcontact_case_id_29af1326_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_lostcontact
    ADD CONSTRAINT casework_lostcontact_episode_id_794edb5a_fk_victims_m FOREIGN KEY (episode_id) REFERENCES public.victims_missingepisode(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_lostcontact
    ADD CONSTRAINT casework_lostcontact_scope_id_e69c474c_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_misusehit
    ADD CONSTRAINT casework_misusehit_closed_by_id_b80afd6b_fk_accounts_user_id FOREIGN KEY (closed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_misusehit
    ADD CONSTRAINT casework_misusehit_force_id_8688494f_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_misusehit
    ADD CONSTRAINT casework_misusehit_person_id_dd133016_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_misusesearch
    ADD CONSTRAINT casework_misusesearch_asked_by_id_da91ff65_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_misusesearch
    ADD CONSTRAINT casework_misusesearch_force_id_78e5a398_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_case_id_9f1b6e8d_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_job_id_f122d942_fk_casework_bulkmove_id FOREIGN KEY (job_id) REFERENCES public.casework_bulkmove(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_owner_after_id_7d0087ba_fk_accounts_user_id FOREIGN KEY (owner_after_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_owner_before_id_38f8f5d9_fk_accounts_user_id FOREIGN KEY (owner_before_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_scope_id_e93d4d64_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_movedcase
    ADD CONSTRAINT casework_movedcase_transfer_id_49bde18c_fk_casework_transfer_id FOREIGN KEY (transfer_id) REFERENCES public.casework_transfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_needsassessment
    ADD CONSTRAINT casework_needsassessment_by_id_fdfd6b7e_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_needsassessment
    ADD CONSTRAINT casework_needsassessment_case_id_b6b473f6_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_needsassessment
    ADD CONSTRAINT casework_needsassessment_scope_id_9a77b600_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_notasked
    ADD CONSTRAINT casework_notasked_by_id_de7d3071_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_notasked
    ADD CONSTRAINT casework_notasked_case_id_905f42c6_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_notasked
    ADD CONSTRAINT casework_notasked_scope_id_52b6f744_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmevent
    ADD CONSTRAINT casework_nrmevent_answers_id_9ae8f73e_fk_casework_nrmevent_id FOREIGN KEY (answers_id) REFERENCES public.casework_nrmevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmevent
    ADD CONSTRAINT casework_nrmevent_by_id_81beb559_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmevent
    ADD CONSTRAINT casework_nrmevent_case_id_22d1d8a0_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmevent
    ADD CONSTRAINT casework_nrmevent_referral_id_ed1d8442_fk_casework_ FOREIGN KEY (referral_id) REFERENCES public.casework_nrmreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmevent
    ADD CONSTRAINT casework_nrmevent_scope_id_169c346e_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreading
    ADD CONSTRAINT casework_nrmreading_by_id_c4779322_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreading
    ADD CONSTRAINT casework_nrmreading_case_id_30537d92_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreading
    ADD CONSTRAINT casework_nrmreading_read_by_id_a48852f6_fk_accounts_user_id FOREIGN KEY (read_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreading
    ADD CONSTRAINT casework_nrmreading_scope_id_c014f270_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreferral
    ADD CONSTRAINT casework_nrmreferral_by_id_6055362e_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreferral
    ADD CONSTRAINT casework_nrmreferral_case_id_caea0532_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreferral
    ADD CONSTRAINT casework_nrmreferral_consent_id_757263ed_fk_victims_c FOREIGN KEY (consent_id) REFERENCES public.victims_consentevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmreferral
    ADD CONSTRAINT casework_nrmreferral_scope_id_b2067534_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT casework_nrmsubmissi_notification_id_7e7d45ba_fk_casework_ FOREIGN KEY (notification_id) REFERENCES public.casework_dutytonotify(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT casework_nrmsubmissi_referral_id_2fe47385_fk_casework_ FOREIGN KEY (referral_id) REFERENCES public.casework_nrmreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT casework_nrmsubmission_by_id_44b7244b_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT casework_nrmsubmission_case_id_c08f9165_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_nrmsubmission
    ADD CONSTRAINT casework_nrmsubmission_scope_id_87a33b14_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_operation
    ADD CONSTRAINT casework_operation_force_id_dfbcc506_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_operation
    ADD CONSTRAINT casework_operation_started_by_id_b409f1d3_fk_accounts_user_id FOREIGN KEY (started_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_opinion
    ADD CONSTRAINT casework_opinion_case_id_e4792214_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_opinion
    ADD CONSTRAINT casework_opinion_changed_by_id_50c55e5f_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_opinion
    ADD CONSTRAINT casework_opinion_scope_id_7c3212ce_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_pack
    ADD CONSTRAINT casework_pack_asked_id_37e6a929_fk_casework_ FOREIGN KEY (asked_id) REFERENCES public.casework_investigationevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_pack
    ADD CONSTRAINT casework_pack_by_id_bda5d218_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_pack
    ADD CONSTRAINT casework_pack_case_id_2bba8a8a_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_pack
    ADD CONSTRAINT casework_pack_reviewed_by_id_85189de5_fk_accounts_user_id FOREIGN KEY (reviewed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_pack
    ADD CONSTRAINT casework_pack_scope_id_875af471_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_packitem
    ADD CONSTRAINT casework_packitem_pack_id_10b38a0b_fk_casework_pack_id FOREIGN KEY (pack_id) REFERENCES public.casework_pack(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_packitem
    ADD CONSTRAINT casework_packitem_scope_id_3e50545e_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_packlift
    ADD CONSTRAINT casework_packlift_by_id_7685b69b_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_packlift
    ADD CONSTRAINT casework_packlift_item_id_1c2e30e7_fk_casework_packitem_id FOREIGN KEY (item_id) REFERENCES public.casework_packitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_packlift
    ADD CONSTRAINT casework_packlift_scope_id_a8f78270_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_party
    ADD CONSTRAINT casework_party_case_id_cd47f7d6_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_party
    ADD CONSTRAINT casework_party_changed_by_id_a62c49b0_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_party
    ADD CONSTRAINT casework_party_scope_id_7ac8a01a_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_party
    ADD CONSTRAINT casework_party_situation_id_8a3ca444_fk_casework_situation_id FOREIGN KEY (situation_id) REFERENCES public.casework_situation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_party
    ADD CONSTRAINT casework_party_taken_out_by_id_578e0dbf_fk_accounts_user_id FOREIGN KEY (taken_out_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_place
    ADD CONSTRAINT casework_place_case_id_e52a3926_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_place
    ADD CONSTRAINT casework_place_changed_by_id_dd08b3e4_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_place
    ADD CONSTRAINT casework_place_scope_id_003d8b58_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_place
    ADD CONSTRAINT casework_place_situation_id_24f4e44c_fk_casework_situation_id FOREIGN KEY (situation_id) REFERENCES public.casework_situation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_place
    ADD CONSTRAINT casework_place_taken_out_by_id_dbeada28_fk_accounts_user_id FOREIGN KEY (taken_out_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_police
    ADD CONSTRAINT casework_police_case_id_18b8b3ea_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_police
    ADD CONSTRAINT casework_police_changed_by_id_d644e83f_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_police
    ADD CONSTRAINT casework_police_scope_id_ab7b434a_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_report
    ADD CONSTRAINT casework_report_case_id_f27b109b_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_report
    ADD CONSTRAINT casework_report_changed_by_id_292502fd_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_report
    ADD CONSTRAINT casework_report_scope_id_fa7f47be_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_retentionreview
    ADD CONSTRAINT casework_retentionre_decided_by_id_81ca6763_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_retentionreview
    ADD CONSTRAINT casework_retentionreview_by_id_69990454_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_retentionreview
    ADD CONSTRAINT casework_retentionreview_case_id_40cd694e_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_retentionreview
    ADD CONSTRAINT casework_retentionreview_scope_id_96be02a4_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_review
    ADD CONSTRAINT casework_review_by_id_802630a0_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_review
    ADD CONSTRAINT casework_review_case_id_8d9a772e_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_review
    ADD CONSTRAINT casework_review_scope_id_f1d7af19_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_safeguarding
    ADD CONSTRAINT casework_safeguardin_changed_by_id_b2cbdb68_fk_accounts_ FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_safeguarding
    ADD CONSTRAINT casework_safeguarding_case_id_eff0fb63_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_safeguarding
    ADD CONSTRAINT casework_safeguarding_scope_id_f810e6f9_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_safetycheck
    ADD CONSTRAINT casework_safetycheck_by_id_0badb0ac_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_safetycheck
    ADD CONSTRAINT casework_safetycheck_case_id_c9ca1c34_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_safetycheck
    ADD CONSTRAINT casework_safetycheck_scope_id_7624b0d4_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT casework_sampledcase_case_id_e3c0e629_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT casework_sampledcase_owner_id_400c2ebe_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT casework_sampledcase_reviewed_by_id_1addd781_fk_accounts_ FOREIGN KEY (reviewed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT casework_sampledcase_sample_id_eb31cfda_fk_casework_ FOREIGN KEY (sample_id) REFERENCES public.casework_dipsample(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sampledcase
    ADD CONSTRAINT casework_sampledcase_scope_id_b688462d_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_search
    ADD CONSTRAINT casework_search_by_id_2954db52_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_search
    ADD CONSTRAINT casework_search_force_id_9fb00f33_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_section45
    ADD CONSTRAINT casework_section45_by_id_fd0869a9_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_section45
    ADD CONSTRAINT casework_section45_case_id_c42591b1_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_section45
    ADD CONSTRAINT casework_section45_reviewed_by_id_007a1535_fk_accounts_user_id FOREIGN KEY (reviewed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_section45
    ADD CONSTRAINT casework_section45_scope_id_9880a1e5_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharedfact
    ADD CONSTRAINT casework_sharedfact_by_id_95b033da_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharedfact
    ADD CONSTRAINT casework_sharedfact_ended_by_id_36902377_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharedfact
    ADD CONSTRAINT casework_sharedfact_force_id_36e0e340_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharedfact
    ADD CONSTRAINT casework_sharedfact_operation_id_f1c1528f_fk_casework_ FOREIGN KEY (operation_id) REFERENCES public.casework_operation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharingstopped
    ADD CONSTRAINT casework_sharingstopped_by_id_b5d8b1ae_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharingstopped
    ADD CONSTRAINT casework_sharingstopped_case_id_5ed915d3_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_sharingstopped
    ADD CONSTRAINT casework_sharingstopped_scope_id_7523a8c1_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_since
    ADD CONSTRAINT casework_since_case_id_a476513c_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_since
    ADD CONSTRAINT casework_since_changed_by_id_bfe1941e_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_since
    ADD CONSTRAINT casework_since_scope_id_50f6ff4a_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_situation
    ADD CONSTRAINT casework_situation_case_id_070cbaeb_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_situation
    ADD CONSTRAINT casework_situation_changed_by_id_4b6b02a6_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_situation
    ADD CONSTRAINT casework_situation_scope_id_c6e3599c_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_situation
    ADD CONSTRAINT casework_situation_taken_out_by_id_dd8507c7_fk_accounts_user_id FOREIGN KEY (taken_out_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_answered_by_id_b0930b87_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_case_id_91c72861_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_from_force_id_74754580_fk_accounts_force_id FOREIGN KEY (from_force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_from_unit_id_ba928b0d_fk_accounts_unit_id FOREIGN KEY (from_unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_offered_by_id_ba8a4b9e_fk_accounts_user_id FOREIGN KEY (offered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_scope_id_6173eb59_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_to_force_id_cd885e48_fk_accounts_force_id FOREIGN KEY (to_force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_transfer
    ADD CONSTRAINT casework_transfer_to_unit_id_99a12d45_fk_accounts_unit_id FOREIGN KEY (to_unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_voiceanswer
    ADD CONSTRAINT casework_voiceanswer_asking_id_c67cf31f_fk_casework_asking_id FOREIGN KEY (asking_id) REFERENCES public.casework_asking(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_voiceanswer
    ADD CONSTRAINT casework_voiceanswer_force_id_55da43bd_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_voicedealing
    ADD CONSTRAINT casework_voicedealing_asking_id_c2d2532e_fk_casework_asking_id FOREIGN KEY (asking_id) REFERENCES public.casework_asking(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_voicedealing
    ADD CONSTRAINT casework_voicedealing_by_id_24b6feee_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_voicewords
    ADD CONSTRAINT casework_voicewords_asking_id_1772d6cf_fk_casework_asking_id FOREIGN KEY (asking_id) REFERENCES public.casework_asking(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_wishes
    ADD CONSTRAINT casework_wishes_case_id_2f74bce8_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_wishes
    ADD CONSTRAINT casework_wishes_changed_by_id_1afa812b_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.casework_wishes
    ADD CONSTRAINT casework_wishes_scope_id_cd0213e9_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.clocks_calendarday
    ADD CONSTRAINT clocks_calendarday_calendar_id_8a7a58af_fk_clocks_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.clocks_calendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.clocks_dayoverride
    ADD CONSTRAINT clocks_dayoverride_calendar_id_b5f4d636_fk_clocks_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.clocks_calendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT disclosure_sandboxed_as_its_referral FOREIGN KEY (referral_id, sandboxed) REFERENCES public.referrals_supportreferral(id, sandboxed) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_acknowledgement
    ADD CONSTRAINT followups_acknowledg_followup_id_03566289_fk_followups FOREIGN KEY (followup_id) REFERENCES public.followups_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_acknowledgement
    ADD CONSTRAINT followups_acknowledgement_by_id_d807fc70_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_acknowledgement
    ADD CONSTRAINT followups_acknowledgement_doer_id_ec421510_fk_accounts_user_id FOREIGN KEY (doer_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_crack
    ADD CONSTRAINT followups_crack_force_id_a055c05b_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_agency_id_27c3d9d6_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_case_id_502cbfd8_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_deadline_id_3f1da454_fk_clocks_deadline_id FOREIGN KEY (deadline_id) REFERENCES public.clocks_deadline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_force_id_c7694425_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_holder_id_a5411fd8_fk_accounts_user_id FOREIGN KEY (holder_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_owner_id_7de33e82_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_scope_id_3660e126_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_unit_id_d2c7cce7_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_handover
    ADD CONSTRAINT followups_handover_by_id_0576ea66_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_handover
    ADD CONSTRAINT followups_handover_force_id_15057857_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_handover
    ADD CONSTRAINT followups_handover_read_by_id_2ffaee81_fk_accounts_user_id FOREIGN KEY (read_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_handover
    ADD CONSTRAINT followups_handover_unit_id_a9a36b34_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_heldsweep
    ADD CONSTRAINT followups_heldsweep_force_id_c4742974_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_heldsweep
    ADD CONSTRAINT followups_heldsweep_released_by_id_35b956df_fk_accounts_user_id FOREIGN KEY (released_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_keptview
    ADD CONSTRAINT followups_keptview_by_id_37db2cbe_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_keptview
    ADD CONSTRAINT followups_keptview_ended_by_id_5c71d623_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_keptview
    ADD CONSTRAINT followups_keptview_force_id_44f32296_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_keptview
    ADD CONSTRAINT followups_keptview_unit_id_c10d995a_fk_accounts_unit_id FOREIGN KEY (unit_id) REFERENCES public.accounts_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_notice
    ADD CONSTRAINT followups_notice_person_id_dfccfaab_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_notice
    ADD CONSTRAINT followups_notice_step_id_deb4baba_fk_followups_step_id FOREIGN KEY (step_id) REFERENCES public.followups_step(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_replan
    ADD CONSTRAINT followups_replan_by_id_37023b50_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_replan
    ADD CONSTRAINT followups_replan_followup_id_1ae41ebd_fk_followups_followup_id FOREIGN KEY (followup_id) REFERENCES public.followups_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.followups_step
    ADD CONSTRAINT followups_step_followup_id_6b0c419f_fk_followups_followup_id FOREIGN KEY (followup_id) REFERENCES public.followups_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_application_id_b22886e1_fk_accounts_ FOREIGN KEY (application_id) REFERENCES public.accounts_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_id_token_id_85db651b_fk_oauth2_pr FOREIGN KEY (id_token_id) REFERENCES public.oauth2_provider_idtoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_source_refresh_token_e66fbc72_fk_oauth2_pr FOREIGN KEY (source_refresh_token_id) REFERENCES public.oauth2_provider_refreshtoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_user_id_6e4c9a65_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devi_user_id_1cec5156_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_gran_application_id_81923564_fk_accounts_ FOREIGN KEY (application_id) REFERENCES public.accounts_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_user_id_e8f62af8_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idto_application_id_08c5ff4f_fk_accounts_ FOREIGN KEY (application_id) REFERENCES public.accounts_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_user_id_dd512b59_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_access_token_id_775e84e8_fk_oauth2_pr FOREIGN KEY (access_token_id) REFERENCES public.oauth2_provider_accesstoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_application_id_2d1c311b_fk_accounts_ FOREIGN KEY (application_id) REFERENCES public.accounts_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_user_id_da837fce_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_question
    ADD CONSTRAINT question_sandboxed_as_its_referral FOREIGN KEY (referral_id, sandboxed) REFERENCES public.referrals_supportreferral(id, sandboxed) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referral_person_is_its_cases FOREIGN KEY (case_id, person) REFERENCES public.casework_case(id, victim_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referral_sandboxed_as_its_agency FOREIGN KEY (agency_id, sandboxed) REFERENCES public.accounts_agency(id, sandboxed);
ALTER TABLE ONLY public.referrals_attempt
    ADD CONSTRAINT referrals_attempt_agency_id_4651cbe6_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_attempt
    ADD CONSTRAINT referrals_attempt_delivery_id_014faef7_fk_referrals_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.referrals_delivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_capacityword
    ADD CONSTRAINT referrals_capacitywo_service_id_ad1645d2_fk_referrals FOREIGN KEY (service_id) REFERENCES public.referrals_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_capacityword
    ADD CONSTRAINT referrals_capacityword_agency_id_591a16ab_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_capacityword
    ADD CONSTRAINT referrals_capacityword_by_id_f9375dfc_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_delivery
    ADD CONSTRAINT referrals_delivery_agency_id_172a93fc_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_delivery
    ADD CONSTRAINT referrals_delivery_event_id_75aa424a_fk_referrals_event_id FOREIGN KEY (event_id) REFERENCES public.referrals_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_delivery
    ADD CONSTRAINT referrals_delivery_webhook_id_19bfe926_fk_referrals_webhook_id FOREIGN KEY (webhook_id) REFERENCES public.referrals_webhook(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT referrals_disclosure_agency_id_d86cd122_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosureevent
    ADD CONSTRAINT referrals_disclosure_agency_id_ef5de3c7_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosureevent
    ADD CONSTRAINT referrals_disclosure_consent_id_60661fd7_fk_victims_c FOREIGN KEY (consent_id) REFERENCES public.victims_consentevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT referrals_disclosure_disclosed_by_id_c1de89b7_fk_accounts_ FOREIGN KEY (disclosed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT referrals_disclosure_referral_id_4daab160_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosureevent
    ADD CONSTRAINT referrals_disclosure_referral_id_ad6cbbdb_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosureevent
    ADD CONSTRAINT referrals_disclosure_scope_id_b0fcbbed_fk_accounts_ FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_disclosure
    ADD CONSTRAINT referrals_disclosure_scope_id_f43a85f5_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_event
    ADD CONSTRAINT referrals_event_agency_id_56101490_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_event
    ADD CONSTRAINT referrals_event_referral_id_e52968c6_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_keptanswer
    ADD CONSTRAINT referrals_keptanswer_agency_id_129b7a98_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_keptanswer
    ADD CONSTRAINT referrals_keptanswer_application_id_3cf28731_fk_accounts_ FOREIGN KEY (application_id) REFERENCES public.accounts_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_agency_id_cc901ba0_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_case_id_c08649e4_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_force_id_9544e06d_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_found_in_id_86e8ca91_fk_referrals FOREIGN KEY (found_in_id) REFERENCES public.referrals_outsidelist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_nrm_id_f03dba44_fk_casework_nrmreferral_id FOREIGN KEY (nrm_id) REFERENCES public.casework_nrmreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_referral_id_28654ff5_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_resolved_by_id_de2baaa4_fk_accounts_user_id FOREIGN KEY (resolved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_mismatch
    ADD CONSTRAINT referrals_mismatch_scope_id_a0384536_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_outsidelist
    ADD CONSTRAINT referrals_outsidelis_uploaded_by_id_83a17541_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_outsidelist
    ADD CONSTRAINT referrals_outsidelist_agency_id_108d60c6_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_outsidelist
    ADD CONSTRAINT referrals_outsidelist_force_id_5a953d0a_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_question
    ADD CONSTRAINT referrals_question_agency_id_e3fb0637_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_question
    ADD CONSTRAINT referrals_question_answered_by_id_b5821550_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_question
    ADD CONSTRAINT referrals_question_referral_id_1c82044e_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_question
    ADD CONSTRAINT referrals_question_scope_id_e095a72a_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_sandbox
    ADD CONSTRAINT referrals_sandbox_agency_id_e98670be_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_sandbox
    ADD CONSTRAINT referrals_sandbox_emptied_by_id_d982afef_fk_accounts_user_id FOREIGN KEY (emptied_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_sandbox
    ADD CONSTRAINT referrals_sandbox_opened_by_id_01926b8f_fk_accounts_user_id FOREIGN KEY (opened_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_service
    ADD CONSTRAINT referrals_service_agency_id_69118565_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_service_forces
    ADD CONSTRAINT referrals_service_fo_service_id_3fd405d2_fk_referrals FOREIGN KEY (service_id) REFERENCES public.referrals_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_service_forces
    ADD CONSTRAINT referrals_service_forces_force_id_2131ba87_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_agency_id_44b04cf9_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_consent_id_e177a9b4_fk_victims_c FOREIGN KEY (consent_id) REFERENCES public.victims_consentevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_created_by_id_a2141f1b_fk_accounts_ FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_force_id_a49bce73_fk_accounts_ FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_instead_of_id_fd8cab30_fk_referrals FOREIGN KEY (instead_of_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_scope_id_90318a62_fk_accounts_ FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportref_service_id_6b66e35e_fk_referrals FOREIGN KEY (service_id) REFERENCES public.referrals_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreferral
    ADD CONSTRAINT referrals_supportreferral_case_id_38b43016_fk_casework_case_id FOREIGN KEY (case_id) REFERENCES public.casework_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreview
    ADD CONSTRAINT referrals_supportrev_agency_id_870a0826_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreview
    ADD CONSTRAINT referrals_supportrev_referral_id_dbc8ab47_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_supportreview
    ADD CONSTRAINT referrals_supportreview_scope_id_ef451d78_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_takenback
    ADD CONSTRAINT referrals_takenback_consent_id_e6a6a6c4_fk_victims_c FOREIGN KEY (consent_id) REFERENCES public.victims_consentevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_takenback
    ADD CONSTRAINT referrals_takenback_referral_id_76ff8fcc_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_supportreferral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_takenback
    ADD CONSTRAINT referrals_takenback_scope_id_d31c0ec9_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_takenback
    ADD CONSTRAINT referrals_takenback_told_by_id_7b6a1b7f_fk_accounts_user_id FOREIGN KEY (told_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhook
    ADD CONSTRAINT referrals_webhook_agency_id_45c8fab7_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhook
    ADD CONSTRAINT referrals_webhook_confirmed_by_id_0205e12f_fk_accounts_user_id FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhook
    ADD CONSTRAINT referrals_webhook_ended_by_id_9c46c07d_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhook
    ADD CONSTRAINT referrals_webhook_proposed_by_id_b63b1a5f_fk_accounts_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhooksecret
    ADD CONSTRAINT referrals_webhooksec_agency_id_65ff2499_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhooksecret
    ADD CONSTRAINT referrals_webhooksec_webhook_id_0e67e11c_fk_referrals FOREIGN KEY (webhook_id) REFERENCES public.referrals_webhook(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhooksecret
    ADD CONSTRAINT referrals_webhooksecret_made_by_id_fda7fc11_fk_accounts_user_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_sandbox
    ADD CONSTRAINT sandbox_of_a_twin FOREIGN KEY (agency_id, sandboxed) REFERENCES public.accounts_agency(id, sandboxed);
ALTER TABLE ONLY public.referrals_service
    ADD CONSTRAINT service_sandboxed_as_its_agency FOREIGN KEY (agency_id, sandboxed) REFERENCES public.accounts_agency(id, sandboxed);
ALTER TABLE ONLY public.referrals_supportreview
    ADD CONSTRAINT supportreview_sandboxed_as_its_referral FOREIGN KEY (referral_id, sandboxed) REFERENCES public.referrals_supportreferral(id, sandboxed) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_takenback
    ADD CONSTRAINT takenback_sandboxed_as_its_referral FOREIGN KEY (referral_id, sandboxed) REFERENCES public.referrals_supportreferral(id, sandboxed) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_booking
    ADD CONSTRAINT training_booking_booked_by_id_de774d71_fk_accounts_user_id FOREIGN KEY (booked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_booking
    ADD CONSTRAINT training_booking_date_id_3af2a8eb_fk_training_coursedate_id FOREIGN KEY (date_id) REFERENCES public.training_coursedate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_booking
    ADD CONSTRAINT training_booking_ended_by_id_b5031f85_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_booking
    ADD CONSTRAINT training_booking_marked_by_id_2b2a87dc_fk_accounts_user_id FOREIGN KEY (marked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_booking
    ADD CONSTRAINT training_booking_user_id_78998a95_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_course
    ADD CONSTRAINT training_course_force_id_6837bd52_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_coursedate
    ADD CONSTRAINT training_coursedate_added_by_id_2960221d_fk_accounts_user_id FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_coursedate
    ADD CONSTRAINT training_coursedate_called_off_by_id_5b62c6ec_fk_accounts_ FOREIGN KEY (called_off_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_coursedate
    ADD CONSTRAINT training_coursedate_course_id_6af8c940_fk_training_course_slug FOREIGN KEY (course_id) REFERENCES public.training_course(slug) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_coursedate
    ADD CONSTRAINT training_coursedate_force_id_625f98ee_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_equivalent
    ADD CONSTRAINT training_equivalent_counts_for_id_7a52e3e2_fk_training_ FOREIGN KEY (counts_for_id) REFERENCES public.training_course(slug) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_equivalent
    ADD CONSTRAINT training_equivalent_course_id_6b18619b_fk_training_course_slug FOREIGN KEY (course_id) REFERENCES public.training_course(slug) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_equivalent
    ADD CONSTRAINT training_equivalent_force_id_aade344e_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_learning
    ADD CONSTRAINT training_learning_seen_by_id_bab53c22_fk_accounts_user_id FOREIGN KEY (seen_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_learning
    ADD CONSTRAINT training_learning_user_id_e4fe47b5_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_proof
    ADD CONSTRAINT training_proof_record_id_1756d023_fk_training_trainingrecord_id FOREIGN KEY (record_id) REFERENCES public.training_trainingrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_proof
    ADD CONSTRAINT training_proof_recorded_by_id_8ef6d90c_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_proof
    ADD CONSTRAINT training_proof_taken_out_by_id_a0a3cd4e_fk_accounts_user_id FOREIGN KEY (taken_out_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_requirement
    ADD CONSTRAINT training_requirement_course_id_eca97092_fk_training_course_slug FOREIGN KEY (course_id) REFERENCES public.training_course(slug) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_requirement
    ADD CONSTRAINT training_requirement_force_id_ff7a5f3d_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_trainingimport
    ADD CONSTRAINT training_trainingimp_uploaded_by_id_92de2457_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_trainingimport
    ADD CONSTRAINT training_trainingimport_force_id_c050e574_fk_accounts_force_id FOREIGN KEY (force_id) REFERENCES public.accounts_force(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_trainingrecord
    ADD CONSTRAINT training_trainingrec_course_id_bf67b43e_fk_training_ FOREIGN KEY (course_id) REFERENCES public.training_course(slug) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_trainingrecord
    ADD CONSTRAINT training_trainingrec_recorded_by_id_61e6cdda_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_trainingrecord
    ADD CONSTRAINT training_trainingrec_verified_by_id_4b1cff5a_fk_accounts_ FOREIGN KEY (verified_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.training_trainingrecord
    ADD CONSTRAINT training_trainingrecord_user_id_2abb756b_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_agedispute
    ADD CONSTRAINT victims_agedispute_recorded_by_id_35fb43f6_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_agedispute
    ADD CONSTRAINT victims_agedispute_scope_id_1389a25a_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_agedispute
    ADD CONSTRAINT victims_agedispute_settled_by_id_ab4c0cb0_fk_accounts_user_id FOREIGN KEY (settled_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_agedispute
    ADD CONSTRAINT victims_agedispute_victim_id_a9b198ad_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_consentevent
    ADD CONSTRAINT victims_consentevent_agency_id_7edc01ee_fk_accounts_agency_id FOREIGN KEY (agency_id) REFERENCES public.accounts_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_consentevent
    ADD CONSTRAINT victims_consentevent_explained_by_id_12cac93a_fk_accounts_ FOREIGN KEY (explained_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_consentevent
    ADD CONSTRAINT victims_consentevent_scope_id_3473f8b2_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_consentevent
    ADD CONSTRAINT victims_consentevent_victim_id_e1c23cfc_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_dependant
    ADD CONSTRAINT victims_dependant_ended_by_id_1ee1ca2d_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_dependant
    ADD CONSTRAINT victims_dependant_recorded_by_id_4b395a36_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_dependant
    ADD CONSTRAINT victims_dependant_scope_id_710baa96_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_dependant
    ADD CONSTRAINT victims_dependant_victim_id_40f39cb3_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_missingepisode
    ADD CONSTRAINT victims_missingepiso_recorded_by_id_2db43dfd_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_missingepisode
    ADD CONSTRAINT victims_missingepisode_scope_id_64809224_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_missingepisode
    ADD CONSTRAINT victims_missingepisode_victim_id_2ebcbe83_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_nationality
    ADD CONSTRAINT victims_nationality_ended_by_id_3c727e2f_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_nationality
    ADD CONSTRAINT victims_nationality_recorded_by_id_ef2152cc_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_nationality
    ADD CONSTRAINT victims_nationality_scope_id_a639b856_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_nationality
    ADD CONSTRAINT victims_nationality_victim_id_417349f8_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_need
    ADD CONSTRAINT victims_need_found_by_id_83ad9700_fk_accounts_user_id FOREIGN KEY (found_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_need
    ADD CONSTRAINT victims_need_scope_id_6aede018_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_need
    ADD CONSTRAINT victims_need_victim_id_30abf801_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_ended_by_id_f2e61228_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_linked_by_id_8a46c99b_fk_accounts_user_id FOREIGN KEY (linked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_merged_by_id_34b8cf3e_fk_accounts_user_id FOREIGN KEY (merged_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_other_id_1ccbe18a_fk_victims_victim_id FOREIGN KEY (other_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_other_scope_id_65bc9b4f_fk_accounts_scope_id FOREIGN KEY (other_scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_scope_id_216a2475_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personlink
    ADD CONSTRAINT victims_personlink_victim_id_ef3edb2c_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personname
    ADD CONSTRAINT victims_personname_ended_by_id_afa400e8_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personname
    ADD CONSTRAINT victims_personname_recorded_by_id_378af8ff_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personname
    ADD CONSTRAINT victims_personname_scope_id_05aa5e24_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_personname
    ADD CONSTRAINT victims_personname_victim_id_456dbc86_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_reference
    ADD CONSTRAINT victims_reference_ended_by_id_4b493b21_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_reference
    ADD CONSTRAINT victims_reference_recorded_by_id_822543de_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_reference
    ADD CONSTRAINT victims_reference_scope_id_1bbc31f2_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_reference
    ADD CONSTRAINT victims_reference_victim_id_2e4f6837_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_riskjudgement
    ADD CONSTRAINT victims_riskjudgement_judged_by_id_be8dfdae_fk_accounts_user_id FOREIGN KEY (judged_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_riskjudgement
    ADD CONSTRAINT victims_riskjudgement_scope_id_58158144_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_riskjudgement
    ADD CONSTRAINT victims_riskjudgement_victim_id_6fcae874_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_safecontact
    ADD CONSTRAINT victims_safecontact_scope_id_2b43b9d7_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_safecontact
    ADD CONSTRAINT victims_safecontact_set_by_id_6b35ef9d_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_safecontact
    ADD CONSTRAINT victims_safecontact_victim_id_2bfa893a_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_spokenlanguage
    ADD CONSTRAINT victims_spokenlangua_recorded_by_id_5d6715f4_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_spokenlanguage
    ADD CONSTRAINT victims_spokenlanguage_ended_by_id_973f3be3_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_spokenlanguage
    ADD CONSTRAINT victims_spokenlanguage_scope_id_b1f7e73b_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_spokenlanguage
    ADD CONSTRAINT victims_spokenlanguage_victim_id_bd8feb38_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_toldtopic
    ADD CONSTRAINT victims_toldtopic_heard_by_id_114a98ea_fk_accounts_user_id FOREIGN KEY (heard_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_toldtopic
    ADD CONSTRAINT victims_toldtopic_scope_id_743561c5_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_toldtopic
    ADD CONSTRAINT victims_toldtopic_victim_id_9580d9dc_fk_victims_victim_id FOREIGN KEY (victim_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_victim
    ADD CONSTRAINT victims_victim_merged_into_id_143b5caf_fk_victims_victim_id FOREIGN KEY (merged_into_id) REFERENCES public.victims_victim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.victims_victim
    ADD CONSTRAINT victims_victim_scope_id_bde0a1fb_fk_accounts_scope_id FOREIGN KEY (scope_id) REFERENCES public.accounts_scope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_webhook
    ADD CONSTRAINT webhook_sandboxed_as_its_agency FOREIGN KEY (agency_id, sandboxed) REFERENCES public.accounts_agency(id, sandboxed);
ALTER TABLE public.accounts_auditanchor ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_auditdisposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_auditevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_auditlink ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_export ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_exportitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_exportrequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_forcecontact ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_oncall ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_scope ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_scopebar ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_scopegrant ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency_answers ON public.casework_caseevent FOR INSERT TO holdfast_web WITH CHECK ((((kind)::text = 'referral'::text) AND (by_id IS NULL) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.case_id = casework_caseevent.case_id) AND (r.scope_id = casework_caseevent.scope_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL))))));
ALTER TABLE public.casework_advice ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_allocation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_asking ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_atrisk ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_authoritytold ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_background ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_bulkmove ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_caseevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_casefile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_closure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_crimerecord ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_dipsample ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_disposalcertificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_dutytonotify ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_emergencyaccess ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_evidencefile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_exploitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_guardianreferral ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_guidancecard ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_guidanceshown ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_immigrationshare ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_informed ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_interview ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_investigationevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_legalhold ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_lostcontact ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_misusehit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_misusesearch ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_movedcase ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_needsassessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_notasked ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_nrmevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_nrmreading ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_nrmreferral ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_nrmsubmission ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_operation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_opinion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_pack ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_packitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_packlift ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_party ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_police ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_retentionreview ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_safeguarding ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_safetycheck ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_sampledcase ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_section45 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_sharedfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_sharingstopped ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_since ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_situation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_transfer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_voiceanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_voicedealing ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_voicewords ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.casework_wishes ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine_reads ON public.accounts_auditevent FOR SELECT TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_reads ON public.casework_search FOR SELECT TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_reads ON public.victims_searchkey FOR SELECT TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_auditanchor TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_auditdisposal TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_auditlink TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_export TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_exportitem TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_exportrequest TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_forcecontact TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_look TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_oncall TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_scope TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_scopebar TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.accounts_scopegrant TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_advice TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_allocation TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_asking TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_atrisk TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_authoritytold TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_background TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_bulkmove TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_case TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_caseevent TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_casefile TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_closure TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_contact TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_crimerecord TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_dipsample TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_disposalcertificate TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_draft TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_dutytonotify TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_emergencyaccess TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_evidencefile TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_exploitation TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_guardianreferral TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_guidancecard TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_guidanceshown TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_immigrationshare TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_informed TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_interview TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_investigationevent TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_legalhold TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_lostcontact TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_misusehit TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_misusesearch TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_movedcase TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_needsassessment TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_notasked TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_nrmevent TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_nrmreading TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_nrmreferral TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_nrmsubmission TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_operation TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_opinion TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_pack TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_packitem TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_packlift TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_party TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_place TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_police TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_report TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_retentionreview TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_review TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_safeguarding TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_safetycheck TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_sampledcase TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_section45 TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_sharedfact TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_sharingstopped TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_since TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_situation TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_transfer TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_voiceanswer TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_voicedealing TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_voicewords TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.casework_wishes TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.followups_acknowledgement TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.followups_crack TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.followups_followup TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.followups_handover TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.followups_keptview TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.followups_replan TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_attempt TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_capacityword TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (NOT sandboxed))) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_delivery TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_disclosure TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL))) WITH CHECK (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL)));
CREATE POLICY engine_sees ON public.referrals_disclosureevent TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_event TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_keptanswer TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_mismatch TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_outsidelist TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_question TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL))) WITH CHECK (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL)));
CREATE POLICY engine_sees ON public.referrals_sandbox TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_service TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (NOT sandboxed))) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_service_forces TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_supportreferral TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL))) WITH CHECK (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL)));
CREATE POLICY engine_sees ON public.referrals_supportreview TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL))) WITH CHECK (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL)));
CREATE POLICY engine_sees ON public.referrals_takenback TO holdfast_engine USING (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL))) WITH CHECK (((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL) AND (scope_id IS NOT NULL)));
CREATE POLICY engine_sees ON public.referrals_webhook TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.referrals_webhooksecret TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_booking TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_course TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_coursedate TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_equivalent TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_learning TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_proof TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_requirement TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_trainingimport TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.training_trainingrecord TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_agedispute TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_consentevent TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_dependant TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_missingepisode TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_nationality TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_need TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_personlink TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_personname TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_reference TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_riskjudgement TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_safecontact TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_spokenlanguage TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_toldtopic TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY engine_sees ON public.victims_victim TO holdfast_engine USING ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL)) WITH CHECK ((( SELECT
        CASE
            WHEN (public.accounts_ctx('kind'::text) = 'engine'::text) THEN 1
            ELSE NULL::integer
        END AS "case") IS NOT NULL));
CREATE POLICY everyone_writes ON public.accounts_auditevent FOR INSERT TO holdfast_web, holdfast_engine WITH CHECK (true);
ALTER TABLE public.followups_acknowledgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.followups_crack ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.followups_followup ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.followups_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.followups_keptview ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.followups_replan ENABLE ROW LEVEL SECURITY;
CREATE POLICY looks_of_agencies ON public.accounts_auditevent FOR SELECT TO holdfast_web USING ((((verb)::text = 'supportreferral.viewed'::text) AND (agency_id IS NOT NULL) AND ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_auditevent.scope_id))))));
CREATE POLICY own_force_reads ON public.accounts_auditevent FOR SELECT TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) OR ((force_id IS NULL) AND (EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_auditevent.scope_id))))));
CREATE POLICY owner_sees ON public.accounts_auditanchor TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_auditdisposal TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_auditlink TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_export TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_exportitem TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_exportrequest TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_forcecontact TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_look TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_oncall TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_scope TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_scopebar TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.accounts_scopegrant TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_advice TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_allocation TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_asking TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_atrisk TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_authoritytold TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_background TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_bulkmove TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_case TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_caseevent TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_casefile TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_closure TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_contact TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_crimerecord TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_dipsample TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_disposalcertificate TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_draft TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_dutytonotify TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_emergencyaccess TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_evidencefile TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_exploitation TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_guardianreferral TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_guidancecard TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_guidanceshown TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_immigrationshare TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_informed TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_interview TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_investigationevent TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_legalhold TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_lostcontact TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_misusehit TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_misusesearch TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_movedcase TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_needsassessment TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_notasked TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_nrmevent TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_nrmreading TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_nrmreferral TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_nrmsubmission TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_operation TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_opinion TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_pack TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_packitem TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_packlift TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_party TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_place TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_police TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_report TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_retentionreview TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_review TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_safeguarding TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_safetycheck TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_sampledcase TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_search TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_section45 TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_sharedfact TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_sharingstopped TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_since TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_situation TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_transfer TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_voiceanswer TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_voicedealing TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_voicewords TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.casework_wishes TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.followups_acknowledgement TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.followups_crack TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.followups_followup TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.followups_handover TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.followups_keptview TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.followups_replan TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_attempt TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_capacityword TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_delivery TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_disclosure TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_disclosureevent TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_event TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_keptanswer TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_mismatch TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_outsidelist TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_question TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_sandbox TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_service TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_service_forces TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_supportreferral TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_supportreview TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_takenback TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_webhook TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.referrals_webhooksecret TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_booking TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_course TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_coursedate TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_equivalent TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_learning TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_proof TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_requirement TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_trainingimport TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.training_trainingrecord TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_agedispute TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_consentevent TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_dependant TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_missingepisode TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_nationality TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_need TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_personlink TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_personname TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_reference TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_riskjudgement TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_safecontact TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_searchkey TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_spokenlanguage TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_toldtopic TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_sees ON public.victims_victim TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_writes ON public.accounts_auditevent FOR INSERT TO holdfast_owner WITH CHECK (true);
CREATE POLICY receivers_refuse ON public.casework_caseevent FOR INSERT TO holdfast_web WITH CHECK ((((kind)::text = 'transfer'::text) AND (by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.casework_transfer t
  WHERE ((t.case_id = casework_caseevent.case_id) AND (t.scope_id = casework_caseevent.scope_id) AND ((t.status)::text = 'rejected'::text) AND (t.to_force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))))));
ALTER TABLE public.referrals_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_capacityword ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_disclosure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_disclosureevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_keptanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_mismatch ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_outsidelist ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_sandbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_service ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_service_forces ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_supportreferral ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_supportreview ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_takenback ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.referrals_webhooksecret ENABLE ROW LEVEL SECURITY;
CREATE POLICY sandbox_takes_back ON public.referrals_takenback FOR INSERT TO holdfast_web WITH CHECK (((scope_id IS NULL) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_takenback.referral_id) AND (r.scope_id IS NULL) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))))));
ALTER TABLE public.training_booking ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_course ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_coursedate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_equivalent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_learning ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_proof ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_requirement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_trainingimport ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.training_trainingrecord ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_agedispute ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_consentevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_dependant ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_missingepisode ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_nationality ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_need ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_personlink ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_personname ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_reference ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_riskjudgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_safecontact ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_searchkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_spokenlanguage ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_toldtopic ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.victims_victim ENABLE ROW LEVEL SECURITY;
CREATE POLICY web_sees ON public.accounts_auditanchor TO holdfast_web USING (false) WITH CHECK (false);
CREATE POLICY web_sees ON public.accounts_auditdisposal TO holdfast_web USING (false) WITH CHECK (false);
CREATE POLICY web_sees ON public.accounts_auditlink TO holdfast_web USING (false) WITH CHECK (false);
CREATE POLICY web_sees ON public.accounts_export TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((scope_id IS NULL) OR (EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_export.scope_id)))))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((scope_id IS NULL) OR (EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_export.scope_id))))));
CREATE POLICY web_sees ON public.accounts_exportitem TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_exportitem.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_exportitem.scope_id))));
CREATE POLICY web_sees ON public.accounts_exportrequest TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((scope_id IS NULL) OR (EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_exportrequest.scope_id)))))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((scope_id IS NULL) OR (EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_exportrequest.scope_id))))));
CREATE POLICY web_sees ON public.accounts_forcecontact TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.accounts_look TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_look.scope_id))) OR ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_look.scope_id))) AND (force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid)));
CREATE POLICY web_sees ON public.accounts_oncall TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.accounts_scope TO holdfast_web USING (((force_id = ( SELECT (public.accounts_ctx('force'::text))::uuid AS accounts_ctx)) AND (id <> ALL (( SELECT COALESCE((string_to_array(public.accounts_ctx('barred'::text), ','::text))::uuid[], ARRAY[]::uuid[]) AS "coalesce")::uuid[])) AND ((((restriction)::text = 'standard'::text) AND (( SELECT (public.accounts_ctx('reach'::text) = 'force'::text)) OR (unit_id = ANY (( SELECT (string_to_array(public.accounts_ctx('units'::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) OR (id = ANY (( SELECT public.accounts_granted() AS accounts_granted)::uuid[]))))) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.accounts_scopebar TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_scopebar.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = accounts_scopebar.scope_id))));
CREATE POLICY web_sees ON public.accounts_scopegrant TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.casework_advice TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_advice.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_advice.scope_id))));
CREATE POLICY web_sees ON public.casework_allocation TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_allocation.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_allocation.scope_id))));
CREATE POLICY web_sees ON public.casework_asking TO holdfast_web USING ((((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_asking.scope_id))) AND (NOT public.casework_voice_about(case_id, (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid))) OR (agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))) WITH CHECK ((((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_asking.scope_id))) AND (NOT public.casework_voice_about(case_id, (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid))) OR (agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid)));
CREATE POLICY web_sees ON public.casework_atrisk TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_atrisk.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_atrisk.scope_id))));
CREATE POLICY web_sees ON public.casework_authoritytold TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_authoritytold.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_authoritytold.scope_id))));
CREATE POLICY web_sees ON public.casework_background TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_background.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_background.scope_id))));
CREATE POLICY web_sees ON public.casework_bulkmove TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.casework_case TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_case.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_case.scope_id))));
CREATE POLICY web_sees ON public.casework_caseevent TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_caseevent.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_caseevent.scope_id))));
CREATE POLICY web_sees ON public.casework_casefile TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_casefile.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_casefile.scope_id))));
CREATE POLICY web_sees ON public.casework_closure TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_closure.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_closure.scope_id))));
CREATE POLICY web_sees ON public.casework_contact TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_contact.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_contact.scope_id))));
CREATE POLICY web_sees ON public.casework_crimerecord TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_crimerecord.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_crimerecord.scope_id))));
CREATE POLICY web_sees ON public.casework_dipsample TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (unit_id = ANY ((( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[]))))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (unit_id = ANY ((( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[])))));
CREATE POLICY web_sees ON public.casework_disposalcertificate TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.casework_draft TO holdfast_web USING ((user_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid)) WITH CHECK ((user_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.casework_dutytonotify TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_dutytonotify.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_dutytonotify.scope_id))));
CREATE POLICY web_sees ON public.casework_emergencyaccess TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_emergencyaccess.scope_id))) OR ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_emergencyaccess.scope_id))) OR ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text)))));
CREATE POLICY web_sees ON public.casework_evidencefile TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_evidencefile.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_evidencefile.scope_id))));
CREATE POLICY web_sees ON public.casework_exploitation TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_exploitation.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_exploitation.scope_id))));
CREATE POLICY web_sees ON public.casework_guardianreferral TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_guardianreferral.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_guardianreferral.scope_id))));
CREATE POLICY web_sees ON public.casework_guidancecard TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.casework_guidanceshown TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_guidanceshown.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_guidanceshown.scope_id))));
CREATE POLICY web_sees ON public.casework_immigrationshare TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_immigrationshare.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_immigrationshare.scope_id))));
CREATE POLICY web_sees ON public.casework_informed TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_informed.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_informed.scope_id))));
CREATE POLICY web_sees ON public.casework_interview TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_interview.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_interview.scope_id))));
CREATE POLICY web_sees ON public.casework_investigationevent TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_investigationevent.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_investigationevent.scope_id))));
CREATE POLICY web_sees ON public.casework_legalhold TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_legalhold.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_legalhold.scope_id))));
CREATE POLICY web_sees ON public.casework_lostcontact TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_lostcontact.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_lostcontact.scope_id))));
CREATE POLICY web_sees ON public.casework_misusehit TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text)));
CREATE POLICY web_sees ON public.casework_misusesearch TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (( SELECT public.accounts_ctx('audits'::text) AS accounts_ctx) = 'yes'::text)));
CREATE POLICY web_sees ON public.casework_movedcase TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_movedcase.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_movedcase.scope_id))));
CREATE POLICY web_sees ON public.casework_needsassessment TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_needsassessment.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_needsassessment.scope_id))));
CREATE POLICY web_sees ON public.casework_notasked TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_notasked.scope_id))) AND (NOT public.casework_voice_about(case_id, (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid)))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_notasked.scope_id))) AND (NOT public.casework_voice_about(case_id, (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid))));
CREATE POLICY web_sees ON public.casework_nrmevent TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmevent.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmevent.scope_id))));
CREATE POLICY web_sees ON public.casework_nrmreading TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmreading.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmreading.scope_id))));
CREATE POLICY web_sees ON public.casework_nrmreferral TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmreferral.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmreferral.scope_id))));
CREATE POLICY web_sees ON public.casework_nrmsubmission TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmsubmission.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_nrmsubmission.scope_id))));
CREATE POLICY web_sees ON public.casework_operation TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((started_by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) OR (EXISTS ( SELECT 1
   FROM public.casework_case c
  WHERE (c.operation_id = casework_operation.id)))))) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.casework_opinion TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_opinion.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_opinion.scope_id))));
CREATE POLICY web_sees ON public.casework_pack TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_pack.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_pack.scope_id))));
CREATE POLICY web_sees ON public.casework_packitem TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_packitem.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_packitem.scope_id))));
CREATE POLICY web_sees ON public.casework_packlift TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_packlift.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_packlift.scope_id))));
CREATE POLICY web_sees ON public.casework_party TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_party.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_party.scope_id))));
CREATE POLICY web_sees ON public.casework_place TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_place.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_place.scope_id))));
CREATE POLICY web_sees ON public.casework_police TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_police.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_police.scope_id))));
CREATE POLICY web_sees ON public.casework_report TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_report.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_report.scope_id))));
CREATE POLICY web_sees ON public.casework_retentionreview TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_retentionreview.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_retentionreview.scope_id))));
CREATE POLICY web_sees ON public.casework_review TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_review.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_review.scope_id))));
CREATE POLICY web_sees ON public.casework_safeguarding TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_safeguarding.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_safeguarding.scope_id))));
CREATE POLICY web_sees ON public.casework_safetycheck TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_safetycheck.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_safetycheck.scope_id))));
CREATE POLICY web_sees ON public.casework_sampledcase TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_sampledcase.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_sampledcase.scope_id))));
CREATE POLICY web_sees ON public.casework_section45 TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_section45.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_section45.scope_id))));
CREATE POLICY web_sees ON public.casework_sharedfact TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.casework_operation o
  WHERE (o.id = casework_sharedfact.operation_id))))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.casework_operation o
  WHERE (o.id = casework_sharedfact.operation_id)))));
CREATE POLICY web_sees ON public.casework_sharingstopped TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_sharingstopped.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_sharingstopped.scope_id))));
CREATE POLICY web_sees ON public.casework_since TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_since.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_since.scope_id))));
CREATE POLICY web_sees ON public.casework_situation TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_situation.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_situation.scope_id))));
CREATE POLICY web_sees ON public.casework_transfer TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_transfer.scope_id))) OR (offered_by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) OR
CASE
    WHEN closely THEN ((to_force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
       FROM public.accounts_roleheld r
      WHERE (((r.role)::text = 'specialist_lead'::text) AND (r.user_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid)))))
    ELSE ((((( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid = from_force_id) OR ((( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid = to_force_id)) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (ARRAY[from_unit_id, to_unit_id] && (( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[])))
END)) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_transfer.scope_id))) OR (offered_by_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid) OR
CASE
    WHEN closely THEN ((to_force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
       FROM public.accounts_roleheld r
      WHERE (((r.role)::text = 'specialist_lead'::text) AND (r.user_id = (( SELECT public.accounts_ctx('actor'::text) AS accounts_ctx))::uuid)))))
    ELSE ((((( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid = from_force_id) OR ((( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid = to_force_id)) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (ARRAY[from_unit_id, to_unit_id] && (( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[])))
END));
CREATE POLICY web_sees ON public.casework_voiceanswer TO holdfast_web USING (((( SELECT public.accounts_ctx('voice'::text) AS accounts_ctx) = 'yes'::text) AND (EXISTS ( SELECT 1
   FROM public.casework_asking a
  WHERE (a.id = casework_voiceanswer.asking_id))))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.casework_asking a
  WHERE (a.id = casework_voiceanswer.asking_id))));
CREATE POLICY web_sees ON public.casework_voicedealing TO holdfast_web USING (((( SELECT public.accounts_ctx('voice'::text) AS accounts_ctx) = 'yes'::text) AND (EXISTS ( SELECT 1
   FROM public.casework_asking a
  WHERE (a.id = casework_voicedealing.asking_id))))) WITH CHECK (((( SELECT public.accounts_ctx('voice'::text) AS accounts_ctx) = 'yes'::text) AND (EXISTS ( SELECT 1
   FROM public.casework_asking a
  WHERE (a.id = casework_voicedealing.asking_id)))));
CREATE POLICY web_sees ON public.casework_voicewords TO holdfast_web USING (((( SELECT public.accounts_ctx('voice'::text) AS accounts_ctx) = 'yes'::text) AND (EXISTS ( SELECT 1
   FROM public.casework_asking a
  WHERE (a.id = casework_voicewords.asking_id))))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.casework_asking a
  WHERE (a.id = casework_voicewords.asking_id))));
CREATE POLICY web_sees ON public.casework_wishes TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_wishes.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = casework_wishes.scope_id))));
CREATE POLICY web_sees ON public.followups_acknowledgement TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.followups_followup f
  WHERE (f.id = followups_acknowledgement.followup_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.followups_followup f
  WHERE (f.id = followups_acknowledgement.followup_id))));
CREATE POLICY web_sees ON public.followups_crack TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.followups_followup TO holdfast_web USING (
CASE
    WHEN (scope_id IS NULL) THEN (force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)
    ELSE (EXISTS ( SELECT 1
       FROM public.accounts_scope s
      WHERE (s.id = followups_followup.scope_id)))
END) WITH CHECK (
CASE
    WHEN (scope_id IS NULL) THEN (force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)
    ELSE (EXISTS ( SELECT 1
       FROM public.accounts_scope s
      WHERE (s.id = followups_followup.scope_id)))
END);
CREATE POLICY web_sees ON public.followups_handover TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (unit_id = ANY ((( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[]))))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (unit_id = ANY ((( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[])))));
CREATE POLICY web_sees ON public.followups_keptview TO holdfast_web USING (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (unit_id = ANY ((( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[]))))) WITH CHECK (((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND ((( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text) OR (unit_id = ANY ((( SELECT string_to_array(public.accounts_ctx('units'::text), ','::text) AS string_to_array))::uuid[])))));
CREATE POLICY web_sees ON public.followups_replan TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.followups_followup f
  WHERE (f.id = followups_replan.followup_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.followups_followup f
  WHERE (f.id = followups_replan.followup_id))));
CREATE POLICY web_sees ON public.referrals_attempt TO holdfast_web USING (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text))) WITH CHECK (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text)));
CREATE POLICY web_sees ON public.referrals_capacityword TO holdfast_web USING ((((( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text) AND (NOT sandboxed)) OR (agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))) WITH CHECK (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_service s
  WHERE ((s.id = referrals_capacityword.service_id) AND (s.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))))));
CREATE POLICY web_sees ON public.referrals_delivery TO holdfast_web USING (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text))) WITH CHECK (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text)));
CREATE POLICY web_sees ON public.referrals_disclosure TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_disclosure.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_disclosure.referral_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL))))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_disclosure.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_disclosure.referral_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL)))))));
CREATE POLICY web_sees ON public.referrals_disclosureevent TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_disclosureevent.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_disclosureevent.scope_id))));
CREATE POLICY web_sees ON public.referrals_event TO holdfast_web USING ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid)) WITH CHECK ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.referrals_keptanswer TO holdfast_web USING ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid)) WITH CHECK ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.referrals_mismatch TO holdfast_web USING (
CASE
    WHEN (scope_id IS NULL) THEN ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text))
    ELSE (EXISTS ( SELECT 1
       FROM public.accounts_scope s
      WHERE (s.id = referrals_mismatch.scope_id)))
END) WITH CHECK (
CASE
    WHEN (scope_id IS NULL) THEN ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid) AND (( SELECT public.accounts_ctx('reach'::text) AS accounts_ctx) = 'force'::text))
    ELSE (EXISTS ( SELECT 1
       FROM public.accounts_scope s
      WHERE (s.id = referrals_mismatch.scope_id)))
END);
CREATE POLICY web_sees ON public.referrals_outsidelist TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.referrals_question TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_question.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_question.referral_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL))))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_question.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_question.referral_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL)))))));
CREATE POLICY web_sees ON public.referrals_sandbox TO holdfast_web USING (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (EXISTS ( SELECT 1
   FROM public.accounts_agency a
  WHERE ((a.id = referrals_sandbox.agency_id) AND (a.sandbox_of_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid)))))) WITH CHECK (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (EXISTS ( SELECT 1
   FROM public.accounts_agency a
  WHERE ((a.id = referrals_sandbox.agency_id) AND (a.sandbox_of_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))))));
CREATE POLICY web_sees ON public.referrals_service TO holdfast_web USING (((NOT sandboxed) OR (agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))) WITH CHECK (((( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text) OR (agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR (EXISTS ( SELECT 1
   FROM public.accounts_agency a
  WHERE ((a.id = referrals_service.agency_id) AND (a.sandbox_of_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))))));
CREATE POLICY web_sees ON public.referrals_service_forces TO holdfast_web USING (true) WITH CHECK (((( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text) OR (EXISTS ( SELECT 1
   FROM public.referrals_service s
  WHERE ((s.id = referrals_service_forces.service_id) AND (s.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid))))));
CREATE POLICY web_sees ON public.referrals_supportreferral TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_supportreferral.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (sent_at IS NOT NULL) AND ((scope_id IS NOT NULL) OR (created_at > ( SELECT public.referrals_sandbox_since() AS referrals_sandbox_since)))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_supportreferral.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (sent_at IS NOT NULL) AND ((scope_id IS NOT NULL) OR (created_at > ( SELECT public.referrals_sandbox_since() AS referrals_sandbox_since))))));
CREATE POLICY web_sees ON public.referrals_supportreview TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_supportreview.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_supportreview.referral_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL))))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_supportreview.scope_id))) OR ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (EXISTS ( SELECT 1
   FROM public.referrals_supportreferral r
  WHERE ((r.id = referrals_supportreview.referral_id) AND (r.agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) AND (r.sent_at IS NOT NULL)))))));
CREATE POLICY web_sees ON public.referrals_takenback TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_takenback.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = referrals_takenback.scope_id))));
CREATE POLICY web_sees ON public.referrals_webhook TO holdfast_web USING (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR ((( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text) AND (NOT sandboxed)))) WITH CHECK (((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid) OR ((( SELECT public.accounts_ctx('kind'::text) AS accounts_ctx) = 'officer'::text) AND (NOT sandboxed))));
CREATE POLICY web_sees ON public.referrals_webhooksecret TO holdfast_web USING ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid)) WITH CHECK ((agency_id = (( SELECT public.accounts_ctx('agency'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.training_booking TO holdfast_web USING ((user_id IN ( SELECT u.id
   FROM public.accounts_user u
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)))) WITH CHECK ((user_id IN ( SELECT u.id
   FROM public.accounts_user u
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))));
CREATE POLICY web_sees ON public.training_course TO holdfast_web USING (((force_id IS NULL) OR (force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.training_coursedate TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.training_equivalent TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.training_learning TO holdfast_web USING ((user_id IN ( SELECT u.id
   FROM public.accounts_user u
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)))) WITH CHECK ((user_id IN ( SELECT u.id
   FROM public.accounts_user u
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))));
CREATE POLICY web_sees ON public.training_proof TO holdfast_web USING ((record_id IN ( SELECT t.id
   FROM (public.training_trainingrecord t
     JOIN public.accounts_user u ON ((u.id = t.user_id)))
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)))) WITH CHECK ((record_id IN ( SELECT t.id
   FROM (public.training_trainingrecord t
     JOIN public.accounts_user u ON ((u.id = t.user_id)))
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))));
CREATE POLICY web_sees ON public.training_requirement TO holdfast_web USING (((force_id IS NULL) OR (force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.training_trainingimport TO holdfast_web USING ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)) WITH CHECK ((force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid));
CREATE POLICY web_sees ON public.training_trainingrecord TO holdfast_web USING ((user_id IN ( SELECT u.id
   FROM public.accounts_user u
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid)))) WITH CHECK ((user_id IN ( SELECT u.id
   FROM public.accounts_user u
  WHERE (u.force_id = (( SELECT public.accounts_ctx('force'::text) AS accounts_ctx))::uuid))));
CREATE POLICY web_sees ON public.victims_agedispute TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_agedispute.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_agedispute.scope_id))));
CREATE POLICY web_sees ON public.victims_consentevent TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_consentevent.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_consentevent.scope_id))));
CREATE POLICY web_sees ON public.victims_dependant TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_dependant.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_dependant.scope_id))));
CREATE POLICY web_sees ON public.victims_missingepisode TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_missingepisode.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_missingepisode.scope_id))));
CREATE POLICY web_sees ON public.victims_nationality TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_nationality.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_nationality.scope_id))));
CREATE POLICY web_sees ON public.victims_need TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_need.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_need.scope_id))));
CREATE POLICY web_sees ON public.victims_personlink TO holdfast_web USING (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_personlink.scope_id))) AND (EXISTS ( SELECT 1
   FROM public.accounts_scope o
  WHERE (o.id = victims_personlink.other_scope_id))))) WITH CHECK (((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_personlink.scope_id))) AND (EXISTS ( SELECT 1
   FROM public.accounts_scope o
  WHERE (o.id = victims_personlink.other_scope_id)))));
CREATE POLICY web_sees ON public.victims_personname TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_personname.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_personname.scope_id))));
CREATE POLICY web_sees ON public.victims_reference TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_reference.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_reference.scope_id))));
CREATE POLICY web_sees ON public.victims_riskjudgement TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_riskjudgement.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_riskjudgement.scope_id))));
CREATE POLICY web_sees ON public.victims_safecontact TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_safecontact.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_safecontact.scope_id))));
CREATE POLICY web_sees ON public.victims_spokenlanguage TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_spokenlanguage.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_spokenlanguage.scope_id))));
CREATE POLICY web_sees ON public.victims_toldtopic TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_toldtopic.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_toldtopic.scope_id))));
CREATE POLICY web_sees ON public.victims_victim TO holdfast_web USING ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_victim.scope_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.accounts_scope s
  WHERE (s.id = victims_victim.scope_id))));
GRANT ALL ON FUNCTION public.accounts_append_only() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_append_only() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_audit_row() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_audit_row() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_ctx(name text) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_ctx(name text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_duty_supervisor(team uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_duty_supervisor(team uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_emergency_guard() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_emergency_guard() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_end_sessions() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_end_sessions() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_exceptions(person uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_exceptions(person uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_force_auditor(whose uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_force_auditor(whose uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_force_lead(whose uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_force_lead(whose uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_forget_step_secret() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_forget_step_secret() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_granted() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_granted() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_holder(owner uuid, team uuid, whose uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_holder(owner uuid, team uuid, whose uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_leave_or_return() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_leave_or_return() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.accounts_make_months(first date, months integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.accounts_moment() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_moment() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_on_duty(person uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_on_duty(person uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_only_resealed(was jsonb, is_now jsonb) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_only_resealed(was jsonb, is_now jsonb) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.accounts_person_left() FROM PUBLIC;
GRANT ALL ON FUNCTION public.accounts_person_left() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_person_left() TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_present(person uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_present(person uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.accounts_status_guard() TO holdfast_web;
GRANT ALL ON FUNCTION public.accounts_status_guard() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_asked(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_asked(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[]) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_break_glass(asked text, why text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_break_glass(asked text, why text) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_break_glass(asked text, why text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_charge_was_considered() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_charge_was_considered() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_closed_to_owner() FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_closed_to_owner() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_closed_to_owner() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_compare_searches() FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_compare_searches() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_file_guard() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_file_guard() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_find(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[], besides uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_find(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[], besides uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_is_strong(names integer, names_hit integer, weight integer, alike real, places integer, places_hit integer, born boolean, swapped boolean, referred boolean, reached boolean) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_is_strong(names integer, names_hit integer, weight integer, alike real, places integer, places_hit integer, born boolean, swapped boolean, referred boolean, reached boolean) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_keep_cases(cases uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_keep_cases(cases uuid[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_keep_cases(cases uuid[]) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_keep_number(record uuid, source uuid, typed text) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_keep_number(record uuid, source uuid, typed text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_keep_of_case() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_keep_of_case() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_keep_of_cases() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_keep_of_cases() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_keep_of_number() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_keep_of_number() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_lost_since(whose uuid, heard_at timestamp with time zone, before timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_lost_since(whose uuid, heard_at timestamp with time zone, before timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_no_contact_was_considered() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_no_contact_was_considered() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_note_search(search uuid, words text, born date, swapped date, numbers text[], reached bigint[], places bigint[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_note_search(search uuid, words text, born date, swapped date, numbers text[], reached bigint[], places bigint[]) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_owner_has_no_conflict() FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_owner_has_no_conflict() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_owner_has_no_conflict() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_pack_in_work() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_pack_in_work() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_person_left() FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_person_left() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_person_left() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_rebuild_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_rebuild_keys() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_record_of(asked text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_record_of(asked text) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_record_of(asked text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_sought_matches() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_sought_matches() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_standing(shown uuid, record uuid, moment timestamp with time zone, OUT named text[], OUT crime_number text, OUT authority_told_at timestamp with time zone, OUT nrm text[], OUT notified_at timestamp with time zone, OUT reached_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_standing(shown uuid, record uuid, moment timestamp with time zone, OUT named text[], OUT crime_number text, OUT authority_told_at timestamp with time zone, OUT nrm text[], OUT notified_at timestamp with time zone, OUT reached_at timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_standing(shown uuid, record uuid, moment timestamp with time zone, OUT named text[], OUT crime_number text, OUT authority_told_at timestamp with time zone, OUT nrm text[], OUT notified_at timestamp with time zone, OUT reached_at timestamp with time zone) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_take_over(offer uuid, person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_take_over(offer uuid, person uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_take_over(offer uuid, person uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_trigrams(latin text) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_trigrams(latin text) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_unit_of_scope() FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_unit_of_scope() TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_unit_of_scope() TO holdfast_engine;
GRANT ALL ON FUNCTION public.casework_voice_about(of_case uuid, person uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_voice_about(of_case uuid, person uuid) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_voice_asked(hash text, moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_voice_asked(hash text, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_voice_asked(hash text, moment timestamp with time zone) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.casework_voice_take(hash text, moment timestamp with time zone, said jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casework_voice_take(hash text, moment timestamp with time zone, said jsonb) TO holdfast_web;
GRANT ALL ON FUNCTION public.casework_voice_take(hash text, moment timestamp with time zone, said jsonb) TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_add(at timestamp with time zone, amount integer, unit text, calendar bigint) TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_add(at timestamp with time zone, amount integer, unit text, calendar bigint) TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_changed() TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_changed() TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_deadline TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_deadline TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_deadline_for(rule_slug text, clock_slug text, nation_slug text, since timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_deadline_for(rule_slug text, clock_slug text, nation_slug text, since timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_deadline_stays() TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_deadline_stays() TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_due_at(since timestamp with time zone, amount integer, unit text, calendar bigint) TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_due_at(since timestamp with time zone, amount integer, unit text, calendar bigint) TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_version() TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_version() TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_working_day(day date, amount integer, calendar bigint) TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_working_day(day date, amount integer, calendar bigint) TO holdfast_engine;
GRANT ALL ON FUNCTION public.clocks_working_days_between(start_on date, end_on date, calendar bigint) TO holdfast_web;
GRANT ALL ON FUNCTION public.clocks_working_days_between(start_on date, end_on date, calendar bigint) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_chain(team uuid, whose uuid, record uuid, holder uuid, goes_to text, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_chain(team uuid, whose uuid, record uuid, holder uuid, goes_to text, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_disposal_obstacles(whose uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_disposal_obstacles(whose uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_dispose(review uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_dispose(review uuid) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.followups_dispose_rows(holder regclass, ids text[], INOUT counts jsonb, INOUT hashes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.followups_idle(moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_idle(moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_kept_away() TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_kept_away() TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_may_see(person uuid, record uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_may_see(person uuid, record uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_named_on(record uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_named_on(record uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_needs_of(people uuid[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_needs_of(people uuid[]) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_notice_guard() TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_notice_guard() TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_numbers(moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_numbers(moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_people_of(people uuid[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_people_of(people uuid[]) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_person_left() TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_person_left() TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_referrals_of(people uuid[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_referrals_of(people uuid[]) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_rehold(person uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_rehold(person uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_replan_guard() TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_replan_guard() TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_voice_asker(of_case uuid, record uuid, team uuid, whose uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_voice_asker(of_case uuid, record uuid, team uuid, whose uuid, moment timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.followups_voice_reader(of_case uuid, record uuid, team uuid, whose uuid, moment timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.followups_voice_reader(of_case uuid, record uuid, team uuid, whose uuid, moment timestamp with time zone) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_answer_times(since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_answer_times(since timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_answer_times(since timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.referrals_asked_anew(of_case uuid, needs character varying[], after timestamp with time zone, or_open boolean) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_asked_anew(of_case uuid, needs character varying[], after timestamp with time zone, or_open boolean) TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.victims_consentevent TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.victims_consentevent TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_end_resting_on(word public.victims_consentevent, of_child boolean, sentence text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.referrals_force_of_scope() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_force_of_scope() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_force_of_scope() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_forget_invented() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_forget_invented() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_forget_tries(until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_forget_tries(until timestamp with time zone) TO holdfast_engine;
GRANT ALL ON FUNCTION public.referrals_mark_sandboxed() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_mark_sandboxed() TO holdfast_engine;
GRANT ALL ON FUNCTION public.referrals_marks(needs character varying[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_marks(needs character varying[]) TO holdfast_engine;
GRANT ALL ON FUNCTION public.referrals_may_see(needs character varying[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_may_see(needs character varying[]) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_note_accepted() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_note_accepted() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_note_accepted() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_note_answered() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_note_answered() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_note_answered() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_note_event() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_note_event() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_note_event() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_note_given() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_note_given() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_note_given() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_note_taken_back() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_note_taken_back() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_note_taken_back() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_person_of_case() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_person_of_case() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_person_of_case() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_record_disclosure(kind text, of_items text[], referral uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_record_disclosure(kind text, of_items text[], referral uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_record_disclosure(kind text, of_items text[], referral uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.referrals_reference_key(written text) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_reference_key(written text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.referrals_sandbox_since() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_sandbox_since() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_settle_needs() FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_settle_needs() TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_settle_needs() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_steps(referral uuid, record uuid, whose uuid, sent timestamp with time zone, moment timestamp with time zone, OUT first_look_at timestamp with time zone, OUT asked_at timestamp with time zone, OUT answered_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_steps(referral uuid, record uuid, whose uuid, sent timestamp with time zone, moment timestamp with time zone, OUT first_look_at timestamp with time zone, OUT asked_at timestamp with time zone, OUT answered_at timestamp with time zone) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_steps(referral uuid, record uuid, whose uuid, sent timestamp with time zone, moment timestamp with time zone, OUT first_look_at timestamp with time zone, OUT asked_at timestamp with time zone, OUT answered_at timestamp with time zone) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_still_left(referral uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_still_left(referral uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_still_left(referral uuid) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_take_back(decision uuid, of_child boolean, sentence text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_take_back(decision uuid, of_child boolean, sentence text) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_take_back(decision uuid, of_child boolean, sentence text) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_take_back_merged(person uuid, of_child boolean, sentences jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_take_back_merged(person uuid, of_child boolean, sentences jsonb) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_take_back_merged(person uuid, of_child boolean, sentences jsonb) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.referrals_ways_elsewhere(record uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.referrals_ways_elsewhere(record uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.referrals_ways_elsewhere(record uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.training_date_kept() TO holdfast_web;
GRANT ALL ON FUNCTION public.training_date_kept() TO holdfast_engine;
GRANT ALL ON FUNCTION public.training_learning_kept() TO holdfast_web;
GRANT ALL ON FUNCTION public.training_learning_kept() TO holdfast_engine;
GRANT ALL ON FUNCTION public.training_places_kept() TO holdfast_web;
GRANT ALL ON FUNCTION public.training_places_kept() TO holdfast_engine;
GRANT ALL ON FUNCTION public.training_proof_guard() TO holdfast_web;
GRANT ALL ON FUNCTION public.training_proof_guard() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_age_as_one(root uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.victims_agreed(person uuid, what text, whom uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_agreed(person uuid, what text, whom uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_agreed(person uuid, what text, whom uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_allows(word public.victims_consentevent) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_allows(word public.victims_consentevent) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_bar_changed() FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_bar_changed() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_bar_changed() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_blind_keys(sealed text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_blind_keys(sealed text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_age() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_age() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_contact(person uuid, rule uuid, details text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_contact(person uuid, rule uuid, details text) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_keep_keys(person uuid, made_from uuid, kinds text[], found_by bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_keep_keys(person uuid, made_from uuid, kinds text[], found_by bigint[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_keys(person uuid, made_from uuid, kinds text[], found_by bigint[]) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_moved() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_moved() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_of_contact() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_of_contact() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_of_fact() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_of_fact() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_of_scope() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_of_scope() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_of_victim() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_of_victim() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_keep_of_victims() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_of_victims() TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_keep_people(people uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_keep_people(people uuid[]) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_people(people uuid[]) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_keep_person(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_keep_person(person uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_keep_person(person uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_key(kind text, word text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_key(kind text, word text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_latin(name text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_latin(name text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_majority(born_on date, precision_ text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_majority(born_on date, precision_ text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_name_keys(latin text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_name_keys(latin text) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_names_of(person uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_names_of(person uuid) TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_numbers_of(person uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_numbers_of(person uuid) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_one_at_a_time(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_one_at_a_time(person uuid) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_one_at_a_time(person uuid) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_records_changed() FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_records_changed() TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_records_changed() TO holdfast_engine;
GRANT ALL ON FUNCTION public.victims_reference(typed text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_reference(typed text) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_said(root uuid, what text, whom uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.victims_sound(word text) TO holdfast_web;
GRANT ALL ON FUNCTION public.victims_sound(word text) TO holdfast_engine;
REVOKE ALL ON FUNCTION public.victims_spread_bars(bars uuid[]) FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_absence TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_absence TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_agency TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_agency TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_application TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_application TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_application_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_application_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.accounts_auditanchor TO holdfast_engine;
GRANT SELECT ON TABLE public.accounts_auditdisposal TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.accounts_auditevent TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.accounts_auditevent TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.accounts_auditlink TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_directoryentry TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_directoryentry TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_directoryentry_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_directoryentry_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.accounts_export TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.accounts_export TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_export_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_export_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.accounts_exportitem TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.accounts_exportitem TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_exportitem_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_exportitem_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_exportrequest TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_exportrequest TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_force TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_force TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_forcecontact TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_forcecontact TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.accounts_look TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.accounts_look TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_oncall TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_oncall TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_roleheld TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_roleheld TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_roleheld_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_roleheld_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_scope TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_scope TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_scopebar TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_scopebar TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_scopegrant TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_scopegrant TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_securitynotice TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_securitynotice TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_session TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_session TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_shift TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_shift TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_shiftchange TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_shiftchange TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_stepsecret TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_stepsecret TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_supervision TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_supervision TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_supervision_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_supervision_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_unit TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_unit TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_user TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts_user TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accessattempt TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accessattempt TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.axes_accessattempt_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.axes_accessattempt_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accessattemptexpiration TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accessattemptexpiration TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accessfailurelog TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accessfailurelog TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.axes_accessfailurelog_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.axes_accessfailurelog_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accesslog TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.axes_accesslog TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.axes_accesslog_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.axes_accesslog_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_advice TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_advice TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_allocation TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_allocation TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_asking TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_asking TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_atrisk TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_atrisk TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_authoritytold TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_authoritytold TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_background TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_background TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_bulkmove TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_bulkmove TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_case TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_case TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_caseevent TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_caseevent TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_casefile TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_casefile TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_closure TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_closure TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_contact TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_contact TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_crimerecord TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_crimerecord TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_victim TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_victim TO holdfast_engine;
GRANT SELECT ON TABLE public.casework_decided TO holdfast_web;
GRANT SELECT ON TABLE public.casework_decided TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_dipsample TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_dipsample TO holdfast_engine;
GRANT SELECT ON TABLE public.casework_disposalcertificate TO holdfast_web;
GRANT SELECT ON TABLE public.casework_disposalcertificate TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casework_draft TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casework_draft TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_dutytonotify TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_dutytonotify TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(ended_at) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(ended_at) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(read_at) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(read_at) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(reviewed_at) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(reviewed_at) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(finding) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(finding) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(finding_words) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(finding_words) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(read_by_id) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(read_by_id) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT UPDATE(reviewed_by_id) ON TABLE public.casework_emergencyaccess TO holdfast_web;
GRANT UPDATE(reviewed_by_id) ON TABLE public.casework_emergencyaccess TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_evidencefile TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_evidencefile TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_exploitation TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_exploitation TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_guardianreferral TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_guardianreferral TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_guidancecard TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_guidancecard TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_guidanceshown TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_guidanceshown TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_immigrationshare TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_immigrationshare TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_informed TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_informed TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_interview TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_interview TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_investigationevent TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_investigationevent TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_legalhold TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_legalhold TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_lostcontact TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_lostcontact TO holdfast_engine;
GRANT SELECT ON TABLE public.casework_misusehit TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_misusehit TO holdfast_engine;
GRANT UPDATE(closed_at) ON TABLE public.casework_misusehit TO holdfast_web;
GRANT UPDATE(finding) ON TABLE public.casework_misusehit TO holdfast_web;
GRANT UPDATE(finding_words) ON TABLE public.casework_misusehit TO holdfast_web;
GRANT UPDATE(closed_by_id) ON TABLE public.casework_misusehit TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_misusesearch TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_misusesearch TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_movedcase TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_movedcase TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_needsassessment TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_needsassessment TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_notasked TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_notasked TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_nrmevent TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_nrmevent TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_nrmreading TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_nrmreading TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_nrmreferral TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_nrmreferral TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_nrmsubmission TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_nrmsubmission TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casework_operation TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casework_operation TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_opinion TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_opinion TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_pack TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_pack TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_packitem TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_packitem TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_packlift TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_packlift TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_party TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_party TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_place TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_place TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casework_pointreached TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casework_pointreached TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_police TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_police TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_report TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_report TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_retentionreview TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_retentionreview TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_review TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_review TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_safeguarding TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_safeguarding TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_safetycheck TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_safetycheck TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_sampledcase TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_sampledcase TO holdfast_engine;
GRANT SELECT ON TABLE public.casework_search TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_section45 TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_section45 TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_sharedfact TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_sharedfact TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_sharingstopped TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_sharingstopped TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_since TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_since TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_situation TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_situation TO holdfast_engine;
GRANT SELECT ON TABLE public.casework_soughtmatch TO holdfast_web;
GRANT SELECT ON TABLE public.casework_soughtmatch TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_transfer TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_transfer TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_voiceanswer TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_voiceanswer TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_voicedealing TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_voicedealing TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.casework_voicewords TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.casework_voicewords TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_wishes TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.casework_wishes TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_calendar TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_calendar TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_calendar_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_calendar_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_calendarday TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_calendarday TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_calendarday_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_calendarday_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_dayoverride TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_dayoverride TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_dayoverride_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_dayoverride_id_seq TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_deadline_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_deadline_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_version TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clocks_version TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_version_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.clocks_version_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.config_asked TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.config_asked TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.config_cache TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.config_cache TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.followups_acknowledgement TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.followups_acknowledgement TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_crack TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_crack TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_followup TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_followup TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_handover TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_handover TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.followups_heartbeat TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.followups_heartbeat TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.followups_heldsweep TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.followups_heldsweep TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_keptview TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_keptview TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_notice TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_notice TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.followups_outboxmessage TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.followups_outboxmessage TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.followups_outboxmessage_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.followups_outboxmessage_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.followups_replan TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.followups_replan TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_step TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.followups_step TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_accesstoken TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_accesstoken TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_accesstoken_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_accesstoken_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_devicegrant TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_devicegrant TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_devicegrant_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_devicegrant_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_grant TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_grant TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_grant_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_grant_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_idtoken TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_idtoken TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_idtoken_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_idtoken_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_refreshtoken TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth2_provider_refreshtoken TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_refreshtoken_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.oauth2_provider_refreshtoken_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.referrals_attempt TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.referrals_attempt TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.referrals_attempt_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.referrals_attempt_id_seq TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.referrals_capacityword TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.referrals_capacityword TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_delivery TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_delivery TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_disclosure TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_disclosure TO holdfast_engine;
GRANT SELECT ON TABLE public.referrals_disclosureevent TO holdfast_web;
GRANT SELECT ON TABLE public.referrals_disclosureevent TO holdfast_engine;
GRANT SELECT ON TABLE public.referrals_event TO holdfast_web;
GRANT SELECT ON TABLE public.referrals_event TO holdfast_engine;
GRANT UPDATE(number) ON TABLE public.referrals_event TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.referrals_event_written TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.referrals_event_written TO holdfast_engine;
GRANT SELECT,INSERT,DELETE ON TABLE public.referrals_keptanswer TO holdfast_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.referrals_keptanswer TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_mismatch TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_mismatch TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_outsidelist TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_outsidelist TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_question TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_question TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_sandbox TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_sandbox TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_service TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_service TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referrals_service_forces TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referrals_service_forces TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.referrals_service_forces_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.referrals_service_forces_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_supportreferral TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_supportreferral TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_supportreview TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_supportreview TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_takenback TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.referrals_takenback TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.referrals_webhook TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(confirmed_at) ON TABLE public.referrals_webhook TO holdfast_web;
GRANT UPDATE(confirmed_at) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(is_on) ON TABLE public.referrals_webhook TO holdfast_web;
GRANT UPDATE(is_on) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(ended_at) ON TABLE public.referrals_webhook TO holdfast_web;
GRANT UPDATE(ended_at) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(upto) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(confirmed_by_id) ON TABLE public.referrals_webhook TO holdfast_web;
GRANT UPDATE(confirmed_by_id) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(ended_by_id) ON TABLE public.referrals_webhook TO holdfast_web;
GRANT UPDATE(ended_by_id) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(silence) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(silent_since) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(alarm_at) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(heard_at) ON TABLE public.referrals_webhook TO holdfast_engine;
GRANT UPDATE(heard_at) ON TABLE public.referrals_webhook TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.referrals_webhooksecret TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.referrals_webhooksecret TO holdfast_engine;
GRANT UPDATE(ends_at) ON TABLE public.referrals_webhooksecret TO holdfast_web;
GRANT UPDATE(ends_at) ON TABLE public.referrals_webhooksecret TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_booking TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_booking TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.training_equivalent TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.training_equivalent TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_trainingrecord TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_trainingrecord TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.training_counting TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.training_counting TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_course TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_course TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_coursedate TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_coursedate TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.training_equivalent_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.training_equivalent_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_learning TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_learning TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_proof TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_proof TO holdfast_engine;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.training_requirement TO holdfast_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.training_requirement TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.training_requirement_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.training_requirement_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_trainingimport TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_trainingimport TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_agedispute TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_agedispute TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_dependant TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_dependant TO holdfast_engine;
GRANT SELECT ON TABLE public.victims_letter TO holdfast_web;
GRANT SELECT ON TABLE public.victims_letter TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_missingepisode TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_missingepisode TO holdfast_engine;
GRANT SELECT ON TABLE public.victims_nameform TO holdfast_web;
GRANT SELECT ON TABLE public.victims_nameform TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.victims_nameform_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.victims_nameform_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_nationality TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_nationality TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_need TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_need TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_personlink TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_personlink TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_personname TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_personname TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_reference TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_reference TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.victims_riskjudgement TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.victims_riskjudgement TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_safecontact TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_safecontact TO holdfast_engine;
GRANT SELECT ON TABLE public.victims_searchkey TO holdfast_engine;
GRANT SELECT,USAGE ON SEQUENCE public.victims_searchkey_id_seq TO holdfast_web;
GRANT SELECT,USAGE ON SEQUENCE public.victims_searchkey_id_seq TO holdfast_engine;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_spokenlanguage TO holdfast_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.victims_spokenlanguage TO holdfast_engine;
GRANT SELECT,INSERT ON TABLE public.victims_toldtopic TO holdfast_web;
GRANT SELECT,INSERT ON TABLE public.victims_toldtopic TO holdfast_engine;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public GRANT SELECT,USAGE ON SEQUENCES TO holdfast_web;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public GRANT SELECT,USAGE ON SEQUENCES TO holdfast_engine;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public GRANT ALL ON FUNCTIONS TO holdfast_web;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public GRANT ALL ON FUNCTIONS TO holdfast_engine;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO holdfast_web;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO holdfast_engine;
