"""Who has looked at a case: for its owner and supervisors, with the right by which each saw it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts import audit
from accounts.context import acting_as
from accounts.models import User
from casework.actions import emergency
from tests.builders import make_case
from tests.cast import Cast

Browser = Callable[[User], Client]


def test_it_says_who_looked_in_which_role_by_which_right_and_why(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case(owner=cast.olu)
    page = f"/case/{case.reference}"
    for who in ("olu", "rhys", "ines"):
        assert client_of(getattr(cast, who)).get(page).status_code == 200
    with acting_as(cast.actor("petra")):
        emergency.break_glass(
            reference=case.reference, reason="missing", words="She did not come home tonight.",
            by=cast.actor("petra"),
        )  # fmt: skip
    client_of(cast.petra).get(page)
    shown = client_of(cast.olu).get(f"{page}/looked").content.decode()
    for word in (
        *(cast.rhys.name, cast.ines.name, cast.petra.name),
        *("Their own case", "Their unit&#x27;s case", "Their role in the force"),
        *("Emergency access", "The person is missing", "Specialist lead"),
    ):
        assert word in shown, word


@pytest.mark.parametrize(
    ("who", "status"),
    [("olu", 200), ("sade", 200), ("ines", 200), ("rhys", 403), ("petra", 404)],
)
def test_the_owner_and_supervisors_read_it_and_nobody_else(
    cast: Cast, client_of: Browser, who: str, status: int
) -> None:
    case = make_case(owner=cast.olu)
    page = f"/case/{case.reference}"
    assert client_of(getattr(cast, who)).get(f"{page}/looked").status_code == status
    if status == 403:
        assert "Who has looked" not in client_of(cast.rhys).get(page).content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_it_asks_as_much_for_fifty_as_for_one(
    cast: Cast, client_of: Browser, count: int, django_assert_max_num_queries: object
) -> None:
    case = make_case(owner=cast.olu)
    for number in range(count - 1):
        audit.viewed(case, by=cast.actor(("rhys", "ines", "sade")[number % 3]), page="history")
    browser = client_of(cast.olu)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        page = browser.get(f"/case/{case.reference}/looked").content.decode()
    assert page.count('scope="row"') == count
