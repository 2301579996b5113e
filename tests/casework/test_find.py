"""Finding a case or a person: inside one's reach everything, outside it at most whom to ask."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import engine
from accounts.models import AuditEvent, Restriction, Scope, User
from casework import finding
from casework.models import Case
from tests.builders import make_case, make_scope, make_victim
from tests.casework.test_finding import give_number
from tests.cast import Cast

ClientOf = Callable[[User], Client]


def person(called: str, *, scope: Scope | None = None, **over: object) -> Case:
    victim = make_victim(scope, called=called, born_on=over.pop("born_on", None))
    return make_case(victim=victim, **over)


def look_for(browser: Client, words: str) -> str:
    answer = browser.post("/find", {"sought": words})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        "HF-CDFGH",
        "hf cdfgh",
        "cdfgh",
        "Nguyen Mai",
        "nguyn mai",
        "MAI",
        "3 March 1999",
        "03/03/1999",
        "inc-441",
    ],
)
def test_a_case_is_found_by_reference_rough_name_birth_or_incident(
    cast: Cast, client_of: ClientOf, typed: str
) -> None:
    person("Nguyen Mai", born_on=date(1999, 3, 3), reference="HF-CDFGH", incident_number="INC-441")
    assert "HF-CDFGH" in look_for(client_of(cast.olu), typed)


def test_another_name_finds_nothing_and_offers_to_log_a_concern(
    cast: Cast, client_of: ClientOf
) -> None:
    case = person("Nguyen Mai")
    shown = look_for(client_of(cast.olu), "Katarzyna")
    assert case.reference not in shown
    assert "No case that you may see matches" in shown
    assert "/concern/new" in shown


def test_results_show_no_name(cast: Cast, client_of: ClientOf) -> None:
    case = person("Nguyen Mai")
    shown = look_for(client_of(cast.olu), case.reference)
    assert case.reference in shown
    assert "Nguyen" not in shown


def test_another_unit_of_the_force_learns_only_whom_to_ask(cast: Cast, client_of: ClientOf) -> None:
    case = person("Nguyen Mai", born_on=date(1997, 3, 3))
    shown = look_for(client_of(cast.petra), "Nguyen Mai")
    assert f"A possible match is held by {cast.unit.name}. Contact its duty supervisor" in shown
    for word in (case.reference, "1997", "Adult"):
        assert word not in shown


def test_another_force_learns_nothing(cast: Cast, client_of: ClientOf) -> None:
    person("Nguyen Mai")
    assert "possible match" not in look_for(client_of(cast.wyn), "Nguyen Mai")


@pytest.mark.parametrize("restriction", [Restriction.RESTRICTED, Restriction.COVERT])
def test_a_restricted_case_is_not_even_hinted_at(
    cast: Cast, client_of: ClientOf, restriction: Restriction
) -> None:
    case = person("Nguyen Mai", scope=make_scope(restriction=restriction))
    for user in (cast.petra, cast.olu, cast.ines):
        shown = look_for(client_of(user), "Nguyen Mai")
        assert "possible match" not in shown
        assert case.reference not in shown


def test_who_sees_the_case_is_not_also_told_to_ask(cast: Cast, client_of: ClientOf) -> None:
    person("Nguyen Mai")
    for user in (cast.olu, cast.ines):
        assert "possible match" not in look_for(client_of(user), "Nguyen Mai")


def test_somebody_of_no_force_finds_nobody(cast: Cast) -> None:
    person("Nguyen Mai")
    assert finding.find(finding.read("Nguyen Mai"), engine("test")) == finding.Found()


def test_the_search_is_in_the_audit_trail_with_what_was_shown_and_without_the_words(
    cast: Cast, client_of: ClientOf
) -> None:
    case = person("Nguyen Mai")
    look_for(client_of(cast.olu), "Nguyen Mai")
    event = AuditEvent.objects.get(verb="case.searched", actor_id=cast.olu.pk)
    assert event.detail["shown"] == [str(case.pk)]
    assert "Nguyen" not in str(event.detail)


def test_words_in_the_address_search_for_nothing(cast: Cast, client_of: ClientOf) -> None:
    case = person("Nguyen Mai")
    shown = client_of(cast.olu).get("/find?sought=Nguyen+Mai").content.decode()
    assert case.reference not in shown
    assert "Nguyen" not in shown


@pytest.mark.parametrize("typed", ["", "  ", "a", "x" * 101])
def test_a_search_that_cannot_be_made_says_so_and_keeps_the_words(
    cast: Cast, client_of: ClientOf, typed: str
) -> None:
    answer = client_of(cast.olu).post("/find", {"sought": typed})
    assert "There is a problem" in answer.content.decode()
    assert answer.status_code == 400


def test_who_may_not_find_is_refused(cast: Cast, client_of: ClientOf) -> None:
    for user in (cast.ming, cast.hana, cast.lena):
        assert client_of(user).get("/find").status_code == 403


def test_one_hit_and_twenty_cost_the_same_queries(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.olu)
    look_for(browser, "nobody")
    costs = []
    for more in (1, 19):
        for _each in range(more):
            person("Nguyen Mai")
        with CaptureQueriesContext(connection) as asked:
            look_for(browser, "Nguyen Mai")
        costs.append(len(asked))
    assert costs[0] == costs[1]


def statements(asked: CaptureQueriesContext) -> list[str]:
    """What was said to PostgreSQL, without the values."""
    value = r"""ARRAY\[[^\]]*\]|'[^']*'|-?\b\d+\b|"s\d+_x\d+\""""
    return [re.sub(value, "?", each["sql"]) for each in asked]


