"""Who acts in the invented force: every officer, supervisor and agency worker as the actor that the rules see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

import clocks
from accounts.actors import Actor
from accounts.auth import actor_of
from accounts.context import go_on_at
from accounts.models import Agency, Force, Supervision, Unit, User
from accounts.permissions import Permission, Role
from config.demo.people import AWAY_WITH_COVER, AWAY_WITHOUT_COVER
from config.demo.plan import Plan, Turn
from config.demo.training import GAP
from referrals.models import Service

KEPT_FREE = frozenset({AWAY_WITH_COVER, AWAY_WITHOUT_COVER, GAP})


@contextmanager
def moment(at: datetime) -> Iterator[None]:
    """Inside it is then, for the product and for the audit trail."""
    with clocks.frozen(at):
        go_on_at(at)
        yield


@dataclass
class Players:
    """Everybody who acts, looked up once."""

    people: dict[str, User] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    responders: dict[str, list[str]] = field(default_factory=dict)
    investigators: dict[str, list[str]] = field(default_factory=dict)
    supervisors: dict[str, str] = field(default_factory=dict)
    forces: dict[str, Force] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    workers: dict[str, Actor] = field(default_factory=dict)
    services: dict[str, list[Service]] = field(default_factory=dict)

    @classmethod
    def of_the_force(cls, at: datetime) -> "Players":
        """Everybody as they are at that time."""
        players = cls()
        for user in User.objects.select_related("unit", "agency").prefetch_related("roles"):
            actor = actor_of(user, at)
            players.people[user.username], players.actors[user.username] = user, actor
            if user.agency:
                if actor.can(Permission.AGENCY_DECIDE):
                    players.workers[user.agency.slug] = actor
            elif user.unit:
                players._place(user, user.unit.slug, actor.roles)
        for supervision in Supervision.objects.select_related("unit__force", "user").order_by(
            "-rank"
        ):
            players.supervisors[supervision.unit.slug] = supervision.user.username
            players.forces[supervision.unit.slug] = supervision.unit.force
            players.units[supervision.unit.slug] = supervision.unit
        for agency in Agency.objects.prefetch_related("services"):
            players.services[agency.slug] = list(agency.services.all())
        return players

    def _place(self, user: User, unit: str, roles: frozenset[Role]) -> None:
        if Role.RESPONDER in roles and Role.SUPERVISOR not in roles:
            self.responders.setdefault(unit, []).append(user.username)
        if Role.INVESTIGATOR in roles:
            self.investigators.setdefault(unit, []).append(user.username)

    def owner_of(self, plan: Plan, rng: Random) -> str:
        """Who gets the case."""
        special = {
            Turn.NOBODY_COVERS: AWAY_WITHOUT_COVER,
            Turn.COVERED: AWAY_WITH_COVER,
            Turn.OVERRIDE_OPEN: GAP,
            Turn.OVERRIDE_DONE: GAP,
        }
        free = sorted(set(self.investigators[plan.unit]) - KEPT_FREE)
        return plan.owner or special.get(plan.turn) or rng.choice(free)

    def actor(self, username: str) -> Actor:
        """The person as an actor."""
        return self.actors[username]
