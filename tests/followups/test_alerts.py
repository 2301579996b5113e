"""Telling people by e-mail that their sign-in changed: nothing lost, nothing twice, nobody named."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_string
from typing import Any

import pytest
from django.test import Client

import clocks
from accounts import actions
from accounts.models import User
from accounts.signing_in import SecurityNotice
from followups import alerts, engine, receipts
from followups.models import FollowUp
from followups.rules import RULES
from tests.cast import Cast
from tests.followups.loopback import listening
from tests.followups.mail_server import MailServer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with listening(MailServer()) as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.server_address[1]
        settings.EMAIL_TIMEOUT = 1
        yield made


def make_link(cast: Cast) -> None:
    actions.make_password_link(by=cast.actor("lena"), user=cast.olu)


def test_it_is_sent_once_and_names_nobody(cast: Cast, server: MailServer) -> None:
    make_link(cast)
    at = clocks.now()
    assert alerts.send(at) == {"accepted": 1, "failed": 0}
    assert alerts.send(at + 60 * MINUTE) == {"accepted": 0, "failed": 0}
    [mail] = server.taken
    assert "olu@northmoor.invalid" in mail
    words = mail.replace("=\r\n", "").replace("=\n", "")
    assert "An administrator made a link to set a new password for you." in words
    assert not {"Olu", "Lena", "Farrow", "Adeyemi"} & set(words.split())


def test_an_outage_of_days_loses_none_and_tries_the_rest_as_soon_as_it_is_over(
    cast: Cast, server: MailServer, settings: Any
) -> None:
    for user in (cast.olu, cast.petra):
        actions.make_password_link(by=cast.actor("lena"), user=user)
    at, there = clocks.now(), settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    for _ in range(60):
        assert alerts.send(at)["failed"] <= 1
        at += 60 * MINUTE
    settings.EMAIL_PORT = there
    assert alerts.send(at + 60 * MINUTE) == {"accepted": 2, "failed": 0}


def test_what_is_refused_again_and_again_is_given_up(cast: Cast, server: MailServer) -> None:
    make_link(cast)
    at = clocks.now()
    server.mood = "later"
    for _ in range(alerts.MOST_REFUSALS):
        assert alerts.send(at) == {"accepted": 0, "failed": 1}
        at += 61 * MINUTE
    assert alerts.send(at) == {"accepted": 0, "failed": 0}
    assert SecurityNotice.objects.get().failed_at == at - 61 * MINUTE


SEES = {"sade": True, "ines": True, "dov": False, "gus": False}


def test_what_was_given_up_is_owed_until_they_have_read_it(
    cast: Cast, server: MailServer, client_of: Callable[[User], Client]
) -> None:
    make_link(cast)
    at = clocks.now()
    server.mood = "unknown"
    alerts.send(at)
    told = {"sign-in-not-told": RULES["sign-in-not-told"]}
    engine.sweep(at, rules=told)
    owed = FollowUp.objects.get(rule="sign-in-not-told")
    assert (owed.state, owed.holder, owed.unit, owed.words) == ("open", cast.sade, cast.unit, {})
    asked = {who: client_of(getattr(cast, who)).get("/work/undelivered").text for who in SEES}
    assert {who: "Changes in how somebody signs in" in page for who, page in asked.items()} == SEES
    assert cast.olu.name in asked["sade"]
    SecurityNotice.objects.update(read_at=at + MINUTE)
    engine.sweep(at + MINUTE, rules=told)
    owed.refresh_from_db()
    assert owed.state == "met"


def come_back(server: MailServer) -> int:
    """The last mail that the server took comes back."""
    named = re.search(r"^Message-ID: (.+)$", server.taken[-1], re.MULTILINE)
    assert named
    return receipts.came_back(named[1].strip(), "smtp-5.1.1", clocks.now())


def test_what_was_taken_and_came_back_is_owed_too(cast: Cast, server: MailServer) -> None:
    make_link(cast)
    at = clocks.now()
    alerts.send(at)
    engine.sweep(at, rules={"sign-in-not-told": RULES["sign-in-not-told"]})
    assert not FollowUp.objects.filter(rule="sign-in-not-told").exists()
    assert (come_back(server), come_back(server)) == (1, 0), "said twice, it counts once"
    engine.sweep(clocks.now(), rules={"sign-in-not-told": RULES["sign-in-not-told"]})
    assert FollowUp.objects.get(rule="sign-in-not-told").holder == cast.sade
    assert alerts.send(at + 60 * MINUTE) == {"accepted": 0, "failed": 0}, "it would come back again"


def test_of_an_agencys_worker_its_administrators_see_it_until_it_is_read(
    cast: Cast, server: MailServer, client_of: Callable[[User], Client]
) -> None:
    actions.make_password_link(by=cast.actor("una"), user=cast.hana)
    alerts.send(clocks.now())
    words = "no e-mail about it reached them"
    assert words not in client_of(cast.una).get("/agency/team").text
    come_back(server)
    assert client_of(cast.una).get("/agency/team").text.count(words) == 1
    assert words not in client_of(cast.wilf).get("/agency/team").text, "of another agency"
    SecurityNotice.objects.update(read_at=clocks.now())
    assert words not in client_of(cast.una).get("/agency/team").text


@pytest.mark.parametrize("mood", ["refuses", "later", "drops"])
def test_what_was_not_taken_is_tried_again(cast: Cast, server: MailServer, mood: Any) -> None:
    make_link(cast)
    at = clocks.now()
    server.mood = mood
    assert alerts.send(at) == {"accepted": 0, "failed": 1}
    server.mood = "takes"
    assert alerts.send(at + MINUTE) == {"accepted": 0, "failed": 0}, "too soon"
    assert alerts.send(at + 3 * MINUTE) == {"accepted": 1, "failed": 0}


def test_a_crash_while_sending_loses_nothing(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_link(cast)
    at = clocks.now()

    def crash(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alerts, "_mark", crash)
        with pytest.raises(KeyboardInterrupt):
            alerts.send(at)
    assert alerts.send(at + MINUTE) == {"accepted": 0, "failed": 0}, "still somebody's"
    assert alerts.send(at + 6 * MINUTE) == {"accepted": 1, "failed": 0}
    first, second = (message_from_string(taken) for taken in server.taken)
    assert first["Message-ID"] == second["Message-ID"] is not None, "so one is shown, not two"
    assert first.get_payload() == second.get_payload()


def test_whoever_has_no_address_reads_it_on_their_page_and_holds_nobody_up(
    cast: Cast, server: MailServer
) -> None:
    User.objects.filter(pk=cast.olu.pk).update(email="")
    for _ in range(3):
        make_link(cast)
    actions.make_password_link(by=cast.actor("lena"), user=cast.petra)
    assert alerts.send(clocks.now()) == {"accepted": 1, "failed": 0}
    assert SecurityNotice.objects.filter(user=cast.olu, read_at=None).count() == 3


def change_address(cast: Cast, email: str) -> None:
    olu = cast.olu
    actions.change_person(
        by=cast.actor("lena"), user=olu, name=olu.name, email=email, mobile=olu.mobile,
        unit=olu.unit, languages=olu.languages,
    )  # fmt: skip


def test_a_changed_address_is_told_to_the_old_one_and_the_new_one_and_the_old_is_then_forgotten(
    cast: Cast, server: MailServer
) -> None:
    change_address(cast, cast.olu.email)
    assert not SecurityNotice.objects.exists(), "nothing changed"
    change_address(cast, "olu.new@northmoor.invalid")
    assert SecurityNotice.objects.filter(user=cast.olu, read_at=None).count() == 1, "told once here"
    assert alerts.send(clocks.now()) == {"accepted": 2, "failed": 0}
    told = "".join(server.taken)
    assert {"To: olu@northmoor.invalid", "To: olu.new@northmoor.invalid"} <= set(told.splitlines())
    assert told.count("Your e-mail address in Holdfast was changed.") == 2
    assert not SecurityNotice.objects.exclude(address="").exists()


def test_the_old_address_hears_of_it_when_there_is_no_new_one(
    cast: Cast, server: MailServer
) -> None:
    change_address(cast, "")
    assert alerts.send(clocks.now()) == {"accepted": 1, "failed": 0}
    assert "To: olu@northmoor.invalid" in server.taken[0].splitlines()
