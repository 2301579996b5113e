"""The room of how we ask what the person agreed to: each thing by itself, with how it was explained."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from pages.answers import Answer
from pages.forms import AnswerField, Radios
from victims.models import FOR_AGENCIES, BestInterests, ConsentOutcome, Notice, Purpose

# What must be said of somebody who could not decide, and the sentence when it is not.
BEST_INTERESTS = {
    "best_interests": _("Select what was decided in their best interests"),
    "best_interests_by": _("Enter who decided in their best interests"),
    "best_interests_why": _("Enter why they could not decide, and why this is best for them"),
}


class ConsentForm(forms.Form):
    """What somebody explained, and what the person decided."""

    purpose = forms.ChoiceField(
        label=_("What did they decide about?"),
        choices=Purpose.choices,
        widget=Radios,
        error_messages={"required": _("Select what they decided about")},
    )
    agency = forms.ModelChoiceField(
        label=_("If it is about an agency: which?"),
        queryset=Agency.objects.none(),
        empty_label=_("Every agency"),
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("What did they decide?"),
        choices=ConsentOutcome.choices,
        widget=Radios,
        error_messages={"required": _("Select what they decided")},
    )
    reason = forms.CharField(
        label=_("Why, in their words?"),
        help_text=_("Only if they want to say. Nothing is held against them."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    best_interests = forms.ChoiceField(
        label=_("What was decided in their best interests?"),
        choices=BestInterests.choices,
        widget=Radios,
        required=False,
    )
    best_interests_by = forms.CharField(
        label=_("Who decided that?"),
        help_text=_("Name and role, and who was asked: somebody close to them, or an advocate."),
        max_length=200,
        required=False,
    )
    best_interests_why = forms.CharField(
        label=_("Why could they not decide, and why is this best for them?"),
        help_text=_("Also what was done to help them decide, and what they wish themselves."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    notice = forms.ChoiceField(
        label=_("Which notice was explained?"),
        choices=Notice.choices,
        widget=Radios,
        error_messages={"required": _("Select which notice was explained")},
    )
    language = forms.CharField(
        label=_("Which language was it explained in?"), max_length=100, required=False
    )
    interpreter_used = AnswerField(
        label=_("Was it explained through an interpreter?"),
        help_text=_("Never a friend, a relative or somebody they worked with."),
    )
    interpreter = forms.CharField(
        label=_("Which interpreter?"),
        help_text=_("Their name or number at the interpreting service"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        """Only sharing names an agency; an interpreter is named; who could not decide has a best-interests decision."""
        answers = super().clean() or self.cleaned_data
        if answers.get("agency") and answers.get("purpose") not in {None, *FOR_AGENCIES}:
            self.add_error("agency", _("An agency is named only for sharing with an agency"))
        if answers.get("interpreter_used") == Answer.YES and not answers.get("interpreter"):
            self.add_error("interpreter", _("Enter which interpreter, by name or number"))
        self._check_best_interests(answers)
        return answers

    def _check_best_interests(self, answers: dict[str, Any]) -> None:
        told = {name: answers.get(name) for name in BEST_INTERESTS}
        if answers.get("outcome") == ConsentOutcome.NO_CAPACITY:
            for name, sentence in BEST_INTERESTS.items():
                if not told[name]:
                    self.add_error(name, sentence)
        elif answers.get("outcome") and any(told.values()):
            self.add_error(
                "outcome",
                _(
                    "A best-interests decision is only for somebody who could not decide."
                    " Select that, or empty those answers"
                ),
            )
