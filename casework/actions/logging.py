"""The room of logging a concern: begin it, save each page, then send it or hand it on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Scope
from accounts.permissions import Permission, check
from accounts.states import move
from casework.actions.grants import end_owner_grants, grant_owner
from casework.actions.history import lock_case, write_line
from casework.actions.reaching import set_first_rules
from casework.models import Case, CaseStatus, EventKind
from casework.references import new_reference
from pages.answers import Answer
from victims.models import RiskLevel, Victim

Answers = Mapping[str, Any]
CASE_FIELDS = ("danger", "place", "met_at", "incident_number", "first_words", "indicators")
VICTIM_FIELDS = ("called", "age_band", "language", "interpreter", "officer_preference")
TRIES = 8
TAKEN = {"casework_case_pkey", "casework_case_reference_key"}


@transaction.atomic
def start_concern(*, concern: UUID, answers: Answers, by: Actor) -> Case:
    """The concern is a draft that its officer holds, with a reference; the same `concern` twice is one case."""
    check(by, Permission.CASE_LOG)
    for _try in range(TRIES):
        begun = Case.objects.visible_to(by).filter(pk=concern).first()
        if begun is not None:
            return save_page(case=begun, answers=answers, by=by)
        try:
            with transaction.atomic():
                return _begin(concern, answers, by)
        except IntegrityError as taken:
            if _broken_constraint(taken) not in TAKEN:
                raise
    raise Conflict(_("We could not begin this concern. Try again, or phone the duty supervisor."))


def _broken_constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _begin(concern: UUID, answers: Answers, by: Actor) -> Case:
    if by.home_unit_id is None or by.force_id is None:
        raise Conflict(_("You are not in a unit, so nobody would hold this case after you."))
    at = clocks.now()
    scope = Scope.objects.create(force_id=by.force_id, unit_id=by.home_unit_id)
    grant_owner(scope, by.person_id, at=at)
    victim = Victim(scope=scope, created_at=at)
    case = Case(
        pk=concern,
        reference=new_reference(),
        scope=scope,
        victim=victim,
        owner_id=by.person_id,
        met_at=at,
        logged_at=at,
        logged_by_id=by.person_id,
        changed_at=at,
    )
    _take_in(case, answers)
    victim.save(force_insert=True)
    case.save(force_insert=True)
    set_first_rules(case, answers, by=by, at=at)
    write_line(case, EventKind.LOGGED, verb="case.logged", by=by, recorded_at=at)
    return case


def _take_in(case: Case, answers: Answers) -> None:
    for name in CASE_FIELDS:
        if name in answers:
            setattr(case, name, answers[name])
    if "met_at" in answers:
        case.met_at = answers["met_at"] or case.logged_at
    for name in VICTIM_FIELDS:
        if name in answers:
            setattr(case.victim, name, answers[name])
    if "danger" in answers:  # while it is a draft nobody has judged it otherwise
        in_danger = answers["danger"] == Answer.YES
        case.victim.risk = RiskLevel.HIGH if in_danger else RiskLevel.NOT_JUDGED


@transaction.atomic
def save_page(*, case: Case, answers: Answers, by: Actor) -> Case:
    """What was answered is in the draft; questions that were not on the page stay as they were."""
    check(by, Permission.CASE_LOG)
    case = lock_case(case, by=by)
    if case.status != CaseStatus.DRAFT:
        raise Conflict(_("This concern has already been sent. Open the case to add to it."))
    refuse_unless_held(case, by=by)
    at = clocks.now()
    _take_in(case, answers)
    case.version += 1
    case.changed_at = at
    case.victim.version += 1
    case.victim.save(update_fields=["version", "risk", *_named(VICTIM_FIELDS, answers)])
    case.save(update_fields=["version", "changed_at", *_named(CASE_FIELDS, answers)])
    set_first_rules(case, answers, by=by, at=at)
    return case


def _named(fields: tuple[str, ...], answers: Answers) -> list[str]:
    return [name for name in fields if name in answers]


def refuse_unless_held(case: Case, *, by: Actor) -> None:
    """Pass for whoever holds the draft, their cover, or somebody who gives cases out."""
    if case.owner_id not in by.acting_for and not by.can(Permission.CASE_ASSIGN):
        raise Refused(
            _("Somebody else is still writing this concern. Ask them, or the duty supervisor."),
            verb="concern.write",
        )


@transaction.atomic
def send_to_duty_supervisor(*, case: Case, by: Actor) -> Case:
    """The concern waits for an owner, and the duty supervisor holds it. Sending it again changes nothing."""
    check(by, Permission.CASE_LOG)
    case = lock_case(case, by=by)
    if case.status != CaseStatus.DRAFT:
        return case
    if not case.first_words:
        raise Conflict(_("Say what you saw or what they said. One sentence is enough."))
    return _pass_on(case, EventKind.SENT, "case.sent", by=by)


@transaction.atomic
def hand_to_duty_supervisor(*, case: Case, by: Actor, unread: str = "") -> Case:
    """The duty supervisor holds the concern as far as it was told. Handing it again changes nothing.

    `unread` is what was typed and could not be read (a date): it goes into the history, so nothing is lost.
    """
    check(by, Permission.CASE_LOG)
    case = lock_case(case, by=by)
    if case.status != CaseStatus.DRAFT:
        return case
    return _pass_on(case, EventKind.HANDED, "case.handed", by=by, text=unread)


def _pass_on(case: Case, kind: EventKind, verb: str, *, by: Actor, text: str = "") -> Case:
    refuse_unless_held(case, by=by)
    at = clocks.now()
    case.owner = None
    case.sent_at = at
    move(case, CaseStatus.NEW, by=by, save=("owner", "sent_at"))
    end_owner_grants(case.scope, at=at)
    write_line(case, kind, verb=verb, by=by, recorded_at=at, text=text)
    return case
