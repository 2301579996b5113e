"""The room of the scanner's round: every file that waits is offered to it, and what nobody needs is swept away."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from accounts import clamd, strongroom
from accounts.actors import engine
from accounts.context import acting_as
from accounts.kept_files import check_bytes, pieces_of
from casework.actions import files
from casework.models import CaseFile
from training.actions.proofs import scanned as proof_scanned
from training.models import Proof

Brought = CaseFile | Proof
# What somebody brings, and who writes down what the scanner says of it.
BROUGHT: dict[type[Brought], Callable[..., Any]] = {
    CaseFile: files.scanned,
    Proof: proof_scanned,
}
log = logging.getLogger(__name__)
ENGINE = engine("files")
ROUND = 20.0  # seconds in which another file is begun: what is left waits for the next round
AGAIN = timedelta(minutes=5)  # before a file that got no verdict is offered again
GIVES_UP = 3  # files in a row without a verdict end the round: it is the scanner, not the file


def turn(at: datetime) -> dict[str, Any]:
    """Every file that waits has its verdict, or waits on; with what was done, and why not."""
    scanner, done = clamd.scanner(), {"scanned": 0, "found": 0, "unscanned": 0}
    if scanner is None:
        return done | {"scanner": "none"}
    try:
        version = scanner.version()
    except clamd.NotScanned as away:
        return done | {"scanner": away.code}
    started, in_a_row = time.monotonic(), 0
    while in_a_row < GIVES_UP and time.monotonic() - started < ROUND and (file := _next(at)):
        verdict = _offer(file, scanner, version)
        done[verdict] += 1
        in_a_row = in_a_row + 1 if verdict == "unscanned" else 0
    return done | {"scanner": version}


def _next(at: datetime) -> Brought | None:
    """The file that is offered now, those of cases before proofs of training."""
    for model in BROUGHT:
        if (file := _first(model, at)) is not None:
            return file
    return None


def _first(model: type[Brought], at: datetime) -> Brought | None:
    """The file that has waited longest for a try, which it has now; two rounds at once take two files."""
    with acting_as(ENGINE, at=at):
        rows = model.objects.waiting().filter(Q(tried_at=None) | Q(tried_at__lt=at - AGAIN))
        rows = rows.select_for_update(skip_locked=True)
        file: Brought | None = rows.order_by(
            F("tried_at").asc(nulls_first=True), "recorded_at", "pk"
        ).first()
        if file is not None:
            file.tried_at, file.tries = at, file.tries + 1
            file.save(update_fields=["tried_at", "tries"])
    return file


def _offer(file: Brought, scanner: clamd.Scanner, version: str) -> str:
    """What became of it: "scanned", "found" or "unscanned". No transaction stays open while the scanner reads."""
    try:
        check_bytes(file)
        found = scanner.scan(pieces_of(file))
    except Exception as trouble:  # whatever is wrong with one file, the others are offered
        code = trouble.code if isinstance(trouble, clamd.NotScanned) else type(trouble).__name__
        log.warning("A file got no verdict: %s", code)
        _failed(file, code)
        return "unscanned"
    with acting_as(ENGINE):
        BROUGHT[type(file)](file_id=file.pk, found=found, by_scanner=version, by=ENGINE)
    return "found" if found else "scanned"


def _failed(file: Brought, code: str) -> None:
    with acting_as(ENGINE):
        type(file).objects.waiting().filter(pk=file.pk).update(failure=code[:20])


def tidy(at: datetime) -> dict[str, int]:
    """Bytes without a row are removed after a day; how many, and how many rows have no bytes: that must be none."""
    lying = strongroom.names()  # before the rows are asked: a file is there before its row is
    with acting_as(ENGINE, at=at):
        known = {
            name for model in BROUGHT for name in model.objects.values_list("kept_as", flat=True)
        }
    lost = len(known - lying - strongroom.names())
    gone = strongroom.forgotten(at, known)
    for path in gone:
        path.unlink(missing_ok=True)
    return {"removed": len(gone), "lost": lost}
