"""Interviews for evidence: whoever asks is trained for just this person, or says why, and a lead reads that."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import User
from casework.actions import interviews
from casework.models import Case, CaseEvent, EventKind, Interview
from clocks import LONDON
from followups import engine
from followups.models import FollowUp, FollowUpState
from tests.builders import make_case, make_training, make_victim
from tests.cast import Cast
from victims.models import AgeBand

Browser = Callable[[User], Client]
DAY = timedelta(days=1)
WHY = "She would speak to nobody else, and waited with me."


def of_a(cast: Cast, band: AgeBand) -> Case:
    return make_case(victim=make_victim(age_band=band), owner=cast.olu)


def hold(cast: Cast, case: Case, *, at: datetime | None = None, why: str = "") -> Interview:
    return interviews.record_interview(
        case=case, interviewer=cast.olu, at=at or clocks.now(), why=why, by=cast.actor("olu")
    )


@pytest.mark.parametrize(
    ("band", "course", "lacked"),
    [
        (AgeBand.ADULT, "", "missing"),
        (AgeBand.ADULT, "abe-tier-2-adult", ""),
        (AgeBand.ADULT, "abe-tier-2-child", "missing"),
        (AgeBand.ADULT, "abe-tier-3", ""),
        (AgeBand.CHILD, "", "missing"),
        (AgeBand.CHILD, "abe-tier-2-adult", "missing"),
        (AgeBand.CHILD, "abe-tier-2-child", ""),
        (AgeBand.CHILD, "abe-tier-3", ""),
        (AgeBand.UNSURE, "abe-tier-2-adult", "missing"),
        (AgeBand.UNSURE, "abe-tier-2-child", ""),
    ],
)
def test_a_child_or_who_may_be_one_asks_for_another_course_than_an_adult(
    cast: Cast, band: AgeBand, course: str, lacked: str
) -> None:
    if course:
        make_training(cast.olu, course)
    case = of_a(cast, band)
    assert interviews.lacked_by(cast.olu, case, on=clocks.today()) == lacked
    if lacked:
        with pytest.raises(Conflict, match="Say why"):
            hold(cast, case)
    interview = hold(cast, case, why=WHY)
    assert (interview.lacked, interview.why) == (lacked, WHY if lacked else "")
    assert interview.as_child is (band != AgeBand.ADULT)


def test_a_course_that_lapses_at_midnight_counts_until_that_midnight_in_london(cast: Cast) -> None:
    last = date(2026, 7, 10)
    make_training(cast.olu, "abe-tier-2-adult", until=last)
    midnight = datetime(2026, 7, 11, tzinfo=LONDON)
    with clocks.frozen(midnight + DAY):
        case = make_case(owner=cast.olu, at=midnight - DAY)
        assert hold(cast, case, at=midnight - timedelta(minutes=1)).lacked == ""
        with pytest.raises(Conflict, match="lapsed"):
            hold(cast, case, at=midnight)


def test_an_interview_by_somebody_untrained_is_owed_a_review_by_a_lead_without_a_part_in_it(
    cast: Cast,
) -> None:
    case = of_a(cast, AgeBand.CHILD)
    interview = hold(cast, case, why=WHY)
    engine.sweep(clocks.now())
    duty = FollowUp.objects.get(rule="interview-not-reviewed")
    assert duty.holder_id == cast.ines.pk
    interviews.review_interview(interview_id=interview.pk, by=cast.actor("ines"))
    engine.sweep(clocks.now())
    duty.refresh_from_db()
    assert duty.state == FollowUpState.MET


def test_of_somebody_trained_nothing_is_owed(cast: Cast) -> None:
    make_training(cast.olu, "abe-tier-3")
    hold(cast, of_a(cast, AgeBand.CHILD))
    engine.sweep(clocks.now())
    assert not FollowUp.objects.filter(rule="interview-not-reviewed").exists()


def test_whoever_held_or_recorded_it_does_not_review_it(cast: Cast) -> None:
    case = of_a(cast, AgeBand.ADULT)
    interview = interviews.record_interview(
        case=case, interviewer=cast.ines, at=clocks.now(), why=WHY, by=cast.actor("olu")
    )
    with pytest.raises(Refused):
        interviews.review_interview(interview_id=interview.pk, by=cast.actor("ines"))
    with pytest.raises(Refused):
        interviews.review_interview(interview_id=interview.pk, by=cast.actor("sade"))
    rows = Interview.objects.filter(pk=interview.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(reviewed_at=clocks.now(), reviewed_by=cast.ines)


def test_the_database_keeps_no_untrained_interview_without_a_reason(cast: Cast) -> None:
    interview = hold(cast, of_a(cast, AgeBand.ADULT), why=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.filter(pk=interview.pk).update(why=" ")


def test_the_page_says_who_is_trained_and_how_often_they_were_asked(
    cast: Cast, client_of: Browser
) -> None:
    make_training(cast.sade, "abe-tier-2-adult")
    make_training(cast.petra, "abe-tier-2-child")
    case, olu = of_a(cast, AgeBand.ADULT), client_of(cast.olu)
    page = f"/case/{case.reference}/interview"
    first = olu.get(page).content.decode()
    assert "Never, for evidence." in first
    trained = first.split("Who is trained", 1)[1].split("How often", 1)[0]
    assert cast.sade.name in trained
    assert cast.petra.name not in trained
    assert olu.post(page, {"interviewer": "nobody"}).status_code == 400
    assert olu.post(page, {"interviewer": "olu"}).status_code == 409
    assert not Interview.objects.exists()
    assert olu.post(page, {"interviewer": "olu", "why": WHY}).status_code == 302
    assert olu.post(page, {"interviewer": "sade"}).status_code == 302
    after = olu.get(page).content.decode()
    assert "2 times, for evidence." in after
    assert "By 2 officers." in after
    assert "not reviewed yet" in after


def test_a_lead_reads_why_and_reviews_it(cast: Cast, client_of: Browser) -> None:
    hold(cast, of_a(cast, AgeBand.ADULT), why=WHY)
    ines = client_of(cast.ines)
    assert WHY in ines.get("/overrides").content.decode()
    assert ines.post(f"/interviews/{Interview.objects.get().pk}/review").status_code == 302
    assert WHY not in ines.get("/overrides").content.decode()


def test_the_history_has_a_line_of_it(cast: Cast) -> None:
    case = of_a(cast, AgeBand.ADULT)
    with acting_as(cast.actor("olu")):
        hold(cast, case, why=WHY)
    line = CaseEvent.objects.get(case=case, kind=EventKind.INTERVIEW)
    assert (line.text, line.detail) == (WHY, {"lacked": "missing"})


def test_nobody_of_another_force_is_recorded_as_having_asked(cast: Cast) -> None:
    other = User.objects.exclude(force=cast.force).filter(force__isnull=False).first()
    assert other is not None
    with pytest.raises(Refused):
        interviews.record_interview(
            case=of_a(cast, AgeBand.ADULT),
            interviewer=other,
            at=clocks.now(),
            why=WHY,
            by=cast.actor("olu"),
        )
