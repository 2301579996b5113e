"""Whom a search finds: every way in which a name, a date, a number or a place may be written."""

from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.models import Restriction, Scope
from casework import finding
from casework.models import Case, CrimeRecord, DutyToNotify, NrmReferral
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from victims.models import PersonName, Reference, SafeContact, SearchKey, Victim

BORN = date(1990, 2, 1)


def make_person(
    called: str, *, number: str = "", scope: Scope | None = None, **over: object
) -> Case:
    """A case of somebody who is called this, with a number if one is given."""
    victim = make_victim(scope, called=called, born_on=over.pop("born_on", None))
    case = make_case(victim=victim, **over)
    if number:
        give_number(case, number)
    return case


def give_number(case: Case, number: str) -> SafeContact:
    return SafeContact.objects.create(
        scope=case.scope,
        victim=case.victim,
        channel="phone",
        safe="yes",
        details=number,
        review_on=clocks.today(),
        set_at=clocks.now(),
        set_by=case.logged_by,
    )


def looked_for(words: str, by: Actor) -> finding.Found:
    with acting_as(by):
        return finding.find(finding.read(words), by)


def why(words: str, by: Actor) -> list[str]:
    """Why the first that is found is shown; nothing when nobody is."""
    rows = looked_for(words, by).rows
    return [str(each) for each in rows[0][1]] if rows else []


NAMES = [
    ("John Smith", "Jon Smyth"),
    ("John Smith", "smith, john"),
    ("John Smith", "JOHN   SMITH"),
    ("Jon Smyth", "John Smith"),
    ("Nguyễn Thị Mai", "Nguyen Thi Mai"),
    ("Nguyen Thi Mai", "Mai Nguyễn"),
    ("Zoë Müller-Lüdenscheidt", "zoe muller ludenscheidt"),
    ("Łukasz Žižek", "Lukasz Zizek"),
    ("Seán O’Brien", "Sean OBrien"),
    ("Наталья Ковач", "Natalia Kovach"),
    ("Natalia Kovacs", "Наталья Ковач"),
    ("Александр Щербаков", "Alexander Shcherbakov"),
    ("Олександр", "Aleksandr"),
    ("محمد حسين", "Mohammed Hussein"),
    ("Muhammad Husain", "محمد حسين"),
    ("أحمد يوسف", "Ahmed Youssef"),
    ("فاطمة", "Fatima"),
    ("عمر خالد", "Umar Khaled"),
    ("Mohammed Ali", "Mohamed Ali"),
    ("Mohamud Abdi", "Mohammed Abdi"),
    ("Abdulrahman Noor", "Abdul Rahman Noor"),
    ("Γιώργος", "George"),
    ("王小明", "Wang Xiao Ming"),
    ("ሰላም ተስፋይ", "Selam Tesfay"),
    ("Katarzyna Wiśniewska", "Kasia Wisniewska"),
    ("Yevgeny Petrov", "Evgenii Petroff"),
    ("Olu Adebayo-Oni", "Adebayo Oni"),
    ("Katarzyna Kowalska", "Katarzina Kowalsk"),
    ("William Ouzel", "Bill Ouzel"),
    ("Hoda", "Huda"),
]


@pytest.mark.parametrize(("recorded", "typed"), NAMES)
def test_a_name_is_found_however_it_is_written(cast: Cast, recorded: str, typed: str) -> None:
    case = make_person(recorded)
    make_person("Blessing Okonkwo")
    assert [row for row, _why in looked_for(typed, cast.actor("olu")).rows] == [case]


def test_the_name_and_the_swapped_date_say_why(cast: Cast) -> None:
    case = make_person("John Smith", born_on=BORN)
    swapped = make_person("Petra Wood", born_on=date(1990, 1, 2))
    rows = looked_for("Jon Smyth 02/01/1990", cast.actor("olu")).rows
    assert [row for row, _why in rows] == [case, swapped]
    assert [str(each) for each in rows[0][1]] == [
        "Name that sounds the same",
        "Same date of birth with day and month swapped",
    ]
    assert [str(each) for each in rows[1][1]] == ["Same date of birth"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("John Smith", "Same name"),
        ("Jon Smith", "Another form of the name"),
        ("John Smythe", "Name that sounds the same"),
        ("John Smithsonian", "Name like it"),
        ("John Adebayo", "Part of the name"),
    ],
)
def test_the_answer_says_how_the_name_fits(cast: Cast, typed: str, said: str) -> None:
    make_person("John Smith")
    assert why(typed, cast.actor("olu")) == [said]


@pytest.mark.parametrize(
    "typed",
    ["07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900 123", "0044 7700 900123"],
)
def test_a_number_is_found_however_it_is_typed(cast: Cast, typed: str) -> None:
    make_person("Mai", number="07700 900123, ask for Wren")
    assert why(typed, cast.actor("olu")) == ["Same number or e-mail address"]
    assert why(typed[:-1] + "4", cast.actor("olu")) == []


def test_an_e_mail_address_is_found(cast: Cast) -> None:
    make_person("Mai", number="Wren.Ouzel@post.invalid")
    assert why("wren.ouzel@post.invalid", cast.actor("olu")) == ["Same number or e-mail address"]


def test_every_reference_of_a_case_finds_it(cast: Cast) -> None:
    case = make_person("Mai", incident_number="INC-441", reference="HF-CDFGH")
    fact = {"scope": case.scope, "case": case, "at": clocks.now(), "recorded_at": clocks.now()}
    CrimeRecord.objects.create(number="12A/4467/26", by=cast.olu, **fact)
    NrmReferral.objects.create(home_office_reference="CMR-000123", by=cast.olu, **fact)
    DutyToNotify.objects.create(reference="DTN 99/2", by=cast.olu, **fact)
    for typed in ("hf cdfgh", "inc441", "12a/4467/26", "12A 4467 26", "cmr000123", "DTN-99-2"):
        assert why(typed, cast.actor("olu")) == ["Same reference"], typed


def test_a_place_is_found_by_the_words_that_tell_it_apart(cast: Cast) -> None:
    case = make_person("Mai", place="Car wash behind Nonesuch Lane, near the Gannet")
    make_person("Linh", place="Flat 2, Quarry Lane")
    for typed in ("nonesuch lane", "Gannet car wash"):
        rows = looked_for(typed, cast.actor("olu")).rows
        assert [(row, [str(each) for each in said]) for row, said in rows] == [
            (case, ["Same place"])
        ]
    assert why("Nonesuch Quarry", cast.actor("olu")) == []


def test_who_fits_better_comes_first(cast: Cast) -> None:
    part = make_person("Mai Tran")
    alike = make_person("Mai Nguien")
    same = make_person("Nguyen Mai")
    rows = looked_for("Mai Nguyen", cast.actor("olu")).rows
    assert [row for row, _why in rows] == [same, alike, part]


def test_every_name_and_number_of_the_person_finds_them(cast: Cast) -> None:
    case = make_person("Wren")
    Victim.objects.filter(pk=case.victim_id).update(
        first_name="Наталья",
        last_name="Ковач",
        nickname="Lady Gannet, Kestrel",
        home_office_references="GWF 123456789 (visa); K1234567",
    )
    about = {"scope": case.scope, "victim": case.victim, "recorded_at": clocks.now()}
    PersonName.objects.create(
        text="محمد", latin="Heron", kind="other", recorded_by=cast.olu, **about
    )
    Reference.objects.create(kind="passport", number="PX 55-1", recorded_by=cast.olu, **about)
    for typed in (
        *("wren", "Natalia Kovach", "gannet lady", "kestrel", "gwf123456789", "k-1234567"),
        *("heron", "Mohamed", "px551"),
    ):
        expected = [] if typed == "gwf123456789" else [case]
        assert [row for row, _why in looked_for(typed, cast.actor("olu")).rows] == expected, typed
    assert why("123456789", cast.actor("olu")) == ["Same reference"]
    PersonName.objects.update(ended_at=clocks.now(), ended_by=cast.olu, why_ended="Misheard")
    assert why("heron", cast.actor("olu")) == []


def keys_of(victim: Victim) -> set[tuple[str, int, str]]:
    return set(SearchKey.objects.filter(victim=victim).values_list("kind", "key", "latin"))


def test_keys_follow_the_record_whatever_path_changes_it(cast: Cast) -> None:
    case = make_person("Jon Smyth", born_on=BORN, number="07700 900123", place="Nonesuch Lane")
    fresh = make_person(
        "Mai Nguyen", born_on=date(1999, 3, 3), place="Quarry Top", incident_number="I-7"
    )
    give_number(fresh, "07700 900555")
    wanted = keys_of(fresh.victim)
    with connection.cursor() as cursor:  # not even by the model
        cursor.execute(
            "UPDATE victims_victim SET called = 'Mai Nguyen', born_on = '1999-03-03' WHERE id = %s",
            [case.victim_id],
        )
    Case.objects.filter(pk=case.pk).update(incident_number="I-7")
    case.place = "Quarry Top"
    case.save(update_fields=["place"])
    rule = case.victim.safe_contacts.get()
    rule.details = "+447700900555"
    rule.save(update_fields=["details"])
    references = SearchKey.objects.filter(kind="reference").values_list("key", flat=True)
    differing = {key for _kind, key, _latin in keys_of(case.victim) ^ wanted}
    assert differing <= set(references)
    assert len(differing) == 2  # the two cases' own references


