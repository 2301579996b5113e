"""The room of what officers and agencies' workers are asked about a referral."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.models import Agency, Force
from pages.forms import Checkboxes, CsvField, DateField, Radios, TickField, TimeField
from referrals.disclosure import HINTS, Item, may_see
from referrals.matching import Match
from referrals.models import (
    Access,
    DeclineReason,
    EndReason,
    Finding,
    Gender,
    ListKind,
    NeedOutcome,
    NoContactReason,
    NoOtherSupport,
    ToldTo,
)
from victims.models import NeedKind


class NeedsForm(forms.Form):
    """What is looked for."""

    needs = forms.MultipleChoiceField(
        label=_("What do they need?"),
        choices=NeedKind.choices,
        widget=Checkboxes(),
        error_messages={"required": _("Choose at least one thing they need")},
    )
    gender = forms.ChoiceField(
        label=_("Would they rather go to a service for"),
        choices=Gender.choices,
        initial=Gender.ANY,
        required=False,
        widget=Radios(inline=True),
    )
    place = forms.CharField(
        label=_("Town or district where they need it, if you may say"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    access = forms.MultipleChoiceField(
        label=_("What must be accessible for them?"),
        choices=Access.choices,
        required=False,
        widget=Checkboxes(small=True),
    )
    urgent = TickField(
        label=_("This is urgent"), help_text=_("The agency is then asked to answer within 4 hours.")
    )

    def clean_gender(self) -> str:
        """Nothing chosen is anyone."""
        return str(self.cleaned_data["gender"] or Gender.ANY)


class ChooseForm(NeedsForm):
    """Which of the matching services is asked; the needs come along unseen."""

    service = forms.ChoiceField(
        label=_("Which agency do you want to ask?"),
        widget=Radios(),
        error_messages={
            "required": _("Choose an agency"),
            "invalid_choice": _("Choose one of the agencies shown"),
        },
    )

    def __init__(self, *args: Any, matches: Sequence[Match], **kwargs: Any) -> None:
        """Offer the matches in their order, each with its reasons."""
        super().__init__(*args, **kwargs)
        offered = [match for match in matches if not match.asked_already]
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            (str(match.service.pk), f"{match.service.agency.name}: {match.service.name}")
            for match in offered
        ]
        self.fields["service"].widget = Radios(
            hints={str(match.service.pk): ". ".join(match.reasons) + "." for match in offered},
        )
        self.fields["service"].widget.choices = self.fields["service"].choices  # type: ignore[attr-defined]
        for carried in ("needs", "gender", "place", "access", "urgent"):
            many = carried in {"needs", "access"}
            widget = forms.MultipleHiddenInput if many else forms.HiddenInput
            self.fields[carried].widget = widget()


class ItemsForm(forms.Form):
    """What is shared once the agency accepts."""

    items = forms.MultipleChoiceField(
        label=_("What may %(agency)s know once it accepts?"),
        choices=Item.choices,
        required=False,
        widget=Checkboxes(hints={item.value: hint for item, hint in HINTS.items()}),
        help_text=_("Untick what it does not need."),
    )
    told_to = forms.ChoiceField(
        label=_("Who at the agency may be told about the person?"),
        choices=ToldTo.choices,
        widget=Radios(),
        error_messages={"required": _("Choose who at the agency may be told")},
    )
    no_contact_reason = forms.ChoiceField(
        label=_("If you share no safe way to reach them: why not?"),
        choices=[("", _("I share a safe way")), *NoContactReason.choices],
        required=False,
        widget=Radios(),
    )
    safeguarding = TickField(
        label=_("I share this to safeguard a child"),
        help_text=_("Legal basis: Children Act 2004, section 11. Agreement is not needed."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, agency: str, is_child: bool, needs: Iterable[str], **kwargs: Any
    ) -> None:
        """Offer what the needs allow; ask for a legal basis only about a child."""
        super().__init__(*args, **kwargs)
        allowed = may_see(needs)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (item.value, item.label) for item in Item if item in allowed
        ]
        self.fields["items"].label = _t("What may %s know once it accepts?") % agency
        self.is_child = is_child
        if not is_child:
            del self.fields["safeguarding"]

    def clean_safeguarding(self) -> bool:
        """A child's referral rests on it."""
        ticked = bool(self.cleaned_data["safeguarding"])
        if not ticked:
            raise forms.ValidationError(
                _t("Tick this to share about a child, or go back and do not refer")
            )
        return ticked


