"""The room of how we ask what two people must think through: rights, section 45, immigration enforcement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.when import WhenForm
from casework.models import Case, Section45Outcome
from pages.answers import Answer
from pages.forms import AnswerField, DateField, Radios, TickField
from victims.models import AgeBand

YES, NO = "yes", "no"


class EnhancedForm(forms.Form):
    """Whether the person has enhanced rights, and if not, why not."""

    enhanced = forms.ChoiceField(
        label=_("Do they have enhanced rights?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=Radios,
        error_messages={"required": _("Select yes or no")},
    )
    reason = forms.CharField(
        label=_("If not: why not?"),
        help_text=_("Victims of modern slavery have them. There must be a reason in this case."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhanced"].initial = YES if case.enhanced else NO

    def clean(self) -> dict[str, Any]:
        """Off only with a reason."""
        answers = super().clean() or self.cleaned_data
        answers["enhanced"] = answers.get("enhanced") != NO
        if not answers["enhanced"] and not answers.get("reason"):
            self.add_error("reason", _("Enter why they have no enhanced rights"))
        return answers


class Section45Form(WhenForm):
    """Whether the person was made to do it, and whether the offence is one without the defence."""

    offence = forms.CharField(
        label=_("Which offence?"),
        max_length=200,
        error_messages={"required": _("Enter the offence")},
    )
    act_on = DateField(
        label=_("On which day was it done, if known?"),
        what=_("the day on which it was done"),
        past=True,
        required=False,
    )
    age_then = forms.ChoiceField(
        label=_("How old were they then?"),
        help_text=_("Under 18: nobody need have forced them."),
        choices=AgeBand.choices,
        widget=Radios,
        error_messages={"required": _("Select how old they were")},
    )
    schedule_4 = forms.ChoiceField(
        label=_("Is the offence in Schedule 4 of the Modern Slavery Act 2015?"),
        help_text=_(
            "For example murder, manslaughter, kidnapping, false imprisonment, perverting the course "
            "of justice, threats to kill, wounding, robbery, some firearms offences."
        ),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=Radios,
        error_messages={"required": _("Look it up, then select yes or no")},
    )
    findings = forms.CharField(
        label=_("What did you ask, and what did you find?"),
        help_text=_(
            "Who made them do it, how, what they could have done instead; age, sex, illness, disability."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Enter what you asked and what you found")},
    )
    outcome = forms.ChoiceField(
        label=_("What do you conclude?"),
        choices=Section45Outcome.choices,
        widget=Radios,
        error_messages={"required": _("Select what you conclude")},
    )

    def clean(self) -> dict[str, Any]:
        """What is concluded fits whether the offence is in Schedule 4."""
        answers = super().clean()
        if "schedule_4" not in answers or "outcome" not in answers:
            return answers
        listed = answers["schedule_4"] = answers["schedule_4"] == YES
        if listed != (answers["outcome"] == Section45Outcome.NOT_AVAILABLE):
            self.add_error(
                "outcome",
                _("The defence is not available for an offence in Schedule 4, and only for these"),
            )
        return answers


class DecideForm(forms.Form):
    """A second person's yes or no, and why."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=Radios,
        error_messages={"required": _("Select what you decide")},
    )
    note = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter why")},
    )

    def __init__(self, *args: Any, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)
        decision.choices = [(YES, yes), (NO, no)]

    def clean(self) -> dict[str, Any]:
        """The decision as yes or no."""
        answers = super().clean() or self.cleaned_data
        answers["decision"] = answers.get("decision") == YES
        return answers


class ShareForm(forms.Form):
    """What somebody wants to tell immigration enforcement, on which basis, and why it is necessary."""

    recipient = forms.CharField(
        label=_("Who would be told?"),
        max_length=200,
        error_messages={"required": _("Enter who would be told")},
    )
    what = forms.CharField(
        label=_("What exactly would be shared?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter what would be shared")},
    )
    basis = forms.CharField(
        label=_("Which law allows it?"),
        max_length=300,
        error_messages={"required": _("Enter the law that allows it")},
    )
    necessity = forms.CharField(
        label=_("Why is it necessary, and what would harm them less?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter why it is necessary")},
    )
    person_told = AnswerField(label=_("Does the person know?"))

    def clean(self) -> dict[str, Any]:
        """Whether the person knows is asked before anybody decides."""
        answers = super().clean() or self.cleaned_data
        if answers.get("person_told") == Answer.NOT_ASKED:
            self.add_error("person_told", _("Select whether the person knows"))
        return answers


class SharedForm(WhenForm):
    """That what was approved, and nothing else, was shared."""

    only_this = TickField(
        label=_("Only what was approved was shared, and only with whom it was approved for"),
        error_messages={"required": _("Confirm that nothing else was shared")},
    )
