"""Chromium for the journeys and the screenshots: found, or installed, or one sentence how."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from config.devservices.host import ServiceError
from config.launcher.steps import plainly, quietly, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = (
    "The journeys need Chromium, and there is none here. Install it (Debian or Ubuntu: sudo"
    " apt install chromium; elsewhere: .venv/bin/playwright install chromium), or say where it"
    " is: CHROMIUM=/path/to/chromium make test"
)


def find() -> Path | None:
    """Return a Chromium of this machine: the CHROMIUM variable, the PATH, Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise ServiceError(f"CHROMIUM names {named}, which is not a program.")
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def _install() -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
        quietly(["apt-get", *arguments], environment=environment)


def ensure() -> Path:
    """Return a Chromium, installing it where we may."""
    if found := find():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            with step("Chromium (apt-get)"):
                _install()
        except ServiceError as error:
            raise ServiceError(f"{error}\n{HOW}") from error
        if found := find():
            return found
    raise ServiceError(HOW)


if __name__ == "__main__":
    with plainly():
        print(ensure())
