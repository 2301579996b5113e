"""The room of how we ask about a person."""

from victims.forms.consent import ConsentForm
from victims.forms.facts import AgeForm, DetermineForm, DisputeForm, TakeOutForm, fact_form
from victims.forms.person import (
    DETAILS,
    NeedsForm,
    RiskForm,
    SafeContactForm,
    person_fields,
)
from victims.forms.told import ToldForm, WhyForm

__all__ = [
    "DETAILS",
    "AgeForm",
    "ConsentForm",
    "DetermineForm",
    "DisputeForm",
    "NeedsForm",
    "RiskForm",
    "SafeContactForm",
    "TakeOutForm",
    "ToldForm",
    "WhyForm",
    "fact_form",
    "person_fields",
]
