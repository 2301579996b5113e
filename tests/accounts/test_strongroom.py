"""Whole files at rest: sealed, bound to their place, whole or not there, and gone without their key."""

import os
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts import strongroom
from accounts.strongroom import PIECE, TAG, NotWhole, TooLarge

PLACE, MOST = "a.bytes:1", 10 * PIECE


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def keep(content: bytes, *, place: str = PLACE, most: int = MOST) -> strongroom.Kept:
    return strongroom.keep([content], place=place, most=most)


def read(kept: strongroom.Kept, *, place: str = PLACE) -> bytes:
    return b"".join(strongroom.opened(kept.name, key=kept.key, place=place))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_what_is_kept_comes_back_byte_for_byte(size: int) -> None:
    content = os.urandom(size)
    kept = keep(content)
    assert read(kept) == content
    assert (kept.size, kept.digest) == (size, sha256(content).hexdigest())
    assert strongroom.digest_of(kept.name, key=kept.key, place=PLACE) == kept.digest


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=2 * PIECE), max_size=5))
def test_it_does_not_matter_in_which_pieces_it_came(pieces: list[bytes]) -> None:
    kept = strongroom.keep(pieces, place=PLACE, most=MOST)
    assert read(kept) == b"".join(pieces)


def test_nothing_of_it_lies_there_in_the_clear_and_nobody_else_may_look(root: Path) -> None:
    kept = keep(b"Zebedee Marsh " * 9000)
    path = strongroom.path_of(kept.name)
    raw = path.read_bytes()
    assert b"Zebedee" not in raw
    assert len({raw[at : at + 16] for at in range(0, 1600, 16)}) == 100
    assert path.stat().st_mode & 0o777 == 0o600
    assert {each.stat().st_mode & 0o777 for each in (root, path.parent)} == {0o700}
    assert "Zebedee" not in str(path)


def test_the_same_file_twice_shows_nowhere_that_it_is_the_same() -> None:
    one, two = keep(b"the same"), keep(b"the same")
    assert one.name != two.name
    assert one.key != two.key
    assert strongroom.path_of(one.name).read_bytes() != strongroom.path_of(two.name).read_bytes()


class TestNotWhole:
    """Whatever was done to the bytes, nobody is given anything but what came."""

    content = os.urandom(2 * PIECE + 100)

    def broken(self, kept: strongroom.Kept, raw: bytes) -> None:
        strongroom.path_of(kept.name).write_bytes(raw)
        with pytest.raises(NotWhole):
            read(kept)

    def test_one_bit_changed_anywhere(self) -> None:
        kept = keep(self.content)
        raw = strongroom.path_of(kept.name).read_bytes()
        for at in (0, PIECE, PIECE + TAG, len(raw) - 1):
            self.broken(kept, raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])

    def test_cut_short_also_between_two_pieces_or_longer(self) -> None:
        kept = keep(self.content)
        raw = strongroom.path_of(kept.name).read_bytes()
        sealed = PIECE + TAG
        for shorter in (b"", raw[:10], raw[:sealed], raw[: 2 * sealed], raw[:-1], raw + b"x"):
            self.broken(kept, shorter)

    def test_pieces_in_another_order_or_twice(self) -> None:
        kept = keep(self.content)
        raw = strongroom.path_of(kept.name).read_bytes()
        one, two, rest = (
            raw[: PIECE + TAG],
            raw[PIECE + TAG : 2 * (PIECE + TAG)],
            raw[2 * (PIECE + TAG) :],
        )
        self.broken(kept, two + one + rest)
        self.broken(kept, one + one + rest)
        self.broken(kept, one + two + two + rest)

    def test_another_files_bytes_key_or_place(self) -> None:
        kept, other = keep(self.content), keep(b"other")
        with pytest.raises(NotWhole):
            read(kept, place="a.bytes:2")
        with pytest.raises(NotWhole):
            b"".join(strongroom.opened(kept.name, key=other.key, place=PLACE))
        self.broken(kept, strongroom.path_of(other.name).read_bytes())

    @pytest.mark.parametrize("key", ["", "not a key", "QUJD"])
    def test_no_key_at_all(self, key: str) -> None:
        with pytest.raises(NotWhole):
            strongroom.opened(keep(b"x").name, key=key, place=PLACE)

    def test_gone(self) -> None:
        kept = keep(b"x")
        strongroom.remove(kept.name)
        strongroom.remove(kept.name)
        with pytest.raises(NotWhole):
            strongroom.opened(kept.name, key=kept.key, place=PLACE)

    @pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "", "/" * 64])
    def test_a_name_that_is_not_ours_leads_nowhere(self, name: str) -> None:
        with pytest.raises(NotWhole):
            strongroom.path_of(name)


def lying(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_what_is_too_large_is_not_kept_at_all(root: Path) -> None:
    keep(b"x" * MOST)
    before = lying(root)
    with pytest.raises(TooLarge):
        keep(b"x" * (MOST + 1))
    assert lying(root) == before


def test_memory_stays_flat_however_large_it_is(root: Path) -> None:
    largest = 0

    def pieces() -> Iterator[bytes]:
        nonlocal largest
        for _each in range(300):
            yield b"y" * 50_000
            coming = [path.stat().st_size for path in (root / strongroom.COMING).glob("*")]
            largest = max(largest, *coming)

    kept = strongroom.keep(pieces(), place=PLACE, most=10**9)
    assert largest > 14_000_000, "it goes to the disk while it comes"
    assert max(map(len, strongroom.opened(kept.name, key=kept.key, place=PLACE))) == PIECE


def test_whoever_sends_it_goes_away_and_nothing_is_left(root: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"z" * 3 * PIECE
        raise ConnectionError

    with pytest.raises(ConnectionError):
        strongroom.keep(pieces(), place=PLACE, most=MOST)
    assert lying(root) == []


def test_every_byte_is_on_the_disk_before_the_file_has_its_name(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def synced(handle: int) -> None:
        done.append("directory" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")  # noqa: PTH112
        fsync(handle)

    def renamed(self: Path, to: Path) -> Path:
        done.append("named")
        return rename(self, to)

    keep(b"first")
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", renamed)
    keep(b"x")
    kept = [step for step in done if step in {"file", "named"}]
    assert kept == ["file", "named"]
    assert done[-2:] == ["directory", "directory"]


def test_what_nobody_knows_is_forgotten_after_a_day_and_what_is_known_stays(root: Path) -> None:
    known, unknown = keep(b"known"), keep(b"unknown")
    half = root / strongroom.COMING / "half"
    half.write_bytes(b"half")
    now = clocks.now()
    assert strongroom.forgotten(now, {known.name}) == []
    later = now + timedelta(hours=25)
    found = {path.name for path in strongroom.forgotten(later, {known.name})}
    assert found == {unknown.name, "half"}
    assert strongroom.names() == {known.name, unknown.name}
