"""The room of how we ask when, how and in which language somebody is asked, and what was done about what they said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import VoiceDone
from casework.voice.questions import Point, sheets
from pages.forms import Radios

NOW, LINK = "now", "link"


class PointForm(forms.Form):
    """About what, and in which language, somebody is asked."""

    point = forms.ChoiceField(
        label=_("What do you ask about?"),
        choices=Point.choices,
        widget=Radios,
        error_messages={"required": _("Select what you ask about")},
    )
    language = forms.ChoiceField(label=_("In which language?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["language"]
        languages.choices = [
            (
                each.code,
                each.language
                if each.checked
                else _("%s (demo: not checked by a translator)") % each.language,
            )
            for each in sheets().values()
        ]


class AskForm(PointForm):
    """The same, and how."""

    way = forms.ChoiceField(
        label=_("How do they answer?"),
        choices=[
            (NOW, _("I am with them and ask them now")),
            (LINK, _("By themselves, with a link or a square for their phone's camera")),
        ],
        widget=Radios,
        error_messages={"required": _("Select how they answer")},
    )


class DealForm(forms.Form):
    """What was done about what somebody said."""

    done = forms.ChoiceField(
        label=_("What was done?"),
        choices=VoiceDone.choices,
        widget=Radios,
        error_messages={"required": _("Select what was done")},
    )
    words = forms.CharField(
        label=_("How, and by whom?"),
        help_text=_("Only people whom it is not about can read this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Enter how and by whom"),
            "max_length": _("How and by whom must be 1,000 letters or fewer"),
        },
    )
