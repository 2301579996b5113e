"""A force that is new to Holdfast begins with one command and one administrator."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.actions.forces import add_force
from accounts.errors import Refused
from accounts.models import AuditEvent, Force, User
from accounts.permissions import Role
from accounts.reasons import AsksWhy
from tests.cast import Cast

GIVEN = {"name": "Westmark Police", "nation": "scotland", "username": "Ida", "person": "Ida Brand"}


def add(slug: str = "westmark", **over: str) -> str:
    said = StringIO()
    call_command("add_force", slug, **(GIVEN | over), stdout=said)
    return said.getvalue().strip().splitlines()[-1]


def test_its_first_administrator_sets_a_password_through_the_link_and_sees_their_own_force_alone(
    cast: Cast,
) -> None:
    link = urlsplit(add())
    force, ida = Force.objects.get(slug="westmark"), User.objects.get(username="ida")
    assert (force.calendar.slug, force.asks_why) == ("scotland", AsksWhy.OTHER_UNITS)
    assert [row.role for row in ida.roles.all()] == [Role.ADMINISTRATOR]
    assert not ida.has_usable_password()
    assert Client().get(f"{link.path}?{link.query}").status_code in {200, 302}
    browser = Client()
    browser.force_login(ida)
    people = browser.get("/people").text
    assert "Ida Brand" in people
    assert cast.olu.name not in people
    verbs = set(AuditEvent.objects.filter(force_id=force.pk).values_list("verb", flat=True))
    assert {"force.added", "person.added"} <= verbs | set(
        AuditEvent.objects.filter(subject_id=str(ida.pk)).values_list("verb", flat=True)
    )


@pytest.mark.parametrize(("slug", "over"), [("northmoor", {}), ("westmark", {"username": "OLU"})])
def test_what_is_there_already_is_neither_added_twice_nor_changed(
    cast: Cast, slug: str, over: dict[str, str]
) -> None:
    before = Force.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match="already"):
        add(slug, **over)
    assert (Force.objects.count(), User.objects.count()) == before


def test_nobody_who_is_signed_in_adds_a_force(cast: Cast) -> None:
    with pytest.raises(Refused):
        add_force(by=cast.actor("lena"), slug="westmark", **GIVEN)