def test_keys_follow_the_scope(cast: Cast) -> None:
    case = make_person("Mai Nguyen")
    Scope.objects.filter(pk=case.scope_id).update(
        unit=cast.other_unit, restriction=Restriction.COVERT
    )
    rows = SearchKey.objects.filter(victim=case.victim)
    assert set(rows.values_list("unit", "is_standard")) == {(cast.other_unit.pk, False)}


# Somebody invented: names, birth date, the Home Office's number, the place and the number of the incident.
NAMES = st.sampled_from(["Jon Smyth", "Ян", "José O'Brien", "محمد علي", "阮 Mai", ""]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=12
)
SOMEBODY = st.fixed_dictionaries(
    {"called": NAMES, "first_name": NAMES, "last_name": NAMES, "nickname": NAMES},
    optional={
        "born_on": st.dates(date(1950, 1, 1), date(2026, 1, 1)),
        "home_office_references": st.sampled_from(["HO 12/3", "A1, B-2", "none"]) | NAMES,
        "place": st.sampled_from(["Dock Road", "12 Nonesuch Lane"]) | NAMES,
        "incident_number": st.sampled_from(["NM-7", "nm 7", ""]),
    },
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(SOMEBODY, min_size=1, max_size=6))
def test_people_and_cases_written_by_one_statement_have_the_keys_of_those_written_one_by_one(
    db: None, people: list[dict[str, object]]
) -> None:
    of_case = {"place", "incident_number"}
    with transaction.atomic():
        scope, cases = make_scope(), []
        with transaction.atomic():
            for told in people:
                victim = make_victim(scope, **{k: v for k, v in told.items() if k not in of_case})
                cases.append(make_case(victim=victim, **{k: told[k] for k in of_case & set(told)}))
            one_by_one = keys_in(scope)
            transaction.set_rollback(True)
        Victim.objects.bulk_create([case.victim for case in cases])
        Case.objects.bulk_create(cases)
        assert keys_in(scope) == one_by_one
        Victim.objects.filter(scope=scope).update(called=F("called"))
        Case.objects.filter(scope=scope).update(place=F("place"))
        assert keys_in(scope) == one_by_one
        transaction.set_rollback(True)


def keys_in(scope: Scope) -> list[tuple[object, ...]]:
    """Every key of the scope, with whose it is and from which row it comes."""
    columns = ("victim", "source", "kind", "key", "latin", "force", "unit", "is_standard")
    return sorted(SearchKey.objects.filter(scope=scope).values_list(*columns), key=str)


def test_making_the_keys_again_changes_none(cast: Cast) -> None:
    case = make_person("Наталья Ковач", born_on=BORN, number="07700 900123", place="Nonesuch Lane")
    before = keys_of(case.victim)
    call_command("search_keys", stdout=StringIO())
    assert keys_of(case.victim) == before != set()


def latin(words: Iterable[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT victims_latin(word) FROM unnest(%s::text[]) WITH ORDINALITY AS t (word, n) ORDER BY n",
            [list(words)],
        )
        return [row[0] for row in cursor.fetchall()]


words = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40), max_size=20
)
many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@many
@given(names=words)
def test_reading_a_name_twice_reads_it_once_and_leaves_only_latin(
    db: None, names: list[str]
) -> None:
    read = latin(names)
    assert latin(read) == read
    assert all(set(word) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ") for word in read)
    assert all(word == " ".join(word.split()) for word in read)


@many
@given(names=st.lists(st.text("abcxyzABCXYZéÉñÑжЖяЯσΣ' -", max_size=20), max_size=20))
def test_capitals_accents_and_blanks_make_no_difference(db: None, names: list[str]) -> None:
    plain = latin(names)
    assert latin(f"  {name.swapcase()} " for name in names) == plain
    decomposed = [name.replace("é", "e\u0301").replace("ñ", "n\u0303") for name in names]
    assert latin(decomposed) == plain


def test_a_stranger_named_in_a_search_leaves_no_word_behind(cast: Cast) -> None:
    with acting_as(cast.actor("olu")):
        finding.note(finding.read("Wren Ouzel 02/01/1990"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(s)::text FROM casework_search s")
        ((kept,),) = cursor.fetchall()
    assert not any(word in kept.lower() for word in ("wren", "ouzel", "1990-"))


def test_a_record_held_closely_is_found_by_whoever_is_named_on_it(cast: Cast) -> None:
    scope = make_scope(restriction=Restriction.COVERT)
    case = make_person("Nguyen Mai", scope=scope, number="07700 900123")
    scope.grants.create(
        force=cast.force, user=cast.petra, kind="team", starts_at=clocks.now() - timedelta(hours=1)
    )
    for typed in ("Mai Nguyen", "nguyn mai", "07700900123", case.reference):
        assert [row for row, _why in looked_for(typed, cast.actor("petra")).rows] == [case]
        assert looked_for(typed, cast.actor("olu")) == finding.Found()
