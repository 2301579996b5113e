"""The room of how we ask what the person told: the topic first, and a reason only where one is needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Radios
from victims.models import ToldState, Topic


class ToldForm(forms.Form):
    """One topic: whether they told it, and where it is recorded."""

    topic = forms.ChoiceField(
        label=_("Which topic?"),
        choices=Topic.choices,
        widget=Radios,
        error_messages={"required": _("Select the topic")},
    )
    state = forms.ChoiceField(
        label=_("What happened?"),
        choices=ToldState.choices,
        widget=Radios,
        error_messages={"required": _("Select what happened")},
    )
    summary = forms.CharField(
        label=_("In a sentence, in their words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    where_recorded = forms.CharField(
        label=_("Where is it recorded?"),
        help_text=_("For example, body-worn video or a statement reference"),
        max_length=200,
        required=False,
    )


class WhyForm(ToldForm):
    """The same answers, kept, with the one question why it was asked all the same."""

    why_again = forms.CharField(
        label=_("Why was it asked again?"),
        help_text=_("For example, they brought it up themselves."),
        max_length=500,
        error_messages={"required": _("Say why it was asked again")},
    )
    why_not_specialist = forms.CharField(
        label=_("Why did somebody ask who is no specialist?"),
        help_text=_("For example, they were in danger and the specialist could not be reached."),
        max_length=500,
        error_messages={"required": _("Say why it was not left to a specialist")},
    )

    def __init__(self, *args: Any, again: bool, not_specialist: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ToldForm.base_fields:
            self.fields[name].widget = forms.HiddenInput()
        if not again:
            del self.fields["why_again"]
        if not not_specialist:
            del self.fields["why_not_specialist"]
