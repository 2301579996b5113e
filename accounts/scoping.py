"""The room of the first wall: which rows an actor may see, in Python, beside the database's own policy."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self, TypeVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.http import Http404

import clocks
from accounts.actors import Actor, ActorKind
from accounts.context import current
from accounts.errors import Unscoped

Row = TypeVar("Row", bound=Model)


class NotVisible(Http404):
    """There is no such row for this actor: answered 404, so that nobody learns whether it exists."""


def reach(actor: Actor, at: datetime, path: str = "scope") -> Q:
    """The rows whose `Scope` (reached by `path`) the actor may see at that time.

    Standard rows of the actor's units (of the whole force for force-wide roles), and any row that
    a grant names the actor, or somebody they cover for, on; never one that a conflict of interest closes to
    them. Agencies and nobody see none.
    """
    if actor.kind is ActorKind.ENGINE:
        return Q()
    if actor.kind is not ActorKind.OFFICER or actor.force_id is None:
        return Q(pk__in=[])
    standard = Q(**{f"{path}__restriction": "standard"})
    if not actor.force_wide:
        standard &= Q(**{f"{path}__unit__in": sorted(actor.unit_ids)})
    granted = (
        apps.get_model("accounts", "ScopeGrant")
        ._default_manager.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at),
            user__in=sorted(actor.acting_for),
            starts_at__lte=at,
        )
        .values("scope")
    )
    reached = Q(**{f"{path}__force": actor.force_id}) & (standard | Q(**{f"{path}__in": granted}))
    return reached & ~Q(**{f"{path}__in": sorted(actor.barred)}) if actor.barred else reached


# The same for a hand-written statement; its values are `reach_values`.
_GRANTED = """ARRAY(SELECT g.scope_id FROM accounts_scopegrant g
                          WHERE g.user_id = ANY (%(reach_users)s::uuid[]) AND g.starts_at <= %(reach_at)s
                            AND (g.ends_at IS NULL OR g.ends_at > %(reach_at)s))"""
_REACHED = f"""s.force_id = %(reach_force)s AND s.id <> ALL (%(reach_barred)s::uuid[]) AND (
    (s.restriction = 'standard' AND (%(reach_wide)s OR s.unit_id = ANY (%(reach_units)s::uuid[])))
    OR s.id = ANY ({_GRANTED}))"""  # nosec B608 - only our own words
# Of the table named {of}. A question for one value is asked row by row, by primary key: joined, the planner reads a
# unit's every Scope instead.
REACH = f"(SELECT true FROM accounts_scope s WHERE s.id = {{of}}.scope_id AND {_REACHED})"  # nosec B608
# Every Scope of the units in `%(units)s`, for a statement over thousands of rows.
REACHED = (
    f"(SELECT s.id FROM accounts_scope s WHERE s.unit_id = ANY (%(units)s::uuid[]) AND {_REACHED})"  # nosec B608
)
# The same of the cases {of}, which know the unit of their Scope: only those Scopes are read that are not standard.
REACHED_CASES = f"""{{of}}.unit_id = ANY (ARRAY(SELECT u.id FROM accounts_unit u
                              WHERE u.id = ANY (%(units)s::uuid[]) AND u.force_id = %(reach_force)s))
    AND {{of}}.scope_id <> ALL (%(reach_barred)s::uuid[]) AND (
    ((%(reach_wide)s OR {{of}}.unit_id = ANY (%(reach_units)s::uuid[]))
     AND {{of}}.scope_id NOT IN (SELECT s.id FROM accounts_scope s
                                  WHERE s.unit_id = ANY (%(units)s::uuid[]) AND s.restriction <> 'standard'))
    OR {{of}}.scope_id = ANY ({_GRANTED}))"""  # nosec B608 - only our own words


def reach_values(actor: Actor) -> dict[str, Any]:
    """What `REACH` needs to know of an officer; agencies and nobody reach no row by it."""
    context = current()
    return {
        "reach_force": actor.force_id if actor.kind is ActorKind.OFFICER else None,
        "reach_wide": actor.force_wide,
        "reach_units": sorted(actor.unit_ids),
        "reach_users": sorted(actor.acting_for),
        "reach_barred": sorted(actor.barred),
        "reach_at": context.at if context else clocks.now(),
    }


class UnitQuerySet(QuerySet[Row]):
    """What belongs to a unit's supervision and identifies no victim: a draw, a job, a note at the end of a shift."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows of one's own units, or of the force for whoever reaches all of it."""
        if actor.kind is ActorKind.ENGINE:
            return self
        if actor.kind is not ActorKind.OFFICER or actor.force_id is None:
            return self.none()
        units = Q() if actor.force_wide else Q(unit__in=sorted(actor.unit_ids))
        return self.filter(units, force=actor.force_id)


class ScopedQuerySet(QuerySet[Row]):
    """Identifying rows: inside a request they cannot be read without saying for whom.

    `scope_path` is the way from a row to its `Scope`.
    """

    scope_path = "scope"
    _scoped = False

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this actor may see now."""
        context = current()
        at = context.at if context else clocks.now()
        scoped = self.filter(reach(actor, at, self.scope_path))
        scoped._scoped = True
        return scoped

    def reached_from(self, **row: Model) -> Self:
        """The rows that hang on one which the actor was let see (`case=...`), as that row's own managers give them."""
        reached = self.filter(**row)
        reached._scoped = True
        return reached

    def get_visible(self, actor: Actor, **lookup: Any) -> Row:
        """The one row, or `NotVisible` (404, logged)."""
        try:
            return self.visible_to(actor).get(**lookup)
        except ObjectDoesNotExist as missing:
            raise NotVisible(self.model._meta.label) from missing

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _guard(self) -> None:
        context = current()
        reached_through_a_row = "instance" in self._hints  # type: ignore[attr-defined]
        if context and context.in_request and not self._scoped and not reached_through_a_row:
            raise Unscoped(f"{self.model._meta.label} was read in a request without visible_to().")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._guard()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Row]:
        """The rows one by one; scoped, or refused in a request."""
        self._guard()
        return super().iterator(chunk_size)

    def count(self) -> int:
        """How many rows; scoped, or refused in a request."""
        self._guard()
        return super().count()

    def exists(self) -> bool:
        """Whether there is a row; scoped, or refused in a request."""
        self._guard()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Numbers over the rows; scoped, or refused in a request."""
        self._guard()
        return super().aggregate(*args, **kwargs)

    def update(self, **values: Any) -> int:
        """Change rows; scoped, or refused in a request."""
        self._guard()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows; scoped, or refused in a request."""
        self._guard()
        return super().delete()

    update.alters_data = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """Rows by hand-written SQL, which nobody can scope: refused in a request."""
        self._scoped = False
        self._guard()
        return super().raw(*args, **kwargs)

    # Joined with unscoped rows, scoped ones are scoped no longer.
    def __or__(self, other: Self) -> Self:  # type: ignore[override]
        return self._joined(super().__or__(other), other)

    def __xor__(self, other: Self) -> Self:  # type: ignore[override]
        return self._joined(super().__xor__(other), other)

    def union(self, *others: Any, all: bool = False) -> Self:  # noqa: A002 - Django's name
        """The rows of either; scoped only if all are."""
        return self._joined(super().union(*others, all=all), *others)

    def _joined(self, rows: Self, *others: "ScopedQuerySet[Any]") -> Self:
        rows._scoped = self._scoped and all(other._scoped for other in others)
        return rows
