"""The room of dates and times as officers type them: read leniently, never guessed."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clocks import today
from pages.forms.widgets import DateParts

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
SEPARATORS = re.compile(r"[\s/.,\-]+")
ORDINAL = re.compile(r"^(\d{1,2})(st|nd|rd|th)$")
TIME = re.compile(r"^(\d{1,2})(?:[:.h]?(\d{2}))?(am|pm)?$")
EARLIEST_YEAR = 1900
THE_DATE = _("the date")


class DateField(forms.Field):
    """A known date in three parts. Errors name `what`, e.g. "The date you met them"."""

    widget = DateParts
    default_error_messages = {
        "required": _("Enter %(what)s"),
        "missing": _("%(What)s must include a %(missing)s"),
        "unreal": _("%(What)s must be a real date, for example 3 March 2026"),
        "future": _("%(What)s must be today or in the past"),
        "past": _("%(What)s must be today or in the future"),
    }

    def __init__(
        self, *, what: Any = THE_DATE, past: bool = False, future: bool = False, **kwargs: Any
    ) -> None:
        self.what = what
        self.past = past
        self.future = future
        super().__init__(**kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        """Read what was typed, or say what is wrong with it."""
        day = self.to_python(value)
        if day is None and self.required:
            raise self._problem("required")
        self.run_validators(day)
        return day

    def to_python(self, value: Any) -> datetime.date | None:
        """Read three boxes, one of which may hold the whole date."""
        if value is None or isinstance(value, datetime.date):
            return value
        typed = _spread([str(part).strip() for part in value])
        if not any(typed):
            return None
        missing = [name for name, text in zip(DateParts.PARTS, typed, strict=True) if not text]
        if missing:
            words = _(" and ").join(str(DateParts.LABELS[name]).lower() for name in missing)
            raise self._problem("missing", parts=missing, missing=words)
        try:
            day = datetime.date(self._year(typed[2]), _month(typed[1]), _day(typed[0]))
        except (ValueError, OverflowError) as unreal:
            raise self._problem("unreal") from unreal
        self._check_side(day)
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, not the way they were typed."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def _year(self, text: str) -> int:
        year = int(text)
        if len(text) == 2:
            this_year = today().year
            year += this_year // 100 * 100
            if self.past and year > this_year:  # "85" for a birth is 1985, not 2085
                year -= 100
        if not EARLIEST_YEAR <= year <= 9999:
            raise ValueError
        return year

    def _check_side(self, day: datetime.date) -> None:
        if self.past and day > today():
            raise self._problem("future")
        if self.future and day < today():
            raise self._problem("past")

    def _problem(self, code: str, **params: Any) -> ValidationError:
        what = str(self.what)
        return ValidationError(
            self.error_messages[code],
            code=code,
            params={"what": what, "What": capfirst(what), **params},
        )


class TimeField(forms.CharField):
    """A time of day in one short box: "5pm", "17:30", "1730", "midnight"."""

    NAMED = {"midnight": datetime.time(0), "noon": datetime.time(12), "midday": datetime.time(12)}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example, 5:30pm or 17:30"))
        invalid = {"invalid": _("Enter a time, for example 5:30pm or 17:30")}
        kwargs["error_messages"] = invalid | (kwargs.get("error_messages") or {})
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored time as 17:30, and typed words as they were typed."""
        return f"{value:%H:%M}" if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> Any:
        """Read a time however it was typed."""
        if value is None or isinstance(value, datetime.time):
            return value
        text = re.sub(r"\s+", "", str(value)).lower()
        if not text:
            return None
        if text in self.NAMED:
            return self.NAMED[text]
        try:
            return _time(text)
        except ValueError as unreal:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from unreal

    def run_validators(self, value: Any) -> None:
        """A time has no length and no null characters to check."""


class ApproximateDateField(forms.CharField):
    """A date as the person remembers it: "about March 2025", "last winter"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("help_text", _("For example, about March 2025 or last winter"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-20"}))
        super().__init__(**kwargs)


def _spread(typed: list[str]) -> list[str]:
    """A whole date typed or pasted into the first box, spread over the three."""
    if typed[0] and not typed[1]:
        pieces = [piece for piece in SEPARATORS.split(typed[0]) if piece]
        if len(pieces) == 3 and not typed[2]:
            # 2026-03-03 is year first
            return pieces[::-1] if len(pieces[0]) == 4 else pieces
        if len(pieces) == 2:
            return [*pieces, typed[2]]
    return [SEPARATORS.sub("", part) for part in typed]


def _day(text: str) -> int:
    ordinal = ORDINAL.match(text.lower())
    return int(ordinal.group(1) if ordinal else text)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    name = text.lower()
    found = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name)]
    if len(name) < 3 or len(found) != 1:
        raise ValueError
    return found[0]


def _time(text: str) -> datetime.time:
    found = TIME.match(text)
    if not found:
        raise ValueError
    hour, minute, half = int(found.group(1)), int(found.group(2) or 0), found.group(3)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif found.group(2) is None:
        raise ValueError  # "5" alone could be morning or evening: never guess
    return datetime.time(hour, minute)
