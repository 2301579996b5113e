"""Every address of a row, asked by whoever stands in another relation to it: it is not there, by any method.

The row is one of Harbour Road's or of the agency Harbour. Who may not do such a thing at all is refused by role
(`test_access.py`); whoever may, but not with this row, gets the same answer as for a row that does not exist.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import RoleHeld, User
from accounts.permissions import Role
from casework.models import Case
from tests.attack.rows import CERTIFICATE, ROAD, ROWS, make_the_rest
from tests.attack.world import invented
from tests.conftest import OWN_DATABASE
from tests.house.routes import Route, routes
from tests.journeys.addresses import OPEN
from tests.journeys.site import Site
from tests.signed_in import sign_in

PROVE = bool(os.environ.get("PROVE"))
METHODS = ("GET", "POST")
# Of each relation somebody who may do much, and in the long setting somebody who may do little.
STRANGERS = {
    "another unit": ("nell", "bram"),
    "another force": ("gus", "wyn"),
    "another agency": ("bea",),
}
# Nobody of these is of the team of a case that is restricted: its unit, whoever answers for it, and for the force.
SHUT_OUT = ("sade", "ines", "juno")
NOT_THERE = {403, 404, 405}
# Addresses whose name is not a row of somebody's.
NOBODYS = {
    "training:proof-sent": "a link of a minute that asks everything again: training/test_proofs.py",
    "casework:file-sent": "a link of a minute that asks everything again: casework/test_files.py",
    "casework:break-glass": "a question, the same for any reference: casework/test_emergency.py",
    "accounts:day-undo": "a day of one's own force's calendar, whoever asks",
    "accounts:export-take": "a kind of file, of what one may see: accounts/test_exports.py",
    "training:ask": "a course of every force, asked for one's own: training/test_pages.py",
    "training:counts-for": "a course of every force, told for one's own: training/test_ways.py",
    "followups:number": "a number, of what one may see: followups/test_metrics.py",
    "followups:number-list": "a number, of what one may see: followups/test_metrics.py",
}
# Of a force, not of a unit.
FORCES = {
    "accounts:person": "who works where is known to every supervisor of the force",
    "training:date": "when a course is held is known in the force; who has a place is not",
}
# Of one case, though its reference is not in the address.
OF_A_CASE = (
    *("followups:followup", "followups:acknowledge", "followups:send-again", "referrals:referral"),
    *("casework:pack", "casework:file", "casework:override-review"),
)
# So that it is the force that stops them and not their role: somebody of another who may do whatever can be done.
OF_A_FORCE = [role for role in Role if not role.startswith("agency")]
OFFERED_TO_US = {"casework:transfer-withdraw", "casework:transfer-refusal-seen"}


@pytest.fixture(scope="module")
def site(django_db_blocker: Any) -> Iterator[Site]:
    with (
        django_db_blocker.unblock(),
        invented(f"{OWN_DATABASE.name}_relations", OWN_DATABASE.name) as copy,
    ):
        site = Site("http://testserver", copy, Path(os.devnull))
        site.ask(CERTIFICATE)
        with acting_as(engine("test")):
            make_the_rest(Case.objects.get(reference=site.row(OPEN)["reference"]))
            bea = User.objects.get(username="bea")
            RoleHeld.objects.create(user=bea, role=Role.AGENCY_ADMINISTRATOR)
            gus = User.objects.get(username="gus")
            for role in set(OF_A_FORCE) - set(gus.roles.values_list("role", flat=True)):
                RoleHeld.objects.create(user=gus, role=role)
        yield site


@pytest.fixture(scope="module")
def addresses(site: Site) -> dict[str, str]:
    """The address of each route, with its row."""
    return {
        route.name: reverse(route.name, kwargs=site.row(ROWS[route.name])) for route in with_a_row()
    }


def with_a_row() -> list[Route]:
    """Every page's address that names a row; the API's are asked in referrals/test_foreign.py."""
    return [
        route
        for route in routes()
        if route.parameters and route.permission and not route.api and route.name not in NOBODYS
    ]


def there(who: str, addresses: dict[str, str]) -> list[str]:
    """Where somebody is not told that nothing is there. What a request would change is undone."""
    browser, found = Client(raise_request_exception=False), []
    with acting_as(engine("test")):
        sign_in(browser, User.objects.get(username=who))
    for name, address in addresses.items():
        for method in METHODS:
            with transaction.atomic():
                status = browser.generic(method, address).status_code
                transaction.set_rollback(True)
            if status not in NOT_THERE:
                found.append(f"{who} {method} {name}: {status}")
    return found


def test_every_address_that_names_a_row_has_one_to_ask_for() -> None:
    names = {route.name for route in routes()}
    assert {route.name for route in with_a_row()} <= set(ROWS)
    assert set(NOBODYS) | OFFERED_TO_US <= names


@pytest.mark.parametrize("relation", STRANGERS)
def test_what_is_anothers_is_not_there(addresses: dict[str, str], relation: str) -> None:
    people = STRANGERS[relation] if PROVE else STRANGERS[relation][:1]
    asked = {
        name: address
        for name, address in addresses.items()
        if relation != "another unit" or name not in FORCES
    }
    assert [line for who in people for line in there(who, asked)] == []


def of_cases(addresses: dict[str, str]) -> dict[str, str]:
    """The addresses of a case and of what hangs on it: its files, packs, duties and referrals."""
    named = {route.name for route in with_a_row() if "reference" in route.parameters}
    found = {
        name: address
        for name, address in addresses.items()
        if (name in named or name.startswith(OF_A_CASE)) and name not in OFFERED_TO_US
    }
    assert len(found) > 90
    return found


def test_a_restricted_case_is_not_there_for_its_own_unit_supervisor_and_lead(
    site: Site, addresses: dict[str, str]
) -> None:
    whose = (
        f"UPDATE accounts_scope SET restriction = %s WHERE restriction = %s AND unit_id = {ROAD}"
    )
    site.ask(whose, "restricted", "standard")
    try:
        people = SHUT_OUT if PROVE else SHUT_OUT[:2]
        assert [line for who in people for line in there(who, of_cases(addresses))] == []
    finally:
        site.ask(whose, "standard", "restricted")


def test_a_case_that_a_conflict_of_interest_closes_is_not_there_nor_its_files(
    site: Site, addresses: dict[str, str]
) -> None:
    """Sade supervises the unit: but for the conflict every one of these would be there."""
    sade = "(SELECT id FROM accounts_user WHERE username = 'sade')"
    site.ask(
        "INSERT INTO accounts_scopebar (id, scope_id, force_id, user_id, tie, declared_at, declared_by_id, why_ended)"
        f" SELECT gen_random_uuid(), s.id, s.force_id, {sade}, 'family', now(), {sade}, ''"
        f" FROM accounts_scope s WHERE s.unit_id = {ROAD} AND NOT EXISTS"
        f" (SELECT FROM accounts_scopebar b WHERE b.scope_id = s.id AND b.user_id = {sade})"
    )
    try:
        assert there("sade", of_cases(addresses)) == []
    finally:
        site.ask(f"DELETE FROM accounts_scopebar WHERE user_id = {sade}")
