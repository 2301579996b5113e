"""The room of whether an agency knows what the police did to a referral: it looked since, or was told by phone."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from accounts.actors import Actor
from accounts.models import AuditEvent
from casework.models import CaseEvent, EventKind
from referrals.models import Event, EventQuerySet, EventType, ReferralStatus, SupportReferral

ENDED = (EventType.WITHDRAWN, EventType.IN_ERROR, EventType.CONSENT_WITHDRAWN)
"""What ends a referral, or takes back what was given, without the agency."""
CALLED_OFF = (ReferralStatus.WITHDRAWN, ReferralStatus.IN_ERROR)
TOLD, TOLD_TO_STOP = "agency_told", "told_to_stop"
"""Steps in a case's history by which an officer says that somebody at the agency knows."""


def looks(of: str = "referral__") -> QuerySet[AuditEvent]:
    """The agency's looks at the outer row's referral since the outer row's `at`."""
    return AuditEvent.objects.filter(
        scope_id=OuterRef(f"{of}scope"),
        at__gte=OuterRef("at"),
        verb="supportreferral.viewed",
        subject_id=Cast(OuterRef(f"{of}pk"), CharField()),
        agency_id=OuterRef("agency"),
    )


def calls(of: str = "referral__") -> QuerySet[CaseEvent]:
    """When an officer told the agency since the outer row's `at`, by the case's history."""
    rows = CaseEvent.objects.alias(step=KT("detail__step"), about=KT("detail__referral"))
    return rows.filter(
        case=OuterRef(f"{of}case"),
        kind=EventKind.REFERRAL,
        at__gte=OuterRef("at"),
        step__in=(TOLD, TOLD_TO_STOP),
        about=Cast(OuterRef(f"{of}pk"), CharField()),
    )


def ends() -> Q:
    """Events that end a referral, each end once: a withdrawal for a lost agreement is told as that."""
    lost = Event.objects.filter(
        referral=OuterRef("referral"),
        version=OuterRef("version"),
        type=EventType.CONSENT_WITHDRAWN,
    )
    return Q(type__in=ENDED) & (~Q(type=EventType.WITHDRAWN) | Q(~Exists(lost)))


def not_looked_at(by: Actor) -> EventQuerySet:
    """What the police ended or changed and nobody of this agency has looked at since, newest first."""
    changed = Q(type=EventType.CHANGED, referral__status__in=sorted(SupportReferral.OPEN))
    rows = Event.objects.visible_to(by).filter(ends() | changed, ~Exists(looks()))
    return rows.select_related("referral").order_by("-number")


def has_not_seen(referral: SupportReferral, by: Actor) -> bool:
    """Whether the agency may still not know that the police called this referral off."""
    off = SupportReferral.objects.visible_to(by).filter(pk=referral.pk, status__in=CALLED_OFF)
    rows = off.annotate(at=Coalesce("withdrawn_at", "changed_at"))
    return rows.filter(~Exists(looks("")), ~Exists(calls(""))).exists()
