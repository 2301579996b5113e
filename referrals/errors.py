"""The room of what keeps an act on a referral from being done: an earlier version, or one still being done."""

from accounts.errors import Conflict


class Stale(Conflict):
    """The referral changed after it was read: answered 412 by the API, 409 by a page."""


class InFlight(Conflict):
    """The first request with this Idempotency-Key is still being worked on, and was waited for in vain."""
