"""The room of the questions about two records of one person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.permissions import Permission
from casework.models import Case
from casework.references import as_reference
from pages.forms import Radios
from victims.models import LinkState, PersonLink

REASON = {
    "required": _("Say why, in a sentence"),
    "max_length": _("The reason must be 500 characters or fewer"),
}


class LinkForm(forms.Form):
    """Which other record, and why it may be of the same person."""

    other = forms.CharField(
        label=_("Reference of the other case"),
        help_text=_("For example, HF-4F7K3"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": _("Enter the reference of the other case")},
    )
    reason = forms.CharField(
        label=_("Why may they be the same person?"),
        help_text=_("For example: same date of birth with day and month swapped, same phone."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REASON,
    )

    def __init__(self, *args: Any, case: Case, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.by = case, by

    def clean_other(self) -> Case:
        """The other case, in the reach of whoever links."""
        cases = Case.objects.visible_to(self.by).select_related("scope")
        reference = as_reference(self.cleaned_data["other"])
        other = cases.filter(reference=reference).exclude(pk=self.case.pk).first()
        if other is None:
            raise ValidationError(_("There is no other case with this reference that you may see"))
        return other


UNLINK, MERGE, PART = "unlink", "merge", "part"
DECISIONS = {
    UNLINK: (LinkState.LINKED, Permission.PERSON_LINK, _("They are not the same person: unlink")),
    MERGE: (LinkState.LINKED, Permission.PERSON_MERGE, _("They are the same person: merge")),
    PART: (LinkState.MERGED, Permission.PERSON_MERGE, _("They were merged by mistake: part them")),
}


class LinkDecisionForm(forms.Form):
    """What is decided about a link, and why."""

    decision = forms.ChoiceField(
        label=_("What have you found?"),
        widget=Radios(),
        error_messages={"required": _("Select what you have found")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REASON,
    )

    def __init__(self, *args: Any, link: PersonLink, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.fields["decision"]
        assert isinstance(question, forms.ChoiceField)
        question.choices = [
            (code, words)
            for code, (state, permission, words) in DECISIONS.items()
            if link.status == state and by.can(permission)
        ]
