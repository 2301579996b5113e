"""The room of offering a case to another unit, and of that unit's answer."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from casework.forms.assign import AssignForm
from casework.models import TransferRefusal, TransferWhy
from pages.forms import Radios

ACCEPT, REJECT = "accept", "reject"


class OfferForm(forms.Form):
    """Which unit, and why."""

    to_unit = forms.ChoiceField(
        label=_("Which unit should take it over?"),
        error_messages={
            "required": _("Select a unit"),
            "invalid_choice": _("Select one of the units shown"),
        },
    )
    why = forms.ChoiceField(
        label=_("Why?"),
        help_text=_(
            "The other unit reads this before it answers, with the reference and priority."
        ),
        choices=TransferWhy.choices,
        widget=Radios,
        error_messages={"required": _("Select why")},
    )
    reason = forms.CharField(
        label=_("In your own words: what should they know?"),
        help_text=_("Kept in the case. The other unit reads it once it has taken the case over."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter what they should know")},
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        """`units` stand in the order given, each under its force."""
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        by_force: dict[str, list[tuple[str, str]]] = {}
        for key, unit in self.units.items():
            by_force.setdefault(unit.force.name, []).append((key, unit.name))
        question = cast(forms.ChoiceField, self.fields["to_unit"])
        question.choices = [("", _("Choose a unit")), *by_force.items()]

    def clean_to_unit(self) -> Unit:
        """The unit behind the choice."""
        return self.units[self.cleaned_data["to_unit"]]


class AnswerOfferForm(AssignForm):
    """Whether the unit takes the case over: then who owns it, else why not."""

    answer = forms.ChoiceField(
        label=_("Does your unit take this case over?"),
        choices=[(ACCEPT, _("Yes, we take it over")), (REJECT, _("No"))],
        widget=Radios,
        error_messages={"required": _("Select whether your unit takes it over")},
    )
    owner = forms.ChoiceField(
        label=_("If yes: who will own it?"),
        required=False,
        error_messages={"invalid_choice": _("Select one of the investigators shown")},
    )
    refusal = forms.ChoiceField(
        label=_("If no: why not?"),
        choices=TransferRefusal.choices,
        required=False,
        widget=Radios,
    )
    note = forms.CharField(
        label=_("If no: anything else that they should know?"),
        help_text=_("Its owner and their supervisor read this in the case."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("answer",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As for giving a case to somebody; where nobody lacks a course no reason is asked."""
        super().__init__(*args, **kwargs)
        if not self.needs_reason:
            del self.fields["override_reason"]

    def clean(self) -> dict[str, Any]:
        """A yes names the owner, a no says why."""
        answers = super().clean() or self.cleaned_data
        if answers.get("answer") == ACCEPT and not answers.get("owner"):
            self.add_error("owner", _("Select who will own the case"))
        if answers.get("answer") == REJECT and not answers.get("refusal"):
            self.add_error("refusal", _("Select why your unit does not take it over"))
        return answers
