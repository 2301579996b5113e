"""The room of what a person may say about something owed: a new time and why, or who does it now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clocks import LONDON
from pages.forms import DateField, Radios, TimeField


class RePlanForm(forms.Form):
    """A new time for something owed. Both parts are London's; a reason is always needed."""

    on = DateField(
        label=_("New date"),
        what=_("the new date"),
        future=True,
        error_messages={"required": _("Enter the new date")},
    )
    time = TimeField(
        label=_("New time"),
        help_text=_("For example, 9am or 14:30"),
        error_messages={"required": _("Enter the new time")},
    )
    reason = forms.CharField(
        label=_("Why is it moved?"),
        help_text=_("Codes and facts, no names: your supervisor reads this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter why it is moved")},
    )

    def due_at(self) -> datetime:
        """The moment that both parts name."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["time"], tzinfo=LONDON)


WITHIN = {
    "1": _("1 hour"),
    "4": _("4 hours"),
    "8": _("8 hours, a shift"),
    "24": _("24 hours"),
}


class AcknowledgeForm(forms.Form):
    """Who does what has gone up, what next, and by when. `people` are those who could; the first is asked for."""

    doer = forms.ChoiceField(
        label=_("Who does it?"),
        error_messages={
            "required": _("Choose who does it"),
            "invalid_choice": _("Choose somebody who works here and may see this"),
        },
    )
    what_next = forms.CharField(
        label=_("What do they do next?"),
        help_text=_("Facts, no names. It is kept in the history of the case."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Enter what they do next")},
    )
    within = forms.ChoiceField(
        label=_("By when?"),
        help_text=_(
            "Nobody else is told until then. 24 hours at most: a force default, no law gives a number."
        ),
        choices=list(WITHIN.items()),
        widget=Radios,
        error_messages={
            "required": _("Choose by when it is done"),
            "invalid_choice": _("Choose one of these times"),
        },
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), person.name) for person in people]
        self.fields["doer"].choices = choices  # type: ignore[attr-defined]
        self.fields["doer"].initial = choices[0][0] if choices else None

    def until(self, at: datetime) -> datetime:
        """So many hours from then."""
        return at + timedelta(hours=int(self.cleaned_data["within"]))


class HandoverForm(forms.Form):
    """What the next supervisor must know."""

    words = forms.CharField(
        label=_("What must the next supervisor know?"),
        help_text=_("Name cases by their reference: what is owed on them is on the desk already."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Enter what the next supervisor must know"),
            "max_length": _("It must be 4,000 characters or fewer"),
        },
    )
