"""Styles and scripts: Sass and esbuild from `package-lock.json` into `static/build/`, when changed."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from config.devservices.host import ServiceError
from config.launcher.steps import PYTHON, TREE, VAR, plainly, quietly, step

NODE_MODULES = TREE / "node_modules"
BUILD = TREE / "static" / "build"
SOURCES = TREE / "static" / "src"
OLDEST_NODE = 20
OFFLINE_SIGNS = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "ECONNRESET")


def node_directory() -> Path:
    """Return where a Node with npm is: the machine's when it is new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"v(\d+)", said.stdout)
        if version and int(version[1]) >= OLDEST_NODE:
            return Path(node).parent
    return PYTHON.parent


def npm(*arguments: str) -> None:
    """Run npm in the tree, with its errors in plain words."""
    directory = node_directory()
    environment = os.environ | {"PATH": f"{directory}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not os.access(Path.home(), os.W_OK):
        environment["npm_config_cache"] = str(VAR / "npm")
    try:
        quietly([str(directory / "npm"), *arguments], environment=environment)
    except ServiceError as error:
        if any(sign in str(error) for sign in OFFLINE_SIGNS):
            raise ServiceError(
                "The npm registry cannot be reached, and it is needed once. Check the"
                " network (or npm's proxy and registry settings) and start again."
            ) from error
        raise


def digest(paths: list[Path]) -> str:
    """What stands for these files."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(str(path.relative_to(TREE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def is_stamped(stamp: Path, known: str) -> bool:
    """Whether what was last made here was made from the same files."""
    return stamp.exists() and stamp.read_text() == known


def build() -> bool:
    """Install and build what changed since the last time; whether anything was built."""
    packages = [TREE / "package.json", TREE / "package-lock.json"]
    sources = digest([*packages, *sorted(p for p in SOURCES.rglob("*") if p.is_file())])
    installed, built = NODE_MODULES / ".holdfast", BUILD / ".holdfast"
    if is_stamped(built, sources):
        return False
    lock = digest(packages)
    if not is_stamped(installed, lock):
        with step("Style packages (npm)"):
            npm("ci", "--silent", "--no-progress", "--loglevel=error")
        installed.write_text(lock)
    with step("Styles and scripts (Sass, esbuild)"):
        npm("run", "--silent", "build")
    built.write_text(sources)
    return True


if __name__ == "__main__":
    with plainly():
        build()
