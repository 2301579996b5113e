"""One case, from the street to the agency, with a name, a number, a place and words that are seen nowhere else.

Not in what the running server, worker and clock say aloud, not in what an agency's system is sent, and not in any
browser afterwards. `house/test_canary.py` asks the same of every page and of what lies in the database.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

import clocks
from config.devservices import valkey
from referrals import delivery
from tests.conftest import OWN_DATABASE
from tests.journeys.conftest import Browse
from tests.journeys.looking import kept_in_browser
from tests.journeys.site import Site, wait_until
from tests.journeys.steps import choose, give, press, refer, reference_of
from tests.referrals.internet import (  # noqa: F401 - fixtures
    Receiver,
    identity,
    internet,
    receiver,
)

NAME, NUMBER, PLACE, WORDS = "Wexcombelle", "07700 900662", "Thornquay Basin", "flibbertwick"
CANARY = re.compile(r"wexcombelle|\b900\W?662\b|07700900662|thornquay|flibbertwick", re.IGNORECASE)
SENT = (
    "SELECT count(*) FROM followups_outboxmessage m JOIN accounts_user u ON u.email = m.to"
    " WHERE u.username = 'olu' AND m.id > %s"
)
OWED = (
    "SELECT count(*) FROM referrals_delivery d JOIN referrals_event e ON e.id = d.event_id"
    " JOIN referrals_supportreferral r ON r.id = e.referral_id JOIN casework_case c ON c.id = r.case_id"
    " WHERE c.reference = %s AND d.number > 0"
)
# The machines here are a demo's, which sends nothing out and tries again later.
DUE = (
    "UPDATE referrals_delivery d SET send_after = now() - interval '1 minute' FROM referrals_event e"
    " WHERE e.id = d.event_id AND e.referral_id = %s"
)
REFERRAL = (
    "SELECT r.id::text FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id"
    " WHERE c.reference = %s"
)


@pytest.fixture
def machines(site: Site) -> Iterator[None]:
    """A worker and a clock of their own, saying aloud all that they would ever say."""
    root = Path(tempfile.mkdtemp(dir=os.environ["HOLDFAST_TEST_ROOT"]))
    with valkey.start(root / "valkey", durable=False) as broker:
        celery = ("celery", "-A", "config.celery")
        around = {"REDIS_URL": broker.url, "TICK_SECONDS": "2"}
        beat = ("beat", f"--schedule={root / 'beat'}", "--pidfile=", "--loglevel=INFO")
        with (
            site.running(*celery, "worker", "--concurrency=1", "--loglevel=INFO", **around),
            site.running(*celery, *beat, **around),
        ):
            yield


@pytest.fixture
def send_all(site: Site, django_db_blocker: Any) -> Iterator[Callable[[], None]]:
    """What is owed to agencies' systems is sent from here, as in the demo no real process lets anything leave.

    In a thread of its own: beside a browser Django refuses its database.
    """
    own = [connections.settings[alias] for alias in ("default", "aside")]

    def turn() -> None:
        try:
            delivery.turn(clocks.now())
        finally:
            connections.close_all()

    for settings in own:
        settings["NAME"] = site.database.name
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
        yield lambda: thread.submit(turn).result()
    for settings in own:
        settings["NAME"] = OWN_DATABASE.name


def log(page: Page) -> str:
    """An officer writes down all that there is to say; the case waits for an owner."""
    page.goto("/concern/new?all=1")
    choose(page, "Do they look under 18?", "No")
    page.get_by_label("Where are you?").fill(PLACE)
    page.get_by_label("What did you see, or what did they say?").fill(f"She said {WORDS}.")
    page.get_by_label("What should we call them?").fill(NAME)
    choose(page, "Do they need an interpreter?", "No")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved at")
    press(page, "Save and check")
    reference = reference_of(page)
    press(page, "Send to the duty supervisor")
    return reference


def reach(page: Page, reference: str) -> None:
    """Their number is kept, and found again by it."""
    page.goto(f"/case/{reference}/safe-contact")
    choose(page, "Which way is this rule about?", "Phone call")
    choose(page, "Is it safe to use?", "Yes")
    page.get_by_label("Number or address").fill(NUMBER)
    page.get_by_label("What must somebody read before using it?").fill(f"Ask for {WORDS}.")
    press(page, "Save this rule")
    page.goto("/find")
    page.get_by_role("main").get_by_role("textbox").first.fill(NAME)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text(reference)
    page.goto(f"/case/{reference}")
    expect(page.locator("main")).to_contain_text(NAME)


def test_of_one_case_nothing_stays_in_a_log_a_webhook_or_a_browser(
    browse: Browse,
    site: Site,
    machines: None,
    send_all: Callable[[], None],
    receiver: Receiver,  # noqa: F811
) -> None:
    before = site.one("SELECT coalesce(max(id), 0) FROM followups_outboxmessage")
    rhys, sade, olu, hana = (browse(who) for who in ("rhys", "sade", "olu", "hana"))
    heard: list[str] = []
    for page in (rhys, sade, olu, hana):
        page.context.on("request", lambda asked: heard.append(asked.url))
        page.context.on("console", lambda said: heard.append(said.text))
    reference = log(rhys)
    give(sade, reference, "PC Olu Adeyemi")
    reach(olu, reference)
    refer(olu, reference)
    site.manage("demo_age", reference, "--hours", "30")
    wait_until(lambda: site.one(SENT, before), "the officer is written to")
    wait_until(lambda: site.one(OWED, reference), "the agency's system is owed word of it")
    hana.goto("/agency")
    titles = [page.title() for page in (rhys, sade, olu, hana)]

    referral = site.one(REFERRAL, reference)
    site.ask(DUE, referral)
    send_all()
    got = [f"{one.path} {one.headers} {one.body.decode()}" for one in receiver.got]
    assert any(referral in one for one in got), "its system got word"
    said = site.log.read_text()
    for speaker in ("celery.app.trace", "celery.beat", "followups.tick"):
        assert speaker in said, "the machines say what they do"
    kept = [kept_in_browser(page) for page in (rhys, sade, olu, hana)]
    for where, texts in {
        "log": said.splitlines(),
        "webhook": got,
        "browser": kept,
        "title": titles,
        "address or console": heard,
    }.items():
        assert [text for text in texts if CANARY.search(text)] == [], where


def test_what_a_page_would_leave_in_a_browser_is_found(browse: Browse) -> None:
    page = browse("olu")
    page.goto("/help")
    for place in PLACES_OF_A_BROWSER:
        page.evaluate(place, WORDS)
    assert kept_in_browser(page).count(WORDS) >= len(PLACES_OF_A_BROWSER)


PLACES_OF_A_BROWSER = (
    "words => localStorage.setItem('a', words)",
    "words => sessionStorage.setItem('a', words)",
    "words => { document.cookie = `a=${words}` }",
    "async words => (await caches.open('a')).put('/a', new Response(words))",
    """words => new Promise((done, failed) => {
        const asked = indexedDB.open('a')
        asked.onupgradeneeded = () => asked.result.createObjectStore('a', {autoIncrement: true}).add(words)
        asked.onsuccess = () => { asked.result.close(); done() }
        asked.onerror = failed
    })""",
)
