"""The room of the gallery: invented examples of every part that pages are made of."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from pages.forms import (
    AnswerField,
    ApproximateDateField,
    Checkboxes,
    DateField,
    Radios,
    TickField,
    TimeField,
)

RISKS = [
    ("danger", _("They are in danger now")),
    ("medical", _("They need medical help")),
    ("suspect", _("The suspected exploiter is nearby")),
    ("none", _("None of these")),
]
PREFERENCES = [
    ("woman", _("A woman")),
    ("man", _("A man")),
    ("either", _("No preference")),
    ("not_asked", _("Not asked")),
]


class GalleryForm(forms.Form):
    """One of each kind of question."""

    what = forms.CharField(
        label=_("What did you see, or what did they say?"),
        help_text=_("One sentence is enough. Use their own words where you can."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter what you saw or what they said")},
    )
    called = forms.CharField(label=_("What do they want to be called?"), max_length=100)
    met_on = DateField(
        label=_("When did you meet them?"),
        what=_("the date you met them"),
        help_text=_("For example, 31 3 2026"),
        past=True,
    )
    met_at = TimeField(label=_("At what time?"), required=False)
    since = ApproximateDateField(label=_("Since when?"), required=False)
    interpreter = AnswerField(label=_("Do they need an interpreter?"))
    officer = forms.ChoiceField(
        label=_("Who would they rather speak to?"),
        choices=PREFERENCES,
        widget=Radios(inline=True, small=True),
        error_messages={"required": _("Select who they would rather speak to")},
    )
    child = forms.ChoiceField(
        label=_("Do they look under 18?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("not_known", _("Not sure"))],
        widget=Radios(
            hints={"not_known": _("Treat them as a child until you know")}, divider="not_known"
        ),
        error_messages={"required": _("Select whether they look under 18")},
    )
    risks = forms.MultipleChoiceField(
        label=_("What is dangerous now?"),
        choices=RISKS,
        widget=Checkboxes(exclusive="none"),
        error_messages={"required": _("Select what is dangerous now, or none of these")},
    )
    nation = forms.ChoiceField(
        label=_("Nation"), choices=[("", _("Choose")), ("england", "England"), ("wales", "Cymru")]
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    register = forms.FileField(label=_("Training list (CSV, at most 1 MB)"), required=False)
    plain_clothes = TickField(label=_("Come in plain clothes"), help_text=_("Not at a station"))


def gallery_parts() -> dict[str, Any]:
    """What the parts of the gallery page show."""
    return {
        "page_obj": Paginator(range(1, 239), 25).page(4),
        "headings": [_("Officer"), _("Course")],
        "rows": [
            (2, ["PC 1001", "PIP2"], _("Will be added"), True),
            (3, ["PC 9999", "PIP2"], _("No such officer: check the number"), False),
        ],
    }
