"""Guidance beside a step: the force's own, with its source and version, and kept with what was decided beside it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.scoping import NotVisible
from casework.actions import guidance
from casework.actions.person import record_consent
from casework.guidance import beside, starters
from casework.models import Case, GuidanceCard, GuidanceShown
from casework.models.guidance import LONGEST, Standing, Step
from tests.builders import make_case
from tests.cast import Cast
from victims.models import ConsentOutcome, Purpose

Browser = Callable[[User], Client]
CARD = {
    "step": "risk",
    "title": "Ask what they fear",
    "words": "Ask them first: they know best what would happen.",
    "source": "Set by the force",
    "standing": "force_default",
}


def a_card(cast: Cast, **over: str) -> GuidanceCard:
    return guidance.add_card(by=cast.actor("ines"), **(CARD | over))


def judge(browser: Client, case: Case, *cards: object) -> int:
    answers = {"risk": "high", "reason": "He knows where she sleeps."}
    answers |= {"review_on_day": "1", "review_on_month": "3", "review_on_year": "2099"}
    given = answers | {"guidance": [str(card) for card in cards]}
    return browser.post(f"/case/{case.reference}/risk", given).status_code


def test_a_card_stands_beside_its_step_with_its_source_and_version(
    cast: Cast, client_of: Browser
) -> None:
    a_card(cast)
    case = make_case(owner=cast.olu)
    olu = client_of(cast.olu)
    page = olu.get(f"/case/{case.reference}/risk").content.decode()
    for said in (CARD["title"], CARD["words"], "Set by the force", "own way", "Version 1."):
        assert said in page, said
    assert CARD["words"] not in olu.get(f"/case/{case.reference}/needs").content.decode()


def test_what_was_shown_is_kept_with_the_line_that_the_step_wrote(
    cast: Cast, client_of: Browser
) -> None:
    first = a_card(cast)
    case, olu = make_case(owner=cast.olu), client_of(cast.olu)
    assert judge(olu, case, first.pk) == 302
    shown = GuidanceShown.objects.get()
    assert (shown.card, shown.case, shown.by) == (first, case, cast.olu)
    assert shown.event is not None
    assert shown.event.kind == "risk"
    guidance.change_card(
        by=cast.actor("ines"), card_id=first.pk, words="Other.", source="X", standing="unverified"
    )
    history = olu.get(f"/case/{case.reference}/history").content.decode()
    assert "Ask what they fear, version 1" in history


def test_a_step_that_was_turned_back_keeps_nothing(cast: Cast, client_of: Browser) -> None:
    card = a_card(cast)
    case = make_case(owner=cast.olu)
    answer = client_of(cast.olu).post(f"/case/{case.reference}/risk", {"guidance": [str(card.pk)]})
    assert answer.status_code == 400
    assert not GuidanceShown.objects.exists()


@pytest.mark.parametrize("sent", ["no-id", "00000000-0000-4000-8000-000000000000", ""])
def test_an_id_that_is_none_of_the_forces_cards_is_passed_over(
    cast: Cast, client_of: Browser, sent: str
) -> None:
    case = make_case(owner=cast.olu)
    assert judge(client_of(cast.olu), case, sent) == 302
    assert not GuidanceShown.objects.exists()


def test_a_card_of_another_step_is_not_said_to_have_been_shown(
    cast: Cast, client_of: Browser
) -> None:
    other = a_card(cast, step="needs")
    assert judge(client_of(cast.olu), make_case(owner=cast.olu), other.pk) == 302
    assert not GuidanceShown.objects.exists()


def test_changed_words_are_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    first = a_card(cast)
    by = cast.actor("ines")
    second = guidance.change_card(
        by=by, card_id=first.pk, words="Other.", source="X", standing="unverified"
    )
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.ended_by == cast.ines
    assert list(beside("risk", by=cast.actor("olu"))) == [second]
    with pytest.raises(NotVisible):
        guidance.change_card(
            by=by, card_id=first.pk, words="Other.", source="X", standing="unverified"
        )
    guidance.end_card(by=by, card_id=second.pk)
    assert a_card(cast).version == 3


def test_two_cards_of_one_title_do_not_stand_beside_a_step(cast: Cast) -> None:
    a_card(cast)
    with pytest.raises(Conflict):
        a_card(cast)


def test_only_whoever_leads_the_specialists_keeps_guidance(cast: Cast) -> None:
    with pytest.raises(Refused):
        guidance.add_card(by=cast.actor("sade"), **CARD)
    with pytest.raises(Refused):
        guidance.take_starters(by=cast.actor("sade"))


def test_what_was_shown_is_never_changed_or_deleted(cast: Cast, client_of: Browser) -> None:
    card = a_card(cast)
    assert judge(client_of(cast.olu), make_case(owner=cast.olu), card.pk) == 302
    for act in (
        lambda: GuidanceShown.objects.all().delete(),
        lambda: GuidanceShown.objects.update(event=None),
        lambda: GuidanceCard.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_force_begins_once_with_the_cards_that_come_with_holdfast(
    cast: Cast, client_of: Browser
) -> None:
    ines = client_of(cast.ines)
    assert "Begin with the cards" in ines.get("/guidance").content.decode()
    assert ines.post("/guidance/starters").status_code == 302
    assert GuidanceCard.objects.count() == len(starters())
    ines.post("/guidance/starters")
    assert GuidanceCard.objects.count() == len(starters())
    page = client_of(cast.olu).get("/guidance").content.decode()
    assert "Begin with the cards" not in page
    assert "Adult or child: two different tests" in page


@pytest.mark.parametrize("card", starters(), ids=lambda card: card.step)
def test_each_card_that_comes_with_holdfast_is_short_and_says_how_sure_it_is(card) -> None:  # type: ignore[no-untyped-def]
    assert card.step in Step.values
    assert card.standing in Standing.values
    assert 20 < len(card.words) <= LONGEST
    assert card.source


@pytest.mark.parametrize("step", Step)
def test_every_step_shows_its_guidance(cast: Cast, client_of: Browser, step: Step) -> None:
    a_card(cast, step=step.value)
    case = make_case(owner=cast.olu)
    if step == Step.NRM_NOTIFY:
        record_consent(
            case=case,
            by=cast.actor("olu"),
            purpose=Purpose.NRM,
            outcome=ConsentOutcome.REFUSED,
            decided_at=clocks.now(),
        )
    address = "nrm" if step == Step.NRM_NOTIFY else step.value
    page = client_of(cast.olu).get(f"/case/{case.reference}/{address}")
    assert CARD["words"] in page.content.decode()
