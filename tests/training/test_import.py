"""A CSV of training: what is read, what each row's result is, and that it is added once."""

import csv
import io
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.models import AuditEvent
from pages import sheets
from tests.casework.test_allocation import ClientOf
from tests.cast import Cast
from tests.training.conftest import Trained
from training import actions
from training.actions.imports import ALSO, COLUMNS, Result
from training.models import TrainingImport, TrainingRecord

HEAD = "officer,course,provider,completed,expires\n"
# A row -> what becomes of it.
TABLE = {
    "olu,pip2,College,2026-03-01,": Result.WILL_BE_ADDED,
    "OLU,PIP2 accredited investigator,,01/03/2026,01/03/2029": Result.WILL_BE_ADDED,
    "rhys,ms-awareness,College,1 March 2026,": Result.WILL_BE_ADDED,
    "wyn,pip2,College,2026-03-01,": Result.UNKNOWN_OFFICER,
    "nobody,pip2,College,2026-03-01,": Result.UNKNOWN_OFFICER,
    ",pip2,College,2026-03-01,": Result.UNKNOWN_OFFICER,
    "olu,juggling,College,2026-03-01,": Result.UNKNOWN_COURSE,
    "olu,pip3,,31/02/2026,": Result.COMPLETED_WRONG,
    "olu,pip2,College,,": Result.COMPLETED_WRONG,
    "olu,pip2,College,01/01/1066,": Result.COMPLETED_WRONG,
    "olu,pip2,College,2099-01-01,": Result.FUTURE,
    "olu,pip2,College,2026-03-01,soon": Result.EXPIRES_WRONG,
    "olu,pip2,College,2026-03-01,9999-01-01": Result.EXPIRES_WRONG,
    "olu,pip2,College,2026-03-01,2025-01-01": Result.EXPIRES_EARLY,
    "olu": Result.UNKNOWN_COURSE,
    "=1+1,pip2,College,2026-03-01,": Result.UNKNOWN_OFFICER,
}


@pytest.fixture
def bronwen(cast: Cast) -> Actor:
    return cast.actor("bronwen")


def look(cast: Cast, *rows: str) -> TrainingImport:
    content = (HEAD + "\n".join(rows)).encode()
    return actions.preview_import(by=cast.actor("bronwen"), content=content)


def results(made: TrainingImport) -> list[str]:
    return [row["result"] for row in made.rows]


@pytest.mark.parametrize("row", TABLE)
def test_each_row_has_its_result(cast: Cast, catalogue: None, row: str) -> None:
    made = look(cast, row)
    assert results(made) == [TABLE[row]]
    assert not TrainingRecord.objects.exists()


def test_good_rows_are_added_once_however_often_it_is_pressed(cast: Cast, trained: Trained) -> None:
    before = trained(cast.petra)
    there = f"petra,pip2,College,{before.completed_on:%Y-%m-%d},"
    good, bad = "olu,pip2,College,2026-03-01,", "nobody,pip2,C,2026-03-01,"
    made = look(cast, good, good, there, bad)
    wanted = [Result.WILL_BE_ADDED, Result.TWICE, Result.ALREADY_THERE, Result.UNKNOWN_OFFICER]
    assert results(made) == wanted
    for _press in range(2):
        made = actions.apply_import(by=cast.actor("bronwen"), upload=made)
        assert results(made) == [Result.ADDED, *wanted[1:]]
    added = TrainingRecord.objects.get(user=cast.olu)
    assert (added.recorded_by, added.verified_by) == (cast.bronwen, None)
    assert TrainingRecord.objects.count() == 2


def test_what_was_recorded_after_the_preview_is_not_recorded_again(
    cast: Cast, trained: Trained
) -> None:
    made = look(cast, "olu,pip2,College,2026-03-01,")
    trained(cast.olu, completed_on="2026-03-01")
    made = actions.apply_import(by=cast.actor("bronwen"), upload=made)
    assert results(made) == [Result.ALREADY_THERE]
    assert TrainingRecord.objects.count() == 1


def test_another_forces_file_is_neither_seen_nor_added(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    made = look(cast, "olu,pip2,College,2026-03-01,")
    TrainingImport.objects.update(force=cast.wyn.force)
    with pytest.raises(Refused):
        actions.apply_import(by=cast.actor("bronwen"), upload=made)
    browser = client_of(cast.bronwen)
    assert browser.get(f"/training/import/{made.pk}").status_code == 404
    assert browser.post(f"/training/import/{made.pk}").status_code == 404
    assert browser.get(f"/training/import/{made.pk}/results").status_code == 404
    with acting_as(cast.actor("bronwen")):
        assert not TrainingImport.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n ",
        HEAD.encode(),
        b"name,when\nolu,1\n",
        HEAD.encode() + b"ol\xff,pip2,,,\n",
        HEAD.encode() + b"ol\x00u,pip2,,,\n",
        HEAD.encode("utf-16"),
        HEAD.encode() + b'"' + b"a" * 200_000,
        HEAD.encode() + b"a,b,c,d,e\n" * (sheets.MOST_ROWS + 1),
        HEAD.encode() + b"a" * sheets.MOST_BYTES,
        b"PK\x03\x04\x00\x00",
    ],
)
def test_a_file_that_is_no_such_csv_is_said_in_a_sentence(
    cast: Cast, catalogue: None, client_of: ClientOf, content: bytes
) -> None:
    with pytest.raises(sheets.Unreadable):
        sheets.read(content, COLUMNS, ALSO)
    upload = SimpleUploadedFile("training.csv", content)
    answer = client_of(cast.bronwen).post("/training/import", {"file": upload})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not TrainingImport.objects.exists()
    assert AuditEvent.objects.filter(
        verb="access.refused", detail__tried="training.import"
    ).exists()


def test_a_spreadsheets_bom_semicolons_capitals_and_empty_lines_are_read() -> None:
    text = "\ufeffSign-in name;COURSE;Provider;Completed;Expires\r\n\r\nolu;pip2;A, B;1.3.2026;\r\n"
    lines = sheets.read(text.encode(), COLUMNS, ALSO)
    assert [line.cells for line in lines] == [("olu", "pip2", "A, B", "1.3.2026", "")]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=7),
        max_size=8,
    )
)
@example([["=cmd|' /C calc'!A0", "pip2", "\t", "2026-03-01", "\u202e"]])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_row_of_any_nasty_csv_is_lost_or_breaks_it(
    bronwen: Actor, catalogue: None, rows: list[list[str]]
) -> None:
    sheet = io.StringIO()
    csv.writer(sheet).writerows([HEAD.strip().split(","), *rows])
    try:
        lines = sheets.read(sheet.getvalue().encode(), COLUMNS, ALSO)
    except sheets.Unreadable:
        return
    made = actions.preview_import(by=bronwen, content=sheet.getvalue().encode())
    assert len(made.rows) == len(lines) == sum(any(cell.strip() for cell in row) for row in rows)
    applied = actions.apply_import(by=bronwen, upload=made)
    assert len(applied.rows) == len(lines)
    assert all(Result(row["result"]) is not Result.WILL_BE_ADDED for row in applied.rows)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with suppress(sheets.Unreadable):
        assert all(len(line.cells) == 5 for line in sheets.read(content, COLUMNS, ALSO))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_no_cell_taken_away_is_a_formula(cell: str) -> None:
    assert sheets.harmless(cell) == f"'{cell}"
    assert sheets.harmless("olu") == "olu"
