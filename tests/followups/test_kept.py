"""Views that supervisors keep for their unit: lists of ours alone, by codes alone, for whoever looks after it."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, User
from followups import actions
from followups.kept import address_of
from followups.models import KeptView
from tests.cast import Cast

Browser = Callable[[User], Client]
LAPSED = "/training?course=pip2&state=lapsed"


def kept(cast: Cast, *, name: str = "Lapsed", by: str = "sade", address: str = LAPSED) -> KeptView:
    return actions.keep_view(unit=cast.unit, name=name, address=address, by=cast.actor(by))


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/work/team?view=children&page=4", "/work/team?view=children"),
        ("/work/team", "/work/team"),
        ("/work/team?view=", "/work/team"),
        ("/training?state=lapsed&course=pip2&more=1", "/training?course=pip2&state=lapsed"),
        ("/numbers/silence?period=year&by=age", "/numbers/silence?period=year&by=age"),
        ("/numbers/silence/list?part=rest", "/numbers/silence/list?part=rest"),
        ("/training?course=<script>", ""),
        ("/training?course=Mai Nguyen", ""),
        ("/find?words=Mai", ""),
        ("/case/HF-T0001", ""),
        ("https://elsewhere.invalid/work/team", ""),
        ("//elsewhere.invalid/work/team", ""),
        ("javascript:alert(1)", ""),
        ("nowhere", ""),
        ("//[", ""),
        ("", ""),
    ],
)
def test_only_a_list_of_ours_is_kept_and_only_its_codes(asked: str, address: str) -> None:
    assert address_of(asked) == address


def test_whoever_looks_after_the_unit_finds_it_and_nobody_else(
    cast: Cast, client_of: Browser
) -> None:
    sade = client_of(cast.sade)
    page = "/work/team/views/keep?" + urlencode({"at": LAPSED})
    assert sade.get(page).status_code == 200
    typed = {"at": LAPSED, "name": "Lapsed here", "unit": str(cast.unit.pk)}
    assert sade.post("/work/team/views/keep", typed | {"name": ""}).status_code == 400
    assert (
        sade.post("/work/team/views/keep", typed | {"unit": str(cast.other_unit.pk)}).status_code
        == 400
    )
    assert not KeptView.objects.exists()
    assert sade.post("/work/team/views/keep", typed).status_code == 302
    again = sade.post("/work/team/views/keep", typed)
    assert again.status_code == 409
    assert "a view of this name already" in again.content.decode()
    shown = {
        who: "Lapsed here" in client_of(getattr(cast, who)).get("/work/team/views").content.decode()
        for who in ("sade", "ines", "dov")
    }
    assert shown == {"sade": True, "ines": True, "dov": False}
    assert client_of(cast.olu).get("/work/team/views").status_code == 403


def test_what_cannot_be_kept_is_said(cast: Cast, client_of: Browser) -> None:
    sade = client_of(cast.sade)
    for at in ("/find?words=Mai", "https://elsewhere.invalid/"):
        answer = sade.get("/work/team/views/keep?" + urlencode({"at": at}))
        assert answer.status_code == 404
        assert "This cannot be kept" in answer.content.decode()
        assert sade.post("/work/team/views/keep", {"at": at, "name": "x"}).status_code == 404
    assert not KeptView.objects.exists()


def test_a_view_is_dropped_by_whoever_looks_after_its_unit(cast: Cast, client_of: Browser) -> None:
    made = kept(cast)
    assert client_of(cast.dov).post(f"/work/team/views/{made.pk}/drop").status_code == 404
    with pytest.raises(Refused):
        actions.keep_view(unit=cast.unit, name="His", address=LAPSED, by=cast.actor("dov"))
    assert client_of(cast.sade).post(f"/work/team/views/{made.pk}/drop").status_code == 302
    made.refresh_from_db()
    assert made.ended_by == cast.sade
    kept(cast)  # the name is free again


def test_the_database_keeps_no_address_but_ours_and_no_name_twice(cast: Cast) -> None:
    made = kept(cast)
    with pytest.raises(Conflict):
        kept(cast)
    for address in (
        "https://elsewhere.invalid",
        "/find?words=Mai Nguyen",
        "//elsewhere.invalid",
        "",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptView.objects.filter(pk=made.pk).update(address=address)


def test_the_name_is_in_no_trail(cast: Cast) -> None:
    kept(cast, name="Planted words")
    assert "Planted words" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_one_view_and_fifty_cost_the_same_queries(cast: Cast, client_of: Browser) -> None:
    sade, counted = client_of(cast.sade), []
    for more in (1, 49):
        for number in range(more):
            kept(cast, name=f"View {more} {number}")
        sade.get("/work/team/views")
        with CaptureQueriesContext(connection) as asked:
            assert sade.get("/work/team/views").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_lists_offer_to_be_kept_to_those_who_look_after_a_unit_alone(
    cast: Cast, client_of: Browser
) -> None:
    offered = "Keep this view"
    for page in (
        "/work/team?view=children",
        "/training",
        "/numbers/silence",
        "/numbers/silence/list",
    ):
        assert offered in client_of(cast.sade).get(page).content.decode(), page
    assert offered not in client_of(cast.bronwen).get("/training").content.decode()
