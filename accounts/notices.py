"""The room of what somebody must hear about their own sign-in, whoever changed it."""

from django.db.models import QuerySet

import clocks
from accounts.actors import Actor
from accounts.models import User
from accounts.signing_in import NoticeKind, SecurityNotice


def tell(user: User, kind: NoticeKind, *, by: Actor) -> None:
    """The person reads of it on their next page and by e-mail; what they did themselves is told by e-mail alone."""
    _add(user, kind, by=by, unread=by.id != user.pk)


def tell_of_address(user: User, *, was: str, by: Actor) -> None:
    """Mail about them goes elsewhere from now on: told at the new address, on their page, and at the old one."""
    if user.email == was:
        return
    tell(user, NoticeKind.ADDRESS_CHANGED, by=by)
    if was:
        _add(user, NoticeKind.ADDRESS_CHANGED, by=by, unread=False, address=was)


def untold() -> QuerySet[SecurityNotice]:
    """Changes of which no e-mail told whoever works here, and that they have not read."""
    return SecurityNotice.objects.filter(
        failed_at__isnull=False, read_at=None, user__is_active=True
    )


def _add(user: User, kind: NoticeKind, *, by: Actor, unread: bool, address: str = "") -> None:
    at = clocks.now()
    SecurityNotice.objects.create(
        user=user,
        kind=kind,
        by_id=by.id,
        at=at,
        send_after=at,
        read_at=None if unread else at,
        address=address,
    )
