"""Proofs of training: kept sealed, held back until they are scanned, seen by whoever verifies, by nobody else."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

import clocks
from accounts import strongroom
from accounts.actors import NOBODY, engine
from accounts.clamd import TEST_STRING
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.kept_files import FileStatus, link_for
from accounts.models import AuditEvent, User
from accounts.scoping import NotVisible
from casework import scanning
from clocks import frozen
from followups import engine as followups
from followups.models import FollowUp, FollowUpState
from tests.accounts.samples import pdf, photograph
from tests.accounts.scanner import FakeClamd, fake_clamd
from tests.builders import make_training
from tests.cast import Cast
from training import actions
from training.actions.proofs import scanned, send
from training.models import Proof, TrainingRecord

ClientOf = Callable[[User], Client]
ENGINE = engine("files")
WHY = {"reason": "inspection", "words": "To see the certificate", "goes": "inside", "recipient": ""}


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
def record(cast: Cast) -> TrainingRecord:
    return make_training(cast.olu, "invented")


def added(record: TrainingRecord, cast: Cast, content: bytes = b"", who: str = "olu") -> Proof:
    return actions.add_proof(
        record=record, content=io.BytesIO(content or pdf()), by=cast.actor(who)
    )


def checked(record: TrainingRecord, cast: Cast, content: bytes = b"") -> Proof:
    proof = scanned(
        file_id=added(record, cast, content).pk, found="", by_scanner="ClamAV 1.4.6", by=ENGINE
    )
    assert proof is not None
    return proof


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_a_proof_lies_sealed_and_waits_for_the_scanner(
    record: TrainingRecord, cast: Cast, root: Path
) -> None:
    proof = added(record, cast)
    assert proof.status == FileStatus.QUARANTINED
    assert not proof.may_leave
    (kept,) = [path for path in root.rglob("*") if path.is_file()]
    assert b"%PDF" not in kept.read_bytes()


def test_of_a_photograph_only_the_picture_is_kept(record: TrainingRecord, cast: Cast) -> None:
    proof = checked(record, cast, photograph(gps=True, size=(640, 480)))
    with acting_as(cast.actor("olu")):
        leaving = send(link_for(proof, export=1, by=cast.actor("olu")), by=cast.actor("olu"))
        came = b"".join(leaving.pieces)
    with Image.open(io.BytesIO(came)) as picture:
        assert picture.size == (640, 480)
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"Only words", "A proof is a PDF or a photograph"),
        (b"MZ\x90\x00" + bytes(60), "cannot take this kind"),
        (b"%PDF-1.7 without an end", "damaged"),
    ],
)
def test_what_is_no_certificate_is_not_taken_and_leaves_nothing_behind(
    record: TrainingRecord, cast: Cast, content: bytes, why: str
) -> None:
    with pytest.raises(Conflict, match=why):
        actions.add_proof(record=record, content=io.BytesIO(content), by=cast.actor("olu"))
    assert not Proof.objects.exists()
    assert not strongroom.names()


def test_five_at_most_and_the_same_file_once(record: TrainingRecord, cast: Cast) -> None:
    first = added(record, cast)
    with pytest.raises(Conflict, match="there already"):
        added(record, cast)
    for number in range(4):
        added(record, cast, photograph(size=(20 + number, 20)))
    with pytest.raises(Conflict, match="5 files already"):
        added(record, cast, photograph(size=(50, 50)))
    actions.take_out(proof=first, by=cast.actor("olu"))
    added(record, cast)
    assert len(strongroom.names()) == 6, "what was taken out is still kept"


def test_the_officer_and_whoever_records_training_add_proofs_and_nobody_else(
    record: TrainingRecord, cast: Cast
) -> None:
    added(record, cast, who="bronwen")
    with pytest.raises(Refused, match="whoever records training"):
        added(record, cast, photograph(), who="sade")
    with pytest.raises(NotVisible):
        added(record, cast, photograph(), who="rhys")
    with pytest.raises(NotVisible):
        added(record, cast, photograph(), who="dov")


def test_the_scanner_looks_at_proofs_as_at_files_of_cases(
    record: TrainingRecord, cast: Cast, daemon: FakeClamd
) -> None:
    clean = added(record, cast)
    ill = added(record, cast, pdf() + b"\n% " + TEST_STRING + b"\n%%EOF")
    done = scanning.turn(clocks.now())
    assert (done["scanned"], done["found"]) == (1, 1)
    clean.refresh_from_db()
    ill.refresh_from_db()
    assert (clean.status, ill.status) == (FileStatus.CLEAN, FileStatus.INFECTED)
    assert not ill.may_leave


def test_whoever_added_a_proof_with_a_virus_owes_taking_it_out(
    record: TrainingRecord, cast: Cast, client_of: ClientOf
) -> None:
    proof = added(record, cast)
    scanned(file_id=proof.pk, found="Eicar-Signature", by_scanner="ClamAV 1.4.6", by=ENGINE)
    followups.sweep(clocks.now())
    duty = FollowUp.objects.get(rule="proof-infected")
    assert (duty.holder, duty.state) == (cast.olu, FollowUpState.OPEN)
    assert f"/training/record/{record.pk}" in client_of(cast.olu).get("/work").content.decode()
    actions.take_out(proof=proof, by=cast.actor("olu"))
    followups.sweep(clocks.now())
    duty.refresh_from_db()
    assert duty.state == FollowUpState.MET


def test_a_proof_waits_on_while_the_scanner_is_away(
    record: TrainingRecord, cast: Cast, settings: Any
) -> None:
    settings.CLAMD = "unix:/nowhere/clamd.ctl"
    proof = added(record, cast)
    assert scanning.turn(clocks.now())["scanner"] == "away"
    proof.refresh_from_db()
    assert proof.status == FileStatus.QUARANTINED


def test_a_link_is_for_one_person_and_one_minute(record: TrainingRecord, cast: Cast) -> None:
    proof, olu = checked(record, cast), cast.actor("olu")
    link = link_for(proof, export=1, by=olu)
    for who in ("sade", "bronwen"):
        with acting_as(cast.actor(who)), pytest.raises(NotVisible):
            send(link, by=cast.actor(who))
    with frozen(clocks.now() + timedelta(seconds=61)), pytest.raises(NotVisible):
        send(link, by=olu)
    with pytest.raises(NotVisible):
        send(link[:-1] + "x", by=olu)
    actions.take_out(proof=proof, by=olu)
    with pytest.raises(NotVisible):
        send(link, by=olu)


def test_a_link_opens_nothing_for_whoever_sees_their_training_no_longer(
    record: TrainingRecord, cast: Cast
) -> None:
    proof, sade = checked(record, cast), cast.actor("sade")
    link = link_for(proof, export=1, by=sade)
    send(link, by=sade).pieces.close()
    with pytest.raises(NotVisible):
        send(link, by=replace(sade, unit_ids=frozenset()))


def test_a_proof_that_was_changed_on_the_disk_is_not_given_out_and_is_named(
    record: TrainingRecord, cast: Cast
) -> None:
    proof, olu = checked(record, cast), cast.actor("olu")
    call_command("check_files", verbosity=0)
    path = strongroom.path_of(proof.kept_as)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Conflict, match="not as it was"):
        send(link_for(proof, export=1, by=olu), by=olu)
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("check_files", verbosity=0)


def test_the_nightly_tidy_keeps_proofs_and_counts_those_whose_bytes_are_gone(
    record: TrainingRecord, cast: Cast
) -> None:
    proof = added(record, cast)
    later = clocks.now() + timedelta(days=3)
    assert scanning.tidy(later) == {"removed": 0, "lost": 0}
    assert strongroom.names() == {proof.kept_as}
    strongroom.remove(proof.kept_as)
    assert scanning.tidy(later)["lost"] == 1


def test_what_was_seen_for_a_verified_record_stays(record: TrainingRecord, cast: Cast) -> None:
    proof = checked(record, cast)
    actions.verify_record(by=cast.actor("ines"), record=record)
    with pytest.raises(Conflict, match="what was seen for it stays"):
        actions.take_out(proof=proof, by=cast.actor("olu"))
    assert refuses(
        f"UPDATE training_proof SET taken_out_at = now(), taken_out_by_id = '{cast.olu.pk}'"
    )


def test_the_database_shows_a_proof_to_nobody_of_another_force(
    record: TrainingRecord, cast: Cast
) -> None:
    added(record, cast)
    own = cast.actor("olu")
    for actor, shown in ((own, 1), (replace(own, force_id=uuid4()), 0), (NOBODY, 0)):
        with acting_as(actor):
            assert Proof.objects.count() == shown


def test_the_database_lets_nobody_but_the_engine_say_what_the_scanner_found(
    record: TrainingRecord, cast: Cast
) -> None:
    added(record, cast)
    clean = "status = 'clean', scanned_at = now(), scanned_by = 'me'"
    with acting_as(cast.actor("olu")):
        assert refuses(f"UPDATE training_proof SET {clean}")
    for what in ("size = 1", "digest = repeat('0', 64)", "kept_as = repeat('0', 64)"):
        assert refuses(f"UPDATE training_proof SET {what}"), what
    assert refuses("DELETE FROM training_proof")


def test_an_officer_adds_a_certificate_and_a_sergeant_reads_it_and_verifies(
    record: TrainingRecord, cast: Cast, client_of: ClientOf, daemon: FakeClamd
) -> None:
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    page, path = f"/training/record/{record.pk}", "/exports/take/proof"
    assert olu.post(page, {}).status_code == 400
    refused = olu.post(page, {"file": SimpleUploadedFile("x.txt", b"Only words")})
    assert refused.status_code == 409
    assert "A proof is a PDF or a photograph" in refused.content.decode()
    assert olu.post(page, {"file": SimpleUploadedFile("Quillon.pdf", pdf())}).status_code == 302
    proof = Proof.objects.get()
    assert "Download" not in sade.get(page).content.decode()
    assert sade.get(f"{path}?of={proof.pk}").status_code == 409
    scanning.turn(clocks.now())
    assert "1 file to look at" in sade.get("/training/waiting").content.decode()
    shown = sade.get(page).content.decode()
    assert "Checked for viruses" in shown
    assert "Choose a file" not in shown
    left = sade.post(f"{path}?of={proof.pk}", WHY)
    came = sade.get(left["Location"])
    assert b"".join(came.streaming_content) == pdf()  # type: ignore[attr-defined]
    assert "attachment" in came["Content-Disposition"]
    verbs = list(AuditEvent.objects.filter(actor_id=cast.sade.pk).values_list("verb", flat=True))
    assert [verbs.count(verb) for verb in ("export.taken", "proof.sent")] == [1, 1]
    assert sade.post(f"/training/record/{record.pk}/verify").status_code == 302
    assert "Take out" not in olu.get(page).content.decode()
    assert not [event for event in AuditEvent.objects.all() if "Quillon" in str(event.detail)]


def test_a_stranger_neither_sees_nor_takes_nor_ends_a_proof(
    record: TrainingRecord, cast: Cast, client_of: ClientOf
) -> None:
    proof = checked(record, cast)
    for who in (cast.rhys, cast.dov):
        stranger = client_of(who)
        assert stranger.get(f"/training/record/{record.pk}").status_code == 404
        assert stranger.get(f"/exports/take/proof?of={proof.pk}").status_code == 404
        assert stranger.post(f"/training/proofs/{proof.pk}/take-out").status_code in {403, 404}
    proof.refresh_from_db()
    assert proof.may_leave


def test_the_page_of_a_record_asks_as_many_questions_for_five_proofs_as_for_one(
    record: TrainingRecord, cast: Cast, client_of: ClientOf
) -> None:
    olu = client_of(cast.olu)

    def questions() -> int:
        olu.get(f"/training/record/{record.pk}")
        with CaptureQueriesContext(connection) as asked:
            olu.get(f"/training/record/{record.pk}")
        return len(asked)

    added(record, cast)
    one = questions()
    for number in range(4):
        added(record, cast, photograph(size=(20 + number, 20)))
    assert questions() == one
