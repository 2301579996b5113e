"""The room of the form renderer: GOV.UK Design System markup from plain Django forms."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.forms.widgets import ChoiceWidget, Input
from django.utils.translation import gettext as _

from pages.forms.widgets import DateParts, Tick

# Not left to the browser: it silently cuts a long paste at maxlength, and blocks without words.
LIMITS = ("required", "maxlength", "minlength")


class HoldfastBoundField(forms.BoundField):
    """One question on a page, with the ids that tie its label, hint, errors and control."""

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.auto_id}-hint"

    @property
    def error_id(self) -> str:
        """The id of the errors."""
        return f"{self.auto_id}-error"

    @property
    def is_tick(self) -> bool:
        """Whether the label stands beside the control."""
        return isinstance(self.field.widget, Tick)

    @property
    def first_id(self) -> str:
        """The id of the control that the error summary sends the person to."""
        widget = self.field.widget
        if isinstance(widget, DateParts):
            return widget.part_id(self.auto_id, self.wrong_parts[0])
        if isinstance(widget, ChoiceWidget) and widget.add_id_index:
            return widget.id_for_label(self.auto_id, index="0")
        return self.auto_id

    @property
    def problems(self) -> list[str]:
        """Each error as a sentence that makes sense away from its question."""
        bare = str(forms.Field.default_error_messages["required"])
        unanswered = _("Answer the question: %(label)s") % {"label": self.label}
        return [unanswered if str(words) == bare else str(words) for words in self.errors]

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Which of day, month and year the errors are about; all three if they do not say."""
        errors = self.errors
        if isinstance(errors, ErrorList):
            for error in errors.as_data():
                parts = (error.params or {}).get("parts") if hasattr(error, "params") else None
                if parts:
                    return tuple(parts)
        return DateParts.PARTS

    @property
    def describedby(self) -> str:
        """The ids of what is read out after the label."""
        ids = []
        if self.help_text:
            ids.append(self.hint_id)
        if self.errors:
            ids.append(self.error_id)
        return " ".join(ids)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Dress the control: class, description, no browser checks, no autofill."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        for name in LIMITS:
            built.pop(name, None)
            widget.attrs.pop(name, None)
        built.pop("aria-invalid", None)
        built.pop("aria-describedby", None)
        if widget.is_hidden:
            return built
        if self.describedby and not widget.use_fieldset:
            built["aria-describedby"] = self.describedby
        if css := _css_class(widget):
            own = widget.attrs.get("class", "")
            wrong = f"{css}--error" if self.errors else ""
            built["class"] = " ".join(part for part in (css, own, wrong) if part)
            if css != "govuk-file-upload" and "autocomplete" not in widget.attrs:
                # What is typed here is about somebody else: a shared browser must not offer it.
                built["autocomplete"] = "off"
        if isinstance(widget, DateParts) and self.errors:
            built["data-wrong-parts"] = " ".join(self.wrong_parts)
        return built


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.Select):
        return "govuk-select"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, Input):
        return "govuk-input"
    return ""


class HoldfastRenderer(TemplatesSetting):
    """Renders every form of the site; named in settings.FORM_RENDERER."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
    bound_field_class = HoldfastBoundField
