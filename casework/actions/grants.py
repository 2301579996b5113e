"""The room of the owner's own right to see a case, wherever they work."""

from datetime import datetime
from uuid import UUID

from accounts.models import GrantKind, Scope, ScopeGrant


def grant_owner(scope: Scope, owner_id: UUID, *, at: datetime) -> None:
    """The owner sees the case even outside their unit, or after changing it."""
    ScopeGrant.objects.create(
        scope=scope,
        force_id=scope.force_id,
        user_id=owner_id,
        kind=GrantKind.OWNER,
        starts_at=at,
    )


def name_on_team(scope: Scope, user_id: UUID, *, at: datetime) -> None:
    """The person is on the named team of a case that is held closely. Twice is once."""
    ScopeGrant.objects.get_or_create(
        scope=scope,
        user_id=user_id,
        kind=GrantKind.TEAM,
        ends_at=None,
        defaults={"force_id": scope.force_id, "starts_at": at},
    )


def end_owner_grants(scope: Scope, *, at: datetime) -> None:
    """Nobody sees the case any longer because they owned it."""
    scope.grants.filter(kind=GrantKind.OWNER, ends_at__isnull=True).update(ends_at=at)
