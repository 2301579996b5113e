"""Patterns of misuse: what fits one is an item of the auditor until it is closed with a finding; nothing else is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

import clocks
from accounts import audit
from accounts.context import acting_as
from accounts.models import User
from casework import finding, misuse
from casework.actions import emergency
from casework.models import Allocation, Case, CaseEvent, MisuseHit, Pattern
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from followups.tasks import tick
from tests.builders import make_case, make_victim
from tests.cast import Cast

Browser = Callable[[User], Client]
DAY = timedelta(days=1)


def look_at(cast: Cast, who: str, *cases: Case) -> None:
    actor = cast.actor(who)
    shown = Case.objects.in_bulk([case.pk for case in cases])
    with acting_as(actor):
        for case in cases:
            audit.viewed(shown[case.pk], by=actor, page="summary")


def found() -> set[tuple[str, str, int]]:
    misuse.look(clocks.now() + timedelta(minutes=1))
    return set(MisuseHit.objects.values_list("pattern", "person__username", "times"))


def test_whoever_searches_for_their_own_name_is_a_hit_and_for_half_of_it_is_none(
    cast: Cast,
) -> None:
    for who, words in (("olu", "Adeyemi Olu"), ("olu", "Olu"), ("rhys", "Olu Adeyemi")):
        with acting_as(cast.actor(who)):
            finding.note(finding.read(words))
    assert found() == {("own-name", "olu", 1)}


def test_a_case_of_somebody_with_the_viewers_surname_is_a_hit_but_for_its_owner(cast: Cast) -> None:
    case = make_case(victim=make_victim(first_name="Mai", last_name="Adéyemi"), owner=cast.rhys)
    look_at(cast, "olu", case)
    look_at(cast, "rhys", case)
    assert found() == {("same-surname", "olu", 1)}


def test_looking_at_many_cases_of_the_unit_and_doing_nothing_in_them_is_a_hit(cast: Cast) -> None:
    cases = [make_case(owner=cast.olu) for _one in range(misuse.UNLINKED_IN_A_DAY)]
    look_at(cast, "rhys", *cases[1:])
    look_at(cast, "sade", *cases)
    look_at(cast, "olu", *cases)
    assert found() == set()
    look_at(cast, "rhys", cases[0])
    assert found() == {("no-link", "rhys", misuse.UNLINKED_IN_A_DAY)}


def test_a_case_in_which_they_did_something_counts_as_linked(cast: Cast) -> None:
    cases = [make_case(owner=cast.olu) for _one in range(misuse.UNLINKED_IN_A_DAY)]
    CaseEvent.objects.create(
        scope=cases[0].scope, case=cases[0], kind="note", at=clocks.now(), by=cast.rhys,
        recorded_at=clocks.now(),
    )  # fmt: skip
    look_at(cast, "rhys", *cases)
    assert found() == set()


def test_very_many_cases_in_an_hour_are_a_hit_whoever_looks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [make_case(owner=cast.olu) for _one in range(misuse.MANY_IN_AN_HOUR)]
    look_at(cast, "ines", *cases[1:], cases[1])
    assert found() == set()
    look_at(cast, "ines", cases[0])
    assert found() == {("bulk", "ines", misuse.MANY_IN_AN_HOUR)}


def test_a_case_that_was_theirs_is_a_hit_a_day_after_it_is_no_longer(cast: Cast) -> None:
    at = clocks.now()
    for ended, case in (
        (2 * DAY, make_case(owner=cast.rhys)),
        (DAY / 2, make_case(owner=cast.rhys)),
    ):
        Allocation.objects.create(
            scope=case.scope, case=case, owner=cast.olu, at=at - 9 * DAY, by=cast.sade,
            recorded_at=at, ended_at=at - ended,
        )  # fmt: skip
        look_at(cast, "olu", case)
    assert found() == {("after-transfer", "olu", 1)}


def test_refusals_in_a_row_are_a_hit_and_a_few_are_none(cast: Cast) -> None:
    for who, times in (("ming", misuse.REFUSED_IN_TEN_MINUTES), ("olu", 2)):
        for _one in range(times):
            audit.refused("people:view", by=cast.actor(who))
    assert found() == {("refusals", "ming", misuse.REFUSED_IN_TEN_MINUTES)}


def test_emergencies_that_nobody_reviews_and_many_of_them_are_hits(cast: Cast) -> None:
    petra = cast.actor("petra")
    for case in [make_case() for _one in range(misuse.EMERGENCIES_IN_A_MONTH)]:
        with acting_as(petra):
            emergency.break_glass(
                reference=case.reference, by=petra, reason="danger",
                words="He is standing at the door.",
            )  # fmt: skip
    assert found() == {("emergency-often", "petra", misuse.EMERGENCIES_IN_A_MONTH)}
    with clocks.frozen(clocks.now() + 4 * DAY):
        assert ("emergency-open", "petra", 1) in found()


def test_a_hit_is_owed_by_the_auditor_until_it_is_closed_with_a_finding_and_comes_only_once(
    cast: Cast, client_of: Browser
) -> None:
    for _one in range(misuse.REFUSED_IN_TEN_MINUTES):
        audit.refused("people:view", by=cast.actor("ming"))
    found()
    found()
    hit = MisuseHit.objects.get()
    rule = {"misuse-not-looked-into": RULES["misuse-not-looked-into"]}
    engine.sweep(clocks.now(), rules=rule)
    assert FollowUp.objects.get(rule="misuse-not-looked-into").holder == cast.asha
    asha, page = client_of(cast.asha), f"/audit/misuse/{hit.pk}"
    assert page in asha.get("/work").content.decode()
    assert asha.get(page).status_code == 200
    assert asha.post(page, {"finding": "explained"}).status_code == 400
    answer = {"finding": "explained", "words": "Their role was being changed that morning."}
    assert asha.post(page, answer).status_code == 302
    assert asha.post(page, answer).status_code == 409
    found()
    engine.sweep(clocks.now(), rules=rule)
    assert FollowUp.objects.get(rule="misuse-not-looked-into").state == "met"


def test_the_trail_is_searched_when_an_auditor_wants_it(cast: Cast, client_of: Browser) -> None:
    for _one in range(misuse.REFUSED_IN_TEN_MINUTES):
        audit.refused("people:view", by=cast.actor("ming"))
    asha = client_of(cast.asha)
    asha.post("/audit/misuse")
    asha.post("/audit/misuse")
    assert "being searched now" in asha.get("/audit/misuse").content.decode()
    tick()
    assert cast.ming.name in asha.get("/audit/misuse").content.decode()


@pytest.mark.parametrize("who", ["olu", "ines", "lena", "wyn"])
def test_nobody_but_the_forces_auditor_sees_a_hit_and_nobody_closes_their_own(
    cast: Cast, who: str
) -> None:
    at = clocks.now()
    hit = MisuseHit.objects.create(
        force=cast.force, pattern=Pattern.BULK, person=cast.asha, about="x", times=1,
        first_at=at, last_at=at, found_at=at,
    )  # fmt: skip
    with acting_as(cast.actor(who)):
        assert not MisuseHit.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        MisuseHit.objects.filter(pk=hit.pk).update(
            closed_at=at, closed_by=cast.asha, finding="explained", finding_words="It was me."
        )


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("page", ["/audit/misuse", "/audit"])
def test_the_workbench_asks_as_much_for_fifty_as_for_one(
    cast: Cast, client_of: Browser, count: int, page: str, django_assert_max_num_queries: object
) -> None:
    at = clocks.now()
    for number in range(count):
        audit.record("test.done", by=cast.actor("olu"))
        MisuseHit.objects.create(
            force=cast.force, pattern=Pattern.BULK, person=cast.olu, about=str(number), times=1,
            first_at=at, last_at=at, found_at=at,
        )  # fmt: skip
    browser = client_of(cast.asha)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert browser.get(page).content.decode().count('scope="row"') >= count


def test_the_trail_of_a_covert_case_is_found_by_its_reference_without_seeing_it(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    case.scope.restriction = "covert"
    case.scope.save()
    audit.viewed(case, by=cast.actor("olu"), page="summary")
    asha = client_of(cast.asha)
    answer = asha.post("/audit", {"reference": case.reference, "verb": "case."}, follow=True)
    assert cast.olu.name in answer.content.decode()
    assert case.reference not in answer.redirect_chain[0][0]
    wrong = asha.post("/audit", {"reference": "HF-ZZZZZ"})
    assert wrong.status_code == 400
    assert "No case of your force has this reference" in wrong.content.decode()
