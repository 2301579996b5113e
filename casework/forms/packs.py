"""The room of what is asked about a pack: what to hide or show, what to leave out, and a second person's word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import PackKind
from pages.forms import Radios, TickField

MOST = 1000
REASON = {"rows": 2}


class PackForm(forms.Form):
    """For whom a pack is made."""

    kind = forms.ChoiceField(
        label=_("For whom is it?"),
        choices=PackKind.choices,
        widget=Radios(
            hints={
                PackKind.SUBJECT_ACCESS: _(
                    "Everything we hold about them; everybody else is hidden"
                ),
                PackKind.SCHEDULE: _("A list of every record, sensitive or not (MG6C and MG6D)"),
            }
        ),
        error_messages={"required": _("Select for whom it is")},
    )


class LiftForm(forms.Form):
    """Something hidden may be read after all."""

    key = forms.IntegerField(
        label=_("Number of what is hidden"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter the number that stands by it"),
            "invalid": _("Enter the number that stands by it"),
        },
    )
    reason = forms.CharField(
        label=_("Why may it be read?"),
        help_text=_("For example: they told us this themselves"),
        max_length=MOST,
        widget=forms.Textarea(attrs=REASON),
        error_messages={"required": _("Say why it may be read")},
    )


class HideForm(forms.Form):
    """More words are hidden."""

    words = forms.CharField(
        label=_("Words to hide, as they stand there"),
        min_length=2,
        max_length=MOST,
        error_messages={"required": _("Enter the words to hide")},
    )


class JudgeForm(forms.Form):
    """Whether an item is left out or sensitive, and how a schedule describes it."""

    description = forms.CharField(
        label=_("Description"),
        help_text=_("It must not itself tell what must not be told"),
        max_length=MOST,
        error_messages={"required": _("Enter a description")},
    )
    withheld = TickField(label=_("Leave it out"))
    sensitive = TickField(label=_("It is sensitive (MG6D)"))
    why = forms.CharField(
        label=_("Why is it left out, or sensitive?"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs=REASON),
    )

    def __init__(self, *args: Any, schedule: bool, **kwargs: Any) -> None:
        """`schedule`: only there is an item sensitive or not."""
        super().__init__(*args, **kwargs)
        if not schedule:
            del self.fields["sensitive"]
            self.fields["why"].label = _("What would be prejudiced if they read it?")

    def clean(self) -> dict[str, Any]:
        """A reason stands by every item that is left out or sensitive."""
        answers: dict[str, Any] = super().clean() or {}
        answers.setdefault("sensitive", False)
        if (answers.get("withheld") or answers["sensitive"]) and not answers.get("why"):
            self.add_error("why", _("Say why"))
        return answers


class PackReviewForm(forms.Form):
    """A second person's word on a pack."""

    agreed = forms.ChoiceField(
        label=_("May it leave as it is?"),
        choices=[("yes", _("Yes")), ("no", _("No, something must change"))],
        widget=Radios(),
        error_messages={"required": _("Select whether it may leave")},
    )
    note = forms.CharField(
        label=_("What you checked, or what must change"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what you checked, or what must change")},
    )
