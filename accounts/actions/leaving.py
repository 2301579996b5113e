"""The room of leaving and coming back: nobody goes while still holding a case."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.people import check_looks_after, locked
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import RoleHeld, User
from accounts.permissions import Permission, Role, check


@transaction.atomic
def leave(*, by: Actor, user: User) -> User:
    """The person has left: their sessions are over, they hold no role, and all their cases are somebody's.

    The database sees to all of that (`person_left_*`), because there are other doors than this one.
    """
    check_looks_after(user, by=by)
    user = locked(user, by=by)
    if user.pk == by.id:
        raise Refused(_("Ask another administrator: nobody does this for themselves."))
    if not user.is_active:
        raise Conflict(_("This person has already left."))
    return _now(user, works_here=False, verb="person.left", by=by)


@transaction.atomic
def come_back(*, by: Actor, user: User) -> User:
    """The person works here again. What they held is others' now: they start without
    a role (an agency's worker with the one there is) and without a password."""
    check(by, Permission.PEOPLE_ADMIN)
    user = locked(user, by=by)
    if user.is_active:
        raise Conflict(_("This person has not left."))
    if user.agency_id is not None:  # there is one role that they can have
        RoleHeld.objects.create(user=user, role=Role.AGENCY_WORKER, given_by_id=by.id)
    return _now(user, works_here=True, verb="person.returned", by=by)


def _now(user: User, *, works_here: bool, verb: str, by: Actor) -> User:
    user.is_active = works_here
    user.save(update_fields=["is_active"])
    user.refresh_from_db()
    audit.record(verb, by=by, of=user)
    return user
