"""Leaving the building: every file asks why, is marked, and stands in the disclosure record."""

import csv
import io
from collections.abc import Callable
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clocks
from accounts.actions import exports
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.exported import Export, ExportItem, ExportRequest
from accounts.exports import DOWNLOADS, Content, Sheet
from accounts.models import AuditEvent, Restriction, User
from accounts.scoping import NotVisible
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast

ClientOf = Callable[[User], Client]
WHY = {
    "reason": "handover",
    "words": "To share out the cases on Monday",
    "goes": "inside",
    "recipient": "",
}
PURPOSE = exports.Purpose("handover", "To share out the cases on Monday")


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def taken(client: Client, path: str, **over: str) -> bytes:
    answer = client.post(path, WHY | over)
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def test_a_list_asks_why_says_how_many_rows_and_leaves_marked_and_recorded(
    cast: Cast, client_of: ClientOf
) -> None:
    browser = client_of(cast.sade)
    asked = browser.get("/exports/take/people").content.decode()
    assert "Why do you need it?" in asked
    assert not Export.objects.exists()

    whole = taken(browser, "/exports/take/people")
    export = Export.objects.get()
    first, headings, *rows, last = lines_of(whole)
    assert first == last
    assert first[:3] == [
        "OFFICIAL-SENSITIVE",
        f"Export X{export.pk}",
        f"Taken by {cast.sade.name} (sade)",
    ]
    assert first[4:] == ["Reason: handover", f"Rows: {len(rows)}"]
    assert headings[0] == "Name"
    assert cast.olu.name in {row[0] for row in rows}
    assert f"{len(rows)} rows will leave" in asked
    assert export.rows == len(rows)
    assert export.digest == sha256(whole).hexdigest()
    assert export.words == WHY["words"]
    event = AuditEvent.objects.get(verb="export.taken")
    assert event.subject_id == str(export.pk)
    assert event.detail["digest"] == export.digest
    assert WHY["words"] not in str(event.detail)


@pytest.mark.parametrize("missing", ["reason", "words", "goes", "recipient"])
def test_nothing_leaves_without_every_answer_and_what_was_typed_is_kept(
    cast: Cast, client_of: ClientOf, missing: str
) -> None:
    browser = client_of(cast.sade)
    typed = WHY | {"goes": "outside", "recipient": "Northmoor Council"} | {missing: ""}
    answer = browser.post("/exports/take/people", typed)
    assert answer.status_code == 400
    assert all(value in answer.content.decode() for value in typed.values())
    assert not Export.objects.exists()


def test_no_cell_of_any_list_is_a_formula(cast: Cast) -> None:
    risky = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"]
    stamp = exports.Stamp(1, "=Olu", "olu", clocks.now(), "court", 1)
    whole = lines_of(Sheet(["=heading"], [risky]).marked(stamp))
    assert [cell for line in whole for cell in line if cell.lstrip()[:1] in set("=+-@")] == []


def test_what_a_person_may_not_see_is_not_there_to_take(cast: Cast, client_of: ClientOf) -> None:
    hidden = make_case(victim=make_victim(make_scope(restriction=Restriction.RESTRICTED)))
    browser = client_of(cast.olu)
    assert browser.get(f"/exports/take/nrm?of={hidden.reference}").status_code == 404
    assert browser.get("/exports/take/queue").status_code == 403
    assert browser.get("/exports/take/nothing").status_code == 404


def test_the_text_of_one_case_names_it_in_the_record_and_goes_to_whom_it_is_for(
    cast: Cast, client_of: ClientOf
) -> None:
    case = make_case()
    browser = client_of(cast.olu)
    outside = {"goes": "outside", "recipient": "Home Office", "reason": "referral"}
    text = taken(browser, f"/exports/take/nrm?of={case.reference}", **outside).decode()
    export = Export.objects.get()
    first, *_body, last = text.strip().splitlines()
    assert first == last
    assert first.startswith(f"OFFICIAL-SENSITIVE | Export X{export.pk} | ")
    assert (export.recipient, export.scope) == ("Home Office", case.scope)
    item = ExportItem.objects.get(export=export)
    assert (item.subject_id, item.reference) == (case.pk, case.reference)


def many(rows: int) -> Content:
    return Content(Sheet(["Name"], [["somebody"]] * rows))


def test_more_than_one_person_takes_alone_in_a_day_needs_a_second_person(cast: Cast) -> None:
    olu, sade, work = cast.actor("olu"), cast.actor("sade"), DOWNLOADS["work"]
    exports.take(work, {}, many(60), PURPOSE, by=olu)
    with pytest.raises(Conflict, match="second person"):
        exports.take(work, {}, many(60), PURPOSE, by=olu)
    asked = exports.ask_for(work, {}, many(60), PURPOSE, by=olu)
    with pytest.raises(Refused):
        exports.decide(request_id=asked.pk, agreed=True, note="I looked at it", by=olu)
    exports.decide(request_id=asked.pk, agreed=True, note="I looked at it", by=sade)
    with pytest.raises(Conflict, match="second person"):
        exports.take(work, {}, many(61), PURPOSE, by=olu)
    export, _whole = exports.take(work, {}, many(60), PURPOSE, by=olu)
    assert export.request == asked
    with pytest.raises(Conflict, match="second person"):
        exports.take(work, {}, many(60), PURPOSE, by=olu)


