"""The room of what somebody must hear about their own sign-in, whoever changed it."""

import clocks
from accounts.actors import Actor
from accounts.models import User
from accounts.signing_in import NoticeKind, SecurityNotice


def tell(user: User, kind: NoticeKind, *, by: Actor) -> None:
    """The person reads of it on their next page and by e-mail; what they did themselves is told by e-mail alone."""
    at = clocks.now()
    own = by.id == user.pk
    SecurityNotice.objects.create(
        user=user, kind=kind, by_id=by.id, at=at, send_after=at, read_at=at if own else None
    )
