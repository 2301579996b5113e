"""Python's reach and PostgreSQL's policy agree for any actor, record and grant."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.actors import Actor, ActorKind, engine
from accounts.context import acting_as
from accounts.models import Force, GrantKind, Restriction, Scope, ScopeGrant, Unit, User
from accounts.permissions import Role
from accounts.scoping import REACH, reach, reach_values
from tests.builders import make_victim
from victims.models import Victim

PEOPLE = ("olu", "sade", "petra", "ines", "lena", "wyn", "hana")
UNITS = ("harbour-road", "fellgate", "quayside")
WHEN = st.integers(-3, 3)


def actors() -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from([ActorKind.OFFICER, ActorKind.AGENCY, ActorKind.NOBODY]),
            "force": st.sampled_from(["northmoor", "eastvale", None]),
            "units": st.sets(st.sampled_from(UNITS)),
            "covers": st.sets(st.sampled_from(PEOPLE), min_size=1),
            "roles": st.sets(st.sampled_from(list(Role)), max_size=3),
        }
    )


SCOPES = st.lists(
    st.tuples(
        st.sampled_from(UNITS),
        st.sampled_from(Restriction.values),
        st.lists(st.tuples(st.sampled_from(PEOPLE), WHEN, st.none() | WHEN), max_size=3),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(who=actors(), scopes=SCOPES)
def test_for_any_actor_both_walls_show_the_same_rows(
    db: None,
    who: dict[str, object],
    scopes: list[tuple[str, str, list[tuple[str, int, int | None]]]],
) -> None:
    at = clocks.now()
    with transaction.atomic():
        for unit, restriction, grants in scopes:
            _make_scope(unit, restriction, grants, at)
        actor = _actor(who)
        python = set(Victim.objects.filter(reach(actor, at)).values_list("pk", flat=True))
        with acting_as(actor, at=at):
            database = set(Victim.objects.values_list("pk", flat=True))
        with acting_as(engine("test"), at=at):
            by_hand = _by_hand(actor)
        transaction.set_rollback(True)
    assert python == database == by_hand


def _by_hand(actor: Actor) -> set[UUID]:
    """What a hand-written statement shows that is cut by `REACH` alone, without the database's policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT v.id FROM victims_victim v WHERE {REACH.format(of='v')}",
            reach_values(actor),
        )
        return {row[0] for row in cursor.fetchall()}


def _make_scope(
    slug: str, restriction: str, grants: list[tuple[str, int, int | None]], at: datetime
) -> None:
    unit = Unit.objects.get(slug=slug)
    scope = Scope.objects.create(force=unit.force, unit=unit, restriction=restriction)
    for number, (name, starts, ends) in enumerate(grants):
        ScopeGrant.objects.create(
            scope=scope,
            force=unit.force,
            user=User.objects.get(username=name),
            kind=GrantKind.TEAM,
            starts_at=at + timedelta(hours=starts),
            ends_at=at + timedelta(hours=ends if ends is not None else 900 + number),
        )
    make_victim(scope)


def _actor(who: dict[str, object]) -> Actor:
    force = Force.objects.filter(slug=who["force"]).first()
    units: dict[str, UUID] = dict(Unit.objects.values_list("slug", "pk"))
    people: dict[str, UUID] = dict(User.objects.values_list("username", "pk"))
    return Actor(
        kind=who["kind"],  # type: ignore[arg-type]
        name="anybody",
        id=people["olu"],
        force_id=force.pk if force else None,
        unit_ids=frozenset(units[slug] for slug in who["units"]),  # type: ignore[attr-defined]
        acting_for=frozenset(people[name] for name in who["covers"]),  # type: ignore[attr-defined]
        roles=frozenset(who["roles"]),  # type: ignore[call-overload]
    )
