"""The virus scanner's protocol over a real socket: well, ill, away, slow, and a real one where the machine has it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts import clamd
from accounts.clamd import TEST_STRING, Clamd, DemoScanner, NotScanned, ScannerAway
from tests.accounts.scanner import FakeClamd, fake_clamd

SPLIT = [b"before " + TEST_STRING[:20], TEST_STRING[20:] + b" after"]


@pytest.fixture
def daemon() -> Iterator[FakeClamd]:
    with fake_clamd() as running:
        yield running


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamd, "CONNECT", 0.3)
    monkeypatch.setattr(clamd, "QUIET", 1.0)
    monkeypatch.setattr(clamd, "LONGEST", 8.0)


def test_a_clean_file_is_clean_and_went_over_whole(daemon: FakeClamd) -> None:
    pieces = [b"one", b"", b"two" * 100_000, b""]
    assert Clamd(daemon.address).scan(pieces) == ""
    assert daemon.heard == [b"".join(pieces)]


def test_the_test_string_is_found_though_it_came_in_two_pieces(daemon: FakeClamd) -> None:
    assert Clamd(daemon.address).scan(SPLIT) == "Eicar-Signature"
    assert DemoScanner().scan(SPLIT) == "Demo.EICAR-Test"
    assert DemoScanner().scan([SPLIT[0], b"x", SPLIT[1]]) == ""
    assert DemoScanner().version() == "demo"


def test_it_says_who_it_is(daemon: FakeClamd) -> None:
    assert Clamd(daemon.address).version().startswith("ClamAV 1.4.6/27800/")


def test_it_listens_at_a_path_as_well(tmp_path: Path) -> None:
    with fake_clamd(tmp_path / "clamd.ctl") as running:
        assert running.address.startswith("unix:/")
        assert Clamd(running.address).scan([b"x"]) == ""


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("drops", "dropped"),
        ("silent", "dropped"),
        ("garbage", "garbage"),
        ("unended", "garbage"),
        ("endless", "garbage"),
        ("error", "garbage"),
        ("small", "size-limit"),
        ("hangs", "time"),
        ("hangs-after", "time"),
    ],
)
def test_whatever_is_wrong_with_it_a_file_is_never_clean(
    daemon: FakeClamd, hurried: None, behaviour: str, code: str
) -> None:
    daemon.behaviour = behaviour
    with pytest.raises(NotScanned) as no_verdict:
        Clamd(daemon.address).scan(b"x" * 50_000 for _each in range(20))
    assert no_verdict.value.code in {code, "dropped"}
    daemon.behaviour = "well"
    assert Clamd(daemon.address).scan([b"x"]) == ""


def test_more_than_it_takes_is_said_by_its_own_limit(daemon: FakeClamd) -> None:
    daemon.most = 1000
    with pytest.raises(NotScanned, match="size-limit"):
        Clamd(daemon.address).scan([b"x" * 1001])


@pytest.mark.parametrize(
    "address", ["tcp:127.0.0.1:1", "unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:", "tcp:127.0.0.1:x"]
)
def test_nobody_at_the_address_is_told_apart_from_a_bad_file(address: str) -> None:
    for ask in (Clamd(address).version, lambda: Clamd(address).scan([b"x"])):
        with pytest.raises(ScannerAway):
            ask()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\0", b"ClamAV\0", b"\0"])
def test_somebody_else_at_the_address_is_no_scanner(daemon: FakeClamd, answer: bytes) -> None:
    daemon.version = answer
    with pytest.raises(ScannerAway):
        Clamd(daemon.address).version()


def test_a_file_that_cannot_be_read_to_its_end_ends_the_scan(daemon: FakeClamd) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x"
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        Clamd(daemon.address).scan(pieces())
    assert daemon.heard == []


def test_which_scanner_there_is_comes_from_the_settings(settings: Any) -> None:
    settings.CLAMD, settings.DEMO = "tcp:127.0.0.1:3310", False
    assert clamd.scanner() == Clamd("tcp:127.0.0.1:3310")
    for words, demo in (("", False), ("", True), ("demo", False), ("http://x", True)):
        settings.CLAMD, settings.DEMO = words, demo
        assert clamd.scanner() is None
    settings.CLAMD, settings.DEMO = "demo", True
    assert clamd.scanner() == DemoScanner()


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Clamd]:
    """The machine's own daemon, with one signature: that of the test string, by its length and MD5."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("this machine has no clamd; the protocol is proved above")
    base = tmp_path / "base"
    base.mkdir()
    (base / "test.hdb").write_text("44d88612fea8a8f36de82e1278abb02f:68:Test.Eicar\n")
    path = tmp_path / "clamd.ctl"
    config = tmp_path / "clamd.conf"
    config.write_text(
        f"LocalSocket {path}\nDatabaseDirectory {base}\nForeground yes\nStreamMaxLength 1M\n"
        f"LogFile {tmp_path / 'log'}\nTemporaryDirectory {tmp_path}\n"
    )
    process = subprocess.Popen(
        [program, f"--config-file={config}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _each in range(150):
            if path.exists():
                break
            time.sleep(0.1)
        yield Clamd(f"unix:{path}")
    finally:
        process.kill()
        process.wait()


def test_a_real_daemon_is_understood(real: Clamd) -> None:
    assert real.version().startswith("ClamAV ")
    assert real.scan([b"harmless"]) == ""
    assert "Eicar" in real.scan([TEST_STRING])
    with pytest.raises(NotScanned, match="size-limit"):
        real.scan(b"x" * 65_536 for _each in range(64))
