"""The room of the promises: each as a question in plain SQL that must find nothing, sharing no code with the engine.

A statement gives one row for each breach: what names it, and the case's reference where there is one. `at` is given;
what happened in the last two minutes may wait for its sweep.
"""

from django.utils.translation import gettext_lazy as _

OPEN_CASE = "c.status <> 'closed' AND c.changed_at < %(at)s - interval '2 minutes'"
OWED = "f.state IN ('open', 'quarantined')"

# No case is closed over one of these; said here once more, as the whole report is.
NOT_CLOSED_OVER = (
    *(
        "safety-not-confirmed",
        "crime-not-recorded",
        "child-authority-not-told",
        "needs-not-assessed",
    ),
    *(
        "support-not-offered",
        "agency-has-not-seen",
        "agency-not-told-to-stop",
        "sharing-not-stopped",
    ),
    *(
        "nrm-consent-taken-back",
        "missing-not-alerted",
        "return-not-interviewed",
        "dependant-not-safe",
    ),
    *("decision-not-served", "right-to-review-requested", "breach-not-notified"),
    *("property-not-returned", "section-45-not-considered", "no-investigation-not-told"),
    *("arrest-not-told", "interview-not-told", "release-not-told", "charge-not-told"),
    *("no-prosecution-not-told", "prosecutors-decision-not-told", "court-date-not-told"),
    *("outcome-not-told", "records-request-not-told"),
)

