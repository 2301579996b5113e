"""The room of which field a model's field is asked with."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from pages.answers import Answer
from pages.forms.dates import DateField, TimeField
from pages.forms.fields import AnswerField, TickField


def formfield(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Asks a model field in the house way; for `class Meta: formfield_callback = formfield`."""
    if "widget" in kwargs or "form_class" in kwargs:
        return field.formfield(**kwargs)
    if isinstance(field, models.DateTimeField):
        return field.formfield(**kwargs)
    if isinstance(field, models.DateField):
        return _plain(field, DateField, kwargs)
    if isinstance(field, models.TimeField):
        return _plain(field, TimeField, kwargs)
    if isinstance(field, models.BooleanField):
        return _plain(field, TickField, {"required": False, **kwargs})
    if field.choices is not None and list(field.choices) == list(Answer.choices):
        return _plain(field, AnswerField, {"required": False, **kwargs})
    return field.formfield(**kwargs)


def _plain(
    field: "models.Field[Any, Any]", form_class: type[forms.Field], kwargs: dict[str, Any]
) -> forms.Field:
    asked: dict[str, Any] = {"label": capfirst(field.verbose_name), "required": not field.blank}
    if field.help_text:
        asked["help_text"] = field.help_text
    if field.has_default():
        asked["initial"] = field.get_default()
    return form_class(**{**asked, **kwargs})
