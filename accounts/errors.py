"""The room of what an action says when it will not do something."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """This actor may never do this; answered 403 and written to the audit trail as a refusal."""

    def __init__(
        self, sentence: str = "You do not have permission to do this.", *, verb: str = ""
    ) -> None:
        """`sentence` is for the person, `verb` is what they tried (`case.assign`)."""
        super().__init__(sentence)
        self.sentence = sentence
        self.verb = verb


class Conflict(Exception):
    """It cannot be done now: the record is in another state, or somebody changed it first; answered 409.

    `fields` names what differs, in words for the person.
    """

    def __init__(self, sentence: str, *, fields: Sequence[str] = ()) -> None:
        """`sentence` says what happened and what to do now."""
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = tuple(fields)


class Unscoped(RuntimeError):
    """A request asked for identifying rows without saying for whom; a programming error, answered 500."""
