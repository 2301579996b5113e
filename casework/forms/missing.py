"""The room of how we ask about a person who went missing: since when, who knows, found, spoken with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.when import WhenForm
from pages.forms import AnswerField, Checkboxes
from victims.models import Alerted, MissingEpisode


class MissingForm(WhenForm):
    """Since when they are missing; not just now means a date and a time."""

    last_seen = forms.CharField(label=_("Where were they last seen?"), required=False)
    circumstances = forms.CharField(
        label=_("What is known?"),
        help_text=_("Who may have them, what they took along, what they said before."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class AlertForm(forms.Form):
    """Who has been told; whoever was told before is ticked."""

    alerted = forms.MultipleChoiceField(
        label=_("Who has been told?"),
        choices=Alerted.choices,
        widget=Checkboxes,
        error_messages={"required": _("Select who has been told")},
    )
    report_number = forms.CharField(
        label=_("Missing persons report number"), max_length=50, required=False
    )

    def __init__(self, *args: Any, episode: MissingEpisode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["alerted"] = episode.alerted
        self.initial["report_number"] = episode.report_number


class FoundForm(WhenForm):
    """They are found; when, and whether they are safe."""

    found_safe = AnswerField(label=_("Are they safe?"))
    found_words = forms.CharField(
        label=_("How were they found?"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class ReturnForm(WhenForm):
    """Somebody spoke with them about the time they were missing."""

    interviewed_by = forms.CharField(
        label=_("Who spoke with them?"),
        help_text=_("For a child this is somebody independent, from the local authority."),
        max_length=200,
        error_messages={"required": _("Enter who spoke with them")},
    )
