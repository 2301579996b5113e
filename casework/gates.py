"""The room of the ports through which a case asks and tells the rooms above it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from accounts.gates import PORTS, Port
from casework.models import Case, RetentionReview


class MayClose(Port[Callable[[Case, datetime], list[str]]]):
    """What stands in the way of closing: sentences for the officer, none if nothing does."""

    def obstacles(self, case: Case, at: datetime) -> list[str]:
        """Every sentence of every room above."""
        return [sentence for answer in self.answers for sentence in answer(case, at)]


class OnClosed(Port[Callable[[Case, Actor, datetime], None]]):
    """A case was closed, reopened or taken over: rooms above end, renew or move what hangs on it."""


may_close = MayClose("casework.may_close")
on_closed = OnClosed("casework.on_closed")
on_transferred = OnClosed("casework.on_transferred")
PORTS.extend([may_close, on_closed, on_transferred])  # type: ignore[list-item]


class MayDispose(Port[Callable[[Case, datetime], list[str]]]):
    """What stands in the way of disposing of a closed case: sentences, none if nothing does."""

    def obstacles(self, case: Case, at: datetime) -> list[str]:
        """Every sentence of every room above."""
        return [sentence for answer in self.answers for sentence in answer(case, at)]


class Dispose(Port[Callable[[RetentionReview], UUID]]):
    """A case goes, with everything that hangs on it in any room: whoever stands above them all does it."""

    def certificate_of(self, review: RetentionReview) -> UUID:
        """The certificate that stays."""
        (answer,) = self.answers
        return answer(review)


may_dispose = MayDispose("casework.may_dispose")
dispose = Dispose("casework.dispose")
PORTS.extend([may_dispose, dispose])  # type: ignore[list-item]
