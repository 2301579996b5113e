"""Forces share agencies; one of them decides who signs in for each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts import actions
from accounts.errors import Refused
from accounts.models import Agency, Force, RoleHeld, User
from accounts.permissions import Role
from referrals import actions as referring
from tests.cast import Cast

Browser = Callable[[User], Client]
SAID = {"name": "Harbour House", "phone": "", "email": "", "is_active": True}


@pytest.fixture(autouse=True)
def kept(cast: Cast) -> None:
    """Harbour is looked after by Northmoor; Gus administers another force."""
    Agency.objects.filter(pk=cast.harbour.pk).update(kept_by=cast.force)
    RoleHeld.objects.create(user=cast.gus, role=Role.ADMINISTRATOR)


def of_worker(cast: Cast) -> dict[str, dict[str, Any]]:
    """What an administrator does about somebody who works for an agency."""
    worker = User.objects.get(username="hana")
    details = {"name": "H", "email": "", "mobile": "", "unit": None, "languages": ""}
    return {
        "change_agency": {"agency": cast.harbour, **SAID},
        "add_agency_worker": {"agency": cast.harbour, "username": "nia", "name": "Nia"},
        "change_person": {"user": worker, **details},
        "set_roles": {"user": worker, "roles": {Role.AGENCY_ADMINISTRATOR}},
        "give_role": {"user": worker, "role": Role.AGENCY_ADMINISTRATOR},
        "make_password_link": {"user": worker},
        "end_all_sessions": {"user": worker},
        "leave": {"user": worker},
    }


ACTS = (
    *("change_agency", "add_agency_worker", "change_person", "set_roles", "give_role"),
    *("make_password_link", "end_all_sessions", "leave"),
)


@pytest.mark.parametrize("act", ACTS)
def test_another_forces_administrator_decides_nothing_about_an_agency_or_its_people(
    cast: Cast, act: str
) -> None:
    with pytest.raises(Refused):
        getattr(actions, act)(by=cast.actor("gus"), **of_worker(cast)[act])
    getattr(actions, act)(by=cast.actor("lena"), **of_worker(cast)[act])


def test_another_forces_administrator_is_shown_who_looks_after_it_and_no_way_in(
    cast: Cast, client_of: Browser
) -> None:
    gus = client_of(cast.gus)
    listed = gus.get("/agencies/manage").content.decode()
    assert cast.force.name in listed
    assert str(cast.harbour.pk) not in listed
    edit, worker = f"/agencies/manage/{cast.harbour.pk}", User.objects.get(username="hana")
    assert gus.get(edit).status_code == 404
    assert gus.get(f"{edit}/workers/new").status_code == 404
    assert gus.get(f"/people/{worker.pk}").status_code == 404
    assert client_of(cast.lena).get(f"/people/{worker.pk}").status_code == 200


def test_what_no_force_looks_after_is_taken_by_the_first_that_changes_it(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.harbour.pk).update(kept_by=None)
    actions.change_agency(by=cast.actor("gus"), agency=cast.harbour, **SAID)
    assert Agency.objects.get(pk=cast.harbour.pk).kept_by == cast.gus.force
    with pytest.raises(Refused):
        actions.change_agency(by=cast.actor("lena"), agency=cast.harbour, **SAID)


def test_whoever_adds_an_agency_looks_after_it_and_hands_it_over(cast: Cast) -> None:
    made = actions.add_agency(by=cast.actor("gus"), name="Lantern Trust")
    assert made.kept_by == cast.gus.force
    said = SAID | {"name": "Lantern Trust", "kept_by": Force.objects.get(pk=cast.force.pk)}
    actions.change_agency(by=cast.actor("gus"), agency=made, **said)
    with pytest.raises(Refused):
        actions.add_agency_worker(by=cast.actor("gus"), agency=made, username="nia", name="Nia")
    actions.add_agency_worker(by=cast.actor("lena"), agency=made, username="nia", name="Nia")


def test_another_forces_administrator_is_not_the_second_person_for_where_events_go(
    cast: Cast, client_of: Browser
) -> None:
    proposed, _secret = referring.propose_webhook(
        by=cast.actor("una"), url="https://hooks.harbour.example.org/holdfast"
    )
    assert (
        str(proposed.pk)
        not in client_of(cast.gus).get("/agencies/manage/webhooks").content.decode()
    )
    with pytest.raises(Refused):
        referring.confirm_webhook(webhook=proposed, by=cast.actor("gus"))
    with pytest.raises(Refused):
        referring.end_webhook(webhook=proposed, by=cast.actor("gus"))
    proposed.refresh_from_db()
    assert proposed.confirmed_at is None
    assert proposed.ended_at is None
