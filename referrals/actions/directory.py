"""The room of how an agency keeps its part of the directory: what it offers, and how many places are free."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.models import Force
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from accounts.scoping import NotVisible
from referrals.errors import Stale
from referrals.models import CapacityWord, Service

KEPT = (
    "name",
    "needs",
    "languages",
    "places",
    "gender",
    "takes_children",
    "access",
    "hours",
    "urgent_cover",
    "usual_answer_hours",
    "is_active",
    "is_public",
)


@transaction.atomic
def add_service(*, by: Actor, forces: Iterable[Force], **said: Any) -> Service:
    """The agency offers something new."""
    check(by, Permission.AGENCY_UPDATE)
    at = clocks.now()
    service = Service(agency_id=by.own_agency_id, listed_at=at, changed_at=at, **_known(said))
    add(service)
    service.forces.set(forces)
    audit.record("service.added", by=by, of=service)
    return service


@transaction.atomic
def change_service(
    *, service: Service, by: Actor, forces: Iterable[Force], version: int | None = None, **said: Any
) -> Service:
    """The agency says anew what one of its services is; `Stale` when somebody changed it meanwhile."""
    check(by, Permission.AGENCY_UPDATE)
    service = _own(service, by)
    if version is not None and version != service.version:
        raise Stale(
            _("This service was changed since you read it. Look at it again."),
            apart=_apart(service, forces, said),
        )
    for name, value in _known(said).items():
        setattr(service, name, value)
    service.version += 1
    service.changed_at = clocks.now()
    check_row(service)
    service.save()
    service.forces.set(forces)
    audit.record("service.changed", by=by, of=service)
    return service


@transaction.atomic
def tell_capacity(*, service: Service, places_free: int, by: Actor) -> CapacityWord:
    """So many places are free now. The same number said again is a new word: it is true as of now."""
    check(by, Permission.AGENCY_UPDATE)
    service = _own(service, by)
    if not service.is_active:
        raise ValidationError(_("This service is not offered now. Offer it again first."))
    word = CapacityWord(
        service=service,
        agency_id=service.agency_id,
        places_free=places_free,
        at=clocks.now(),
        by_id=by.id,
    )
    add(word)
    return word


def _apart(service: Service, forces: Iterable[Force], said: dict[str, Any]) -> list[str]:
    """The fields in which the service is now another than what is said of it."""
    found = [name for name, value in _known(said).items() if getattr(service, name) != value]
    return found + ["forces"] * (set(service.forces.all()) != set(forces))


def _known(said: dict[str, Any]) -> dict[str, Any]:
    if unknown := said.keys() - set(KEPT):
        raise TypeError(f"A service has no {sorted(unknown)}.")
    return said


def _own(service: Service, by: Actor) -> Service:
    found = Service.objects.select_for_update().filter(pk=service.pk, agency=by.agency_id).first()
    if found is None:
        raise NotVisible("referrals.Service")
    return found
