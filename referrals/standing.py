"""The room of how a referral is shown: state in words, whose turn, clock, and its five fixed steps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from casework.models import Case
from pages.due import on_the_wall
from referrals.models import ReferralStatus, SupportReferral
from referrals.rules import AnswerTimes, Turn
from victims.models import NeedKind

R = ReferralStatus


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


def shown(referral: SupportReferral, at: datetime, times: AnswerTimes | None = None) -> Shown:
    """What a page says; the referral comes from `with_steps()` with its agency and force's calendar."""
    times = times or AnswerTimes()
    standing = referral.standing
    return Shown(
        referral,
        str(standing.label),
        times.turn(referral, at),
        [str(NeedKind(kind).label) for kind in referral.needs],
        steps(referral, at),
        COLOURS[standing],
    )


def shown_all(case: Case, at: datetime) -> list[Shown]:
    """Every referral of the case, newest first."""
    rows = case.support_referrals.with_steps().select_related("agency", "force__calendar")
    times = AnswerTimes()
    return [shown(referral, at, times) for referral in rows]


def steps(referral: SupportReferral, at: datetime) -> list[Step]:
    """Sent, Opened, Accepted, First contact made, Finished: done, now or later."""
    reached = [
        (_("Sent"), referral.sent_at),
        (_("Opened"), referral.looked_at),
        (_("Accepted"), referral.accepted_at),
        (_("First contact made"), referral.first_contact_at),
        (_("Finished"), referral.ended_at),
    ]
    goes_on = referral.is_open or referral.status == R.DRAFT
    found: list[Step] = []
    for words, moment in reached:
        if moment:
            found.append(Step(words, "done", on_the_wall(moment, at)))
        else:
            is_next = goes_on and all(step.state == "done" for step in found)
            found.append(Step(words, "now" if is_next else "later"))
    return found
