"""The room of somebody's authenticator app: which code it shows, and an account that asks for it."""

import re
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from tests.cluster import PASSWORD

LOGIN = "/account/login/"
STEP = "/account/second-step/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET) -> str:
    """What the app shows now, for another second at least."""
    if time.time() % 30 > 28:
        time.sleep(2)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_app(user: User) -> list[str]:
    """The person has an authenticator app with our secret; their recovery codes."""
    TOTP.activate(user, SECRET)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def secret_on(page: str) -> str:
    """The key that the page shows for typing."""
    found = re.search(r"<code class=\"app-link-to-copy\">([A-Z2-7 ]+)</code>", page)
    assert found, page
    return found[1].replace(" ", "")


def with_password(name: str, agent: str = "") -> Client:
    """A browser in which the password was typed."""
    client = Client(headers={"User-Agent": agent} if agent else None)
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    """Whether somebody is signed in there."""
    return client.get("/account/security").status_code == 200
