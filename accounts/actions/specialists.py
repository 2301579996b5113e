"""The room of who keeps the rota of specialists on call, and the numbers to ring."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import RoleHeld, User
from accounts.permissions import ROLES, Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from accounts.specialists import ForceContact, OnCall

GIVES = [role for role, permissions in ROLES.items() if Permission.ADVICE_GIVE in permissions]


def specialists_of(force_id: UUID) -> QuerySet[User]:
    """Everybody of the force who may answer as a specialist, by name."""
    holds = RoleHeld.objects.filter(role__in=GIVES).values("user")
    return User.objects.active().filter(force=force_id, pk__in=holds).order_by("name", "pk")


@transaction.atomic
def put_on_call(*, by: Actor, user: User, starts_at: datetime, ends_at: datetime) -> OnCall:
    """The specialist is on call in that time; `Conflict` when somebody is already."""
    check(by, Permission.SPECIALISTS_KEEP)
    at = clocks.now()
    if ends_at <= at:
        raise Conflict(_("That time is over. Choose a later one."))
    if not specialists_of(by.own_force_id).filter(pk=user.pk).exists():
        raise Conflict(_("Only a specialist of this force can be on call."))
    turn = add(
        OnCall(
            force_id=by.own_force_id,
            user=user,
            starts_at=starts_at,
            ends_at=ends_at,
            set_by_id=by.person_id,
            set_at=at,
        )
    )
    audit.record("oncall.set", by=by, of=turn, user=str(user.pk))
    return turn


@transaction.atomic
def take_off_call(*, by: Actor, turn_id: UUID) -> OnCall:
    """The turn ends now, or never begins; what was owed of it goes to whoever is next."""
    check(by, Permission.SPECIALISTS_KEEP)
    at = clocks.now()
    rows = OnCall.objects.select_for_update().filter(force=by.own_force_id, ends_at__gt=at)
    turn = rows.filter(pk=turn_id).first()
    if turn is None:
        raise NotVisible(OnCall._meta.label)
    turn.ends_at = max(at, turn.starts_at)
    turn.save(update_fields=["ends_at"])
    audit.record("oncall.ended", by=by, of=turn, user=str(turn.user_id))
    return turn


@transaction.atomic
def add_contact(*, by: Actor, name: str, what_for: str, phone: str, hours: str) -> ForceContact:
    """Everybody of the force sees the number from now on."""
    check(by, Permission.SPECIALISTS_KEEP)
    contact = add(
        ForceContact(
            force_id=by.own_force_id,
            name=name,
            what_for=what_for,
            phone=phone,
            hours=hours,
            set_by_id=by.person_id,
            set_at=clocks.now(),
        )
    )
    audit.record("contact.added", by=by, of=contact)
    return contact


@transaction.atomic
def end_contact(*, by: Actor, contact_id: UUID) -> ForceContact:
    """Nobody is sent to the number any more."""
    check(by, Permission.SPECIALISTS_KEEP)
    rows = ForceContact.objects.select_for_update().filter(force=by.own_force_id, ended_at=None)
    contact = rows.filter(pk=contact_id).first()
    if contact is None:
        raise NotVisible(ForceContact._meta.label)
    contact.ended_at, contact.ended_by_id = clocks.now(), by.person_id
    contact.save(update_fields=["ended_at", "ended_by"])
    audit.record("contact.ended", by=by, of=contact)
    return contact
