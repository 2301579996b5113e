"""What did not arrive is on a page, can be tried again, and everybody sees what was sent; an outage is no flood."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.errors import Conflict
from accounts.models import AuditEvent, Scope, User
from accounts.scoping import NotVisible
from casework.models import Case
from clocks import frozen
from followups import actions, delivery, engine, queues, receipts
from followups.models import FollowUp, Notice, Step
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import AT

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOME = {slug: RULES[slug] for slug in ("crime-not-recorded", "needs-not-assessed")}
DUE = AT + DAY


def failed(cases: int = 1) -> Notice:
    """The owner's message about so many cases came back."""
    for _ in range(cases):
        make_case(at=AT)
    engine.sweep(DUE, rules=SOME)
    delivery.dispatch(DUE)
    Notice.objects.filter(channel="email", state="accepted").update(
        state="bounced", failed_at=DUE, problem="smtp-5.1.1"
    )
    return Notice.objects.filter(channel="email", person__username="olu").first()


def states() -> list[str]:
    """How far the owner's mail has got."""
    mails = Notice.objects.filter(channel="email", person__username="olu")
    return list(mails.values_list("state", flat=True))


def open_as(client: Client, user: Any, path: str) -> str:
    client.force_login(user)
    with frozen(DUE + MINUTE):
        return client.get(path).content.decode()


def test_the_supervisor_sees_it_and_it_is_sent_again(cast: Cast, client: Client) -> None:
    notice = failed()
    assert "Try again to reach" in open_as(client, cast.sade, "/work/undelivered")
    with frozen(DUE + MINUTE):
        client.post(f"/work/undelivered/{notice.pk}/again")
    sent = len(mail.outbox)
    delivery.dispatch(DUE + 2 * MINUTE)
    assert len(mail.outbox) == sent + 1
    assert set(Notice.objects.filter(person=cast.olu).values_list("state", flat=True)) == {
        "accepted"
    }


def test_what_is_sent_again_has_a_name_of_its_own(cast: Cast, client: Client) -> None:
    """A report on the first message says nothing of the second, and asking for the second finds no first."""
    notice = failed()
    with frozen(DUE + MINUTE):
        actions.send_again(notice_id=notice.pk, by=cast.actor("sade"))
    delivery.dispatch(DUE + 2 * MINUTE)
    assert Notice.objects.get(pk=notice.pk).message_id not in {"", notice.message_id}
    assert receipts.came_back(notice.message_id, "smtp-5.1.1", DUE + 3 * MINUTE) == 0
    assert set(states()) == {"accepted"}


class TestTheSupervisorsDuty:
    """It does not end by itself: only when a message arrived, or nothing came back of one for a day."""

    def swept(self, notice: Notice, at: Any) -> str:
        engine.sweep(at, rules={"notice-not-delivered": RULES["notice-not-delivered"]})
        rule = "notice-not-delivered"
        return FollowUp.objects.get(rule=rule, subject_id=notice.pk).state

    def another(self, notice: Notice, state: str, at: Any) -> None:
        """A later message to the same person, which got so far."""
        step = Step.objects.exclude(notices__person=notice.person, notices__channel="email").first()
        step = step or Step.objects.create(
            followup=notice.step.followup, round=1, rung=3, to="owner", reached_at=at, made_at=at
        )
        over = {"delivered_at": at} if state == "delivered" else {}
        over |= {"failed_at": at} if state == "bounced" else {}
        Notice.objects.create(
            step=step, person=notice.person, channel="email", state=state,
            made_at=at, send_after=at, accepted_at=at, **over,
        )  # fmt: skip

    def test_a_message_that_was_only_taken_ends_it_after_a_day_without_a_word(
        self, cast: Cast
    ) -> None:
        notice = failed()
        assert self.swept(notice, DUE) == "open"
        self.another(notice, "accepted", DUE + MINUTE)
        assert self.swept(notice, DUE + DAY) == "open"
        assert self.swept(notice, DUE + DAY + MINUTE) in {"met", "met_late"}

    def test_one_that_arrived_ends_it_at_once(self, cast: Cast) -> None:
        notice = failed()
        self.swept(notice, DUE)
        self.another(notice, "delivered", DUE + MINUTE)
        assert self.swept(notice, DUE + 2 * MINUTE) == "met"

    def test_sent_again_it_rests_and_is_owed_anew_when_that_comes_back(self, cast: Cast) -> None:
        notice = failed()
        self.swept(notice, DUE)
        with frozen(DUE + MINUTE):
            actions.send_again(notice_id=notice.pk, by=cast.actor("sade"))
        assert self.swept(notice, DUE + MINUTE) == "open"
        delivery.dispatch(DUE + 2 * MINUTE)
        assert self.swept(notice, DUE + 3 * MINUTE) == "void"
        again = Notice.objects.get(pk=notice.pk).message_id
        receipts.came_back(again, "smtp-5.1.1", DUE + 4 * MINUTE)
        assert self.swept(notice, DUE + 5 * MINUTE) == "open"


def test_of_two_who_try_again_the_second_is_told(cast: Cast) -> None:
    notice = failed()
    actions.send_again(notice_id=notice.pk, by=cast.actor("sade"))
    with pytest.raises(Conflict):
        actions.send_again(notice_id=notice.pk, by=cast.actor("sade"))


