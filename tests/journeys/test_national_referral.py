"""From a logged concern to "marked as sent": an adult's national referral, and no fact is asked twice."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Browse
from tests.journeys.looking import sticks_out
from tests.journeys.site import Site
from tests.journeys.steps import choose, follow, give, press, reference_of

# The form of the page itself: the one with the most questions, not the one that signs out.
OWN_FORM = """
const own = () => [...document.querySelectorAll('main form')].sort((a, b) => b.elements.length - a.elements.length)[0]
const words = node => node.textContent.trim().replace(/\\s+/g, ' ')
const isTick = box => ['radio', 'checkbox'].includes(box.type)
const unasked = box => ['Not asked', 'Not known'].includes(words(box.labels[0]))
const shut = box => box.closest('details:not([open])')
const boxesOf = set => [...set.querySelectorAll('input, select, textarea')].filter(box => !shut(box))
"""
# Every question, as a reader hears it, and whether it has an answer already.
QUESTIONS = f"""() => {{ {OWN_FORM}
  if (!own()) return []
  const groups = [...own().querySelectorAll('fieldset')].filter(set => set.querySelector(':scope > legend'))
  const alone = [...own().querySelectorAll('label')].filter(each => each.control && !each.closest('fieldset'))
  const answered = box => isTick(box) ? box.checked && !unasked(box) : Boolean(box.value)
  return [
    ...groups.map(set => [words(set.querySelector('legend')), boxesOf(set).some(answered)]),
    ...alone.map(each => [words(each), answered(each.control)])
  ]
}}"""
# Whatever has no answer yet gets one: "No" or the first where there is a choice, a day, or some words.
ANSWER = f"""() => {{ {OWN_FORM}
  const some = box => box.list ? box.list.options[0].value : box.inputMode === 'numeric' ? '1' : 'Invented words.'
  const day = {{ day: '3', month: '1', year: '2026' }}
  for (const set of own().querySelectorAll('fieldset')) {{
    const ticks = boxesOf(set).filter(isTick)
    if (ticks.length && !ticks.some(box => box.checked && !unasked(box))) {{
      const no = ticks.find(box => words(box.labels[0]) === 'No')
      ;(no ?? ticks[0]).click()
    }}
    for (const box of boxesOf(set).filter(each => !isTick(each) && !each.value)) {{
      const part = box.name.split(/[-_]/).at(-1)
      if (part in day) box.value = part === 'year' && box.name.includes('born') ? '1990' : day[part]
    }}
  }}
  for (const box of own().querySelectorAll('input[type=text], input:not([type]), textarea')) {{
    if (!box.value && !shut(box) && !box.closest('fieldset')) box.value = some(box)
  }}
}}"""
# Said again with every act, because each time it is another fact: when, how, and why there is no answer.
OF_EACH_ACT = re.compile(
    "^(No answer to|Date, if it was not just now|Time, if it was not just now)"
)


@dataclass
class Asked:
    """What an officer was asked on the way, page by page."""

    where: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def read(self, page: Page) -> None:
        """A question met before on another page, and still without its answer, is asked twice."""
        here = urlsplit(page.url).path
        for question, answered in page.evaluate(QUESTIONS):
            if OF_EACH_ACT.match(question):
                continue
            before = self.where.setdefault(question, here)
            if before != here and not answered:
                self.twice.append(f"{question}: {before} and {here}")


def save(page: Page) -> None:
    """Press the page's own button; nothing is wrong with what was answered."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]:not(.govuk-button--secondary)").last.click()
    assert page.locator("main .govuk-error-summary").count() == 0, page.locator("main").inner_text()


def answer_all(page: Page, asked: Asked, width: int) -> None:
    """Every gap of the task list is filled, section by section; an answer may open questions: twice at most."""
    visits: Counter[str] = Counter()
    while True:
        gaps = page.locator("main li", has_text=re.compile(r"\d gap")).locator("a")
        links = gaps.evaluate_all("links => links.map(link => link.pathname)")
        address = next((link for link in links if visits[link] < 2), None)
        if address is None:
            return
        visits[address] += 1
        page.goto(address)
        asked.read(page)
        assert width == DESK or not sticks_out(page), page.url
        page.evaluate(ANSWER)
        save(page)
        page.goto(address.rsplit("/", 1)[0])


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_an_adult_is_referred_without_being_asked_anything_twice(
    browse: Browse, site: Site, width: int
) -> None:
    page, asked = browse("olu", width=width), Asked()
    page.goto("/concern/new?all=1")
    asked.read(page)
    choose(page, "Do they look under 18?", "No")
    page.get_by_label("What did you see, or what did they say?").fill("Works without pay.")
    page.get_by_label("What should we call them?").fill("Linh")
    press(page, "Save and check")
    reference = reference_of(page)
    press(page, "Send to the duty supervisor")
    give(browse("sade"), reference, "PC Olu Adeyemi")

    page.goto(f"/case/{reference}/nrm/form")
    answer_all(page, asked, width)
    page.goto(f"/case/{reference}/nrm/form/places")
    follow(page, "Add a town or a country")
    asked.read(page)
    page.evaluate(ANSWER)
    save(page)
    page.goto(f"/case/{reference}/consent")
    asked.read(page)
    choose(page, "What did they decide about?", "Referral to the National Referral Mechanism")
    choose(page, "What did they decide?", "Agreed")
    page.evaluate(ANSWER)
    save(page)
    page.goto(f"/case/{reference}/nrm/form")
    answer_all(page, asked, width)
    page.goto(f"/case/{reference}/nrm/form/decision")
    page.get_by_label("Write to the person by e-mail").check()
    page.get_by_label("Their own e-mail", exact=True).fill("linh@example.invalid")
    page.get_by_label("Their e-mail is safe to use").check()
    save(page)

    page.goto(f"/case/{reference}/nrm/form")
    expect(page.locator("main")).to_contain_text(re.compile(r"\b(\d+) of \1 answered"))
    press(page, "See exactly what will be sent")
    expect(page.locator("main")).not_to_contain_text("will not do without")
    expect(page.locator("main")).to_contain_text("linh@example.invalid")
    asked.read(page)
    press(page, "Mark as sent")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Marked as sent")
    assert asked.twice == []
    assert len(asked.where) > 50
    kept = "SELECT count(*) FROM casework_nrmsubmission s JOIN casework_case c ON c.id = s.case_id"
    assert site.one(f"{kept} WHERE c.reference = %s AND s.digest <> ''", reference) == 1
