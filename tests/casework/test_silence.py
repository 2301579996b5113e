"""Lost contact: what must be considered, what is refused, and who may end such a case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, User
from accounts.permissions import ROLES, Permission, Role
from casework.actions.closing import decide_closing
from casework.actions.silence import consider_missing
from casework.models import Case, CaseStatus, ClosingOutcome, Closure, ContactOutcome, LostContact
from casework.silence import silence_of
from casework.timeline import lines
from clocks import deadlines
from tests.builders import make_case, make_victim
from tests.casework.steps import asked_to_close, notified, spoke
from tests.cast import Cast
from victims.models import AgeBand, Channel

pytestmark = pytest.mark.usefixtures("nothing_owed_above")

Open = Callable[[User], Client]
NO_CONTACT = ClosingOutcome.NO_CONTACT
NO_REPORT = {"outcome": "not_needed", "reason": "Her aunt saw her.", "decided_by": "Insp Vale"}
REPORT = {"outcome": "reported", "report_number": "MP/12", "decided_by": "Insp Vale"}


def lost(cast: Cast, ways: str = "pvp", **over: Any) -> Case:
    """A case of a person whom nobody has reached by these tries."""
    now = clocks.now()
    case = make_case(at=now - timedelta(days=3), **over)
    olu = cast.actor("olu")
    for hours, way in enumerate(ways):
        phone = way == "p"
        spoke(
            case,
            olu,
            now - timedelta(days=1, hours=-hours),
            outcome=ContactOutcome.TRIED,
            channel=Channel.PHONE if phone else Channel.IN_PERSON,
            unsafe_channel_reason="No other number." if phone else "",
        )
    return case


def test_a_report_has_its_number_and_begins_a_time_of_being_missing(cast: Cast) -> None:
    case = lost(cast)
    heard_at = silence_of(case).heard_at
    consider_missing(case=case, by=cast.actor("olu"), **REPORT)
    episode = case.victim.missing_episodes.get()
    assert (episode.missing_since, episode.report_number) == (heard_at, "MP/12")
    assert episode.alerted_at is not None
    assert case.lost_contacts.get().episode == episode
    (said,) = lines(case.events.filter(kind="lost_contact").select_related("by"))
    assert said.title == "Nobody can reach them: A missing person report is made"
    assert said.text == "Decided by: Insp Vale"


def test_a_report_that_stands_already_is_not_made_twice(cast: Cast) -> None:
    case, olu = lost(cast), cast.actor("olu")
    consider_missing(case=case, by=olu, **REPORT)
    consider_missing(case=case, by=olu, **(REPORT | {"report_number": "MP/13"}))
    assert case.victim.missing_episodes.get().report_number == "MP/13"


def test_a_childs_authority_is_still_owed_the_news(cast: Cast) -> None:
    case = lost(cast, victim=make_victim(age_band=AgeBand.CHILD))
    consider_missing(case=case, by=cast.actor("olu"), **REPORT)
    assert case.victim.missing_episodes.get().alerted_at is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (REPORT | {"report_number": ""}, "number of the missing person report"),
        (NO_REPORT | {"reason": ""}, "why none is needed"),
        (NO_REPORT | {"decided_by": ""}, "blank"),
        (NO_REPORT | {"outcome": "forgotten"}, "not a valid choice"),
    ],
)
def test_half_an_answer_changes_nothing(wrong: dict[str, str], sentence: str, cast: Cast) -> None:
    case = lost(cast)
    with pytest.raises(Conflict, match=sentence):
        consider_missing(case=case, by=cast.actor("olu"), **wrong)
    assert not case.lost_contacts.exists()
    assert not case.victim.missing_episodes.exists()


@pytest.mark.parametrize("ways", ["", "pv", "ppp"])
def test_too_few_tries_or_ways_are_not_lost_contact(ways: str, cast: Cast) -> None:
    case = lost(cast, ways)
    with pytest.raises(Conflict, match="3 tries by 2 different ways"):
        consider_missing(case=case, by=cast.actor("olu"), **NO_REPORT)


def test_the_numbers_of_the_database_are_those_that_pages_and_deadlines_say(cast: Cast) -> None:
    assert silence_of(lost(cast, "pvp")).lost_at is not None
    (row,) = [row for row in deadlines.read() if (row.rule, row.clock) == ("contact-lost", "first")]
    assert row.duty.startswith("After 3 tries by 2 different ways")
    assert {role for role in Role if Permission.CASE_COUNTERSIGN in ROLES[role]} == {
        Role.SUPERVISOR,
        Role.SPECIALIST_LEAD,
    }


class TestClosing:
    def test_it_is_refused_before_contact_is_lost(self, cast: Cast) -> None:
        case, olu = lost(cast, "pv"), cast.actor("olu")
        notified(case, olu)
        with pytest.raises(Conflict) as refusal:
            asked_to_close(case, olu, outcome=NO_CONTACT)
        assert "only after 3 tries" in refusal.value.fields[0]

    @pytest.mark.parametrize("outcome", ClosingOutcome.values)
    def test_whatever_the_outcome_it_is_refused_until_that_was_considered(
        self, outcome: str, cast: Cast
    ) -> None:
        case, olu = lost(cast), cast.actor("olu")
        notified(case, olu)
        with pytest.raises(Conflict) as refusal:
            asked_to_close(case, olu, outcome=outcome)
        assert "Consider a missing person report first" in refusal.value.fields[0]
        consider_missing(case=case, by=olu, **NO_REPORT)
        asked_to_close(case, olu, outcome=outcome)

    def test_reaching_them_meanwhile_refuses_the_second_officer(self, cast: Cast) -> None:
        case, olu = lost(cast), cast.actor("olu")
        notified(case, olu)
        consider_missing(case=case, by=olu, **NO_REPORT)
        asked_to_close(case, olu, outcome=NO_CONTACT)
        spoke(case, olu)
        with pytest.raises(Conflict):
            decide_closing(case=case, by=cast.actor("sade"), agreed=True)

    def test_a_supervisor_agrees_but_never_the_owner(self, cast: Cast) -> None:
        case = lost(cast)
        notified(case, cast.actor("olu"))
        consider_missing(case=case, by=cast.actor("olu"), **NO_REPORT)
        Case.objects.filter(pk=case.pk).update(owner=cast.sade)
        asked_to_close(case, cast.actor("olu"), outcome=NO_CONTACT)
        with pytest.raises(Refused, match="your own case"):
            decide_closing(case=case, by=cast.actor("sade"), agreed=True)
        decide_closing(case=case, by=cast.actor("ines"), agreed=True)
        case.refresh_from_db()
        assert case.status == CaseStatus.CLOSED

    def test_raw_writes_are_refused_by_the_database(self, cast: Cast) -> None:
        case, olu = lost(cast), cast.actor("olu")
        row = {
            "scope": case.scope, "case": case, "at": clocks.now(), "by": cast.olu,
            "recorded_at": clocks.now(), "outcome": NO_CONTACT, "explanation": "x",
            "no_contact_reason": "x",
        }  # fmt: skip
        with pytest.raises(IntegrityError, match="not considered"), transaction.atomic():
            Closure.objects.create(**row)
        consider_missing(case=case, by=olu, **NO_REPORT)
        asked = Closure.objects.create(**row)
        Case.objects.filter(pk=case.pk).update(owner=cast.sade)
        for who in (cast.sade, cast.rhys):
            with pytest.raises(IntegrityError, match="supervisor other"), transaction.atomic():
                Closure.objects.filter(pk=asked.pk).update(
                    decided_by=who, decided_at=clocks.now(), agreed=True
                )
        Closure.objects.filter(pk=asked.pk).update(
            decided_by=cast.ines, decided_at=clocks.now(), agreed=True
        )


def test_what_was_considered_is_never_changed(cast: Cast) -> None:
    case = lost(cast)
    consider_missing(case=case, by=cast.actor("olu"), **NO_REPORT)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LostContact.objects.update(reason="Nothing.")


def test_the_journey_through_the_pages(cast: Cast, client_of: Open) -> None:
    case, browser = lost(cast, "pv"), client_of(cast.olu)
    address = f"/case/{case.reference}"
    page = browser.get(f"{address}/lost-contact").content.decode()
    assert "only after 3 tries by 2 different ways" in page
    assert "Save what was decided" not in page
    assert browser.post(f"{address}/lost-contact", NO_REPORT).status_code == 409

    tried = {"outcome": "tried", "how": "in_person", "safe_tonight": "not_asked"}
    saved = browser.post(f"{address}/contact", tried, follow=True).content.decode()
    assert "Consider a missing person report now" in saved
    page = browser.get(f"{address}/lost-contact").content.decode()
    assert "Consider a missing person report" in page
    assert cast.olu.name in page
    assert page.count("Tried, no answer") == 3
    wrong = browser.post(
        f"{address}/lost-contact", {"outcome": "reported", "decided_by": "Insp Vale"}
    )
    assert wrong.status_code == 400
    assert "Enter the number of the missing person report" in wrong.content.decode()
    assert "Insp Vale" in wrong.content.decode()

    notified(case, cast.actor("olu"))
    assert "Contact was lost" not in browser.get(f"{address}/close").content.decode()
    closing = {"outcome": "no_contact", "explanation": "Gone", "no_contact_reason": "No answer"}
    refused = browser.post(f"{address}/close", closing)
    assert refused.status_code == 409
    assert "Consider a missing person report first" in refused.content.decode()
    assert AuditEvent.objects.filter(
        verb="access.refused", detail__tried="case.close", actor_id=cast.olu.pk
    ).exists()

    assert browser.post(f"{address}/lost-contact", NO_REPORT).status_code == 302
    page = browser.get(f"{address}/lost-contact").content.decode()
    assert "Her aunt saw her." in page
    assert "Contact was lost" in browser.get(f"{address}/close").content.decode()
    assert browser.post(f"{address}/close", closing).status_code == 302
    agreed = client_of(cast.sade).post(f"{address}/countersign", {"decision": "agree"})
    assert agreed.status_code == 302
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
