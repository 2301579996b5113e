"""Many officers at the same moment: nothing that was written is lost, and nobody overwrites unseen words."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

import clocks
from accounts.actors import engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.models import User
from casework.actions.account import Overtaken, print_of, save_account
from casework.models import Background, Case
from tests.builders import make_case
from tests.cluster import Clone

WRITERS = 50
SECTIONS = {
    "background": "family",
    "opinion": "view",
    "since": "why_not_sooner",
    "atrisk": "fears_more_reasons",
    "police": "help_details",
    "wishes": "refusal_reason",
    "exploitation": "exploiters",
    "situation": "living",
    "report": "evidence",
    "person": "nickname",
}


def write(case: Case, part: str, name: str, words: str) -> str:
    """One officer saves one box that they saw empty; what came of it."""
    try:
        with acting_as(engine("test")):
            by = actor_of(User.objects.get(username="olu"), clocks.now())
            seen = {f"{part}.{name}": print_of(None, name)}
            save_account(case=case, by=by, changes={part: {name: words}}, seen=seen)
    except Overtaken as clash:
        return f"told: {clash.now[f'{part}.{name}']}"
    finally:
        connections.close_all()
    return words


def test_of_fifty_writers_of_one_box_one_writes_and_the_others_are_told(committed: Clone) -> None:
    with acting_as(engine("test")):
        case = make_case()
    with ThreadPoolExecutor(WRITERS) as pool:
        came = list(
            pool.map(lambda n: write(case, "background", "family", f"Words {n}"), range(WRITERS))
        )
    with acting_as(engine("test")):
        kept = Background.objects.get(case=case).family
        lines = case.events.count()
    assert came.count(kept) == 1
    assert came.count(f"told: {kept}") == WRITERS - 1
    assert lines == 1


def test_writers_of_different_sections_at_once_lose_nothing(committed: Clone) -> None:
    with acting_as(engine("test")):
        case = make_case()
    with ThreadPoolExecutor(len(SECTIONS)) as pool:
        came = list(pool.map(lambda each: write(case, *each, f"Of {each[0]}"), SECTIONS.items()))
    assert came == [f"Of {part}" for part in SECTIONS]
    with acting_as(engine("test")):
        case = Case.objects.get(pk=case.pk)
        for part, name in SECTIONS.items():
            row = {"person": case.victim, "situation": case.situations.first()}.get(part)
            assert getattr(row or getattr(case, part), name) == f"Of {part}"
        assert case.events.count() == len(SECTIONS)
