"""The room of what is wrong with a page: what axe finds, what does not fit, where an error link leads."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote_plus

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, HEIGHT, PHONE

NARROW = 320
THEMES = ("light", "night")
RUN_AXE = """async only => {
    const found = await axe.run(document, {resultTypes: ["violations"], ...only})
    return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html + " " +
        n.any.concat(n.all).map(c => c.message).join("; ")).slice(0, 3).join(" | "))
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
SIDEWAYS = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== "fixed")
    .filter(e => !e.closest(".govuk-visually-hidden, .govuk-skip-link"))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""

STORED = """async () => {
    const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, name]
    for (const named of await caches.keys()) {
        const cache = await caches.open(named)
        for (const asked of await cache.keys()) kept.push(asked.url, await (await cache.match(asked)).text())
    }
    for (const {name} of await indexedDB.databases()) {
        const answered = asked => new Promise((done, failed) => {
            asked.onsuccess = () => done(asked.result)
            asked.onerror = failed
        })
        const opened = await answered(indexedDB.open(name))
        for (const store of opened.objectStoreNames) {
            kept.push(name, JSON.stringify(await answered(opened.transaction(store).objectStore(store).getAll())))
        }
        opened.close()
    }
    return kept.concat(history.state ? [JSON.stringify(history.state)] : []).join("\\n")
}"""


def kept_in_browser(page: Page) -> str:
    """All that whoever gets hold of the device finds in the browser: its stores, caches and cookies."""
    cookies = [unquote_plus(each.get("value", "")) for each in page.context.cookies()]
    return "\n".join([page.evaluate(STORED), *cookies])


def wrong_with(page: Page, widths: Sequence[int] = (DESK, PHONE)) -> list[str]:
    """Everything that axe finds, at a desk and on a phone, by day and by night, in one load."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for theme in THEMES:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            # Night changes colours alone, so by night only colours are asked again.
            only: dict[str, Any] = {} if theme == "light" else COLOURS
            said = page.evaluate(RUN_AXE, only)
            found += [f"{theme} {width}: {violation}" for violation in said]
    return found


def sticks_out(page: Page) -> list[str]:
    """What makes a narrow phone scroll sideways."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return page.evaluate(SIDEWAYS) or ["something"]


def named_in_title(page: Page, names: Sequence[str]) -> list[str]:
    """Names that the title of the tab would show to whoever looks over a shoulder."""
    title = page.title().lower()
    return [name for name in names if name.lower() in title]


def empty_and_press(page: Page) -> int:
    """Empty every answer of the page's form and press its first button; the answer's status, 0 without a form."""
    form = page.locator("main form[novalidate]").first
    if not form.locator("input:not([type=hidden]), textarea, select").count():
        return 0
    form.evaluate(
        """form => {
            form.closest("details")?.setAttribute("open", "")
            for (const asked of form.elements) {
                if (asked.type === "checkbox" || asked.type === "radio") asked.checked = false
                else if (asked.tagName === "SELECT") asked.selectedIndex = 0
                else if (asked.type !== "hidden" && asked.tagName !== "BUTTON") asked.value = ""
            }
        }"""
    )
    with page.expect_navigation() as answer:
        form.locator("button").first.click()
    return answer.value.status


def lost_links(page: Page) -> list[str]:
    """Links of the error summary that move focus to no control."""
    lost = [] if page.locator(".govuk-error-summary__list li").count() else ["no error is listed"]
    links = page.locator(".govuk-error-summary__list a")
    for position in range(links.count()):
        link = links.nth(position)
        link.click()
        focused = "document.activeElement.matches('main input, main select, main textarea')"
        target = (link.get_attribute("href") or "").removeprefix("#")
        if not page.evaluate(focused) or page.evaluate("document.activeElement.id") != target:
            lost.append(f"#{target}: {link.inner_text()}")
    return lost