def answer_and_statements(browser: Client, words: str) -> tuple[str, list[str]]:
    with CaptureQueriesContext(connection) as asked:
        shown = look_for(browser, words)
    shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", shown)
    return shown.replace(words, ""), statements(asked)


@pytest.mark.parametrize("restriction", [Restriction.RESTRICTED, Restriction.COVERT])
@pytest.mark.parametrize("who", ["olu", "petra", "ines", "sade"])
def test_a_held_record_and_no_record_have_one_answer_and_cost_the_same(
    cast: Cast, client_of: ClientOf, restriction: Restriction, who: str
) -> None:
    held = person(
        "Wren Ouzel",
        scope=make_scope(restriction=restriction),
        born_on=date(1990, 2, 1),
        place="Nonesuch Lane",
        incident_number="INC-441",
    )
    give_number(held, "07700 900456")
    person("Nguyen Mai")
    browser = client_of(getattr(cast, who))
    look_for(browser, "warm")
    pairs = [
        ("Wren Ouzel", "Lark Finch"),
        ("Wren Ouzel 02/01/1990", "Lark Finch 04/03/1971"),
        ("Wern Ouzzel", "Lerk Finnch"),
        ("07700 900456", "07700 900777"),
        ("Nonesuch", "Elsewhere"),
        (held.reference, "HF-ZZZZZ"),
        ("INC-441", "INC-998"),
    ]
    for hit, miss in pairs:
        (shown, said), (other, other_said) = (
            answer_and_statements(browser, words) for words in (hit, miss)
        )
        assert shown == other
        assert len(said) == len(other_said)
        assert [pair for pair in zip(said, other_said, strict=True) if pair[0] != pair[1]] == []


def test_the_search_reads_no_key_of_a_held_record(cast: Cast, client_of: ClientOf) -> None:
    for _each in range(30):
        person("Wren Ouzel", scope=make_scope(restriction=Restriction.COVERT))
    person("Nguyen Mai")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname IN ('searchkey_standard', 'searchkey_like')"
        )
        indexes = [row[0] for row in cursor.fetchall()]
    assert len(indexes) == 2
    assert all("WHERE" in each and "is_standard" in each.split("WHERE")[1] for each in indexes)
