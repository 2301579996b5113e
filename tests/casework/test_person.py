"""The page of the person, and what is learned there: facts in any number, age and its disputes, missing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, User
from casework.actions import facts
from casework.models import Case, EventKind
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.casework.test_case_page import questions_asked
from tests.cast import Cast
from victims.models import (
    KINDS,
    AgeBand,
    Dependant,
    FactKind,
    Nationality,
    PersonName,
    Precision,
    Victim,
)

Open = Callable[[User], Client]
VALUES: dict[FactKind, dict[str, Any]] = {
    FactKind.NAME: {"text": "زهرة البحر", "latin": "Zahra Albahr", "kind": "own"},
    FactKind.NATIONALITY: {"country": "Eritrea", "disputed": True, "disputed_by": "Home Office"},
    FactKind.LANGUAGE: {"language": "Tigrinya", "dialect": "Asmara", "interpreter": "yes"},
    FactKind.DEPENDANT: {
        "relation": "child",
        "called": "Little Wren",
        "age": "about 4",
        "in_care_of": "her aunt",
        "where": "9 Planted Street",
        "safe": "yes",
    },
    FactKind.REFERENCE: {"kind": "home_office", "number": "HO-777", "about": "asylum"},
}


def add(case: Case, by: Any, kind: FactKind, **over: Any) -> Any:
    return facts.add_fact(case=case, by=by, kind=kind, values=VALUES[kind] | over)


def page(browser: Client, case: Case, where: str = "person") -> str:
    response = browser.get(f"/case/{case.reference}/{where}".rstrip("/"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("kind", FactKind)
def test_what_is_added_is_shown_and_its_line_is_in_the_history(
    kind: FactKind, cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(), client_of(cast.olu)
    response = olu.post(f"/case/{case.reference}/person/{kind}/new", VALUES[kind])
    assert response.status_code == 302
    shown = page(olu, case)
    for line in KINDS[kind].objects.get().words:  # type: ignore[attr-defined]
        assert line in shown
    assert "9 Planted Street" not in shown
    event = case.events.get()
    assert (event.kind, event.detail["step"]) == (EventKind.PERSON, "added")
    assert str(kind.label) in page(olu, case, "history")


@pytest.mark.parametrize("kind", FactKind)
def test_a_fact_is_replaced_never_changed_and_the_one_before_is_kept(
    kind: FactKind, cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(), client_of(cast.olu)
    first = add(case, cast.actor("olu"), kind)
    asked = next(iter(name for name in VALUES[kind] if name not in {"kind", "relation"}))
    address = f"/case/{case.reference}/person/{kind}/{first.pk}"
    assert olu.post(address, VALUES[kind] | {asked: "Put right"}).status_code == 302
    first.refresh_from_db()
    assert first.ended_at is not None
    assert getattr(first, asked) == VALUES[kind][asked]
    standing = KINDS[kind].objects.get(ended_at=None)  # type: ignore[attr-defined]
    assert getattr(standing, asked) == "Put right"


def test_saving_what_is_recorded_already_changes_nothing(cast: Cast) -> None:
    case, by = make_case(), cast.actor("olu")
    first = add(case, by, FactKind.NAME)
    facts.replace_fact(
        case=case, by=by, kind=FactKind.NAME, fact=first, values=VALUES[FactKind.NAME]
    )
    assert PersonName.objects.get() == first
    assert case.events.count() == 1


def test_what_is_taken_out_is_kept_and_no_longer_shown(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), client_of(cast.olu)
    name = add(case, cast.actor("olu"), FactKind.NAME)
    address = f"/case/{case.reference}/person/name/{name.pk}/end"
    assert "Zahra" in olu.get(address).content.decode()
    refused = olu.post(address, {"why": "  "})
    assert refused.status_code == 400
    assert "Say why, in a sentence" in refused.content.decode()
    assert PersonName.objects.get().ended_at is None
    assert olu.post(address, {"why": "Written down twice"}).status_code == 302
    assert "Zahra" not in page(olu, case)
    kept = PersonName.objects.get()
    assert (kept.text, kept.why_ended, kept.ended_by) == (name.text, "Written down twice", cast.olu)
    assert "Written down twice" in olu.get(f"/case/{case.reference}/history").content.decode()


@pytest.mark.parametrize(
    "said", ["ended_at = now()", "why_ended = 'x'", "ended_at = now(), why_ended = ' '"]
)
def test_nothing_about_the_person_ends_in_the_database_without_a_reason(
    cast: Cast, said: str
) -> None:
    name = add(make_case(), cast.actor("olu"), FactKind.NAME)
    with pytest.raises(IntegrityError, match="ended_with_a_reason"), transaction.atomic():
        connection.cursor().execute(
            f"UPDATE victims_personname SET {said}, ended_by_id = recorded_by_id WHERE id = %s",
            [name.pk],
        )


def test_the_second_to_put_a_fact_right_is_told_and_keeps_their_words(
    cast: Cast, client_of: Open
) -> None:
    case = make_case()
    name = add(case, cast.actor("olu"), FactKind.NAME)
    address = f"/case/{case.reference}/person/name/{name.pk}"
    typed = VALUES[FactKind.NAME]
    client_of(cast.sade).post(address, typed | {"latin": "Zahra of Sade"})
    response = client_of(cast.olu).post(address, typed | {"latin": "Zahra of Olu"})
    assert response.status_code == 409
    assert "Zahra of Olu" in response.content.decode()
    assert PersonName.objects.get(ended_at=None).latin == "Zahra of Sade"


def test_somebody_is_a_national_of_a_country_or_of_none(cast: Cast) -> None:
    case, by = make_case(), cast.actor("olu")
    add(case, by, FactKind.NATIONALITY, country="", stateless=True)
    assert Nationality.objects.get().words[0] == "None (stateless)"
    for country, stateless in (("", False), ("Eritrea", True)):
        with pytest.raises(Conflict, match="country"):
            add(case, by, FactKind.NATIONALITY, country=country, stateless=stateless)


def test_where_a_dependant_is_lies_sealed_and_in_no_audit_row(cast: Cast) -> None:
    add(make_case(), cast.actor("olu"), FactKind.DEPENDANT)
    raw = Dependant.objects.get().__dict__["where"]
    assert "Planted" not in raw
    assert "Planted" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("username", ["keir", "tarek"])
def test_whoever_may_only_look_or_call_records_no_fact(
    username: str, cast: Cast, client_of: Open
) -> None:
    case = make_case()
    with pytest.raises(Refused):
        add(case, cast.actor(username), FactKind.NAME)
    shown = page(client_of(getattr(cast, username)), case)
    assert "/person/name/new" not in shown
    assert f"/case/{case.reference}/age" not in shown


def test_the_page_of_the_person_asks_twelve_questions_however_much_is_known(
    cast: Cast, client_of: Open
) -> None:
    case, by = make_case(), cast.actor("olu")
    browser = client_of(cast.olu)
    address = f"/case/{case.reference}/person"
    assert len(questions_asked(browser, address)) <= 12
    for kind in FactKind:
        for _number in range(5):
            add(case, by, kind)
    facts.record_missing(case=case, by=by, at=clocks.now())
    facts.dispute_age(case=case, by=by, disputed_by="person", why="She says that she is 16.")
    assert len(questions_asked(browser, address)) <= 12


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("3", "3", "1999"), (date(1999, 3, 3), Precision.DAY)),
        (("", "March", "1999"), (date(1999, 3, 1), Precision.MONTH)),
        (("", "", "1999"), (date(1999, 1, 1), Precision.YEAR)),
        (("3/3/1999", "", ""), (date(1999, 3, 3), Precision.DAY)),
        (("", "", ""), (None, Precision.DAY)),
    ],
)
def test_a_birth_date_is_kept_as_exactly_as_it_is_known(
    typed: tuple[str, str, str], kept: Any, cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(), client_of(cast.olu)
    parts = dict(zip(("born_on_day", "born_on_month", "born_on_year"), typed, strict=True))
    answers = {"version": "1", "age_band": "adult", **parts}
    assert olu.post(f"/case/{case.reference}/age", answers).status_code == 302
    victim = Victim.objects.get(pk=case.victim_id)
    assert (victim.born_on, victim.born_precision) == kept
    assert victim.born_words in page(olu, case)


def test_a_birth_date_that_settles_it_comes_before_what_was_thought(cast: Cast) -> None:
    by = cast.actor("olu")
    years = timedelta(days=366)
    for born_on, thought, band in (
        (clocks.today() - 30 * years, AgeBand.CHILD, AgeBand.ADULT),
        (clocks.today() - 10 * years, AgeBand.ADULT, AgeBand.CHILD),
        (None, AgeBand.UNSURE, AgeBand.UNSURE),
    ):
        case = make_case()
        facts.record_age(case=case, by=by, version=1, age_band=thought, born_on=born_on)
        case.victim.refresh_from_db()
        assert case.victim.age_band == band


def test_a_disputed_age_is_a_childs_until_it_is_determined(cast: Cast, client_of: Open) -> None:
    case, by = make_case(), cast.actor("olu")
    facts.dispute_age(case=case, by=by, disputed_by="local_authority", why="Looks 15.")
    case.victim.refresh_from_db()
    assert case.victim.is_child
    assert "Age disputed - treated as a child" in page(client_of(cast.olu), case, "")
    with pytest.raises(Conflict, match="disputed"):
        facts.record_age(case=case, by=by, version=2, age_band="adult", born_on=date(1980, 1, 1))
    with pytest.raises(Conflict, match="already on record"):
        facts.dispute_age(case=case, by=by, disputed_by="person", why="Again.")
    answers = {
        "result": "adult",
        "determined_by": "court",
        "determined_on_day": "1",
        "determined_on_month": "2",
        "determined_on_year": "2026",
        "where_recorded": "Judgment 12",
    }
    olu = client_of(cast.olu)
    assert olu.post(f"/case/{case.reference}/age", answers).status_code == 302
    case.victim.refresh_from_db()
    assert (case.victim.is_child, case.victim.age_band) == (False, AgeBand.ADULT)
    shown = page(olu, case)
    assert "A court or tribunal, 1 February 2026" in shown
    assert "Judgment 12" in shown


def test_what_is_determined_and_the_birth_date_must_agree(cast: Cast) -> None:
    case, by = make_case(victim=make_victim(born_on=date(2015, 1, 1))), cast.actor("olu")
    facts.dispute_age(case=case, by=by, disputed_by="police", why="Looks 20.")
    said = {"result": "adult", "determined_by": "age_board", "determined_on": clocks.today()}
    with pytest.raises(Conflict, match="says otherwise"):
        facts.determine_age(case=case, by=by, **said)
    facts.determine_age(case=case, by=by, **said, born_on=date(2000, 5, 5))
    case.victim.refresh_from_db()
    assert (case.victim.born_on, case.victim.is_child) == (date(2000, 5, 5), False)


def test_the_second_to_record_an_age_is_told_and_may_then_save(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), client_of(cast.olu)
    address = f"/case/{case.reference}/age"
    unsure = {"version": "1", "age_band": "unsure"}
    assert client_of(cast.sade).post(address, unsure).status_code == 302
    response = olu.post(address, {"version": "1", "age_band": "child"})
    assert response.status_code == 409
    said = response.content.decode()
    assert "Recorded now: Not sure - treated as a child" in said
    assert 'name="version" value="2"' in said
    assert olu.post(address, {"version": "2", "age_band": "child"}).status_code == 302


def test_a_time_of_being_missing_from_the_first_news_to_the_talk_afterwards(
    cast: Cast, client_of: Open
) -> None:
    case, olu = make_case(victim=make_victim(age_band="child")), client_of(cast.olu)
    address = f"/case/{case.reference}/missing"
    assert olu.post(address, {"last_seen": "Planted Pier"}).status_code == 302
    case.victim.refresh_from_db()
    assert case.victim.missing_since
    assert "Missing since" in page(olu, case, "")
    assert olu.post(address, {"alerted": ["missing_unit"]}).status_code == 302
    episode = case.victim.missing_episodes.get()
    assert episode.alerted_at is None  # of a child the local authority must know as well
    told = {"alerted": ["local_authority"], "report_number": "MP/12"}
    assert olu.post(address, told).status_code == 302
    episode.refresh_from_db()
    assert episode.alerted_at
    assert episode.alerted == ["local_authority", "missing_unit"]
    assert olu.post(address, {"found_safe": "yes"}).status_code == 302
    case.victim.refresh_from_db()
    assert case.victim.missing_since is None
    assert "Nobody has spoken with them" in page(olu, case)
    assert olu.post(address, {"interviewed_by": "Perrin Oakmoss"}).status_code == 302
    shown = page(olu, case)
    assert "Perrin Oakmoss" in shown
    assert "Planted Pier" not in shown
    assert [event.detail["step"] for event in case.events.order_by("recorded_at")] == [
        "missing",
        "alerted",
        "alerted",
        "found",
        "interviewed",
    ]


def test_nobody_is_missing_twice_at_once_nor_found_twice(cast: Cast) -> None:
    case, by = make_case(), cast.actor("olu")
    with pytest.raises(Conflict, match="not on record"):
        facts.record_found(case=case, by=by, at=clocks.now(), found_safe=Answer.YES)
    facts.record_missing(case=case, by=by, at=clocks.now() - timedelta(hours=2))
    with pytest.raises(Conflict, match="already on record"):
        facts.record_missing(case=case, by=by, at=clocks.now())
    with pytest.raises(Conflict, match="after they went missing"):
        facts.record_found(
            case=case, by=by, at=clocks.now() - timedelta(hours=3), found_safe=Answer.YES
        )
    with pytest.raises(Conflict, match="still missing"):
        facts.record_return_interview(
            case=case, by=by, at=clocks.now(), interviewed_by="Perrin Oakmoss"
        )
    facts.record_found(case=case, by=by, at=clocks.now(), found_safe=Answer.YES)
    with pytest.raises(Conflict, match="already"):
        facts.record_found(case=case, by=by, at=clocks.now(), found_safe=Answer.NO)


def test_a_risk_is_judged_with_the_day_to_judge_it_again(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), client_of(cast.olu)
    address = f"/case/{case.reference}/risk"
    answers = {"risk": "high", "reason": "He knows where she sleeps."}
    assert olu.post(address, answers).status_code == 400
    on = {"review_on_day": "1", "review_on_month": "3", "review_on_year": "2099"}
    assert olu.post(address, answers | on).status_code == 302
    shown = page(olu, case)
    assert "He knows where she sleeps." in shown
    assert "1 March 2099" in shown
