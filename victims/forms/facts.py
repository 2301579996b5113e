"""The room of how we ask how old the person is, and what is known of them in any number."""

from datetime import date
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pages.forms import DateField, Radios, TickField, formfield
from victims.actions.facts import names_of
from victims.models import AgeBand, AgeResult, Determiner, Disputant, PersonFact, Precision, Victim

DAY, MONTH, YEAR = range(3)


class BornField(DateField):
    """A birth date of which the day, or the day and the month, may not be known; cleans to the first such day."""

    def to_python(self, value: Any) -> date | None:
        """Read the three boxes; an empty day or month is the first one."""
        if isinstance(value, tuple | list) and str(value[YEAR]).strip():
            month = str(value[MONTH]).strip() or ("1" if not str(value[DAY]).strip() else "")
            value = (str(value[DAY]).strip() or "1", month, value[YEAR])
        return super().to_python(value)


class BornForm(forms.Form):
    """A birth date as exactly as it is known; its answers hold `born_on` and `born_precision`."""

    born_on = BornField(
        label=_("Date of birth"),
        help_text=_("If the day is not known leave it empty; if only the year is, enter the year."),
        what=_("the date of birth"),
        past=True,
        required=False,
    )
    estimate = TickField(label=_("The year is an estimate, right within two years"))

    def clean(self) -> dict[str, Any]:
        """Say how exactly it is known: by the boxes that were left empty."""
        answers = super().clean() or self.cleaned_data
        field, name = self.fields["born_on"], self.add_prefix("born_on")
        typed = field.widget.value_from_datadict(self.data, self.files, name)
        # A whole date may be typed into the first box.
        whole = all(typed) or (typed[DAY] and not typed[YEAR])
        precision = Precision.DAY if whole else Precision.MONTH if typed[MONTH] else Precision.YEAR
        if answers.pop("estimate", False):
            precision = Precision.ABOUT
        answers["born_precision"] = precision if answers.get("born_on") else Precision.DAY
        return answers


class AgeForm(BornForm):
    """How old the person is, as far as it is known; `version` says which record was read."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This page was sent without its version. Open it again."),
            "invalid": _("This page was sent with a wrong version. Open it again."),
        },
    )
    age_band = forms.ChoiceField(
        label=_("Are they under 18?"),
        choices=[
            (AgeBand.CHILD, _("Yes")),
            (AgeBand.ADULT, _("No")),
            (AgeBand.UNSURE, _("Not sure - treat as a child")),
        ],
        widget=Radios(hints={AgeBand.UNSURE: _("A date of birth that settles it comes first.")}),
        error_messages={"required": _("Select whether they are under 18")},
    )

    field_order = ("version", "age_band", "born_on", "estimate")

    def __init__(self, *args: Any, victim: Victim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "version": victim.version,
            "age_band": victim.age_band,
            "born_on": _known_parts(victim),
            "estimate": victim.born_precision == Precision.ABOUT,
        }

    def read_again(self, victim: Victim) -> None:
        """Saving once more replaces what somebody else wrote meanwhile: the person has now read it."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["version"] = str(victim.version)
        self.data = typed


def _known_parts(victim: Victim) -> tuple[str, str, str] | None:
    born_on = victim.born_on
    if born_on is None:
        return None
    day = str(born_on.day) if victim.born_precision == Precision.DAY else ""
    month = str(born_on.month) if day or victim.born_precision == Precision.MONTH else ""
    return day, month, str(born_on.year)


class DisputeForm(forms.Form):
    """Somebody disputes the age on record."""

    disputed_by = forms.ChoiceField(
        label=_("Who disputes it?"),
        choices=Disputant.choices,
        widget=Radios,
        error_messages={"required": _("Select who disputes it")},
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter why it is disputed")},
    )


class DetermineForm(BornForm):
    """What was determined, by whom and when."""

    result = forms.ChoiceField(
        label=_("What was determined?"),
        choices=AgeResult.choices,
        widget=Radios,
        error_messages={"required": _("Select what was determined")},
    )
    determined_by = forms.ChoiceField(
        label=_("Who determined it?"),
        choices=Determiner.choices,
        widget=Radios,
        error_messages={"required": _("Select who determined it")},
    )
    determined_on = DateField(
        label=_("On which day?"), what=_("the day on which it was determined"), past=True
    )
    where_recorded = forms.CharField(
        label=_("Where is it recorded?"),
        help_text=_("For example, the reference of the assessment"),
        max_length=200,
        required=False,
    )

    field_order = (
        "result",
        "determined_by",
        "determined_on",
        "where_recorded",
        "born_on",
        "estimate",
    )


def fact_form(kind: type[PersonFact], fact: PersonFact | None, *args: Any) -> forms.Form:
    """The questions about one fact of this kind, with what is recorded if there is one already."""
    form = forms.Form(*args)
    asked: dict[str, forms.Field] = fields_for_model(
        kind, fields=names_of(kind), formfield_callback=_asked
    )
    form.fields.update(asked)
    if fact is not None:
        form.initial = {name: getattr(fact, name) for name in asked}
    return form


def _asked(field: Any, **kwargs: Any) -> forms.Field | None:
    """A short choice is asked with radios, none of them chosen before; a sealed text in one line."""
    if field.name == "where":
        kwargs["widget"] = forms.TextInput
    asked = formfield(field, **kwargs)
    if isinstance(asked, forms.TypedChoiceField):
        choices = [choice for choice in field.choices if choice[0] != ""]
        asked.widget = Radios(choices=choices)
        asked.choices = choices
        asked.error_messages["required"] = _("Select one: %s") % asked.label
    return asked


class TakeOutForm(forms.Form):
    """Why something does not belong in the record of the person."""

    why = forms.CharField(
        label=_("Why is it taken out?"),
        help_text=_("For example, it was written down twice, or they told us that it is not so."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why, in a sentence"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )
