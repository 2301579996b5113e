"""The room of choosing an owner."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pages.forms import Radios


class AssignForm(forms.Form):
    """Who gets the case, and why, if they lack a course."""

    owner = forms.ChoiceField(
        label=_("Who will own this case?"),
        error_messages={
            "required": _("Select who will own this case"),
            "invalid_choice": _("Select one of the investigators shown"),
        },
    )
    override_reason = forms.CharField(
        label=_("Why this officer all the same?"),
        help_text=_(
            "If training is missing, or others were proposed. Where training is missing, a specialist lead reviews it."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("The reason must be 500 characters or fewer")},
    )

    def __init__(
        self,
        *args: Any,
        people: list[User],
        lacking: dict[Any, str],
        needs_reason: bool,
        **kwargs: Any,
    ) -> None:
        """`lacking`: of each person in words why, or what they lack; `needs_reason`: whether one may be asked for."""
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason
        self.people = {str(person.pk): person for person in people}
        question = cast(forms.ChoiceField, self.fields["owner"])
        question.widget = Radios(hints={str(key): words for key, words in lacking.items()})
        question.choices = [(key, person.name) for key, person in self.people.items()]

    def clean_owner(self) -> User | None:
        """The person behind the choice; nobody where none need be chosen."""
        return self.people.get(self.cleaned_data["owner"])
