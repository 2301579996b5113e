"""Whatever is edited, by whichever act and in whatever order: what may leave is what the rules allow, and no more."""

import hashlib
import json
import os
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st

import clocks
from accounts.models import User
from casework.management.commands.nrm_export import shaped
from casework.models import NrmSubmission
from casework.nrm.form import questions
from casework.nrm.known import learn
from casework.nrm.record import Record, record_of
from tests.builders import make_case, make_victim
from tests.casework.nrm.edits import (
    AGE,
    BANDS,
    BORN,
    CONSENT,
    HELP,
    MADE,
    MARK,
    NAMES,
    OTHER,
    SOME,
    Edited,
    Told,
    born,
)
from tests.casework.nrm.test_pages import fields_of, text_of
from tests.casework.nrm.test_properties import allowed
from tests.casework.nrm.test_there_and_back import BY_ID
from tests.casework.steps import phone_rule
from tests.cast import Cast

EXAMPLES = 300 if os.environ.get("PROVE") else 10
# A child, an adult who agreed, one who refused and may be named, and somebody of whom nothing is known yet.
BEGINNINGS = ("S01", "S02", "S04", "")


@pytest.fixture
def beginnings(cast: Cast) -> dict[str, Edited]:
    """A case for each beginning, and another that may be of the same person."""
    by, supervisor = cast.actor("olu"), cast.actor("sade")
    other = make_case(victim=make_victim(called=OTHER))
    phone_rule(other, by, details=OTHER)
    answers = {"pv-name-last-name": OTHER, CONSENT: "yes", HELP: "yes", "family": OTHER}
    theirs = Edited(case=other, other=other, by=by, supervisor=supervisor)
    theirs.say(answers)
    made = {}
    for name in BEGINNINGS:
        case = make_case(indicators=["not_paid"])
        made[name] = Edited(case=case, other=other, by=by, supervisor=supervisor)
        made[name].told.in_other = theirs.told.decisions
        made[name].say({"pv-name-first-name": MARK} | named(name))
    return made


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=set(Phase)
    - {Phase.shrink},  # an edit is many statements: what failed is told in words instead
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(beginning=st.sampled_from(BEGINNINGS), batches=st.lists(SOME, min_size=1, max_size=3))
@example("S02", [[("record_age", ("child", 17, "day")), ("wait", 800)]])  # has come of age since
@example("S04", [[("agree_to_be_named", "no"), ("say", {HELP: "yes"})]])
@example(
    "S01", [[("record_age", ("child", 10, "day")), ("say", {AGE: "no"}), ("dispute_age", None)]]
)
@example("S01", [[("say", {AGE: "yes"})], [("record_age", ("child", 10, "day"))]])
@example("S04", [[("same_person", None), ("same_person", None)], [("same_person", None)]])
@example("", [[("record_age", ("adult", 30, "year")), ("say", {BORN: str(born(30))})]])
def test_what_may_leave_is_what_the_rules_allow_whatever_was_edited(
    beginnings: dict[str, Edited],
    client_of: Callable[[User], Client],
    beginning: str,
    batches: list[list[tuple[str, Any]]],
) -> None:
    note(f"beginning: {beginning}")
    edited = replace(beginnings[beginning], told=deepcopy(beginnings[beginning].told))
    with transaction.atomic():
        for batch in batches:
            for name, value in batch:
                with edited.then():
                    edited.do(name, value)
            with edited.then():
                exported_as_allowed(edited, as_told(edited))
        with edited.then():
            kept_as_shown(edited, client_of)
        transaction.set_rollback(True)


def named(beginning: str) -> dict[str, Any]:
    """The answers of a scenario, with the mark in every word that shows who it is."""
    answers = dict(BY_ID[beginning]["answers"]) if beginning else {}
    return {
        key: MARK if key.startswith(NAMES) and is_words(key, said) else said
        for key, said in answers.items()
    }


def is_words(key: str, said: Any) -> bool:
    return isinstance(said, str) and questions()[key].type in {"text", "textarea", "tel", "email"}


def read(edited: Edited, officer: User | None) -> Record:
    record = record_of(edited.case.reference, by=edited.by, today=clocks.today())
    return learn(record, officer=officer)


def as_told(edited: Edited) -> Record:
    """The record holds every answer that stands, in the words in which it was given, and none that nobody gave."""
    told = edited.told
    record = read(edited, None)
    answers = record.answers()
    assert BANDS[answers.pop(AGE)] == told.age
    assert answers.pop(CONSENT, "") == consent_of(told)
    day = told.born[0] if told.born and told.born[1] == "day" else None
    assert answers.pop(BORN, "") in {str(day or ""), told.said.get(BORN, "")}
    for key, said in told.said.items():
        assert key.startswith(told.loose) or key == BORN or answers[key] == said, key
    assert not [
        key for key in answers if key not in told.said and not key.startswith(MADE + told.loose)
    ]
    assert bool(record.judged_age) == told.conflicting
    return record


def consent_of(told: Told) -> str:
    """What the form hears about consent: a child is referred without it, an adult as they decided last."""
    if told.age != "adult":
        return "yes"
    return {"": "", "given": "yes"}.get(told.decided, "no")


def is_anonymous(told: Told, answers: dict[str, Any]) -> bool:
    """An adult said no, and did not agree to be named as one who helps."""
    return consent_of(told) == "no" and not (answers.get(HELP) == "yes" and told.named == "yes")


def exported_as_allowed(edited: Edited, record: Record) -> None:
    answers = record.answers()
    told, held = edited.told, answers
    if is_anonymous(told, answers):
        held = {key: answers[key] for key in answers if not key.startswith(NAMES)}
    said = StringIO()
    call_command("nrm_export", edited.case.reference, stdout=said)
    assert json.loads(said.getvalue()) == {key: answers[key] for key in allowed(held)}
    for text in (said.getvalue(), shaped(record, "casework"), shaped(record, "text")):
        assert OTHER not in text
        if is_anonymous(told, answers):
            assert MARK not in text
            assert told.born is None or str(told.born[0]) not in text


def kept_as_shown(edited: Edited, client_of: Callable[[User], Client]) -> None:
    """The page shows the same set; if it can be marked as sent, that set is what is kept."""
    address = f"/case/{edited.case.reference}/nrm/check"
    officer = User.objects.get(pk=edited.by.id)
    browser, told = client_of(officer), edited.told
    page = text_of(browser.get(address))
    answers = read(edited, officer).answers()
    assert OTHER not in page
    if is_anonymous(told, answers):
        assert MARK not in page
        answers = {key: said for key, said in answers.items() if not key.startswith(NAMES)}
    if "Mark as sent" not in page:
        return
    expected = {key: answers[key] for key in allowed(answers)}
    assert browser.post(address, fields_of(page)).status_code == (409 if told.conflicting else 302)
    if not told.conflicting:
        kept = NrmSubmission.objects.get(case=edited.case)
        assert json.loads(kept.answers) == expected
        assert kept.digest == hashlib.sha256(kept.answers.encode()).hexdigest()
