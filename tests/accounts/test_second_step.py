"""The second step: set up, asked for, required by role, kept sealed, reset by an administrator."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from accounts import actions
from accounts.errors import Refused
from accounts.models import AuditEvent, User
from accounts.second_step import BY_DEFAULT, asked_of
from accounts.signing_in import SecurityNotice, Session, StepSecret
from tests.accounts.steps import (
    LOGIN,
    STEP,
    code_of,
    give_app,
    is_in,
    secret_on,
    with_password,
)
from tests.cast import Cast

SignIn = Callable[[User], Client]
APP = "/account/security/app"


def test_an_app_is_set_up_and_the_codes_are_shown_once(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.olu)
    elsewhere = client_of(cast.olu)
    page = client.get(APP).text
    assert "<svg" in page
    secret = secret_on(page)
    wrong = client.post(APP, {"code": "000000"})
    assert wrong.status_code == 400
    assert secret_on(wrong.text) == secret
    codes = client.post(APP, {"code": code_of(secret)})
    assert len(codes.context["codes"]) == 10
    assert all(code in codes.text for code in codes.context["codes"])
    assert is_in(client)
    assert not is_in(elsewhere)
    page = client.get("/account/security").text
    assert "10 left" in page
    assert codes.context["codes"][0] not in page
    assert AuditEvent.objects.filter(verb="second_step.added", actor_id=cast.olu.pk).exists()
    told = SecurityNotice.objects.get(user=cast.olu)
    assert (told.kind, told.read_at is not None) == ("step-added", True)


def test_neither_the_secret_nor_the_codes_lie_in_the_database_as_they_are(
    cast: Cast, client_of: SignIn
) -> None:
    client = client_of(cast.olu)
    secret = secret_on(client.get(APP).text)
    held = json.dumps(client.session["mfa.totp.secret"])
    assert secret not in held
    codes = client.post(APP, {"code": code_of(secret)}).context["codes"]
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_stepsecret")
        sealed = [value for (value,) in cursor.fetchall()]
    assert len(sealed) == 2
    for kept in (rows, *sealed):
        assert secret not in kept
        assert not any(code in kept for code in codes)
    tables = ("mfa_authenticator", "accounts_stepsecret")
    trail = str(list(AuditEvent.objects.filter(subject__in=tables).values("detail")))
    assert trail.count("(sealed)") == 4
    assert not any(value in trail for value in sealed)
    Authenticator.objects.all().delete()
    assert not StepSecret.objects.exists()


def test_after_the_password_a_code_is_asked_for_and_only_the_right_one_lets_in(cast: Cast) -> None:
    give_app(cast.olu)
    client = with_password("olu")
    assert not is_in(client)
    wrong = client.post(STEP, {"code": "123456"})
    assert wrong.status_code == 400
    assert "That code is not right" in wrong.text
    assert not is_in(client)
    refused = AuditEvent.objects.get(verb="session.refused", detail__step="second")
    assert refused.subject_id == str(cast.olu.pk)
    assert "123456" not in str(refused.detail)
    assert client.post(STEP, {"code": code_of()}).status_code == 302
    assert is_in(client)


def test_a_code_opens_once(cast: Cast) -> None:
    codes = give_app(cast.olu)
    for code in (code_of(), codes[0]):
        first, second = with_password("olu"), with_password("olu")
        first.post(STEP, {"code": code})
        second.post(STEP, {"code": code})
        assert (is_in(first), is_in(second)) == (True, False)


def test_after_five_wrong_codes_even_the_right_one_waits(cast: Cast) -> None:
    give_app(cast.olu)
    client = with_password("olu")
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    late = client.post(STEP, {"code": code_of()})
    assert late.status_code == 400
    assert "Too many wrong codes" in late.text
    assert not is_in(client)


def test_the_second_step_is_no_page_without_the_first(cast: Cast) -> None:
    give_app(cast.olu)
    assert Client().get(STEP).url == LOGIN  # type: ignore[attr-defined]
    assert not is_in(Client())


@pytest.mark.parametrize("name", ["olu", "hana", "una", "asha", "lena"])
def test_whoever_must_have_a_second_step_sets_it_up_before_anything_else(
    cast: Cast, client_of: SignIn, settings: Any, name: str
) -> None:
    settings.SECOND_STEP = "default"
    client = client_of(getattr(cast, name))
    for path in ("/", "/me", "/account/security", "/people", "/agency", "/concern/new"):
        assert client.get(path).headers.get("Location") == "/account/security/step", path
    assert client.post("/concern/new").headers["Location"] == "/account/security/step"
    assert client.get("/help").status_code == 200
    assert client.get("/account/security/step").status_code == 200
    client.post(APP, {"code": code_of(secret_on(client.get(APP).text))})
    assert is_in(client)


def test_whoever_sees_no_case_need_not_have_one(
    cast: Cast, client_of: SignIn, settings: Any
) -> None:
    settings.SECOND_STEP = "default"
    assert is_in(client_of(cast.ming))
    assert is_in(client_of(cast.bronwen))


def test_the_setting_names_roles_or_stops_the_start() -> None:
    assert asked_of("default") == BY_DEFAULT
    assert [str(role) for role in asked_of("auditor")] == ["auditor"]
    with pytest.raises(ImproperlyConfigured, match="SECOND_STEP"):
        asked_of("officer")


def test_an_administrator_resets_somebodys_second_step_and_they_are_told(
    cast: Cast, client_of: SignIn
) -> None:
    give_app(cast.olu)
    olus, lena = client_of(cast.olu), client_of(cast.lena)
    path = f"/people/{cast.olu.pk}/second-step"
    assert lena.get(path).status_code == 200
    assert lena.post(path).status_code == 302
    assert not Authenticator.objects.filter(user=cast.olu).exists()
    assert not is_in(olus)
    assert AuditEvent.objects.filter(verb="second_step.reset", actor_id=cast.lena.pk).exists()
    told = SecurityNotice.objects.get(user=cast.olu, kind="step-reset")
    assert told.by == cast.lena
    client = with_password("olu")
    assert "Something changed in how you sign in" in client.get("/").text
    assert "took away your second step" in client.get("/account/security").text
    client.post("/account/security/read")
    assert "Something changed in how you sign in" not in client.get("/").text
    again = lena.post(path)
    assert again.status_code == 409


def test_nobody_resets_their_own_second_step_or_anothers_without_the_right(cast: Cast) -> None:
    give_app(cast.lena)
    give_app(cast.olu)
    give_app(cast.wyn)
    for who, whose in (("lena", "lena"), ("sade", "olu"), ("lena", "wyn"), ("una", "olu")):
        with pytest.raises(Refused):
            actions.reset_second_step(by=cast.actor(who), user=getattr(cast, whose))
    assert Authenticator.objects.filter(type="totp").count() == 3


def test_a_new_password_through_a_link_still_asks_for_the_second_step(
    cast: Cast, client_of: SignIn
) -> None:
    give_app(cast.olu)
    link = client_of(cast.lena).post(f"/people/{cast.olu.pk}/link").context["link"]
    assert SecurityNotice.objects.filter(user=cast.olu, kind="link-made", read_at=None).exists()
    client = Client()
    client.get(link, follow=True)
    new = "tidal lantern oak 93"
    path = f"/account/set-password/{cast.olu.pk}"
    client.post(path, {"new_password1": new, "new_password2": new})
    assert SecurityNotice.objects.filter(user=cast.olu, kind="password-set", read_at=None).exists()
    assert client.post(LOGIN, {"login": "olu", "password": new}).headers["Location"] == STEP
    assert not is_in(client)


def test_taking_away_the_last_step_takes_the_codes_too(cast: Cast, client_of: SignIn) -> None:
    give_app(cast.olu)
    client = client_of(cast.olu)
    [app] = Authenticator.objects.filter(user=cast.olu, type="totp")
    theirs = client_of(cast.petra).post(f"/account/security/step/{app.pk}/remove")
    assert theirs.status_code == 404
    assert client.post(f"/account/security/step/{app.pk}/remove").status_code == 302
    assert not Authenticator.objects.filter(user=cast.olu).exists()
    assert is_in(client)


def test_new_codes_end_the_old_ones(cast: Cast, client_of: SignIn) -> None:
    old = give_app(cast.olu)
    new = client_of(cast.olu).post("/account/security/codes").context["codes"]
    assert not set(old) & set(new)
    client = with_password("olu")
    client.post(STEP, {"code": old[0]})
    assert not is_in(client)
    client.post(STEP, {"code": new[0]})
    assert is_in(client)


def test_a_passkey_that_opens_nothing_is_answered_like_every_other(cast: Cast) -> None:
    client = Client()
    options = client.get("/account/passkey/", headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    for credential in ("", "{}", '{"id": "x"}', "no json", "9" * 5_000):
        answer = client.post("/account/passkey/", {"credential": credential}, follow=True)
        assert answer.redirect_chain == [(LOGIN, 302)]
        assert not is_in(client)


def test_a_secret_that_was_put_in_place_of_another_opens_nothing(cast: Cast) -> None:
    give_app(cast.olu)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_stepsecret s SET secret ="
            " (SELECT o.secret FROM accounts_stepsecret o WHERE o.id <> s.id)"
        )
    client = Client(raise_request_exception=False)
    client.post(LOGIN, {"login": "olu", "password": "north-moor-demo-2026"})
    assert client.post(STEP, {"code": code_of()}).status_code == 500
    assert not is_in(client)
    assert Session.objects.filter(user=cast.olu).count() == 0
    assert settings.MFA_ADAPTER == "accounts.second_step.SealedSteps"
