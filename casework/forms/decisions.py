"""The room of how we ask what the Home Office decided or asked, and what was done about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

import clocks
from casework.forms.duties import CODE
from casework.forms.investigation import start_of
from casework.forms.when import WhenForm
from casework.models import Decision, GuardianOutcome, NrmEvent, NrmReferral
from pages.forms import DateField, Radios

HINTS = {
    Decision.RECOVERY_EXTENDED: _("Say until when, as far as you know. We ask again then."),
    Decision.MOVE_ON_PLANNED: _("Say where they go and who helps them, in a few words."),
    Decision.INFORMATION_ASKED: _("If they named a day for the answer, enter it."),
}


class DecisionForm(forms.Form):
    """What happened to the national referral, on which day, and when we heard."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        widget=Radios(hints=HINTS, small=True),
        error_messages={"required": _("Select what happened")},
    )
    made_on = DateField(
        label=_("On which day was it decided or done?"),
        help_text=_("The date on their letter. Times to act run from it."),
        what=_("the day on which it was decided or done"),
        past=True,
    )
    heard_on = DateField(
        label=_("On which day did we hear of it, if not today?"),
        what=_("the day on which we heard of it"),
        past=True,
        required=False,
    )
    until_on = DateField(
        label=_("Until when, or by when?"),
        help_text=_("For a recovery period that goes on, or a day by which they want an answer."),
        what=_("until when"),
        required=False,
    )
    reference = forms.CharField(
        label=_("Home Office reference, if they gave one"),
        max_length=50,
        required=False,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    note = forms.CharField(
        label=_("What matters about it"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(
        self,
        *args: Any,
        referral: NrmReferral,
        may_come: Sequence[Decision],
        asked: Sequence[NrmEvent],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.asked = referral, asked
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            (str(one), one.label) for one in may_come if asked or one != Decision.INFORMATION_SENT
        ]

    def clean(self) -> dict[str, Any]:
        """The days as instants: the first moment of each, and none before the referral was sent."""
        answers = super().clean() or self.cleaned_data
        made_on, heard_on = answers.pop("made_on", None), answers.pop("heard_on", None)
        until_on, kind = answers.pop("until_on", None), answers.get("kind")
        if (
            kind == Decision.RECOVERY_EXTENDED
            and until_on is None
            and "until_on" not in self.errors
        ):
            self.add_error("until_on", _("Enter until when it goes on"))
        if kind == Decision.MOVE_ON_PLANNED and not answers.get("note"):
            self.add_error("note", _("Enter where they go and who helps them"))
        if made_on is None:
            return answers
        sent_on = self.referral.at.astimezone(clocks.LONDON).date()
        at = self.referral.at if made_on == sent_on else start_of(made_on)
        heard_at = max(at, start_of(heard_on)) if heard_on else clocks.now()
        if heard_on and heard_on < made_on:
            self.add_error("heard_on", _("This is before it was decided"))
        answers |= {"at": at, "received_at": heard_at}
        answers["until"] = start_of(until_on) if until_on else None
        answers["answers"] = (
            self.asked[0] if kind == Decision.INFORMATION_SENT and self.asked else None
        )
        return answers


class GuardianForm(WhenForm):
    """What was done so that somebody independent stands by the child."""

    outcome = forms.ChoiceField(
        label=_("What was done?"),
        choices=GuardianOutcome.choices,
        widget=Radios,
        error_messages={"required": _("Select what was done")},
    )
    reference = forms.CharField(
        label=_("Their reference, if they gave one"),
        max_length=50,
        required=False,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
