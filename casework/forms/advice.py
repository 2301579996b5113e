"""The room of how we ask what a specialist is asked, and what they answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models.advice import LONGEST
from pages.forms import Radios

URGENT = "urgent"


class QuestionForm(forms.Form):
    """What somebody wants to know, and how soon."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_(
            "Say what you see and what you must decide. They can open the case: no need to tell it again."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Enter what you want to know"),
            "max_length": _("Your question must be 2,000 letters or fewer"),
        },
    )
    when = forms.ChoiceField(
        label=_("How soon must you know?"),
        choices=[
            (URGENT, _("Now: somebody may be in danger, or waits with me")),
            ("later", _("By the next working day")),
        ],
        widget=Radios,
        error_messages={"required": _("Select how soon you must know")},
    )


class AnswerForm(forms.Form):
    """What the specialist advises."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("What to do now, and why. It stays with the case."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Enter your answer"),
            "max_length": _("Your answer must be 2,000 letters or fewer"),
        },
    )