@pytest.mark.parametrize("who", ["dov", "gus"])  # of another unit, and of another force
def test_another_units_supervisor_neither_sees_it_nor_sends_it(
    cast: Cast, client: Client, who: str
) -> None:
    notice = failed()
    page = open_as(client, getattr(cast, who), "/work/undelivered")
    assert "Try again to reach" not in page
    assert cast.olu.name not in page
    with frozen(DUE + MINUTE):
        assert client.post(f"/work/undelivered/{notice.pk}/again").status_code == 404
        with pytest.raises(NotVisible):
            actions.send_again(notice_id=notice.pk, by=cast.actor(who))
    assert set(states()) == {"bounced"}
    assert AuditEvent.objects.filter(verb="access.refused", actor_id=getattr(cast, who).pk).exists()


def test_an_officer_does_not_send_again(cast: Cast, client: Client) -> None:
    notice = failed()
    client.force_login(cast.olu)
    assert client.post(f"/work/undelivered/{notice.pk}/again").status_code == 403
    assert set(states()) == {"bounced"}


@pytest.mark.parametrize(("path", "who"), [("/me", "olu"), ("/work/undelivered", "sade")])
def test_a_list_asks_as_much_for_one_row_as_for_fifty(
    cast: Cast, client: Client, path: str, who: str
) -> None:
    client.force_login(getattr(cast, who))
    asked = []
    for cases in (1, 25):
        failed(cases)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_each_person_sees_how_far_it_got_and_the_case_who_was_told(
    cast: Cast, client: Client
) -> None:
    failed()
    case = FollowUp.objects.first().case
    assert "Sent, and came back" in open_as(client, cast.olu, "/me")
    told = open_as(client, cast.olu, f"/cases/{case.reference}/reminders")
    assert "On their own page" in told
    assert "Sent, and came back" in told
    assert cast.olu.name in told


def test_pages_say_when_it_went_when_it_failed_and_why(cast: Cast, client: Client) -> None:
    notice = failed()
    Notice.objects.filter(pk=notice.pk).update(
        made_at=DUE, accepted_at=DUE + 8 * HOUR, failed_at=DUE + 9 * HOUR
    )
    case = notice.step.followup.case
    for user, path in (
        (cast.olu, "/me"),
        (cast.sade, f"/cases/{case.reference}/reminders"),
        (cast.sade, f"/work/followup/{notice.step.followup_id}"),
    ):
        page = open_as(client, user, path)
        assert "By e-mail: Sent, and came back, " in page, path
        assert "7pm" in page, path
        assert "Have it put right." in page, path


@pytest.mark.parametrize(
    ("state", "times", "said"),
    [
        ("queued", {}, "Waiting to be sent, not before"),
        ("accepted", {"accepted_at": DUE + 8 * HOUR}, "Sent, "),
        ("delivered", {"accepted_at": DUE, "delivered_at": DUE + 8 * HOUR}, "Delivered, "),
        ("dead", {"failed_at": DUE + 8 * HOUR}, "Could not be sent, "),
    ],
)
def test_each_state_is_said_with_its_own_time(
    cast: Cast, state: str, times: dict[str, Any], said: str
) -> None:
    notice = Notice(channel="email", state=state, made_at=DUE, send_after=DUE + 8 * HOUR, **times)
    words = queues.how_far(notice, DUE + 10 * HOUR)
    assert said in words
    assert "6pm" in words


def test_what_one_was_told_stays_on_ones_page_when_the_case_is_out_of_reach(
    cast: Cast, client: Client
) -> None:
    notice = failed()
    case = notice.step.followup.case
    assert case.reference in open_as(client, cast.olu, "/me")
    User.objects.filter(pk=cast.olu.pk).update(unit=cast.other_unit)
    Case.objects.filter(pk=case.pk).update(owner=None, status="new")
    Scope.objects.filter(pk=case.scope_id).update(restriction="covert")
    FollowUp.objects.update(owner=None, holder=cast.sade)
    page = open_as(client, cast.olu, "/me")
    assert "About something that you no longer see" in page
    assert "By e-mail: Sent, and came back" in page
    assert case.reference not in page


def test_after_three_days_off_each_person_gets_one_message_about_everything(cast: Cast) -> None:
    cases = [make_case(at=AT + hour * timedelta(minutes=20)) for hour in range(150)]
    engine.sweep(AT)
    delivery.dispatch(AT)
    mail.outbox.clear()
    back = AT + 3 * DAY + timedelta(hours=2)
    for round_ in range(4):
        engine.sweep(back + round_ * MINUTE / 2)
        delivery.dispatch(back + round_ * MINUTE / 2)
    people = [message.to[0] for message in mail.outbox]
    assert len(people) == len(set(people)) >= 2
    overdue = FollowUp.objects.open().filter(due_at__lte=back)
    assert overdue.count() > len(cases)
    assert not overdue.exclude(steps__rung=1).exists()
    assert not Step.objects.exclude(notices__channel="page").exists()
    waiting = Notice.objects.filter(state="queued")
    assert not waiting.exists()
