"""What stands on the page of the person answers the national form too: nobody is asked for it again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

import clocks
from accounts.models import User
from casework.actions.facts import add_fact
from casework.actions.nrm import bring_in
from casework.nrm.known import learn
from casework.nrm.record import record_of
from casework.nrm.sections import SECTIONS
from tests.builders import make_case, make_victim
from tests.casework.test_case_page import questions_asked
from tests.cast import Cast
from victims.models import AgeBand, FactKind

Open = Callable[[User], Client]
FACTS: list[tuple[FactKind, dict[str, Any]]] = [
    (
        FactKind.NAME,
        {"text": "Сельма Вымышленная Тест", "latin": "Selma Invented Test", "kind": "own"},
    ),
    (FactKind.NAME, {"text": "Little Wren", "kind": "given"}),
    (FactKind.NAME, {"text": "Nobody Real", "kind": "papers"}),
    (FactKind.NATIONALITY, {"country": "Eritrea"}),
    (FactKind.NATIONALITY, {"country": "British"}),
    (FactKind.DEPENDANT, {"relation": "child", "called": "A"}),
    (FactKind.DEPENDANT, {"relation": "child", "called": "B"}),
    (FactKind.DEPENDANT, {"relation": "parent"}),
    (FactKind.REFERENCE, {"kind": "home_office", "number": "K1234567", "about": "Asylum"}),
    (FactKind.REFERENCE, {"kind": "passport", "number": "PX-1"}),
]
KNOWN = {
    "pv-name-first-name": "Selma Invented",
    "pv-name-last-name": "Test",
    "pv-name-nickname": "Little Wren",
    "pv-nationality": "Eritrean",
    "pv-nationality-second": "British",
    "does-pv-have-children": "yes",
    "does-pv-have-children-yes-amount": "2",
    "pv-ho-reference": "yes",
    "pv-ho-reference-type": "Asylum K1234567",
}


def test_it_leaves_with_the_form_and_is_shown_in_its_boxes(cast: Cast, client_of: Open) -> None:
    case, by = make_case(), cast.actor("olu")
    for kind, values in FACTS:
        add_fact(case=case, by=by, kind=kind, values=values)
    bring_in(answers={"pv-want-to-submit-nrm": "yes"}, by=by, case=case)
    record = learn(record_of(case.reference, by=by, today=clocks.today()), officer=cast.olu)
    assert {key: record.out().get(key) for key in KNOWN} == KNOWN
    pages = "".join(
        client_of(cast.olu).get(f"/case/{case.reference}/nrm/form/{slug}").content.decode()
        for slug in ("person", "needs")
    )
    for shown in ("Selma Invented", "Little Wren", "Eritrean", "Asylum K1234567", 'value="2"'):
        assert shown in pages


def test_what_was_answered_in_the_form_itself_comes_first(cast: Cast) -> None:
    case, by = make_case(), cast.actor("olu")
    add_fact(case=case, by=by, kind=FactKind.NATIONALITY, values={"country": "Eritrea"})
    answers = {"pv-want-to-submit-nrm": "yes", "pv-nationality": "Sudanese"}
    bring_in(answers=answers, by=by, case=case)
    record = learn(record_of(case.reference, by=by, today=clocks.today()), officer=cast.olu)
    assert record.out()["pv-nationality"] == "Sudanese"


@pytest.mark.parametrize("country", ["Niger", "Congo", "Nowhere", ""])
def test_a_country_that_leaves_a_choice_or_none_answers_nothing(cast: Cast, country: str) -> None:
    case, by = make_case(), cast.actor("olu")
    values = {"country": country, "stateless": not country}
    add_fact(case=case, by=by, kind=FactKind.NATIONALITY, values=values)
    record = learn(record_of(case.reference, by=by, today=clocks.today()), officer=cast.olu)
    assert "pv-nationality" not in record.answers()


@pytest.mark.parametrize("band", [AgeBand.ADULT, AgeBand.CHILD])
def test_each_page_of_a_case_of_which_nothing_is_known_keeps_to_its_questions(
    cast: Cast, client_of: Open, band: AgeBand
) -> None:
    case, browser = make_case(victim=make_victim(age_band=band)), client_of(cast.olu)
    asked = {
        section.slug: len(
            questions_asked(browser, f"/case/{case.reference}/nrm/form/{section.slug}")
        )
        for section in SECTIONS
    }
    assert {slug: count for slug, count in asked.items() if count > 12} == {}
