"""The room of the one box in which a case or a person is looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST = 2


class FindForm(forms.Form):
    """What to look for."""

    sought = forms.CharField(
        label=_("Name, date of birth, phone, place or reference"),
        help_text=_(
            "For example, Jon Smyth 3 March 1999, 07700 900123, or HF-4F7K3."
            " Any spelling and any alphabet will do."
        ),
        min_length=SHORTEST,
        max_length=100,
        error_messages={
            "required": _("Enter what to look for"),
            "min_length": _("Enter at least 2 letters or numbers"),
            "max_length": _("Enter 100 letters or fewer"),
        },
    )


class LookedIntoForm(forms.Form):
    """What the team decided about somebody who searched for its person."""

    note = forms.CharField(
        label=_("What did you decide?"),
        help_text=_(
            "For example: spoke to her, her search was about this case, she is on the team."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter what you decided, even if it is to do nothing")},
    )
