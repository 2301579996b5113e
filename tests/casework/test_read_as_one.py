"""Merged records of one person: a doubt about their age counts in both, until it is determined."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict
from accounts.models import Restriction, User
from casework.actions.facts import determine_age, dispute_age, record_age
from casework.actions.linking import link, merge, part
from casework.actions.person import record_consent
from casework.models import Case
from casework.nrm.record import record_of
from casework.nrm.rules import Branch
from casework.rules import NrmPath, nrm_path
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.test_rules import owed
from tests.referrals.builders import officer
from victims.models import AgeBand, PersonLink, Victim

Open = Callable[[User], Client]


def same(case: Case, other: Case) -> PersonLink:
    found = link(case=case, other=other, by=officer(), reason="Same phone")
    merge(case=case, link=found, by=officer("sade"), reason="She says so herself.")
    return found


def again(case: Case) -> Case:
    return Case.objects.select_related("victim", "scope__force").get(pk=case.pk)


def bands(*cases: Case) -> list[AgeBand]:
    return [again(case).victim.band for case in cases]


def pair(**doubted: object) -> tuple[Case, Case]:
    """Two records of one person: the first says adult, the second what is given."""
    case, other = make_case(), make_case(victim=make_victim(**doubted))
    same(case, other)
    return case, other


@pytest.mark.parametrize("band", [AgeBand.CHILD, AgeBand.UNSURE])
def test_a_doubt_in_either_record_makes_both_a_childs(
    band: AgeBand, cast: Cast, client_of: Open
) -> None:
    case, other = pair(age_band=band)
    assert bands(case, other) == [AgeBand.UNSURE, band]
    for each in (case, other):
        assert nrm_path(again(each), officer()) is NrmPath.CHILD
        record = record_of(each.reference, by=officer(), today=clocks.today())
        assert (record.branch, record.answers()["pv-under-age"]) in {
            (Branch.CHILD, "not-sure"),
            (Branch.CHILD, "yes"),
        }
        assert [s for _due, s in owed("child-authority-not-told", clocks.now(), each)] == ["open"]
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    assert "In doubt - treated as a child" in page
    assert "Local authority told" in page


def test_what_was_determined_in_either_record_ends_the_doubt_in_both(cast: Cast) -> None:
    case, other = pair(age_band=AgeBand.UNSURE)
    dispute_age(case=again(case), by=officer(), disputed_by="police", why="Two records differ")
    assert bands(case, other) == [AgeBand.UNSURE] * 2
    determine_age(
        case=again(case), by=officer(), result="adult", determined_by="papers",
        determined_on=clocks.today(),
    )  # fmt: skip
    assert bands(case, other) == [AgeBand.ADULT] * 2
    assert again(other).victim.age_words == "Adult"
    with pytest.raises(Conflict, match="Their age was determined"):
        record_age(
            case=again(other), by=officer(), version=again(other).victim.version,
            age_band="child", born_on=None,
        )  # fmt: skip
    dispute_age(case=again(other), by=officer(), disputed_by="person", why="She says she is 16")
    assert bands(case, other) == [AgeBand.UNSURE] * 2


def test_the_other_record_says_it_too_and_the_doubt_is_over(cast: Cast) -> None:
    case, other = pair(age_band=AgeBand.UNSURE)
    record_age(
        case=again(other), by=officer(), version=again(other).victim.version,
        age_band="unsure", born_on=date(1990, 1, 1),
    )  # fmt: skip
    assert bands(case, other) == [AgeBand.ADULT] * 2
    assert not owed("child-authority-not-told", clocks.now(), case)


def test_a_doubt_that_nobody_here_may_see_counts_and_is_not_told(
    cast: Cast, client_of: Open
) -> None:
    case, other = pair(age_band=AgeBand.UNSURE)
    other.scope.restriction = Restriction.COVERT
    other.scope.save()
    with acting_as(officer()):
        assert not Victim.objects.visible_to(officer()).filter(pk=other.victim_id).exists()
        assert again(case).victim.is_child
        record_age(
            case=again(case), by=officer(), version=again(case).victim.version,
            age_band="adult", born_on=date(1990, 1, 1),
        )  # fmt: skip
    assert again(case).victim.is_child
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    assert other.reference not in page


def test_parted_each_is_read_alone_again(cast: Cast) -> None:
    case, other = make_case(), make_case(victim=make_victim(age_band=AgeBand.UNSURE))
    found = same(case, other)
    part(case=again(case), link=found, by=officer("sade"), reason="Two sisters")
    assert bands(case, other) == [AgeBand.ADULT, AgeBand.UNSURE]
    assert {again(each).victim.of_age_on for each in (case, other)} == {None}


def test_both_come_of_age_on_the_day_that_the_younger_record_says(cast: Cast) -> None:
    tomorrow = clocks.today() + timedelta(days=1)
    case, other = pair(age_band=AgeBand.CHILD, born_on=tomorrow.replace(year=tomorrow.year - 18))
    assert bands(case, other) == [AgeBand.UNSURE, AgeBand.CHILD]
    with clocks.moved(timedelta(days=2)), acting_as(officer()):
        assert bands(case, other) == [AgeBand.ADULT] * 2
        assert [again(each).victim.on_record_as_child for each in (case, other)] == [True, True]
        record_consent(
            case=again(case), by=officer(), purpose="nrm", outcome="given", decided_at=clocks.now()
        )
        assert [again(each).victim.on_record_as_child for each in (case, other)] == [False, False]


def test_that_they_turn_18_is_owed_in_the_record_without_a_birth_date_too(cast: Cast) -> None:
    soon = clocks.today() + timedelta(days=9)
    case, other = pair(age_band=AgeBand.CHILD, born_on=soon.replace(year=soon.year - 18))
    for each in (case, other):
        assert len(owed("come-of-age-not-asked", clocks.now(), each)) == 1
