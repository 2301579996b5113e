"""Lists from outside: what each row is, what is kept of it, what is owed because of it, and until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import Agency, AuditEvent, Restriction, User
from accounts.scoping import NotVisible
from casework.actions import decisions
from casework.models import Case, NrmReferral
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from pages.sheets import Unreadable
from referrals import actions
from referrals.actions.outside import compare_list, preview_list, resolve_mismatch
from referrals.models import ListKind, Mismatch, MismatchKind, OutsideList
from referrals.outside import key
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.referrals.builders import make_in, system

Open = Callable[[User], Client]
K = MismatchKind
NRM_HEAD = "reference,received,stage\n"
AGENCY_HEAD = "reference,status,last contact\n"


def referred(reference: str, case: Case | None = None) -> NrmReferral:
    """A national referral with its Home Office reference."""
    case = case or make_case()
    now = clocks.now()
    return NrmReferral.objects.create(
        scope=case.scope,
        case=case,
        at=now - timedelta(days=9),
        by=case.logged_by,
        recorded_at=now,
        home_office_reference=reference,
    )


def looked_at(cast: Cast, rows: str, *, agency: str = "", head: str = "") -> OutsideList:
    kind = ListKind.AGENCY if agency else ListKind.NRM
    content = (head or (AGENCY_HEAD if agency else NRM_HEAD)) + rows
    with acting_as(cast.actor("ines")):
        return preview_list(
            by=cast.actor("ines"),
            kind=kind,
            agency=Agency.objects.get(slug=agency) if agency else None,
            content=content.encode(),
        )


def compared(cast: Cast, rows: str, *, agency: str = "") -> OutsideList:
    made = looked_at(cast, rows, agency=agency)
    with acting_as(cast.actor("ines")):
        return compare_list(by=cast.actor("ines"), upload=made)


def results(made: OutsideList) -> list[tuple[int, str, str]]:
    return [(row["line"], row["result"], row["becomes"]) for row in made.rows]


def owed() -> list[tuple[str, str, User | None]]:
    at = clocks.now() + timedelta(seconds=1)
    engine.sweep(at, rules={"list-mismatch": RULES["list-mismatch"]})
    rows = FollowUp.objects.filter(rule="list-mismatch").select_related("holder")
    kinds = dict(Mismatch.objects.values_list("pk", "kind"))
    return sorted(
        ((kinds[row.subject_id], row.state, row.holder) for row in rows), key=lambda row: row[:2]
    )


@pytest.mark.parametrize(
    ("row", "result"),
    [
        ("NRM-1,2026-03-01,waiting", "agrees"),
        ("nrm 1,01/03/2026,", "agrees"),
        ("NRM-1,,RG_Positive", K.DECISION),
        ("NRM-1,,withdrawn", K.DECISION),
        ("NRM-9,2026-03-01,waiting", K.NO_CASE),
        ("Mai Tran,,waiting", "bad_reference"),
        (",,waiting", "bad_reference"),
        ("=NRM-1,,waiting", "bad_reference"),
        ("NRM-1,,she is well", "bad_stage"),
        ("NRM-1,soon,waiting", "bad_day"),
        ("NRM-1,2099-01-01,waiting", "bad_day"),
        ("NRM-1,1066-01-01,waiting", "bad_day"),
    ],
)
def test_each_row_of_the_home_offices_list_has_its_result_and_nothing_is_owed_yet(
    row: str, result: str, cast: Cast
) -> None:
    referred("NRM-1")
    made = looked_at(cast, row)
    assert made.rows[0]["result"] == result
    assert not Mismatch.objects.exists()


@pytest.mark.parametrize(
    ("status", "row", "result"),
    [
        ("accepted", "{case},accepted,", "agrees"),
        ("accepted", "{referral},in progress,", "agrees"),
        ("accepted", "{case},accepted,2026-11-01", K.CONTACT),
        ("in_progress", "{case},accepted,2026-11-01", "agrees"),
        ("accepted", "{case},ended,", K.NOT_SUPPORTED),
        ("needs_info", "{case},accepted,", K.NOT_ACCEPTED),
        ("needs_info", "{case},waiting,", "agrees"),
        ("declined", "{case},accepted,", K.NOT_ACCEPTED),
        ("declined", "{case},declined,", "agrees"),
        ("accepted", "HF-99999,accepted,", K.NOT_ACCEPTED),
        ("accepted", "{case},happy,", "bad_stage"),
        ("accepted", "{case},accepted,yesterday", "bad_day"),
    ],
)
def test_each_row_of_an_agencys_list_has_its_result(
    status: str, row: str, result: str, cast: Cast
) -> None:
    referral = make_in(status)
    cells = row.format(case=referral.case.reference, referral=referral.pk)
    made = looked_at(cast, cells, agency="harbour")
    assert made.rows[0]["result"] == result


def test_what_only_we_have_is_found_too(cast: Cast) -> None:
    referred("NRM-1")
    accepted = make_in("accepted")
    make_in("declined")
    make_in("accepted", slug="beacon")
    of_nrm = looked_at(cast, "NRM-2,,waiting")
    assert results(of_nrm) == [(2, K.NO_CASE, "owed"), (0, K.NOT_LISTED, "owed")]
    of_agency = looked_at(cast, "HF-99999,ended,", agency="harbour")
    assert [row["reference"] for row in of_agency.rows if not row["line"]] == [
        key(accepted.case.reference)
    ]


def test_mismatches_are_owed_to_whoever_looks_after_them_and_once_only(cast: Cast) -> None:
    ours = referred("NRM-1")
    referred("NRM-3")
    rows = "NRM-1,2026-03-01,rg positive\nNRM-2,2026-03-01,waiting\nNRM-2,,waiting\n"
    made = compared(cast, rows)
    assert [row["result"] for row in made.rows] == [K.DECISION, K.NO_CASE, "twice", K.NOT_LISTED]
    assert owed() == [
        (K.DECISION, "open", cast.sade),
        (K.NO_CASE, "open", cast.ines),
        (K.NOT_LISTED, "open", cast.sade),
    ]
    assert FollowUp.objects.get(case=ours.case, rule="list-mismatch").deadline.amount == 2
    again = compared(cast, rows)
    assert {row["becomes"] for row in again.rows} == {"owed_already", ""}
    compare_list(by=cast.actor("ines"), upload=again)
    assert Mismatch.objects.count() == 3
    assert AuditEvent.objects.filter(verb="list.compared").count() == 2


def test_the_database_keeps_one_mismatch_of_a_kind_owed(cast: Cast) -> None:
    compared(cast, "NRM-2,2026-03-01,waiting")
    row = Mismatch.objects.values().get()
    with pytest.raises(IntegrityError, match="mismatch_owed_once"), transaction.atomic():
        Mismatch.objects.create(**(row | {"id": make_case().pk}))


def test_a_note_ends_it_and_the_same_file_owes_nothing_again(cast: Cast) -> None:
    referred("NRM-1")
    rows = "NRM-2,2026-03-01,waiting"
    compared(cast, rows)
    for found in Mismatch.objects.all():
        resolve_mismatch(by=cast.actor("ines"), mismatch_id=found.pk, note="Of another force.")
    assert {state for _kind, state, _holder in owed()} == {"met"}
    again = compared(cast, rows)
    assert {row["becomes"] for row in again.rows} == {"looked_into"}
    assert Mismatch.objects.count() == 2
    # The next list leaves our case out again: that is news, what it says of theirs is not.
    after = compared(cast, rows + "\nNRM-4,,waiting")
    assert {(row["result"], row["becomes"]) for row in after.rows} == {
        (K.NO_CASE, "looked_into"),
        (K.NO_CASE, "owed"),
        (K.NOT_LISTED, "owed"),
    }


@pytest.mark.parametrize("note", ["", "   "])
def test_it_does_not_end_without_a_note_nor_twice(note: str, cast: Cast) -> None:
    compared(cast, "NRM-2,,waiting")
    found, ines = Mismatch.objects.get(), cast.actor("ines")
    with pytest.raises(Conflict, match="Say what you found out"):
        resolve_mismatch(by=ines, mismatch_id=found.pk, note=note)
    resolve_mismatch(by=ines, mismatch_id=found.pk, note="Found.")
    with pytest.raises(Conflict, match="already"):
        resolve_mismatch(by=ines, mismatch_id=found.pk, note="Found.")


class TestTheFactsAgree:
    def test_a_case_gets_the_reference(self, cast: Cast) -> None:
        compared(cast, "NRM-2,,waiting")
        assert owed() == [(K.NO_CASE, "open", cast.ines)]
        referred("nrm 2")
        assert [state for _kind, state, _holder in owed()] == ["met"]

    def test_a_case_held_closely_has_it_and_nobody_else_learns_of_that(self, cast: Cast) -> None:
        hidden = make_case(victim=make_victim(make_scope(restriction=Restriction.COVERT)))
        referred("NRM-2", hidden)
        made = compared(cast, "NRM-2,,waiting")
        assert results(made) == [(2, K.NO_CASE, "owed")]
        assert Mismatch.objects.get().case is None
        assert [state for _kind, state, _holder in owed()] == ["met"]

    def test_the_decision_is_recorded(self, cast: Cast) -> None:
        ours = referred("NRM-1")
        compared(cast, "NRM-1,,rg positive")
        decisions.record_event(
            referral=ours, by=cast.actor("olu"), kind="rg_positive", at=clocks.now()
        )
        assert [state for _kind, state, _holder in owed()] == ["met"]

    def test_our_referral_is_withdrawn(self, cast: Cast) -> None:
        ours = referred("NRM-1")
        compared(cast, "NRM-1,,waiting\nNRM-2,,waiting")
        compared(cast, "NRM-2,,waiting")
        decisions.record_event(
            referral=ours, by=cast.actor("olu"), kind="withdrawn", at=clocks.now()
        )
        assert [(kind, state) for kind, state, _holder in owed()] == [
            (K.NO_CASE, "open"),
            (K.NOT_LISTED, "met"),
        ]

    def test_the_agency_says_so_here_too(self, cast: Cast) -> None:
        silent, unanswered, over = make_in("accepted"), make_in("opened"), make_in("accepted")
        rows = f"{silent.case.reference},accepted,2026-11-01\n"
        rows += f"{unanswered.case.reference},accepted,\n{over.case.reference},ended,\n"
        compared(cast, rows, agency="harbour")
        assert {state for _kind, state, _holder in owed()} == {"open"}
        actions.confirm_first_contact(referral=silent, by=system())
        actions.accept(referral=unanswered, worker_name="Hana Wells", by=system())
        actions.end_early(referral=over, reason="moved_away", by=system())
        assert [(kind, state) for kind, state, _holder in owed()] == [
            (K.CONTACT, "met"),
            (K.NOT_ACCEPTED, "met"),
            (K.NOT_SUPPORTED, "met"),
        ]

    def test_a_later_list_agrees_and_another_agencys_does_not_count(self, cast: Cast) -> None:
        referral = make_in("accepted")
        compared(cast, "HF-99999,waiting,", agency="harbour")
        pending = Mismatch.objects.filter(kind=K.NOT_SUPPORTED)
        compared(cast, f"{referral.case.reference},waiting,", agency="beacon")
        assert pending.get().agreed_at is None
        compared(cast, f"{referral.case.reference},accepted,", agency="harbour")
        assert pending.get().agreed_at is not None

    def test_a_list_that_leaves_it_out_or_spoils_it_says_nothing_of_it(self, cast: Cast) -> None:
        referred("NRM-1")
        referred("NRM-3")
        compared(cast, "NRM-1,,rg positive\nNRM-2,,waiting\nNRM-3,,waiting")
        for rows in ("NRM-3,,waiting", "NRM-1,,rg positve\nNRM-2,someday,waiting\nNRM-3,,"):
            made = looked_at(cast, rows)
            ends = {row["result"] for row in made.rows if row["becomes"] == "ends"}
            assert ends <= {K.NOT_LISTED}, "a row that cannot be read names it still"
            compared(cast, rows)
        pending = set(Mismatch.objects.pending().values_list("kind", "reference"))
        assert {(K.DECISION, "NRM1"), (K.NO_CASE, "NRM2")} <= pending
        assert {(kind, state) for kind, state, _holder in owed()} >= {
            (K.DECISION, "open"),
            (K.NO_CASE, "open"),
        }

    def test_it_is_shown_before_what_ends_and_only_that_ends(
        self, cast: Cast, client_of: Open
    ) -> None:
        referred("NRM-1")
        compared(cast, "NRM-1,,rg positive\nNRM-2,,waiting")
        compared(cast, "NRM-5,,waiting")
        assert Mismatch.objects.pending().count() == 4, "NRM-1 was left out, which is news"
        made = looked_at(cast, "NRM-1,,rg negative")
        ends = [(row["reference"], row["result"]) for row in made.rows if row["becomes"] == "ends"]
        assert ends == [("NRM1", K.NOT_LISTED)]
        page = client_of(cast.ines).get(f"/lists/{made.pk}").content.decode()
        assert "was owed and ends" in page
        compare_list(by=cast.actor("ines"), upload=made)
        assert [row["becomes"] for row in made.rows].count("ends") == 1
        assert set(Mismatch.objects.exclude(agreed_at=None).values_list("kind", flat=True)) == {
            K.NOT_LISTED
        }

    def test_the_case_is_closed(self, cast: Cast) -> None:
        ours = referred("NRM-1")
        compared(cast, "NRM-2,,waiting")
        owed()
        Case.objects.filter(pk=ours.case_id).update(status="closing")
        Case.objects.filter(pk=ours.case_id).update(status="closed", closed_at=clocks.now())
        assert (K.NOT_LISTED, "void") in [(kind, state) for kind, state, _holder in owed()]


@pytest.mark.parametrize("username", ["olu", "sade", "keir", "tarek", "asha", "lena"])
def test_only_a_specialist_lead_compares_lists(username: str, cast: Cast) -> None:
    made = looked_at(cast, "NRM-2,,waiting")
    with pytest.raises(Refused):
        preview_list(
            by=cast.actor(username), kind=ListKind.NRM, agency=None, content=NRM_HEAD.encode()
        )
    with pytest.raises(Refused):
        compare_list(by=cast.actor(username), upload=made)


def test_a_supervisor_looks_into_their_own_units_only(cast: Cast) -> None:
    referred("NRM-1")
    compared(cast, "NRM-2,,waiting")
    mine, nobodys = (Mismatch.objects.get(kind=kind) for kind in (K.NOT_LISTED, K.NO_CASE))
    with pytest.raises(NotVisible):
        resolve_mismatch(by=cast.actor("sade"), mismatch_id=nobodys.pk, note="Hm.")
    for stranger in ("petra", "wyn"):
        with pytest.raises((Refused, NotVisible)):
            resolve_mismatch(by=cast.actor(stranger), mismatch_id=mine.pk, note="Hm.")
    resolve_mismatch(by=cast.actor("sade"), mismatch_id=mine.pk, note="They were late.")


@pytest.mark.parametrize(("who", "rows"), [("ines", 2), ("sade", 1), ("petra", 0), ("wyn", 0)])
def test_the_second_wall_shows_each_only_their_own(who: str, rows: int, cast: Cast) -> None:
    referred("NRM-1")
    compared(cast, "NRM-2,,waiting")
    with acting_as(cast.actor(who)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_mismatch")
        assert cursor.fetchone() == (rows,)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"reference,received,stage,name\nNRM-1,,,Mai\n", "Column 4 must not be in the file"),
        (b"reference,stage\nNRM-1,waiting\n", "Not found: received"),
        (b"", "The file is empty"),
        (NRM_HEAD.encode(), "headings but no rows"),
        (NRM_HEAD.encode() + b"\xff", "not in UTF-8"),
        (NRM_HEAD.encode() + b"NRM-1,,\n" * 2001, "more than 2000 rows"),
        (NRM_HEAD.encode() + b"a" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_with_a_sentence_and_logged(
    content: bytes, sentence: str, cast: Cast, client_of: Open
) -> None:
    told = {"kind": "nrm", "file": SimpleUploadedFile("list.csv", content)}
    page = client_of(cast.ines).post("/lists", told)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert not OutsideList.objects.exists()
    refused = AuditEvent.objects.filter(verb="access.refused", detail__tried="list.compare")
    assert refused.exists()


@pytest.fixture
def ines(cast: Cast) -> Actor:
    return cast.actor("ines")


@given(st.lists(st.lists(st.text(max_size=30), max_size=4), max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_that_a_stranger_typed_is_kept_but_references_days_and_codes(
    ines: Actor, rows: list[list[str]]
) -> None:
    lines = "\n".join(",".join(cells).replace("\n", " ") for cells in rows)
    content = f"{NRM_HEAD}Mai Tran,,waiting\n{lines}".encode(errors="replace")
    try:
        made = preview_list(by=ines, kind=ListKind.NRM, agency=None, content=content)
    except Unreadable:
        return
    for row in made.rows:
        assert row["reference"] == key(row["reference"])
        assert not row["reference"] or any(letter.isdigit() for letter in row["reference"])
        assert row["stage"] in {"", "waiting"} or "_" in row["stage"] or row["stage"].isalpha()
    assert "Mai" not in str(made.rows)


def test_python_and_the_database_compare_references_alike(cast: Cast) -> None:
    for written in ("NRM-1", " nrm 12/34.5 ", "hf-4f7k2", "ÄÖ-1ß", ""):
        with connection.cursor() as cursor:
            cursor.execute("SELECT referrals_reference_key(%s)", [written])
            assert cursor.fetchone() == (key(written),), written


def test_the_journey_through_the_pages(cast: Cast, client_of: Open) -> None:
    ours, browser = referred("NRM-1"), client_of(cast.ines)
    assert "Compare a list from outside" in browser.get("/work/team").content.decode()
    told = {"kind": "agency", "file": SimpleUploadedFile("list.csv", AGENCY_HEAD.encode())}
    assert "Choose the agency whose list it is" in browser.post("/lists", told).content.decode()

    content = f"{NRM_HEAD}NRM-2,2026-03-01,waiting\nMai Tran,,waiting\n".encode()
    told = {"kind": "nrm", "file": SimpleUploadedFile("list.csv", content)}
    looked = browser.post("/lists", told, follow=True)
    address, page = looked.request["PATH_INFO"], looked.content.decode()
    assert "What would become of each row" in page
    assert "no case here has it: will be owed" in page
    assert "Not compared: this is not a reference" in page
    assert "Mai Tran" not in page
    assert browser.post(address).status_code == 302
    assert "is owed already" not in browser.get(address).content.decode()
    of = address.rpartition("/")[2]
    why = {"reason": "correction", "words": "To look into them one by one", "goes": "inside"}
    sheet = browser.post(f"/exports/take/list-results?of={of}", why).content.decode()
    assert "NRM2,Waiting,2026-03-01," in sheet

    found = Mismatch.objects.get(case=ours.case)
    assert ours.case.reference in browser.get("/lists").content.decode()
    page = client_of(cast.sade).get(f"/lists/mismatch/{found.pk}").content.decode()
    assert "does not list" in page
    assert client_of(cast.sade).get("/lists").status_code == 403
    answer = client_of(cast.sade).post(f"/lists/mismatch/{found.pk}", {"note": ""})
    assert answer.status_code == 400
    told = {"note": "They had it late."}
    assert client_of(cast.sade).post(f"/lists/mismatch/{found.pk}", told).status_code == 302
    assert client_of(cast.sade).post(f"/lists/mismatch/{found.pk}", told).status_code == 409
    assert (
        "They had it late."
        in client_of(cast.sade).get(f"/lists/mismatch/{found.pk}").content.decode()
    )


def test_another_forces_list_is_neither_seen_nor_compared(cast: Cast, client_of: Open) -> None:
    made = looked_at(cast, "NRM-2,,waiting")
    OutsideList.objects.update(force=cast.wyn.force)
    browser = client_of(cast.ines)
    for address in (f"/lists/{made.pk}", f"/exports/take/list-results?of={made.pk}"):
        assert browser.get(address).status_code == 404
    with pytest.raises(Refused):
        compare_list(by=cast.actor("ines"), upload=made)


def test_the_page_of_mismatches_asks_as_often_for_50_as_for_1(cast: Cast, client_of: Open) -> None:
    browser, asked = client_of(cast.ines), []
    browser.get("/lists")
    for count in (1, 50):
        for number in range(count):
            referred(f"NRM-{count}-{number}")
        compared(cast, f"NRM-X{count},,waiting")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/lists").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
