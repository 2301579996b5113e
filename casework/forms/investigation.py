"""The room of how we ask what happened in an investigation, and what the person was told of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from casework.forms.duties import CODE
from casework.forms.when import WhenForm, moment
from casework.models import ANSWERS, TO_BE_TOLD, CrimeRecord, Happening, InvestigationEvent, Teller
from casework.untold import Thing
from pages.due import london_date
from pages.forms import Checkboxes, DateField, Radios, TimeField
from victims.models import Channel

H = Happening
SUSPECTS = frozenset(
    {
        *(H.ARRESTED, H.INTERVIEWED, H.BAILED, H.BAIL_CHANGED, H.RELEASED, H.CHARGED),
        *(H.OUT_OF_COURT, H.NO_FURTHER_ACTION, H.PROSECUTORS, H.OUTCOME),
    }
)
OPENS_AT = time(10)  # a court, when nobody said when
NOTES: dict[str, Any] = {
    H.NOT_INVESTIGATED: _("Why is it not investigated?"),
    H.BAILED: _("What are the conditions?"),
    H.BAIL_CHANGED: _("What has changed?"),
    H.NO_FURTHER_ACTION: _("Why does it end?"),
    H.PROSECUTORS: _("What did they decide, and why?"),
    H.COURT_DATE: _("Which court, and what for?"),
    H.OUTCOME: _("What was decided?"),
    H.VIEWS_ASKED: _("What do they think, in their words?"),
    H.PERSONAL_STATEMENT: _("What did they say to it?"),
    H.SPECIAL_MEASURES: _("What do they want in court?"),
    H.PROPERTY_HELD: _("What do we hold, and what for?"),
    H.RECORDS_ASKED: _("Which records, from whom, and why?"),
    H.REVIEW_DECIDED: _("What did the review find?"),
    H.BREACH: _("What was lost or seen, and by whom?"),
    H.BREACH_DECIDED: _("What did the data protection officer decide, and why?"),
    H.PERSON_SUSPECTED: _("Of what, and what points to their having been made to do it?"),
    H.PERSON_CHARGED: _("With what?"),
}


class HappenedForm(WhenForm):
    """One thing that happened: only the questions that it needs."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        crimes: Sequence[CrimeRecord],
        asked: Sequence[InvestigationEvent],
        safe: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.crimes = kind, {str(crime.pk): crime for crime in crimes}
        self.asked = {str(event.pk): event for event in asked}
        if kind in ANSWERS:
            self.fields["answers"] = self._what_it_answers()
        if kind in SUSPECTS:
            self.fields["suspect"] = forms.CharField(
                label=_("Which suspect? A letter or a custody number, never a name"),
                max_length=30,
                required=False,
                validators=[CODE],
                widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            )
        if len(self.crimes) > 1:
            self.fields["crime"] = forms.ChoiceField(
                label=_("Which crime?"),
                choices=[
                    ("", _("All of them")),
                    *((pk, c.number) for pk, c in self.crimes.items()),
                ],
                widget=forms.Select,
                required=False,
            )
        if kind == H.COURT_DATE:
            self.fields["hearing_on"] = DateField(
                label=_("On which day is the hearing?"), what=_("the date of the hearing")
            )
            self.fields["hearing_time"] = TimeField(label=_("At what time?"), required=False)
        self.fields["note"] = forms.CharField(
            label=NOTES.get(kind, _("Anything that matters about it")),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=kind in NOTES,
            error_messages={"required": _("Answer this in a few words")},
        )
        if kind in TO_BE_TOLD:
            self.fields["told_how"] = forms.ChoiceField(
                label=_("Have they been told?"),
                help_text=_("Only ways that are recorded as safe are listed."),
                choices=[("", _("Not yet")), *(one for one in Channel.choices if one[0] in safe)],
                widget=forms.Select,
                required=False,
            )
        last = ("on", "time")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def _what_it_answers(self) -> forms.ChoiceField:
        choices = [(pk, _named(event)) for pk, event in self.asked.items()]
        return forms.ChoiceField(
            label=_("What does this answer?"),
            choices=choices,
            widget=Radios,
            initial=choices[0][0] if len(choices) == 1 else None,
            error_messages={"required": _("Select what this answers")},
        )

    def clean(self) -> dict[str, Any]:
        """The rows that were chosen, and the hearing as one instant."""
        answers = super().clean()
        on, wall = answers.pop("hearing_on", None), answers.pop("hearing_time", None)
        if on is not None:
            answers["hearing_at"] = moment(on, wall or OPENS_AT)
        answers["crime"] = self.crimes.get(answers.pop("crime", ""))
        answers["answers"] = self.asked.get(answers.pop("answers", ""))
        return answers


def _named(event: InvestigationEvent) -> str:
    note = event.note if len(event.note) < 80 else f"{event.note[:77]}..."
    what = H(event.kind).label
    said = _t("%(what)s, %(day)s") % {"what": what, "day": london_date(event.at)}
    return f"{said}: {note}" if note else said


class InformForm(WhenForm):
    """What the person was told, how and by whom; or why not."""

    about = forms.MultipleChoiceField(
        label=_("What was it about?"),
        widget=Checkboxes,
        error_messages={"required": _("Select what they were told, or not told")},
    )
    teller = forms.ChoiceField(
        label=_("Who told them?"), choices=Teller.choices, widget=Radios, initial=Teller.POLICE
    )
    channel = forms.ChoiceField(
        label=_("How?"),
        choices=[("", _("They were not told")), *Channel.choices],
        widget=forms.Select,
        required=False,
    )
    unsafe_channel_reason = forms.CharField(
        label=_("If this way is not recorded as safe: why this way?"),
        max_length=500,
        required=False,
    )
    why_not = forms.CharField(
        label=_("If they were not told: why not?"),
        help_text=_("They asked not to hear of it, or it would put somebody in danger."),
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, things: Sequence[Thing], safe: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.MultipleChoiceField)
        about.choices = [(thing.key, _listed(thing)) for thing in things]
        if len(things) == 1:
            about.initial = [things[0].key]
        self.safe = safe

    def clean(self) -> dict[str, Any]:
        """Told some way, or not told for a reason; a way that is not safe needs its own."""
        answers = super().clean()
        channel, why_not = answers.get("channel", ""), answers.get("why_not", "")
        if bool(channel) == bool(why_not):
            self.add_error(
                "why_not" if channel else "channel",
                _("Select how they were told, or say why they were not. Not both."),
            )
        unsafe = channel and channel not in self.safe and answers.get("teller") == Teller.POLICE
        if unsafe and not answers.get("unsafe_channel_reason"):
            self.add_error(
                "unsafe_channel_reason",
                _("This way is not recorded as safe. Say why you used it"),
            )
        return answers


def _listed(thing: Thing) -> str:
    return _t("%(what)s (%(day)s)") % {"what": thing.words, "day": london_date(thing.at)}


def start_of(day: Any) -> datetime:
    """The first moment of a day in London: the earliest safe reading of a date without a time."""
    at = moment(day, time(0))
    assert at is not None
    return at
