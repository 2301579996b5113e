"""The room of the question when something happened: just now, unless told otherwise."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

import clocks
from clocks import LONDON
from pages.forms import DateField, TimeField


def moment(on: date | None, wall: time | None) -> datetime | None:
    """The instant of a date and a time in London; a time alone is today's, neither is none."""
    if on is None and wall is None:
        return None
    if wall is None:
        raise ValidationError(_("Enter the time as well, about when is enough"))
    return datetime.combine(on or clocks.today(), wall, LONDON)


class WhenForm(forms.Form):
    """A form about something that happened; its answers hold `at`."""

    on = DateField(
        label=_("Date, if it was not just now"),
        help_text=_("Leave date and time empty for now. A time alone means today."),
        what=_("the date it happened"),
        past=True,
        required=False,
    )
    time = TimeField(label=_("Time, if it was not just now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in {"on", "time"}])

    def clean(self) -> dict[str, Any]:
        """Read date and time as one instant that is not in the future."""
        answers = super().clean() or self.cleaned_data
        now = clocks.now()
        try:
            at = moment(answers.pop("on", None), answers.pop("time", None)) or now
        except ValidationError as wrong:
            self.add_error("time", wrong)
            return answers
        if at > now:
            self.add_error("time", _("This is in the future. Enter when it happened"))
        answers["at"] = at
        return answers
