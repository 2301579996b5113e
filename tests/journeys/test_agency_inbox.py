"""An agency's worker does the whole of it in a browser, from the first look to what became of each need."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.looking import wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import choose, fill_day, follow, give, press, refer, send_concern

REFERRAL = (
    "SELECT r.{column} FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id"
    " WHERE c.reference = %s"
)


class Inbox:
    """One referral at the desk of an agency's worker; each page that they see is looked at."""

    def __init__(self, page: Page, address: str, *, looks: bool) -> None:
        self.page, self.address, self.looks = page, address, looks

    def open(self, *words: str) -> None:
        """The referral's page says this."""
        self.page.goto(self.address)
        for said in words:
            expect(self.page.locator("main")).to_contain_text(said)
        self.look()

    def begin(self, act: str) -> None:
        """Go to the page of one act."""
        press(self.page, act)
        self.look()

    def look(self) -> None:
        """Nothing is wrong with the page, at a desk and on a phone, by day and by night."""
        # What axe finds needs scripts; the pages are the same without them.
        if self.looks:
            assert wrong_with(self.page) == []


def sent(browse: Browse, site: Site) -> tuple[str, str, Page]:
    """A case whose referral Harbour has before it: its reference, the referral's id, and the officer's tab."""
    reference = send_concern(browse("rhys"))
    give(browse("sade"), reference, "PC Olu Adeyemi")
    olu = browse("olu")
    refer(olu, reference)
    return reference, str(site.one(REFERRAL.format(column="id"), reference)), olu


@with_and_without_scripts
def test_a_worker_does_the_whole_of_it_in_the_inbox(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    reference, referral, olu = sent(browse, site)
    hana = browse("hana", scripts=scripts)
    hana.goto("/agency")
    expect(hana.locator(f"a[href='/agency/{referral}']")).to_be_visible()
    inbox = Inbox(hana, f"/agency/{referral}", looks=scripts)
    inbox.open("Opened by the agency", "You see the rest")
    expect(hana.locator("main")).not_to_contain_text(reference)

    inbox.begin("Ask the police a question")
    hana.get_by_label("Your question to the police").fill("Which day can she come?")
    press(hana, "Ask the police a question")
    olu.goto(f"/referral/{referral}")
    olu.get_by_label("Your answer").fill("On Monday")
    press(olu, "Send the answer")

    inbox.open("On Monday")
    inbox.begin("Accept")
    press(hana, "Accept")
    expect(hana.locator("main .govuk-error-summary")).to_contain_text(
        "Enter the name of the worker"
    )
    hana.get_by_label("Name of the worker").fill("Hana Wells")
    press(hana, "Accept")
    inbox.open("Accepted", "Who may be told", "They are reached through the officer only")

    inbox.begin("First contact made")
    fill_day(hana, "Which day did you reach them?", 0)
    hana.get_by_label("At what time?").fill(
        site.one("SELECT to_char(now() AT TIME ZONE 'Europe/London', 'HH24:MI')")
    )
    fill_day(hana, "When will you and the person look at how it goes?", 14)
    press(hana, "First contact made")
    inbox.open("First contact made", "You agreed to review the support on")

    inbox.begin("Review held")
    choose(hana, "How does the support go?", "It goes as planned")
    press(hana, "Review held")
    inbox.open("review it with them. Due in 28 days")

    inbox.begin("Finished")
    choose(hana, "How did it end?", "Some needs are met")
    press(hana, "Finished")
    expect(hana.locator("main .govuk-error-summary")).to_contain_text("Say what became of")
    choose(hana, "A safe place to stay", "Not met: they still need it")
    press(hana, "Finished")
    inbox.open("This referral has ended: what was shared can no longer be read.")
    assert site.one(REFERRAL.format(column="status"), reference) == "completed"

    olu.goto(f"/referral/{referral}")
    expect(olu.locator("main")).to_contain_text("Not met: they still need it")
    needs = "SELECT count(*) FROM victims_need n JOIN casework_case c ON c.victim_id = n.victim_id"
    assert site.one(f"{needs} WHERE c.reference = %s AND n.ended_at IS NULL", reference) == 1


@with_and_without_scripts
def test_a_worker_keeps_the_services_current_and_declines(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    reference, referral, olu = sent(browse, site)
    hana = browse("hana", scripts=scripts)
    services = Inbox(hana, "/agency/services", looks=scripts)
    services.open("Your services")
    follow(hana, "Change how many places are free: Safe house and outreach")
    services.look()
    hana.get_by_label("How many places are free now?").fill("0")
    press(hana, "Save")
    services.open("0 places free")

    inbox = Inbox(hana, f"/agency/{referral}", looks=scripts)
    inbox.open()
    inbox.begin("Decline")
    choose(hana, "Why do you decline?", "No capacity")
    press(hana, "Decline")
    assert site.one(REFERRAL.format(column="status"), reference) == "declined"
    olu.goto(f"/referral/{referral}")
    expect(olu.locator("main")).to_contain_text("Ask next:")
