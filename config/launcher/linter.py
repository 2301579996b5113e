"""The linter of the API's document: Redocly from its own lock file, fetched when something is first checked."""

import os
import subprocess
import sys

from config.launcher.steps import TREE, plainly, step
from config.launcher.styles import digest, is_stamped, node_directory, npm

HERE = TREE / "config" / "linter"
REDOCLY = HERE / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js"
DOCUMENT = TREE / "docs" / "openapi.json"


def install() -> None:
    """The linter is there, as its lock file has it."""
    packages = [HERE / "package.json", HERE / "package-lock.json"]
    installed, lock = HERE / "node_modules" / ".holdfast", digest(packages)
    if is_stamped(installed, lock):
        return
    with step("Linter of the API's document (npm)"):
        npm("ci", "--prefix", str(HERE), "--silent", "--no-progress", "--loglevel=error")
    installed.write_text(lock)


def lint() -> int:
    """What the linter says of the committed document, if it says anything; 0 when that is nothing."""
    node = str(node_directory() / "node")
    asked = [node, str(REDOCLY), "lint", str(DOCUMENT), "--config", str(HERE / "redocly.yaml")]
    quiet = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    said = subprocess.run(asked, env=quiet, capture_output=True, text=True, check=False)
    if said.returncode:
        sys.stderr.write(said.stdout + said.stderr)
    return said.returncode


if __name__ == "__main__":
    with plainly():
        install()
        sys.exit(lint())
