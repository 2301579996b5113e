"""The room of whose turn a referral is, until when, and on what agreement it may be sent."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import clocks
from accounts.actors import Actor
from accounts.errors import Refused
from accounts.models import Agency, Force
from casework.models import Case
from casework.records import consents_of
from clocks.calendars import published_days
from clocks.models import Deadline, Nation
from pages.answers import Answer
from referrals import ways
from referrals.models import NeedOutcome, ReferralStatus, SupportReferral
from victims.models import ConsentEvent, ConsentOutcome, NeedKind, Purpose, RiskLevel

R = ReferralStatus
NOT_ANSWERED, NOT_REACHED = "agency-not-answered", "agency-not-reached-person"
QUESTION, DECLINED, CALLED_OFF = "agency-question", "referral-declined", "referral-called-off"
REVIEW = "agency-review-due"
# `disclosure.Item.FIRST_WORDS`, which needs an agreement of its own.
ACCOUNT_ITEM = "first_words"
SAFE_CONTACT_ITEM = "safe_contact"


class LegalBasis(TextChoices):
    """On what a referral of a child rests instead of their agreement."""

    SAFEGUARDING = (
        "children_act_2004_s11",
        _lazy("Safeguarding a child: Children Act 2004, section 11"),
    )


class Side(StrEnum):
    """Who has to do the next thing."""

    POLICE = "police"
    AGENCY = "agency"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has to do the next thing in a referral, by when, and how far that time can be relied on."""

    side: Side
    due_at: datetime | None = None
    working_days: int | None = None
    standing: str = ""


def left_open(referral: SupportReferral) -> list[str]:
    """The needs that the agency's end of a referral leaves open; none while it goes on, or when it met them."""
    if referral.status in {R.DECLINED, R.ENDED_EARLY}:
        return list(referral.needs)
    if referral.status != R.COMPLETED:
        return []
    return [need for need, became in referral.outcomes.items() if became == NeedOutcome.UNMET]


def left_to_us(referral: SupportReferral) -> list[str]:
    """The needs that its end leaves to the police now: nobody else is asked about them, and nobody said why not.

    An officer's row comes from `with_left()`. An agency is not told whom else we ask, or that we called it off for
    another: of its own row it reads what it left itself.
    """
    known: list[str] | None = getattr(referral, "still_left", None)
    if known is not None:
        return known
    return left_open(referral) if referral.decline_handled_at is None else []


def gives_way(earlier: SupportReferral) -> bool:
    """Whether it is withdrawn when another is sent in its stead: its agency is asked and has not reached the person."""
    return earlier.is_open and earlier.status != R.IN_PROGRESS


def accepted_since(earlier: SupportReferral, draft: SupportReferral) -> bool:
    """Whether its agency accepted after another in its stead was begun, and still supports the person or is to."""
    return earlier.is_open and bool(earlier.accepted_at and earlier.accepted_at > draft.created_at)


def asked_about(case: Case) -> defaultdict[UUID, set[str]]:
    """The needs that each agency is asked about now, or supports the person with."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    rows = case.support_referrals.filter(status__in=sorted(SupportReferral.OPEN))
    for agency, needs in rows.values_list("agency_id", "needs"):
        found[agency].update(needs)
    return found


def not_asked_about(case: Case, asked: Iterable[str]) -> list[str]:
    """The needs that were found and that no agency is asked about, in their own order."""
    found = set(case.victim.needs.filter(ended_at=None).values_list("kind", flat=True))
    return [kind for kind in NeedKind.values if kind in found.difference(asked)]


def said(needs: Iterable[str]) -> str:
    """The needs in words, as part of a sentence."""
    wanted = set(needs)
    return ", ".join(str(kind.label).lower() for kind in NeedKind if kind in wanted)


def _deadlines() -> list[Deadline]:
    rules = (NOT_ANSWERED, NOT_REACHED, REVIEW, QUESTION, DECLINED, CALLED_OFF)
    return list(Deadline.objects.filter(rule__in=rules))


@lru_cache(maxsize=2)
def _deadlines_of(_version: int) -> list[Deadline]:
    return _deadlines()


class AnswerTimes:
    """How long each side may take: the force's own deadline rows, read once for a whole page.

    Under the same `version` of the clocks they are the same: then what was read before is enough.
    """

    def __init__(self, version: int | None = None) -> None:
        self._rows = _deadlines() if version is None else _deadlines_of(version)

    def turn(self, referral: SupportReferral, at: datetime) -> Turn:
        """Whose turn it is; the referral comes from `with_steps()` with its agency and force. [T41]"""
        side, rule, since = _next(referral)
        if rule == REVIEW and referral.review_on:
            return self._until(
                side, _close_of_day(referral.review_on), referral, at, _("as agreed")
            )
        row = self._in_force(rule, referral, since) if rule and since else None
        if row is None or since is None:
            return Turn(side)
        due_at = clocks.due_at(since, row.amount, row.unit, _days(referral.force, since))
        return self._until(side, due_at, referral, at, row.get_status_display())

    def _until(
        self,
        side: Side,
        due_at: datetime | None,
        referral: SupportReferral,
        at: datetime,
        standing: str,
    ) -> Turn:
        left = _days(referral.force, at).between(_on(at), _on(due_at)) if due_at else None
        return Turn(side, due_at, left, standing)

    def _in_force(self, rule: str, referral: SupportReferral, since: datetime) -> Deadline | None:
        nation = referral.force.nation if referral.force else Nation.ENGLAND_WALES
        on = _on(since)
        rows = [
            row
            for row in self._rows
            if row.rule == rule
            and row.nation in {"", nation}
            and row.valid_from <= on
            and (row.valid_to is None or row.valid_to > on)
        ]
        clock = (
            "urgent" if referral.urgent and any(r.clock == "urgent" for r in rows) else "standard"
        )
        # The nation's own row before the one for all.
        return max((r for r in rows if r.clock == clock), key=lambda r: r.nation, default=None)


def _on(at: datetime) -> date:
    return at.astimezone(clocks.LONDON).date()


def _close_of_day(day: date) -> datetime:
    """5pm in London, as the engine counts a day that was agreed."""
    return datetime.combine(day, time(17), tzinfo=clocks.LONDON)


def _days(force: Force | None, at: datetime) -> clocks.WorkingDays:
    if force:
        return force.calendar.working_days()
    return published_days(Nation.ENGLAND_WALES, _on(at).year)


def _next(referral: SupportReferral) -> tuple[Side, str, datetime | None]:
    """Whose turn, by which rule, since when."""
    match referral.standing:
        case R.DRAFT:
            return Side.POLICE, "", None
        case R.SENT | R.OPENED:
            # The agency's clock stands still while it waits for our answer, then starts again.
            since = getattr(referral, "answered_at", None) or referral.sent_at
            return Side.AGENCY, NOT_ANSWERED, since
        case R.NEEDS_INFO:
            return Side.POLICE, QUESTION, getattr(referral, "asked_at", None)
        case R.ACCEPTED:
            return Side.AGENCY, NOT_REACHED, referral.accepted_at
        case R.IN_PROGRESS:
            return Side.AGENCY, REVIEW, getattr(referral, "review_agreed_at", None)
        case R.WITHDRAWN | R.IN_ERROR if left_to_us(referral):
            return Side.POLICE, CALLED_OFF, referral.withdrawn_at or referral.changed_at
        case _ if left_to_us(referral):
            return Side.POLICE, DECLINED, referral.declined_at or referral.ended_at
        case _:
            return Side.NOBODY, "", None


def agreement(case: Case, agency: Agency, by: Actor) -> ConsentEvent | None:
    """The person's latest word on sharing with this agency, in any record of them, if they said any."""
    return consents_of(case, by).carrying(case.victim, Purpose.AGENCY, agency)


