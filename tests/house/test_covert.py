"""A covert case is nowhere for whoever is not on its team: with it or without it, pages are the same to the byte."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.models import GrantKind, Restriction, ScopeGrant, User
from accounts.permissions import ROLES, Role
from casework.models import Case
from clocks import frozen
from followups import engine
from referrals.models import SupportReferral
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.house.routes import routes
from tests.referrals import api_client

AT = datetime(2026, 11, 18, 10, tzinfo=UTC)
COVERT = "HF-CDFGH"
SOUGHT = ("Wren Ouzel", "ouzel wrenn", "02/01/1990", "07700 900321", COVERT, "Orchid House")
# What is different in every answer: a token against forgery, and the id that a new concern will have.
DIFFERS = re.compile(r'name="(csrfmiddlewaretoken|concern)" value="[^"]+"')
Answers = dict[str, tuple[int, str, int]]


class Counted:
    """How many questions the database was asked: what an answer takes never depends on what is hidden."""

    queries = 0

    def __call__(self, execute: Callable[..., object], *asked: object) -> object:
        self.queries += 1
        return execute(*asked)


def plant(cast: Cast) -> None:
    """A covert case of Olu's unit that only Petra may see, with everything that lists and counts look at."""
    scope = make_scope(cast.unit, restriction=Restriction.COVERT)
    ScopeGrant.objects.create(
        scope=scope, force=cast.force, user=cast.petra, kind=GrantKind.TEAM, starts_at=AT
    )
    victim = make_victim(
        scope, called="Wren Ouzel", first_name="Wren", last_name="Ouzel", born_on=date(1990, 2, 1)
    )
    case = make_case(
        victim=victim, owner=cast.petra, reference=COVERT, place="Orchid House", at=AT, danger="yes"
    )
    SupportReferral.objects.create(
        scope=scope, case=case, agency=cast.beacon, needs=["outreach"], legal_basis="Invented",
        told_to="team", no_contact_reason="through_us", status="sent", created_at=AT,
        created_by=cast.petra, sent_at=AT, changed_at=AT,
    )  # fmt: skip


def paths(user: User, own: Case) -> Iterator[str]:
    may = frozenset().union(*(ROLES[Role(row.role)] for row in user.roles.all()))
    for route in routes():
        if route.permission in may:
            yield route.path.replace("HF-ZZZZZ", own.reference)
            if "reference" in route.parameters:
                yield route.path.replace("HF-ZZZZZ", COVERT)


def look(client: Client, user: User, own: Case) -> Answers:
    """Every answer: its status, its bytes but for the token, and how much was asked of the database for it."""
    asked = [("get", path, {}) for path in paths(user, own)]
    asked += [("post", "/find", {"sought": words}) for words in SOUGHT]
    answers: Answers = {}
    for method, path, given in asked:
        counted = Counted()
        with connection.execute_wrapper(counted), transaction.atomic():
            answer = getattr(client, method)(path, given)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
            transaction.set_rollback(True)
        said = DIFFERS.sub("", body.decode(errors="replace"))
        answers[f"{method} {path} {given}"] = (answer.status_code, said, counted.queries)
    return answers


def test_another_agencys_system_is_told_nothing_of_it(cast: Cast) -> None:
    addresses = ("referrals", "events", "services", "capacity", "me")
    caller = api_client.caller("harbour")
    told = []
    for _look in range(3):
        answers = [caller.get(f"/api/v1/{address}") for address in addresses]
        told.append([answer.content for answer in answers if answer.status_code == 200])
        if len(told) == 2:
            plant(cast)
    assert told[1] == told[2]
    assert len(told[0]) > 1


@pytest.mark.parametrize("who", ["olu", "ines", "keir", "hana"])
def test_no_list_count_or_search_differs_by_a_covert_case(
    cast: Cast, client_of: Callable[[User], Client], who: str
) -> None:
    user = getattr(cast, who)
    with frozen(AT):
        own = make_case(owner=cast.olu, at=AT)
        engine.sweep(AT)
        client = client_of(user)
        look(client, user, own)  # what the first look alone asks is asked now
        without = look(client, user, own)
        plant(cast)
        engine.sweep(AT)
        planted = look(client, user, own)
    different = {
        name: [_first_difference(*pair) for pair in zip(answer, planted[name], strict=True)]
        for name, answer in without.items()
        if planted[name] != answer
    }
    assert len(without) > (8 if who == "hana" else 40)
    assert different == {}


def _first_difference(one: object, other: object) -> str:
    was, is_now = str(one), str(other)
    place = next(
        (n for n, pair in enumerate(zip(was, is_now, strict=False)) if len(set(pair)) > 1), 0
    )
    return (
        f"{was[place - 20 : place + 40]!r} {is_now[place - 20 : place + 40]!r}"
        if was != is_now
        else ""
    )
