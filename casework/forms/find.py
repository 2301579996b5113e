"""The room of the one box in which a case or a person is looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST = 2


class FindForm(forms.Form):
    """What to look for."""

    sought = forms.CharField(
        label=_("Reference, name, date of birth or incident number"),
        help_text=_("For example, HF-4F7K3, or 3 March 1999. Spelling may be rough."),
        min_length=SHORTEST,
        max_length=100,
        error_messages={
            "required": _("Enter what to look for"),
            "min_length": _("Enter at least 2 letters or numbers"),
            "max_length": _("Enter 100 letters or fewer"),
        },
    )
