"""The room of the account: what happened to the person, as it was told, part by part."""

from casework.models.account.part import Missing, Part, Said
from casework.models.account.parts import (
    AtRisk,
    Background,
    Exploitation,
    LastContact,
    Opinion,
    Police,
    Report,
    Safeguarding,
    Since,
    Wishes,
)
from casework.models.account.reading import NrmReading, ReadingStep, Verdict
from casework.models.account.rows import (
    ROWS,
    EvidenceFile,
    OfMany,
    Party,
    PartyRole,
    Place,
    PlaceKind,
    Precision,
    RowKind,
    Situation,
    SituationKind,
)
from casework.models.account.sent import NrmSubmission, SubmissionKind

__all__ = [
    "ROWS",
    "AtRisk",
    "Background",
    "EvidenceFile",
    "Exploitation",
    "LastContact",
    "Missing",
    "NrmReading",
    "NrmSubmission",
    "OfMany",
    "Opinion",
    "Part",
    "Party",
    "PartyRole",
    "Place",
    "PlaceKind",
    "Police",
    "Precision",
    "ReadingStep",
    "Report",
    "RowKind",
    "Safeguarding",
    "Said",
    "Since",
    "Situation",
    "SituationKind",
    "SubmissionKind",
    "Verdict",
    "Wishes",
]
