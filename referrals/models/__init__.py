"""The room of what agencies offer and of each support referral: sent, answered, and done when someone is reached."""

from referrals.models.answers import KeptAnswer
from referrals.models.directory import Access, CapacityWord, Gender, Service
from referrals.models.events import Event, EventQuerySet, EventType
from referrals.models.outside import (
    ListKind,
    Mismatch,
    MismatchKind,
    MismatchQuerySet,
    OutsideList,
)
from referrals.models.referral import (
    DeclineReason,
    Disclosure,
    EndReason,
    Question,
    ReferralQuerySet,
    ReferralStatus,
    SharedWithAgency,
    SupportReferral,
    TakenBack,
)
from referrals.models.webhooks import (
    Attempt,
    Delivery,
    DeliveryState,
    SecretQuerySet,
    Webhook,
    WebhookSecret,
)

__all__ = [
    "Access",
    "Attempt",
    "CapacityWord",
    "DeclineReason",
    "Delivery",
    "DeliveryState",
    "Disclosure",
    "EndReason",
    "Event",
    "EventQuerySet",
    "EventType",
    "Gender",
    "KeptAnswer",
    "ListKind",
    "Mismatch",
    "MismatchKind",
    "MismatchQuerySet",
    "OutsideList",
    "Question",
    "ReferralQuerySet",
    "ReferralStatus",
    "SecretQuerySet",
    "Service",
    "SharedWithAgency",
    "SupportReferral",
    "TakenBack",
    "Webhook",
    "WebhookSecret",
]
