"""A conflict of interest closes every record of the same person, both ways, by Python and by PostgreSQL alone."""

import random
from datetime import timedelta

import pytest
from django.db import connection

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict
from accounts.models import GrantKind, ScopeBar, ScopeGrant
from casework.actions import conflicts
from casework.actions.grants import grant_owner
from casework.models import Allocation, Case, CaseEvent
from followups import engine
from followups.models import FollowUp
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from victims.models import Victim

PEOPLE = ("olu", "petra")


def declare(cast: Cast, case: Case, who: str, by: str = "ines") -> ScopeBar:
    with acting_as(cast.actor(by)):
        return conflicts.declare(
            case=case, person=getattr(cast, who), tie="family", by=cast.actor(by)
        )


def point(merged: Case, to: Case | None) -> None:
    Victim.objects.filter(pk=merged.victim_id).update(merged_into=to.victim_id if to else None)


def sees(cast: Cast, who: str, case: Case) -> tuple[bool, bool]:
    """Whether the first wall shows the case, and whether PostgreSQL alone does."""
    actor = cast.actor(who)
    with acting_as(actor):
        alone = []
        for table, column, key in (
            ("casework_case", "id", case.pk),
            ("victims_victim", "id", case.victim_id),
            ("accounts_scope", "id", case.scope_id),
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [key])
                alone.append(cursor.fetchone()[0])
        assert len(set(alone)) == 1, alone
    # The first wall asked as the engine, so that the second hides nothing from the question.
    return Case.objects.visible_to(actor).filter(pk=case.pk).exists(), bool(alone[0])


@pytest.mark.parametrize("declared_in", ["kept", "merged"])
@pytest.mark.parametrize("before", [True, False])
def test_it_reaches_the_other_record_whichever_it_was_said_in_and_when(
    cast: Cast, declared_in: str, *, before: bool
) -> None:
    kept, merged = make_case(owner=cast.sade), make_case(owner=cast.sade)
    said = kept if declared_in == "kept" else merged
    if before:
        bar = declare(cast, said, "olu")
        point(merged, kept)
    else:
        point(merged, kept)
        bar = declare(cast, said, "olu")
    assert sees(cast, "olu", kept) == sees(cast, "olu", merged) == (False, False)
    assert sees(cast, "rhys", kept) == sees(cast, "rhys", merged) == (True, True)
    point(merged, None)
    other = merged if said is kept else kept
    assert sees(cast, "olu", other) == (True, True)
    assert sees(cast, "olu", said) == (False, False)
    point(merged, kept)
    with acting_as(cast.actor("sade")):
        conflicts.end(bar=bar, why="It was somebody else of that name.", by=cast.actor("sade"))
    assert sees(cast, "olu", kept) == sees(cast, "olu", merged) == (True, True)


def test_after_any_merging_parting_declaring_and_ending_both_walls_close_exactly_what_they_should(
    cast: Cast,
) -> None:
    chance = random.Random(61)
    cases = [make_case(owner=cast.sade, unit=cast.unit) for _ in range(5)]
    for case in cases:
        ScopeGrant.objects.create(
            scope=case.scope, force=cast.force, user=cast.petra, kind=GrantKind.TEAM,
            starts_at=clocks.now() - timedelta(days=1),
        )  # fmt: skip
    root, bars = {n: n for n in range(5)}, dict[tuple[str, int], ScopeBar]()
    for _step in range(60):
        act = chance.choice(["declare", "end", "merge", "merge", "part"])
        one, two = chance.sample(range(5), 2)
        who = chance.choice(PEOPLE)
        if act == "declare" and (who, one) not in bars:
            bars[who, one] = declare(cast, cases[one], who)
        elif act == "end" and bars:
            said = chance.choice(sorted(bars))
            with acting_as(cast.actor("sade")):
                conflicts.end(bar=bars.pop(said), why="It was nobody.", by=cast.actor("sade"))
        elif act == "merge" and root[one] == one and two not in (one, root[one]):
            if root[two] == two and not any(root[n] == one for n in range(5) if n != one):
                root[one] = two
                point(cases[one], cases[two])
        elif act == "part" and root[one] != one:
            root[one] = one
            point(cases[one], None)
        for person in PEOPLE:
            closed = {root[n] for (whose, n) in bars if whose == person}
            for n, case in enumerate(cases):
                free = root[n] not in closed
                assert sees(cast, person, case) == (free, free), (act, person, n, root, bars)
    open_bars = ScopeBar.objects.filter(ended_at=None)
    assert open_bars.filter(through=None).count() == len(bars)


def test_what_they_owned_there_waits_for_an_owner_and_is_the_supervisors(cast: Cast) -> None:
    theirs, other, at = make_case(owner=cast.olu), make_case(owner=cast.sade), clocks.now()
    grant_owner(theirs.scope, cast.olu.pk, at=at)
    Allocation.objects.create(
        scope=theirs.scope, case=theirs, owner=cast.olu, at=at, by=cast.sade, recorded_at=at
    )
    engine.sweep(at)
    assert FollowUp.objects.filter(case=theirs, holder=cast.olu).open().exists()
    point(theirs, other)
    declare(cast, other, "olu")
    theirs.refresh_from_db()
    assert (theirs.owner, theirs.status) == (None, "new")
    assert not FollowUp.objects.filter(case=theirs, holder=cast.olu).open().exists()
    assert not theirs.allocations.filter(ended_at=None).exists()
    assert not ScopeGrant.objects.filter(scope=theirs.scope, user=cast.olu, ends_at=None).exists()
    line = CaseEvent.objects.get(case=theirs, kind="conflict")
    assert line.by == cast.ines
    engine.sweep(clocks.now())
    assert FollowUp.objects.open().get(rule="no-owner", case=theirs).holder == cast.sade


def test_it_is_said_on_the_other_record_ends_there_and_names_no_record_out_of_reach(
    cast: Cast, client_of: object
) -> None:
    near = make_case(owner=cast.sade)
    covert = make_case(victim=make_victim(make_scope(restriction="covert")), owner=cast.petra)
    open_one = make_case(owner=cast.sade)
    point(open_one, near)
    declare(cast, open_one, "rhys")
    point(covert, near)
    ScopeBar.objects.create(
        scope=covert.scope, force=cast.force, user=cast.olu, tie="friend",
        declared_at=clocks.now(), declared_by=cast.petra,
    )  # fmt: skip
    sade = client_of(cast.sade)  # type: ignore[operator]
    shown = sade.get(f"/case/{near.reference}/conflict").text
    assert "Said in another record of the same person; it ends there." in shown
    assert cast.rhys.name in shown
    assert cast.olu.name not in shown
    assert sees(cast, "olu", near) == (False, False)
    bar = ScopeBar.objects.get(scope=near.scope, user=cast.rhys)
    with acting_as(cast.actor("sade")), pytest.raises(Conflict, match="another record"):
        conflicts.end(bar=bar, why="It was nobody.", by=cast.actor("sade"))
