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
from accounts.scoping import REACH, REACHED, REACHED_CASES, reach, reach_values
from tests.builders import make_case, make_victim
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
            "barred": st.sets(st.integers(0, 5), max_size=2),
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
        made = [_make_scope(unit, restriction, grants, at) for unit, restriction, grants in scopes]
        actor = _actor(who, made)
        python = set(Victim.objects.filter(reach(actor, at)).values_list("pk", flat=True))
        with acting_as(actor, at=at):
            database = set(Victim.objects.values_list("pk", flat=True))
        with acting_as(engine("test"), at=at):
            by_hand = _by_hand(actor)
        transaction.set_rollback(True)
    assert python == database
    assert by_hand == [python] * 3


BY_HAND = (
    f"SELECT v.id FROM victims_victim v WHERE {REACH.format(of='v')}",
    f"SELECT v.id FROM victims_victim v WHERE v.scope_id IN {REACHED}",
    f"SELECT c.victim_id FROM casework_case c WHERE {REACHED_CASES.format(of='c')}",
)


def _by_hand(actor: Actor) -> list[set[UUID]]:
    """What each hand-written statement shows that is cut by its words alone, without the database's policy."""
    units = [str(pk) for pk in Unit.objects.values_list("pk", flat=True)]
    shown = []
    with connection.cursor() as cursor:
        for statement in BY_HAND:
            cursor.execute(statement, reach_values(actor) | {"units": units})
            shown.append({row[0] for row in cursor.fetchall()})
    return shown


def _make_scope(
    slug: str, restriction: str, grants: list[tuple[str, int, int | None]], at: datetime
) -> Scope:
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
    make_case(victim=make_victim(scope))
    return scope


def _actor(who: dict[str, object], scopes: list[Scope]) -> Actor:
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
        barred=frozenset(
            scopes[place].pk
            for place in who["barred"]  # type: ignore[attr-defined]
            if place < len(scopes)
        ),
    )
