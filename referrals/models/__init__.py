"""The room of what agencies offer and of each support referral: sent, answered, and done when someone is reached."""

from referrals.models.answers import KeptAnswer
from referrals.models.choices import (
    DeclineReason,
    DisclosureKind,
    EndReason,
    Finding,
    NeedOutcome,
    NoContactReason,
    NoOtherSupport,
    ReferralStatus,
    ToldTo,
)
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
    Disclosure,
    DisclosureEvent,
    Question,
    ReferralQuerySet,
    SharedWithAgency,
    SupportReferral,
    SupportReview,
    TakenBack,
)
from referrals.models.sandbox import Sandbox
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
    "DisclosureEvent",
    "DisclosureKind",
    "EndReason",
    "Event",
    "EventQuerySet",
    "EventType",
    "Finding",
    "Gender",
    "KeptAnswer",
    "ListKind",
    "Mismatch",
    "MismatchKind",
    "MismatchQuerySet",
    "NeedOutcome",
    "NoContactReason",
    "NoOtherSupport",
    "OutsideList",
    "Question",
    "ReferralQuerySet",
    "ReferralStatus",
    "Sandbox",
    "SecretQuerySet",
    "Service",
    "SharedWithAgency",
    "SupportReferral",
    "SupportReview",
    "TakenBack",
    "ToldTo",
    "Webhook",
    "WebhookSecret",
]
