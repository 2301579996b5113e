"""The room of who acts: an officer, an agency's worker or system, the engine, or nobody yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from accounts.errors import Refused
from accounts.permissions import AGENCY_ROLES, FORCE_WIDE, Permission, Role, can


class ActorKind(StrEnum):
    """What sort of actor stands behind an act."""

    OFFICER = "officer"
    AGENCY = "agency"
    ENGINE = "engine"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, and how far they reach. Every action takes one as `by`.

    `unit_ids` are the units whose standard cases the actor reaches (own unit, supervised units);
    `acting_for` is the actor and everybody they cover for now. `barred` are the Scopes closed to them by a
    conflict of interest; `opened` those that they opened in an emergency, with until when. `asked_why` is
    their force's policy of asking why a case is opened (`reasons.AsksWhy`).
    """

    kind: ActorKind
    name: str
    id: UUID | None = None
    force_id: UUID | None = None
    agency_id: UUID | None = None
    home_unit_id: UUID | None = None
    unit_ids: frozenset[UUID] = field(default_factory=frozenset)
    acting_for: frozenset[UUID] = field(default_factory=frozenset)
    roles: frozenset[Role] = field(default_factory=frozenset)
    barred: frozenset[UUID] = field(default_factory=frozenset)
    opened: Mapping[UUID, datetime] = field(default_factory=dict, hash=False)
    asked_why: str = ""

    @property
    def force_wide(self) -> bool:
        """Whether the actor reaches every standard case of the force."""
        return bool(self.roles & FORCE_WIDE)

    @property
    def person_id(self) -> UUID:
        """The person behind the act; `Refused` where a row must name somebody and nobody stands behind it."""
        if self.id is None:
            raise Refused("A person must do this: it is recorded under their name.")
        return self.id

    @property
    def own_force_id(self) -> UUID:
        """The force in whose name the act is done; `Refused` for somebody of none."""
        if self.force_id is None:
            raise Refused("Only somebody of a force can do this.")
        return self.force_id

    @property
    def own_agency_id(self) -> UUID:
        """The agency in whose name the act is done; `Refused` for somebody of none."""
        if self.agency_id is None:
            raise Refused("Only somebody of an agency can do this.")
        return self.agency_id

    def can(self, permission: Permission) -> bool:
        """Whether one of the actor's roles has the permission."""
        return can(self, permission)


NOBODY = Actor(kind=ActorKind.NOBODY, name="nobody")


def engine(name: str) -> Actor:
    """The actor of a worker, a command or the demo: named, so that the audit trail says which.

    It reaches every row through the database role `engine` and holds every officer's permission.
    """
    return Actor(kind=ActorKind.ENGINE, name=name, roles=frozenset(Role) - AGENCY_ROLES)
