"""What happened to an agency's referrals: every change is an event, and none slips in before one that was read."""

import time
from collections.abc import Callable
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.utils import Error
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.models import AuditEvent
from casework.actions.person import record_consent
from referrals import actions
from referrals.events import number
from referrals.models import Event, ReferralStatus, SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.cluster import Clone
from tests.referrals.api_client import Caller, caller
from tests.referrals.builders import (
    agree,
    make_draft,
    make_in,
    make_safe_contact,
    make_sent,
    officer,
    system,
)
from victims.models import ConsentOutcome, Purpose

ADDRESS = "/api/v1/events"
LEADS_TO = {
    ReferralStatus.SENT: ["sent"],
    ReferralStatus.NEEDS_INFO: ["sent", "question_asked"],
    ReferralStatus.OPENED: ["sent", "question_asked", "question_answered"],
    ReferralStatus.ACCEPTED: ["sent", "accepted"],
    ReferralStatus.IN_PROGRESS: ["sent", "accepted", "first_contact"],
    ReferralStatus.COMPLETED: ["sent", "accepted", "first_contact", "completed"],
    ReferralStatus.ENDED_EARLY: ["sent", "accepted", "ended_early"],
    ReferralStatus.DECLINED: ["sent", "declined"],
    ReferralStatus.WITHDRAWN: ["sent", "withdrawn"],
    ReferralStatus.IN_ERROR: ["sent", "sent_in_error"],
}


def written(referral: SupportReferral) -> list[str]:
    """The types of a referral's events, as they were written."""
    rows = Event.objects.filter(referral=referral).order_by("written")
    return [event.type.removeprefix("referral.") for event in rows]


