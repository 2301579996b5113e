"""The room of how we ask what was done for the duties of a case."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from casework.forms.when import WhenForm
from casework.models import TOLD_TO_STOP, StoppedHow
from pages.answers import Answer
from pages.forms import AnswerField, Radios

# Codes only: a reference is shown in places where a name must not be.
CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9/_.-]*$",
    _("Enter the reference only: letters, digits, hyphens and slashes, no spaces and no name"),
)


class SafetyForm(WhenForm):
    """Whether the person is safe now."""

    apart = AnswerField(label=_("Are they away from whoever exploits them?"))
    medical = AnswerField(label=_("Have they had the medical help they need?"))
    tonight = AnswerField(label=_("Do they have a safe place tonight?"))
    is_safe = AnswerField(
        label=_("Are they safe now?"),
        help_text=_("Your judgement. Anything but yes keeps this as the next thing to do."),
    )

    def clean(self) -> dict[str, Any]:
        """Only a yes is safe, and not without a safe place tonight."""
        answers = super().clean()
        said = answers.get("is_safe")
        if said == Answer.NOT_ASKED:
            self.add_error("is_safe", _("Select whether they are safe now"))
        if said == Answer.YES and answers.get("tonight") == Answer.NO:
            self.add_error(
                "is_safe", _("They have no safe place tonight, so they are not safe yet")
            )
        answers["is_safe"] = said == Answer.YES
        return answers


class CrimeForm(WhenForm):
    """The number of the crime."""

    number = forms.CharField(
        label=_("Crime number"),
        max_length=50,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": _("Enter the crime number")},
    )
    other_force = forms.CharField(
        label=_("If another force recorded it: which?"), max_length=200, required=False
    )


class AuthorityForm(WhenForm):
    """Whom we told at the local authority."""

    authority = forms.CharField(
        label=_("Which local authority did you tell?"),
        max_length=200,
        error_messages={"required": _("Enter the local authority you told")},
    )
    contact_name = forms.CharField(
        label=_("Whom did you speak to there?"), max_length=200, required=False
    )
    reference = forms.CharField(
        label=_("Their reference, if they gave one"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class SharingStoppedForm(WhenForm):
    """What was done after the person took back an agreement."""

    purpose = forms.ChoiceField(
        label=_("What did they take back?"),
        choices=[(each.value, each.label) for each in TOLD_TO_STOP],
        widget=Radios,
        error_messages={"required": _("Select what they took back")},
    )
    how = forms.ChoiceField(
        label=_("What was done?"),
        choices=StoppedHow.choices,
        widget=Radios,
        error_messages={"required": _("Select what was done")},
    )
    told = forms.CharField(
        label=_("Who was told to stop?"),
        help_text=_("The body and whom you spoke to. For contact by the police: the team."),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=_("If it goes on: for which reason in law?"),
        help_text=_("Such as a duty to keep somebody safe. Say who decided that."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who was told is named, and what goes on has its reason."""
        answers = super().clean()
        if answers.get("how") == StoppedHow.TOLD and not answers.get("told"):
            self.add_error("told", _("Enter who was told to stop"))
        if answers.get("how") == StoppedHow.LAWFUL and not answers.get("reason"):
            self.add_error("reason", _("Enter the reason in law for which it goes on"))
        return answers


class LeavesForm(WhenForm):
    """Something was sent to the Home Office; of whoever is not in date for it, why nobody read it first."""

    unread = forms.CharField(
        label=_("If nobody who is in date has read it: why it could not wait"),
        help_text=_("Whoever reads it then reads this too."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Your reason must be 1,000 letters or fewer")},
    )

    def __init__(self, *args: Any, must_be_read: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not must_be_read:
            del self.fields["unread"]


class NrmForm(LeavesForm):
    """The Home Office referral that was sent."""

    home_office_reference = forms.CharField(
        label=_("Home Office reference"),
        help_text=_("From their e-mail. Leave it empty if it has not come yet."),
        max_length=50,
        required=False,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class NotifyForm(LeavesForm):
    """The notification that was sent without a name."""

    reference = forms.CharField(
        label=_("Reference of the notification"),
        help_text=_("From the Home Office's e-mail. Never a name."),
        max_length=50,
        required=False,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class ReviewForm(forms.Form):
    """What a supervisor found."""

    findings = forms.CharField(
        label=_("What did you find, and what happens next?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Enter what you found and what happens next")},
    )
