"""The room of a row for every address that names one: of Harbour Road, or of the agency Harbour."""

from datetime import datetime

import clocks
from accounts.auth import actor_of
from accounts.exported import Export, ExportRequest
from accounts.models import Agency, ScopeBar, User
from accounts.permissions import Role
from casework.models import Case, CaseStatus, Interview, LegalHold, MisuseHit, Pack, PackItem
from casework.models.misuse import Pattern
from casework.models.operations import Operation, SharedFact, SharedKind
from followups.models import HeldSweep, KeptView
from referrals.actions.sandbox import open_sandbox
from referrals.models import Delivery, Question, SupportReferral, Webhook
from tests.builders import make_case, make_file, make_proof
from tests.journeys.addresses import (
    ADVICE,
    CARD,
    DELIVERY,
    FOLLOWUP,
    KEIR,
    NUMBER_TO_RING,
    OPEN,
    RHYS,
    RULE,
    SENT,
    SUPPORTED,
    TURN,
    VISITS,
    WEBHOOK,
)
from tests.journeys.addresses import MOVE as JOB
from training.models import Course, Equivalent, Requirement, TrainingRecord
from victims.models import PersonLink

_HARBOUR = "(SELECT id FROM accounts_agency WHERE slug = 'harbour')"
ROAD = "(SELECT id FROM accounts_unit WHERE slug = 'harbour-road')"
PACK = "SELECT id AS pk FROM casework_pack LIMIT 1"
OFFER = (
    "SELECT c.reference, t.id AS pk FROM casework_transfer t JOIN casework_case c ON c.id = t.case_id"
    f" WHERE {ROAD} IN (t.from_unit_id, t.to_unit_id) LIMIT 1"
)
OF_SANDBOX = "SELECT w.id AS pk FROM referrals_webhook w WHERE w.sandboxed LIMIT 1"
SANDBOX_DELIVERY = (
    "SELECT d.webhook_id AS pk, d.id AS delivery FROM referrals_delivery d"
    " JOIN referrals_webhook w ON w.id = d.webhook_id WHERE w.sandboxed LIMIT 1"
)
FILE = "SELECT id AS pk FROM casework_casefile LIMIT 1"
# In an operation of Harbour Road alone: whoever sees a case of an operation sees the operation.
SHARED_BY_ONE_UNIT = (
    "FROM casework_sharedfact f WHERE NOT EXISTS ("
    " SELECT FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id"
    f" WHERE c.operation_id = f.operation_id AND s.unit_id <> {ROAD}) LIMIT 1"
)
_PRESSES = ("secret", "on", "off", "test", "end-old-secrets")
PRESSES = {
    "followups:handover-read": f"SELECT id AS pk FROM followups_handover WHERE unit_id = {ROAD} LIMIT 1",
    "followups:send-again": (
        "SELECT n.id AS pk FROM followups_notice n JOIN followups_step s ON s.id = n.step_id"
        " JOIN followups_followup f ON f.id = s.followup_id JOIN accounts_scope z ON z.id = f.scope_id"
        f" WHERE f.unit_id = {ROAD} AND z.restriction = 'standard' LIMIT 1"
    ),
    "followups:release": "SELECT id AS pk FROM followups_heldsweep LIMIT 1",
    "followups:acknowledge": FOLLOWUP,
    "referrals:referral-answer": (
        "SELECT r.id AS pk, q.id AS question FROM referrals_question q"
        " JOIN referrals_supportreferral r ON r.id = q.referral_id JOIN casework_case c ON c.id = r.case_id"
        f" JOIN accounts_scope s ON s.id = c.scope_id WHERE s.unit_id = {ROAD}"
        f" AND r.agency_id = {_HARBOUR} LIMIT 1"
    ),
    **{
        f"referrals:referral-{name}": SUPPORTED
        for name in ("ask-instead", "renew", "told-to-stop", "agency-told")
    },
    "referrals:sandbox-answer": SUPPORTED,
    **{f"referrals:webhook-{name}": WEBHOOK for name in (*_PRESSES, "confirm")},
    "referrals:deliver-all-again": WEBHOOK,
    "referrals:deliver-again": DELIVERY,
    **{f"referrals:sandbox-webhook-{name}": OF_SANDBOX for name in (*_PRESSES, "end")},
    "referrals:sandbox-webhook": OF_SANDBOX,
    "referrals:sandbox-deliver-all-again": OF_SANDBOX,
    "referrals:sandbox-delivery": SANDBOX_DELIVERY,
    "referrals:sandbox-deliver-again": SANDBOX_DELIVERY,
    "referrals:webhook-decide-confirm": WEBHOOK,
    "referrals:webhook-decide-refuse": WEBHOOK,
    "casework:concern-hand": OPEN,
    "casework:operation": f"SELECT f.operation_id AS pk {SHARED_BY_ONE_UNIT}",
    "casework:shared-fact-ended": f"SELECT f.operation_id AS pk, f.id AS fact {SHARED_BY_ONE_UNIT}",
    "casework:transfer-withdraw": OFFER,
    "casework:transfer-refusal-seen": OFFER,
    "casework:move-stop": JOB,
    "casework:override-review": (
        "SELECT a.id AS allocation FROM casework_allocation a JOIN casework_case c ON c.id = a.case_id"
        f" JOIN accounts_scope s ON s.id = c.scope_id WHERE s.unit_id = {ROAD} LIMIT 1"
    ),
    "casework:advice-read": ADVICE,
    "casework:nrm-reading-ask": OPEN,
    "casework:guidance-end": CARD,
    "casework:interview-review": "SELECT id AS pk FROM casework_interview LIMIT 1",
    "accounts:on-call-end": TURN,
    "accounts:force-contact-end": NUMBER_TO_RING,
    "casework:emergency-end": OPEN,
    "casework:why": OPEN,
    "casework:reveal": RULE,
    "casework:hold-ended": (
        "SELECT c.reference, h.id AS hold FROM casework_legalhold h JOIN casework_case c ON c.id = h.case_id LIMIT 1"
    ),
    "casework:certificate": "SELECT id AS pk FROM casework_disposalcertificate LIMIT 1",
    "casework:pack": PACK,
    "casework:pack-item": "SELECT i.pack_id AS pk, i.id AS item FROM casework_packitem i LIMIT 1",
    "casework:nrm-situation-new": SENT,
    "casework:file": FILE,
    "training:verify": (
        "SELECT t.id AS pk FROM training_trainingrecord t JOIN accounts_user u ON u.id = t.user_id"
        f" WHERE u.unit_id = {ROAD} LIMIT 1"
    ),
    "training:give-back": "SELECT id AS pk FROM training_booking LIMIT 1",
    "training:proof-take-out": "SELECT id AS pk FROM training_proof LIMIT 1",
    "training:know": "SELECT id AS pk FROM training_booking LIMIT 1",
    "training:learning-take-back": "SELECT id AS pk FROM training_learning LIMIT 1",
    "training:learning-seen": "SELECT id AS pk FROM training_learning LIMIT 1",
    "followups:drop-view": "SELECT id AS pk FROM followups_keptview LIMIT 1",
    "training:equivalent-stop": "SELECT id AS pk FROM training_equivalent LIMIT 1",
    "training:stop": "SELECT id AS pk FROM training_requirement WHERE force_id IS NOT NULL LIMIT 1",
    "accounts:password-link": RHYS,
    "accounts:sessions-end": RHYS,
    "accounts:come-back": RHYS,
    "accounts:absence-end": (
        "SELECT a.user_id AS pk, a.id AS absence FROM accounts_absence a JOIN accounts_user u ON u.id = a.user_id"
        f" WHERE u.unit_id = {ROAD} LIMIT 1"
    ),
    "accounts:team-link": "SELECT id AS pk FROM accounts_user WHERE username = 'hana'",
    "accounts:export": "SELECT id AS pk FROM accounts_export LIMIT 1",
    "accounts:export-request": "SELECT id AS pk FROM accounts_exportrequest LIMIT 1",
}
ROWS: dict[str, str] = {
    # Which of the force's referrals is shown there does not matter; here it is one of Harbour Road's.
    name: row.replace("f.slug = 'northmoor'", f"s.unit_id = {ROAD}")
    for name, row in (
        {name: visit.row for name, visit in VISITS.items() if visit.row}
        | PRESSES
        | {name: RHYS for name, visit in VISITS.items() if visit.row == KEIR}  # Keir is of no unit
        | {
            "casework:lost-contact": OPEN
        }  # somebody is lost in the invented force at some hours only
    ).items()
}


