"""Two people at one case, a case closed by two officers, and a screen that gives nothing away."""

import re

from playwright.sync_api import expect

from followups.rules import RULES
from tests.journeys.conftest import Browse, sign_in, with_and_without_scripts
from tests.journeys.site import Site
from tests.journeys.steps import choose, follow, give, is_asked_why, press, say_why, send_concern

STATUS = "SELECT status FROM casework_case WHERE reference = %s"

# What must be done before a case is closed: a duty that blocks it, or something that the case itself says.
IN_THE_WAY = [slug for slug, rule in RULES.items() if rule.blocks_closing]
IN_THE_WAY += ["nrm-not-decided", "contact-lost"]
LOOKED_AFTER = f"""c.status = 'allocated' AND n.slug IN ('fellgate', 'harbour-road') AND EXISTS (
    SELECT 1 FROM followups_followup f WHERE f.case_id = c.id) AND NOT EXISTS (
    SELECT 1 FROM followups_followup f WHERE f.case_id = c.id AND f.state = 'open'
       AND f.rule IN ({", ".join(f"'{slug}'" for slug in IN_THE_WAY)})) AND NOT EXISTS (
    SELECT 1 FROM casework_transfer t WHERE t.case_id = c.id AND t.status = 'offered') AND NOT EXISTS (
    SELECT 1 FROM referrals_supportreferral r WHERE r.case_id = c.id AND r.status NOT IN
        ('completed', 'declined', 'ended_early', 'withdrawn', 'in_error')) AND (
    EXISTS (SELECT 1 FROM casework_nrmreferral r WHERE r.case_id = c.id AND r.status <> 'withdrawn')
    OR EXISTS (SELECT 1 FROM casework_dutytonotify d WHERE d.case_id = c.id))"""


def supervisor_of(site: Site, reference: str) -> str:
    """Who supervises the unit of the case."""
    return str(
        site.one(
            "SELECT u.username FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id"
            " JOIN accounts_supervision v ON v.unit_id = s.unit_id"
            " JOIN accounts_user u ON u.id = v.user_id"
            " WHERE c.reference = %s AND u.username IN ('sade', 'dov')",
            reference,
        )
    )


@with_and_without_scripts
def test_the_second_to_save_is_told_what_changed_and_loses_no_typing(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    reference = send_concern(browse("rhys"))
    give(browse("sade"), reference, "PC Olu Adeyemi")
    olu, sade = browse("olu", scripts=scripts), browse("sade", scripts=scripts)
    olu.goto(f"/case/{reference}/edit")
    sade.goto(f"/case/{reference}/edit")
    olu.get_by_label("Language").first.fill("Vietnamese")
    press(olu, "Save")
    sade.get_by_label("Language").first.fill("Khmer")
    press(sade, "Save")
    expect(sade.locator("main .govuk-error-summary")).to_contain_text("PC Olu Adeyemi")
    expect(sade.get_by_label("Language").first).to_have_value("Khmer")
    language = (
        "SELECT v.language FROM victims_victim v JOIN casework_case c ON c.victim_id = v.id"
        " WHERE c.reference = %s"
    )
    assert site.one(language, reference) == "Vietnamese"
    press(sade, "Save")
    assert site.one(language, reference) == "Khmer"


@with_and_without_scripts
def test_a_case_closes_only_with_a_second_officer(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    fresh = send_concern(browse("rhys"))
    give(browse("sade"), fresh, "PC Olu Adeyemi")
    olu = browse("olu", scripts=scripts)
    olu.goto(f"/case/{fresh}/close")
    expect(olu.locator("main")).to_contain_text("cannot be closed yet")

    reference = site.take_case(LOOKED_AFTER)
    ines = browse("ines", scripts=scripts)
    ines.goto(f"/case/{reference}/close")
    if is_asked_why(ines):  # unless it is a case of her own unit
        say_why(ines)
    choose(ines, "How did the case end?", "Safe, and supported by others")
    ines.get_by_label("why can it close").fill("She lives with her sister and asked us to stop.")
    ines.get_by_label("If you never did: why not?").fill("Nobody was ever met.")
    press(ines, "Ask a second officer to close it")
    expect(ines.locator("main")).to_contain_text("Sent to a second officer")
    assert site.one(STATUS, reference) == "closing"
    ines.goto(f"/case/{reference}/countersign")
    assert not ines.get_by_role("button", name="Save the decision").count()

    second = browse(supervisor_of(site, reference), scripts=scripts)
    second.goto(f"/case/{reference}")
    follow(second, "Decide whether to close it")
    choose(second, "Should this case be closed?", "Yes, close it")
    press(second, "Save the decision")
    assert site.one(STATUS, reference) == "closed"
    second.goto(f"/case/{reference}")
    follow(second, "Open it again")
    second.locator("main textarea").first.fill("He came back to the station.")
    with second.expect_navigation():
        second.locator("main form button").first.click()
    assert site.one(STATUS, reference) in {"new", "allocated"}


@with_and_without_scripts
def test_back_after_signing_out_shows_nothing(browse: Browse, site: Site, *, scripts: bool) -> None:
    reference = site.take_case("n.slug = 'fellgate' AND c.status = 'allocated'")
    page = browse(scripts=scripts)
    sign_in(page, "ines")
    page.goto(f"/case/{reference}")
    expect(page.locator("body")).to_contain_text(reference)
    press(page, "Sign out")
    page.wait_for_url("**/account/login/**")
    page.go_back()
    expect(page.locator("#id_password")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(reference)


def test_one_press_hides_the_screen_and_one_brings_it_back(browse: Browse, site: Site) -> None:
    page = browse("olu")
    page.goto("/concern/new")
    title = page.title()
    page.get_by_role("button", name="Hide screen").click()
    expect(page.get_by_role("heading", name="Screen hidden")).to_be_visible()
    expect(page.get_by_text("Is anyone in danger now?")).to_be_hidden()
    assert page.title() == "Screen hidden"
    page.get_by_role("button", name="Show the screen").click()
    expect(page.get_by_text("Is anyone in danger now?")).to_be_visible()
    assert page.title() == title


def test_without_scripts_hiding_leads_to_a_neutral_page_and_back(
    browse: Browse, site: Site
) -> None:
    page = browse("olu", scripts=False)
    page.goto("/work")
    page.locator("[data-hide-screen]").click()
    expect(page.locator("main")).not_to_contain_text(re.compile("HF-"))
    page.locator("main a").first.click()
    expect(page).to_have_url(re.compile("/work$"))