CRACKS: tuple[tuple[str, str, object, str], ...] = (
    (
        "I1",
        "case-without-followup",
        _("An open case on which nothing is owed"),
        f"""SELECT c.reference, c.reference FROM casework_case c WHERE {OPEN_CASE}
               AND NOT EXISTS (SELECT 1 FROM followups_followup f WHERE f.case_id = c.id AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I1",
        "case-without-next-contact",
        _("An open case whose next safe contact has no date"),
        f"""SELECT c.reference, c.reference FROM casework_case c WHERE {OPEN_CASE} AND c.status <> 'draft'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.rule = 'contact-lapsed' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I1",
        "draft-forgotten",
        _("A draft older than a day that nobody is reminded of"),
        f"""SELECT c.reference, c.reference FROM casework_case c
             WHERE c.status = 'draft' AND c.logged_at < %(at)s - interval '24 hours'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.rule = 'draft-not-sent' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I1",
        "risk-stale",
        _("A risk that was to be judged again by now, and nobody is reminded"),
        f"""SELECT j.id::text, c.reference FROM casework_case c
              JOIN LATERAL (SELECT r.id, r.judged_at, r.review_on FROM victims_riskjudgement r
                             WHERE r.victim_id = c.victim_id ORDER BY r.judged_at DESC LIMIT 1) j ON true
             WHERE {OPEN_CASE} AND c.status <> 'draft' AND j.judged_at < %(at)s - interval '2 minutes'
               AND j.review_on < (%(at)s AT TIME ZONE 'Europe/London')::date
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.occurrence = j.id
                                  AND f.rule = 'risk-review-due' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I1",
        "safe-contact-stale",
        _("A way to reach the person that was to be checked again by now, and nobody is reminded"),
        f"""SELECT k.id::text, c.reference FROM casework_case c
              JOIN victims_safecontact k ON k.victim_id = c.victim_id
             WHERE {OPEN_CASE} AND c.status <> 'draft' AND k.ended_at IS NULL
               AND k.set_at < %(at)s - interval '2 minutes'
               AND k.review_on < (%(at)s AT TIME ZONE 'Europe/London')::date
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.occurrence = k.id
                                  AND f.rule = 'safe-contact-stale' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I1",
        "contact-lost",
        _(
            "A person whom several tries did not reach, and nobody considers whether they are missing"
        ),
        # Three tries by two ways since somebody last reached them, or since the case was opened (again).
        f"""SELECT c.reference, c.reference FROM casework_case c
              JOIN LATERAL (SELECT greatest(
                       coalesce(c.sent_at, c.logged_at),
                       (SELECT max(k.at) FROM casework_contact k
                         WHERE k.case_id = c.id AND k.outcome IN ('spoke', 'declined')),
                       (SELECT max(v.at) FROM casework_caseevent v
                         WHERE v.case_id = c.id AND v.kind = 'reopened')) AS at) heard ON true
             WHERE {OPEN_CASE} AND c.status <> 'draft'
               AND (SELECT count(*) >= 3 AND count(DISTINCT t.channel) >= 2 FROM casework_contact t
                     WHERE t.case_id = c.id AND t.outcome NOT IN ('spoke', 'declined') AND t.at > heard.at
                       AND t.recorded_at < %(at)s - interval '2 minutes')
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.rule = 'contact-lost' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "N5",
        "case-unopened",
        _("A case that its owner has not opened for three days, and nobody is reminded"),
        f"""SELECT c.reference, c.reference FROM casework_case c
              JOIN casework_allocation a ON a.case_id = c.id AND a.ended_at IS NULL
             WHERE {OPEN_CASE} AND a.opened_at IS NULL AND a.at < %(at)s - interval '3 days'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.occurrence = a.id AND f.rule = 'case-not-opened' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I2",
        "case-without-holder",
        _("An open case that nobody who works here holds"),
        f"""SELECT c.reference, c.reference FROM casework_case c WHERE {OPEN_CASE}
               AND NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = c.owner_id AND u.is_active)
               AND NOT EXISTS (SELECT 1 FROM followups_followup f JOIN accounts_user u ON u.id = f.holder_id
                                WHERE f.case_id = c.id AND {OWED} AND u.is_active)""",  # nosec B608 - only our own words
    ),
    (
        "I2",
        "owner-gone",
        _("An open case whose owner has left, and nobody is asked to choose another"),
        f"""SELECT c.reference, c.reference FROM casework_case c JOIN accounts_user u ON u.id = c.owner_id
             WHERE {OPEN_CASE} AND NOT u.is_active
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.rule = 'owner-left' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I2",
        "ownerless",
        _("An open case without an owner, and nobody is asked to choose one"),
        f"""SELECT c.reference, c.reference FROM casework_case c WHERE {OPEN_CASE} AND c.owner_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.rule = 'no-owner' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I2",
        "followup-without-holder",
        _("Something owed that nobody who works here holds"),
        f"""SELECT f.id::text, c.reference FROM followups_followup f
              LEFT JOIN casework_case c ON c.id = f.case_id
             WHERE {OWED} AND f.first_seen_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = f.holder_id AND u.is_active)""",  # nosec B608 - only our own words
    ),
    (
        "I3",
        "old-clock",
        _("A due time worked out with days or deadlines that have changed since"),
        """SELECT f.id::text, c.reference FROM followups_followup f
             LEFT JOIN casework_case c ON c.id = f.case_id
            WHERE f.state = 'open' AND f.clocks_version <> (SELECT number FROM clocks_version)""",
    ),
    (
        "I4",
        "overdue-untold",
        _("Something overdue of which nobody was told"),
        f"""SELECT f.id::text, c.reference FROM followups_followup f
              LEFT JOIN casework_case c ON c.id = f.case_id
             WHERE {OWED} AND coalesce(f.due_at, f.first_seen_at) < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_step s JOIN followups_notice n ON n.step_id = s.id
                                WHERE s.followup_id = f.id AND s.round = f.round AND s.rung >= 1)""",  # nosec B608 - only our own words
    ),
    (
        "I4",
        "holder-untold",
        _("Something overdue of which whoever holds it now was not told"),
        f"""SELECT f.id::text, c.reference FROM followups_followup f
              LEFT JOIN casework_case c ON c.id = f.case_id
             WHERE {OWED} AND coalesce(f.due_at, f.first_seen_at) < %(at)s - interval '2 minutes'
               AND f.changed_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_step s JOIN followups_notice n ON n.step_id = s.id
                                WHERE s.followup_id = f.id AND s.round = f.round AND n.person_id = f.holder_id)""",  # nosec B608 - only our own words
    ),
    (
        "I4",
        "long-overdue-not-climbed",
        _("Something a week overdue that has not gone up to anybody else"),
        f"""SELECT f.id::text, c.reference FROM followups_followup f
              LEFT JOIN casework_case c ON c.id = f.case_id
             WHERE {OWED} AND coalesce(f.due_at, f.first_seen_at) < %(at)s - interval '7 days'
               AND f.first_seen_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_step s
                                WHERE s.followup_id = f.id AND s.round = f.round AND s.rung >= 2)""",  # nosec B608 - only our own words
    ),
    (
        "I4",
        "escalation-to-nobody",
        _("A step up the ladder of which nobody who works here was told"),
        f"""SELECT DISTINCT f.id::text, c.reference FROM followups_step s
              JOIN followups_followup f ON f.id = s.followup_id AND f.round = s.round
              LEFT JOIN casework_case c ON c.id = f.case_id
             WHERE {OWED} AND s.rung >= 2 AND s.made_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_step t JOIN followups_notice n ON n.step_id = t.id
                                 JOIN accounts_user u ON u.id = n.person_id
                                WHERE t.followup_id = f.id AND t.round = f.round AND t.rung >= s.rung
                                  AND u.is_active)""",  # nosec B608 - only our own words
    ),
    (
        "I4",
        "escalation-unacknowledged",
        _(
            "Something late that went up to a supervisor or lead, who in three days did not say who"
            " does it"
        ),
        # What is owed because of this report is left out: its answer is a report that reads zero.
        f"""SELECT f.id::text, c.reference FROM followups_followup f
              JOIN LATERAL (SELECT s.rung, s.made_at FROM followups_step s
                             WHERE s.followup_id = f.id AND s.round = f.round
                               AND s.rung >= 2 AND s."to" <> 'owner'
                             ORDER BY s.rung DESC LIMIT 1) e ON true
              LEFT JOIN casework_case c ON c.id = f.case_id
             WHERE {OWED} AND f.rule <> 'promise-broken' AND e.made_at < %(at)s - interval '72 hours'
               AND NOT EXISTS (SELECT 1 FROM followups_acknowledgement k
                                WHERE k.followup_id = f.id AND k.round = f.round AND k.rung = e.rung
                                  AND (k.rung < 3 OR k.until > %(at)s - interval '72 hours'))""",  # nosec B608 - only our own words
    ),
    (
        "I5",
        "dead-letter",
        _("A message that could not be sent and that nobody is asked to pass on"),
        """SELECT n.id::text, c.reference FROM followups_notice n
             JOIN followups_step s ON s.id = n.step_id JOIN followups_followup f ON f.id = s.followup_id
             LEFT JOIN casework_case c ON c.id = f.case_id
            WHERE n.state IN ('dead', 'bounced') AND f.state IN ('open', 'quarantined')
              AND f.rule <> 'notice-not-delivered' AND n.failed_at < %(at)s - interval '2 minutes'
              AND NOT EXISTS (SELECT 1 FROM followups_followup d
                               WHERE d.rule = 'notice-not-delivered' AND d.subject_id = n.id
                                 AND d.state IN ('open', 'quarantined', 'met', 'met_late'))""",
    ),
    (
        "I5",
        "sign-in-untold",
        _("A change in how somebody signs in that no e-mail told them of, and nobody is asked to"),
        f"""SELECT n.id::text, NULL FROM accounts_securitynotice n JOIN accounts_user u ON u.id = n.user_id
             WHERE n.failed_at < %(at)s - interval '2 minutes' AND n.read_at IS NULL
               AND u.is_active AND u.force_id IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.rule = 'sign-in-not-told' AND f.subject_id = n.id AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I5",
        "message-late",
        _("A message that has waited an hour past its time"),
        """SELECT n.id::text, c.reference FROM followups_notice n
             JOIN followups_step s ON s.id = n.step_id JOIN followups_followup f ON f.id = s.followup_id
             LEFT JOIN casework_case c ON c.id = f.case_id WHERE n.state = 'queued'
              AND (n.send_after < %(at)s - interval '1 hour'
                   -- Put off again and again, because nobody was there to take it.
                   OR (n.attempts > 0 AND n.made_at < %(at)s - interval '24 hours'
                       AND n.failed_at IS NULL))""",
    ),
    (
        "I6",
        "quarantined",
        _("Something owed whose due time could not be worked out"),
        """SELECT f.id::text, c.reference FROM followups_followup f
             LEFT JOIN casework_case c ON c.id = f.case_id WHERE f.state = 'quarantined'""",
    ),
    (
        "I6",
        "held-sweep",
        _("A rule that wants to drop many rows at once and waits for a person to look"),
        "SELECT h.rule, NULL FROM followups_heldsweep h WHERE h.released_at IS NULL",
    ),
    (
        "I6",
        "rule-failing",
        _("A rule that could not be asked in the last sweep"),
        """SELECT key, NULL FROM followups_heartbeat b,
                  jsonb_object_keys(coalesce(b.result -> 'failed', '{}')) AS key WHERE b.stage = 'reconcile'""",
    ),
    (
        "I7",
        "engine-late",
        _("A stage of the engine that has not finished in time"),
        """SELECT stage, NULL FROM unnest(ARRAY['reconcile', 'climb', 'dispatch']) AS stage
            WHERE NOT EXISTS (SELECT 1 FROM followups_heartbeat b
                               WHERE b.stage = stage.stage AND b.at > %(at)s - interval '60 seconds')""",
    ),
    (
        "I8",
        "closed-alone",
        _("A closed case that no second officer agreed to close"),
        """SELECT c.reference, c.reference FROM casework_case c WHERE c.status = 'closed'
              AND NOT EXISTS (SELECT 1 FROM casework_closure k
                               WHERE k.case_id = c.id AND k.agreed AND k.decided_by_id <> k.by_id)""",
    ),
    (
        "I8",
        "closed-over-duty",
        _("A case that was closed over an unmet duty"),
        # Void because it closed, or owed still: what was done before it closed the next sweep takes over.
        f"""SELECT f.id::text, c.reference FROM followups_followup f JOIN casework_case c ON c.id = f.case_id
             WHERE c.status = 'closed' AND f.rule = ANY (ARRAY{[*NOT_CLOSED_OVER]})
               -- What was written down only after it had closed stood in nobody's way.
               AND f.since < c.closed_at AND f.first_seen_at < c.closed_at + interval '2 minutes'
               AND (f.state = 'void' AND f.end_reason = 'case-closed'
                    OR {OWED} AND c.closed_at < %(at)s - interval '2 minutes')""",  # nosec B608 - only our own words
    ),
    (
        "I8",
        "closed-over-referral",
        _("A closed case with a referral that is still open"),
        """SELECT r.id::text, c.reference FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id
            WHERE c.status = 'closed'
              AND r.status IN ('sent', 'opened', 'needs_info', 'accepted', 'in_progress')""",
    ),
    (
        "I9",
        "referral-unanswered",
        _("A referral without an answer that nobody is reminded of"),
        f"""SELECT r.id::text, c.reference FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id
             WHERE {OPEN_CASE} AND r.status IN ('sent', 'opened', 'needs_info')
               AND r.sent_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.subject_id = r.id AND {OWED}
                                  AND f.rule IN ('agency-not-answered', 'agency-question'))""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "referral-person-not-reached",
        _("An accepted referral whose person was not reached, and nobody is reminded"),
        f"""SELECT r.id::text, c.reference FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id
             WHERE {OPEN_CASE} AND r.status = 'accepted' AND r.first_contact_at IS NULL
               AND r.accepted_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.subject_id = r.id AND f.rule = 'agency-not-reached-person' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "referral-declined",
        _("A declined referral that nobody dealt with or is reminded of"),
        # A need that was asked about since and then called off is looked for in the next line.
        f"""SELECT r.id::text, c.reference FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id
             WHERE {OPEN_CASE} AND r.status IN ('declined', 'ended_early', 'completed')
               AND r.no_other_support = ''
               AND coalesce(r.declined_at, r.ended_at) < %(at)s - interval '2 minutes'
               AND EXISTS (SELECT 1 FROM unnest(r.needs) AS left_open (need)
                            WHERE (r.status <> 'completed' OR r.outcomes ->> left_open.need = 'unmet')
                              AND NOT EXISTS (SELECT 1 FROM referrals_supportreferral n
                                               WHERE n.case_id = r.case_id
                                                 AND n.sent_at > coalesce(r.declined_at, r.ended_at)
                                                 AND left_open.need = ANY (n.needs)))
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.subject_id = r.id AND f.rule = 'referral-declined' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "referral-called-off",
        _("What a referral was for that we called off, and nobody is asked about or reminded of"),
        f"""SELECT r.id::text, c.reference FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id
             WHERE {OPEN_CASE} AND r.status IN ('withdrawn', 'in_error') AND r.sent_at IS NOT NULL
               AND r.no_other_support = ''
               AND coalesce(r.withdrawn_at, r.changed_at) < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM referrals_disclosure d
                                WHERE d.referral_id = r.id AND r.status = 'withdrawn'
                                  AND d.emptied_reason = 'consent_withdrawn')
               AND EXISTS (SELECT 1 FROM unnest(r.needs) AS left_open (need)
                            WHERE NOT EXISTS (SELECT 1 FROM referrals_supportreferral n
                                               WHERE n.case_id = r.case_id AND n.sent_at IS NOT NULL
                                                 AND left_open.need = ANY (n.needs)
                                                 AND coalesce(n.declined_at, n.withdrawn_at, n.ended_at,
                                                              CASE n.status WHEN 'in_error' THEN n.changed_at END,
                                                              'infinity')
                                                     > coalesce(r.withdrawn_at, r.changed_at)))
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.subject_id = r.id AND f.rule = 'referral-called-off' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "file-unheard",
        _("A file with a virus, or that nothing has checked, and nobody is reminded"),
        f"""SELECT w.id::text, c.reference FROM casework_casefile w JOIN casework_case c ON c.id = w.case_id
             WHERE {OPEN_CASE} AND w.taken_out_at IS NULL AND w.dealt_with_at IS NULL AND w.status <> 'clean'
               AND coalesce(w.scanned_at, w.recorded_at) < %(at)s - interval '2 hours'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f WHERE f.occurrence = w.id AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "decision-awaited",
        _("A national referral without a decision that nobody is reminded of"),
        f"""SELECT n.id::text, c.reference FROM casework_nrmreferral n JOIN casework_case c ON c.id = n.case_id
             WHERE {OPEN_CASE} AND n.status = 'submitted' AND n.at < %(at)s - interval '7 days'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.occurrence = n.id AND f.rule = 'nrm-decision-overdue' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "transfer-unheard",
        _(
            "A case that another unit has not answered for, or does not take over, and nobody is reminded"
        ),
        # Each side is asked of what it can see: the answer is owed where the offer went, the refusal in the case.
        f"""SELECT t.id::text, c.reference FROM casework_transfer t LEFT JOIN casework_case c ON c.id = t.case_id
             WHERE c.status IS DISTINCT FROM 'closed'
               AND coalesce(t.answered_at, t.offered_at) < %(at)s - interval '2 minutes'
               AND CASE t.status
                   WHEN 'offered' THEN
                        (t.to_force_id = coalesce(accounts_ctx('force')::uuid, t.to_force_id)
                         AND NOT EXISTS (SELECT 1 FROM followups_followup f WHERE f.occurrence = t.id
                                            AND f.rule = 'transfer-unanswered' AND {OWED}))
                        OR (c.id IS NOT NULL
                            AND NOT EXISTS (SELECT 1 FROM followups_followup f WHERE f.occurrence = t.id
                                               AND f.rule = 'transfer-not-heard' AND {OWED}))
                   WHEN 'rejected' THEN c.id IS NOT NULL AND t.refusal_seen_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM casework_transfer n
                                         WHERE n.case_id = t.case_id AND n.offered_at > t.answered_at)
                        AND NOT EXISTS (SELECT 1 FROM followups_followup f WHERE f.occurrence = t.id
                                           AND f.rule = 'transfer-refused' AND {OWED})
                   ELSE false END""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "person-not-told",
        _(
            "Something that the person must be told, and nobody did, said why not, or is reminded of"
        ),
        f"""SELECT t.id::text, c.reference
              FROM (SELECT i.id, i.case_id, i.recorded_at FROM casework_investigationevent i
                     WHERE i.kind IN ('not_investigated', 'arrested', 'interviewed', 'bailed', 'bail_changed',
                                      'released', 'charged', 'out_of_court', 'no_further_action',
                                      'prosecutors', 'court_date', 'outcome', 'records_asked')
                       AND NOT EXISTS (SELECT 1 FROM casework_informed k WHERE k.happening_id = i.id)
                    UNION ALL
                    SELECT n.id, n.case_id, n.recorded_at FROM casework_nrmevent n
                     WHERE n.kind IN ('rg_positive', 'rg_negative', 'cg_positive', 'cg_negative',
                                      'reconsideration_refused', 'disqualified', 'disqualification_lifted')
                       AND NOT EXISTS (SELECT 1 FROM casework_informed k WHERE k.decision_id = n.id)) AS t
              JOIN casework_case c ON c.id = t.case_id
             WHERE {OPEN_CASE} AND t.recorded_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f WHERE f.occurrence = t.id AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "sharing-not-stopped",
        _(
            "An agreement that was taken back, and nobody told whoever had something, or is reminded to"
        ),
        # In every record of the person. What the local authority is told of a child rests on no agreement.
        f"""SELECT e.id::text, c.reference FROM casework_case c
              JOIN victims_victim met ON met.id = c.victim_id
              JOIN victims_victim said
                ON coalesce(said.merged_into_id, said.id) = coalesce(met.merged_into_id, met.id)
              JOIN victims_consentevent e ON e.victim_id = said.id
                   AND e.outcome <> 'given' AND e.best_interests <> 'go_ahead'
              LEFT JOIN LATERAL (
                   SELECT p.outcome = 'given' OR p.best_interests = 'go_ahead' AS carried
                     FROM victims_consentevent p JOIN victims_victim v ON v.id = p.victim_id
                    WHERE coalesce(v.merged_into_id, v.id) = coalesce(met.merged_into_id, met.id)
                      AND p.purpose = e.purpose AND p.decided_at < e.decided_at
                    ORDER BY p.decided_at DESC LIMIT 1) before ON true
             WHERE {OPEN_CASE} AND c.status <> 'draft' AND e.recorded_at < %(at)s - interval '2 minutes'
               AND coalesce(before.carried, e.outcome = 'withdrawn')
               AND (e.purpose IN ('health', 'police_contact')
                    OR (e.purpose = 'local_authority' AND NOT EXISTS (
                        SELECT 1 FROM victims_victim v
                         WHERE coalesce(v.merged_into_id, v.id) = coalesce(met.merged_into_id, met.id)
                           AND (v.age_band <> 'adult' OR v.age_disputed
                                OR v.born_on + make_interval(years =>
                                       CASE v.born_precision WHEN 'day' THEN 18 ELSE 20 END) > %(at)s))))
               AND NOT EXISTS (SELECT 1 FROM victims_consentevent n JOIN victims_victim v ON v.id = n.victim_id
                                WHERE coalesce(v.merged_into_id, v.id) = coalesce(met.merged_into_id, met.id)
                                  AND n.purpose = e.purpose AND n.id <> e.id
                                  AND n.decided_at >= e.decided_at)
               AND NOT EXISTS (SELECT 1 FROM casework_sharingstopped s
                                WHERE s.case_id = c.id AND s.purpose = e.purpose AND s.at >= e.decided_at)
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.occurrence = e.id
                                  AND f.rule = 'sharing-not-stopped' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I9",
        "referral-without-crime",
        _("A national referral without a crime that nobody is reminded of"),
        f"""SELECT n.id::text, c.reference FROM casework_nrmreferral n JOIN casework_case c ON c.id = n.case_id
             WHERE {OPEN_CASE} AND n.status <> 'withdrawn' AND n.recorded_at < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM casework_crimerecord k WHERE k.case_id = n.case_id)
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.occurrence = n.id AND f.rule = 'referral-without-crime' AND {OWED})""",  # nosec B608 - only our own words
    ),
    (
        "I10",
        "wrong-queue",
        _("Something owed that stands in another queue than its case"),
        f"""SELECT f.id::text, c.reference FROM followups_followup f JOIN casework_case c ON c.id = f.case_id
              JOIN accounts_scope s ON s.id = c.scope_id
             WHERE {OWED} AND {OPEN_CASE} AND (f.unit_id <> s.unit_id OR f.force_id <> s.force_id)""",  # nosec B608 - only our own words
    ),
    (
        "I10",
        "queue-without-unit",
        _("An open case in the queue of a unit that is no longer in use, or of another force"),
        f"""SELECT c.reference, c.reference FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id
              JOIN accounts_unit u ON u.id = s.unit_id
             WHERE {OPEN_CASE} AND (NOT u.is_active OR u.force_id <> s.force_id)""",  # nosec B608 - only our own words
    ),
    (
        "I10",
        "queues-do-not-add-up",
        _("A force whose queues together do not hold each open case once"),
        f"""SELECT fo.slug, NULL FROM accounts_force fo
             WHERE (SELECT count(*) FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id
                     WHERE {OPEN_CASE} AND s.force_id = fo.id)
                <> (SELECT coalesce(sum(q.cases), 0)
                      FROM (SELECT count(DISTINCT f.case_id) AS cases
                              FROM followups_followup f JOIN casework_case c ON c.id = f.case_id
                              JOIN accounts_scope s ON s.id = c.scope_id
                             WHERE {OWED} AND {OPEN_CASE} AND s.force_id = fo.id
                               -- What the force's lead alone must do stands in no unit's queue.
                               AND (f.unit_id IS NOT NULL OR s.unit_id IS NULL)
                             GROUP BY f.force_id, f.unit_id) AS q)""",  # nosec B608 - only our own words
    ),
    (
        "I11",
        "report-late",
        _("This report has not been made for a night"),
        """SELECT 'cracks', NULL
            WHERE EXISTS (SELECT 1 FROM followups_step t WHERE t.made_at < %(at)s - interval '26 hours')
              AND NOT EXISTS (SELECT 1 FROM followups_heartbeat b
                               WHERE b.stage = 'cracks' AND b.at >= %(at)s - interval '26 hours')""",
    ),
    (
        "I11",
        "crack-untold",
        _("Something that this report found at night and that nobody is asked to mend"),
        f"""SELECT k.line, NULL FROM followups_crack k
             WHERE k.ended_at IS NULL AND k.since < %(at)s - interval '2 minutes'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.occurrence = k.id AND f.rule = 'promise-broken' AND {OWED})""",  # nosec B608 - only our own words
    ),
)
