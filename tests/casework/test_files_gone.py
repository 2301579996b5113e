"""Files when a process dies, a key is retired, or their case is disposed of: nothing is left over, nothing is lost."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import clocks
from accounts import keyring, strongroom
from accounts.actors import engine
from accounts.context import acting_as
from casework import scanning
from casework.actions import files as act
from casework.actions import packs
from casework.models import Case, CaseFile, CaseStatus, PackKind
from tests.accounts.samples import pdf, photograph
from tests.builders import make_case
from tests.casework.test_retention import closed_case, disposed, proposed
from tests.cast import Cast
from tests.cluster import TREE, Clone

ENGINE = engine("files")
# An officer adds a file in a process of its own, which dies at the place that is named.
ADDS = """
import io, os, signal, sys
import django
django.setup()
from accounts import kept_files, strongroom
from accounts.actors import engine
from accounts.context import acting_as
from casework.actions import files
from casework.models import Case
from tests.cast import Cast

def dies(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

class Slow(io.BytesIO):
    read_so_far = 0
    def read(self, size=-1):
        self.read_so_far += 1
        if self.read_so_far > 40:
            dies()
        return super().read(size)

where, reference = sys.argv[1:]
content = io.BytesIO(b"words " * 100_000)
if where == "while-it-comes":
    files.judge = lambda content: files.Judged(files.media.Medium.TEXT, False)
    content = Slow(b"words " * 1_000_000)
if where == "before-its-name":
    os.fsync = dies
if where == "before-its-row":
    kept_files.add = dies
if where == "before-the-commit":
    files.write_line = dies
with acting_as(engine("test")):
    olu = Cast().actor("olu")
with acting_as(olu):
    case = Case.objects.get(reference=reference)
    files.add_file(case=case, kind="other", words="Words", name="a.txt", content=content, by=olu)
"""


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def lying(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def age(root: Path, by: timedelta) -> None:
    at = (clocks.now() - by).timestamp()
    for path in lying(root):
        os.utime(path, (at, at))


def test_a_process_that_dies_at_any_place_leaves_no_row_without_its_bytes(
    committed: Clone, root: Path
) -> None:
    with acting_as(ENGINE):
        case = make_case()
    places = ("while-it-comes", "before-its-name", "before-its-row", "before-the-commit", "never")
    for where in places:
        done = subprocess.run(
            [sys.executable, "-c", ADDS, where, case.reference],
            cwd=TREE,
            env=committed.env | {"FILES_ROOT": str(root), "HOLDFAST_ROLE": "web"},
            capture_output=True,
            text=True,
            check=False,
        )
        died = done.returncode == -signal.SIGKILL
        assert died == (where != "never"), f"{where}: {done.stderr}"
        with acting_as(ENGINE):
            assert CaseFile.objects.count() == (0 if died else 1), where
    assert len(lying(root)) == len(places)
    assert scanning.tidy(clocks.now()) == {"removed": 0, "lost": 0}, "somebody may be adding one"
    age(root, timedelta(hours=25))
    assert scanning.tidy(clocks.now()) == {"removed": len(places) - 1, "lost": 0}
    call_command("check_files", stdout=(said := StringIO()))
    assert said.getvalue() == "1 files are whole.\n"


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Iterator[Path]:
    path = tmp_path / "ring"
    path.mkdir(mode=0o700)
    settings.SEALING_KEYS_DIR = path
    keyring._read.cache_clear()
    keyring.make()
    keyring.use()
    yield path
    keyring._read.cache_clear()


def added(case: Case, cast: Cast, content: bytes) -> CaseFile:
    with acting_as(olu := cast.actor("olu")):
        return act.add_file(
            case=case, kind="other", words="Words", name="a", content=io.BytesIO(content), by=olu
        )


def test_the_keys_of_files_follow_the_ring_and_no_byte_of_them_is_touched(
    committed: Clone, root: Path, ring: Path
) -> None:
    with acting_as(ENGINE):
        cast, case = Cast(), make_case()
        file = added(case, cast, photograph())
    (old,) = [path.name for path in ring.iterdir()]
    before = strongroom.path_of(file.kept_as).read_bytes()
    keyring.make()
    keyring.use()
    env = committed.env | {"SEALING_KEYS_DIR": str(ring), "HOLDFAST_ROLE": "migrate"}
    rotate = [sys.executable, "manage.py", "rotate_keys"]
    done = subprocess.run(rotate, cwd=TREE, env=env, capture_output=True, text=True, check=False)
    assert "casework_casefile: 1 rows sealed anew" in done.stdout, done.stderr
    (ring / old).unlink()
    keyring._read.cache_clear()
    with acting_as(ENGINE):
        again = CaseFile.objects.get()
        assert again.words == "Words"
        act.check_bytes(again)
        assert b"".join(act.pieces_of(again)) == photograph()
    assert strongroom.path_of(file.kept_as).read_bytes() == before


def test_a_lost_or_changed_file_is_counted_and_named(cast: Cast, root: Path) -> None:
    case = make_case()
    one, two, three = (added(case, cast, f"file {n}".encode()) for n in range(3))
    assert scanning.tidy(clocks.now())["lost"] == 0
    strongroom.remove(one.kept_as)
    path = strongroom.path_of(two.kept_as)
    path.write_bytes(path.read_bytes() + b"x")
    assert scanning.tidy(clocks.now())["lost"] == 1
    told = StringIO()
    with pytest.raises(CommandError, match="2 of 3 files are lost or changed"):
        call_command("check_files", stdout=StringIO(), stderr=told)
    assert set(told.getvalue().split()) == {str(one.pk), str(two.pk)}
    assert str(three.pk) not in told.getvalue()


def closed_with_files(cast: Cast, root: Path) -> tuple[Case, list[CaseFile]]:
    """A case that was closed years ago, with a file that is clean, one that is not, one taken out."""
    case = closed_case(cast)
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.NEW, closed_at=None)
    files = [added(case, cast, content) for content in (photograph(), pdf(), b"words")]
    act.scanned(file_id=files[0].pk, found="", by_scanner="ClamAV", by=ENGINE)
    act.scanned(file_id=files[1].pk, found="V", by_scanner="ClamAV", by=ENGINE)
    act.take_out(file=files[2], why="Wrong case", by=cast.actor("olu"))
    for status in (CaseStatus.CLOSING, CaseStatus.CLOSED):
        closed_at = clocks.now() if status == CaseStatus.CLOSED else None
        Case.objects.filter(pk=case.pk).update(status=status, closed_at=closed_at)
    case.refresh_from_db()
    return case, files


def test_disposal_takes_every_file_with_the_case_and_names_each_by_its_hash(
    cast: Cast, root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    case, files = closed_with_files(cast, root)
    other = added(make_case(), cast, b"another case's")
    proposed(case, cast)
    with django_capture_on_commit_callbacks(execute=True):
        made = disposed(case, cast)
    assert made.counts["casework_casefile"] == 3
    assert made.hashes["casework_casefile"] == [file.digest for file in files]
    assert list(CaseFile.objects.all()) == [other]
    assert strongroom.names() == {other.kept_as}


def test_a_disposal_that_dies_before_the_bytes_are_gone_leaves_nothing_that_can_be_read(
    cast: Cast, root: Path
) -> None:
    case, _files = closed_with_files(cast, root)
    proposed(case, cast)
    disposed(case, cast)  # as if it died at its commit: nothing after that is done here
    assert len(strongroom.names()) == 3
    assert not CaseFile.objects.exists(), "and with them every key"
    age(root, timedelta(days=2))
    assert scanning.tidy(clocks.now()) == {"removed": 3, "lost": 0}
    assert strongroom.names() == set()


def test_a_schedule_and_a_copy_for_the_person_list_every_file_and_give_away_no_key(
    cast: Cast, root: Path
) -> None:
    case = make_case()
    file = added(case, cast, photograph())
    pack = packs.make_pack(case=case, kind=PackKind.SCHEDULE, by=cast.actor("olu"))
    (item,) = [each for each in pack.items.all() if each.subject == "casework.casefile"]
    assert item.subject_id == file.pk
    assert item.description.startswith("File: Something else, ")
    text = str(packs.written(item))
    assert file.digest in text
    assert "Words" in text
    assert file.key not in text
    assert file.kept_as not in text
