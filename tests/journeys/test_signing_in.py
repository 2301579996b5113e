"""Signing in with a second step and with a passkey, in a real browser."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.steps import code_of
from tests.journeys.conftest import PHONE, Browse, sign_in, with_and_without_scripts
from tests.journeys.looking import lost_links, sticks_out, wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import follow, press


@pytest.fixture
def by_name(site: Site) -> str:
    """The site's address by its name: browsers keep passkeys for names, not for numbers."""
    return f"http://localhost:{urlsplit(site.url).port}"


@pytest.fixture
def step_of(site: Site) -> Iterator[str]:
    """Somebody whose second step no other journey sees; afterwards they have none."""
    yield "ming"
    site.ask(
        "DELETE FROM mfa_authenticator WHERE user_id ="
        " (SELECT id FROM accounts_user WHERE username = 'ming')"
    )


def secret_of(page: Page) -> str:
    """The key that stands on the page for typing."""
    return page.locator("code.app-link-to-copy").text_content().replace(" ", "")  # type: ignore[union-attr]


@with_and_without_scripts
def test_an_app_is_set_up_and_asked_for(browse: Browse, step_of: str, *, scripts: bool) -> None:
    page = browse(scripts=scripts)
    sign_in(page, step_of)
    page.goto("/account/security")
    press(page, "Set up a second step")
    press(page, "Use an authenticator app")
    secret = secret_of(page)
    assert wrong_with(page) == [] if scripts else True
    page.get_by_label("Code").fill("000000")
    press(page, "Finish")
    assert not scripts or lost_links(page) == []
    page.get_by_label("Code").fill(code_of(secret))
    press(page, "Finish")
    codes = page.locator("main li code").all_text_contents()
    assert len(codes) == 10
    assert not scripts or (wrong_with(page), sticks_out(page)) == ([], [])
    press(page, "I have kept them")
    press(page, "Sign out")
    page.fill("#id_login", step_of)
    page.fill("#id_password", "north-moor-demo-2026")
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    assert not scripts or wrong_with(page, widths=[PHONE]) == []
    page.get_by_label("Code").fill(codes[0])
    press(page, "Sign in")
    page.goto("/account/security")
    expect(page.locator("main")).to_contain_text("9 left")
    for words in ("Make new", "Remove"):
        follow(page, words)
        assert not scripts or wrong_with(page, widths=[PHONE]) == []
        page.goto("/account/security")


def test_a_passkey_is_made_and_signs_in_alone(
    browse: Browse, site: Site, by_name: str, step_of: str
) -> None:
    page = browse(home=by_name)
    link = page.context.new_cdp_session(page)
    link.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    held = link.send("WebAuthn.addVirtualAuthenticator", {"options": key})["authenticatorId"]
    page.goto("/account/login/")
    sign_in(page, step_of)
    page.goto("/account/security/step")
    press(page, "Add a passkey")
    assert wrong_with(page, widths=[PHONE]) == []
    page.get_by_label("What will you call this passkey?").fill("Work laptop")
    press(page, "Make the passkey")
    assert len(page.locator("main li code").all()) == 10
    assert len(link.send("WebAuthn.getCredentials", {"authenticatorId": held})["credentials"]) == 1
    press(page, "Sign out")
    press(page, "Sign in with a passkey")
    page.goto("/account/security")
    expect(page.locator("main")).to_contain_text("Work laptop, last used on")
    press(page, "Sign out")
    page.fill("#id_login", step_of)
    page.fill("#id_password", "north-moor-demo-2026")
    press(page, "Sign in")
    press(page, "Use your passkey")
    page.goto("/account/security")
    expect(page.get_by_role("heading", name="How you sign in")).to_be_visible()
    link.send("WebAuthn.setUserVerified", {"authenticatorId": held, "isUserVerified": False})
    press(page, "Sign out")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was used.")).to_be_visible()


def test_without_scripts_the_page_says_that_passkeys_need_them(browse: Browse) -> None:
    page = browse(scripts=False)
    page.goto("/account/login/")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
