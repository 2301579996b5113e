"""The room of how we ask for a card of guidance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models.guidance import LONGEST, Standing, Step
from pages.forms import Radios


class CardForm(forms.Form):
    """A card: beside which step, what to know, where it is from."""

    step = forms.ChoiceField(
        label=_("Beside which step?"),
        choices=Step.choices,
        widget=Radios,
        error_messages={"required": _("Select beside which step it stands")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=80, error_messages={"required": _("Enter a title")}
    )
    words = forms.CharField(
        label=_("What to know"),
        help_text=_("Short: somebody reads it at 3am. What to do, then why."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Enter what to know"),
            "max_length": _("What to know must be 700 letters or fewer"),
        },
    )
    source = forms.CharField(
        label=_("Where is it from?"),
        help_text=_("A section of law, a page of guidance with its date, or “set by the force”."),
        max_length=200,
        error_messages={"required": _("Enter where it is from")},
    )
    standing = forms.ChoiceField(
        label=_("How far can it be relied on?"),
        choices=Standing.choices,
        widget=Radios,
        error_messages={"required": _("Select how far it can be relied on")},
    )


class NextVersionForm(CardForm):
    """The next version of a card: its step and title stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("step", "title"):
            del self.fields[name]
