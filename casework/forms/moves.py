"""The room of how many cases are moved at once: whose, where to, and why."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from casework.models import MoveTo, TransferWhy
from pages.forms import Radios, TickField


class MoveForm(forms.Form):
    """Whose cases, where they go, and why."""

    whose = forms.ChoiceField(
        label=_("Whose cases are to be moved?"),
        error_messages={"required": _("Select whose cases are to be moved")},
    )
    to = forms.ChoiceField(
        label=_("Where do they go?"),
        choices=MoveTo.choices,
        widget=Radios,
        error_messages={"required": _("Select where they go")},
    )
    to_owner = forms.ChoiceField(label=_("If to one officer: to whom?"), required=False)
    in_spite = TickField(
        label=_("If training is missing: they own the cases all the same"),
        help_text=_("A specialist lead reviews each of these."),
    )
    to_unit = forms.ChoiceField(label=_("If to another unit: to which?"), required=False)
    why = forms.ChoiceField(
        label=_("If to another unit: why them?"),
        help_text=_("All that the other unit reads before it answers."),
        choices=[("", _("Choose a reason")), *TransferWhy.choices],
        required=False,
    )
    reason = forms.CharField(
        label=_("Why are they moved?"),
        help_text=_("Stands in the history of each case. Name no victim."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why they are moved"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )

    def __init__(
        self,
        *args: Any,
        owners: list[tuple[str, str]],
        officers: list[User],
        units: list[Unit],
        **kwargs: Any,
    ) -> None:
        """`owners`: whose cases there are, with how many; `officers` who may own them; `units` that may be asked."""
        super().__init__(*args, **kwargs)
        self.officers = {str(officer.pk): officer for officer in officers}
        self.units = {str(unit.pk): unit for unit in units}
        choices: dict[str, list[tuple[str, Any]]] = {
            "whose": [("", _("Choose")), *owners],
            "to_owner": [
                ("", _("Choose an officer")),
                *((key, officer.name) for key, officer in self.officers.items()),
            ],
            "to_unit": [
                ("", _("Choose a unit")),
                *((key, f"{unit.name}, {unit.force.name}") for key, unit in self.units.items()),
            ],
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offered

    def clean(self) -> dict[str, Any]:
        """Where they go says to whom; whoever has the cases is not whom they go to."""
        said = super().clean() or self.cleaned_data
        to = said.get("to")
        officer = said["to_owner"] = self.officers.get(said.get("to_owner", ""))
        unit = said["to_unit"] = self.units.get(said.get("to_unit", ""))
        if to == MoveTo.OFFICER and officer is None:
            self.add_error("to_owner", _("Select who gets the cases"))
        if to == MoveTo.OFFICER and officer and str(officer.pk) == said.get("whose"):
            self.add_error("to_owner", _("They own these cases already. Select somebody else"))
        if to == MoveTo.UNIT and unit is None:
            self.add_error("to_unit", _("Select the unit that is asked"))
        if to == MoveTo.UNIT and not said.get("why"):
            self.add_error("why", _("Select why that unit is asked"))
        if to != MoveTo.OFFICER:
            said["to_owner"] = None
        if to != MoveTo.UNIT:
            said["to_unit"], said["why"] = None, ""
        return said
