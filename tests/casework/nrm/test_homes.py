"""Every question of the national form has one home in the record, by a name that says what it means."""

from collections import Counter

from django.db import models

from accounts.privacy import Privacy
from casework.models import EvidenceFile, Place, Situation
from casework.nrm.form import every_question, questions
from casework.nrm.homes import HOMES, MOVED, PERSON, Consent, Field, Files, Kind, Slot, Tick, Ways
from casework.nrm.homes import model_of as model_of_part
from casework.nrm.incoming import read
from casework.nrm.payload import payload
from casework.nrm.sections import SECTIONS, label_of, section_of
from victims.models import ConsentEvent

LIVE, ALL = 139, 143


def homes_of(home: object) -> list[tuple[type[models.Model], str]]:
    """The model and field that hold the answer."""
    if isinstance(home, Field | Tick):
        return [(model_of_part(home.part), home.name)]
    if isinstance(home, Ways):
        return [(model_of_part(home.part), home.email), (model_of_part(home.part), home.post)]
    rows: dict[type, tuple[type[models.Model], str]] = {
        Kind: (Situation, "kinds"),
        Slot: (Place, "name"),
        Consent: (ConsentEvent, "outcome"),
        Files: (EvidenceFile, "name"),
    }
    return [rows[type(home)]]


def test_every_live_key_has_a_home_and_no_home_is_for_a_key_that_is_gone() -> None:
    assert len(questions()) == LIVE
    assert set(HOMES) == set(questions())
    assert set(MOVED) == set(every_question()) - set(questions())
    assert len(every_question()) == ALL


def test_every_home_is_a_field_that_is_there_and_sorted_by_how_secret_it_is() -> None:
    for key, home in HOMES.items():
        for model, name in homes_of(home):
            assert model._meta.get_field(name), key
            assert isinstance(getattr(model, "PRIVACY", {})[name], Privacy), key


def test_two_questions_never_share_a_field_or_one_would_overwrite_the_other() -> None:
    shared = Counter(
        (model, name)
        for home in HOMES.values()
        if isinstance(home, Field | Tick | Ways)
        for model, name in homes_of(home)
    )
    assert [place for place, keys in shared.items() if keys > 1] == []


def test_phones_and_addresses_lie_sealed() -> None:
    for key, home in HOMES.items():
        if "phone" in key or key.endswith(("-street", "-postcode", "-other-location")):
            for model, name in homes_of(home):
                if name in {"phone_way", "other_phone_whose", "no_phone_reason"}:
                    continue
                assert getattr(model, "PRIVACY", {})[name] is Privacy.SEALED, key


def test_every_option_of_every_question_has_its_own_code() -> None:
    for key, question in questions().items():
        home = HOMES[key]
        if question.list or not isinstance(home, Field) or not question.options:
            continue
        field = model_of_part(home.part)._meta.get_field(home.name)
        codes = [home.ours(option) for option in question.options]
        assert len(set(codes)) == len(codes), key
        assert set(codes) <= set(dict(field.choices or ())), key
        assert [home.theirs(code) for code in codes] == list(question.options), key


def test_every_question_is_asked_in_one_section_and_has_a_name() -> None:
    asked = Counter(key for section in SECTIONS for key in section.keys)
    assert set(asked) == set(questions())
    assert set(asked.values()) == {1}
    for key in questions():
        assert label_of(key), key
        assert key in section_of(key).keys


def test_every_casework_name_is_fed_by_exactly_the_questions_that_the_form_says() -> None:
    example = {"date": "1990-02-01", "file": ["a.pdf"], "checkbox-group": ["email", "post"]}
    for key, question in questions().items():
        given = example.get(question.type, (question.options or ("x",))[0])
        fed = {
            name.replace("1", "{n}") if "Document" in name else name
            for name in payload({key: given})
        }
        extra = {"OtherVictimsFurtherInfo"} if key == "any-other-pvs" else set()
        type_is_always_there = {"Type"} - set(question.casework)
        if key in {
            "types-of-exploitation-other",
            "potential-victim-exploitative-situation-multiple",
        }:
            continue  # they only choose what another question feeds
        assert fed - extra - type_is_always_there == set(question.casework) - {"Type"} | (
            {"Type"} & set(question.casework)
        ), key


def test_an_answer_to_a_question_that_is_no_longer_asked_goes_where_its_successor_is() -> None:
    incoming = read({"why-are-you-making-the-referral": "Old words"})
    assert incoming.fields == {"opinion": {"view": "Old words"}}
    both = read({"why-are-you-making-the-referral": "Old words", "professional-insight": "New"})
    assert both.fields == {"opinion": {"view": "New"}}


def test_the_person_is_one_and_their_facts_are_not_copied_into_the_account() -> None:
    of_the_person = {home.name for home in HOMES.values() if getattr(home, "part", "") == PERSON}
    assert {"first_name", "born_on", "nationality", "language"} <= of_the_person
