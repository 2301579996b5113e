"""What only a specialist asks is written in the account by nobody else without a reason, whatever the path."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

import clocks
from accounts.errors import Refused
from accounts.models import AuditEvent, User
from casework.actions.account import add_row, change_row, save_account
from casework.actions.linking import link, merge
from casework.actions.nrm import bring_in, settle
from casework.actions.person import tell_topic
from casework.models import Case, Party, Place, Situation
from casework.nrm.record import record_of
from tests.builders import make_case
from tests.casework.nrm.test_pages import fields_of, text_of
from tests.cast import Cast
from victims.models import ToldState, Topic

Open = Callable[[User], Client]
WHY = "Copied from his statement; nobody asked."
QUESTION = "Why did somebody ask who is no specialist?"


def mark(case: Case, cast: Cast, state: str = ToldState.SPECIALIST_ONLY) -> None:
    tell_topic(
        case=case, by=cast.actor("ines"), topic=Topic.VIOLENCE, state=state, heard_at=clocks.now()
    )


@pytest.fixture
def case(cast: Cast) -> Case:
    """Olu's, about whose violence only a specialist asks."""
    case = make_case()
    mark(case, cast)
    return case


WRITTEN: dict[str, Callable[..., Any]] = {
    **{
        part: lambda part=part, name=name, **by: save_account(
            changes={part: {name: "As he told it"}}, **by
        )
        for part, name in {
            "situation": "treatment",
            "opinion": "view",
            "background": "family",
            "exploitation": "exploiters",
            "since": "why_not_sooner",
            "atrisk": "fears_more_reasons",
        }.items()
    },
    "situations": lambda **by: add_row(of=Situation, living="On a barge", **by),
    "places": lambda **by: add_row(of=Place, kind="uk", name="Croydon", **by),
    "people": lambda **by: add_row(of=Party, role="exploiter", name="Gaffer Nil", **by),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_nobody_but_a_specialist_writes_what_happened_without_a_reason(
    what: str, case: Case, cast: Cast
) -> None:
    write, olu = WRITTEN[what], cast.actor("olu")
    with (
        pytest.raises(Refused, match="Only a specialist asks about violence"),
        transaction.atomic(),
    ):
        write(case=case, by=olu)
    with pytest.raises(Refused), transaction.atomic():
        write(case=case, by=olu, why_not_specialist="  ")
    write(case=case, by=olu, why_not_specialist=WHY)
    line = case.events.first()
    assert line is not None
    assert (line.text, line.detail["not_specialist"]) == (WHY, ["violence"])


@pytest.mark.parametrize("what", WRITTEN)
def test_a_specialist_needs_no_reason_and_where_the_mark_is_lifted_nobody_does(
    what: str, case: Case, cast: Cast
) -> None:
    WRITTEN[what](case=case, by=cast.actor("ines"))
    other = make_case()
    mark(other, cast)
    mark(other, cast, ToldState.ANYONE)
    WRITTEN[what](case=other, by=cast.actor("olu"))


def test_who_somebody_is_and_what_is_to_be_done_for_them_anybody_may_write(
    case: Case, cast: Cast
) -> None:
    changes = {"person": {"first_name": "Ann"}, "wishes": {"wants_support": "yes"}}
    save_account(case=case, by=cast.actor("olu"), changes=changes)
    bring_in(answers={"upload-file": ["a.pdf"]}, by=cast.actor("olu"), case=case)


def test_a_reason_holds_for_one_officer_in_one_sitting_and_for_the_topics_it_was_given_for(
    case: Case, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    olu, rhys = cast.actor("olu"), cast.actor("rhys")
    party = WRITTEN["people"](case=case, by=olu, why_not_specialist=WHY)
    change_row(row=party, by=olu, name="Marek")
    with pytest.raises(Refused), transaction.atomic():
        change_row(row=party, by=rhys, name="Mark")
    ines = cast.actor("ines")
    more = {"topic": Topic.MONEY, "state": ToldState.SPECIALIST_ONLY, "heard_at": clocks.now()}
    tell_topic(case=case, by=ines, **more)
    with pytest.raises(Refused, match="money and debts or violence"), transaction.atomic():
        change_row(row=party, by=olu, name="Mark")
    change_row(row=party, by=olu, name="Mark", why_not_specialist=WHY)
    later = clocks.now() + timedelta(hours=13)
    monkeypatch.setattr(clocks, "now", lambda: later)
    with pytest.raises(Refused), transaction.atomic():
        change_row(row=party, by=olu, name="Marek")


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("form/view", {"opinion-view": "She was watched."}),
        ("form/what-happened", {"situation-treatment": "Shouted at"}),
        ("form/background", {"background-family": "A sister"}),
        ("add/place", {"kind": "uk", "name": "Croydon"}),
        ("add/party", {"role": "exploiter", "name": "Gaffer Nil"}),
    ],
)
def test_each_page_of_the_account_asks_the_reason_and_logs_whoever_gives_none(
    address: str, typed: dict[str, str], case: Case, cast: Cast, client_of: Open
) -> None:
    browser, at = client_of(cast.olu), f"/case/{case.reference}/nrm/{address}"
    page = text_of(browser.get(at))
    assert "Only a specialist asks about violence and threats." in page
    assert QUESTION in page
    lines = case.events.count()
    refused = browser.post(at, fields_of(page) | typed)
    assert refused.status_code == 409
    assert "Say why you had to" in text_of(refused)
    for words in typed.values():
        assert words in text_of(refused)
    assert case.events.count() == lines
    event = AuditEvent.objects.get(verb="access.refused")
    assert event.detail == {"tried": "account.ask", "case": case.pk.hex}
    kept = fields_of(text_of(refused)) | typed | {"why_not_specialist": WHY}
    assert browser.post(at, kept).status_code == 302
    history = text_of(browser.get(f"/case/{case.reference}/history"))
    assert "Only a specialist asks about violence and threats. Why somebody else" in history
    assert WHY in history
    again = text_of(browser.get(at))
    assert "Only a specialist asks about violence and threats." in again
    assert QUESTION not in again  # asked once


