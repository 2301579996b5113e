"""Whatever is answered, in whatever order: what leaves is what the form's own conditions allow, and no more."""

import json
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import strategies as st

import clocks
from casework.models import Case, EvidenceFile, Place, Situation
from casework.nrm.form import HERE, Question, questions
from casework.nrm.homes import PARTS, PERSON, SITUATION
from casework.nrm.incoming import read
from casework.nrm.record import Record
from casework.nrm.rules import IDENTIFYING
from victims.models import ConsentOutcome, Victim

# The conditions again, from the facts about the form alone.
WHEN = {
    row["key"]: row.get("when", [])
    for row in json.loads((Path(HERE) / "form.json").read_text())
    if not row.get("legacy")
}
NAMES = ("pv-name", "pv-phone", "pv-dob", "pv-contact-details", "someone-else", "pv-ho-reference")


def value(question: Question) -> st.SearchStrategy[Any]:
    if question.type == "checkbox-group":
        return st.sampled_from(["email", "post", ["email", "post"]])
    if question.type == "date":
        return st.dates(max_value=clocks.today()).filter(lambda d: d.year > 1900).map(str)
    if question.type == "file":
        return st.lists(st.sampled_from(["a.pdf", "b.pdf"]), min_size=1, max_size=3)
    if question.key == "does-pv-have-children-yes-amount":
        return st.integers(0, 20).map(str)
    if question.options:
        return st.sampled_from(question.options[:20])
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    return st.text(letters, min_size=1, max_size=20)


ANSWERS = st.fixed_dictionaries(
    {"pv-under-age": st.sampled_from(["yes", "no", "not-sure"])},
    optional={key: value(q) for key, q in questions().items() if key != "pv-under-age"},
)


def in_the_record(answers: dict[str, Any]) -> Record:
    """The rows that these answers become, without a database."""
    incoming = read(answers)
    person, case = Victim(), Case()
    case.victim = person
    for part in PARTS:
        case._state.fields_cache[part] = None  # nothing was saved in it yet
    situation = Situation(kinds=[kind for kind, ticked in incoming.kinds.items() if ticked])
    for part, fields in incoming.fields.items():
        rows: dict[str, Any] = {PERSON: person, SITUATION: situation}
        row = rows.get(part) or PARTS[part]()
        for name, given in fields.items():
            setattr(row, name, given)
        if part in PARTS:
            setattr(case, part, row)
    judged = getattr(case, "safeguarding", None) or PARTS["safeguarding"]()
    judged.judged_age = person.age_band
    case.safeguarding = judged
    said = {"yes": ConsentOutcome.GIVEN, "no": ConsentOutcome.REFUSED}.get(incoming.consent, "")
    return Record(
        case=case,
        today=clocks.today(),
        situations=[situation],
        places=[
            Place(kind=kind, position=position, name=name)
            for (kind, position), name in incoming.places.items()
        ],
        files=[EvidenceFile(**file) for file in incoming.files or []],
        consent=str(said),
    )


def allowed(answers: dict[str, Any]) -> set[str]:
    """The keys that may leave, worked out without the product's rules."""
    if answers["pv-under-age"] != "no":
        answers = answers | {"pv-want-to-submit-nrm": "yes"}
    may: set[str] = set()
    for key, alternatives in WHEN.items():
        if key in answers and (
            not alternatives
            or any(
                all(holds(answers, may, on, to) for on, to in each.items()) for each in alternatives
            )
        ):
            may.add(key)
    return may


def holds(answers: dict[str, Any], may: set[str], on: str, to: list[str]) -> bool:
    given = answers.get(on) if on in may else None
    if to == ["present"]:
        return bool(given)
    return bool(set(given if isinstance(given, list) else [given]) & set(to))


@hypothesis.given(ANSWERS)
@hypothesis.settings(deadline=None, max_examples=60)
def test_what_leaves_is_exactly_what_the_conditions_allow(answers: dict[str, Any]) -> None:
    out = in_the_record(answers).out()
    assert set(out) == allowed(answers)
    for key, answer in out.items():
        if key != "pv-want-to-submit-nrm":
            assert answer == answers[key], key


@hypothesis.given(ANSWERS, st.booleans())
@hypothesis.settings(deadline=None, max_examples=60)
def test_a_notification_names_nobody_who_did_not_agree(
    answers: dict[str, Any], agreed: bool
) -> None:
    refused = answers | {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}
    record = in_the_record(refused)
    police = record.part("police")
    if police is not None:
        police.agrees_to_be_named = "yes" if agreed else ""
    out = record.out()
    named = agreed and refused.get("authorities-cooperation") == "yes"
    if not named:
        assert not [key for key in out if key.startswith(NAMES)]
        assert not IDENTIFYING & set(out)


@hypothesis.given(ANSWERS, ANSWERS)
@hypothesis.settings(deadline=None, max_examples=40)
def test_changing_ones_mind_and_back_leaves_what_left_before(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    back = in_the_record(first | second | first)
    there = in_the_record(second | first)
    assert back.out() == there.out()
