"""The room of how we ask about a person."""

from victims.forms.facts import AgeForm, DetermineForm, DisputeForm, fact_form
from victims.forms.person import (
    DETAILS,
    ConsentForm,
    NeedsForm,
    RiskForm,
    SafeContactForm,
    ToldForm,
    person_fields,
)

__all__ = [
    "DETAILS",
    "AgeForm",
    "ConsentForm",
    "DetermineForm",
    "DisputeForm",
    "NeedsForm",
    "RiskForm",
    "SafeContactForm",
    "ToldForm",
    "fact_form",
    "person_fields",
]
