"""Whoever opens a case outside their own work says why first, where the force asks; once for each case and day."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.context import acting_as
from accounts.models import AuditEvent, Force, GrantKind, Restriction, ScopeGrant, Supervision, User
from accounts.reasons import AsksWhy, Look
from casework.models import Case
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.house.routes import routes
from tests.referrals.builders import make_sent

Browser = Callable[[User], Client]
ASKED = "Say why you open this case"
TOLD = {"why_reason": "told_to", "why_words": ""}


@pytest.fixture
def asks(cast: Cast) -> Callable[[AsksWhy], None]:
    """Northmoor asks as given."""

    def of(policy: AsksWhy) -> None:
        Force.objects.filter(pk=cast.force.pk).update(asks_why=policy)

    of(AsksWhy.OTHER_UNITS)
    return of


def viewed(case: Case, who: User) -> int:
    return AuditEvent.objects.filter(
        verb="case.viewed", scope_id=case.scope_id, actor_id=who.pk
    ).count()


def test_a_new_force_asks_whoever_opens_a_case_of_another_unit() -> None:
    assert Force().asks_why == AsksWhy.OTHER_UNITS


def test_the_case_opens_only_after_the_reason_and_then_all_day(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    case = make_case(victim=make_victim(called="Quillon Reed"), owner=cast.olu)
    ines, page = client_of(cast.ines), f"/case/{case.reference}"
    asked = ines.get(f"{page}/history?page=1")
    assert ASKED in asked.text
    assert "Quillon" not in asked.text
    assert viewed(case, cast.ines) == 0
    to = re.search(r'name="why_to" value="([^"]+)"', asked.text)
    assert to is not None
    answer = ines.post(f"{page}/why", TOLD | {"why_to": to[1], "why_sends": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"{page}/history?page=1")
    assert ASKED not in ines.get(page).text
    event = AuditEvent.objects.filter(verb="case.viewed", actor_id=cast.ines.pk).latest("at")
    assert event.detail["reason"] == "told_to"
    with clocks.moved(timedelta(days=1)):
        assert ASKED in client_of(cast.ines).get(page).text


@pytest.mark.parametrize(
    ("policy", "who", "is_asked"),
    [
        (AsksWhy.NOBODY, "ines", False),
        (AsksWhy.OTHER_UNITS, "ines", True),  # their role reaches the force
        (AsksWhy.OTHER_UNITS, "keir", True),
        (AsksWhy.OTHER_UNITS, "olu", False),  # their own
        (AsksWhy.OTHER_UNITS, "rhys", False),  # their unit's
        (AsksWhy.OTHER_UNITS, "sade", False),
        (AsksWhy.OTHERS, "ines", True),
        (AsksWhy.OTHERS, "olu", False),
        (AsksWhy.OTHERS, "rhys", True),
        (AsksWhy.OTHERS, "sade", False),  # she supervises the unit
    ],
)
def test_who_is_asked_is_as_the_force_decides(
    cast: Cast, client_of: Browser, asks: Callable[[AsksWhy], None],
    policy: AsksWhy, who: str, is_asked: bool,
) -> None:  # fmt: skip
    asks(policy)
    case = make_case(owner=cast.olu)
    shown = client_of(getattr(cast, who)).get(f"/case/{case.reference}")
    assert shown.status_code == 200
    assert (ASKED in shown.text) is is_asked


def test_whoever_is_named_on_a_case_or_supervises_its_unit_looks_at_their_own_work(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    named, supervised = make_case(owner=cast.olu), make_case(owner=cast.olu)
    ScopeGrant.objects.create(
        scope=named.scope, force=cast.force, user=cast.ines, kind=GrantKind.TEAM,
        starts_at=clocks.now() - timedelta(minutes=1),
    )  # fmt: skip
    ines = client_of(cast.ines)
    assert ASKED not in ines.get(f"/case/{named.reference}").text
    assert ASKED in ines.get(f"/case/{supervised.reference}").text
    Supervision.objects.create(unit=cast.unit, user=cast.ines, rank=9)
    assert ASKED not in ines.get(f"/case/{supervised.reference}").text


def test_no_page_of_the_case_opens_before_the_reason(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    case, ines = make_case(owner=cast.olu), client_of(cast.ines)
    asked, opened = 0, []
    for route in routes():
        if route.parameters != {"reference"} or route.api is not None:
            continue
        with transaction.atomic():
            answer = ines.get(route.path.replace("HF-ZZZZZ", case.reference))
            transaction.set_rollback(True)
        if answer.status_code == 200:
            asked += ASKED in answer.text
            opened += [] if ASKED in answer.text else [route.name]
    assert opened == []
    assert asked > 40


def test_no_press_changes_the_case_before_the_reason_and_what_was_typed_goes_on(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    case, ines = make_case(owner=cast.olu), client_of(cast.ines)
    page = f"/case/{case.reference}/conflict"
    typed = {"tie": "friend", "username": "rhys"}
    asked = ines.post(page, typed)
    assert ASKED in asked.text
    assert not case.scope.bars.exists()
    carried = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked.text))
    assert {name: carried[name] for name in typed} == typed
    wrong = ines.post(f"/case/{case.reference}/why", carried)
    assert wrong.status_code == 400
    assert "Select why you open it" in wrong.text
    assert dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', wrong.text)) | {
        "csrfmiddlewaretoken": ""
    } == carried | {"csrfmiddlewaretoken": ""}
    done = ines.post(f"/case/{case.reference}/why", carried | TOLD, follow=True)
    assert done.redirect_chain[0] == (page, 307)
    assert case.scope.bars.get().user == cast.rhys


def test_a_page_of_one_of_its_referrals_asks_too(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    referral = make_sent(make_case(owner=cast.olu))
    shown = client_of(cast.ines).get(f"/referral/{referral.pk}")
    assert ASKED in shown.text


def test_something_else_needs_words(cast: Cast, client_of: Browser, asks: object) -> None:
    case, ines = make_case(owner=cast.olu), client_of(cast.ines)
    page = f"/case/{case.reference}/why"
    refused = ines.post(page, {"why_reason": "other", "why_words": "because"})
    assert refused.status_code == 400
    assert "Say why in 20 letters or more" in refused.text
    assert ">because</textarea>" in refused.text.replace("\n", "")
    words = "The coroner's officer rang about her brother."
    assert ines.post(page, {"why_reason": "other", "why_words": words}).status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.create(
            scope=case.scope, force=cast.force, by=cast.keir, day=clocks.today(), at=clocks.now(),
            reason="other", words="short",
        )  # fmt: skip


def test_two_answers_in_a_day_are_one(cast: Cast, client_of: Browser, asks: object) -> None:
    case, ines = make_case(owner=cast.olu), client_of(cast.ines)
    for reason in ("told_to", "checking"):
        ines.post(f"/case/{case.reference}/why", {"why_reason": reason})
    assert Look.objects.get(scope=case.scope).reason == "told_to"


@pytest.mark.parametrize(
    "to",
    [
        "https://bad.example/",
        "//bad.example/",
        "/\\bad.example",
        "javascript:1",
        "",
        "/nowhere",
        "//[",
    ],
)
def test_the_answer_leads_nowhere_else(
    cast: Cast, client_of: Browser, asks: object, to: str
) -> None:
    case = make_case(owner=cast.olu)
    for sends in ("", "yes"):
        answer = client_of(cast.ines).post(
            f"/case/{case.reference}/why", TOLD | {"why_to": to, "why_sends": sends}
        )
        assert (answer.status_code, answer["Location"]) == (302, f"/case/{case.reference}")


def test_nobody_learns_by_the_question_what_they_may_not_see(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    covert = make_case(victim=make_victim(make_scope(restriction=Restriction.COVERT)))
    for path in (f"/case/{covert.reference}", f"/case/{covert.reference}/why"):
        assert client_of(cast.ines).get(path).status_code == 404
    assert client_of(cast.ines).post(f"/case/{covert.reference}/why", TOLD).status_code == 404


def test_its_owner_and_supervisor_read_who_looked_and_why(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    case, ines = make_case(owner=cast.olu), client_of(cast.ines)
    words = "Her sister rang the front desk."
    ines.post(f"/case/{case.reference}/why", {"why_reason": "person", "why_words": words})
    ines.get(f"/case/{case.reference}")
    for who in (cast.olu, cast.sade):
        shown = client_of(who).get(f"/case/{case.reference}/looked").text
        assert shown.count("I have to do with this person, or somebody near them, now") == 2
        assert shown.count(words) == 1
    given = AuditEvent.objects.get(verb="case.reason_given")
    assert words not in str(given.detail)


def test_the_database_shows_a_reason_to_the_team_its_writer_and_the_auditor_and_changes_none(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    case = make_case(owner=cast.olu)
    client_of(cast.ines).post(f"/case/{case.reference}/why", TOLD)
    seen = {}
    for who in ("olu", "sade", "ines", "asha", "petra", "wyn", "hana"):
        with acting_as(cast.actor(who)):
            seen[who] = Look.objects.count()
    assert seen == {"olu": 1, "sade": 1, "ines": 1, "asha": 1, "petra": 0, "wyn": 0, "hana": 0}
    for statement in (
        "UPDATE accounts_look SET reason = 'checking'",
        "DELETE FROM accounts_look",
        "TRUNCATE accounts_look",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            acting_as(cast.actor("ines")),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_administrator_sets_whom_the_force_asks_and_it_counts_at_once(
    cast: Cast, client_of: Browser, asks: object
) -> None:
    case, ines, lena = make_case(owner=cast.olu), client_of(cast.ines), client_of(cast.lena)
    assert 'value="other_units" checked' in re.sub(r"\s+", " ", lena.get("/looking").text)
    assert ASKED in ines.get(f"/case/{case.reference}").text
    assert lena.post("/looking", {"asks_why": "everybody"}).status_code == 400
    assert lena.post("/looking", {"asks_why": "nobody"}).status_code == 302
    assert ASKED not in ines.get(f"/case/{case.reference}").text
    event = AuditEvent.objects.get(verb="force.asks_why_set")
    assert event.detail == {"was": "other_units", "now": "nobody"}
    assert Force.objects.get(slug="eastvale").asks_why == AsksWhy.NOBODY


def test_asking_costs_one_question_of_the_database(
    cast: Cast, client_of: Browser, asks: Callable[[AsksWhy], None]
) -> None:
    case, ines = make_case(owner=cast.olu), client_of(cast.ines)
    ines.post(f"/case/{case.reference}/why", TOLD)
    counts = []
    for policy in (AsksWhy.NOBODY, AsksWhy.OTHER_UNITS):
        asks(policy)
        with CaptureQueriesContext(connection) as asked:
            assert ines.get(f"/case/{case.reference}/history").status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[0] + 1