# Written by the database itself as it disposes: nobody else may.
CERTIFICATE = f"""
INSERT INTO casework_disposalcertificate (id, force_id, unit_id, reference, "group", at, proposed_by_id, decided_by_id,
                                          person_kept, counts, hashes)
SELECT gen_random_uuid(), n.force_id, n.id, 'HF-GONE', '1', now(), p.id, d.id, false, '{{}}', '{{}}'
  FROM accounts_unit n, accounts_user p, accounts_user d
 WHERE n.id = {ROAD} AND p.username = 'sade' AND d.username = 'ines'"""


def make_the_rest(case: Case) -> None:
    """What the invented force has none of, or at some hours only."""
    at, by = clocks.now(), User.objects.get(username="sade")
    _of_the_case(case, at, by)
    _of_the_force(case, at, by)
    _of_the_agency(case, at)


def _of_the_case(case: Case, at: datetime, by: User) -> None:
    fact = {"scope": case.scope, "case": case, "at": at, "recorded_at": at, "by": case.logged_by}
    make_file(case)
    Interview.objects.create(
        interviewer=case.logged_by,
        as_child=False,
        lacked="missing",
        why="Nobody else came.",
        **fact,
    )
    LegalHold.objects.create(why="An appeal is heard.", **fact)
    pack = Pack.objects.create(kind="schedule", **fact)
    PackItem.objects.create(
        scope=case.scope, pack=pack, position=1, subject="casework.contact", subject_id=case.pk,
        content="[]", description="x",
    )  # fmt: skip
    make_case(status=CaseStatus.DRAFT)
    operation = Operation.objects.create(force=case.scope.force, name="Of one unit", started_at=at)
    make_case(operation=operation)
    SharedFact.objects.create(
        operation=operation, force=operation.force, kind=SharedKind.values[0], text="x", at=at, by=by
    )  # fmt: skip
    ScopeBar.objects.create(
        scope=case.scope, force=case.scope.force, user=User.objects.get(username="rhys"), tie="colleague",
        declared_at=at, declared_by=by,
    )  # fmt: skip
    one, other = sorted((case, make_case()), key=lambda each: each.victim_id)
    PersonLink.objects.create(
        scope=one.scope, other_scope=other.scope, victim=one.victim, other=other.victim, reason="x",
        linked_at=at, linked_by=by,
    )  # fmt: skip


