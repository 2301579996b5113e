"""A reminder fires and climbs: real broker, worker and beat; nobody opens a page."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.devservices import valkey
from tests.journeys.conftest import Browse
from tests.journeys.site import Site, wait_until
from tests.journeys.steps import give, send_concern

TOLD = (
    "SELECT DISTINCT u.username FROM followups_notice n"
    " JOIN followups_step s ON s.id = n.step_id JOIN followups_followup f ON f.id = s.followup_id"
    " JOIN casework_case c ON c.id = f.case_id JOIN accounts_user u ON u.id = n.person_id"
    " WHERE c.reference = %s"
)
MAILED = (
    "SELECT DISTINCT u.username FROM followups_outboxmessage m JOIN accounts_user u ON u.email = m.to"
    " WHERE m.id > %s"
)
TWICE = (
    "SELECT count(*) FROM followups_notice n JOIN followups_step s ON s.id = n.step_id"
    " JOIN followups_followup f ON f.id = s.followup_id JOIN casework_case c ON c.id = f.case_id"
    " WHERE c.reference = %s GROUP BY n.step_id, n.person_id, n.channel HAVING count(*) > 1"
)


@pytest.fixture
def broker() -> Iterator[valkey.Valkey]:
    """A broker of this test's own."""
    root = Path(tempfile.mkdtemp(dir=os.environ["HOLDFAST_TEST_ROOT"]))
    with valkey.start(root / "valkey", durable=False) as server:
        yield server


def told(site: Site, reference: str) -> set[str]:
    """Who is in the ledger for this case."""
    return {username for (username,) in site.ask(TOLD, reference)}


def test_an_aged_case_reminds_its_officer_and_then_the_supervisor(
    browse: Browse, site: Site, broker: valkey.Valkey
) -> None:
    reference = send_concern(browse("rhys"))
    give(browse("sade"), reference, "PC Olu Adeyemi")
    before = site.one("SELECT coalesce(max(id), 0) FROM followups_outboxmessage")

    def mailed() -> set[str]:
        return {username for (username,) in site.ask(MAILED, before)}

    celery = ("celery", "-A", "config.celery")
    surroundings = {"REDIS_URL": broker.url, "TICK_SECONDS": "2"}
    schedule = site.log.parent / "beat"
    with (
        site.running(*celery, "worker", "--concurrency=1", "--loglevel=WARNING", **surroundings),
        site.running(*celery, "beat", f"--schedule={schedule}", "--pidfile=", **surroundings),
    ):
        # From here on nobody opens a page.
        assert told(site, reference) == set()
        site.manage("demo_age", reference, "--hours", "5")
        wait_until(lambda: "olu" in told(site, reference), "the officer is reminded")
        wait_until(lambda: "olu" in mailed(), "the officer is written to")
        assert "sade" not in told(site, reference)
        site.manage("demo_age", reference, "--hours", "25")
        wait_until(lambda: "sade" in told(site, reference), "the supervisor is told")
        wait_until(lambda: "sade" in mailed(), "the supervisor is written to")
    assert site.ask(TWICE, reference) == []
