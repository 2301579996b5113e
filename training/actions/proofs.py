"""The room of proofs of training: added, looked at by the scanner, taken out, sent to whoever must see them."""

import io
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit, media
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.kept_files import FileStatus, Sent, bring, check_bytes, judged, named_by, pieces_of
from accounts.media import Medium, NotTaken
from accounts.permissions import Permission, check
from accounts.scoping import NotVisible
from training.models import MOST_PROOFS, Proof, TrainingRecord

# A certificate is a document or a picture of one. Of a picture its pixels are kept and nothing else: a telephone writes
# into it where it was taken, which is often an officer's home.
TAKEN = {Medium.PDF, *media.PHOTOGRAPHS}


@transaction.atomic
def add_proof(*, record: TrainingRecord, content: BinaryIO, by: Actor) -> Proof:
    """The file lies sealed beside the record and waits for the scanner; `Conflict` says why it is not taken.

    By the officer themself, or by whoever records training. Its bytes are on the disk before its row is.
    """
    check(by, Permission.TRAINING_OWN)
    record = _record(record, by=by)
    if Proof.objects.visible_to(by).standing().filter(record=record).count() >= MOST_PROOFS:
        raise Conflict(_("There are %d files already. Take one out first.") % MOST_PROOFS)
    content, medium = _as_it_is_kept(content)
    row = Proof(record=record, recorded_at=clocks.now(), recorded_by_id=by.person_id)
    made = bring(row, content, medium)
    audit.record("proof.added", by=by, of=made, user=str(record.user_id), record=str(record.pk))
    return made


def taken() -> list[str]:
    """What is taken as a proof, as people call it."""
    return [medium.words for medium in Medium if medium in TAKEN]


def _as_it_is_kept(content: BinaryIO) -> tuple[BinaryIO, Medium]:
    try:
        medium = media.judge(content).medium
        if medium not in TAKEN:
            raise NotTaken(_("A proof is a PDF or a photograph: %s.") % ", ".join(taken()))
        if medium in media.PHOTOGRAPHS:
            bare, medium = media.without_place(content)
            return io.BytesIO(bare), medium
    except NotTaken as refused:
        raise Conflict(refused.sentence) from refused
    return content, medium


@transaction.atomic
def take_out(*, proof: Proof, by: Actor) -> Proof:
    """Nobody can download it any more; of a verified record nothing is taken out, since it was seen. Twice is once."""
    check(by, Permission.TRAINING_OWN)
    rows = Proof.objects.select_related("record").select_for_update(of=("self",))
    proof = rows.get_visible(by, pk=proof.pk)
    record = _record(proof.record, by=by)
    if proof.taken_out_at is not None:
        return proof
    if record.verified_at is not None:
        raise Conflict(_("The record is verified, so what was seen for it stays."))
    proof.taken_out_at, proof.taken_out_by_id = clocks.now(), by.person_id
    proof.save(update_fields=["taken_out_at", "taken_out_by"])
    audit.record("proof.taken_out", by=by, of=proof, user=str(record.user_id))
    return proof


def _record(record: TrainingRecord, *, by: Actor) -> TrainingRecord:
    """The record, held until the end: one's own, or anybody's for whoever records training."""
    rows = TrainingRecord.objects.select_for_update(of=("self",))
    found = rows.get_visible(by, pk=record.pk)
    if found.user_id != by.person_id and not by.can(Permission.TRAINING_RECORD):
        raise Refused(
            _("The officer adds their proof, or whoever records training."), verb="proof.change"
        )
    return found


@transaction.atomic
def scanned(*, file_id: UUID, found: str, by_scanner: str, by: Actor) -> Proof | None:
    """The scanner's verdict is kept; None where somebody was quicker."""
    rows = Proof.objects.visible_to(by).select_for_update(of=("self",))
    row = rows.filter(pk=file_id, status=FileStatus.QUARANTINED).first()
    if row is not None:
        judged(row, found=found, by_scanner=by_scanner, at=clocks.now(), by=by)
    return row


def send(token: str, *, by: Actor) -> Sent:
    """The proof that the link names, if everything still holds: `NotVisible` in every other case.

    Asked again: who it is, the minute, whose training they see, and that it is clean. Its bytes are compared with
    their SHA-256 before the first leaves; `Conflict` where they are not those that were kept.
    """
    check(by, Permission.EXPORT_TAKE)
    file_id, export = named_by(token, Proof, by=by)
    proof = Proof.objects.get_visible(by, pk=file_id)
    if not proof.may_leave:
        raise NotVisible("training.Proof")
    check_bytes(proof)
    audit.record("proof.sent", by=by, of=proof, export=export, digest=proof.digest)
    return Sent(proof, f"export-{export}-proof.{proof.suffix}", pieces_of(proof))
