"""A supervisor's shift without a mouse: what she gives out, reads, keeps and hands over, by keys alone."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.steps import IS_SEEN, send_concern, tab_to


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def push(page: Page, words: str) -> None:
    """Tab to the button with these words, and press it."""
    tab_to(page, page.get_by_role("button", name=words, exact=True))
    enter(page)


@with_and_without_scripts
def test_a_case_is_given_out_by_keyboard(browse: Browse, *, scripts: bool) -> None:
    reference = send_concern(browse("olu"))
    sade = browse("sade", scripts=scripts)
    sade.goto(f"/case/{reference}/assign")
    choices = sade.get_by_role("group", name="Who will own this case?").get_by_role("radio")
    # Tab reaches a group of radio buttons at its first; arrows go on from there.
    tab_to(sade, choices.first)
    sade.keyboard.press("Space")
    sade.keyboard.press("ArrowDown")
    sade.keyboard.press("ArrowUp")
    assert choices.first.is_checked()
    reason = sade.get_by_label("Why this officer all the same?")
    if reason.count():
        tab_to(sade, reason)
        sade.keyboard.type("They know each other.")
    push(sade, "Give them the case")
    expect(sade.locator(".govuk-notification-banner")).to_be_visible()


def test_a_case_is_reviewed_and_a_shift_handed_over_by_keyboard(browse: Browse) -> None:
    sade = browse("sade")
    sade.goto("/desk")
    tab_to(sade, sade.locator(".app-desk tbody tr").first.get_by_role("link").first)
    enter(sade)
    sade.goto(f"{sade.url}/review")
    tab_to(sade, sade.get_by_label("What did you find, and what happens next?"))
    sade.keyboard.type("Looked at tonight. Ring the agency at nine.")
    push(sade, "Save the review")
    expect(sade.locator(".govuk-notification-banner")).to_contain_text("Saved")
    sade.goto("/desk/handover")
    tab_to(sade, sade.locator("main textarea"))
    sade.keyboard.type("Nothing else tonight.")
    push(sade, "Hand over")
    expect(sade.locator(".govuk-notification-banner")).to_contain_text("Handed over")


@with_and_without_scripts
def test_a_list_is_narrowed_kept_and_opened_again_by_keyboard(
    browse: Browse, *, scripts: bool
) -> None:
    sade, name = browse("sade", scripts=scripts), f"Children, scripts {scripts}"
    sade.goto("/work/team")
    tab_to(sade, sade.get_by_role("navigation", name="Views").get_by_role("link", name="Children"))
    enter(sade)
    tab_to(sade, sade.get_by_role("link", name="Keep this view"))
    enter(sade)
    tab_to(sade, sade.get_by_label("What do you call it?"))
    sade.keyboard.type(name)
    push(sade, "Keep it")
    tab_to(sade, sade.get_by_role("link", name=name, exact=True))
    enter(sade)
    assert sade.url.endswith("/work/team?view=children")


def test_many_cases_are_moved_together_by_keyboard(browse: Browse) -> None:
    sade = browse("sade")
    sade.goto("/moves/new")
    tab_to(sade, sade.locator("main select[name=whose]"))
    sade.keyboard.press("ArrowDown")
    tab_to(sade, sade.locator("main input[name=to]").first)
    sade.keyboard.press("Space")
    push(sade, "Move them")
    # Nothing was typed of why: it is said, and the way to the answer is a link.
    tab_to(sade, sade.locator(".govuk-error-summary a").first)
    sade.keyboard.press("Enter")
    assert sade.evaluate(IS_SEEN)
