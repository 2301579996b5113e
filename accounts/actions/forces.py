"""The room of beginning: a force that is new to Holdfast, and the first person who lets others in."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.people import free_username
from accounts.actors import Actor, ActorKind
from accounts.errors import Conflict, Refused
from accounts.models import Force, RoleHeld, User
from accounts.permissions import Role
from clocks.models import Calendar


@transaction.atomic
def add_force(*, by: Actor, slug: str, name: str, nation: str, username: str, person: str) -> User:
    """The force is there, with one administrator, who can do nothing before they set a password through their link.

    Only a command on the machine does this: no page, and nobody who is signed in.
    """
    if by.kind is not ActorKind.ENGINE:
        raise Refused(_("A force is added on the machine itself."), verb="force.added")
    if Force.objects.filter(slug=slug).exists():
        raise Conflict(_("There is a force with this short name already."))
    username = free_username(username)
    force = Force.objects.create(
        slug=slug, name=name, nation=nation, calendar=Calendar.objects.get(slug=nation)
    )
    audit.record("force.added", by=by, of=force)
    administrator = User.objects.create_user(username=username, name=person, force=force)
    RoleHeld.objects.create(user=administrator, role=Role.ADMINISTRATOR)
    audit.record("person.added", by=by, of=administrator)
    audit.record("role.given", by=by, of=administrator, role=str(Role.ADMINISTRATOR))
    return administrator
