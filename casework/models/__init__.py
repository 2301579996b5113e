"""The room of the case of one person: encounter, who holds it, what was done, decided and agreed, and its end."""

from casework.models.case import FACT_PRIVACY, Case, CaseQuerySet, CaseStatus, Fact, Operation
from casework.models.contact import Contact, ContactOutcome, SafetyCheck
from casework.models.duties import AuthorityTold, CrimeRecord, NeedsAssessment
from casework.models.history import CaseEvent, Draft, EventKind
from casework.models.nrm import DutyToNotify, NrmReferral, NrmStatus
from casework.models.oversight import Allocation, ClosingOutcome, Closure, Review

__all__ = [
    "FACT_PRIVACY",
    "Allocation",
    "AuthorityTold",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "CaseStatus",
    "ClosingOutcome",
    "Closure",
    "Contact",
    "ContactOutcome",
    "CrimeRecord",
    "Draft",
    "DutyToNotify",
    "EventKind",
    "Fact",
    "NeedsAssessment",
    "NrmReferral",
    "NrmStatus",
    "Operation",
    "Review",
    "SafetyCheck",
]
