"""Taken out of the account: with a reason, out of the pages and of what leaves, and kept in the history."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict
from accounts.models import AuditEvent, User
from casework.actions.account import add_row, change_row, save_account, take_out
from casework.actions.nrm import bring_in
from casework.models import ROWS, Case, EvidenceFile, Party, Place, RowKind, Situation
from casework.nrm.record import record_of
from tests.builders import make_case
from tests.casework.nrm.test_pages import fields_of, text_of
from tests.cast import Cast

Open = Callable[[User], Client]
WHY = "It was told about somebody else."
SHOWN: dict[RowKind, tuple[dict[str, Any], str, str]] = {
    RowKind.SITUATION: ({"kinds": ["household"], "living": "On a barge"}, "what-happened", "barge"),
    RowKind.PLACE: ({"kind": "uk", "name": "Croydon"}, "places", "Croydon"),
    RowKind.PARTY: ({"role": "exploiter", "name": "Gaffer Nil"}, "exploiters", "Gaffer Nil"),
    RowKind.FILE: ({"name": "payslip-9.pdf", "shows": "Hours"}, "evidence", "payslip-9.pdf"),
}


@pytest.mark.parametrize("kind", list(RowKind))
def test_each_kind_is_taken_out_with_a_reason_and_stays_in_the_history(
    kind: RowKind, cast: Cast, client_of: Open
) -> None:
    case, browser = make_case(), client_of(cast.olu)
    values, section, words = SHOWN[kind]
    row = add_row(case=case, by=cast.actor("olu"), of=ROWS[kind], **values)
    at = f"/case/{case.reference}/nrm"
    out = f"{at}/{kind}/{row.pk}/out"
    assert out in text_of(browser.get(f"{at}/form/{section}"))
    assert words in text_of(browser.get(out))
    assert words in str(_leaving(case, cast))
    assert browser.post(out, {"why": "  "}).status_code == 400
    row.refresh_from_db()
    assert row.taken_out_at is None
    assert browser.post(out, {"why": WHY}).status_code == 302
    row.refresh_from_db()
    assert (row.taken_out_by, row.why_taken_out) == (cast.olu, WHY)
    assert row.taken_out_at is not None
    assert words not in str(_leaving(case, cast))
    assert out not in text_of(browser.get(f"{at}/form/{section}"))
    assert browser.get(out).status_code == 404
    line = case.events.first()
    assert line is not None
    history = text_of(browser.get(f"/case/{case.reference}/history"))
    assert str(kind.label) in history
    assert WHY in history
    read = f"/case/{case.reference}/history/{line.pk}"
    assert read in history
    assert words in text_of(browser.get(read))
    assert AuditEvent.objects.filter(verb="account.taken_out", subject_id=str(case.pk)).exists()


def _leaving(case: Case, cast: Cast) -> dict[str, Any]:
    """Everything that is recorded for the form, whichever branch it takes."""
    return record_of(case.reference, by=cast.actor("olu"), today=clocks.today()).answers()


def test_what_is_sealed_is_not_shown_when_it_was_taken_out(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), cast.actor("olu")
    party = add_row(case=case, by=olu, of=Party, role="witness", name="Ann", reach="07700 900123")
    take_out(row=party, by=olu, why=WHY)
    line = case.events.first()
    assert line is not None
    page = text_of(client_of(cast.olu).get(f"/case/{case.reference}/history/{line.pk}"))
    assert "Something is recorded" in page
    assert "900123" not in page


def test_somebody_who_does_not_work_on_the_account_reads_the_line_but_not_what_it_took_out(
    cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(), cast.actor("olu")
    take_out(
        row=add_row(case=case, by=olu, of=Party, role="witness", name="Ann Nil"), by=olu, why=WHY
    )
    line = case.events.first()
    assert line is not None
    page = client_of(cast.keir).get(f"/case/{case.reference}/history/{line.pk}")
    assert page.status_code == 200
    assert WHY in text_of(page)
    assert "Ann Nil" not in text_of(page)


@pytest.mark.parametrize("kind", list(RowKind))
def test_the_database_takes_nothing_out_without_a_reason_and_deletes_nothing(
    kind: RowKind, cast: Cast
) -> None:
    case = make_case()
    row = add_row(case=case, by=cast.actor("olu"), of=ROWS[kind], **SHOWN[kind][0])
    table = ROWS[kind]._meta.db_table
    for change in (
        "taken_out_at = now()",
        "taken_out_at = now(), why_taken_out = ' '",
        "why_taken_out = 'No date'",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [row.pk])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        row.delete()
    with pytest.raises(Conflict, match="Say why"), transaction.atomic():
        take_out(row=row, by=cast.actor("olu"), why="")


def test_what_somebody_took_out_meanwhile_is_not_saved_and_what_was_typed_is_kept(
    cast: Cast, client_of: Open
) -> None:
    case, olu, browser = make_case(), cast.actor("olu"), client_of(cast.olu)
    barge = add_row(case=case, by=olu, of=Situation, living="On a barge")
    add_row(case=case, by=olu, of=Situation, living="In a van")
    party = add_row(case=case, by=olu, of=Party, role="witness", name="Ann")
    addresses = {
        f"/case/{case.reference}/nrm/situation/{barge.pk}": {"situation-living": "In a tent"},
        f"/case/{case.reference}/nrm/party/{party.pk}": {"name": "In a tent"},
    }
    pages = {address: fields_of(text_of(browser.get(address))) for address in addresses}
    take_out(row=barge, by=cast.actor("sade"), why=WHY)
    take_out(row=party, by=cast.actor("sade"), why=WHY)
    for address, typed in addresses.items():
        answer = browser.post(address, pages[address] | typed)
        assert answer.status_code == 409
        assert "Somebody has taken this out of the account" in text_of(answer)
        assert "In a tent" in text_of(answer)
    barge.refresh_from_db()
    assert barge.living == "On a barge"
    with pytest.raises(Conflict, match="has taken this out"), transaction.atomic():
        change_row(row=party, by=olu, name="Bea")
    with pytest.raises(Conflict, match="has taken this out"), transaction.atomic():
        take_out(row=party, by=olu, why="Again")


def test_the_next_situation_is_the_first_when_the_first_is_taken_out(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    first = add_row(case=case, by=olu, of=Situation, living="On a barge")
    second = add_row(case=case, by=olu, of=Situation, living="In a van")
    take_out(row=first, by=olu, why=WHY)
    save_account(case=case, by=olu, changes={"situation": {"treatment": "Shouted at"}})
    second.refresh_from_db()
    assert (second.position, second.treatment) == (1, "Shouted at")
    take_out(row=second, by=olu, why=WHY)
    save_account(case=case, by=olu, changes={"situation": {"living": "In a tent"}})
    assert [row.living for row in case.situations.standing()] == ["In a tent"]
    assert case.situations.count() == 3


def test_answers_brought_in_take_out_what_they_leave_out_and_leave_the_rest_alone(
    cast: Cast,
) -> None:
    case, olu = make_case(), cast.actor("olu")
    city = "where-exploitation-happened-uk-city"
    answers = {f"{city}-1": "Croydon", f"{city}-2": "Bromley", "upload-file": ["a.pdf", "b.pdf"]}
    bring_in(answers=answers, by=olu, case=case)
    kept = case.evidence_files.standing().get(name="a.pdf")
    bring_in(
        answers=answers | {f"{city}-1": "", "upload-file": ["a.pdf", "c.pdf"]}, by=olu, case=case
    )
    assert [(p.position, p.name) for p in case.places.standing()] == [(2, "Bromley")]
    assert [row.name for row in case.evidence_files.standing()] == ["a.pdf", "c.pdf"]
    assert case.evidence_files.standing().get(name="a.pdf") == kept
    assert Place.objects.get(name="Croydon").why_taken_out
    assert EvidenceFile.objects.get(name="b.pdf").taken_out_at is not None
