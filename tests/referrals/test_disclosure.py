"""What leaves the building, compared with files that a person has read: no key more, no key less."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.models import Case, CrimeRecord, NrmReferral
from referrals import disclosure, matching
from referrals.disclosure import Item
from referrals.models import Disclosure
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals.builders import make_draft, make_safe_contact, make_sent, make_service, officer
from victims.models import Channel, ToldTopic

GOLDEN = Path(__file__).parent / "golden"
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Everything that could be shared is there, each with a word that can be found again."""
    victim = make_victim(
        called="Mai",
        language="Vietnamese",
        interpreter="yes",
        officer_preference="woman",
        communication_needs="Reads little",
        born_on=date(1999, 5, 4),
        risk="high",
    )
    case = make_case(victim=victim, reference="HF-GOLD", first_words="He keeps her passport.")
    make_safe_contact(case, review_on=date(2026, 12, 23), set_at=MOMENT)
    make_safe_contact(
        case,
        channel=Channel.LETTER,
        safe="no",
        details="1 Planted Street",
        notes="He reads her letters",
        review_on=date(2026, 12, 23),
        set_at=MOMENT,
    )
    facts: dict[str, Any] = {"scope": case.scope, "case": case, "at": MOMENT, "recorded_at": MOMENT}
    CrimeRecord.objects.create(number="NM/1/26", by=cast.olu, **facts)
    NrmReferral.objects.create(home_office_reference="HO-1", by=cast.olu, **facts)
    ToldTopic.objects.create(
        scope=case.scope,
        victim=victim,
        topic="money",
        state="told",
        summary="Planted summary",
        heard_at=MOMENT,
        heard_by=cast.olu,
    )
    return case


def as_golden(name: str, shared: disclosure.Shared) -> None:
    wanted = json.loads((GOLDEN / f"{name}.json").read_text())
    assert json.loads(disclosure.write(shared)) == wanted


def test_the_minimum_is_exactly_the_golden_file(case: Case) -> None:
    as_golden("minimum", disclosure.first(make_draft(case, urgent=True), case))


def test_every_ticked_item_is_exactly_the_golden_file(case: Case) -> None:
    as_golden("everything", disclosure.full(Item.values, case, officer()))


@pytest.mark.parametrize("item", Item.values)
def test_one_ticked_item_gives_that_item_only(case: Case, item: str) -> None:
    everything = json.loads((GOLDEN / "everything.json").read_text())
    as_given = json.loads(disclosure.write(disclosure.full([item], case, officer())))
    assert as_given == {item: everything[item]}


@pytest.mark.parametrize(
    ("precision", "given"),
    [("day", "1999-05-04"), ("month", "1999-05"), ("year", "1999"), ("about", "about 1999")],
)
def test_a_birth_date_is_given_no_more_exactly_than_it_is_known(
    case: Case, precision: str, given: str
) -> None:
    case.victim.born_precision = precision
    assert disclosure.full([Item.BORN_ON.value], case, officer()) == {"born_on": given}


def test_nothing_ticked_gives_nothing(case: Case) -> None:
    assert disclosure.full([], case, officer()) == {}


def test_every_item_has_a_giver() -> None:
    assert set(disclosure.GIVES) == set(Item)


def test_what_was_shared_stays_as_it_was_when_the_case_goes_on(case: Case, cast: Cast) -> None:
    referral = make_sent(case)
    case.victim.called = "Changed"
    case.victim.save()
    kept = Disclosure.objects.get(referral=referral)
    assert '"Mai"' in kept.full
    assert "Mai" not in kept.first


def test_services_stand_by_what_they_meet_then_by_who_helps_soonest(cast: Cast) -> None:
    victim = make_victim(language="Vietnamese")
    case = make_case(victim=victim)
    half = make_service("harbour", needs=["outreach"], usual_answer_hours=1)
    both = make_service("beacon", name="Both", needs=["outreach", "legal"], languages=[])
    speaks = make_service("beacon", name="Speaks", needs=["outreach", "legal"])
    make_service("beacon", name="Elsewhere", needs=["work"])
    women = make_service("beacon", name="Women", needs=["outreach"], gender="women")
    elsewhere = make_service("beacon", name="Far", needs=["outreach"])
    elsewhere.forces.add(cast.wyn.force)
    found = matching.matches(
        case, matching.wanted(case, needs=["outreach", "legal"], urgent=False, gender="men")
    )
    assert [match.service for match in found] == [speaks, both, half]
    assert women not in [match.service for match in found]
    assert found[0].reasons[:3] == (
        "Meets 2 of 2 needs: a support worker who visits, legal advice",
        "Places free: not known",
        "Speaks Vietnamese",
    )


def test_a_child_is_offered_only_services_that_take_children(cast: Cast) -> None:
    case = make_case(victim=make_victim(age_band="unsure"))
    make_service("harbour")
    takes = make_service("beacon", takes_children=True)
    looked_for = matching.wanted(case, needs=["outreach"], urgent=False, gender="any")
    assert [match.service for match in matching.matches(case, looked_for)] == [takes]
