"""The room of which services fit a person: those that can help at all, best first, with the reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Force
from casework.models import Case
from referrals.models import Gender, Service, SupportReferral
from victims.models import NeedKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a service is looked for: from the case, and from what the officer chose."""

    needs: frozenset[str]
    urgent: bool
    gender: str
    language: str
    is_child: bool
    force: Force


@dataclass(frozen=True, slots=True)
class Match:
    """A service that fits, and why it stands where it does."""

    service: Service
    met: tuple[str, ...]
    reasons: tuple[str, ...]
    asked_already: bool


def wanted(case: Case, *, needs: Iterable[str], urgent: bool, gender: str) -> Wanted:
    """What is looked for on this case."""
    victim = case.victim
    return Wanted(
        frozenset(needs), urgent, gender, victim.language, victim.is_child, case.scope.force
    )


def matches(case: Case, looked_for: Wanted) -> list[Match]:
    """Services that meet a need here, for this person: the most needs first, then the quickest to help."""
    asked = set(
        case.support_referrals.filter(status__in=sorted(SupportReferral.OPEN)).values_list(
            "agency_id", flat=True
        )
    )
    found = [_match(service, looked_for, asked) for service in _fitting(looked_for)]
    return sorted(found, key=lambda match: _rank(match, looked_for))


def _fitting(looked_for: Wanted) -> Iterable[Service]:
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


def _match(service: Service, looked_for: Wanted, asked: set[UUID]) -> Match:
    met = tuple(sorted(looked_for.needs & set(service.needs)))
    return Match(
        service, met, tuple(_reasons(service, met, looked_for)), service.agency_id in asked
    )


def _reasons(service: Service, met: tuple[str, ...], looked_for: Wanted) -> Iterable[str]:
    total = len(looked_for.needs)
    yield ngettext(
        "Meets %(met)d of %(total)d need: %(which)s",
        "Meets %(met)d of %(total)d needs: %(which)s",
        total,
    ) % {
        "met": len(met),
        "total": total,
        "which": ", ".join(str(NeedKind(kind).label).lower() for kind in met),
    }
    if looked_for.urgent and service.urgent_cover:
        yield _("Answers urgent referrals day and night")
    if _speaks(service, looked_for.language):
        yield _("Speaks %s") % looked_for.language
    if service.usual_answer_hours:
        yield (
            ngettext(
                "Usually answers in %d hour",
                "Usually answers in %d hours",
                service.usual_answer_hours,
            )
            % service.usual_answer_hours
        )
    if service.hours:
        yield _("Open: %s") % service.hours
    if service.gender != Gender.ANY:
        yield _("For %s only") % str(Gender(service.gender).label).lower()
    if looked_for.is_child:
        yield _("Takes children")


def _rank(match: Match, looked_for: Wanted) -> tuple[object, ...]:
    service = match.service
    return (
        -len(match.met),
        not (looked_for.urgent and service.urgent_cover),
        not _speaks(service, looked_for.language),
        looked_for.gender != Gender.ANY and service.gender != looked_for.gender,
        service.usual_answer_hours or 999,
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
