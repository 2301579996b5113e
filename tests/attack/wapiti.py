"""The room of wapiti, which crawls the product as somebody signed in and attacks each form and parameter it finds.

It stands in an environment of its own (`requirements/crawler.in`), which is filled when it is first asked for.
"""

import json
import subprocess
from pathlib import Path

from tests.attack.sites import TREE

WAPITI = TREE / "var" / "tools" / "crawler" / "bin" / "wapiti"

# What is sent to the product's own pages and read back; what a module finds by asking other machines is left out.
MODULES = (
    "crlf",
    "csp",
    "exec",
    "file",
    "http_headers",
    "permanentxss",
    "redirect",
    "sql",
    "ssti",
    "xss",
)
# Whoever is signed in stays so: the crawl would end its own session.
LEFT_ALONE = ("/account/logout/", "/account/sessions/end", "/account/inactive/")


def attack(url: str, cookie: str, into: Path, *, seconds: int) -> list[str]:
    """What it found as the holder of this cookie, a line each, within so many seconds for finding and for attacking."""
    report = into / "report.json"
    asked = [
        *(str(WAPITI), "--url", f"{url}/", "--scope", "domain", "--module", ",".join(MODULES)),
        *("--cookie-value", cookie, "--format", "json", "--output", str(report)),
        *("--max-scan-time", str(seconds), "--max-attack-time", str(seconds // 4), "--tasks", "4"),
        *("--store-session", str(into / "session"), "--store-config", str(into / "config")),
        *("--flush-session", "--no-bugreport", "--verbose", "0", "--max-files-per-dir", "40"),
    ]
    for path in LEFT_ALONE:
        asked += ["--exclude", f"{url}{path}"]
    done = subprocess.run(
        asked, capture_output=True, text=True, check=False, timeout=seconds * 3 + 60
    )
    assert report.exists(), done.stdout[-2_000:] + done.stderr[-2_000:]
    said = json.loads(report.read_text())
    pages = said["infos"]["crawled_pages_nbr"]
    assert pages > 10, f"only {pages} pages were found: {done.stdout[-2_000:]}"
    return [
        f"{kind}: {one['method']} {one['path']} {one['parameter'] or ''} ({one['info']})"
        for part in ("vulnerabilities", "anomalies")
        for kind, several in said[part].items()
        for one in several
    ]
