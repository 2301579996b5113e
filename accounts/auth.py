"""The room of signing in: nobody signs themselves up, and what an account may reach is asked afresh each time."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor, ActorKind
from accounts.models import Absence, RoleHeld, Supervision, User
from accounts.permissions import Role
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; the sign-up page is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can make an account for themselves."""
        return False


def actor_of(user: User, at: datetime) -> Actor:
    """The actor that a signed-in person is at that time: roles, units and whom they cover for, in one query."""
    row: dict[str, Any] = (
        User.objects.filter(pk=user.pk)
        .values("unit_id")
        .annotate(
            roles_now=ArraySubquery(RoleHeld.objects.filter(user=OuterRef("pk")).values("role")),
            units_now=ArraySubquery(Supervision.objects.filter(user=OuterRef("pk")).values("unit")),
            covering=ArraySubquery(
                Absence.objects.filter(
                    cover=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at, user__is_active=True
                ).values("user")
            ),
        )
        .get()
    )
    own_unit = {row["unit_id"]} if row["unit_id"] else set()
    return Actor(
        kind=ActorKind.AGENCY if user.agency_id else ActorKind.OFFICER,
        name=user.name,
        id=user.pk,
        force_id=user.force_id,
        agency_id=user.agency_id,
        home_unit_id=row["unit_id"],
        unit_ids=frozenset(own_unit | set(row["units_now"])),
        acting_for=frozenset({user.pk, *row["covering"]}),
        roles=frozenset(Role(role) for role in row["roles_now"]),
    )
