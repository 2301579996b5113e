"""The room of the questions of a concern: four short pages, or the same on one."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

import clocks
from casework.indicators import INDICATORS, NONE_YET
from casework.models import Case
from clocks import LONDON
from pages.answers import Answer
from pages.forms import AnswerField, Checkboxes, DateField, Radios, TimeField
from victims.models import AgeBand, Channel, OfficerPreference, SafeContact

MIDDAY = time(12)
# What lies sealed is never copied into the history's plain words.
SEALED = {"place", "contact_details", "contact_when", "contact_notes"}


class ConcernForm(forms.Form):
    """Part of a concern. `leaving`: the officer stops here, so nothing is demanded."""

    def __init__(self, *args: Any, leaving: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if leaving:
            for question in self.fields.values():
                question.required = False

    def answers(self) -> dict[str, Any]:
        """What could be read of the answers, as the actions take them."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.asked}

    def unread(self) -> str:
        """What was typed but could not be read, question by question, for the history."""
        return "\n".join(
            f"{self[name].label}: {_plain(self[name].value())}"
            for name in self.errors
            if name in self.fields and name not in SEALED and _plain(self[name].value())
        )

    @property
    def asked(self) -> set[str]:
        """The questions whose answers are stored as they are."""
        return set(self.fields) - {"met_on", "met_time"}


class DangerPage(ConcernForm):
    """Page 1: danger and age."""

    danger = AnswerField(
        label=_("Is anyone in danger now?"), initial=None, widget=Radios(inline=True)
    )
    age_band = forms.ChoiceField(
        label=_("Do they look under 18?"),
        choices=[
            (AgeBand.CHILD, _("Yes")),
            (AgeBand.ADULT, _("No")),
            (AgeBand.UNSURE, _("Not sure - treat as a child")),
        ],
        widget=Radios(inline=True),
        required=False,
        error_messages={"invalid_choice": _("Select one of the answers shown")},
    )

    def clean_age_band(self) -> str:
        """Left alone it is not sure, and that is treated as a child [MSA 2015 s51]."""
        return self.cleaned_data["age_band"] or AgeBand.UNSURE


