"""The room of who owns a case: giving it out, and reviewing an override."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.permissions import Permission, Role, check
from accounts.states import move
from casework.actions.grants import end_owner_grants, grant_owner
from casework.actions.history import lock_open_case, write_line
from casework.models import Allocation, Case, CaseStatus, EventKind, NrmReading
from casework.proposals import (
    PROPOSED,
    Considered,
    Lack,
    Proposed,
    as_lack,
    consider,
    kept_from,
    propose,
)
from training.models import Purpose
from training.rules import Reason, shortfalls_of


class ReasonNeeded(Conflict):
    """The choice is the supervisor's, but not without a reason."""


class NotProposed(ReasonNeeded):
    """Others were proposed before this officer; a reason is asked for."""

    def __init__(self, first: list[str]) -> None:
        super().__init__(
            _("Others were proposed for this case. Say why you choose this officer."),
            fields=[_("Proposed: %s") % ", ".join(first)] if first else [],
        )


class OverrideNeeded(ReasonNeeded):
    """The officer lacks a course that this needs; a reason is asked for."""

    def __init__(self, lacking: list[Lack]) -> None:
        super().__init__(
            _("This officer lacks training for the case. Say why you choose them all the same."),
            fields=all_in_words(lacking),
        )


def lacking_of(people: list[User]) -> dict[UUID, list[Lack]]:
    """What each of them lacks for owning a case, blocking or not; one query."""
    found = shortfalls_of([each.pk for each in people], purpose=Purpose.OWN_CASE, on=clocks.today())
    return {person: [as_lack(each) for each in lacking] for person, lacking in found.items()}


def in_words(course: str, reason: str) -> str:
    """ "PIP2 has lapsed", for a person."""
    sentences = {
        Reason.MISSING: _("%s is missing"),
        Reason.LAPSED: _("%s has lapsed"),
        Reason.UNVERIFIED: _("%s is not verified yet"),
    }
    return sentences[Reason(reason)] % course


def all_in_words(lacking: Iterable[Lack]) -> list[str]:
    """The same of each course that somebody lacks."""
    return [in_words(each["name"], each["reason"]) for each in lacking]


def warning(lacking: Iterable[Lack]) -> str:
    """What somebody lacks, what stops them first: "PIP2 is missing (say why below); ABE has lapsed"."""
    return "; ".join(
        _("%s (say why below)") % words if each["blocks"] else words
        for each in sorted(lacking, key=lambda each: not each["blocks"])
        for words in [in_words(each["name"], each["reason"])]
    )


def lacked(done: Allocation | NrmReading) -> str:
    """What whoever was given the case, or asked for a reader, lacked at that time, in words."""
    return "; ".join(all_in_words(done.shortfalls))


def candidates(case: Case, *, by: Actor) -> list[User]:
    """Who may be given the case, the fittest first: nobody whom a hard rule keeps from it."""
    found = propose(consider(case, by=by, at=clocks.now()))
    people = User.objects.in_bulk([each.person["id"] for each in found])
    return [people[UUID(each.person["id"])] for each in found]


def investigators(unit_id: UUID, force_id: UUID) -> list[User]:
    """The unit's investigators, or the force's where the unit has none."""
    people = User.objects.active().holding(Role.INVESTIGATOR).select_related("unit")
    return list(people.filter(unit_id=unit_id)) or list(people.filter(force_id=force_id))


@transaction.atomic
def assign(
    *, case: Case, owner: User, override_reason: str, choice_reason: str = "", by: Actor
) -> Case:
    """The officer owns the case and may see it; whoever owned it before does not. Twice is once.

    What was proposed, on what ground, and why somebody else was chosen is kept with it. A reason for an officer
    who lacks a course is one for choosing them too.
    """
    check(by, Permission.CASE_ASSIGN)
    case = lock_open_case(case, by=by)
    if case.status == CaseStatus.DRAFT:
        raise Conflict(_("This concern has not been sent yet. Its officer still holds it."))
    if case.owner_id == owner.pk:
        return case
    # Locked, so that nobody is given a case in the moment in which they leave.
    owner = User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    at = clocks.now()
    considered = consider(case, by=by, at=at)
    chosen = _chosen(considered, owner)
    lacking = [each for each in chosen.person["lacking"] if each["blocks"]]
    reason, why = override_reason.strip(), choice_reason.strip()
    if lacking:
        check(by, Permission.TRAINING_OVERRIDE)
        if not reason:
            raise OverrideNeeded(lacking)
    if not (chosen.is_proposed or reason or why):
        raise NotProposed([each.person["name"] for each in propose(considered)[:PROPOSED]])
    _give(case, owner, at=at, by=by)
    Allocation.objects.create(
        scope_id=case.scope_id,
        case=case,
        owner=owner,
        at=at,
        by_id=by.id,
        recorded_at=at,
        shortfalls=[
            {name: each[name] for name in ("course", "name", "reason")} for each in lacking
        ],
        override_reason=reason if lacking else "",
        considered=considered,
        place=chosen.place,
        choice_reason=why or reason,
    )
    write_line(
        case,
        EventKind.ASSIGNED,
        verb="case.assigned",
        by=by,
        recorded_at=at,
        owner=str(owner.pk),
        overridden=bool(lacking),
        rule=considered["version"],
        place=chosen.place,
    )
    return case


def _chosen(considered: Considered, owner: User) -> Proposed:
    """The owner as they stand in the proposal; `Conflict` with the hard rule that keeps the case from them."""
    for each in propose(considered):
        if each.person["id"] == str(owner.pk):
            return each
    for person, why in kept_from(considered):
        if person["id"] == str(owner.pk):
            raise Conflict(
                _("%(name)s cannot be given this case: %(why)s.")
                % {"name": person["name"], "why": why}
            )
    raise Conflict(_("Choose an investigator who works in this unit."))


def _give(case: Case, owner: User, *, at: datetime, by: Actor) -> None:
    case.allocations.filter(ended_at__isnull=True).update(ended_at=at)
    end_owner_grants(case.scope, at=at)
    grant_owner(case.scope, owner.pk, at=at)
    case.owner = owner
    if case.status == CaseStatus.NEW:
        move(case, CaseStatus.ALLOCATED, by=by, save=("owner",))
    else:
        case.version += 1
        case.save(update_fields=["owner", "version"])


@transaction.atomic
def review_override(*, allocation: Allocation, by: Actor) -> Allocation:
    """A specialist lead has looked at an allocation that was made in spite of missing training."""
    check(by, Permission.OVERRIDE_REVIEW)
    allocation = Allocation.objects.select_for_update(of=("self",)).get_visible(
        by, pk=allocation.pk
    )
    if not allocation.shortfalls:
        raise Conflict(_("Nothing was overridden here, so there is nothing to review."))
    if allocation.by_id == by.id:
        raise Refused(_("Another lead must review what you decided."), verb="override.review")
    if allocation.override_reviewed_at is None:
        allocation.override_reviewed_at = clocks.now()
        allocation.override_reviewed_by_id = by.id
        allocation.save(update_fields=["override_reviewed_at", "override_reviewed_by"])
    return allocation


def unreviewed(*, by: Actor) -> list[Allocation]:
    """Allocations in the actor's reach made in spite of missing training, not reviewed; the oldest first."""
    check(by, Permission.OVERRIDE_REVIEW)
    rows = Allocation.objects.visible_to(by).exclude(shortfalls=[])
    return list(
        rows.filter(override_reviewed_at__isnull=True)
        .select_related("case", "owner", "by")
        .order_by("at", "pk")
    )