def test_a_page_about_something_else_asks_no_reason(
    case: Case, cast: Cast, client_of: Open
) -> None:
    browser = client_of(cast.olu)
    for address in ("form/person", "form/support", "form/responder", "add/file"):
        assert QUESTION not in text_of(browser.get(f"/case/{case.reference}/nrm/{address}"))
    at = f"/case/{case.reference}/nrm/form/view"
    assert QUESTION not in text_of(client_of(cast.ines).get(at))


def test_a_page_that_changes_nothing_needs_no_reason(
    case: Case, cast: Cast, client_of: Open
) -> None:
    at = f"/case/{case.reference}/nrm/form/view"
    browser = client_of(cast.olu)
    assert browser.post(at, fields_of(text_of(browser.get(at)))).status_code == 302


def test_who_marks_it_while_somebody_types_is_heard(cast: Cast, client_of: Open) -> None:
    case, browser = make_case(), client_of(cast.olu)
    at = f"/case/{case.reference}/nrm/form/view"
    page = text_of(browser.get(at))
    assert QUESTION not in page
    mark(case, cast)
    answer = browser.post(at, fields_of(page) | {"opinion-view": "She was watched."})
    assert answer.status_code == 409
    assert QUESTION in text_of(answer)


def test_a_mark_in_a_merged_record_of_the_person_counts(cast: Cast) -> None:
    case, other = make_case(), make_case()
    mark(other, cast)
    sade = cast.actor("sade")
    made = link(case=case, other=other, by=sade, reason="Same date of birth")
    merge(case=case, link=made, by=sade, reason="She confirmed it")
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused), transaction.atomic():
        WRITTEN["people"](case=case, by=cast.actor("olu"))


def test_what_the_record_knew_already_is_taken_over_without_asking(case: Case, cast: Cast) -> None:
    olu = cast.actor("olu")
    record = record_of(case.reference, by=olu, today=clocks.today())
    record.known = {"where-exploitation-happened": "uk"}
    settle(case=case, by=olu, record=record)
