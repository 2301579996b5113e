"""The room of how a form asks: renderer, widgets and fields that any app may use."""

from pages.forms.dates import ApproximateDateField, DateField, TimeField
from pages.forms.fields import AnswerField, CsvField, TickField
from pages.forms.models import formfield
from pages.forms.renderer import HoldfastBoundField, HoldfastRenderer
from pages.forms.widgets import Checkboxes, DateParts, Radios, Tick

__all__ = [
    "AnswerField",
    "ApproximateDateField",
    "Checkboxes",
    "CsvField",
    "DateField",
    "DateParts",
    "HoldfastBoundField",
    "HoldfastRenderer",
    "Radios",
    "Tick",
    "TickField",
    "TimeField",
    "formfield",
]
