"""The room of the case's own rules: when to reach the person next, which way a national referral goes."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.models import Case, ClosingOutcome, ContactOutcome, NrmStatus
from casework.records import nrm_word
from casework.silence import silence_of, too_few_tries
from clocks import LONDON, due_at
from clocks.models import Deadline
from victims.models import ConsentOutcome, RiskLevel

CONTACT_RULE = "contact-lapsed"
NEEDS_A_SUPERVISOR = frozenset({ContactOutcome.UNSAFE, ContactOutcome.SOMEONE_ELSE})
_CLOCKS = {
    ContactOutcome.TRIED: "tried",
    ContactOutcome.DECLINED: "declined",
    ContactOutcome.UNSAFE: "unsafe",
    ContactOutcome.SOMEONE_ELSE: "unsafe",
}


def contact_clock(outcome: str, risk: str) -> str:
    """Which variant of the contact deadline starts after this outcome [T25, T42]."""
    spoke = "high-risk" if risk == RiskLevel.HIGH else "standard"
    return _CLOCKS.get(ContactOutcome(outcome), spoke)


def next_contacts(case: Case, at: datetime) -> dict[str, datetime | None]:
    """For every outcome of a contact at that time, when the next is due; None where no deadline says."""
    force = case.scope.force
    on = at.astimezone(LONDON).date()
    in_force = {
        row.clock: row
        for row in Deadline.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=on),
            rule=CONTACT_RULE,
            nation__in=("", force.nation),
            valid_from__lte=on,
        ).order_by("nation")
    }
    days = force.calendar.working_days()
    due: dict[str, datetime | None] = {}
    for outcome in ContactOutcome.values:
        row = in_force.get(contact_clock(outcome, case.victim.risk))
        due[outcome] = due_at(at, row.amount, row.unit, days) if row else None
    return due


class NrmPath(StrEnum):
    """What is owed to the Home Office about this person now."""

    CHILD = "child"  # refer, no consent needed
    AGREED = "agreed"  # refer
    BEST_INTERESTS = "best_interests"  # refer: they could not decide, and it is best for them
    REFUSED = "refused"  # notify, nothing that identifies
    NOT_BEST = "not_best"  # the same: they could not decide, and a referral is not best for them
    ASK = "ask"  # an adult who has not been asked yet

    @property
    def refers(self) -> bool:
        """Whether the person is referred."""
        return self in {NrmPath.CHILD, NrmPath.AGREED, NrmPath.BEST_INTERESTS}

    @property
    def notifies(self) -> bool:
        """Whether the Home Office is only notified."""
        return self in {NrmPath.REFUSED, NrmPath.NOT_BEST}


def nrm_path(case: Case, by: Actor) -> NrmPath:
    """Child or not sure: refer without consent [T02, MSA s51]. Adult: as they decided last [MSA s52].

    What they decided in any record of them counts, as far as this actor may see. For an adult who cannot decide
    it is decided in their best interests [MCA 2005 s1(5); that a referral may rest on it: domain 2.4, unverified].
    """
    if case.victim.is_child:
        return NrmPath.CHILD
    latest = nrm_word(case, by)
    if latest is None:
        return NrmPath.ASK
    if latest.outcome == ConsentOutcome.NO_CAPACITY:
        return NrmPath.BEST_INTERESTS if latest.allows else NrmPath.NOT_BEST
    return NrmPath.AGREED if latest.allows else NrmPath.REFUSED


def closing_obstacles(case: Case, outcome: str) -> list[str]:
    """What this room itself says against closing: no offer, no referral and nobody's silence is simply forgotten."""
    return [*_offered(case), *_undecided(case, outcome), *_silent(case, outcome)]


def _offered(case: Case) -> Iterator[str]:
    if case.transfers.waiting().exists():
        yield _("It is offered to another unit. Take that back first.")


def _undecided(case: Case, outcome: str) -> Iterator[str]:
    decided = (
        case.nrm_referrals.exclude(status=NrmStatus.WITHDRAWN).exists()
        or case.duties_to_notify.exists()
        or outcome == ClosingOutcome.NOT_A_VICTIM
    )
    if not decided:
        yield _(
            "The National Referral Mechanism is not decided. Record the referral, or the duty to"
            " notify, or that this is not a victim of modern slavery."
        )


def _silent(case: Case, outcome: str) -> Iterator[str]:
    silence = silence_of(case)
    if silence.is_unanswered:
        yield _(
            "Nobody can reach the person. Consider a missing person report first, and record what"
            " was decided."
        )
    elif outcome == ClosingOutcome.NO_CONTACT and silence.lost_at is None:
        yield too_few_tries()