def test_nobody_agrees_to_their_own_long_list_not_even_by_the_database(cast: Cast) -> None:
    asked = exports.ask_for(DOWNLOADS["people"], {}, many(500), PURPOSE, by=cast.actor("sade"))
    with pytest.raises(Refused):
        exports.decide(
            request_id=asked.pk, agreed=True, note="I looked at it", by=cast.actor("sade")
        )
    with pytest.raises(DatabaseError, match="export_request_second_person"), transaction.atomic():
        ExportRequest.objects.filter(pk=asked.pk).update(
            decided_by=cast.sade, decided_at=clocks.now(), agreed=True
        )


def test_a_long_list_is_asked_for_agreed_to_and_then_taken_on_pages(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "ALONE", 1)
    browser = client_of(cast.sade)
    assert browser.post("/exports/take/people", WHY).status_code == 302
    assert "You asked for this" in browser.get("/exports/take/people").content.decode()
    asked = ExportRequest.objects.get()
    browser = client_of(cast.ines)
    assert "People of your force" in browser.get("/exports/requests").content.decode()
    page = f"/exports/requests/{asked.pk}"
    assert browser.post(page, {"agreed": "yes", "note": ""}).status_code == 400
    assert browser.post(page, {"agreed": "yes", "note": "Only names and units"}).status_code == 302
    browser = client_of(cast.sade)
    assert f"{cast.ines.name} agreed" in browser.get("/exports/take/people").content.decode()
    taken(browser, "/exports/take/people")


def test_the_record_can_neither_be_changed_nor_seen_from_another_force(cast: Cast) -> None:
    exports.take(DOWNLOADS["work"], {}, many(2), PURPOSE, by=cast.actor("olu"))
    for act in ("UPDATE accounts_export SET rows = 0", "DELETE FROM accounts_export"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    with acting_as(cast.actor("wyn")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_export")
        assert cursor.fetchone() == (0,)


def test_what_left_is_read_by_whoever_answers_for_it_in_the_same_questions_however_long(
    cast: Cast, client_of: ClientOf
) -> None:
    case = make_case(victim=make_victim(make_scope(restriction=Restriction.RESTRICTED)))
    first, _whole = exports.take(DOWNLOADS["work"], {}, many(2), PURPOSE, by=cast.actor("olu"))
    ExportItem.objects.create(
        export=first,
        scope=case.scope,
        subject="casework.case",
        subject_id=case.pk,
        reference=case.reference,
    )
    browser = client_of(cast.asha)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/exports").content.decode()
        assert "What left the building" in page
        return len(asked)

    questions()  # what is read once and kept
    at_one = questions()
    for _each in range(49):
        exports.take(DOWNLOADS["nrm"], {}, many(1), PURPOSE, by=cast.actor("olu"))
    assert questions() == at_one
    # The file is there for the auditor; a restricted case that was in it is not named.
    page = browser.get(f"/exports/{first.pk}").content.decode()
    assert PURPOSE.words in page
    assert case.reference not in page


def test_what_another_unit_asked_for_is_neither_shown_nor_decided(
    cast: Cast, client_of: ClientOf
) -> None:
    asked = ExportRequest.objects.create(
        force=cast.force, what="people", rows=512, reason="handover", words="For Monday", at=clocks.now(),
        by=cast.petra, unit=cast.other_unit,
    )  # fmt: skip
    every, one = (
        reverse("accounts:export-requests"),
        reverse("accounts:export-request", args=[asked.pk]),
    )
    theirs, ours = client_of(cast.dov), client_of(cast.sade)
    assert cast.petra.name in theirs.get(every).content.decode()
    assert theirs.get(one).status_code == 200
    assert cast.petra.name not in ours.get(every).content.decode()
    assert ours.get(one).status_code == 404
    sade = cast.actor("sade")
    with acting_as(sade), pytest.raises(NotVisible):
        exports.decide(request_id=asked.pk, agreed=True, note="I looked at it", by=sade)


def test_nobody_takes_or_asks_for_a_file_of_what_their_role_does_not_show(cast: Cast) -> None:
    tarek = cast.actor("tarek")  # takes files of cases, and sees no list of people
    for act in (exports.take, exports.ask_for):
        with acting_as(tarek), pytest.raises(Refused) as refused:
            act(DOWNLOADS["people"], {}, many(2), PURPOSE, by=tarek)
        assert refused.value.verb == "people:view"
