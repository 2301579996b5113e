"""The room of what a person may say about something owed: a new time, and why."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from clocks import LONDON
from pages.forms import DateField, TimeField


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