class SendForm(forms.Form):
    """What was checked, by its version and its mark; it is never typed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    checked = forms.CharField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """Our answer to the agency's question."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The agency reads this. Write only what it needs to know."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Enter your answer")},
    )


class NoOtherSupportForm(forms.Form):
    """Why nobody else is asked about what an agency left open."""

    reason = forms.ChoiceField(
        label=_("Why is no other support needed?"),
        help_text=_(
            "If nobody can help now, this is no reason: keep the reminder, and plan when to look again."
        ),
        choices=[
            choice for choice in NoOtherSupport.choices if choice[0] != NoOtherSupport.NOT_ASKED
        ],
        widget=Radios(),
        error_messages={"required": _("Choose why no other support is needed")},
    )
    why = forms.CharField(
        label=_("What is the reason?"),
        help_text=_("For another reason. No agency reads this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("reason") == NoOtherSupport.OTHER and not said.get("why"):
            self.add_error("why", _t("Say why no other support is needed"))
        return said


class AcceptForm(forms.Form):
    """Who will support the person."""

    worker_name = forms.CharField(
        label=_("Name of the worker who will support them"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": _("Enter the name of the worker who will support them")},
    )


class WorkerForm(AcceptForm):
    """Who supports the person from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The same question, for another worker."""
        super().__init__(*args, **kwargs)
        self.fields["worker_name"].label = _("Name of the worker who supports them from now on")


class DeclineForm(forms.Form):
    """Why the agency says no."""

    reason = forms.ChoiceField(
        label=_("Why do you decline?"),
        choices=DeclineReason.choices,
        widget=Radios(small=True),
        error_messages={"required": _("Choose why you decline")},
    )


class AskForm(forms.Form):
    """What the agency must know first."""

    text = forms.CharField(
        label=_("Your question to the police"),
        help_text=_("Your clock stands still until they answer."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("Enter your question")},
    )


class FirstContactForm(forms.Form):
    """When the agency reached the person."""

    on = DateField(label=_("Which day did you reach them?"), what=_("The date"), past=True)
    at_time = TimeField(label=_("At what time?"))
    review_on = DateField(
        label=_("When will you and the person look at how it goes?"),
        what=_("The day of the review"),
        required=False,
        help_text=_(
            "Leave it empty if you have not agreed on a day: then the force's time limit counts."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Put the day and the time together, on a wall clock in London."""
        found = super().clean() or {}
        if found.get("on") and found.get("at_time"):
            found["contact_at"] = datetime.combine(
                found["on"], found["at_time"], tzinfo=clocks.LONDON
            )
        return found


class ReviewForm(forms.Form):
    """How the support goes, and when they look at it again."""

    finding = forms.ChoiceField(
        label=_("How does the support go?"),
        choices=Finding.choices,
        widget=Radios(),
        help_text=_("If you are worried that they are in danger, ring the officer now."),
        error_messages={"required": _("Choose how it goes")},
    )
    review_on = DateField(
        label=_("When will you look at it again?"),
        what=_("The day of the review"),
        required=False,
        help_text=_(
            "Leave it empty if you have not agreed on a day: then the force's time limit counts."
        ),
    )


class EndForm(forms.Form):
    """How the support ended."""

    reason = forms.ChoiceField(
        label=_("How did it end?"),
        choices=EndReason.choices,
        widget=Radios(small=True),
        error_messages={"required": _("Choose how it ended")},
    )


class CompleteForm(EndForm):
    """How the support ended, and what became of each need."""

    def __init__(self, *args: Any, needs: Sequence[str], **kwargs: Any) -> None:
        """One question for each need."""
        super().__init__(*args, **kwargs)
        self.needs = needs
        for need in needs:
            name = str(NeedKind(need).label)
            self.fields[f"outcome_{need}"] = forms.ChoiceField(
                label=name,
                choices=NeedOutcome.choices,
                widget=Radios(small=True),
                error_messages={"required": _t("Say what became of: %s") % name},
            )

    def clean(self) -> dict[str, Any]:
        """The outcomes by their need."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        told["outcomes"] = {
            need: told[f"outcome_{need}"] for need in self.needs if f"outcome_{need}" in told
        }
        return told


class ListedField(forms.CharField):
    """Names with commas between them, as a list without repeats."""

    def __init__(self, *, longest: int = 100, **kwargs: Any) -> None:
        """Each name may be so long."""
        self.longest = longest
        super().__init__(max_length=2000, required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The names in the order given."""
        text = super().clean(value)
        names = list(dict.fromkeys(" ".join(part.split()) for part in text.split(",")))
        if any(len(name) > self.longest for name in names):
            raise forms.ValidationError(_t("Put a comma between the names"))
        return [name for name in names if name]

    def prepare_value(self, value: Any) -> Any:
        """A list as text again."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


class ServiceForm(forms.Form):
    """What an agency offers."""

    name = forms.CharField(
        label=_("Name of the service"),
        max_length=200,
        error_messages={"required": _("Enter the name of the service")},
    )
    needs = forms.MultipleChoiceField(
        label=_("Which needs does it meet?"),
        choices=NeedKind.choices,
        widget=Checkboxes(small=True),
        error_messages={"required": _("Choose at least one need that it meets")},
    )
    forces = forms.ModelMultipleChoiceField(
        Force.objects.none(),
        label=_("In which police areas?"),
        help_text=_("Tick none if it is all of them."),
        required=False,
        widget=Checkboxes(small=True),
    )
    places = ListedField(
        label=_("Towns and districts it covers"),
        help_text=_("Put a comma between them. Never the place of a safe house."),
    )
    languages = ListedField(label=_("Languages spoken"), help_text=_("Put a comma between them."))
    gender = forms.ChoiceField(
        label=_("For whom is it?"),
        choices=Gender.choices,
        initial=Gender.ANY,
        widget=Radios(inline=True),
    )
    takes_children = TickField(label=_("It takes children"))
    access = forms.MultipleChoiceField(
        label=_("Accessibility"),
        choices=Access.choices,
        required=False,
        widget=Checkboxes(small=True),
    )
    hours = forms.CharField(label=_("Opening hours"), max_length=100, required=False)
    urgent_cover = TickField(label=_("It answers urgent referrals day and night"))
    usual_answer_hours = forms.IntegerField(
        label=_("How many hours does an answer usually take?"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    is_active = TickField(label=_("It is offered now"), initial=True)
    is_public = TickField(
        label=_("Show it in the public directory"),
        help_text=_(
            "Anybody can read it there, with your agency's name, phone and e-mail."
            " Leave this off if strangers should not know of it."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the forces that there are."""
        super().__init__(*args, **kwargs)
        forces = self.fields["forces"]
        assert isinstance(forces, forms.ModelMultipleChoiceField)
        forces.queryset = Force.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        """A safe house is not placed in public."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            told.get("is_public")
            and told.get("places")
            and NeedKind.SAFE_HOUSE in told.get("needs", [])
        ):
            self.add_error(
                "places",
                _t("Leave this empty to show a safe place to stay in public, or do not show it"),
            )
        return told


class CapacityForm(forms.Form):
    """How many places are free now."""

    places_free = forms.IntegerField(
        label=_("How many places are free now?"),
        min_value=0,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how many places are free; 0 if none"),
            "invalid": _("Enter a number, like 3"),
        },
    )


class DirectoryForm(forms.Form):
    """What an officer looks for in the directory."""

    need = forms.ChoiceField(
        label=_("Need"), choices=[("", _("Every need")), *NeedKind.choices], required=False
    )
    place = forms.CharField(
        label=_("Town, district or police area"), max_length=100, required=False
    )


class ListForm(forms.Form):
    """A list from outside: whose, and the file."""

    kind = forms.ChoiceField(
        label=_("Whose list is it?"),
        choices=ListKind.choices,
        widget=Radios,
        error_messages={"required": _("Select whose list it is")},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("If it is an agency's: which agency?"),
        required=False,
        empty_label=_("Choose an agency"),
        error_messages={"invalid_choice": _("Choose one from the list")},
    )
    file = CsvField(
        help_text=_(
            "The Home Office's: reference, received, stage. An agency's: reference, status, last"
            " contact. No other columns, and no names."
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        """An agency's list says which agency's."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        is_agencys = told.get("kind") == ListKind.AGENCY
        if is_agencys and not told.get("agency") and "agency" not in self.errors:
            self.add_error("agency", _("Choose the agency whose list it is"))
        return told


class MismatchForm(forms.Form):
    """What somebody found out about a mismatch."""

    note = forms.CharField(
        label=_("What did you find out, and what was done?"),
        help_text=_("Do not write the person's name. If our record was wrong, put it right first."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter what you found out, and what was done")},
    )


class WebhookForm(forms.Form):
    """Where an agency's system wants to hear of events."""

    url = forms.CharField(
        label=_("Address of your system"),
        help_text=_("Begins with https://, for example https://hooks.agency.org.uk"),
        max_length=300,
        error_messages={"required": _("Enter the address of your system")},
    )
