"""The room of interviews for evidence: whoever asks a child, or an adult, is trained for just that [domain 6.3]."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from casework.actions.history import lock_open_case, write_line
from casework.models import Case, EventKind, Interview, Untrained
from clocks import LONDON
from training.standing import State, standings

# Achieving best evidence: the courses of which one is enough. The tiers are general knowledge: see the catalogue.
FOR_CHILDREN = frozenset({"abe-tier-2-child", "abe-tier-3"})
FOR_ADULTS = frozenset({"abe-tier-2-adult", "abe-tier-3"})
IN_DATE = {State.CURRENT, State.LAPSING}


class NotTrained(Conflict):
    """The interviewer is not trained for it, and nobody said why they interviewed all the same."""

    def __init__(self, lacked: str) -> None:
        super().__init__(
            _("%s. Say why they interviewed all the same, or have somebody trained do it.")
            % Untrained(lacked).label
        )


def courses_for(case: Case) -> Collection[str]:
    """The courses of which whoever interviews this person needs one: while in doubt, those for children."""
    return FOR_CHILDREN if case.victim.is_child else FOR_ADULTS


def trained_now(case: Case) -> list[tuple[str, str]]:
    """Those of the force who may interview this person today, with their unit; the case's own unit first."""
    today, force, unit = clocks.today(), case.scope.force_id, case.scope.unit.name
    found = {
        (standing.name, standing.unit)
        for course in courses_for(case)
        for standing in standings(today, force=force, course=course)
        if standing.state in IN_DATE
    }
    return sorted(found, key=lambda each: (each[1] != unit, each))


def lacked_by(user: User, case: Case, *, on: date) -> str:
    """What the interviewer lacked on that day; empty when they were trained and in date."""
    wanted = courses_for(case)
    states = {each.state for each in standings(on, users=[user.pk]) if each.course in wanted}
    if states & IN_DATE:
        return ""
    return Untrained.LAPSED if State.LAPSED in states else Untrained.MISSING


@transaction.atomic
def record_interview(
    *, case: Case, interviewer: User, at: datetime, why: str, by: Actor
) -> Interview:
    """The person was interviewed; of somebody untrained it is said why, and a specialist lead owes a review."""
    check(by, Permission.INVESTIGATION_RECORD)
    locked, now = lock_open_case(case, by=by), clocks.now()
    if interviewer.force_id != locked.scope.force_id:
        raise Refused(_("They do not work for this force."), verb="interview.record")
    lacked = lacked_by(interviewer, locked, on=at.astimezone(LONDON).date())
    if lacked and not why.strip():
        raise NotTrained(lacked)
    interview = add(
        Interview(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.person_id,
            recorded_at=now,
            interviewer=interviewer,
            as_child=locked.victim.is_child,
            lacked=lacked,
            why=why.strip() if lacked else "",
        )
    )
    write_line(
        locked,
        EventKind.INTERVIEW,
        verb="case.interviewed",
        by=by,
        at=at,
        recorded_at=now,
        text=interview.why,
        lacked=str(lacked),
    )
    return interview


def unreviewed(*, by: Actor) -> list[Interview]:
    """Interviews by somebody untrained that nobody has reviewed, the oldest first."""
    check(by, Permission.OVERRIDE_REVIEW)
    rows = Interview.objects.visible_to(by).exclude(lacked="").filter(reviewed_at=None)
    return list(rows.select_related("case", "interviewer", "by").order_by("at", "pk"))


@transaction.atomic
def review_interview(*, interview_id: UUID, by: Actor) -> Interview:
    """A specialist lead who had no part in it has read why somebody untrained interviewed. Twice is once."""
    check(by, Permission.OVERRIDE_REVIEW)
    rows = Interview.objects.visible_to(by).select_for_update(of=("self",)).exclude(lacked="")
    interview = rows.filter(pk=interview_id).first()
    if interview is None:
        raise NotVisible(Interview._meta.label)
    if by.id in (interview.by_id, interview.interviewer_id):
        raise Refused(_("Somebody who had no part in it must review it."), verb="interview.review")
    if interview.reviewed_at is None:
        interview.reviewed_at, interview.reviewed_by_id = clocks.now(), by.person_id
        interview.save(update_fields=["reviewed_at", "reviewed_by"])
        audit.record("interview.reviewed", by=by, of=interview)
    return interview
