"""The rules of the house: semgrep from its own lock and environment, fetched when something is first checked."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config.devservices.host import ServiceError
from config.launcher.steps import TREE, VAR, install_apart, plainly

RULES = TREE / "config" / "semgrep" / "house.yaml"
SEMGREP = TREE / "var" / "tools" / "rules" / "bin" / "semgrep"
PACKAGES = [
    *("clocks", "pages", "accounts", "victims", "training", "casework", "referrals"),
    *("followups", "config"),
]


@dataclass(frozen=True)
class Finding:
    """A line that breaks a rule."""

    rule: str
    file: str
    line: int
    words: str


def found(places: list[str], *, within: Path = TREE) -> list[Finding]:
    """Every line of these files and folders that breaks a rule; `ServiceError` when it could not be asked."""
    asked = ["scan", "--config", str(RULES), "--json", "--quiet", "--metrics", "off"]
    asked += ["--disable-version-check", "--no-git-ignore", "--jobs", "2", *places]
    quiet = os.environ | {
        "SEMGREP_SETTINGS_FILE": str(VAR / "semgrep.yml"),
        "SEMGREP_LOG_FILE": str(VAR / "semgrep.log"),
        "PATH": f"{SEMGREP.parent}{os.pathsep}{os.environ['PATH']}",
    }
    said = subprocess.run(
        [str(SEMGREP), *asked], cwd=within, env=quiet, capture_output=True, text=True, check=False
    )
    answer = json.loads(said.stdout or "{}")
    if said.returncode or answer.get("errors"):
        raise ServiceError(f"The rules could not be read:\n{said.stderr}{answer.get('errors')}")
    return [
        Finding(
            one["check_id"].rpartition(".")[2],
            one["path"],
            one["start"]["line"],
            one["extra"]["message"],
        )
        for one in answer["results"]
    ]


def main() -> int:
    """1 when something breaks a rule, which is said."""
    install_apart("rules")
    wrong = found(PACKAGES)
    for one in wrong:
        sys.stderr.write(f"{one.file}:{one.line}: {one.rule}: {one.words}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    with plainly():
        sys.exit(main())
