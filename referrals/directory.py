"""The room of what the directory knows of services now: their latest capacity, and how fast they really answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clocks.models import Deadline
from pages.due import on_the_wall
from referrals.models import Access, CapacityWord, Gender, Service
from victims.models import NeedKind

CAPACITY = "capacity-stale"
MEASURED_OVER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Offer:
    """A service with its capacity as of the agency's last word, and its answers of the last 90 days.

    `is_current` is false once the word is older than the force lets it be: then nobody knows how many are free.
    `measured_hours` is the median from sending to the first answer, of at least three; None when there are fewer.
    """

    service: Service
    places_free: int | None
    as_of: datetime | None
    is_current: bool
    measured_hours: float | None

    @property
    def free(self) -> int | None:
        """How many places are free, where that is known now."""
        return self.places_free if self.is_current else None

    @property
    def hours(self) -> float | None:
        """How long an answer takes: as measured, else as the agency says."""
        if self.measured_hours is not None:
            return self.measured_hours
        return self.service.usual_answer_hours

    def capacity_words(self, at: datetime) -> str:
        """Places free, as of when; or that nobody knows."""
        if self.as_of is None:
            return _("Places free: not known")
        when = on_the_wall(self.as_of, at)
        if not self.is_current:
            return _("Places free: not known. The agency last said so: %s") % when
        return ngettext(
            "%(count)d place free, as of %(when)s",
            "%(count)d places free, as of %(when)s",
            self.places_free or 0,
        ) % {"count": self.places_free or 0, "when": when}

    def answer_words(self) -> str:
        """How fast it answers: as measured, beside what the agency says."""
        said = self.service.usual_answer_hours
        parts = []
        if self.measured_hours is not None:
            parts.append(_("Really answers in %s") % _hours(self.measured_hours))
        if said is not None:
            parts.append(_("Says it answers in %s") % _hours(said))
        return ". ".join(parts)

    @property
    def needs(self) -> list[str]:
        """The needs it meets, in words."""
        return [str(NeedKind(kind).label) for kind in self.service.needs]

    @property
    def access(self) -> list[str]:
        """Its accessibility, in words."""
        return [str(Access(kind).label) for kind in self.service.access]

    @property
    def for_whom(self) -> str:
        """For whom it is, in words."""
        return str(Gender(self.service.gender).label)


def with_capacity(services: QuerySet[Service]) -> QuerySet[Service]:
    """Services with the agency's last word on each: `places_free` and `as_of`."""
    words = CapacityWord.objects.filter(service=OuterRef("pk")).order_by("-at", "pk")
    return services.annotate(
        places_free=Subquery(words.values("places_free")[:1]),
        as_of=Subquery(words.values("at")[:1]),
    )


def offers(services: Iterable[Service], at: datetime) -> list[Offer]:
    """Services that come from `with_capacity`, in their order, each with what is known of it now: two more queries."""
    rows = list(services)
    measured = _measured(at) if rows else {}
    stale_before = _stale_before(at)
    return [_offer(row, stale_before, measured) for row in rows]


class Covers(IntEnum):
    """How well a service covers a place, best first."""

    NAMED = 0
    EVERYWHERE = 1
    PART = 2
    ELSEWHERE = 3


def near(services: QuerySet[Service], place: str) -> QuerySet[Service]:
    """Those that may cover a place: they name the town or district, or none at all, or it is the area of their force.

    Whoever names no town works in the whole area; which towns lie in it nobody wrote down.
    """
    wanted = " ".join(place.split())
    if not wanted:
        return services
    as_text = Func(F("places"), Value("\n"), function="array_to_string", output_field=TextField())
    return services.alias(in_places=as_text).filter(
        Q(in_places__icontains=wanted) | Q(places=[]) | Q(forces__name__icontains=wanted)
    )


def covers(service: Service, place: str, area: str) -> Covers:
    """How well a service that works in a police area covers a place in it, or the whole of it by its name."""
    wanted = " ".join(place.split()).casefold()
    if wanted in {named.casefold() for named in service.places}:
        return Covers.NAMED
    if not service.places or not wanted:
        return Covers.EVERYWHERE
    return Covers.PART if wanted in area.casefold() else Covers.ELSEWHERE


def _offer(row: Service, stale_before: datetime, measured: dict[UUID, float]) -> Offer:
    places_free: int | None = getattr(row, "places_free")  # noqa: B009 - annotated, no field
    as_of: datetime | None = getattr(row, "as_of")  # noqa: B009
    is_current = as_of is not None and as_of > stale_before
    return Offer(row, places_free, as_of, is_current, measured.get(row.pk))


def _measured(at: datetime) -> dict[UUID, float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT service_id, hours FROM referrals_answer_times(%s)", [at - MEASURED_OVER]
        )
        return dict(cursor.fetchall())


def _stale_before(at: datetime) -> datetime:
    rule = Deadline.objects.filter(
        rule=CAPACITY, clock="standard", valid_from__lte=at.date()
    ).order_by("-valid_from")
    amount = rule.values_list("amount", flat=True).first()
    return at - timedelta(days=amount or 0)


def _hours(count: float) -> str:
    whole = max(1, round(count))
    return ngettext("%d hour", "%d hours", whole) % whole
