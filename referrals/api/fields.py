"""The room of the fields of a body that take what the document says and nothing like it: 5 is no text, "5" no 5."""

from typing import Any

from rest_framework import serializers


class TextField(serializers.CharField):
    """Text."""

    def to_internal_value(self, data: Any) -> str:
        """The text, without the blanks around it."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class NumberField(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        """The number; JSON's 5.0 is one too."""
        if isinstance(data, bool | str):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNoField(serializers.BooleanField):
    """True or false."""

    def to_internal_value(self, data: Any) -> bool:
        """Which of the two."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data
