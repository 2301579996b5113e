"""The room of what keeps an act on a referral from being done: an earlier version, or one still being done."""

from collections.abc import Collection, Sequence

from accounts.errors import Conflict


class Stale(Conflict):
    """The referral, or the service, changed after it was read: answered 412 by the API, 409 by a page.

    `changed` are the columns of a referral that changed since then and the types of the events, `apart` the fields in
    which a service is another than what was sent; None when that is not known.
    """

    def __init__(
        self,
        sentence: str,
        *,
        fields: Sequence[str] = (),
        changed: Collection[str] | None = None,
        apart: Collection[str] | None = None,
    ) -> None:
        """`sentence` says what happened and what to do now, `fields` what differs in words for the person."""
        super().__init__(sentence, fields=fields)
        self.changed, self.apart = changed, apart


class InFlight(Conflict):
    """The first request with this Idempotency-Key is still being worked on, and was waited for in vain."""
