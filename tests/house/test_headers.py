"""Every page of Holdfast tells the browser what it may not do."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings, settings
from django.db import transaction
from django.test import Client

from tests.cast import Cast
from tests.cluster import Clone
from tests.house.routes import Route, routes
from tests.referrals.server import up

EXACTLY = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "holdfast",
}
IN_THE_PAGE = ("<script>", " style=", "<style", "javascript:", " onclick=", " onload=")
FORBIDDEN = ("unsafe", "http:", "https:", "*", "data:", "blob:")


def policy_of(header: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _space, value in parts}


def wrong_with(client: Client, route: Route) -> list[str]:
    found = []
    for method in ("GET", "POST"):
        with transaction.atomic():
            answer = client.generic(method, route.path)
            transaction.set_rollback(True)
        where = f"{method} {route.name} {answer.status_code}"
        for name, value in EXACTLY.items():
            if answer.headers.get(name) != value:
                found.append(f"{where}: {name} is {answer.headers.get(name)}")
        policy = answer.headers.get("Content-Security-Policy", "")
        said = policy_of(policy)
        found += [f"{where}: {name}" for name, value in POLICY.items() if said.get(name) != value]
        found += [f"{where}: {word}" for word in FORBIDDEN if word in policy]
        if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
            found.append(f"{where}: Permissions-Policy")
        for cookie in answer.cookies.values():
            says_less = not cookie["samesite"] or (cookie.key != "theme" and not cookie["httponly"])
            if says_less and cookie["max-age"] != 0:  # 0: it is taken away
                found.append(f"{where}: the cookie {cookie.key}")
    return found


@pytest.mark.parametrize("who", ["", "olu", "una", "lena"])
def test_every_answer_carries_every_header(cast: Cast, who: str) -> None:
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(getattr(cast, who))
    wrong = [line for route in routes() for line in wrong_with(client, route)]
    assert wrong == []


def test_an_address_that_is_not_there_carries_them_too(db: None) -> None:
    answer = Client().get("/no/such/page")
    assert answer.status_code == 404
    assert {name: answer.headers[name] for name in EXACTLY} == EXACTLY


def test_no_page_has_a_script_or_style_in_it(cast: Cast) -> None:
    client, wrong = Client(raise_request_exception=False), []
    client.force_login(cast.olu)
    for route in routes():
        with transaction.atomic():
            page = client.get(route.path)
            transaction.set_rollback(True)
        text = page.text if "html" in page.headers.get("Content-Type", "") else ""
        wrong += [f"{route.name}: {sign}" for sign in IN_THE_PAGE if sign in text]
    assert wrong == []


def test_a_body_that_is_too_large_is_refused_unread(db: None) -> None:
    answer = Client().post(
        "/account/login/", data=b"x" * (settings.MOST_BYTES + 1), content_type="text/plain"
    )
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_an_address_with_a_nul_in_it_is_refused_before_anything_is_looked_for(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ines)
    for path in ("/case/HF-%00/assign", "/work/team?unit=%00", "/draft?form=a&case=%00"):
        for method in ("GET", "POST"):
            assert client.generic(method, path).status_code == 400, path
    assert client.get("/help?nothing=00%2500").status_code == 200


NO_METHODS = ("TRACE", "CONNECT", "TRACK", "PROPFIND", "BREW")


def test_a_method_that_nothing_knows_reaches_no_page(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.ines)
    wrong = [
        f"{method} {route.name} {answer.status_code}"
        for route in routes()
        for method in NO_METHODS
        if (answer := client.generic(method, route.path)).status_code != 405
        or "camera=()" not in answer.headers["Permissions-Policy"]
    ]
    assert wrong == []


def test_the_real_server_refuses_such_a_method_and_says_nothing_back(committed: Clone) -> None:
    with up(committed) as env:
        place = urlsplit(env["SITE_URL"])
        for method in (*NO_METHODS, "get"):
            line = HTTPConnection(str(place.hostname), place.port, timeout=20)
            line.request(method, "/help", headers={"X-Canary": "quillon"})
            answer = line.getresponse()
            assert answer.status in {400, 405}, method
            assert b"quillon" not in answer.read()
            line.close()


def test_a_system_that_asks_in_the_clear_is_refused_and_a_person_is_led_to_https(
    db: None, settings: LazySettings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    for path in ("/api/v1/referrals", "/api/v1/token", "/sandbox/api/v1/referrals"):
        answer = client.post(path, headers={"authorization": "Bearer quillon"})
        assert (answer.status_code, "Location" in answer.headers) == (403, False)
        assert "HTTPS" in answer.text
        assert client.post(path, secure=True).status_code in {400, 401, 405, 415}
    person = client.get("/help")
    assert (person.status_code, person["Location"]) == (301, "https://testserver/help")
