"""The room of what is asked to see who could take something on: when, for how many, in which language."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

import clocks
from casework.nrm.leaflets import ENGLISH, leaflets
from pages.forms import DateField, TimeField
from training.forms import LOOKS_AHEAD

MOST = 30
NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric"}
NUMBER = {
    "invalid": _("Enter a number"),
    "min_value": _("Enter 0 or more"),
    "max_value": _("Enter 30 or fewer"),
}


def _how_many(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs=NARROW),
        error_messages=NUMBER,
    )


class WhoCouldForm(forms.Form):
    """What would have to be done, and when. Left empty: now, for one adult."""

    on = DateField(
        label=_("On which day?"),
        what=_("the day"),
        required=False,
        future=True,
        help_text=_("Empty: today. Up to 90 days ahead."),
    )
    at = TimeField(label=_("At what time?"), required=False, help_text=_("Empty: now."))
    adults = _how_many(_("How many adults would be interviewed?"))
    children = _how_many(_("How many children, or people who may be children?"))
    language = forms.ChoiceField(
        label=_("In which language, if one is known?"),
        required=False,
        help_text=_("Whoever speaks it comes first. An interpreter is asked for all the same."),
        error_messages={"invalid_choice": _("Choose one from the list")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        others = [(code, each.language) for code, each in leaflets().items() if code != ENGLISH]
        language.choices = [("", _("Not known, or English")), *others]

    def clean(self) -> dict[str, Any]:
        """The moment that is meant, how many of each, and the language by its English name."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        now = clocks.now()
        on, at = said["on"], said["at"]
        if on is None and at is None:
            said["moment"] = now
        else:
            local = now.astimezone(clocks.LONDON)
            wall: time = local.time() if at is None else at
            said["moment"] = datetime.combine(on or local.date(), wall, clocks.LONDON)
        if said["moment"] > now + LOOKS_AHEAD:
            self.add_error("on", _("The day must be within the next 90 days"))
        nobody = said["adults"] is None and said["children"] is None
        said["adults"] = 1 if nobody else said["adults"] or 0
        said["children"] = said["children"] or 0
        spoken = leaflets().get(said["language"])
        said["language"] = spoken.language if spoken else ""
        return said
