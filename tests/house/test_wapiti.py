"""A crawler signed in as each role attacks what it finds there, and finds nothing.

In the short setting it is an investigator for seconds; with PROVE=1 everybody for minutes.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import User
from accounts.permissions import Role
from config.launcher.steps import install_apart
from tests.attack import wapiti
from tests.attack.world import invented
from tests.conftest import OWN_DATABASE
from tests.house.test_access import WHO
from tests.journeys.site import served
from tests.signed_in import sign_in

PROVE = bool(os.environ.get("PROVE"))
SECONDS = int(os.environ.get("WAPITI_SECONDS", "180" if PROVE else "12"))
ROLES = sorted(WHO.values()) if PROVE else [WHO[Role.INVESTIGATOR]]


@pytest.fixture(scope="module")
def url(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The invented force, served; Django's own connection is in it too."""
    install_apart("crawler")
    log = tmp_path_factory.mktemp("wapiti") / "log"
    with (
        django_db_blocker.unblock(),
        invented(f"{OWN_DATABASE.name}_crawled", OWN_DATABASE.name) as copy,
        served(copy, log) as address,
    ):
        yield address


@pytest.mark.parametrize("who", ROLES)
def test_a_crawler_that_is_signed_in_finds_nothing_to_attack(
    url: str, who: str, tmp_path: Path
) -> None:
    browser = Client()
    with acting_as(engine("test")):
        sign_in(browser, User.objects.get(username=who))
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={browser.cookies[name].value}"
    assert wapiti.attack(url, cookie, tmp_path, seconds=SECONDS) == []
