"""The room of what several journeys begin with."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

import clocks

WORDS = "She said the man at the car wash keeps her passport."
REFERENCE = re.compile(r"HF-[A-Z0-9]+")
MOST = 150  # presses of Tab to anything on a page: more is no way
HAS_FOCUS = "element => element === document.activeElement"
# However it is drawn, somebody must see where they are [WCAG 2.4.7].
IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement)
  if (document.activeElement === document.body) return true  // past the last, before the first
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
}"""


def reference_of(page: Page) -> str:
    """The case that this tab is about, from its address."""
    found = REFERENCE.search(page.url)
    assert found, page.url
    return found[0]


def choose(page: Page, question: str, answer: str) -> None:
    """Press one answer of one question."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def press(page: Page, words: str) -> None:
    """Press the button with these words, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def say_why(page: Page) -> None:
    """Somebody opens a case outside their own work: they say why, and are where they wanted to be."""
    page.get_by_label("I check how cases are handled or recorded").check()
    press(page, "Open the case")


def is_asked_why(page: Page) -> bool:
    """Whether the page asks why a case is opened, in its place."""
    return page.get_by_role("heading", name="Say why you open this case").count() > 0


def follow(page: Page, words: str | re.Pattern[str]) -> None:
    """Follow the link with these words, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=words).click()


def send_concern(page: Page, *, adult: bool = True) -> str:
    """An officer answers what is needed on one page and sends it; the case waits for an owner."""
    page.goto("/concern/new?all=1")
    choose(page, "Do they look under 18?", "No" if adult else "Yes")
    page.get_by_label("What did you see, or what did they say?").fill(WORDS)
    choose(page, "Do they need an interpreter?", "No")
    press(page, "Save and check")
    reference = reference_of(page)
    press(page, "Send to the duty supervisor")
    return reference


def give(page: Page, reference: str, name: str) -> None:
    """A supervisor gives the case to somebody."""
    page.goto(f"/case/{reference}/assign")
    choose(page, "Who will own this case?", name)
    reason = page.get_by_label("Why this officer all the same?")
    if reason.count():  # asked for where others are proposed before them
        reason.fill("They know each other.")
    press(page, "Give them the case")


def begin(page: Page, reference: str) -> None:
    """Choose a need and Harbour; a draft referral stands where it says what will be shared."""
    page.goto(f"/case/{reference}/referrals/new")
    page.get_by_role("group", name="What do they need?").get_by_role("checkbox").first.check()
    press(page, "Show agencies that can help")
    page.get_by_label(re.compile("^Harbour Support")).first.check()
    press(page, "Continue")
    page.wait_for_url("**/share")


def fill_day(page: Page, question: str, ahead: int) -> None:
    """A day so many days from now, in the three parts of the question."""
    day = clocks.today() + timedelta(days=ahead)
    parts = page.get_by_role("group", name=question)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        parts.get_by_label(label, exact=True).fill(str(value))


def record_consent(page: Page, reference: str) -> None:
    """The person agreed to sharing with a support agency."""
    page.goto(f"/case/{reference}/consent")
    choose(page, "What did they decide about?", "Sharing with a support agency")
    choose(page, "What did they decide?", "Agreed")
    choose(page, "Which notice was explained?", "Explained in words only")
    press(page, "Save")


def judge_risk(page: Page, reference: str) -> None:
    """How much danger they are in is said."""
    page.goto(f"/case/{reference}/risk")
    choose(page, "How much danger are they in?", "Standard")
    page.get_by_label("What makes you think so?").fill("Nobody knows where they are.")
    fill_day(page, "By when must it be judged again?", 20)
    press(page, "Save")


def refer(page: Page, reference: str) -> None:
    """Say what must be said, choose a need and Harbour, settle what is shared, send."""
    record_consent(page, reference)
    judge_risk(page, reference)
    begin(page, reference)
    choose(page, "Who at the agency may be told", "The team that supports them, and nobody else")
    choose(page, "why not?", "They are reached through the officer only")
    press(page, "Continue")
    press(page, "Send referral to Harbour Support")


def tab_to(page: Page, wanted: Locator, *, most: int = MOST) -> None:
    """Press Tab until it has the focus; wherever the focus is on the way, it can be seen."""
    expect(wanted).to_have_count(1)
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"no way to {wanted} by keyboard")
