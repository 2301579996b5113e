"""Write `config/baseline.sql`: what every migration so far makes of an empty database.

python -m config.devservices exec -- python -m config.devservices.baseline
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from config.devservices import postgres

TREE = Path(__file__).resolve().parents[2]
FILE = TREE / "config" / "baseline.sql"
FILLED_BY_MIGRATE = ("victims_letter", "victims_nameform", "django_content_type", "auth_permission")
# Made by the administrator beforehand [config/roles.sql], or only for the program that reads dumps.
LEFT_OUT = re.compile(
    r"^(--\n-- .*\n--\n|\\.*\n|CREATE EXTENSION .*\n|SET transaction_timeout .*\n|CREATE SCHEMA public;\n"
    r"|(GRANT|REVOKE) .* ON SCHEMA public .*\n|-- (Dumped|PostgreSQL) .*\n"
    rf"|SELECT pg_catalog.setval\('public.({'|'.join(FILLED_BY_MIGRATE)})_id_seq'.*\n)",
    re.MULTILINE,
)
# A list of words that PostgreSQL says in one way when it was made and in another when it was read from a dump.
WORDS = re.compile(r"\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]")
WHEN = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00'")


def migrations() -> list[str]:
    """Each of our migrations with what its file says, as the baseline's first lines keep it."""
    files = sorted(TREE.glob("*/migrations/[0-9]*.py"))
    return [
        f"-- {file.parent.parent.name} {file.stem} {sha256(file.read_bytes()).hexdigest()[:16]}"
        for file in files
    ]


def dumped(admin: str) -> str:
    """The whole of a database as SQL that its owner may run, the same each time."""
    with tempfile.TemporaryDirectory() as root:
        pg_dump = postgres.binaries(Path(root)) / "pg_dump"
        words = ["--no-owner", "--no-comments", "--rows-per-insert=200", "--no-password"]
        words += [f"--exclude-table-data=public.{table}" for table in FILLED_BY_MIGRATE]
        done = subprocess.run([pg_dump, *words, admin], check=True, capture_output=True, text=True)
    text = WHEN.sub("now()", LEFT_OUT.sub("", done.stdout))
    return re.sub(r"\n\n+", "\n", WORDS.sub(_each_as_text, text))


def _each_as_text(found: re.Match[str]) -> str:
    return "ARRAY[" + ", ".join(f"({word})::text" for word in found[1].split(", ")) + "]"


def main() -> None:
    """Migrate an empty database from nothing and keep what became of it; with `--print`, say what is there."""
    admin = json.loads(Path(os.environ["HOLDFAST_SERVICES"]).read_text())["database"]["admin"]
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(dumped(admin))
        return
    words = [sys.executable, "manage.py", "migrate", "--from-nothing", "--verbosity=0"]
    subprocess.run(words, cwd=TREE, env=os.environ | {"HOLDFAST_ROLE": "migrate"}, check=True)
    FILE.write_text("\n".join(migrations()) + dumped(admin))


if __name__ == "__main__":
    main()
