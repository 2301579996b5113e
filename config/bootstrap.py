"""Make `.venv` and fill it from a lock: the step before any package is there, so stdlib only.

python3 config/bootstrap.py embedded|dev
python3 config/bootstrap.py rules|crawler    (a tool that cannot share `.venv`, in an environment of its own)
"""

import sys

sys.path.pop(0)  # this file's own folder: its names must not hide the standard library's

import errno
import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from typing import List, NoReturn, Optional

OLDEST, TOO_NEW = (3, 11), (3, 14)
TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(TREE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed")
APART = {"rules", "crawler"}
OFFLINE_SIGNS = (
    "dns error",
    "error sending request",
    "(from versions: none)",
    "Max retries exceeded",
    "NewConnectionError",
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Could not connect",
)


def stop(sentence: str) -> NoReturn:
    """Leave with a sentence for the person at the terminal."""
    sys.exit(sentence)


def use_a_fitting_python() -> None:
    """Go on in a Python between 3.11 and 3.13, ours or another on the PATH."""
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if (
            found
            and subprocess.run([found, "-c", ""], check=False, stderr=subprocess.DEVNULL).returncode
            == 0
        ):
            os.execv(found, [found, os.path.abspath(__file__)] + sys.argv[1:])
    age = "old" if sys.version_info[:2] < OLDEST else "new"
    stop(
        "This Python is %d.%d, too %s for Holdfast: it needs 3.11, 3.12 or 3.13. Install one of"
        " them, then say where it is: make run PYTHON=/path/to/python3.12"
        % (sys.version_info[0], sys.version_info[1], age)
    )


def place(name: str) -> None:
    """From here on the environment is that of a tool which stands apart."""
    global VENV, PYTHON, STAMP  # noqa: PLW0603
    VENV = os.path.join(TREE, "var", "tools", name)
    PYTHON = os.path.join(VENV, "bin", "python")
    STAMP = os.path.join(VENV, "installed")


def digest(name: str) -> str:
    """Return what an environment filled from a lock is stamped with."""
    lock = os.path.join(TREE, "requirements", name + ".txt")
    with open(lock, "rb") as file:
        content = hashlib.sha256(file.read()).hexdigest()
    return "%s %s %s %d.%d" % ((name, content, TREE) + sys.version_info[:2])


def is_filled(name: str) -> bool:
    """Whether `.venv` works and already holds a lock's packages."""
    try:
        with open(STAMP) as file:
            lines = file.read().splitlines()
    except OSError:
        return False
    return digest(name) in lines and os.path.exists(PYTHON)


def attempt(title: str, command: List[str]) -> Optional[str]:
    """Run one step quietly and print its time; return its words when it fails, else None."""
    print("  %-38s" % title, end="", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=TREE,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode == 0:
        print("%6.1f s" % (time.monotonic() - began), flush=True)
        return None
    print("failed", flush=True)
    return done.stdout


def step(title: str, command: List[str]) -> None:
    """Run one step; stop with a sentence, or with its last words, when it fails."""
    words = attempt(title, command)
    if words is None:
        return
    if "No space left" in words:
        stop("The disk is full. Free about 600 MB and start again.")
    if any(sign in words for sign in OFFLINE_SIGNS):
        stop(
            "The package index cannot be reached, and the packages are not all here yet. Check the"
            " network (or the proxy and index settings of pip) and start again."
        )
    print("\n".join(words.strip().splitlines()[-12:]))
    stop("%s failed; the lines above say why." % title)


def make_venv(uv: Optional[str]) -> None:
    """Make an empty `.venv` with whatever this machine has: uv, venv with pip, or venv and a pip."""
    shutil.rmtree(VENV, ignore_errors=True)
    if uv:
        step("Environment (uv)", [uv, "venv", "-q", "--python", sys.executable, VENV])
        return
    can = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))"

    def has(*modules: str) -> bool:
        return subprocess.run([sys.executable, "-c", can, *modules], check=False).returncode == 0

    if has("venv", "pip"):
        # The pip that is here fills it too; a copy of it would take as long as many packages.
        step("Environment (venv)", [sys.executable, "-m", "venv", "--without-pip", VENV])
    elif has("venv", "ensurepip"):
        step("Environment (venv)", [sys.executable, "-m", "venv", VENV])
    elif has("virtualenv"):
        step("Environment (virtualenv)", [sys.executable, "-m", "virtualenv", "-q", VENV])
    else:
        stop(
            "This Python can neither make an environment nor has it pip. On Debian or Ubuntu:"
            " sudo apt install python3-venv"
        )


def pip_for_venv() -> List[str]:
    """Return a pip that installs into `.venv`: its own, or that of the Python that runs us."""
    own = [PYTHON, "-m", "pip"]
    if subprocess.run(own + ["--version"], check=False, capture_output=True).returncode == 0:
        return own
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def fill(name: str, uv: Optional[str]) -> None:
    """Install a lock's packages, each checked against its hash; by pip where uv is not set up."""
    lock = os.path.join(TREE, "requirements", name + ".txt")
    options = ["install", "-q", "--require-hashes", "--only-binary=:all:", "-r", lock]
    by_uv = ["pip", "install", "--python", PYTHON] + options[1:]
    if not uv or attempt("Packages (uv, %s.txt)" % name, [uv] + by_uv) is not None:
        pip = pip_for_venv() + ["--disable-pip-version-check", "--no-input"]
        # Python compiles what it uses when it uses it: a small part of what is there.
        step("Packages (pip, %s.txt)" % name, pip + options + ["--no-compile"])
    held = [digest("embedded"), digest("dev")] if name == "dev" else [digest(name)]
    with open(STAMP, "w") as file:
        file.write("\n".join(held) + "\n")


def main(name: str) -> None:
    """Make and fill `.venv`, or the environment of a tool, unless that is done."""
    use_a_fitting_python()
    if name in APART:
        place(name)
    if is_filled(name):
        return
    var = os.path.join(TREE, "var")
    os.makedirs(var, exist_ok=True)
    with open(os.path.join(var, "bootstrap.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_filled(name):
            return
        uv = shutil.which("uv")
        works = os.path.exists(PYTHON) and (
            subprocess.run(
                [
                    PYTHON,
                    "-c",
                    "import sys; sys.exit(sys.version_info[:2] != (%d, %d))" % sys.version_info[:2],
                ],
                check=False,
                capture_output=True,
            ).returncode
            == 0
        )
        if not works:
            make_venv(uv)
        fill(name, uv)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except OSError as error:
        if error.errno == errno.EROFS:
            stop(
                "The disk is read-only here (%s). Holdfast keeps its packages and data beside its"
                " code: clone it where you may write." % TREE
            )
        if error.errno in (errno.EACCES, errno.EPERM):
            stop(
                "You may not write in %s. Clone Holdfast where you may, or change its owner." % TREE
            )
        if error.errno == errno.ENOSPC:
            stop("The disk is full. Free about 600 MB and start again.")
        raise
    except KeyboardInterrupt:
        sys.exit(130)
