"""Already told us: shown wherever somebody would ask, asked again only with a reason, or by a specialist."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

import clocks
from accounts.models import User
from casework.actions.person import tell_topic
from casework.actions.specialist import is_specialist
from casework.models import Case
from tests.builders import make_case
from tests.cast import Cast
from training.models import Course, TrainingRecord
from victims.models import ToldState, Topic

Open = Callable[[User], Client]
ANSWERS = {"topic": "money", "state": "told", "summary": "The debt grew.", "where_recorded": ""}


def tell(case: Case, by: Any, **over: Any) -> None:
    given = {"topic": Topic.MONEY, "state": ToldState.TOLD, "heard_at": clocks.now()}
    tell_topic(case=case, by=by, **(given | over))


def test_a_topic_told_before_asks_one_question_and_keeps_what_was_typed(
    cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(), client_of(cast.olu)
    tell(case, cast.actor("sade"), where_recorded="BWV 4411", summary="A debt.")
    address = f"/case/{case.reference}/told"
    asked = olu.post(address, ANSWERS)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "They told Sgt Sade Okonjo about this" in page
    assert "BWV 4411" in page
    assert page.count('type="text"') == 1
    assert 'value="The debt grew."' in page
    assert case.victim.told_topics.count() == 1
    assert olu.post(address, ANSWERS | {"why_again": ""}).status_code == 400
    why = {"why_again": "He brought it up himself."}
    assert olu.post(address, ANSWERS | why).status_code == 302
    told = case.victim.told_topics.first()
    assert told is not None
    assert (told.summary, told.why_again) == ("The debt grew.", why["why_again"])
    assert olu.post(address, ANSWERS).status_code == 302  # asked once


def test_a_topic_leads_to_the_line_in_which_it_is_recorded(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), client_of(cast.olu)
    tell(case, cast.actor("olu"), summary="Her papers lie in a safe.")
    line = case.events.get()
    address = f"/case/{case.reference}/history/{line.pk}"
    assert address in olu.get(f"/case/{case.reference}").content.decode()
    assert "Her papers lie in a safe." in olu.get(address).content.decode()
    other = make_case()
    assert olu.get(f"/case/{other.reference}/history/{line.pk}").status_code == 404
    assert client_of(cast.petra).get(address).status_code == 404


@pytest.mark.parametrize("page", ["", "/contact", "/told"])
def test_who_may_ask_is_shown_on_the_case_and_wherever_somebody_would_ask(
    page: str, cast: Cast, client_of: Open
) -> None:
    case = make_case()
    tell(case, cast.actor("ines"), state=ToldState.SPECIALIST_ONLY, topic=Topic.VIOLENCE)
    tell(case, cast.actor("ines"), topic=Topic.VIOLENCE)  # told since: the mark stays
    shown = client_of(cast.olu).get(f"/case/{case.reference}{page}").content.decode()
    assert "Ask only by a specialist" in shown
    assert "Told us" in shown
    if page:
        assert "Only a specialist asks about violence and threats." in shown


def test_somebody_who_is_no_specialist_is_asked_why_and_whoever_is_one_is_not(
    cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(), client_of(cast.olu)
    tell(case, cast.actor("ines"), state=ToldState.SPECIALIST_ONLY)
    address = f"/case/{case.reference}/told"
    page = olu.post(address, ANSWERS).content.decode()
    assert "Only a specialist asks about money and debts" in page
    assert "Why did somebody ask who is no specialist?" in page
    assert "Why was it asked again?" not in page
    assert client_of(cast.ines).post(address, ANSWERS).status_code == 302
    page = olu.post(address, ANSWERS).content.decode()
    assert "Why was it asked again?" in page  # both reasons, on one page
    reasons = {"why_again": "She said more.", "why_not_specialist": "He was at the door."}
    assert olu.post(address, ANSWERS | reasons).status_code == 302
    told = case.victim.told_topics.filter(heard_by=cast.olu).get()
    assert told.why_not_specialist == "He was at the door."


@pytest.mark.parametrize(
    ("ago", "lasts", "is_one"), [(9, 30, True), (90, 30, False), (9, None, True)]
)
def test_an_officer_trained_to_interview_is_a_specialist_while_that_lasts(
    ago: int, lasts: int | None, is_one: bool, cast: Cast
) -> None:
    call_command("load_courses", verbosity=0, stdout=StringIO())
    course = Course.objects.filter(slug__startswith="abe-").order_by("slug").first()
    assert course is not None
    done = clocks.today() - timedelta(days=ago)
    assert not is_specialist(cast.actor("olu"))
    TrainingRecord.objects.create(
        user=cast.olu,
        course=course,
        provider="Invented college",
        completed_on=done,
        expires_on=done + timedelta(days=lasts) if lasts else None,
        recorded_at=clocks.now(),
        recorded_by=cast.bronwen,
    )
    assert is_specialist(cast.actor("olu")) == is_one
