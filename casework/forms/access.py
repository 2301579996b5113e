"""The room of how we ask why somebody opens a case, in an emergency or not, or must keep away from one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Tie, User
from accounts.permissions import Permission
from accounts.reasons import SHORTEST, LookReason
from casework.models import EmergencyFinding, EmergencyReason
from pages.forms import Radios


class BreakGlassForm(forms.Form):
    """Why the case must be opened now."""

    reason = forms.ChoiceField(
        label=_("Why must you open it now?"),
        choices=EmergencyReason.choices,
        widget=Radios,
        error_messages={"required": _("Select why you must open it now")},
    )
    words = forms.CharField(
        label=_("What has happened?"),
        help_text=_("The case's team and your force's auditor read this."),
        min_length=SHORTEST,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Enter what has happened"),
            "min_length": _("Say what has happened in 20 letters or more"),
            "max_length": _("What has happened must be 500 letters or fewer"),
        },
    )


class WhyForm(forms.Form):
    """Why somebody opens a case outside their own work; its fields are named apart from what was typed before."""

    why_reason = forms.ChoiceField(
        label=_("Why do you open it?"),
        choices=LookReason.choices,
        widget=Radios,
        error_messages={"required": _("Select why you open it")},
    )
    why_words = forms.CharField(
        label=_("Anything to add?"),
        help_text=_("Only if it is something else must you say what."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("What you add must be 500 letters or fewer")},
    )

    def clean(self) -> dict[str, Any]:
        """Something else needs words."""
        answers = super().clean() or self.cleaned_data
        words = answers.get("why_words", "").strip()
        if answers.get("why_reason") == LookReason.OTHER and len(words) < SHORTEST:
            self.add_error("why_words", _("Say why in 20 letters or more"))
        return answers


class EmergencyReviewForm(forms.Form):
    """What a review of an emergency access came to."""

    finding = forms.ChoiceField(
        label=_("What did you find?"),
        choices=EmergencyFinding.choices,
        widget=Radios,
        error_messages={"required": _("Select what you found")},
    )
    words = forms.CharField(
        label=_("How do you know?"),
        help_text=_("For example: spoke to her sergeant, and the incident log shows the call."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Enter how you know"),
            "max_length": _("How you know must be 500 letters or fewer"),
        },
    )


class ConflictForm(forms.Form):
    """Who knows somebody in this case, and how."""

    username = forms.CharField(
        label=_("Who? Leave it empty if it is you"),
        help_text=_("The sign-in name of the person to whom this case is closed."),
        required=False,
        max_length=150,
    )
    tie = forms.ChoiceField(
        label=_("How do they know somebody in this case?"),
        choices=Tie.choices,
        widget=Radios,
        error_messages={"required": _("Select how they know somebody in this case")},
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not by.can(Permission.CONFLICT_RECORD):
            del self.fields["username"]
            self.fields["tie"].label = _("How do you know somebody in this case?")
            self.fields["tie"].error_messages["required"] = _(
                "Select how you know somebody in this case"
            )

    def clean_username(self) -> User:
        """The person it is about."""
        typed = self.cleaned_data["username"].strip()
        colleagues = User.objects.active().filter(force=self.by.force_id)
        found = colleagues.filter(username__iexact=typed).first()
        if typed and found is None:
            raise ValidationError(_("Nobody in your force has this sign-in name"))
        return found or colleagues.get(pk=self.by.person_id)

    def clean(self) -> dict[str, Any]:
        """Without the question it is whoever asks."""
        answers = super().clean() or self.cleaned_data
        if "username" not in self.fields:
            answers["username"] = User.objects.get(pk=self.by.person_id)
        return answers


class ConflictEndForm(forms.Form):
    """Why a case need not be closed to somebody any longer."""

    why = forms.CharField(
        label=_("Why need they not keep away any longer?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Enter why they need not keep away any longer"),
            "max_length": _("The reason must be 500 letters or fewer"),
        },
    )
