"""Operations: who knows of them, whose cases they show, and what is shared once for all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, Restriction, User
from accounts.scoping import NotVisible
from casework.actions.operations import (
    end_fact,
    put_into_operation,
    share_fact,
    start_operation,
    take_out_of_operation,
)
from casework.models import Case, Operation, SharedFact
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast

ClientOf = Callable[[User], Client]
VAN = "White van, dented, often at Nonesuch Lane"


@pytest.fixture
def gannet(cast: Cast) -> Operation:
    """An operation that Olu began, with one case of his unit and one shared fact."""
    olu = cast.actor("olu")
    operation = start_operation(name=" Operation  Gannet ", by=olu)
    put_into_operation(case=make_case(reference="HF-CDFGH"), operation=operation, by=olu)
    share_fact(operation=operation, by=olu, kind="vehicle", text=VAN)
    return operation


def seen(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_a_fact_is_written_once_and_shown_on_each_case(
    cast: Cast, gannet: Operation, client_of: ClientOf
) -> None:
    second = make_case()
    assert VAN not in seen(client_of(cast.olu), f"/case/{second.reference}")
    put_into_operation(case=second, operation=gannet, by=cast.actor("olu"))
    for reference in ("HF-CDFGH", second.reference):
        assert VAN in seen(client_of(cast.olu), f"/case/{reference}")
    end_fact(fact=gannet.facts.get(), by=cast.actor("olu"))
    assert VAN not in seen(client_of(cast.olu), f"/case/{second.reference}")
    assert gannet.facts.get().ended_by == cast.olu


def test_the_operation_shows_only_cases_in_ones_reach(
    cast: Cast, gannet: Operation, client_of: ClientOf
) -> None:
    scope = make_scope(restriction=Restriction.COVERT)
    scope.grants.create(
        force=cast.force, user=cast.petra, kind="team", starts_at=clocks.now() - timedelta(1)
    )
    covert = make_case(victim=make_victim(scope), operation=gannet)
    page = f"/operations/{gannet.pk}"
    assert covert.reference not in seen(client_of(cast.olu), page)
    petras = seen(client_of(cast.petra), page)
    assert covert.reference in petras
    assert "HF-CDFGH" not in petras


def test_who_sees_none_of_its_cases_knows_of_no_operation(
    cast: Cast, gannet: Operation, client_of: ClientOf
) -> None:
    assert "Operation Gannet" in seen(client_of(cast.olu), "/operations")
    for who in ("petra", "wyn"):
        browser, actor = client_of(getattr(cast, who)), cast.actor(who)
        assert "Gannet" not in seen(browser, "/operations")
        assert browser.get(f"/operations/{gannet.pk}").status_code == 404
        with acting_as(actor):
            assert not Operation.objects.exists()  # the second wall alone
            assert not SharedFact.objects.exists()
            with pytest.raises(NotVisible):
                share_fact(operation=gannet, by=actor, kind="place", text="Here")


def test_a_case_is_in_one_operation_and_its_history_says_when_it_came_and_went(
    cast: Cast, gannet: Operation
) -> None:
    olu = cast.actor("olu")
    case = Case.objects.get(reference="HF-CDFGH")
    other = start_operation(name="Operation Kestrel", by=olu)
    with pytest.raises(Conflict):
        put_into_operation(case=case, operation=other, by=olu)
    take_out_of_operation(case=case, by=olu, reason="Found elsewhere")
    put_into_operation(case=case, operation=other, by=olu)
    lines = list(case.events.order_by("recorded_at").values_list("text", flat=True))
    assert lines == ["Put into Operation Gannet", "Found elsewhere", "Put into Operation Kestrel"]
    with pytest.raises(Conflict):
        start_operation(name="Operation Gannet", by=olu)


def test_a_responder_looks_and_does_not_edit(
    cast: Cast, gannet: Operation, client_of: ClientOf
) -> None:
    rhys = client_of(cast.rhys)
    assert "Operation Gannet" in seen(rhys, "/operations")
    assert rhys.post(f"/operations/{gannet.pk}", {"what": "fact"}).status_code == 403
    with pytest.raises(Refused):
        start_operation(name="Operation Wren", by=cast.actor("rhys"))


def test_the_pages_begin_put_in_share_and_end(cast: Cast, client_of: ClientOf) -> None:
    case, browser = make_case(), client_of(cast.olu)
    assert browser.post("/operations/new", {"name": ""}).status_code == 400
    assert browser.post("/operations/new", {"name": "Operation Wren"}).status_code == 302
    operation = Operation.objects.get(name="Operation Wren")
    page = f"/operations/{operation.pk}"
    assert browser.post(page, {"what": "case", "case-case": "HF-ZZZZZ"}).status_code == 400
    assert browser.post(page, {"what": "case", "case-case": case.reference}).status_code == 302
    assert browser.post(page, {"what": "fact", "fact-kind": "vehicle"}).status_code == 400
    given = {"what": "fact", "fact-kind": "vehicle", "fact-text": VAN}
    assert browser.post(page, given).status_code == 302
    fact = SharedFact.objects.get()
    assert VAN in seen(browser, page)
    assert browser.post(f"{page}/facts/{fact.pk}/ended").status_code == 302
    assert VAN not in seen(browser, page)
    of_case = f"/case/{case.reference}/operation"
    assert "Operation Wren" in seen(browser, of_case)
    assert browser.post(of_case, {"reason": "Elsewhere"}).status_code == 302
    assert browser.post(of_case, {"operation": operation.pk}).status_code == 302
    case.refresh_from_db()
    assert case.operation == operation


def test_what_is_shared_lies_sealed_and_is_not_in_the_trail(cast: Cast, gannet: Operation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_sharedfact")
        assert "Nonesuch" not in cursor.fetchone()[0]
    assert not any("Nonesuch" in str(event.detail) for event in AuditEvent.objects.all())
