"""The room of who sits at which screen: a running site, a browser, and people signed in at it."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config.launcher import browser as chromium
from tests import cluster
from tests.journeys.site import Site, up

# What Chromium would otherwise ask of the network by itself.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = 1280, 390
HEIGHT = 900
Browse = Callable[..., Page]
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["js", "nojs"])


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One running Holdfast for each worker; a journey takes cases of its own."""
    log = tmp_path_factory.mktemp("site") / "log"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with up(f"site_{worker}", log) as running:
        yield running
        assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for each worker."""
    found = chromium.ensure()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def cookies() -> dict[str, Any]:
    """Who signed in already at this site, and the cookies they were given."""
    return {}


@pytest.fixture
def browse(browser: Browser, site: Site, cookies: dict[str, Any]) -> Iterator[Browse]:
    """A new browser, with a person signed in: `browse("olu", scripts=False, width=390)`.

    Afterwards nothing must have gone wrong in it: no script error, no breach of the content policy, no
    failure of the server, no request to anywhere else.
    """
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def new(username: str = "", *, theme: str = "light", **over: Any) -> Page:
        page = open_tab(browser, site, wrong, theme, **over)
        opened.append(page.context)
        remember(page, username, cookies)
        return page

    yield new
    for context in opened:
        context.close()
    assert wrong == []


@pytest.fixture(scope="package")
def desks() -> dict[str, tuple[Page, list[str]]]:
    """The tabs that stay open: who sits there, and what went wrong in it."""
    return {}


@pytest.fixture
def at_desk(
    browser: Browser,
    site: Site,
    cookies: dict[str, Any],
    desks: dict[str, tuple[Page, list[str]]],
) -> Iterator[Callable[[str], Page]]:
    """Somebody's own tab, in which they look at one page after another: `at_desk("olu")`.

    Opening a browser costs more than opening a page. What goes wrong fails the test as in `browse`.
    """
    used: set[str] = set()

    def sit(username: str) -> Page:
        if username not in desks:
            wrong: list[str] = []
            desks[username] = open_tab(browser, site, wrong, "light"), wrong
            remember(desks[username][0], username, cookies)
        used.add(username)
        page, _ = desks[username]
        page.set_viewport_size({"width": DESK, "height": HEIGHT})
        return page

    yield sit
    said = []
    for username in used:
        page, wrong = desks[username]
        page.goto("about:blank")
        said += wrong
        wrong.clear()
    assert said == []


def open_tab(
    browser: Browser,
    site: Site,
    wrong: list[str],
    theme: str,
    *,
    scripts: bool = True,
    width: int = DESK,
    home: str = "",
) -> Page:
    """A tab of a browser that nobody used yet; what goes wrong in it is noted."""
    home = home or site.url
    context = browser.new_context(
        base_url=home,
        java_script_enabled=scripts,
        viewport={"width": width, "height": HEIGHT},
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "theme", "value": theme, "url": home}])
    watch(context, home, wrong)
    return context.new_page()


def remember(page: Page, username: str, cookies: dict[str, Any]) -> None:
    """Sign somebody in, once for each worker."""
    if username and username in cookies:
        page.context.add_cookies(cookies[username])
    elif username:
        sign_in(page, username)
        cookies[username] = [each for each in page.context.cookies() if each["name"] != "theme"]


def watch(context: BrowserContext, home: str, wrong: list[str]) -> None:
    """Note what no page may do."""
    host = urlsplit(home).netloc
    context.on("weberror", lambda error: wrong.append(f"script error: {error.error}"))
    context.on(
        "console",
        # A refused form is a 400 on purpose, and Chromium calls it an error.
        lambda said: (
            wrong.append(f"{said.page and said.page.url}: {said.text}")
            if said.type == "error" and not said.text.startswith("Failed to load resource")
            else None
        ),
    )
    context.on(
        "response",
        lambda answer: (
            wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        ),
    )
    context.on(
        "request",
        lambda asked: (
            wrong.append(f"asked outside: {asked.url}")
            if urlsplit(asked.url).netloc not in {host, ""}
            else None
        ),
    )


def sign_in(page: Page, username: str, password: str = cluster.PASSWORD) -> None:
    """Sign in on the sign-in page, wherever this tab is."""
    if "/account/login/" not in page.url:
        page.goto("/account/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/account/login/" not in address)
