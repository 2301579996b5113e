"""The room of what agencies offer and of each support referral: sent, answered, and done when someone is reached."""

from referrals.models.answers import KeptAnswer
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
    Gender,
    Question,
    ReferralQuerySet,
    ReferralStatus,
    Service,
    SharedWithAgency,
    SupportReferral,
    TakenBack,
)

__all__ = [
    "DeclineReason",
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
    "Service",
    "SharedWithAgency",
    "SupportReferral",
    "TakenBack",
]
