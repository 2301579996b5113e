"""One Idempotency-Key, one effect, one answer: again, at once, with another body, by another agency, after a night."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection, connections, transaction

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import AuditEvent
from followups import tasks
from referrals import actions
from referrals.api import views
from referrals.models import KeptAnswer, SupportReferral
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.cluster import Clone
from tests.referrals.api_client import Caller, caller
from tests.referrals.builders import agree, make_in, make_sent, officer, system
from tests.referrals.server import up
from tests.referrals.test_api import ACTS, is_problem

AT_ONCE = 100
ACCEPT = {"worker_name": "Hana Wells"}


@pytest.fixture
def harbour(cast: Cast) -> Caller:
    return caller("harbour")


def same(first: Any, second: Any) -> bool:
    return (first.status_code, first.content, first.headers.get("ETag"), first["Content-Type"]) == (
        (second.status_code, second.content, second.headers.get("ETag"), second["Content-Type"])
    )


def moves(referral: SupportReferral) -> int:
    acts = ("supportreferral.moved", "referral.reviewed", "referral.worker_changed")
    return AuditEvent.objects.filter(
        verb__in=acts, subject_id=str(referral.pk), actor_kind="agency"
    ).count()


@pytest.mark.parametrize("name", ACTS)
def test_the_same_request_again_does_nothing_and_gets_the_same_answer(
    harbour: Caller, name: str
) -> None:
    status, good, _bad, _pointer = ACTS[name]
    referral = make_in(status)
    before = moves(referral)
    first, second = (harbour.act(referral.pk, name, good, key="one") for _ in range(2))
    assert first.status_code == 200
    assert same(first, second)
    assert moves(referral) == before + 1


def test_a_replay_is_answered_as_then_whatever_has_happened_since(harbour: Caller) -> None:
    referral = make_sent()
    first = harbour.act(referral.pk, "accept", ACCEPT, key="one")
    actions.confirm_first_contact(referral=referral, by=system())
    again = harbour.act(referral.pk, "accept", ACCEPT, key="one")
    assert same(first, again)
    assert again.json()["status"] == "accepted"


@pytest.mark.parametrize("tag", ["", '"1"', '"999"', "*", "x"])
def test_a_replay_is_answered_before_if_match_is_looked_at(harbour: Caller, tag: str) -> None:
    referral = make_sent()
    first = harbour.act(referral.pk, "accept", ACCEPT, key="one")
    assert same(first, harbour.act(referral.pk, "accept", ACCEPT, key="one", tag=tag))


@pytest.mark.parametrize(
    ("body", "tag", "status"),
    [({"worker_name": ""}, None, 400), (b"{", None, 400), (ACCEPT, '"999"', 412)],
    ids=["invalid", "malformed", "stale"],
)
def test_an_error_is_an_answer_too(
    harbour: Caller, body: Any, tag: str | None, status: int
) -> None:
    referral = make_sent()
    first = harbour.act(referral.pk, "accept", body, tag=tag, key="one")
    again = harbour.act(referral.pk, "accept", body, key="one")
    assert first.status_code == status
    assert same(first, again)
    assert SupportReferral.objects.get(pk=referral.pk).status == "sent"


def test_a_conflict_stays_one_under_its_key_and_not_under_a_new_one(harbour: Caller) -> None:
    referral = make_sent()
    told = harbour.act(referral.pk, "first-contact", {}, key="one")
    assert is_problem(told, 409, "conflict")
    harbour.act(referral.pk, "accept", ACCEPT)
    assert same(told, harbour.act(referral.pk, "first-contact", {}, key="one"))
    assert harbour.act(referral.pk, "first-contact", {}, key="two").status_code == 200


def test_a_refusal_that_is_answered_again_is_written_down_again(cast: Cast) -> None:
    referral, beacon = make_sent(), caller("beacon")
    for times in (1, 2):
        assert is_problem(
            beacon.act(referral.pk, "accept", ACCEPT, tag='"1"', key="one"), 404, "not-found"
        )
        assert AuditEvent.objects.filter(verb="access.refused").count() == times


def test_a_key_without_if_match_is_still_unused(harbour: Caller) -> None:
    referral = make_sent()
    told = harbour.act(referral.pk, "accept", ACCEPT, tag="", key="one")
    assert is_problem(told, 428, "precondition-required")
    assert harbour.act(referral.pk, "accept", ACCEPT, key="one").status_code == 200


def test_the_same_key_with_anything_else_is_refused_and_does_nothing(harbour: Caller) -> None:
    referral, other = make_sent(), make_sent()
    harbour.act(referral.pk, "ask", {"text": "Which day?"}, key="one")
    for pk, name, body in (
        (referral.pk, "ask", {"text": "Which night?"}),
        (referral.pk, "accept", ACCEPT),
        (other.pk, "ask", {"text": "Which day?"}),
    ):
        assert is_problem(harbour.act(pk, name, body, key="one"), 422, "idempotency-key-used")
    assert SupportReferral.objects.get(pk=other.pk).status == "sent"
    assert SupportReferral.objects.get(pk=referral.pk).status == "needs_info"


@pytest.mark.parametrize("key", ["", " ", '""', "x" * 256, "a\tb", 'a"b', "schlüssel"])
def test_an_act_needs_a_key_that_can_be_read(harbour: Caller, key: str) -> None:
    referral = make_sent()
    answer = harbour.act(referral.pk, "accept", ACCEPT, key=key)
    assert is_problem(answer, 400, "idempotency-key-missing")
    assert SupportReferral.objects.get(pk=referral.pk).status == "sent"


def test_a_key_in_quotation_marks_is_the_same_key(harbour: Caller) -> None:
    referral = make_sent()
    first = harbour.act(referral.pk, "accept", ACCEPT, key='"one"')
    assert same(first, harbour.act(referral.pk, "accept", ACCEPT, key="one"))


def test_another_agencys_key_tells_nothing(cast: Cast) -> None:
    ours, theirs = make_sent(), make_sent(slug="beacon")
    harbour, beacon = caller("harbour"), caller("beacon")
    assert harbour.act(ours.pk, "decline", {"reason": "other"}, key="one").status_code == 200
    assert beacon.act(theirs.pk, "accept", ACCEPT, key="one").status_code == 200
    with acting_as(system("beacon")):
        assert KeptAnswer.objects.count() == 1


def test_what_breaks_leaves_the_key_unused(harbour: Caller, monkeypatch: Any) -> None:
    referral = make_sent()
    harbour.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("referrals.actions.agency.tell_case", None)
        told = harbour.act(referral.pk, "accept", ACCEPT, key="one")
        assert is_problem(told, 500, "server-error")
    assert harbour.act(referral.pk, "accept", ACCEPT, key="one").status_code == 200


def test_a_body_that_is_too_large_is_refused(harbour: Caller) -> None:
    body = b'{"worker_name": "' + b"x" * 3_000_000 + b'"}'
    assert is_problem(harbour.act(make_sent().pk, "accept", body), 413, "too-large")


def test_what_is_kept_is_sealed_and_says_nothing_of_the_person(harbour: Caller) -> None:
    case = make_case(victim=make_victim(called="Mai"))
    agree(case)
    referral = make_sent(case)
    shown = harbour.act(referral.pk, "accept", ACCEPT, key="Mai-Nguyen")
    assert "Mai" in shown.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM referrals_keptanswer k")
        ((lies,),) = cursor.fetchall()
    kept = KeptAnswer.objects.get()
    assert "Hana Wells" in kept.answer
    assert [word for word in ("Mai", "Hana", "accepted") if word in lies] == []
    assert "Mai" not in kept.answer


def test_what_was_taken_back_is_not_given_again(harbour: Caller) -> None:
    case = make_case(victim=make_victim(called="Mai"))
    agree(case)
    referral = make_sent(case)
    first = harbour.act(referral.pk, "accept", ACCEPT, key="one").json()
    assert first["shared"]["name"] == "Mai"
    actions.withdraw(referral=referral, by=officer())
    again = harbour.act(referral.pk, "accept", ACCEPT, key="one").json()
    assert again["status"] == "accepted"
    assert (again["minimum"], again["shared"], again["questions"]) == (None, None, [])


def test_an_answer_is_kept_for_a_day_and_gone_after_the_next_night(
    harbour: Caller, monkeypatch: Any
) -> None:
    referral = make_sent()
    harbour.act(referral.pk, "accept", ACCEPT, key="one")
    KeptAnswer.objects.create(
        application=KeptAnswer.objects.get().application,
        agency=referral.agency,
        digest="old",
        answer="{}",
        kept_at=clocks.now() - timedelta(hours=24, minutes=1),
    )
    tasks.check()
    assert KeptAnswer.objects.exclude(digest="old").count() == KeptAnswer.objects.count() == 1


@pytest.mark.parametrize("sql", ["UPDATE referrals_keptanswer SET digest = ''"])
def test_an_agency_cannot_change_what_was_answered(harbour: Caller, sql: str) -> None:
    harbour.act(make_sent().pk, "accept", ACCEPT)
    with (
        acting_as(system()),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


# Really at once: with commits, on connections of their own.


def sent_and_called(slug: str = "harbour") -> tuple[SupportReferral, Caller]:
    with acting_as(engine("test")):
        return make_sent(), caller(slug)


def test_a_hundred_at_once_have_one_effect_and_a_hundred_equal_answers(committed: Clone) -> None:
    referral, harbour = sent_and_called()
    ready = Barrier(AT_ONCE)
    address = f"/api/v1/referrals/{referral.pk}/accept"
    headers = {
        "Authorization": f"Bearer {harbour.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": "one",
        "If-Match": f'"{referral.version}"',
    }
    with up(committed, WEB_THREADS="24", RATE_WRITE="1000/min") as site:
        host = urlsplit(site["SITE_URL"]).netloc

        def accept(_number: int) -> tuple[int, bytes, str | None]:
            ready.wait(timeout=60)
            with closing(http.client.HTTPConnection(host, timeout=60)) as link:
                link.request("POST", address, json.dumps(ACCEPT), headers)
                answer = link.getresponse()
                return answer.status, answer.read(), answer.headers["ETag"]

        with ThreadPoolExecutor(AT_ONCE) as threads:
            answers = list(threads.map(accept, range(AT_ONCE)))
    assert len(answers) == AT_ONCE
    assert {status for status, _body, _tag in answers} == {200}
    assert len(set(answers)) == 1
    with acting_as(engine("test")):
        assert moves(referral) == 1
        assert KeptAnswer.objects.count() == 1
        assert SupportReferral.objects.get(pk=referral.pk).version == referral.version + 1


@pytest.mark.parametrize("patience", [60, 0.2])
def test_whoever_comes_second_waits_for_the_first_and_only_so_long(
    committed: Clone, monkeypatch: Any, patience: float
) -> None:
    monkeypatch.setattr("referrals.api.once.PATIENCE", timedelta(seconds=patience))
    referral, harbour = sent_and_called()
    tag = f'"{referral.version}"'
    begun, let_go, answers = Event(), Event(), {}
    real = actions.accept

    def slowly(**asked: Any) -> SupportReferral:
        begun.set()
        let_go.wait(timeout=60)
        return real(**asked)

    monkeypatch.setattr(views.ACTS["accept"], "verb", staticmethod(slowly))

    def ask(who: str) -> None:
        try:
            answers[who] = Caller(harbour.token).act(
                referral.pk, "accept", ACCEPT, tag=tag, key="one"
            )
        finally:
            connections.close_all()

    first, second = Thread(target=ask, args=["first"]), Thread(target=ask, args=["second"])
    first.start()
    assert begun.wait(timeout=60)
    second.start()
    if patience < 1:
        second.join(timeout=60)
        assert is_problem_of_waiting(answers["second"])
    else:
        until_it_waits()
    let_go.set()
    first.join(timeout=60)
    second.join(timeout=60)
    assert answers["first"].status_code == 200
    if patience > 1:
        assert same(answers["first"], answers["second"])


def is_problem_of_waiting(answer: Any) -> bool:
    assert answer["Retry-After"] == "1"
    assert answer.json()["type"].endswith("/in-flight")
    return bool(answer.status_code == 409)


def until_it_waits() -> None:
    """Until somebody stands at the lock."""
    for _again in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")
