"""The room of how we ask what came of looking into a hit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import MisuseFinding
from pages.forms import Radios


class MisuseForm(forms.Form):
    """What was found, and how one knows."""

    finding = forms.ChoiceField(
        label=_("What did you find?"),
        choices=MisuseFinding.choices,
        widget=Radios,
        error_messages={"required": _("Select what you found")},
    )
    words = forms.CharField(
        label=_("How do you know?"),
        help_text=_("Say nothing of any person in a case."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Enter how you know"),
            "max_length": _("How you know must be 500 letters or fewer"),
        },
    )
