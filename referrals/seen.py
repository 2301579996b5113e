"""The room of whether an agency knows what the police did to a referral: it looked since, or was told by phone."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from accounts.actors import Actor
from accounts.models import AuditEvent
from casework.models import CaseEvent, EventKind
from referrals.models import Event, EventQuerySet, EventType, SupportReferral

ENDED = (EventType.WITHDRAWN, EventType.IN_ERROR, EventType.CONSENT_WITHDRAWN)
"""What ends a referral, or takes back what was given, without the agency."""
TOLD, TOLD_TO_STOP = "agency_told", "told_to_stop"
"""Steps in a case's history by which an officer says that somebody at the agency knows."""


def looks(referral: str = "referral") -> QuerySet[AuditEvent]:
    """The agency's looks at the outer row's referral since the outer row's `at`."""
    return AuditEvent.objects.filter(
        scope_id=OuterRef(f"{referral}__scope"),
        at__gte=OuterRef("at"),
        verb="supportreferral.viewed",
        subject_id=Cast(OuterRef(referral), CharField()),
        agency_id=OuterRef("agency"),
    )


def calls(referral: str = "referral") -> QuerySet[CaseEvent]:
    """When an officer told the agency since the outer row's `at`, by the case's history."""
    return CaseEvent.objects.filter(
        case=OuterRef(f"{referral}__case"),
        kind=EventKind.REFERRAL,
        at__gte=OuterRef("at"),
        detail__step__in=(TOLD, TOLD_TO_STOP),
        detail__referral=Cast(OuterRef(referral), CharField()),
    )


def ends() -> Q:
    """Events that end a referral, each end once: a withdrawal for a lost agreement is told as that."""
    lost = Event.objects.filter(
        referral=OuterRef("referral"),
        version=OuterRef("version"),
        type=EventType.CONSENT_WITHDRAWN,
    )
    return Q(type__in=ENDED) & ~(Q(type=EventType.WITHDRAWN) & Exists(lost))


def not_looked_at(by: Actor) -> EventQuerySet:
    """What the police ended or changed and nobody of this agency has looked at since, newest first."""
    changed = Q(type=EventType.CHANGED, referral__status__in=sorted(SupportReferral.OPEN))
    rows = Event.objects.visible_to(by).filter(ends() | changed, ~Exists(looks()))
    return rows.select_related("referral").order_by("-number")


def has_not_seen(referral: SupportReferral) -> bool:
    """Whether the agency may still not know that this referral, which its reader was let see, ended."""
    rows = Event.objects.reached_from(referral=referral).filter(ends())
    return rows.filter(~Exists(looks()), ~Exists(calls())).exists()
