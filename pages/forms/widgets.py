"""The room of the controls: radios, checkboxes, one tick, a date in three parts."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _


class Radios(forms.RadioSelect):
    """A choice of one. `divider` names the option that stands after the word "or"."""

    template_name = "govuk/widgets/choices.html"
    kind = "radios"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Sequence[tuple[Any, Any]] = (),
        *,
        hints: Mapping[Any, Any] | None = None,
        inline: bool = False,
        small: bool = False,
        divider: str | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.inline = inline
        self.small = small
        self.divider = divider

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the shape of the list."""
        context = super().get_context(name, value, attrs)
        shape = [f"govuk-{self.kind}"]
        if self.inline:
            shape.append(f"govuk-{self.kind}--inline")
        if self.small:
            shape.append(f"govuk-{self.kind}--small")
        context["widget"]["kind"] = self.kind
        context["widget"]["shape"] = " ".join(shape)
        return context

    def create_option(
        self,
        name: str,
        value: Any,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Add the hint, and where "or" stands."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        plain = str(value)
        option["hint"] = self.hints.get(plain, "")
        option["after_or"] = plain == self.divider
        option["exclusive"] = False
        return option


class Checkboxes(Radios, forms.CheckboxSelectMultiple):
    """Any number of choices. `exclusive` names the one that means "none of these"."""

    input_type = "checkbox"
    allow_multiple_selected = True
    kind = "checkboxes"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Sequence[tuple[Any, Any]] = (),
        *,
        hints: Mapping[Any, Any] | None = None,
        small: bool = False,
        exclusive: str | None = None,
    ) -> None:
        super().__init__(attrs, choices, hints=hints, small=small, divider=exclusive)
        self.exclusive = exclusive

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Mark the option that clears the others."""
        option = super().create_option(*args, **kwargs)
        option["exclusive"] = option["after_or"]
        return option


class Tick(forms.CheckboxInput):
    """One box to tick, its label beside it."""


class DateParts(forms.Widget):
    """Day, month and year as three short text boxes; no picker."""

    template_name = "govuk/widgets/date.html"
    use_fieldset = True
    PARTS = ("day", "month", "year")
    LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    @staticmethod
    def part_id(field_id: str, part: str) -> str:
        """Name the box of one part."""
        return f"{field_id}_{part}"

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Point at the day."""
        return self.part_id(id_, self.PARTS[0]) if id_ else id_

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:
        """Keep what was typed, box by box."""
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in self.PARTS)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Whether the page had no such boxes."""
        return not any(f"{name}_{part}" in data for part in self.PARTS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the three boxes and which of them are wrong."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        wrong = own.pop("data-wrong-parts", "").split()
        typed = _as_parts(value)
        context["parts"] = [
            {
                "id": self.part_id(own.get("id", ""), part),
                "name": f"{name}_{part}",
                "label": self.LABELS[part],
                "width": 4 if part == "year" else 2,
                "value": typed[position],
                "wrong": part in wrong,
            }
            for position, part in enumerate(self.PARTS)
        ]
        return context


def _as_parts(value: Any) -> tuple[str, str, str]:
    if isinstance(value, datetime.date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple | list) and len(value) == len(DateParts.PARTS):
        return str(value[0]), str(value[1]), str(value[2])
    return "", "", ""
