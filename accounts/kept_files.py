"""The room of files that somebody brought: kept sealed, held back until they are scanned, sent by links of a minute.

What each is about (a case, a completion of a course) its own model says; who may see it, that model's wall.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, ClassVar, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.http import StreamingHttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts import strongroom
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.media import Medium
from accounts.models import User
from accounts.privacy import Privacy
from accounts.rows import add
from accounts.scoping import NotVisible, ScopedQuerySet
from accounts.sealed import EncryptedTextField
from accounts.states import move

Row = TypeVar("Row", bound="KeptFile")
LINK_LASTS = 60  # seconds


class FileStatus(models.TextChoices):
    """What is known of it: nobody can download what is not clean."""

    QUARANTINED = "quarantined", gettext_lazy("Waiting for the virus scanner")
    CLEAN = "clean", gettext_lazy("Checked for viruses")
    INFECTED = "infected", gettext_lazy("Locked away: the virus scanner found something")


class KeptFileQuerySet(ScopedQuerySet[Row]):
    """Files, by what is known of them."""

    def standing(self) -> Self:
        """Those that nobody took out."""
        return self.filter(taken_out_at=None)

    def waiting(self) -> Self:
        """Those that the scanner has yet to look at."""
        return self.filter(status=FileStatus.QUARANTINED, taken_out_at=None)


class KeptFile(models.Model):
    """A file that somebody brought. Its bytes lie in the strongroom as `kept_as`, sealed with `key`.

    `digest` is the SHA-256 of the file as it is kept, `size` its bytes. `scanned_by` is the scanner with its
    signatures' date; `failure` the code of why the last of `tries` gave no verdict.
    """

    media_type = models.CharField(gettext_lazy("kind of file"), max_length=100)
    suffix = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField(gettext_lazy("size"))
    digest = models.CharField(gettext_lazy("SHA-256"), max_length=64)
    kept_as = models.CharField(max_length=64, unique=True)
    key = EncryptedTextField()

    status = models.CharField(
        max_length=11, choices=FileStatus.choices, default=FileStatus.QUARANTINED
    )
    scanned_at = models.DateTimeField(null=True, blank=True)
    scanned_by = models.CharField(gettext_lazy("checked by"), max_length=200, blank=True)
    found = models.CharField(gettext_lazy("what was found"), max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=20, blank=True)

    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    TRANSITIONS: ClassVar = {
        FileStatus.QUARANTINED: frozenset({FileStatus.CLEAN, FileStatus.INFECTED}),
        FileStatus.CLEAN: frozenset(),
        FileStatus.INFECTED: frozenset(),
    }

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """What its bytes are bound to."""
        return f"{self._meta.db_table}.bytes:{self.pk}"

    @property
    def may_leave(self) -> bool:
        """Whether anybody may download it."""
        return self.status == FileStatus.CLEAN and self.taken_out_at is None


FILE_PRIVACY = {
    "media_type": Privacy.CASE,
    "suffix": Privacy.PUBLIC,
    "size": Privacy.PUBLIC,
    "digest": Privacy.CASE,
    "kept_as": Privacy.PUBLIC,
    "key": Privacy.SEALED,
    "status": Privacy.PUBLIC,
    "scanned_at": Privacy.PUBLIC,
    "scanned_by": Privacy.PUBLIC,
    "found": Privacy.CASE,
    "tried_at": Privacy.PUBLIC,
    "tries": Privacy.PUBLIC,
    "failure": Privacy.PUBLIC,
    "taken_out_at": Privacy.PUBLIC,
    "taken_out_by": Privacy.PUBLIC,
}


def kept_as_it_came(name: str) -> tuple[models.CheckConstraint, ...]:
    """What holds of every such file in the database; `name` is that of the model in the constraints' names."""
    return (
        models.CheckConstraint(condition=Q(size__gt=0), name=f"{name}_is_not_empty"),
        models.CheckConstraint(
            condition=Q(digest__regex=r"^[0-9a-f]{64}$", kept_as__regex=r"^[0-9a-f]{64}$"),
            name=f"{name}_names_are_hex",
        ),
        models.CheckConstraint(
            condition=Q(status="quarantined", scanned_at=None, scanned_by="", found="")
            | (Q(status="clean", scanned_at__isnull=False, found="") & ~Q(scanned_by=""))
            | (Q(status="infected", scanned_at__isnull=False) & ~Q(scanned_by="") & ~Q(found="")),
            name=f"{name}_status_is_the_scanners",
        ),
    )


