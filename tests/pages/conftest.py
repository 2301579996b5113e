"""The room of what the proofs of pages share: our own addresses, and a request by an officer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from pages.context import NavItem


class Officer:
    """Somebody signed in; pages ask no more of a user than this."""

    is_authenticated = True
    is_active = True
    pk = 7

    def __str__(self) -> str:
        return "PC 1001 Example"


def navigation(request: HttpRequest) -> list[NavItem]:
    """The sections that an upper room would give."""
    return [NavItem("Work", "/work", count=120, counted="overdue"), NavItem("Help", "/help")]


@pytest.fixture(autouse=True)
def _house(settings: Any) -> None:
    """Our own addresses only; a template that reads what nobody gave it is seen."""
    settings.ROOT_URLCONF = "pages.urls"
    settings.NAVIGATION = "tests.pages.conftest.navigation"
    settings.BANNERS = settings.FOOTNOTES = ()
    settings.DEMO = True
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    engine = settings.TEMPLATES[0]
    options = {**engine["OPTIONS"], "string_if_invalid": "UNDEFINED[%s]"}
    settings.TEMPLATES = [{**engine, "OPTIONS": options}]


@pytest.fixture
def ask(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """A request, by an officer unless said otherwise."""

    def asked(path: str = "/", *, signed_in: bool = True, **extra: Any) -> HttpRequest:
        method = extra.pop("method", "get")
        request: HttpRequest = getattr(rf, method)(path, **extra)
        request.user = Officer() if signed_in else AnonymousUser()  # type: ignore[assignment]
        return request

    return asked
