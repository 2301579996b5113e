"""The room of how we ask what happened when somebody tried to reach the person."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.actors import Actor
from casework.forms.when import WhenForm, moment
from casework.models import ContactOutcome, LostOutcome
from pages.due import on_the_wall
from pages.forms import AnswerField, DateField, Radios, TimeField
from victims.models import Channel

ANOTHER = "another"


class ContactForm(WhenForm):
    """What happened, how, in their words, whether they are safe tonight, and when the next contact is."""

    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=ContactOutcome.choices,
        error_messages={"required": _("Select what happened")},
    )
    how = forms.ChoiceField(
        label=_("How?"),
        help_text=_("Only ways that are recorded as safe are listed."),
        error_messages={"required": _("Select how you tried to reach them")},
    )
    another_channel = forms.ChoiceField(
        label=_("If another way: which?"), widget=forms.Select, required=False
    )
    unsafe_channel_reason = forms.CharField(
        label=_("If another way: why?"), max_length=500, required=False
    )
    note = forms.CharField(
        label=_("What did they say, in their words?"),
        help_text=_("Do not ask again for what is under “Already told us”."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    safe_tonight = AnswerField(label=_("Are they safe tonight?"))
    next_on = DateField(
        label=_("Date of the next contact, if it must be different"),
        what=_("the date of the next contact"),
        future=True,
        required=False,
    )
    next_time = TimeField(label=_("Time of the next contact"), required=False)
    next_reason = forms.CharField(label=_("Why a different time?"), max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        safe: Collection[str],
        due: Mapping[str, datetime | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        now = clocks.now()
        outcome, how = self.fields["outcome"], self.fields["how"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(how, forms.ChoiceField)
        outcome.widget = Radios(
            choices=ContactOutcome.choices,
            hints={
                value: _t("Next contact by %s") % on_the_wall(moment_due, now)
                for value, moment_due in due.items()
                if moment_due
            },
        )
        safe_ways = [choice for choice in Channel.choices if choice[0] in safe]
        how.widget = Radios(divider=ANOTHER if safe_ways else None)
        how.choices = [*safe_ways, (ANOTHER, _("Another way, which is not recorded as safe"))]
        others = [choice for choice in Channel.choices if choice[0] not in safe]
        another = self.fields["another_channel"]
        assert isinstance(another, forms.ChoiceField)
        another.choices = [("", _("Choose one")), *others]

    def clean(self) -> dict[str, Any]:
        """Read the way and the next contact as the action takes them."""
        answers = super().clean()
        how, another = answers.pop("how", ""), answers.pop("another_channel", "")
        answers["channel"] = another if how == ANOTHER else how
        if how == ANOTHER and not another:
            self.add_error("another_channel", _("Select which way you used"))
        if how == ANOTHER and not answers.get("unsafe_channel_reason"):
            self.add_error(
                "unsafe_channel_reason", _("Say why you used a way not recorded as safe")
            )
        self._read_next(answers)
        return answers

    def _read_next(self, answers: dict[str, Any]) -> None:
        try:
            next_at = moment(answers.pop("next_on", None), answers.pop("next_time", None))
        except ValidationError as wrong:
            self.add_error("next_time", wrong)
            return
        answers["next_at"] = next_at
        if next_at is None:
            return
        if next_at <= clocks.now():
            self.add_error("next_time", _("The next contact must be in the future"))
        if not answers.get("next_reason"):
            self.add_error("next_reason", _("Say why the next contact is at a different time"))


class LostContactForm(forms.Form):
    """Whether somebody whom nobody can reach is reported missing, with its number or why not, and who decided."""

    outcome = forms.ChoiceField(
        label=_("Is a missing person report needed?"),
        choices=LostOutcome.choices,
        widget=Radios,
        error_messages={"required": _("Select whether a missing person report is needed")},
    )
    report_number = forms.CharField(
        label=_("If it is made: missing person report number"), max_length=50, required=False
    )
    reason = forms.CharField(
        label=_("If none is needed: why not?"),
        help_text=_("For example who saw them, when, and how you know that they are safe."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    decided_by = forms.CharField(
        label=_("Who decided this?"),
        help_text=_("Name and rank."),
        max_length=200,
        error_messages={"required": _("Enter who decided this")},
    )

    def __init__(self, *args: Any, number: str, by: Actor, **kwargs: Any) -> None:
        """`number` is that of a report that stands; whoever answers is taken to decide unless they say otherwise."""
        super().__init__(*args, **kwargs)
        self.initial["report_number"] = number
        self.initial["decided_by"] = by.name

    def clean(self) -> dict[str, Any]:
        """A report has its number; without one there is a reason."""
        answers = super().clean() or self.cleaned_data
        outcome = answers.get("outcome")
        if outcome == LostOutcome.REPORTED and not answers.get("report_number"):
            self.add_error("report_number", _("Enter the number of the missing person report"))
        if outcome == LostOutcome.NOT_NEEDED and not answers.get("reason"):
            self.add_error("reason", _("Enter why no missing person report is needed"))
        return answers