def bring(
    row: Row, content: BinaryIO, medium: Medium, *, room: int | None = None, no_room: str = ""
) -> Row:
    """The file lies sealed on the disk, then its row is kept; where the row does not come to be, nothing lies there.

    `room` is how many bytes there may be beside the limit of every file, `no_room` what is said where they are fewer.
    """
    kept = _keep(content, row.place, settings.FILES_MOST if room is None else room, no_room)
    row.media_type, row.suffix = medium.content_type, medium.suffix
    row.size, row.digest, row.kept_as, row.key = kept.size, kept.digest, kept.name, kept.key
    try:
        return add(row)
    except BaseException:
        strongroom.remove(kept.name)
        raise


def _keep(content: BinaryIO, place: str, room: int, no_room: str) -> strongroom.Kept:
    most = settings.FILES_MOST
    content.seek(0)
    pieces = iter(lambda: content.read(strongroom.PIECE), b"")
    try:
        return strongroom.keep(pieces, place=place, most=min(most, max(room, 0)))
    except strongroom.TooLarge as large:
        if room < most:
            raise Conflict(no_room) from large
        raise Conflict(_("The file is too large: %s at most.") % filesizeformat(most)) from large
    except OSError as full:
        raise Conflict(
            _("The file could not be kept, and nothing was saved. Tell whoever runs Holdfast.")
        ) from full


def judged(row: Row, *, found: str, by_scanner: str, at: datetime, by: Actor) -> Row:
    """The scanner's verdict is kept with the row, which the caller has locked while it waited."""
    row.scanned_at, row.scanned_by, row.found = at, by_scanner[:200], found
    row.failure = ""
    to = FileStatus.INFECTED if found else FileStatus.CLEAN
    return move(row, to, by=by, save=("scanned_at", "scanned_by", "found", "failure"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A file on its way out: under which name, and its bytes as they are read."""

    file: Any
    name: str
    pieces: strongroom.Opened


def answer_with(leaving: Sent) -> StreamingHttpResponse:
    """The file itself, as something to keep and never as a page."""
    answer = StreamingHttpResponse(leaving.pieces, content_type=leaving.file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{leaving.name}"'
    answer["Content-Length"] = str(leaving.file.size)
    return answer


def link_for(file: KeptFile, *, export: int, by: Actor) -> str:
    """What the address of one download carries: for this person, this file, a minute from now."""
    whom = [str(file.pk), str(by.person_id), export, int(clocks.now().timestamp())]
    return signing.dumps(whom, salt=file._meta.label)


def named_by(token: str, model: type[KeptFile], *, by: Actor) -> tuple[UUID, int]:
    """Which file of that model, for which export, the link names; `NotVisible` for anybody else or past its minute."""
    try:
        file_id, whose, export, at = signing.loads(token, salt=model._meta.label)
    except (signing.BadSignature, ValueError, TypeError) as forged:
        raise NotVisible(model._meta.label) from forged
    age = clocks.now().timestamp() - at
    if whose != str(by.person_id) or not -1 <= age <= LINK_LASTS:
        raise NotVisible(model._meta.label)
    return UUID(file_id), export


def check_bytes(file: KeptFile) -> None:
    """What lies in the strongroom is what came; `Conflict` where it is not."""
    try:
        digest = strongroom.digest_of(file.kept_as, key=file.key, place=file.place)
    except strongroom.NotWhole as changed:
        raise Conflict(_not_whole()) from changed
    if digest != file.digest:
        raise Conflict(_not_whole())


def pieces_of(file: KeptFile) -> strongroom.Opened:
    """Its own bytes, piece by piece."""
    return strongroom.opened(file.kept_as, key=file.key, place=file.place)


def _not_whole() -> str:
    return _(
        "This file is not as it was when it came, so it is not given out. Tell whoever runs Holdfast:"
        " it can be restored from a backup."
    )


def forget_bytes(names: Iterable[str]) -> None:
    """The bytes of files whose rows are gone are removed; what cannot be is left for `casework.scanning.tidy`."""
    for name in names:
        with suppress(OSError):
            strongroom.remove(name)
