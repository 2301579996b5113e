"""The room of how we ask when, how and in which language somebody is asked, and what was done about what they said."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import NotAskedBecause, VoiceDone
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


class NotAskedForm(forms.Form):
    """About what somebody is not asked, and why."""

    point = forms.ChoiceField(
        label=_("About what are they not asked?"),
        widget=Radios,
        error_messages={"required": _("Select what they are not asked about")},
    )
    why = forms.ChoiceField(
        label=_("Why are they not asked?"),
        choices=NotAskedBecause.choices,
        widget=Radios,
        error_messages={"required": _("Select why they are not asked")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Only people whom it is not about can read this."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Your own words must be 500 letters or fewer")},
    )

    def __init__(self, *args: Any, waiting: Collection[str], **kwargs: Any) -> None:
        """`waiting`: the points at which nobody asked them yet."""
        super().__init__(*args, **kwargs)
        point: Any = self.fields["point"]
        point.choices = [each for each in Point.choices if each[0] in waiting]
        if len(point.choices) == 1:
            point.initial = point.choices[0][0]

    def clean(self) -> dict[str, Any]:
        """Another reason is said."""
        told = super().clean() or self.cleaned_data
        if told.get("why") == NotAskedBecause.OTHER and not told.get("words", "").strip():
            self.add_error("words", _("Enter why they are not asked"))
        return told


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