def account_agreed(case: Case, agency: Agency, by: Actor) -> bool:
    """Whether what they told us may be passed on to this agency in full."""
    word = consents_of(case, by).carrying(case.victim, Purpose.ACCOUNT, agency)
    return word is not None and word.carries


def may_be_sent(case: Case, agency: Agency, legal_basis: str, by: Actor) -> ConsentEvent | None:
    """The agreement that carries the referral, or None where a child's legal basis does; else `Refused`.

    An adult decides for themselves [MSA statutory guidance]; a child, or somebody who may be one, is
    referred to keep them safe, on a basis that the officer names [Children Act 2004 s11].
    """
    if case.victim.is_child:
        if legal_basis:
            return None
        raise Refused(
            _("Say on what legal basis you share this about a child."), verb="referral.send"
        )
    word = agreement(case, agency, by)
    if word and word.carries:
        return word
    raise Refused(no_agreement(word), verb="referral.send")


def no_agreement(word: ConsentEvent | None) -> str:
    """Why an adult's referral cannot be sent now, and what to do."""
    if word is None:
        return _("They have not been asked about sharing with an agency. Ask them, then record it.")
    if word.allows:
        return _("What they agreed to no longer holds. Ask them again, then record it.")
    if word.outcome == ConsentOutcome.NO_CAPACITY:
        return _("Sharing with an agency was not in their best interests. Nothing can be sent.")
    if word.outcome == ConsentOutcome.REFUSED:
        return _("They did not agree to sharing with an agency. Nothing can be sent.")
    return _("They took back their agreement to sharing with an agency. Nothing can be sent.")


def gaps(referral: SupportReferral, case: Case, by: Actor) -> list[tuple[str, str]]:
    """What must be said before a referral may be sent: a sentence each, and the page where it is said.

    An answer that is not known is an answer; one that nobody has asked for is a gap.
    """
    victim = case.victim
    found = []
    if victim.interpreter == Answer.NOT_ASKED:
        found.append((_("Say whether they need an interpreter."), "casework:edit"))
    if victim.risk == RiskLevel.NOT_JUDGED:
        found.append((_("Judge how much danger they are in."), "casework:risk"))
    if not referral.told_to:
        found.append((_("Say who at the agency may be told."), "referrals:referral-share"))
    if not (referral.no_contact_reason or _shares_a_safe_way(referral, case, by)):
        found.append(
            (
                _("Share a safe way to reach them, or say why you share none."),
                "referrals:referral-share",
            )
        )
    return found


def _shares_a_safe_way(referral: SupportReferral, case: Case, by: Actor) -> bool:
    return SAFE_CONTACT_ITEM in referral.items and ways.is_one_safe(case, by)


def check_gaps(referral: SupportReferral, case: Case, by: Actor) -> None:
    """Pass, or a `ValidationError` that names everything that must be said first."""
    if found := gaps(referral, case, by):
        raise ValidationError([sentence for sentence, _page in found])


def check_items(case: Case, agency: Agency, items: Collection[str], by: Actor) -> None:
    """Pass, or `Refused`: an adult's own account is passed on in full only where they agreed to that."""
    if obstacle := account_obstacle(case, agency, items, by):
        raise Refused(obstacle, verb="referral.send")


def account_obstacle(case: Case, agency: Agency, items: Collection[str], by: Actor) -> str:
    """Why what they told us cannot be passed on in full; empty when it can, or is not to be."""
    if ACCOUNT_ITEM not in items or case.victim.is_child or account_agreed(case, agency, by):
        return ""
    return _(
        "They have not agreed that what they told us is passed on in full. Ask them and record it,"
        " or do not share it."
    )
