"""The room of the fields that every form shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.answers import Answer
from pages.forms.widgets import Radios, Tick
from pages.sheets import MOST_BYTES


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


class CsvField(forms.FileField):
    """A CSV from another system; its answer is what is in it, so much that `pages.sheets` sees what is too large."""

    widget = forms.FileInput(attrs={"accept": ".csv,text/csv"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("CSV file"))
        kwargs.setdefault("allow_empty_file", True)
        kwargs.setdefault("error_messages", {"required": _("Choose a CSV file")})
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """The bytes of the file, cut where it is too large."""
        return bytes(super().clean(data, initial).read(MOST_BYTES + 1))
