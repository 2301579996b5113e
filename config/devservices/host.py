"""How a server of our own starts beside us: never as root, dies with us, replaces its orphan."""

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, ClassVar, Self

PATIENCE = 10.0  # seconds: a dead postmaster may stay a zombie for 1 to 2 s, a busy disk longer
PR_SET_PDEATHSIG = 1
STATE_FOR_ROOT = Path("/var/lib/holdfast")
_LIBC = ctypes.CDLL(None, use_errno=True)


class ServiceError(Exception):
    """A service cannot run; the text is a sentence for the person at the terminal."""


def account() -> dict[str, Any]:
    """Return whom servers run as: `nobody` when we are root, otherwise ourselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give(path: Path) -> None:
    """Let the servers' account own a file or directory."""
    if servers := account():
        os.chown(path, servers["user"], servers["group"])


def reachable(path: Path) -> bool:
    """Whether the servers' account may walk to a path (a clone under /root is closed to it)."""
    return not account() or all(p.stat().st_mode & 0o001 for p in path.resolve().parents)


def place(root: Path) -> Path:
    """Return a directory of mode 0700 that the servers' account owns and can walk to.

    Where root's own tree is closed to that account, `root` becomes a link to a directory outside.
    """
    root.parent.mkdir(parents=True, exist_ok=True)
    if not root.exists() and not reachable(root.parent / root.name):
        STATE_FOR_ROOT.mkdir(parents=True, exist_ok=True)
        root.unlink(missing_ok=True)
        root.symlink_to(tempfile.mkdtemp(prefix=f"{root.name}-", dir=STATE_FOR_ROOT))
    root = root.resolve()
    root.mkdir(exist_ok=True)
    if account() and root.stat().st_uid not in {0, account()["user"]}:
        raise ServiceError(f"{root} belongs to {root.owner()}: run this as {root.owner()}.")
    root.chmod(0o700)
    give(root)
    return root


def within_reach(directory: Path, root: Path, *, also: tuple[Path, ...] = ()) -> Path:
    """Return `directory`, or a copy of it (and its neighbours) in `root` where it is closed."""
    if reachable(directory / "x"):
        return directory
    copies = root / "binaries"
    for original in (directory, *also):
        copy = copies / original.name
        if not copy.exists():
            partial = copies / f"{original.name}.partial"
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(original, partial, symlinks=True)
            partial.rename(copy)
    return copies / directory.name


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def dies_with_us(number: signal.Signals) -> Callable[[], None]:
    """Return what a child does before exec so that the kernel stops it when we die, even by -9."""
    parent = os.getpid()

    def before_exec() -> None:
        if sys.platform == "linux":
            _LIBC.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def hold(path: Path, sentence: str) -> IO[str]:
    """Lock a file for as long as the answer stays open, or say why not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise ServiceError(sentence) from None
    return lock


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)


def _running_in(directory: Path, binary: str) -> Iterator[int]:
    """Yield the live processes of a binary that work in a directory; a zombie has no directory."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == directory and (
                (entry / "exe").readlink().name.removesuffix(" (deleted)") == binary
            ):
                yield int(entry.name)
        except OSError:
            continue


def _parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


class Server:
    """One server process on 127.0.0.1 that works in a directory of its own."""

    name: str
    stop_signal: signal.Signals
    environment: ClassVar = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def __init__(self, root: Path, *, port: int) -> None:
        self.root = place(root)
        self.works_in = self.root
        self.wanted_port = port
        self.port = port
        self.log = self.root / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = hold(
            self.root / "lock",
            f"Another process already runs {self.name} in {root}. Stop it first.",
        )

    def command(self) -> list[str | Path]:
        """Return the command line that serves on `self.port`."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether the server takes our password now."""
        raise NotImplementedError

    def clear(self) -> None:
        """Remove what a dead server left behind; called when none is alive."""

    @property
    def pid(self) -> int:
        """The process to signal in a fault test."""
        return self._process.pid if self._process else 0

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Serve; replaces an orphan of a killed run and waits out a predecessor's last breath."""
        self._replace_orphan()
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        deadline = time.monotonic() + PATIENCE
        while True:
            self.port = self.wanted_port or free_port()
            self._spawn()
            if self._wait_until_it_answers():
                self.wanted_port = self.port
                return self
            self.stop()
            if time.monotonic() > deadline:
                raise ServiceError(f"{self.name} does not start. Its last words: {self._said()}")
            time.sleep(0.2)
            self.clear()

    def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(part) for part in self.command()],
                cwd=self.works_in,
                env=self.environment | {"HOME": str(self.root)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal is for the launcher alone
                preexec_fn=dies_with_us(self.stop_signal),  # noqa: PLW1509 - only way to PDEATHSIG
                **account(),
            )

    def _wait_until_it_answers(self) -> bool:
        deadline = time.monotonic() + 6 * PATIENCE  # crash recovery of a large database takes long
        while self.alive() and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        """Stop cleanly; by force after ten seconds."""
        if self._process is None:
            return
        if self.alive():
            self._process.send_signal(self.stop_signal)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """Die as in a power cut; `start()` recovers on the same port."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stop for good and let others use the directory."""
        self.stop()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _replace_orphan(self) -> None:
        binary = Path(self.command()[0]).name
        deadline = time.monotonic() + PATIENCE
        while pids := set(_running_in(self.works_in, binary)):
            leaders = {pid for pid in pids if _parent_of(pid) not in pids}
            late = time.monotonic() > deadline
            for pid in pids if late else leaders:
                try:
                    os.kill(pid, signal.SIGKILL if late else self.stop_signal)
                except ProcessLookupError:
                    continue
            time.sleep(0.2)
        self.clear()

    def _said(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return " / ".join(lines[-3:]) or "nothing"
