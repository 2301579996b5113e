"""Two administrators of an agency agree on an address, and look after what is sent there, in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.looking import wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import follow, press

# Nobody out there has the name, and in the demo nothing leaves the machine.
NOT_THERE = re.compile("The name in your address is not known|Not sent: in the demo")
LATE = """
UPDATE referrals_delivery SET attempts = 39, send_after = now() - interval '1 minute' WHERE webhook_id = %s
"""


def says(page: Page, words: str | re.Pattern[str], *, looks: bool) -> None:
    """The page says it, and nothing is wrong with it."""
    expect(page.locator("main")).to_contain_text(words)
    if looks:
        assert wrong_with(page) == []


@with_and_without_scripts
def test_an_address_is_agreed_on_by_two_tested_and_looked_after(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    url = f"https://hooks-{'js' if scripts else 'nojs'}.harbour.invalid/in"
    una, cal = browse("una", scripts=scripts), browse("cal", scripts=scripts)

    una.goto("/agency/webhooks/new")
    una.get_by_label("Address of your system").fill(url)
    press(una, "Propose the address")
    says(una, "Now a second person must confirm the address", looks=scripts)
    first = una.locator("main code").inner_text()
    follow(una, "Log and settings")
    expect(una.get_by_role("button", name="Confirm the address")).to_have_count(0)

    cal.goto("/agency/webhooks")
    follow(cal, url)
    says(cal, "Compare the address letter by letter", looks=scripts)
    press(cal, "Confirm the address")
    says(cal, "Confirmed by", looks=scripts)

    una.reload()
    press(una, "Send a test")
    site.manage("followups", "--once")
    una.reload()
    says(una, NOT_THERE, looks=scripts)

    press(una, "Renew the secret")
    says(una, "The old secret signs too for 24 hours", looks=scripts)
    assert una.locator("main code").inner_text() != first
    follow(una, "Log and settings")
    press(una, "End the old secret now")
    says(una, "Only the newest secret signs from now on", looks=scripts)

    site.ask(LATE, una.url.rsplit("/", 1)[1])
    site.manage("followups", "--once")
    una.reload()
    says(una, "Given up", looks=scripts)
    press(una, "Send the one that was given up again")
    says(una, "1 is sent again within a minute", looks=scripts)
    follow(una, re.compile("^Test of"))
    says(una, "Waiting to be sent", looks=scripts)


@with_and_without_scripts
def test_one_of_the_sandbox_is_set_by_one_person_and_looked_after_as_a_real_one(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    url = f"https://try-{'js' if scripts else 'nojs'}.harbour.invalid/in"
    una = browse("una", scripts=scripts)
    una.goto("/agency/sandbox/webhooks/new")
    una.get_by_label("Address of your system").fill(url)
    press(una, "Set the address")
    says(una, "Copy the secret now", looks=scripts)
    follow(una, "Log and settings")
    press(una, "Send a test")
    site.manage("followups", "--once")
    una.reload()
    says(una, NOT_THERE, looks=scripts)
    log = una.url
    follow(una, re.compile("^Test of"))
    says(una, NOT_THERE, looks=scripts)
    site.ask(LATE, log.rsplit("/", 1)[1])
    site.manage("followups", "--once")
    una.goto(f"{log}?state=dead")
    says(una, "Given up", looks=scripts)
    press(una, "Send the one that was given up again")
    says(una, "1 is sent again within a minute", looks=scripts)
    press(una, "Switch off")
    says(una, "What happens meanwhile waits", looks=scripts)
    follow(una, "Remove this address")
    says(una, "Its log can still be read", looks=scripts)
    press(una, "Remove the address")
    follow(una, url)
    says(una, "This address was removed", looks=scripts)
