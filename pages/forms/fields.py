"""The room of the fields that every form shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.answers import Answer
from pages.forms.widgets import Radios, Tick


class AnswerField(forms.ChoiceField):
    """A question about a person; left alone it is "Not asked", never "No"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", Answer.choices)
        kwargs.setdefault("initial", Answer.NOT_ASKED)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", Radios())
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"].setdefault("required", _("Select an answer"))
        kwargs["error_messages"].setdefault("invalid_choice", _("Select one of the answers shown"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Answer:
        """Read the answer; none given is not asked."""
        chosen = super().clean(value)
        return Answer(chosen) if chosen else Answer.NOT_ASKED


class TickField(forms.BooleanField):
    """One box that may be left unticked."""

    widget = Tick

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
