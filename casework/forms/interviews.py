"""The room of how we ask who interviewed the person for evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import User
from casework.forms.when import WhenForm


class InterviewForm(WhenForm):
    """Who interviewed them, when, and why if they are not trained for it."""

    interviewer = forms.CharField(
        label=_("Who interviewed them? Their sign-in name"),
        max_length=150,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": _("Enter the sign-in name of whoever interviewed them")},
    )
    why = forms.CharField(
        label=_("If they are not trained for it: why they interviewed all the same"),
        help_text=_("A specialist lead reads this."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Your reason must be 1,000 letters or fewer")},
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.order_fields(["interviewer", "why", "on", "time"])

    def clean_interviewer(self) -> User:
        """Somebody of one's own force who works there."""
        name = self.cleaned_data["interviewer"].strip()
        found = User.objects.active().filter(force=self.by.own_force_id, username=name).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody of your force signs in with that name. Check it, or ask them.")
            )
        return found
