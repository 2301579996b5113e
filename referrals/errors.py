"""The room of what a referral's action says when the reader looked at an earlier version."""

from accounts.errors import Conflict


class Stale(Conflict):
    """The referral changed after it was read: answered 412 by the API, 409 by a page."""
