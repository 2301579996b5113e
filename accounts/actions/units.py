"""The room of police units and who supervises them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Supervision, Unit, User
from accounts.permissions import Permission, Role, check

SUPERVISING = (Role.SUPERVISOR, Role.SPECIALIST_LEAD)


@transaction.atomic
def add_unit(*, by: Actor, name: str, duty_phone: str = "") -> Unit:
    """The force has one more unit that can hold cases."""
    check(by, Permission.PEOPLE_ADMIN)
    slug = slugify(name)[:50]
    if not slug:
        raise Conflict(_("Enter a name with letters in it."))
    if Unit.objects.filter(force_id=by.own_force_id, slug=slug).exists():
        raise Conflict(_("Your force already has a unit with this name. Choose another."))
    unit = Unit.objects.create(
        force_id=by.own_force_id, slug=slug, name=name, duty_phone=duty_phone
    )
    audit.record("unit.added", by=by, of=unit)
    return unit


@transaction.atomic
def change_unit(*, by: Actor, unit: Unit, name: str, duty_phone: str, is_active: bool) -> Unit:
    """The unit's name, phone and whether it is in use are as given. One with people in it stays in use."""
    check(by, Permission.PEOPLE_ADMIN)
    unit = _locked(unit, by=by)
    if not is_active and unit.people.active().exists():
        raise Conflict(_("People still work in this unit. Move them to another unit first."))
    unit.name, unit.duty_phone, unit.is_active = name, duty_phone, is_active
    unit.save(update_fields=["name", "duty_phone", "is_active"])
    audit.record("unit.changed", by=by, of=unit)
    return unit


@transaction.atomic
def set_supervisors(*, by: Actor, unit: Unit, people: Sequence[User]) -> None:
    """These people supervise the unit, the first of them who is present being on duty."""
    check(by, Permission.PEOPLE_ADMIN)
    unit = _locked(unit, by=by)
    was = list(unit.supervisions.values_list("user_id", flat=True))
    wanted = [person.pk for person in people]
    if len(set(wanted)) != len(wanted):
        raise Conflict(_("Each person can stand in the order only once."))
    if by.id in set(wanted) - set(was):
        raise Refused(_("Ask another administrator: nobody does this for themselves."))
    fit = User.objects.active().filter(force_id=unit.force_id, roles__role__in=SUPERVISING)
    if set(wanted) - set(was) - set(fit.values_list("pk", flat=True)):
        raise Conflict(
            _("A unit is supervised by a supervisor or specialist lead of its own force.")
        )
    unit.supervisions.exclude(user_id__in=wanted).delete()
    Supervision.objects.bulk_create(
        [Supervision(unit=unit, user_id=pk, rank=rank) for rank, pk in enumerate(wanted, start=1)],
        update_conflicts=True,
        unique_fields=["unit", "user"],
        update_fields=["rank"],
    )
    audit.record("unit.supervisors_set", by=by, of=unit, people=[str(pk) for pk in wanted])


def _locked(unit: Unit, *, by: Actor) -> Unit:
    found = Unit.objects.select_for_update().get(pk=unit.pk)
    if by.force_id not in {None, found.force_id}:
        raise Refused(_("This unit belongs to another force."), verb="unit.change")
    return found
