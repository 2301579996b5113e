"""The room of Schemathesis: the published document, asked of a running server with one token."""

import os
import subprocess
import sys
from pathlib import Path

RULES = Path(__file__).with_name("schemathesis.toml")


def run(
    rules: str,
    document: str,
    token: str,
    *words: str,
    cwd: Path,
    examples: int,
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """What became of asking so many examples of each address."""
    file = cwd / "schemathesis.toml"
    file.write_text(rules)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(file)),
            *("run", document, *words, "--header", f"Authorization: Bearer {token}"),
            # One worker: two threads that describe their strategies at once break CPython 3.11's `ast.parse`.
            *("--max-examples", str(examples), "--workers", "1"),
            *("--continue-on-failure", "--no-color"),
        ],
        cwd=cwd,
        env=kept | env,
        capture_output=True,
        text=True,
        check=False,
    )


def known(ids: dict[str, list[str]]) -> str:
    """The ids that the rules put into addresses, as more of their text."""
    return "".join(f"\n[dictionaries.{name}]\nvalues = {values}\n" for name, values in ids.items())
