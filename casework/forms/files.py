"""The room of what is asked about a file of a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import FileKind
from pages.forms import Radios

FEW_ROWS = {"rows": 3}


class FileForm(forms.Form):
    """A file to be added, what it is and what it shows."""

    file = forms.FileField(
        label=_("Choose a file"),
        allow_empty_file=True,  # what is in it is judged in one place
        max_length=None,
        error_messages={"required": _("Choose a file")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=FileKind.choices,
        widget=Radios,
        error_messages={"required": _("Select what it is")},
    )
    words = forms.CharField(
        label=_("What does it show or say?"),
        help_text=_("A few words, so that others find it: what of, and from when"),
        max_length=200,
        error_messages={"required": _("Enter what it shows or says")},
    )


class DealtWithForm(forms.Form):
    """What was done about a file in which the scanner found something."""

    words = forms.CharField(
        label=_("What did you do about it?"),
        help_text=_("For example: told who sent it, asked for a clean copy, told the IT desk"),
        max_length=500,
        widget=forms.Textarea(attrs=FEW_ROWS),
        error_messages={"required": _("Enter what you did about it")},
    )


class TakeOutForm(forms.Form):
    """Why a file is taken out of a case."""

    why = forms.CharField(
        label=_("Why is it taken out?"),
        help_text=_("For example: it belongs to another case"),
        max_length=500,
        widget=forms.Textarea(attrs=FEW_ROWS),
        error_messages={"required": _("Enter why it is taken out")},
    )
