"""The room of how we ask about a person: details, safe contact, consent, what they told us, needs, risk."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

import clocks
from pages.answers import Answer
from pages.forms import AnswerField, Checkboxes, DateField, Radios, TickField, formfield
from victims.actions.person import AGE, EDITABLE
from victims.models import (
    Channel,
    Gender,
    Need,
    NeedKind,
    OfficerPreference,
    RiskLevel,
    SafeContact,
    Victim,
)

NONE = "none"
# What one page asks about the person; age has a page of its own.
DETAILS = EDITABLE - AGE


def person_fields() -> dict[str, forms.Field]:
    """The questions about who the person is, from the model's own list."""
    names = [name for fields in Victim.FIELDSETS.values() for name in fields if name in DETAILS]
    fields: dict[str, forms.Field] = fields_for_model(
        Victim,
        fields=names,
        formfield_callback=formfield,
        widgets={"officer_preference": Radios, "gender": Radios},
    )
    assert isinstance(fields["gender"], forms.ChoiceField)
    fields["gender"].choices = Gender.choices
    assert isinstance(fields["officer_preference"], forms.ChoiceField)
    fields["officer_preference"].choices = OfficerPreference.choices
    return fields


class SafeContactForm(forms.Form):
    """The rule for one way to reach the person. A recorded number is never shown here."""

    channel = forms.ChoiceField(
        label=_("Which way is this rule about?"),
        choices=Channel.choices,
        widget=Radios,
        error_messages={"required": _("Select which way this rule is about")},
    )
    safe = AnswerField(label=_("Is it safe to use?"))
    details = forms.CharField(
        label=_("Number or address"),
        help_text=_("Leave it empty to keep what is recorded. It is never shown on this page."),
        required=False,
    )
    who_may_use = forms.CharField(label=_("Who may use it?"), required=False)
    when = forms.CharField(
        label=_("When?"), help_text=_("For example, weekdays 10am to 2pm"), required=False
    )
    code_word = forms.CharField(
        label=_("Code word, or the name to give when calling"), required=False
    )
    who_else_sees = forms.CharField(label=_("Who else can see or hear it?"), required=False)
    voicemail = AnswerField(label=_("May we leave a voicemail?"))
    notes = forms.CharField(
        label=_("What must somebody read before using it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    review_on = DateField(
        label=_("When should this be checked with them again?"),
        help_text=_("30 days is usual."),
        what=_("the date to check it again"),
        future=True,
    )

    def __init__(
        self, *args: Any, review_on: date, replaces: SafeContact | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["review_on"] = review_on
        if replaces is not None:
            self.initial = {**self.initial, **_rule_without_details(replaces)}
            self.fields["channel"].disabled = True

    def clean_safe(self) -> Answer:
        """A rule without an answer is no rule."""
        safe = Answer(self.cleaned_data["safe"])
        if safe == Answer.NOT_ASKED:
            raise forms.ValidationError(_("Select whether it is safe to use"))
        return safe


def _rule_without_details(rule: SafeContact) -> dict[str, Any]:
    names = ("channel", "safe", "who_may_use", "when", "code_word", "who_else_sees")
    return {name: getattr(rule, name) for name in (*names, "voicemail", "notes")}


class NeedsForm(forms.Form):
    """What the person needs, and which of it is urgent."""

    kinds = forms.MultipleChoiceField(
        label=_("What do they need?"),
        help_text=_("What is ticked is open; what you untick has ended."),
        choices=[*NeedKind.choices, (NONE, _("Nothing of this"))],
        widget=Checkboxes(exclusive=NONE),
        error_messages={"required": _("Select what they need, or nothing of this")},
    )
    urgent = forms.MultipleChoiceField(
        label=_("Which of it is urgent?"),
        choices=NeedKind.choices,
        widget=Checkboxes(small=True),
        required=False,
    )
    support_declined = TickField(label=_("They want no support from an agency now"))

    def __init__(self, *args: Any, needs: Sequence[Need] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kinds"] = [need.kind for need in needs]
        self.initial["urgent"] = [need.kind for need in needs if need.urgent]

    def clean(self) -> dict[str, Any]:
        """Read the open needs; what is urgent is also needed."""
        answers = super().clean() or self.cleaned_data
        kinds = set(answers.get("kinds", ()))
        if NONE in kinds and (len(kinds) > 1 or answers.get("urgent")):
            self.add_error("kinds", _("Select what they need, or only “Nothing of this”"))
        answers["kinds"] = (kinds | set(answers.get("urgent", ()))) - {NONE}
        return answers


class RiskForm(forms.Form):
    """How much danger the person is in."""

    risk = forms.ChoiceField(
        label=_("How much danger are they in?"),
        choices=[choice for choice in RiskLevel.choices if choice[0] != RiskLevel.NOT_JUDGED],
        widget=Radios(hints={RiskLevel.HIGH: _("We then speak to them more often.")}),
        error_messages={"required": _("Select how much danger they are in")},
    )
    reason = forms.CharField(
        label=_("What makes you think so?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter what makes you think so")},
    )
    review_on = DateField(
        label=_("By when must it be judged again?"),
        help_text=_("A week is usual when the risk is high, else a month."),
        what=_("the day by which to judge it again"),
        future=True,
        error_messages={"required": _("Enter the day by which it must be judged again")},
    )

    def clean_review_on(self) -> date:
        """Again is later than now."""
        day: date = self.cleaned_data["review_on"]
        if day <= clocks.today():
            raise forms.ValidationError(_("The day must be later than today"))
        return day
