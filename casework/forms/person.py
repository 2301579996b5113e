"""The room of how we ask for the details of a case and of its person on one page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.rows import as_read, untouched
from casework.actions.person import EDITABLE
from casework.forms.when import WhenForm
from casework.models import Case
from pages.forms import formfield
from victims.forms import DETAILS, ConsentForm, person_fields
from victims.models import Victim

# In the order in which the page asks.
OF_CASE = ("danger", "place", "incident_number")


class EditForm(forms.Form):
    """The details of the person and of the case; `versions` and `read` say what they were when they were read."""

    versions = forms.RegexField(
        r"^\d{1,9}-\d{1,9}$",
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This page was sent without its version. Open it again."),
            "invalid": _("This page was sent with a wrong version. Open it again."),
        },
    )

    read = forms.RegexField(r"^([a-z_]+:[0-9a-f]+ ?)*$", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **values_of(case), **as_read_now(case)}
        person = person_fields()
        self.of_person = tuple(person)
        self.fields.update(person)
        self.fields.update(
            fields_for_model(
                Case,
                fields=[name for name in OF_CASE if name in EDITABLE],
                formfield_callback=formfield,
                widgets={"place": forms.TextInput},
            )
        )

    def clean(self) -> dict[str, Any]:
        """Part the answers into those of the person and those of the case."""
        answers = super().clean() or self.cleaned_data
        of_case, _dash, of_person = str(answers.get("versions", "")).partition("-")
        if of_case and of_person:
            answers["versions"] = (int(of_case), int(of_person))
        answers["read"] = (
            dict(each.split(":") for each in str(answers.get("read") or "").split()) or None
        )
        answers["person"] = {name: answers.pop(name, None) for name in self.of_person}
        answers["details"] = {name: answers.pop(name, None) for name in OF_CASE}
        return answers

    def read_again(self, case: Case) -> None:
        """What somebody else wrote meanwhile stands where this one typed nothing; the rest may be saved again."""
        answers, read = self.cleaned_data, self.cleaned_data.get("read") or {}
        kept = untouched(case.victim, answers["person"], read)
        kept |= untouched(case, answers["details"], read)
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        for name, recorded in values_of(case).items():
            if name in kept:
                typed[name] = "" if recorded is None else str(recorded)
                part = "person" if name in answers["person"] else "details"
                answers[part][name] = recorded
        for name, now in as_read_now(case).items():
            typed[name] = now
        self.data = typed


class DecisionForm(WhenForm, ConsentForm):
    """What the person decided, how it was explained, and when if not just now."""


def as_read_now(case: Case) -> dict[str, str]:
    """The hidden answers: which case and which person were read, and what each detail was."""
    digests = as_read(case.victim, DETAILS) | as_read(case, OF_CASE)
    return {
        "versions": f"{case.version}-{case.victim.version}",
        "read": " ".join(f"{name}:{digest}" for name, digest in sorted(digests.items())),
    }


def values_of(case: Case) -> dict[str, Any]:
    """What is recorded now, by the names of the questions."""
    names = [name for fields in Victim.FIELDSETS.values() for name in fields if name in DETAILS]
    recorded = {name: getattr(case, name) for name in OF_CASE}
    return model_to_dict(case.victim, fields=names) | recorded


def differing(form: EditForm, case: Case) -> Mapping[str, Any]:
    """The questions whose typed answers are not what is recorded now, with what is recorded."""
    recorded = values_of(case)
    typed = form.cleaned_data["person"] | form.cleaned_data["details"]
    return {name: recorded[name] for name in typed if typed[name] != recorded[name]}
