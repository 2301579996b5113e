"""The room of how a referral is shown: state in words, whose turn, clock, and its five fixed steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Agency
from accounts.statements import columns, taken
from casework.models import Case
from pages.due import on_the_wall
from referrals.models import ReferralStatus, SupportReferral
from referrals.rules import AnswerTimes, Side, Turn
from victims.models import NeedKind

R = ReferralStatus


# As `with_steps()` and `with_left()`, which a list can be cut by; here for a few rows, planned once a connection.
OF_CASE = f"""
SELECT {columns(SupportReferral, "r")}, {columns(Agency, "a")},
       x.first_look_at, x.asked_at, x.answered_at,
       CASE WHEN r.status IN ('declined', 'ended_early', 'completed', 'withdrawn', 'in_error')
            THEN referrals_still_left(r.id) ELSE '{{}}' END,
       (SELECT min(v.agreed_at) FROM referrals_supportreview v WHERE v.referral_id = r.id AND v.held_at IS NULL),
       (SELECT number FROM clocks_version LIMIT 1)
  FROM referrals_supportreferral r JOIN accounts_agency a ON a.id = r.agency_id
 CROSS JOIN LATERAL referrals_steps(r.id, r.scope_id, r.agency_id, r.sent_at, %(at)s) x
 WHERE r.case_id = %(case)s ORDER BY r.created_at DESC, r.id
"""  # nosec B608 - only our own words


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five fixed steps."""

    words: str
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A referral with what a page says about it."""

    referral: SupportReferral
    words: str
    turn: Turn
    next: str
    needs: list[str]
    steps: list[Step]
    colour: str


COLOURS = {
    R.DRAFT: "grey",
    R.SENT: "blue",
    R.OPENED: "blue",
    R.NEEDS_INFO: "orange",
    R.ACCEPTED: "yellow",
    R.IN_PROGRESS: "green",
    R.COMPLETED: "grey",
    R.DECLINED: "red",
    R.ENDED_EARLY: "red",
    R.WITHDRAWN: "grey",
    R.IN_ERROR: "grey",
}


def shown(
    referral: SupportReferral,
    at: datetime,
    times: AnswerTimes | None = None,
    reader: Side = Side.POLICE,
) -> Shown:
    """What a page says; the referral comes from `with_steps()` with its agency and force's calendar."""
    turn = (times or AnswerTimes()).turn(referral, at)
    standing = referral.standing
    return Shown(
        referral,
        _("Question asked") if standing == R.NEEDS_INFO else str(standing.label),
        turn,
        next_step(referral, turn.side, reader),
        [str(NeedKind(kind).label) for kind in referral.needs],
        steps(referral, at),
        COLOURS[standing],
    )


def shown_all(case: Case, at: datetime) -> list[Shown]:
    """Every referral of a case that its reader was let see, newest first; the case comes with its force."""
    with connection.cursor() as cursor:
        cursor.execute(OF_CASE, {"case": case.pk, "at": at})
        answers = cursor.fetchall()
    rows = [_with_steps(list(values), case) for values in answers]
    times = AnswerTimes(answers[0][-1]) if answers else None
    return [shown(referral, at, times) for referral in rows]


def _with_steps(values: list[Any], case: Case) -> SupportReferral:
    row = taken(SupportReferral, values)
    row.case, row.agency = case, taken(Agency, values)
    if row.force_id == case.scope.force_id:
        row.force = case.scope.force
    referral: Any = row  # its steps are no fields
    referral.first_look_at, referral.asked_at, referral.answered_at, *rest = values
    referral.still_left, referral.review_agreed_at, _version = rest
    return row


def next_step(referral: SupportReferral, side: Side, reader: Side) -> str:
    """Who does what next, as its reader says it: "You" is whoever reads."""
    if side is Side.NOBODY:
        return _("Nothing more to do")
    what = {
        R.DRAFT: _("finish it and send it"),
        R.SENT: _("accept or decline"),
        R.OPENED: _("accept or decline"),
        R.NEEDS_INFO: _("answer the agency's question"),
        R.ACCEPTED: _("make first contact with the person"),
        R.IN_PROGRESS: _("support the person, and review it with them"),
        R.COMPLETED: _("find other support for what was not met"),
        R.DECLINED: _("find other support"),
        R.ENDED_EARLY: _("find other support"),
        R.WITHDRAWN: _("find other support for what was called off"),
        R.IN_ERROR: _("find other support for what was called off"),
    }
    other = referral.agency.name if side is Side.AGENCY else _("The police")
    who = _("You") if side is reader else other
    return f"{who}: {what[referral.standing]}"


def steps(referral: SupportReferral, at: datetime) -> list[Step]:
    """Sent, Opened, Accepted, First contact made, Finished; or how far it came, and how it ended."""
    reached = [
        (_("Sent"), referral.sent_at),
        (_("Opened"), referral.looked_at),
        (_("Accepted"), referral.accepted_at),
        (_("First contact made"), referral.first_contact_at),
        (_("Finished"), referral.ended_at if referral.status == R.COMPLETED else None),
    ]
    done = [Step(words, "done", on_the_wall(when, at)) for words, when in reached if when]
    if referral.is_open or referral.status == R.DRAFT:
        waiting = [words for words, when in reached if not when]
        return done + [Step(w, "later" if n else "now") for n, w in enumerate(waiting)]
    if referral.status == R.COMPLETED:
        return done
    ended_at = referral.declined_at or referral.withdrawn_at or referral.ended_at
    moment = on_the_wall(ended_at or referral.changed_at, at)
    return [*done, Step(str(R(referral.status).label), "done", moment)]
