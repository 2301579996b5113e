"""What the Home Office is told is read by somebody in date for it, before it goes or, with a reason, after."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import User
from casework.actions import duties, nrm, nrm_reading
from casework.models import (
    Case,
    CaseEvent,
    DutyToNotify,
    EventKind,
    NrmReading,
    NrmReferral,
    NrmSubmission,
    Verdict,
)
from casework.nrm.record import as_answers, record_of
from followups import engine
from followups.models import FollowUp, FollowUpState
from tests.builders import make_case, make_training, make_victim
from tests.casework.nrm.test_there_and_back import BY_ID
from tests.casework.steps import decided
from tests.cast import Cast
from victims.models import AgeBand, ConsentOutcome

Browser = Callable[[User], Client]
WHY = "He was to be released at six, and nobody in date was on duty."
COURSE = "ms-awareness"


@pytest.fixture
def case(cast: Cast) -> Case:
    """A child, whose referral could go; the force asks the course, and Olu does not have it."""
    call_command("load_courses", verbosity=0, stdout=io.StringIO())
    found = make_case(victim=make_victim(age_band=AgeBand.CHILD), owner=cast.olu)
    nrm.bring_in(answers=BY_ID["S01"]["answers"], by=cast.actor("olu"), case=found)
    return found


def in_date(user: User) -> None:
    make_training(user, COURSE)


def digest_of(case: Case, cast: Cast) -> str:
    record = record_of(case.reference, by=cast.actor("olu"), today=clocks.today())
    return nrm.sealed(as_answers(record.out(), record.files))[1]


def send(case: Case, cast: Cast, *, who: str = "olu", unread: str = "") -> NrmSubmission:
    by = cast.actor(who)
    record = record_of(case.reference, by=by, today=clocks.today())
    digest = nrm.sealed(as_answers(record.out(), record.files))[1]
    return nrm.mark_sent(
        case=case, by=by, at=clocks.now(), digest=digest, record=record, unread=unread
    )


def read(
    case: Case, cast: Cast, *, who: str = "sade", verdict: str = "fit", **said: Any
) -> NrmReading:
    reading = NrmReading.objects.get(case=case, read_at=None, left_at=None)
    digest = reading.digest if reading.sent else digest_of(case, cast)
    return nrm_reading.read_report(
        reading=reading, digest=digest, standing=digest, verdict=verdict, by=cast.actor(who), **said
    )


def owed(rule: str) -> FollowUp:
    engine.sweep(clocks.now())
    return FollowUp.objects.get(rule=rule)


def test_somebody_in_date_sends_it_and_nobody_reads_it_first(cast: Cast, case: Case) -> None:
    in_date(cast.olu)
    send(case, cast)
    assert not NrmReading.objects.exists()


def test_somebody_out_of_date_sends_nothing_unread_without_a_reason(cast: Cast, case: Case) -> None:
    with pytest.raises(Conflict, match="Ask somebody to read it"):
        send(case, cast)
    assert not NrmReferral.objects.exists()
    send(case, cast, unread=WHY)
    reading = NrmReading.objects.get()
    assert (reading.sent, reading.why, reading.by) == (True, WHY, cast.olu)
    assert [each["course"] for each in reading.shortfalls] == [COURSE]


def test_a_course_that_lapsed_yesterday_counts_no_more_and_one_that_lapses_today_does(
    cast: Cast, case: Case
) -> None:
    record = make_training(cast.olu, COURSE, until=clocks.today() - timedelta(days=1))
    with pytest.raises(Conflict):
        send(case, cast)
    type(record).objects.filter(pk=record.pk).update(expires_on=clocks.today())
    send(case, cast)
    assert not NrmReading.objects.exists()


def test_what_somebody_in_date_read_and_found_fit_goes_without_a_reason(
    cast: Cast, case: Case
) -> None:
    in_date(cast.sade)
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    assert owed("nrm-not-read").holder_id == cast.sade.pk
    read(case, cast)
    assert owed("nrm-not-read").state == FollowUpState.MET
    send(case, cast)
    assert NrmReading.objects.get().verdict == Verdict.FIT


def test_what_changed_after_it_was_read_is_read_again(cast: Cast, case: Case) -> None:
    in_date(cast.sade)
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    seen = digest_of(case, cast)
    read(case, cast)
    nrm.bring_in(
        answers=BY_ID["S01"]["answers"] | {"birthplace": "Another Invented Town"},
        by=cast.actor("olu"),
        case=case,
    )
    assert digest_of(case, cast) != seen
    with pytest.raises(Conflict, match="as it stands"):
        send(case, cast)


def test_what_changed_while_it_was_read_is_not_said_to_be_read(cast: Cast, case: Case) -> None:
    in_date(cast.sade)
    reading = nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    with pytest.raises(Conflict, match="Read again"):
        nrm_reading.read_report(
            reading=reading, digest="0" * 64, standing=digest_of(case, cast), verdict="fit",
            by=cast.actor("sade"),
        )  # fmt: skip
    assert NrmReading.objects.get().read_at is None


def test_what_must_be_put_right_does_not_go_and_is_owed(cast: Cast, case: Case) -> None:
    in_date(cast.sade)
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    read(case, cast, verdict="put_right", words="Say where the car wash was.")
    with pytest.raises(Conflict):
        send(case, cast)
    assert owed("nrm-to-put-right").holder_id == cast.olu.pk
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    read(case, cast)
    assert owed("nrm-to-put-right").state == FollowUpState.MET


def test_nobody_reads_what_they_sent_or_asked_about_or_are_not_in_date_for(
    cast: Cast, case: Case
) -> None:
    send(case, cast, unread=WHY)
    for who, why in (("olu", "You asked"), ("sade", "not in date")):
        with pytest.raises(Refused, match=why):
            read(case, cast, who=who)
    in_date(cast.sade)
    assert read(case, cast).read_by == cast.sade
    with pytest.raises(IntegrityError), transaction.atomic():
        NrmReading.objects.update(read_by=cast.olu)


def test_whoever_read_it_does_not_send_it_on_their_own_reading(cast: Cast, case: Case) -> None:
    in_date(cast.sade)
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    read(case, cast)
    cast.sade.training.update(expires_on=clocks.today() - timedelta(days=1))
    with pytest.raises(Conflict, match="nobody who is"):
        send(case, cast, who="sade")


def test_what_left_before_it_was_read_is_owed_once_as_sent(cast: Cast, case: Case) -> None:
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    assert nrm_reading.ask_to_read(case=case, by=cast.actor("olu")) == NrmReading.objects.get()
    send(case, cast, unread=WHY)
    engine.sweep(clocks.now())
    states = FollowUp.objects.filter(rule="nrm-not-read").values_list("clock", "state")
    assert set(states) == {("before", FollowUpState.MET), ("sent", FollowUpState.OPEN)}


@pytest.mark.parametrize("path", ["referral", "notification"])
def test_what_is_sent_outside_holdfast_is_read_too(cast: Cast, case: Case, path: str) -> None:
    olu, at = cast.actor("olu"), clocks.now()
    if path == "referral":
        with pytest.raises(Conflict):
            duties.submit_nrm(case=case, by=olu, at=at)
        duties.submit_nrm(case=case, by=olu, at=at, unread=WHY)
    else:
        adult = make_case(victim=make_victim(age_band=AgeBand.ADULT), owner=cast.olu)
        decided(adult, olu, ConsentOutcome.REFUSED)
        with pytest.raises(Conflict):
            duties.notify(case=adult, by=olu, at=at)
        duties.notify(case=adult, by=olu, at=at, unread=WHY)
        assert DutyToNotify.objects.count() == 1
    assert NrmReading.objects.get().digest == ""
    in_date(cast.sade)
    found = NrmReading.objects.get()
    nrm_reading.read_report(
        reading=found, digest="", standing="", verdict="fit", by=cast.actor("sade")
    )
    assert NrmReading.objects.get().read_by == cast.sade


def test_the_pages_ask_read_and_send(cast: Cast, case: Case, client_of: Browser) -> None:
    in_date(cast.sade)
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    check, page = f"/case/{case.reference}/nrm/check", f"/case/{case.reference}/nrm/reading"
    first = olu.get(check).content.decode()
    assert "You are not in date for sending this" in first
    fields = {"digest": digest_of(case, cast)}
    assert olu.post(check, fields).status_code == 409
    assert olu.post(f"{page}/ask").status_code == 302
    assert "Nobody has read it yet." in olu.get(check).content.decode()
    assert "You asked for this." in olu.get(page).content.decode()
    shown = sade.get(page).content.decode()
    assert "Modern slavery general awareness is missing" in shown
    digest = re.search(r'name="digest" value="(\w{64})"', shown)
    assert digest is not None
    wrong = sade.post(page, {"digest": digest[1], "verdict": "put_right"})
    assert wrong.status_code == 400
    assert "Enter what must be put right" in wrong.content.decode()
    assert sade.post(page, {"digest": digest[1], "verdict": "fit"}).status_code == 302
    assert "It may go." in olu.get(check).content.decode()
    assert olu.post(check, fields).status_code == 302
    assert NrmSubmission.objects.count() == 1


def test_somebody_in_date_is_asked_for_no_reason(
    cast: Cast, case: Case, client_of: Browser
) -> None:
    in_date(cast.olu)
    page = client_of(cast.olu).get(f"/case/{case.reference}/nrm/check").content.decode()
    assert "why it could not wait" not in page
    assert "not in date" not in page


def test_the_history_says_that_it_was_asked_and_what_came_of_it(cast: Cast, case: Case) -> None:
    in_date(cast.sade)
    nrm_reading.ask_to_read(case=case, by=cast.actor("olu"))
    read(case, cast, verdict="put_right", words="Say where the car wash was.")
    lines = CaseEvent.objects.filter(case=case, kind=EventKind.NRM).order_by("recorded_at")
    assert [line.detail["reading"] for line in lines] == ["asked", "read_put_right"]
    assert "car wash" not in "".join(line.text for line in lines)