class PlacePage(ConcernForm):
    """Page 2: where and when."""

    place = forms.CharField(
        label=_("Where are you?"),
        help_text=_("An address, a road, or what is nearby."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    met_on = DateField(
        label=_("If it was not just now, on which day?"),
        help_text=_("Leave empty for now. For example, 31 3 2026"),
        what=_("the day"),
        required=False,
        past=True,
    )
    met_time = TimeField(
        label=_("At about what time?"),
        help_text=_("For example, 5:30pm or 17:30. Midday if you leave it empty."),
        required=False,
    )
    incident_number = forms.CharField(
        label=_("Incident number, if you have it"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"max_length": _("The incident number must be 50 characters or fewer")},
    )

    def clean(self) -> dict[str, Any]:
        """When it was: now, unless a day or a time was given; never later than now."""
        read = super().clean() or self.cleaned_data
        if self.errors.get("met_on") or self.errors.get("met_time"):
            return read
        met_at = _moment(read.get("met_on"), read.get("met_time"))
        if met_at and met_at > clocks.now():
            if read.get("met_time"):
                self.add_error("met_time", _t("The time must be in the past"))
                return read
            met_at = clocks.now()
        read["met_at"] = met_at
        return read

    @property
    def asked(self) -> set[str]:
        """The day and the time make one moment; None is the moment of logging."""
        return super().asked | {"met_at"}


class WordsPage(ConcernForm):
    """Page 3: their words first, then the signs."""

    first_words = forms.CharField(
        label=_("What did you see, or what did they say?"),
        help_text=_("One sentence is enough. Use their own words where you can."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Enter what you saw or what they said. One sentence is enough.")
        },
    )
    indicators = forms.MultipleChoiceField(
        label=_("Which of these signs do you see?"),
        choices=INDICATORS,
        required=False,
        widget=Checkboxes(exclusive=NONE_YET),
        error_messages={"invalid_choice": _("Select signs from the list")},
    )

    def clean_indicators(self) -> list[str]:
        """ "None yet" beside a sign is a slip: the sign holds."""
        chosen: list[str] = self.cleaned_data["indicators"]
        return [code for code in chosen if code != NONE_YET] or chosen


class PersonPage(ConcernForm):
    """Page 4: what to call them, how to speak with them, how to reach them safely."""

    called = forms.CharField(
        label=_("What should we call them?"),
        help_text=_("The name they give you. Leave empty if you do not know."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"max_length": _("The name must be 200 characters or fewer")},
    )
    language = forms.CharField(
        label=_("Language and dialect"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"max_length": _("The language must be 100 characters or fewer")},
    )
    interpreter = AnswerField(
        label=_("Do they need an interpreter?"), initial=None, widget=Radios(inline=True)
    )
    officer_preference = forms.ChoiceField(
        label=_("Would they rather speak to a woman or a man?"),
        choices=OfficerPreference.choices,
        required=False,
        widget=Radios(inline=True),
        error_messages={"invalid_choice": _("Select one of the answers shown")},
    )
    contact_safe = AnswerField(
        label=_("Is there a safe way to reach them?"), initial=None, widget=Radios(inline=True)
    )
    contact_channel = forms.ChoiceField(
        label=_("How?"),
        choices=Channel.choices,
        required=False,
        widget=Radios(inline=True),
        error_messages={"invalid_choice": _("Select one of the ways shown")},
    )
    contact_details = forms.CharField(
        label=_("Number or address"),
        help_text=_("It is kept sealed, and shown only to whoever must reach them."),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    contact_when = forms.CharField(
        label=_("When is it safe?"),
        help_text=_("For example, weekdays before 3pm"),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    contact_notes = forms.CharField(
        label=_("What must we know before we use it?"),
        help_text=_("For example, who else sees the phone, or a word to say first."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_officer_preference(self) -> str:
        """Left alone it was not asked."""
        return self.cleaned_data["officer_preference"] or OfficerPreference.NOT_ASKED


class WholeConcern(PersonPage, WordsPage, PlacePage, DangerPage):
    """The same questions on one page, for a desk."""


ALL = "all"
PAGES: dict[str, type[ConcernForm]] = {
    "1": DangerPage,
    "2": PlacePage,
    "3": WordsPage,
    "4": PersonPage,
    ALL: WholeConcern,
}


def stored_answers(case: Case, rules: list[SafeContact]) -> dict[str, Any]:
    """The answers of a concern as they stand, to be shown in its forms. Never the number itself."""
    victim = case.victim
    rule = next((each for each in rules if each.details or each.when or each.notes), None)
    rule = rule or next(iter(rules), None)
    earlier = case.met_at != case.logged_at
    met = case.met_at.astimezone(LONDON)
    return {
        "danger": case.danger,
        "age_band": victim.age_band,
        "place": case.place,
        "met_on": met.date() if earlier else None,
        "met_time": met.time() if earlier else None,
        "incident_number": case.incident_number,
        "first_words": case.first_words,
        "indicators": case.indicators,
        "called": victim.called,
        "language": victim.language,
        "interpreter": victim.interpreter,
        "officer_preference": victim.officer_preference,
        "contact_safe": rule.safe if rule else Answer.NOT_ASKED,
        "contact_channel": rule.channel if rule and (rule.details or rule.when) else "",
        "contact_when": rule.when if rule else "",
        "contact_notes": rule.notes if rule else "",
    }


def as_typed(form: type[forms.Form], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Half-typed answers as a form's first values, read by its own controls, judged by nothing."""
    return {
        name: question.widget.value_from_datadict(typed, {}, name)
        for name, question in form.base_fields.items()
    }


def _moment(day: Any, at: Any) -> datetime | None:
    if day is None and at is None:
        return None
    return datetime.combine(day or clocks.today(), at or MIDDAY, LONDON)


def _plain(value: Any) -> str:
    parts = value if isinstance(value, list | tuple) else [value]
    # PostgreSQL keeps no NUL, and a date that cannot be read may have one.
    return " ".join(str(part) for part in parts if part).replace("\0", " ").strip()
