"""An officer logs a concern: five pages, few presses, and no word of it is ever lost."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Browse, sign_in, with_and_without_scripts
from tests.journeys.looking import kept_in_browser
from tests.journeys.site import Site
from tests.journeys.steps import WORDS, press, reference_of

MOST_PRESSES = 20


class Thumb:
    """One thumb on a phone, which counts what it has to press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, target: Locator) -> None:
        self.presses += 1
        target.click()

    def choose(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=question)
        self.press(group.get_by_label(answer, exact=True))

    def write(self, question: str, words: str) -> None:
        self.presses += 1
        self.page.get_by_label(question).fill(words)

    def button(self, words: str) -> None:
        self.press(self.page.get_by_role("button", name=words))


@with_and_without_scripts
def test_a_concern_is_logged_in_five_pages_and_twenty_presses(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    page = browse("olu", scripts=scripts, width=PHONE)
    page.goto("/")
    thumb = Thumb(page)
    thumb.press(page.locator("main").get_by_role("button", name="Log a concern").first)
    thumb.choose("Is anyone in danger now?", "No")
    thumb.choose("Do they look under 18?", "Not sure - treat as a child")
    thumb.button("Save and continue")
    reference = reference_of(page)
    thumb.write("Where are you?", "Car wash, Tannery Lane")
    thumb.button("Save and continue")
    thumb.write("What did you see, or what did they say?", WORDS)
    thumb.press(page.locator("#id_indicators .govuk-checkboxes__input, [name=indicators]").first)
    thumb.button("Save and continue")
    thumb.write("What should we call them?", "Linh")
    thumb.write("Language and dialect", "Vietnamese")
    thumb.choose("Do they need an interpreter?", "Yes")
    thumb.button("Save and continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check and send")
    expect(page.locator("main")).to_contain_text(WORDS)
    thumb.button("Send to the duty supervisor")

    assert thumb.presses <= MOST_PRESSES
    main = page.locator("main")
    expect(main).to_contain_text(reference)
    expect(main).to_contain_text("Sgt Sade Okonjo")  # who has it now
    expect(main.locator("time").first).to_be_visible()  # by when
    steps = main.locator("ol li")
    assert 1 <= steps.count() <= 4
    expect(main).to_contain_text("local authority")  # not sure is treated as a child
    assert "Linh" not in page.title()
    assert site.one("SELECT status FROM casework_case WHERE reference = %s", reference) == "new"


@with_and_without_scripts
def test_a_desk_answers_everything_on_one_page(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    page = browse("rhys", scripts=scripts)
    page.goto("/concern/new?all=1")
    page.get_by_label("What did you see, or what did they say?").fill(WORDS)
    press(page, "Save and check")
    expect(page.locator("main")).to_contain_text("Not known - fine")
    press(page, "Send to the duty supervisor")
    expect(page.locator(".govuk-panel")).to_contain_text(reference_of(page))


@with_and_without_scripts
def test_the_duty_supervisor_takes_over_at_one_press_from_any_page(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    page = browse("olu", scripts=scripts, width=PHONE)
    page.goto("/concern/new")
    press(page, "Hand to duty supervisor")
    expect(page.locator("main")).to_contain_text("Sgt Sade Okonjo")
    reference = reference_of(page)
    page.goto(f"/concern/{reference}/2")
    assert "/concern/" not in page.url  # it is hers now, with what was typed in it


@with_and_without_scripts
def test_a_concern_left_half_done_goes_on_where_it_was(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    page = browse("olu", scripts=scripts, width=PHONE)
    page.goto("/concern/new")
    Thumb(page).choose("Is anyone in danger now?", "Yes")
    press(page, "Save and continue")
    reference = reference_of(page)
    page.get_by_label("Where are you?").fill("Behind the fish market")
    press(page, "Save and leave")
    page.goto("/")
    press(page, f"Continue {reference}")
    expect(page.get_by_label("Where are you?")).to_have_value("Behind the fish market")


def test_what_was_typed_survives_closing_the_tab(browse: Browse, site: Site) -> None:
    page = browse("olu", width=PHONE)
    page.goto("/concern/new?all=1")
    page.get_by_label("What did you see, or what did they say?").fill("Typed, then the tab died.")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved at")
    again = page.context.new_page()
    page.close()
    again.goto("/concern/new?all=1")
    said = again.get_by_label("What did you see, or what did they say?")
    expect(said).to_have_value("Typed, then the tab died.")
    expect(again.locator("main")).to_contain_text("We put back what you typed")
    assert "Typed, then" not in kept_in_browser(again)
    press(again, "Save and check")
    expect(again.locator("main")).to_contain_text("Typed, then the tab died.")


def test_what_was_typed_survives_a_lost_signal(browse: Browse, site: Site) -> None:
    page = browse("petra", width=PHONE)
    page.goto("/concern/new?all=1")
    page.context.set_offline(True)
    page.get_by_label("What did you see, or what did they say?").fill("In a cellar.")
    expect(page.locator("[data-save-status]")).to_contain_text("Not saved yet")
    assert "cellar" not in kept_in_browser(page)
    page.context.set_offline(False)
    expect(page.locator("[data-save-status]")).to_contain_text("Saved at")
    again = page.context.new_page()
    again.goto("/concern/new?all=1")
    said = again.get_by_label("What did you see, or what did they say?")
    expect(said).to_have_value("In a cellar.")


def test_what_was_typed_survives_a_forced_sign_out(browse: Browse, site: Site) -> None:
    page = browse()
    sign_in(page, "dov")
    page.goto("/concern/new?all=1")
    (session,) = [c["value"] for c in page.context.cookies() if c["name"] == "session"]
    assert site.ask(
        "DELETE FROM accounts_session WHERE session_key = %s RETURNING session_key", session
    )
    words = page.get_by_label("What did you see, or what did they say?")
    words.fill("Signed out while typing.")
    expect(page.locator("[data-save-status]")).to_contain_text("Sign in again in another tab")
    expect(words).to_have_value("Signed out while typing.")
    other = page.context.new_page()
    sign_in(other, "dov")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved at")
    press(page, "Save and check")
    expect(page.locator("main")).to_contain_text("Signed out while typing.")
