"""The room of how we ask for the end of a case, the second officer's decision, and its reopening."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

import clocks
from casework.forms.when import moment
from casework.models import ClosingOutcome
from pages.forms import DateField, Radios, TimeField

AGREE, RETURN = "agree", "return"


class AskToCloseForm(forms.Form):
    """How the case ended, and when somebody last reached the person safely."""

    outcome = forms.ChoiceField(
        label=_("How did the case end?"),
        choices=ClosingOutcome.choices,
        widget=Radios,
        error_messages={"required": _("Select how the case ended")},
    )
    explanation = forms.CharField(
        label=_("In your own words: why can it close, and who supports them now?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Enter why the case can close")},
    )
    last_on = DateField(
        label=_("When did you last reach them safely?"),
        what=_("the date of the last safe contact"),
        past=True,
        required=False,
    )
    last_time = TimeField(label=_("About what time?"), required=False)
    no_contact_reason = forms.CharField(
        label=_("If you never did: why not?"), max_length=500, required=False
    )

    def __init__(self, *args: Any, lost: bool, **kwargs: Any) -> None:
        """Lost contact is an answer only once it was considered whether they are missing."""
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [
            choice
            for choice in ClosingOutcome.choices
            if lost or choice[0] != ClosingOutcome.NO_CONTACT
        ]

    def clean(self) -> dict[str, Any]:
        """Either the last safe contact or why there was none."""
        answers = super().clean() or self.cleaned_data
        try:
            last = moment(answers.pop("last_on", None), answers.pop("last_time", None))
        except ValidationError as wrong:
            self.add_error("last_time", wrong)
            return answers
        if last is not None and last > clocks.now():
            self.add_error("last_time", _("This is in the future. Enter when it was"))
        if last is None and not answers.get("no_contact_reason") and "last_on" not in self.errors:
            self.add_error(
                "last_on", _("Enter when the last safe contact was, or say why there was none")
            )
        answers["last_safe_contact_at"] = last
        return answers


class DecideClosingForm(forms.Form):
    """Whether the second officer agrees."""

    decision = forms.ChoiceField(
        label=_("Should this case be closed?"),
        choices=[(AGREE, _("Yes, close it")), (RETURN, _("No, it stays open"))],
        widget=Radios,
        error_messages={"required": _("Select whether the case should be closed")},
    )
    note = forms.CharField(
        label=_("What you checked, or why it stays open"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Read the decision; staying open needs a reason."""
        answers = super().clean() or self.cleaned_data
        decision = answers.pop("decision", "")
        if decision == RETURN and not answers.get("note"):
            self.add_error("note", _("Say why the case stays open"))
        answers["agreed"] = decision == AGREE
        return answers


class ReopenForm(forms.Form):
    """Why a closed case is opened again."""

    reason = forms.CharField(
        label=_("Why is the case opened again?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter why the case is opened again")},
    )
