"""The room of leaving: nobody goes while still holding a case."""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actions.people import locked
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.gates import person_left
from accounts.models import Absence, ScopeGrant, User
from accounts.permissions import Permission, Role, check


@transaction.atomic
def leave(*, by: Actor, user: User) -> User:
    """The person has left: their sessions are over, they hold no role, and all their cases are somebody's."""
    check(by, Permission.PEOPLE_ADMIN)
    user = locked(user, by=by)
    if user.pk == by.id:
        raise Refused(_("Ask another administrator: nobody does this for themselves."))
    if not user.is_active:
        raise Conflict(_("This person has already left."))
    at = clocks.now()
    user.is_active, user.left_at = False, at
    user.set_unusable_password()  # every session was signed with the old one
    user.save(update_fields=["is_active", "left_at", "password"])
    # As of the moment before, so that ending a grant hides nothing from the rooms that answer later.
    # Upper rooms start first and so stand first; the lowest must move the cases before they follow.
    with acting_as(_reaching_caseload(user, by=by), at=at - timedelta(microseconds=1)):
        for answer in reversed(person_left.answers):
            answer(user, by, at)
    user.roles.all().delete()
    user.supervisions.all().delete()
    Absence.objects.filter(cover=user, ends_at__gt=at).update(cover=None)
    ScopeGrant.objects.filter(user=user, ends_at__isnull=True).update(ends_at=at)
    audit.record("person.left", by=by, of=user)
    return user


def _reaching_caseload(user: User, *, by: Actor) -> Actor:
    """The administrator, reaching for this one act what the leaver reached: both walls stay up."""
    return replace(
        by,
        acting_for=by.acting_for | {user.pk},
        roles=by.roles | {Role.SPECIALIST_LEAD},
    )