def polled(system: Caller, after: int = 0) -> dict[str, Any]:
    answer = system.get(f"{ADDRESS}?after={after}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("status", LEADS_TO)
def test_each_act_is_an_event_with_the_version_that_it_made(cast: Cast, status: str) -> None:
    referral = make_in(status)
    assert written(referral) == LEADS_TO[ReferralStatus(status)]
    versions = [event.version for event in referral.events.order_by("written")]
    assert versions == list(range(versions[0], referral.version + 1))


def test_a_draft_is_no_event_of_anybody(cast: Cast) -> None:
    actions.choose_items(
        referral=make_draft(),
        items=["name"],
        legal_basis="",
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    assert not Event.objects.exists()


def test_what_the_person_takes_back_is_an_event_whether_or_not_the_referral_still_runs(
    cast: Cast,
) -> None:
    running = make_in("accepted")
    ended = make_in("completed", running.case, slug="beacon")
    record_consent(
        case=running.case,
        by=officer(),
        purpose=Purpose.AGENCY,
        outcome=ConsentOutcome.WITHDRAWN,
        decided_at=clocks.now(),
    )
    assert written(running)[-2:] == ["withdrawn", "consent_withdrawn"]
    assert written(ended)[-1:] == ["consent_withdrawn"]


def test_new_rules_for_safe_contact_are_an_event(cast: Cast) -> None:
    case = make_case()
    agree(case)
    make_safe_contact(case)
    draft = actions.choose_items(
        referral=make_draft(case),
        items=["safe_contact"],
        legal_basis="",
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    referral = actions.send_referral(referral=draft, by=officer())
    make_safe_contact(case, channel="email", details="somebody@mail.invalid", code_word="harbour")
    actions.renew_safe_contact(referral=referral, by=officer())
    assert written(referral) == ["sent", "changed"]


def test_a_change_by_sql_alone_is_an_event_too(cast: Cast) -> None:
    referral = make_sent()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_supportreferral SET status = 'withdrawn', withdrawn_at = now(),"
            " version = version + 1 WHERE id = %s",
            [referral.pk],
        )
    assert written(referral) == ["sent", "withdrawn"]


@pytest.mark.parametrize(
    "forgery",
    [
        "INSERT INTO referrals_event (id, written, agency_id, referral_id, type, version, at)"
        " SELECT gen_random_uuid(), 0, agency_id, referral_id, type, version, at FROM referrals_event",
        "UPDATE referrals_event SET type = 'referral.accepted'",
        "UPDATE referrals_event SET number = number + 1",
        "DELETE FROM referrals_event",
    ],
)
def test_nobody_makes_changes_or_takes_away_an_event(cast: Cast, forgery: str) -> None:
    make_sent()
    number(clocks.now())
    for actor in (engine("test"), system(), officer()):
        with (
            acting_as(actor),
            pytest.raises(Error),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(forgery)


def test_each_agency_has_its_own_numbers_from_one_without_a_gap(cast: Cast) -> None:
    make_in("completed")
    make_in("declined", slug="beacon")
    assert number(clocks.now()) == 6
    make_in("accepted")
    assert number(clocks.now()) == 2
    assert number(clocks.now()) == 0
    for slug, count in (("harbour", 6), ("beacon", 2)):
        with acting_as(system(slug)), connection.cursor() as cursor:
            cursor.execute("SELECT number FROM referrals_event ORDER BY number")
            assert [row[0] for row in cursor.fetchall()] == list(range(1, count + 1))
    with acting_as(officer()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_event")
        assert cursor.fetchone()[0] == 0


def test_a_poll_says_what_happened_in_ids_and_types_and_nothing_of_the_person(cast: Cast) -> None:
    referral = make_in("accepted")
    number(clocks.now())
    found = polled(caller("harbour"))
    assert [event["type"] for event in found["results"]] == ["referral.sent", "referral.accepted"]
    assert [event["sequence"] for event in found["results"]] == [1, 2]
    for event in found["results"]:
        assert set(event) == {"id", "sequence", "type", "timestamp", "data"}
        assert set(event["data"]) == {"referral_id", "version"}
        assert event["data"]["referral_id"] == str(referral.pk)
    assert found["next"].endswith("/api/v1/events?after=2")
    assert found["more"] is False
    assert polled(caller("beacon"))["results"] == []


def test_what_is_not_numbered_yet_is_not_given(cast: Cast) -> None:
    make_sent()
    found = polled(caller("harbour"))
    assert (found["results"], found["more"]) == ([], False)
    assert found["next"].endswith("after=0")


def test_asking_after_an_event_gives_the_later_ones_and_asking_in_vain_leaves_no_trace(
    cast: Cast,
) -> None:
    make_in("completed")
    number(clocks.now())
    harbour = caller("harbour")
    assert [event["sequence"] for event in polled(harbour, 2)["results"]] == [3, 4]
    before = AuditEvent.objects.count()
    assert polled(harbour, 4)["results"] == []
    assert polled(harbour, 4)["next"].endswith("after=4")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("after", ["-1", "x", "", "1.5", "٣", "9" * 19, "9" * 5000])
def test_an_after_that_is_no_number_of_ours_is_the_callers_mistake(cast: Cast, after: str) -> None:
    answer = caller("harbour").get(ADDRESS, {"after": after})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/after"


def test_reading_events_needs_its_own_scope_and_no_other(cast: Cast) -> None:
    assert caller("harbour", "events:read").get(ADDRESS).status_code == 200
    assert caller("harbour", "events:read").get("/api/v1/referrals").status_code == 403
    assert caller("harbour", "referrals:read").get(ADDRESS).status_code == 403
    assert Caller("").get(ADDRESS).status_code == 401


def test_a_hundred_events_are_read_at_once_with_as_many_questions_as_one(cast: Cast) -> None:
    harbour = caller("harbour")
    referral = make_sent()
    number(clocks.now())
    with CaptureQueriesContext(connection) as one:
        polled(harbour)
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute(
                "UPDATE referrals_supportreferral SET version = version + 1 WHERE id = %s",
                [referral.pk],
            )
    number(clocks.now())
    with CaptureQueriesContext(connection) as many:
        found = polled(harbour)
    assert (len(found["results"]), found["more"]) == (100, True)
    assert len(many) == len(one)
    assert [event["sequence"] for event in polled(harbour, 100)["results"]] == [101]


def in_a_thread(act: Callable[[], None]) -> Thread:
    """The act on a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def numbers(by: Actor, after: int = 0) -> list[tuple[int | None, str]]:
    """What an agency reads after a number."""
    with acting_as(by):
        rows = Event.objects.visible_to(by).filter(number__gt=after).order_by("number")
        return [(event.number, str(event.referral_id)) for event in rows]


def test_a_transaction_that_commits_late_does_not_slip_behind_what_was_read(
    committed: Clone,
) -> None:
    with acting_as(engine("test")):
        slow, quick = make_draft(), make_draft(make_case())
        agree(slow.case), agree(quick.case)
        harbour, by = system(), officer()
    acted, may_end = Signal(), Signal()

    def send_slowly() -> None:
        with acting_as(by):
            actions.send_referral(referral=SupportReferral.objects.get(pk=slow.pk), by=by)
            acted.set()
            may_end.wait(30)

    late = in_a_thread(send_slowly)
    try:
        assert acted.wait(30)
        with acting_as(by):
            actions.send_referral(referral=SupportReferral.objects.get(pk=quick.pk), by=by)
        number(clocks.now())
        first = numbers(harbour)
    finally:
        may_end.set()
        late.join(30)
    # Written first and committed last: had it the number of its writing, the reader would never see it.
    number(clocks.now())
    assert first == [(1, str(quick.pk))]
    assert numbers(harbour, after=1) == [(2, str(slow.pk))]
    with acting_as(engine("test")):
        order = Event.objects.order_by("written").values_list("referral", flat=True)
        assert list(order) == [slow.pk, quick.pk]


def test_whoever_polls_again_and_again_sees_each_event_once_and_in_order(committed: Clone) -> None:
    writers, each = 4, 6
    with acting_as(engine("test")):
        theirs = [[make_sent(make_case()) for _ in range(each)] for _ in range(writers)]
        harbour = system()
    over = Signal()

    def write(mine: list[SupportReferral]) -> None:
        for place, referral in enumerate(mine):
            with acting_as(harbour):
                actions.accept(referral=referral, worker_name="Hana Wells", by=harbour)
                time.sleep(0.004 * (place % 3))  # commits come in another order than writes
            with acting_as(harbour):
                actions.confirm_first_contact(referral=referral, by=harbour)

    def number_always() -> None:
        while not over.is_set():
            number(clocks.now())

    seen: list[tuple[int | None, str]] = []

    def poll() -> None:
        seen.extend(numbers(harbour, after=seen[-1][0] or 0 if seen else 0))

    busy = [in_a_thread(lambda mine=mine: write(mine)) for mine in theirs]  # type: ignore[misc]
    numbering = [in_a_thread(number_always) for _ in range(2)]
    while any(thread.is_alive() for thread in busy):
        poll()
    for thread in busy:
        thread.join(60)
    over.set()
    for thread in numbering:
        thread.join(60)
    number(clocks.now())
    poll()
    assert [place for place, _ in seen] == list(range(1, 3 * each * writers + 1))
    with acting_as(engine("test")):
        for referral in [row for mine in theirs for row in mine]:
            rows = Event.objects.filter(referral=referral)
            assert list(rows.order_by("number").values_list("version", flat=True)) == [2, 3, 4]
