"""The room of which services fit a person: those that can help at all, best first, with the reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clocks
from accounts.actors import Actor
from accounts.models import Force
from casework.models import Case
from referrals.directory import Covers, Offer, covers, offers, with_capacity
from referrals.models import Access, Gender, Service, SupportReferral
from referrals.rules import AnswerTimes, Side, asked_about, left_to_us, said


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a service is looked for: from the case, and from what the officer chose."""

    needs: frozenset[str]
    urgent: bool
    gender: str
    language: str
    is_child: bool
    force: Force
    place: str = ""
    access: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A service that fits, and why it stands where it does.

    `met` are the needs that it can be asked about now, `asked_about` those that its agency is asked about already.
    """

    offer: Offer
    met: tuple[str, ...]
    reasons: tuple[str, ...]
    asked_about: tuple[str, ...] = ()

    @property
    def asked_already(self) -> bool:
        """Whether its agency is asked about all of this already."""
        return not self.met

    @property
    def service(self) -> Service:
        """The service itself."""
        return self.offer.service


def wanted(
    case: Case,
    *,
    needs: Iterable[str],
    urgent: bool,
    gender: str,
    place: str = "",
    access: Iterable[str] = (),
) -> Wanted:
    """What is looked for on this case."""
    victim = case.victim
    return Wanted(
        frozenset(needs),
        urgent,
        gender,
        victim.language,
        victim.is_child,
        case.scope.force,
        place,
        frozenset(access),
    )


def matches(case: Case, looked_for: Wanted) -> list[Match]:
    """Services that meet a need here, for this person, best first.

    The most needs first; then whoever is not full, answers urgent referrals, covers the place (by its name, then
    without naming towns, those that name others last), is as accessible as wanted, speaks the language, is for this
    gender alone; then whoever answers soonest.
    """
    at = clocks.now()
    asked = asked_about(case)
    found = [
        _match(offer, looked_for, asked[offer.service.agency_id], at)
        for offer in offers(with_capacity(_fitting(looked_for)), at)
    ]
    return sorted(found, key=lambda match: _rank(match, looked_for))


def next_best(referral: SupportReferral, by: Actor, at: datetime) -> Match | None:
    """Whom to ask next, when the agency said no, left a need unmet, was called off, or is silent after its time.

    Of the agencies that were not asked about any of it before in this case. None while the agency still has its time.
    """
    left = left_to_us(referral)
    if not left:
        turn = AnswerTimes().turn(referral, at)
        late = turn.side is Side.AGENCY and turn.due_at is not None and turn.due_at <= at
        left = list(referral.needs) if late else []
    if not left:
        return None
    asked = SupportReferral.objects.visible_to(by).filter(case=referral.case_id)
    of_this = asked.filter(needs__overlap=left).exclude(sent_at=None)
    before = set(of_this.values_list("agency_id", flat=True))
    looked_for = wanted(
        referral.case,
        needs=left,
        urgent=referral.urgent,
        gender=referral.gender,
        place=referral.place,
        access=referral.access,
    )
    found = matches(referral.case, looked_for)
    new = (match for match in found if match.met and match.service.agency_id not in before)
    return next(new, None)


def _fitting(looked_for: Wanted) -> QuerySet[Service]:
    services = Service.objects.filter(
        Q(forces=looked_for.force) | Q(forces=None),
        is_active=True,
        agency__is_active=True,
        needs__overlap=sorted(looked_for.needs),
    ).select_related("agency")
    if looked_for.gender != Gender.ANY:
        services = services.filter(gender__in=(Gender.ANY, looked_for.gender))
    if looked_for.is_child:
        services = services.filter(takes_children=True)
    return services.distinct()


def _match(offer: Offer, looked_for: Wanted, asked: set[str], at: datetime) -> Match:
    can_meet = looked_for.needs.intersection(offer.service.needs)
    met, already = tuple(sorted(can_meet - asked)), tuple(sorted(can_meet & asked))
    reasons = tuple(_reasons(offer, met, already, looked_for, at))
    return Match(offer, met, reasons, already)


def _reasons(
    offer: Offer,
    met: tuple[str, ...],
    already: tuple[str, ...],
    looked_for: Wanted,
    at: datetime,
) -> Iterable[str]:
    service, total = offer.service, len(looked_for.needs)
    yield ngettext(
        "Meets %(met)d of %(total)d need: %(which)s",
        "Meets %(met)d of %(total)d needs: %(which)s",
        total,
    ) % {
        "met": len(met),
        "total": total,
        "which": said(met),
    }
    if already:
        yield _("Is asked already about: %s") % said(already)
    yield offer.capacity_words(at)
    if looked_for.urgent and service.urgent_cover:
        yield _("Answers urgent referrals day and night")
    if looked_for.place:
        yield _where(service, looked_for)
    if matching_access := looked_for.access & set(service.access):
        yield ". ".join(str(Access(kind).label) for kind in sorted(matching_access))
    if _speaks(service, looked_for.language):
        yield _("Speaks %s") % looked_for.language
    if words := offer.answer_words():
        yield words
    if service.hours:
        yield _("Open: %s") % service.hours
    if service.gender != Gender.ANY:
        yield _("For %s only") % str(Gender(service.gender).label).lower()
    if looked_for.is_child:
        yield _("Takes children")


def _where(service: Service, looked_for: Wanted) -> str:
    match covers(service, looked_for.place, looked_for.force.name):
        case Covers.NAMED:
            return _("Works in %s") % looked_for.place
        case Covers.EVERYWHERE:
            return _("Names no towns: works in the whole police area")
        case Covers.PART:
            return _("Works in parts of the police area: %s") % ", ".join(service.places)
        case Covers.ELSEWHERE:
            return _("Names other towns only: %s") % ", ".join(service.places)


def _rank(match: Match, looked_for: Wanted) -> tuple[object, ...]:
    offer, service = match.offer, match.service
    hours = offer.hours
    return (
        -len(match.met),
        offer.free == 0,
        not (looked_for.urgent and service.urgent_cover),
        covers(service, looked_for.place, looked_for.force.name),
        -len(looked_for.access & set(service.access)),
        not _speaks(service, looked_for.language),
        looked_for.gender != Gender.ANY and service.gender != looked_for.gender,
        offer.free is None,
        999 if hours is None else hours,
        service.agency.name,
        service.name,
    )


def _speaks(service: Service, language: str) -> bool:
    spoken = {known.casefold() for known in service.languages}
    return (
        bool(language)
        and language.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip().casefold()
        in spoken
    )
