"""What a force takes for a course counts as it, and the way of a role shows what comes next."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.permissions import Role
from casework.actions import allocation
from clocks import LONDON
from followups import engine
from followups.models import FollowUp
from tests.builders import make_case
from tests.cast import Cast
from tests.training.conftest import Trained
from training import actions
from training.models import Counting, Course, Equivalent, Purpose, Requirement
from training.rules import shortfalls
from training.standing import State, standings

ClientOf = Callable[[User], Client]
WHO = "Head of learning, 3 March 2026"


def take(cast: Cast, course: str, for_: str) -> Equivalent:
    made, counts_for = (Course.objects.get(pk=each) for each in (course, for_))
    by = cast.actor("bronwen")
    return actions.take_for(by=by, course=made, counts_for=counts_for, source=WHO)


def lacks(user: User) -> set[str]:
    return {each.course for each in shortfalls(user, purpose=Purpose.OWN_CASE, on=clocks.today())}


def test_whoever_has_what_the_force_takes_for_a_course_lacks_it_no_more(
    cast: Cast, trained: Trained
) -> None:
    trained(cast.olu, "pip3")
    assert "pip2" in lacks(cast.olu)
    made = take(cast, "pip3", "pip2")
    assert take(cast, "pip3", "pip2") == made
    assert "pip2" not in lacks(cast.olu)
    assert "pip2" in lacks(cast.petra)
    (line,) = standings(clocks.today(), users=[cast.olu.pk], course="pip2")
    assert (line.state, line.through) == (State.CURRENT, Course.objects.get(pk="pip3").name)
    actions.no_longer_take(by=cast.actor("bronwen"), equivalent=made)
    assert "pip2" in lacks(cast.olu)


def test_what_is_taken_for_a_course_is_taken_for_no_third(cast: Cast, trained: Trained) -> None:
    trained(cast.olu, "abe-tier-5")
    take(cast, "abe-tier-5", "pip3")
    take(cast, "pip3", "pip2")
    assert "pip2" in lacks(cast.olu)


def test_one_force_takes_nothing_for_another(cast: Cast, trained: Trained) -> None:
    take(cast, "pip3", "pip2")
    trained(cast.wyn, "pip3")
    assert not Counting.objects.filter(user=cast.wyn, course="pip2").exists()


def test_ones_own_record_is_shown_where_it_lasts_longer(cast: Cast, trained: Trained) -> None:
    take(cast, "ms-supervisor", "ms-investigator")
    trained(cast.olu, "ms-supervisor", left=20)
    trained(cast.olu, "ms-investigator", left=400)
    (line,) = standings(clocks.today(), users=[cast.olu.pk], course="ms-investigator")
    assert (line.state, line.through) == (State.CURRENT, "")


def test_what_counts_for_a_course_reminds_when_it_lapses_unless_something_lasts_longer(
    cast: Cast, trained: Trained
) -> None:
    take(cast, "ms-supervisor", "ms-investigator")
    trained(cast.olu, "ms-supervisor", ago=100, left=20)
    trained(cast.petra, "ms-supervisor", ago=100, left=20)
    trained(cast.petra, "ms-investigator", ago=200, left=400)
    engine.sweep(clocks.now())
    owed = FollowUp.objects.filter(rule="training-lapsing")
    assert [(each.owner, each.words["course"]) for each in owed] == [
        (cast.olu, Course.objects.get(pk="ms-investigator").name)
    ]


def test_the_open_work_comes_to_the_supervisor_when_what_counted_lapses_at_midnight(
    cast: Cast, trained: Trained
) -> None:
    noon = datetime(2026, 7, 10, 12, tzinfo=LONDON)
    with clocks.frozen(noon):
        take(cast, "abe-tier-3", "pip2")
        trained(cast.olu, "abe-tier-3", left=0)
        trained(cast.olu, "ms-investigator", left=400)
        case = make_case(owner=cast.petra, at=noon - timedelta(days=1))
        allocation.assign(
            case=case,
            owner=cast.olu,
            override_reason="",
            choice_reason="Knows her.",
            by=cast.actor("sade"),
        )
        engine.sweep(clocks.now())
        assert not FollowUp.objects.filter(rule="owner-training-lapsed").exists()
    with clocks.frozen(datetime(2026, 7, 11, 0, 1, tzinfo=LONDON)):
        engine.sweep(clocks.now())
        (owed,) = FollowUp.objects.filter(rule="owner-training-lapsed")
    assert (owed.case, owed.words["course"]) == (case, Course.objects.get(pk="pip2").name)


def test_nobody_says_what_counts_but_whoever_keeps_the_courses_of_the_force(
    cast: Cast, catalogue: None
) -> None:
    pip2, pip3 = (Course.objects.get(pk=each) for each in ("pip2", "pip3"))
    with pytest.raises(Refused):
        actions.take_for(by=cast.actor("sade"), course=pip3, counts_for=pip2, source=WHO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Equivalent.objects.create(force=cast.force, course=pip2, counts_for=pip2, source=WHO)


def test_what_is_only_advised_stops_nobody_and_nobody_lacks_it(cast: Cast, catalogue: None) -> None:
    tier = Course.objects.get(pk="abe-tier-3")
    asked = {"course": tier, "role": Role.SUPERVISOR, "purpose": Purpose.NEXT}
    with pytest.raises(Conflict, match="only advised"):
        actions.ask_of(by=cast.actor("bronwen"), **asked, blocks=True)
    actions.ask_of(by=cast.actor("bronwen"), **asked, blocks=False)
    assert not standings(clocks.today(), users=[cast.sade.pk], course=tier.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.filter(purpose=Purpose.NEXT).update(blocks=True)


def test_the_way_shows_each_step_of_ones_role_in_order_and_how_far_one_is(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    trained(cast.olu, "pip2")
    page = client_of(cast.olu).get("/training/way").content.decode()
    steps = ["general awareness", "PIP2", "investigator course", "tier 2: vulnerable", "tier 3"]
    places = [page.index(each) for each in steps]
    assert places == sorted(places)
    assert "Not yet" in page
    assert "Unverified" in page
    other = client_of(cast.olu).get("/training/way?role=navigator").content.decode()
    assert "victim liaison" in other
    assert "PIP2" not in other


def test_the_pages_say_what_counts_and_stop_it(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    bronwen = client_of(cast.bronwen)
    page = "/training/courses/pip3/counts-for"
    assert bronwen.post(page, {"counts_for": "pip3", "source": WHO}).status_code == 400
    assert bronwen.post(page, {"counts_for": "pip2", "source": ""}).status_code == 400
    assert not Equivalent.objects.exists()
    assert bronwen.post(page, {"counts_for": "pip2", "source": WHO}).status_code == 302
    assert WHO in bronwen.get("/training/courses").content.decode()
    made = Equivalent.objects.get()
    assert bronwen.post(f"/training/equivalents/{made.pk}/stop").status_code == 302
    assert not Equivalent.objects.exists()
