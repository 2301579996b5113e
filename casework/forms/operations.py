"""The room of the questions about operations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from casework.models import Case, Operation, SharedKind
from casework.references import as_reference
from pages.forms import Radios


class OperationForm(forms.Form):
    """A new operation."""

    name = forms.CharField(
        label=_("Name of the operation"),
        help_text=_("A code name that says nothing about anybody."),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={
            "required": _("Enter the name of the operation"),
            "max_length": _("The name must be 100 characters or fewer"),
        },
    )


class PutInForm(forms.Form):
    """A case that is put into an operation, by its reference."""

    case = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("For example, HF-4F7K3"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": _("Enter the reference of the case")},
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_case(self) -> Case:
        """The case, in the reach of whoever puts it in."""
        reference = as_reference(self.cleaned_data["case"])
        found = Case.objects.visible_to(self.by).filter(reference=reference).first()
        if found is None:
            raise ValidationError(_("There is no case with this reference that you may see"))
        return found


class SharedFactForm(forms.Form):
    """Something that is known for every case of the operation."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=SharedKind.choices,
        widget=Radios(),
        error_messages={"required": _("Select what it is")},
    )
    text = forms.CharField(
        label=_("What do we know?"),
        help_text=_("It is kept sealed and shown on each case of the operation."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter what we know")},
    )


class OfCaseForm(forms.Form):
    """Into which operation a case goes."""

    operation = forms.ModelChoiceField(
        queryset=Operation.objects.none(),
        label=_("Which operation?"),
        widget=Radios(),
        empty_label=None,
        error_messages={
            "required": _("Select the operation"),
            "invalid_choice": _("Select one of the operations shown"),
        },
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.fields["operation"]
        assert isinstance(question, forms.ModelChoiceField)
        question.queryset = Operation.objects.visible_to(by)


class TakeOutForm(forms.Form):
    """Why a case is taken out of its operation."""

    reason = forms.CharField(
        label=_("Why is this case taken out of it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why, in a sentence"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )
