"""An agency's own administrator keeps its keys, webhooks and team in the browser, and is never two persons."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts import actions as people
from accounts.errors import Refused
from accounts.models import Application, RoleHeld, User
from accounts.permissions import Role
from referrals import actions, delivery, events
from referrals.models import Delivery, Webhook
from tests.cast import Cast
from tests.referrals.api_client import FORM, Caller
from tests.referrals.builders import make_sent, make_webhook
from tests.referrals.internet import HOST, Receiver, status

SignIn = Callable[[User], Client]
URL = f"https://{HOST}/in"


def code(page: str) -> list[str]:
    """What is shown to be copied."""
    return re.findall(r"<code[^>]*>([^<]+)</code>", page)


def token(client_id: str, secret: str) -> str:
    """The token that a key gives, or nothing."""
    form = f"grant_type=client_credentials&client_id={client_id}&client_secret={secret}"
    answer = Client().post("/api/v1/token", f"{form}&scope=referrals:read", content_type=FORM)
    return str(answer.json().get("access_token", ""))


def test_a_key_is_shown_once_opens_the_api_and_is_shut_at_once_when_it_is_revoked(
    cast: Cast, client_of: SignIn
) -> None:
    una = client_of(cast.una)
    made = una.post("/agency/keys/new", {"name": "Case system"})
    client_id, secret = code(made.text)
    given = token(client_id, secret)
    assert Caller(given).get("/api/v1/referrals").status_code == 200
    key = Application.objects.get(client_id=client_id)
    assert secret not in key.client_secret
    listed = una.get("/agency/keys").text
    assert "Case system" in listed
    assert secret not in listed
    assert "shut out at once" in una.get(f"/agency/keys/{key.pk}/revoke").text
    una.post(f"/agency/keys/{key.pk}/revoke")
    assert Caller(given).get("/api/v1/referrals").status_code == 401
    assert token(client_id, secret) == ""


def test_an_agency_that_takes_no_referrals_has_no_key_that_opens(
    cast: Cast, client_of: SignIn
) -> None:
    client_id, secret = code(client_of(cast.una).post("/agency/keys/new", {"name": "x"}).text)
    cast.harbour.is_active = False
    cast.harbour.save()
    assert token(client_id, secret) == ""


def test_a_key_of_another_agency_is_not_there(cast: Cast, client_of: SignIn) -> None:
    client_of(cast.una).post("/agency/keys/new", {"name": "Case system"})
    key = Application.objects.get(name="Case system")
    wilf = client_of(cast.wilf)
    assert "Case system" not in wilf.get("/agency/keys").text
    assert wilf.post(f"/agency/keys/{key.pk}/revoke").status_code == 404
    assert Application.objects.get(pk=key.pk).revoked_at is None


def test_a_key_without_a_name_is_asked_for_it_and_an_eleventh_is_refused(
    cast: Cast, client_of: SignIn
) -> None:
    una = client_of(cast.una)
    assert una.post("/agency/keys/new", {"name": ""}).status_code == 400
    for place in range(10):
        una.post("/agency/keys/new", {"name": f"System {place}"})
    refused = una.post("/agency/keys/new", {"name": "One more"})
    assert refused.status_code == 400
    assert "Revoke one that is not used" in refused.text


def test_an_address_is_proposed_by_one_confirmed_by_another_tried_and_its_log_read(
    cast: Cast, client_of: SignIn, receiver: Receiver
) -> None:
    una, cal = client_of(cast.una), client_of(cast.cal)
    proposed = una.post("/agency/webhooks/new", {"url": URL})
    [secret] = code(proposed.text)
    assert secret.startswith("whsec_")
    path = f"/agency/webhooks/{Webhook.objects.get().pk}"
    assert "Another administrator" in una.get(path).text
    assert una.post(f"{path}/confirm").status_code == 403
    cal.post(f"{path}/confirm")
    una.post(f"{path}/test")
    receiver.answer = status(500)
    make_sent()
    for _ in range(2):
        events.number(clocks.now())
        delivery.turn(clocks.now())
    page = una.get(path).text
    assert "Your system answered 500" in page
    assert "Sent to you" in page
    sent = Delivery.objects.get(number=1)
    one = una.get(f"{path}/log/{sent.pk}").text
    assert str(sent.event_id) in one
    assert secret not in page + one


def test_what_was_given_up_is_sent_again_by_one_press(
    cast: Cast, client_of: SignIn, receiver: Receiver
) -> None:
    webhook = make_webhook()
    make_sent()
    events.number(clocks.now())
    delivery.make(clocks.now())
    Delivery.objects.update(state="dead", failed_at=clocks.now())
    una, path = client_of(cast.una), f"/agency/webhooks/{webhook.pk}"
    assert "Send the one that was given up again" in una.get(path).text
    assert "1 is sent again" in una.post(f"{path}/again", follow=True).text
    delivery.turn(clocks.now())
    assert len(receiver.got) == 1
    one = Delivery.objects.get()
    una.post(f"{path}/log/{one.pk}/again")
    delivery.turn(clocks.now())
    assert len(receiver.got) == 2


def test_a_secret_is_renewed_shown_once_and_the_old_one_ended(
    cast: Cast, client_of: SignIn
) -> None:
    webhook = make_webhook()
    una, path = client_of(cast.una), f"/agency/webhooks/{webhook.pk}"
    [secret] = code(una.post(f"{path}/secret").text)
    page = una.get(path).text
    assert secret not in page
    assert "End the old secret now" in page
    una.post(f"{path}/end-old-secrets")
    assert "End the old secret now" not in una.get(path).text


def test_switching_off_and_on_and_removing(cast: Cast, client_of: SignIn) -> None:
    webhook = make_webhook()
    una, path = client_of(cast.una), f"/agency/webhooks/{webhook.pk}"
    assert "Switched off" in una.post(f"{path}/off", follow=True).text
    assert "Switch it on first" in una.post(f"{path}/test", follow=True).text
    assert "Switched on" in una.post(f"{path}/on", follow=True).text
    assert "Remove this address?" in una.get(f"{path}/remove").text
    una.post(f"{path}/remove")
    listed = una.get("/agency/webhooks").text
    assert listed.index("Removed addresses") < listed.index(URL)


def test_the_log_of_a_removed_address_can_be_read_and_nothing_more_done_there(
    cast: Cast, client_of: SignIn
) -> None:
    webhook = make_webhook()
    make_sent()
    events.number(clocks.now())
    delivery.make(clocks.now())
    Delivery.objects.update(state="dead", failed_at=clocks.now())
    una, path = client_of(cast.una), f"/agency/webhooks/{webhook.pk}"
    una.post(f"{path}/remove")
    page = una.get(path).text
    assert "Sent to you" in page
    assert "This address was removed" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]
    one = una.get(f"{path}/log/{Delivery.objects.get().pk}").text
    assert "Given up" in one
    assert "Send it again" not in one
    for act in (
        "on",
        "off",
        "test",
        "secret",
        "again",
        "remove",
        f"log/{Delivery.objects.get().pk}/again",
    ):
        assert una.post(f"{path}/{act}").status_code == 404, act
    assert client_of(cast.wilf).get(path).status_code == 404


def test_the_log_shows_only_what_was_given_up_waits_or_was_received(
    cast: Cast, client_of: SignIn
) -> None:
    webhook = make_webhook()
    for _ in range(4):
        make_sent()
    events.number(clocks.now())
    delivery.make(clocks.now())
    at = clocks.now()
    Delivery.objects.filter(number=1).update(state="dead", failed_at=at)
    Delivery.objects.filter(number__in=(2, 3)).update(state="delivered", delivered_at=at)
    una, path = client_of(cast.una), f"/agency/webhooks/{webhook.pk}"
    for state, numbers in (
        ("dead", {1}),
        ("delivered", {2, 3}),
        ("queued", {4}),
        ("", {1, 2, 3, 4}),
        ("nonsense", {1, 2, 3, 4}),
    ):
        page = una.get(f"{path}?state={state}").text
        assert {int(n) for n in re.findall(r">(\d): Sent to you<", page)} == numbers, state
    Delivery.objects.filter(number=1).update(state="queued")
    assert "None of these" in una.get(f"{path}?state=dead").text


def test_a_wrong_address_keeps_what_was_typed_and_says_what_to_do(
    cast: Cast, client_of: SignIn
) -> None:
    una = client_of(cast.una)
    for url in ("http://hooks.harbour.invalid/", "https://10.0.0.5/", ""):
        refused = una.post("/agency/webhooks/new", {"url": url})
        assert refused.status_code == 400
        assert f'value="{url}"' in refused.text or not url
    assert not Webhook.objects.exists()


def test_another_agencys_webhook_is_not_there_for_any_act(cast: Cast, client_of: SignIn) -> None:
    path = f"/agency/webhooks/{make_webhook().pk}"
    wilf = client_of(cast.wilf)
    assert wilf.get(path).status_code == 404
    for act in ("confirm", "on", "off", "test", "secret", "again", "remove", "end-old-secrets"):
        assert wilf.post(f"{path}/{act}").status_code == 404, act


def test_a_force_is_the_second_person_or_says_no_and_sees_what_does_not_arrive(
    cast: Cast, client_of: SignIn
) -> None:
    una, lena = client_of(cast.una), client_of(cast.lena)
    una.post("/agency/webhooks/new", {"url": URL})
    una.post("/agency/webhooks/new", {"url": f"{URL}/other"})
    page = lena.get("/agencies/manage/webhooks").text
    assert URL in page
    first, second = (Webhook.objects.get(url=url) for url in (URL, f"{URL}/other"))
    lena.post(f"/agencies/manage/webhooks/{first.pk}/confirm")
    lena.post(f"/agencies/manage/webhooks/{second.pk}/refuse")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.confirmed_by, first.is_on) == (cast.lena, True)
    assert (second.confirmed_at, second.ended_by) == (None, cast.lena)
    make_sent()
    events.number(clocks.now())
    delivery.make(clocks.now())
    Delivery.objects.update(state="dead", failed_at=clocks.now())
    page = lena.get("/agencies/manage/webhooks").text
    assert re.search(r"Given up\s*</dt>\s*<dd[^>]*>\s*1\s*<", page)


@pytest.mark.parametrize("address", ["/agency/webhooks", "/agencies/manage/webhooks"])
def test_a_list_asks_as_often_for_many_as_for_one(
    cast: Cast, client_of: SignIn, address: str
) -> None:
    client = client_of(cast.una if "manage" not in address else cast.lena)
    make_webhook()
    client.get(address)  # the session knows its place
    for place in range(2):  # one in use, one removed
        webhook = make_webhook(url=f"{URL}/gone-{place}")
        actions.end_webhook(webhook=webhook, by=cast.actor("una"))
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for place in range(4):
        webhook = make_webhook(url=f"{URL}/{place}")
        if place % 2:
            actions.end_webhook(webhook=webhook, by=cast.actor("una"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def test_the_log_asks_as_often_for_fifty_lines_as_for_one(cast: Cast, client_of: SignIn) -> None:
    webhook, una = make_webhook(), client_of(cast.una)
    actions.try_webhook(webhook=webhook, by=cast.actor("una"))
    una.get(f"/agency/webhooks/{webhook.pk}")  # the session knows its place
    with CaptureQueriesContext(connection) as one:
        una.get(f"/agency/webhooks/{webhook.pk}")
    referral = make_sent()
    with connection.cursor() as cursor:
        for _ in range(50):
            cursor.execute(
                "UPDATE referrals_supportreferral SET version = version + 1 WHERE id = %s",
                [referral.pk],
            )
    events.number(clocks.now())
    delivery.make(clocks.now())
    with CaptureQueriesContext(connection) as many:
        una.get(f"/agency/webhooks/{webhook.pk}")
    assert len(many) == len(one)


# The team.


def test_a_colleague_is_added_signs_in_by_a_link_and_leaves(cast: Cast, client_of: SignIn) -> None:
    una = client_of(cast.una)
    added = una.post("/agency/team/new", {"username": "ottilie", "name": "Ottilie Reed"})
    assert "set-password" in code(added.text)[0] or "token=" in code(added.text)[0]
    user = User.objects.get(username="ottilie")
    assert user.agency == cast.harbour
    assert [row.role for row in user.roles.all()] == [Role.AGENCY_WORKER]
    assert "Ottilie Reed" in una.get("/agency/team").text
    assert "cannot sign in again" in una.get(f"/agency/team/{user.pk}/leave").text
    una.post(f"/agency/team/{user.pk}/leave")
    user.refresh_from_db()
    assert (user.is_active, user.roles.count()) == (False, 0)


def test_a_sign_in_name_that_is_taken_keeps_what_was_typed(cast: Cast, client_of: SignIn) -> None:
    refused = client_of(cast.una).post("/agency/team/new", {"username": "olu", "name": "Ottilie"})
    assert refused.status_code == 400
    assert 'value="Ottilie"' in refused.text


@pytest.mark.parametrize("who", ["bea", "wilf", "olu"])
def test_nobody_of_another_house_is_a_colleague(cast: Cast, client_of: SignIn, who: str) -> None:
    una, other = client_of(cast.una), getattr(cast, who)
    assert una.post(f"/agency/team/{other.pk}/leave").status_code == 404
    assert una.post(f"/agency/team/{other.pk}/link").status_code == 404
    for act in (people.leave, people.make_password_link):
        with pytest.raises(Refused):
            act(by=cast.actor("una"), user=other)


def test_an_administrator_cannot_make_up_a_second_person(cast: Cast, client_of: SignIn) -> None:
    una = client_of(cast.una)
    assert una.post(f"/agency/team/{cast.cal.pk}/link").status_code == 403
    assert una.post(f"/agency/team/{cast.una.pk}/leave").status_code == 403
    assert (
        una.post(f"/people/{cast.hana.pk}/roles", {"roles": ["agency_administrator"]}).status_code
        == 403
    )
    with pytest.raises(Refused):
        people.give_role(by=cast.actor("una"), user=cast.hana, role=Role.AGENCY_ADMINISTRATOR)


def test_a_force_makes_somebody_an_administrator_of_their_agency(
    cast: Cast, client_of: SignIn
) -> None:
    lena = client_of(cast.lena)
    assert "Agency administrator" in lena.get(f"/people/{cast.hana.pk}/roles").text
    lena.post(f"/people/{cast.hana.pk}/roles", {"roles": ["agency_worker", "agency_administrator"]})
    held = set(RoleHeld.objects.filter(user=cast.hana).values_list("role", flat=True))
    assert held == {Role.AGENCY_WORKER, Role.AGENCY_ADMINISTRATOR}
    assert client_of(cast.hana).get("/agency/team").status_code == 200


def test_an_administrator_who_answers_no_referrals_sees_none_and_begins_at_the_team(
    cast: Cast, client_of: SignIn
) -> None:
    una = client_of(cast.una)
    assert una.get("/").headers["Location"] == "/agency/team"
    assert una.get("/agency").status_code == 403
    assert client_of(cast.cal).get("/").headers["Location"] == "/agency"
