"""Finding a case or a person: inside one's reach everything, outside it at most whom to ask."""

import json
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.models import AuditEvent, Restriction, Scope, User
from casework import finding
from casework.models import Case
from tests.builders import make_case, make_scope, make_victim
from tests.casework.test_finding import give_number
from tests.cast import Cast
from tests.cluster import Clone

ClientOf = Callable[[User], Client]
Node = dict[str, Any]
# The server tells every plan as it ran, in its notices; only its administrator may have it do so.
EXPLAINING = {
    "log_min_duration": "0",
    "log_nested_statements": "on",
    "log_analyze": "on",
    "log_timing": "off",
    "log_format": "json",
    "log_level": "notice",
}
SHAPE = {
    "Node Type",
    "Relation Name",
    "Index Name",
    "Join Type",
    "Strategy",
    "Subplan Name",
    "CTE Name",
}
SHAPE |= {"Parent Relationship", "Function Name", "Operation"}
# The indexes in which no key of a held record lies.
OF_STANDARD = {"searchkey_standard", "searchkey_like"}
READ = {"Actual Rows", "Actual Loops", "Rows Removed by Filter", "Rows Removed by Index Recheck"}


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
    value = r"""ARRAY\[(?:[^\[\]]|\[[^\[\]]*\])*\]|'[^']*'|-?\b\d+\b|"s\d+_x\d+\""""
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


@pytest.fixture
def explained(committed: Clone) -> Iterator[Callable[[str, Actor], list[Node]]]:
    """Every plan by which a search is answered, those inside the database's own functions too, as they ran."""
    default = connections["default"]
    kept = dict(default.settings_dict)
    admin = urlsplit(os.environ["HOLDFAST_TEST_ADMIN"])
    default.close()
    default.settings_dict |= {"USER": admin.username, "PASSWORD": admin.password}

    def plans(words: str, by: Actor) -> list[Node]:
        sought = finding.read(words)
        with transaction.atomic(), acting_as(by):
            default.connection.notices = told = (
                deque()
            )  # a list of them would keep but the last fifty
            finding.find(sought, by)
            finding.note(sought)
        return [json.loads(each[each.index("{") :])["Plan"] for each in told if " plan:" in each]

    with connection.cursor() as cursor:
        cursor.execute("LOAD 'auto_explain'")
        cursor.execute("SET enable_seqscan = off")  # a table as small as this would be read whole
        for name, value in EXPLAINING.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [f"auto_explain.{name}", value])
    yield plans
    default.close()
    default.settings_dict.update(kept)


def shape(node: Node) -> Node:
    """How rows were read; of the table of keys how many, too. Without estimates and without what was typed."""
    names = SHAPE | (READ if is_of_keys(node) else set())
    kept = {name: value for name, value in node.items() if name in names}
    return kept | {"Plans": [shape(each) for each in node.get("Plans", ())]}


def is_of_keys(node: Node) -> bool:
    return node.get("Relation Name") == "victims_searchkey" or "searchkey" in node.get(
        "Index Name", ""
    )


def nodes(plans: Iterable[Node]) -> Iterator[Node]:
    for plan in plans:
        yield plan
        yield from nodes(plan.get("Plans", ()))


@pytest.mark.parametrize("who", ["olu", "ines"])
def test_a_held_record_and_no_record_are_looked_for_by_one_plan_that_reads_no_held_key(
    explained: Callable[[str, Actor], list[Node]], who: str
) -> None:
    for number in range(40):
        held = make_scope(restriction=list(Restriction)[1 + number % 2])
        give_number(person("Wren Ouzel", scope=held, place="Nonesuch Lane"), "07700 900456")
        person(f"Mai Nguyen {number}", place="Quarry Top")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE victims_searchkey")
    by = Cast().actor(who)
    for _each in range(6):  # from then on a kept plan may serve
        explained("Warm Up", by)
    for held, nobody in (
        ("Wren Ouzel", "Lark Finch"),
        ("07700 900456", "07700 900777"),
        ("Nonesuch", "Elsewhere"),
    ):
        plans = [explained(words, by) for words in (held, nobody)]
        assert [shape(each) for each in plans[0]] == [shape(each) for each in plans[1]]
        read = [n for n in nodes(plans[0]) if is_of_keys(n)]
        assert not [node for node in read if node["Node Type"] == "Seq Scan"]
        through = {
            node["Index Name"] for node in read if node["Actual Rows"] and "Index Name" in node
        }
        assert through <= OF_STANDARD
    assert sum(n["Actual Rows"] for n in nodes(explained("Mai Nguyen", by)) if is_of_keys(n))
