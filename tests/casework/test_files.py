"""The files of a case: added, held back until they are checked, given out by links that die, and never to strangers."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts import strongroom
from accounts.actors import engine
from accounts.clamd import TEST_STRING
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.exported import Export, ExportItem
from accounts.kept_files import FileStatus, link_for
from accounts.models import AuditEvent, GrantKind, Restriction, ScopeGrant, User
from accounts.scoping import NotVisible
from casework import scanning
from casework.actions import files as act
from casework.models import Case, CaseEvent, CaseFile, CaseStatus, EventKind
from clocks import frozen
from followups import engine as followups
from followups.models import FollowUp
from tests.accounts.samples import pdf, photograph
from tests.accounts.scanner import FakeClamd, fake_clamd
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast

ClientOf = Callable[[User], Client]
ENGINE = engine("files")
WHY = {"reason": "court", "words": "The prosecutors asked", "goes": "inside", "recipient": ""}


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def daemon(settings: Any) -> Iterator[FakeClamd]:
    with fake_clamd() as running:
        settings.CLAMD = running.address
        yield running


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case()


def added(case: Case, cast: Cast, content: bytes = b"", **over: Any) -> CaseFile:
    """Olu adds a photograph, unless told otherwise."""
    given = {"kind": "photograph", "words": "Her room", "name": "IMG_1.jpg"} | over
    by = cast.actor(given.pop("who", "olu"))
    return act.add_file(case=case, by=by, content=io.BytesIO(content or photograph()), **given)


def checked(case: Case, cast: Cast, content: bytes = b"", **over: Any) -> CaseFile:
    file = added(case, cast, content, **over)
    done = act.scanned(file_id=file.pk, found="", by_scanner="ClamAV 1.4.6", by=ENGINE)
    assert done is not None
    return done


def infected(case: Case, cast: Cast) -> CaseFile:
    done = act.scanned(
        file_id=added(case, cast).pk, found="Eicar", by_scanner="ClamAV 1.4.6", by=ENGINE
    )
    assert done is not None
    return done


def sent_by(client: Client, case: Case, content: bytes, name: str = "a.jpg", **over: Any) -> Any:
    fields = {"kind": "photograph", "words": "Her room"} | over
    upload = SimpleUploadedFile(name, content, content_type="image/png")
    return client.post(f"/case/{case.reference}/files", fields | {"file": upload})


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


class TestAdding:
    """An officer chooses a file, says what it is, and it lies sealed until it is checked."""

    def test_from_a_page_without_scripts(
        self, cast: Cast, client_of: ClientOf, case: Case, root: Path
    ) -> None:
        content = photograph()
        answer = sent_by(client_of(cast.olu), case, content, "../Her Room\u202egpj.exe")
        assert answer.status_code == 302
        (file,) = CaseFile.objects.all()
        assert (file.case, file.kind, file.words) == (case, "photograph", "Her room")
        assert (file.media_type, file.size) == ("image/jpeg", len(content))
        assert file.name == "Her Roomgpj.exe"
        assert file.status == FileStatus.QUARANTINED
        (path,) = [each for each in root.rglob("*") if each.is_file()]
        assert content not in path.read_bytes()
        assert b"".join(act.pieces_of(file)) == content
        page = client_of(cast.olu).get(f"/case/{case.reference}/files").content.decode()
        assert "Her room" in page
        assert "Waiting for the virus scanner" in page

    def test_it_is_a_line_of_the_history_and_in_the_trail_without_a_word_of_it(
        self, case: Case, cast: Cast
    ) -> None:
        file = added(case, cast, words="Zebedee Marsh in her room", name="Zebedee.jpg")
        line = CaseEvent.objects.get(kind=EventKind.FILE)
        assert line.detail == {"step": "added", "what": "photograph", "file": str(file.pk)}
        trail = str(list(AuditEvent.objects.values_list("verb", "detail")))
        assert "file.added" in trail
        assert "Zebedee" not in trail + str(line.detail)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(f)::text FROM casework_casefile f")
            assert "Zebedee" not in str(cursor.fetchall())

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "The file is empty"),
            (b"MZ\x90\0" + b"\0" * 99, "cannot take this kind of file"),
            (photograph()[:30], "damaged"),
        ],
    )
    def test_what_is_not_taken_changes_nothing_and_keeps_what_was_typed(
        self, cast: Cast, client_of: ClientOf, case: Case, root: Path, content: bytes, says: str
    ) -> None:
        answer = sent_by(client_of(cast.olu), case, content, words="Kept words")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert says in page
        assert 'value="Kept words"' in page
        assert re.search(r'value="photograph"[^>]*checked', page)
        assert not CaseFile.objects.exists()
        assert not [each for each in root.rglob("*") if each.is_file()]

    @pytest.mark.parametrize("missing", ["file", "kind", "words"])
    def test_every_question_must_be_answered(
        self, cast: Cast, client_of: ClientOf, case: Case, missing: str
    ) -> None:
        fields: dict[str, Any] = {"kind": "photograph", "words": "Her room"}
        fields["file"] = SimpleUploadedFile("a.jpg", photograph())
        del fields[missing]
        answer = client_of(cast.olu).post(f"/case/{case.reference}/files", fields)
        assert answer.status_code == 400
        assert f'href="#id_{missing}' in answer.content.decode()
        assert not CaseFile.objects.exists()

    def test_a_form_that_was_cut_off_or_is_none_changes_nothing(
        self, cast: Cast, client_of: ClientOf, case: Case
    ) -> None:
        client, path = client_of(cast.olu), f"/case/{case.reference}/files"
        kind = "multipart/form-data; boundary=x"
        for body in (b"", b"--x", b"--x\r\nContent-Disposition: form-data; name=file", b"\0" * 99):
            assert client.post(path, body, content_type=kind).status_code == 400
        assert not CaseFile.objects.exists()

    def test_one_file_has_its_limit_and_says_it(
        self, case: Case, cast: Cast, settings: Any, root: Path
    ) -> None:
        settings.FILES_MOST = 1000
        added(case, cast, b"x" * 1000)
        with pytest.raises(Conflict, match=r"too large: 1000\sbytes at most"):
            added(case, cast, b"x" * 1001)
        assert len(strongroom.names()) == CaseFile.objects.count() == 1

    def test_a_case_has_its_limit_and_says_it(self, case: Case, cast: Cast, settings: Any) -> None:
        settings.FILES_MOST_A_CASE = 1000
        first = added(case, cast, b"x" * 600)
        with pytest.raises(Conflict, match=r"1000\sbytes together"):
            added(case, cast, b"y" * 401)
        act.take_out(file=first, why="Wrong case", by=cast.actor("olu"))
        with pytest.raises(Conflict, match="no room"):
            added(case, cast, b"y" * 401)
        added(case, cast, b"y" * 400)
        added(make_case(), cast, b"y" * 1000)

    def test_the_same_file_twice_is_said_and_may_come_back_when_the_first_was_taken_out(
        self, case: Case, cast: Cast, root: Path
    ) -> None:
        first = added(case, cast, pdf())
        with pytest.raises(Conflict, match="in the case already"), transaction.atomic():
            added(case, cast, pdf(), words="Again")
        assert strongroom.names() == {first.kept_as}
        added(make_case(), cast, pdf())
        act.take_out(file=first, why="Wrong words", by=cast.actor("olu"))
        added(case, cast, pdf(), words="Again")

    def test_a_full_disk_is_said_and_nothing_is_saved(
        self, case: Case, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("accounts.strongroom.os.fsync", full)
        with pytest.raises(Conflict, match="could not be kept"):
            added(case, cast)
        assert not CaseFile.objects.exists()

    def test_a_closed_case_takes_none(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="closed"):
            added(make_case(status=CaseStatus.CLOSED), cast)


class TestSize:
    """What is larger than a form is read only from whoever may add a file, at the page that takes it."""

    LARGE = 13 * 1024 * 1024

    def post(self, client: Client, path: str) -> int:
        return client.post(
            path, {"file": SimpleUploadedFile("a.txt", b"x" * self.LARGE)}
        ).status_code

    def test_it_is_taken_there_and_nowhere_else(
        self, cast: Cast, client_of: ClientOf, case: Case
    ) -> None:
        path = f"/case/{case.reference}/files"
        assert sent_by(client_of(cast.olu), case, b"x" * self.LARGE).status_code == 302
        assert self.post(client_of(cast.olu), f"/case/{case.reference}/told") == 413
        assert self.post(client_of(cast.keir), path) == 413
        assert self.post(client_of(cast.hana), path) == 413
        assert self.post(Client(), path) == 413

    def test_more_than_any_file_is_not_read_at_all(
        self, cast: Cast, client_of: ClientOf, case: Case, settings: Any
    ) -> None:
        settings.MOST_BYTES_OF_FILES = 1_000_000
        answer = sent_by(client_of(cast.olu), case, b"x" * 1_000_001)
        assert answer.status_code == 413
        assert "too large to send" in answer.content.decode()

    def test_what_waits_on_the_disk_while_it_comes_has_no_name(self) -> None:
        from pages.forms.uploads import NamelessUploadHandler  # noqa: PLC0415

        handler = NamelessUploadHandler()
        handler.new_file("file", "a.jpg", "image/jpeg", 10, None, {})
        handler.receive_data_chunk(b"0123456789", 0)
        upload = handler.file_complete(10)
        assert (upload.read(), upload.size, upload.name) == (b"0123456789", 10, "a.jpg")
        assert isinstance(upload.file.name, int), "an anonymous file has a number only"
        upload.close()


class TestScanning:
    """Quarantined until clean, and when the scanner is down."""

    def test_a_clean_file_becomes_so_with_who_said_it(
        self, case: Case, cast: Cast, daemon: FakeClamd
    ) -> None:
        content = photograph()
        file = added(case, cast, content)
        assert scanning.turn(clocks.now())["scanned"] == 1
        file.refresh_from_db()
        assert file.status == FileStatus.CLEAN
        assert file.scanned_by.startswith("ClamAV 1.4.6/27800")
        assert daemon.heard == [content]

    def test_an_infected_one_is_locked_away_and_owed_to_its_owner_then_the_supervisor(
        self, case: Case, cast: Cast, daemon: FakeClamd, client_of: ClientOf
    ) -> None:
        file = added(case, cast, b"words " + TEST_STRING)
        assert scanning.turn(clocks.now())["found"] == 1
        file.refresh_from_db()
        assert (file.status, file.found) == (FileStatus.INFECTED, "Eicar-Signature")
        page = client_of(cast.olu).get(f"/file/{file.pk}").content.decode()
        assert "locked away" in page
        assert "/exports/take/file" not in page
        for kind in ("file", "photograph"):
            taking = client_of(cast.olu).get(f"/exports/take/{kind}?of={file.pk}")
            assert taking.status_code == 409

        followups.sweep(clocks.now())
        (owed,) = FollowUp.objects.filter(rule="file-infected")
        assert (owed.holder, owed.subject_id, owed.case) == (cast.olu, file.pk, case)
        later = clocks.now() + timedelta(days=2)
        with frozen(later):
            followups.sweep(later)
        steps = owed.steps.order_by("rung").values_list("to", flat=True)
        assert list(steps)[-3:] == ["owner", "supervisor", "force_lead"]
        answer = client_of(cast.sade).post(
            f"/file/{file.pk}", {"act": "dealt-with", "words": "Told who sent it"}
        )
        assert answer.status_code == 302
        followups.sweep(clocks.now() + timedelta(minutes=1))
        owed.refresh_from_db()
        assert owed.state in {"met", "met_late"}
        with pytest.raises(Conflict):
            act.deal_with(file=file, words="Again", by=cast.actor("olu"))

    @pytest.mark.parametrize("behaviour", ["drops", "silent", "garbage", "small", "error"])
    def test_without_a_verdict_it_waits_is_offered_again_and_never_leaves(
        self, case: Case, cast: Cast, daemon: FakeClamd, client_of: ClientOf, behaviour: str
    ) -> None:
        daemon.behaviour = behaviour
        file, at = added(case, cast), clocks.now()
        assert scanning.turn(at)["unscanned"] == 1
        assert scanning.turn(at + timedelta(minutes=1))["unscanned"] == 0, "not at once"
        file.refresh_from_db()
        assert (file.status, file.tries) == (FileStatus.QUARANTINED, 1)
        assert file.failure
        assert client_of(cast.olu).get(f"/exports/take/file?of={file.pk}").status_code == 409
        daemon.behaviour = "well"
        assert scanning.turn(at + timedelta(minutes=6))["scanned"] == 1

    def test_a_scanner_that_is_away_costs_no_file_its_try_and_becomes_late_work(
        self, case: Case, cast: Cast, settings: Any
    ) -> None:
        settings.CLAMD = "tcp:127.0.0.1:1"
        file, at = added(case, cast), clocks.now()
        assert scanning.turn(at) == {"scanned": 0, "found": 0, "unscanned": 0, "scanner": "away"}
        file.refresh_from_db()
        assert (file.status, file.tries) == (FileStatus.QUARANTINED, 0)
        with frozen(at + timedelta(minutes=59)):
            followups.sweep(clocks.now())
        assert not FollowUp.objects.filter(rule="file-not-checked").exists()
        with frozen(at + timedelta(minutes=61)):
            followups.sweep(clocks.now())
        (owed,) = FollowUp.objects.filter(rule="file-not-checked")
        assert (owed.holder, owed.subject_id) == (cast.olu, file.pk)
        assert owed.due_at == file.recorded_at + timedelta(hours=1)
        with frozen(at + timedelta(minutes=62)):
            act.scanned(file_id=file.pk, found="", by_scanner="ClamAV 1.4.6", by=ENGINE)
            followups.sweep(clocks.now())
        owed.refresh_from_db()
        assert owed.state in {"met", "met_late"}

    def test_one_file_that_breaks_the_scanner_holds_up_no_other(
        self, case: Case, cast: Cast, daemon: FakeClamd
    ) -> None:
        broken = added(case, cast, b"one")
        strongroom.path_of(broken.kept_as).write_bytes(b"changed")
        other = added(case, cast, b"two")
        done = scanning.turn(clocks.now())
        assert (done["scanned"], done["unscanned"]) == (1, 1)
        broken.refresh_from_db()
        other.refresh_from_db()
        assert (broken.status, other.status) == (FileStatus.QUARANTINED, FileStatus.CLEAN)
        assert broken.failure == "Conflict"

    def test_no_scanner_at_all_leaves_everything_in_quarantine(
        self, case: Case, cast: Cast, settings: Any
    ) -> None:
        settings.CLAMD = ""
        file = added(case, cast)
        assert scanning.turn(clocks.now())["scanner"] == "none"
        file.refresh_from_db()
        assert file.status == FileStatus.QUARANTINED

    def test_the_demos_stand_in_says_what_it_is(
        self, case: Case, cast: Cast, settings: Any, client_of: ClientOf
    ) -> None:
        settings.CLAMD, settings.DEMO = "demo", True
        file = added(case, cast)
        assert scanning.turn(clocks.now())["scanned"] == 1
        page = client_of(cast.olu).get(f"/file/{file.pk}").content.decode()
        assert "which knows the EICAR test string and nothing else" in page
        page = client_of(cast.olu).get(f"/case/{case.reference}/files").content.decode()
        assert "It has no virus scanner" in page


def raw(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestDatabase:
    """What holds whatever anybody runs against the tables."""

    def test_a_file_begins_in_quarantine(self, case: Case, cast: Cast) -> None:
        file = added(case, cast)
        with pytest.raises(DatabaseError, match="begins in quarantine"):
            raw(
                "INSERT INTO casework_casefile SELECT (jsonb_populate_record(f, jsonb_build_object("
                "'id', gen_random_uuid(), 'status', 'clean', 'scanned_at', now(), 'scanned_by', 'me',"
                "'kept_as', repeat('a', 64), 'digest', repeat('b', 64)))).* FROM casework_casefile f"
            )
        assert CaseFile.objects.get() == file

    @pytest.mark.parametrize(
        "change",
        [
            "digest = repeat('a', 64)",
            "size = size + 1",
            "kept_as = repeat('a', 64)",
            "key = key || 'x'",
            "words = words || 'x'",
            "kind = 'other'",
            "case_id = gen_random_uuid()",
            "media_type = 'text/html'",
            "by_id = NULL",
        ],
    )
    def test_what_came_stays_as_it_came(self, case: Case, cast: Cast, change: str) -> None:
        added(case, cast)
        with pytest.raises(DatabaseError):
            raw(f"UPDATE casework_casefile SET {change}")

    def test_a_verdict_is_given_once_and_by_the_engine_alone(self, case: Case, cast: Cast) -> None:
        file = added(case, cast)
        clean = (
            "UPDATE casework_casefile SET status = 'clean', scanned_at = now(), scanned_by = 'x'"
        )
        with acting_as(cast.actor("olu")), pytest.raises(DatabaseError, match="only the engine"):
            raw(clean)
        with pytest.raises(DatabaseError):
            raw("UPDATE casework_casefile SET status = 'clean'")
        raw(clean)
        for back in ("quarantined", "infected"):
            with pytest.raises(DatabaseError):
                raw("UPDATE casework_casefile SET status = %s, found = 'x'", back)
        with pytest.raises(DatabaseError, match="stays"):
            raw("UPDATE casework_casefile SET scanned_by = 'somebody else'")
        assert act.scanned(file_id=file.pk, found="X", by_scanner="late", by=ENGINE) is None

    def test_nobody_deletes_one(self, case: Case, cast: Cast) -> None:
        added(case, cast)
        for actor in (cast.actor("ines"), ENGINE):
            with acting_as(actor), pytest.raises(DatabaseError, match="permission denied"):
                raw("DELETE FROM casework_casefile")
        with pytest.raises(DatabaseError):
            raw("TRUNCATE casework_casefile CASCADE")

    def test_what_was_said_of_it_stays(self, case: Case, cast: Cast) -> None:
        file = infected(case, cast)
        act.deal_with(file=file, words="Told who sent it", by=cast.actor("olu"))
        act.take_out(file=file, why="A virus", by=cast.actor("olu"))
        for change in (
            "taken_out_at = NULL, taken_out_by_id = NULL, why_taken_out = ''",
            "dealt_with_at = now()",
            "why_taken_out = 'x'",
        ):
            with pytest.raises(DatabaseError, match="stays"):
                raw(f"UPDATE casework_casefile SET {change}")


ACTS = st.lists(
    st.sampled_from(["clean", "infect", "deal", "out", "raw-clean", "raw-back", "raw-key", "send"]),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_no_order_of_acts_lets_a_file_leave_that_is_not_clean(
    case: Case, cast: Cast, acts: list[str]
) -> None:
    content = photograph() + str(CaseFile.objects.count()).encode()
    file = added(case, cast, content)
    olu = cast.actor("olu")
    believed = "quarantined"
    is_out = False
    for each in acts:
        try:
            with transaction.atomic():
                if each == "clean":
                    done = act.scanned(file_id=file.pk, found="", by_scanner="c", by=ENGINE)
                    believed = "clean" if done else believed
                elif each == "infect":
                    done = act.scanned(file_id=file.pk, found="V", by_scanner="c", by=ENGINE)
                    believed = "infected" if done else believed
                elif each == "deal":
                    act.deal_with(file=file, words="Told them", by=olu)
                elif each == "out":
                    act.take_out(file=file, why="Wrong", by=olu)
                    is_out = True
                elif each == "send":
                    with acting_as(olu):
                        act.send(link_for(file, export=1, by=olu), by=olu).pieces.close()
                    assert believed == "clean"
                    assert not is_out
                else:
                    changes = {
                        "raw-clean": "status = 'clean'",
                        "raw-back": "status = 'quarantined'",
                    }
                    with acting_as(olu):
                        raw(f"UPDATE casework_casefile SET {changes.get(each, 'key = 0')}")
                    assert (each, believed) in {("raw-clean", "clean"), ("raw-back", "quarantined")}
        except (Conflict, NotVisible, DatabaseError):
            if each == "send":
                assert believed != "clean" or is_out
        now = CaseFile.objects.get(pk=file.pk)
        assert (now.status, now.taken_out_at is not None) == (believed, is_out)
        assert now.may_leave == (believed == "clean" and not is_out)
    assert act.check_bytes(CaseFile.objects.get(pk=file.pk)) is None


def link_of(client: Client, file: CaseFile) -> str:
    answer = client.post(f"/exports/take/file?of={file.pk}", WHY)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


class TestLeaving:
    """Asked why, recorded, then by a link of a minute for one person, which asks everything again."""

    def test_it_leaves_as_it_came_and_stands_in_the_disclosure_record(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        content = photograph()
        file, browser = checked(case, cast, content), client_of(cast.olu)
        asked = browser.get(f"/exports/take/file?of={file.pk}").content.decode()
        assert "Why do you need it?" in asked
        assert "leaves without a mark" in asked
        assert not Export.objects.exists()
        link = link_of(browser, file)
        export = Export.objects.get()
        assert (export.what, export.rows, export.size) == ("file", 1, len(content))
        assert export.digest == file.digest
        item = ExportItem.objects.get()
        assert (item.subject, item.subject_id, item.reference) == (
            "casework.casefile",
            file.pk,
            case.reference,
        )
        answer = browser.get(link)
        assert whole(answer) == content
        assert answer["Content-Type"] == "image/jpeg"
        name = f"export-{export.pk}-photograph.jpg"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Length"] == str(len(content))
        event = AuditEvent.objects.get(verb="file.sent")
        assert (event.subject_id, event.detail["export"]) == (str(file.pk), export.pk)

    def test_text_is_never_a_page(self, case: Case, cast: Cast, client_of: ClientOf) -> None:
        file = checked(case, cast, b"<html><script>alert(1)</script>", name="a.html")
        answer = client_of(cast.olu).get(link_of(client_of(cast.olu), file))
        assert whole(answer) == b"<html><script>alert(1)</script>"
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Content-Disposition"].endswith('.txt"')

    def refused(self, client: Client, link: str) -> None:
        answer = client.get(link)
        assert answer.status_code == 404
        assert not answer.streaming

    def test_the_link_dies_after_a_minute(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        browser, at = client_of(cast.olu), clocks.now()
        with frozen(at):
            link = link_of(browser, checked(case, cast))
        with frozen(at + timedelta(seconds=59)):
            assert whole(browser.get(link)) == photograph()
        with frozen(at + timedelta(seconds=62)):
            self.refused(browser, link)
        with frozen(at - timedelta(seconds=10)):
            self.refused(browser, link)

    def test_the_link_is_nobody_elses_and_cannot_be_made(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        link = link_of(client_of(cast.olu), checked(case, cast))
        self.refused(client_of(cast.sade), link)
        assert client_of(cast.hana).get(link).status_code == 403
        assert Client().get(link).status_code == 302
        for forged in (link[:-2] + "xx", link.replace(":", "", 1), "/file/sent/stale"):
            self.refused(client_of(cast.olu), forged)
        assert AuditEvent.objects.filter(verb="access.refused").count() >= 4

    def test_access_is_asked_again_when_the_link_is_used(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        file, browser = checked(case, cast), client_of(cast.olu)
        link = link_of(browser, file)
        type(case.scope).objects.filter(pk=case.scope_id).update(restriction=Restriction.COVERT)
        self.refused(browser, link)

    def test_what_was_taken_out_meanwhile_does_not_leave(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        file, browser = checked(case, cast), client_of(cast.olu)
        link = link_of(browser, file)
        answer = browser.post(f"/file/{file.pk}", {"act": "take-out", "why": "Wrong case"})
        assert answer.status_code == 302
        self.refused(browser, link)
        page = browser.get(f"/file/{file.pk}").content.decode()
        assert "Wrong case" in page
        assert "Nobody can download it" in page

    def test_what_is_no_longer_as_it_came_is_not_given_out(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        file, browser = checked(case, cast), client_of(cast.olu)
        link = link_of(browser, file)
        path = strongroom.path_of(file.kept_as)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        answer = browser.get(link)
        assert answer.status_code == 409
        assert "not as it was when it came" in answer.content.decode()
        path.unlink()
        assert browser.get(link).status_code == 409

    def test_a_photograph_that_says_where_is_warned_of_and_leaves_without_it(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        file = checked(case, cast, photograph(gps=True))
        browser = client_of(cast.olu)
        page = browser.get(f"/file/{file.pk}").content.decode()
        assert "says where it was made" in page
        assert f"/exports/take/photograph?of={file.pk}" in page
        answer = browser.post(f"/exports/take/photograph?of={file.pk}", WHY)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"Xanderquine" not in answer.content
        export = Export.objects.get()
        assert (export.what, export.size) == ("photograph", len(answer.content))
        assert export.digest != file.digest

    def test_a_plain_photograph_is_not_warned_of(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        page = client_of(cast.olu).get(f"/file/{checked(case, cast).pk}").content.decode()
        assert "where it was made" not in page
        other = checked(case, cast, pdf(), name="a.pdf")
        taken = client_of(cast.olu).post(f"/exports/take/photograph?of={other.pk}", WHY)
        assert taken.status_code == 409


class TestWho:
    """Restricted cases, conflicts, other units and forces, agencies: refused twice over."""

    @pytest.mark.parametrize("who", ["petra", "wyn", "hana", "keir"])
    def test_who_may_not_see_the_case_or_give_files_out(
        self, case: Case, cast: Cast, client_of: ClientOf, who: str
    ) -> None:
        file, browser = checked(case, cast), client_of(getattr(cast, who))
        answers = {
            path: browser.get(path).status_code
            for path in (
                f"/case/{case.reference}/files",
                f"/file/{file.pk}",
                f"/exports/take/file?of={file.pk}",
            )
        }
        allowed = {200, 403} if who == "keir" else {403, 404}
        assert set(answers.values()) <= allowed, answers
        if who == "keir":
            assert answers[f"/exports/take/file?of={file.pk}"] == 403
        assert sent_by(browser, case, pdf()).status_code in {403, 404}
        assert CaseFile.objects.count() == 1

    @pytest.mark.parametrize("restriction", [Restriction.RESTRICTED, Restriction.COVERT])
    def test_row_level_security_alone_shows_none_beyond_reach(
        self, cast: Cast, restriction: str
    ) -> None:
        case = make_case(victim=make_victim(make_scope(restriction=restriction)))
        ScopeGrant.objects.create(
            scope=case.scope,
            force=cast.force,
            user=cast.olu,
            kind=GrantKind.TEAM,
            starts_at=clocks.now() - timedelta(hours=1),
        )
        added(case, cast)
        for who, seen in (("olu", 1), ("sade", 0), ("ines", 0), ("wyn", 0), ("hana", 0)):
            with acting_as(cast.actor(who)), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM casework_casefile")
                assert cursor.fetchone() == (seen,), who

    def test_reading_an_action_is_refused_to_who_has_no_right_to_it(
        self, case: Case, cast: Cast
    ) -> None:
        file = checked(case, cast)
        with pytest.raises(Refused):
            added(case, cast, pdf(), who="keir")
        with pytest.raises(Refused):
            act.take_out(file=file, why="x", by=cast.actor("keir"))
        with pytest.raises(NotVisible):
            act.take_out(file=file, why="x", by=cast.actor("petra"))

    def test_looking_is_on_record_with_what_was_shown(
        self, case: Case, cast: Cast, client_of: ClientOf
    ) -> None:
        file, browser = checked(case, cast), client_of(cast.olu)
        browser.get(f"/case/{case.reference}/files")
        shown = AuditEvent.objects.get(verb="case.viewed", detail__page="files")
        assert shown.detail["shown"] == [str(file.pk)]
        browser.get(f"/file/{file.pk}")
        assert AuditEvent.objects.filter(verb="casefile.viewed").count() == 1
        browser.get(f"/exports/take/file?of={file.pk}")
        assert AuditEvent.objects.filter(verb="casefile.viewed").count() == 2


def test_the_list_asks_no_more_for_fifty_files_than_for_one(
    case: Case, cast: Cast, client_of: ClientOf
) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client_of(cast.olu).get(f"/case/{case.reference}/files").status_code == 200
        return len(captured)

    added(case, cast, b"0")
    first = asks()
    for number in range(1, 50):
        added(case, cast, b"x" * number)
    assert asks() == first
    assert first < 30


def test_pages_say_what_is_wrong_with_what_was_typed(
    case: Case, cast: Cast, client_of: ClientOf
) -> None:
    file, browser = infected(case, cast), client_of(cast.olu)
    for name, field in (("dealt-with", "words"), ("take-out", "why")):
        answer: HttpResponse = browser.post(f"/file/{file.pk}", {"act": name})
        assert answer.status_code == 400
        assert f'href="#id_{field}"' in answer.content.decode()
    assert browser.post(f"/file/{file.pk}", {"act": "other"}).status_code == 404
