"""Everybody whom the tests know, looked up by name."""

from functools import cached_property

import clocks
from accounts.actors import Actor
from accounts.auth import actor_of
from accounts.models import Agency, Force, Unit, User


class Cast:
    """The people of `config/demo/cast.py`: `cast.olu` is a User, `cast.actor("olu")` acts as him."""

    def __getattr__(self, username: str) -> User:
        if username.startswith("_"):
            raise AttributeError(username)
        return User.objects.get(username=username)

    def actor(self, username: str) -> Actor:
        """The person as an actor with today's roles and reach."""
        return actor_of(getattr(self, username), clocks.now())

    @cached_property
    def force(self) -> Force:
        """Northmoor Police."""
        return Force.objects.get(slug="northmoor")

    @cached_property
    def unit(self) -> Unit:
        """Harbour Road Response, where Olu works and Sade supervises."""
        return Unit.objects.get(slug="harbour-road")

    @cached_property
    def other_unit(self) -> Unit:
        """Fellgate Investigations, where Petra works."""
        return Unit.objects.get(slug="fellgate")

    @cached_property
    def harbour(self) -> Agency:
        """Harbour Support."""
        return Agency.objects.get(slug="harbour")

    @cached_property
    def beacon(self) -> Agency:
        """Beacon House."""
        return Agency.objects.get(slug="beacon")
