"""A dip-sample: nobody chooses the cases, nobody is named in them, and nobody judges their own work."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import User
from casework.actions.quality import QUESTIONS, draw_sample, drawn
from casework.models import CaseStatus, DipSample, SampledCase
from followups import engine
from tests.builders import make_case, make_victim
from tests.cast import Cast

SignIn = Callable[[User], Client]
SAID = dict.fromkeys(QUESTIONS, "no") | {"findings": "Nobody rang for nine days."}


def test_the_same_seed_and_list_draw_the_same_cases_again(cast: Cast) -> None:
    for _ in range(12):
        make_case()
    sample = draw_sample(unit=cast.unit, of="open", size=5, by=cast.actor("sade"))
    rows = SampledCase.objects.filter(sample=sample)
    assert drawn(sample.seed, sample.population, 5) == [str(row.case_id) for row in rows]
    assert drawn(sample.seed, reversed(sample.population), 5) == [str(row.case_id) for row in rows]
    with pytest.raises(DatabaseError), transaction.atomic():
        DipSample.objects.filter(pk=sample.pk).update(seed="x" * 64)


def test_every_case_is_drawn_as_often_as_any_other() -> None:
    population = [str(number) for number in range(10)]
    times = Counter(one for seed in range(4000) for one in drawn(f"{seed}", population, 3))
    assert set(times) == set(population)
    assert all(abs(count - 1200) < 150 for count in times.values()), times


def test_only_what_its_reader_may_see_is_drawn_from(cast: Cast) -> None:
    make_case(status=CaseStatus.DRAFT)
    make_case(unit=cast.other_unit, owner=cast.petra)
    with pytest.raises(Conflict, match="no such cases"):
        draw_sample(unit=cast.unit, of="open", size=5, by=cast.actor("sade"))
    with pytest.raises(Refused):
        draw_sample(unit=cast.other_unit, of="open", size=5, by=cast.actor("sade"))


def test_whoever_reads_it_sees_what_was_done_and_no_name(cast: Cast, client_of: SignIn) -> None:
    victim = make_victim(called="Quillonby", first_name="Zebedee", last_name="Marsh")
    case = make_case(victim=victim, first_words="He keeps her passport.")
    engine.sweep(clocks.now())
    ines = client_of(cast.ines)
    made = ines.post("/samples", {"unit": cast.unit.slug, "of": "open", "size": "3"})
    page = ines.get(f"{made['Location']}/1").content.decode()
    for hidden in ("Quillonby", "Zebedee", "Marsh", "passport", case.reference, cast.olu.name):
        assert hidden not in page
    assert "Open for" in page
    kept = ines.post(f"{made['Location']}/1", SAID | {"findings": ""})
    assert kept.status_code == 400
    assert ines.post(f"{made['Location']}/1", SAID).status_code == 302
    shown = ines.get(made["Location"]).content.decode()
    assert "the same cases" in shown
    assert "Nobody rang" in ines.get(f"{made['Location']}/1").content.decode()
    assert client_of(cast.dov).get(made["Location"]).status_code == 404


def test_the_pages_ask_as_many_questions_for_fifty_cases_as_for_one(
    cast: Cast, client_of: SignIn
) -> None:
    sade = client_of(cast.sade)

    def questions(size: int) -> int:
        sample = draw_sample(unit=cast.unit, of="open", size=size, by=cast.actor("sade"))
        sade.get(f"/samples/{sample.pk}")
        with CaptureQueriesContext(connection) as asked:
            sade.get(f"/samples/{sample.pk}")
            sade.get("/samples")
        return len(asked)

    make_case()
    one = questions(1)
    for _ in range(49):
        make_case()
    assert questions(50) == one
