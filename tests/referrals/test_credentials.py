"""The key that a command makes: the session it prints runs as it stands against a real server."""

import os
import subprocess
import sys

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Application
from referrals.models import SupportReferral
from tests.cluster import Clone
from tests.referrals.builders import make_sent
from tests.referrals.server import TREE


def command(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "agency_credentials", *words],
        cwd=TREE,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_printed_session_accepts_a_referral_and_confirms_first_contact(
    served: dict[str, str],
) -> None:
    with acting_as(engine("test")):
        referral = make_sent()
    made = command(served, "harbour")
    assert made.returncode == 0, made.stderr
    lines = [line for line in made.stdout.splitlines() if not line.startswith("client_")]
    ran = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", "\n".join(lines)],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert '"status":"accepted"' in ran.stdout
    assert '"status":"in_progress"' in ran.stdout
    with acting_as(engine("test")):
        found = SupportReferral.objects.get(pk=referral.pk)
        assert (found.status, found.worker_name) == ("in_progress", "Hana Wells")
        assert found.first_contact_at
        kept = Application.objects.get(agency__slug="harbour")
        secret = made.stdout.split("client_secret=")[1].split()[0]
        assert secret not in kept.client_secret


def test_a_key_is_not_shown_twice_and_rotating_ends_the_old_one(committed: Clone) -> None:
    first = command(committed.env, "harbour")
    again = command(committed.env, "harbour")
    assert again.returncode != 0
    assert "--rotate" in again.stderr
    rotated = command(committed.env, "harbour", "--rotate")
    assert rotated.returncode == 0
    assert first.stdout.splitlines()[0] == rotated.stdout.splitlines()[0]
    assert first.stdout.splitlines()[1] != rotated.stdout.splitlines()[1]


def test_an_unknown_agency_is_told_which_there_are(committed: Clone) -> None:
    answer = command(committed.env, "nowhere")
    assert answer.returncode != 0
    assert "beacon, harbour" in answer.stderr