def _of_the_force(case: Case, at: datetime, by: User) -> None:
    force = case.scope.force
    Requirement.objects.create(
        force=force, course=Course.objects.order_by("pk")[0], role=Role.ANALYST, purpose="role"
    )
    MisuseHit.objects.create(
        force=force, pattern=Pattern.values[0], person=by, about="x", times=1, first_at=at, last_at=at, found_at=at
    )  # fmt: skip
    make_proof(TrainingRecord.objects.filter(user=by).order_by("pk")[0])
    first, second = Course.objects.order_by("pk")[:2]
    Equivalent.objects.create(force=force, course=first, counts_for=second, source="x")
    KeptView.objects.create(
        force=force, unit=case.scope.unit, name="x", address="/work/team", at=at, by=by
    )
    HeldSweep.objects.create(rule="review-due", force=force, would_drop=1, held_at=at)
    asked = {
        "force": force, "scope": case.scope, "what": "nrm", "rows": 1, "reason": "correction",
        "words": "x", "at": at, "by": case.logged_by,
    }  # fmt: skip
    Export.objects.create(pk=1, items_digest="0" * 64, digest="0" * 64, size=1, **asked)
    ExportRequest.objects.create(unit=case.scope.unit, **asked)


def _of_the_agency(case: Case, at: datetime) -> None:
    harbour = Agency.objects.get(slug="harbour")
    service = harbour.services.order_by("pk")[0]
    for status, need in (("draft", "work"), ("sent", "money")):
        referral = SupportReferral.objects.create(
            scope=case.scope, case=case, agency=harbour, force=case.scope.force, needs=[need], service=service,
            created_at=at, created_by=case.logged_by, changed_at=at, status=status,
            legal_basis="safeguarding", told_to="team", no_contact_reason="through_us",
            sent_at=None if status == "draft" else at,
        )  # fmt: skip
    Question.objects.create(
        scope=case.scope, referral=referral, agency=harbour, text="x", asked_at=at
    )
    una = actor_of(User.objects.get(username="una"), at)
    twin = open_sandbox(agency=harbour, by=una)
    hook = Webhook.objects.create(
        agency=twin, url="https://hooks.harbour.invalid/sandbox", sandboxed=True, is_on=True,
        proposed_by_id=una.id, proposed_at=at, confirmed_by_id=una.id, confirmed_at=at,
    )  # fmt: skip
    Delivery.objects.create(webhook=hook, agency=twin, made_at=at, send_after=at)
