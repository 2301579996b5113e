"""What fails is on a page and stops nothing else: a poison row, rules that raise, a rule emptied by mistake."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import DateTimeField, F, Func, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, Scope, Unit, User
from accounts.scoping import NotVisible
from casework.models import Case
from clocks import frozen
from followups import actions, engine
from followups.models import FollowUp, HeldSweep
from followups.ports import unmet_duties
from followups.rules import RULES
from followups.rules.base import Occurrences, Rule, occurrences_of, of_case
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from victims.models import Victim

Open = Callable[[User], Client]
AT = datetime(2026, 11, 16, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
MANY = 10_000 if os.environ.get("PROVE") else 500
READ = Func(
    F("incident_number"),
    template="(%(expressions)s)::timestamptz",
    output_field=DateTimeField(),
)


class Made(Rule):
    """A rule over some cases, since the time that their incident number says. [test]"""

    slug, why, act = "crime-not-recorded", "It is owed", "Do it"

    def __init__(self, cases: QuerySet[Case]) -> None:
        self.cases = cases

    def occurrences(self, at: datetime) -> Occurrences:
        return occurrences_of(self.cases, **of_case(), occurrence=F("pk"), since=READ)


class Broken(Rule):
    """A rule that the database does not understand. [test]"""

    slug, why, act = "no-next-step", "It is owed", "Do it"

    def occurrences(self, at: datetime) -> Occurrences:
        since = Func(function="no_such", output_field=DateTimeField())
        return occurrences_of(Case.objects.all(), **of_case(), occurrence=F("pk"), since=since)


class Raises(Rule):
    """A rule that has a mistake in it. [test]"""

    slug, why, act = "needs-not-assessed", "It is owed", "Do it"

    def occurrences(self, at: datetime) -> Occurrences:
        raise ZeroDivisionError("Quillon")


def many_cases(cast: Cast, count: int) -> list[UUID]:
    """So many cases of Olu's, in three statements; their numbers are times."""
    with connection.cursor() as cursor:
        # Nobody counts the rows of a transaction: to the planner the tables look empty, and a loop in a loop cheap.
        cursor.execute("SET LOCAL enable_nestloop = off")
    unit = Unit.objects.get(slug="harbour-road")
    scopes = Scope.objects.bulk_create(Scope(force=unit.force, unit=unit) for _ in range(count))
    victims = Victim.objects.bulk_create(
        Victim(scope=scope, age_band="adult", created_at=AT) for scope in scopes
    )
    made = Case.objects.bulk_create(
        Case(
            reference=f"HF-M{number:05d}",
            scope=victim.scope,
            victim=victim,
            status="allocated",
            owner=cast.olu,
            met_at=AT,
            logged_at=AT,
            logged_by=cast.olu,
            sent_at=AT,
            changed_at=AT,
            incident_number="2026-11-16 10:00Z",
        )
        for number, victim in enumerate(victims)
    )
    return sorted(case.pk for case in made)


def test_a_poison_row_first_of_many_and_rules_that_raise_stop_nothing_else(
    cast: Cast, client_of: Open
) -> None:
    first, *others = many_cases(cast, MANY)
    Case.objects.filter(pk=first).update(incident_number="nonsense")
    rules = RULES | {
        "crime-not-recorded": Made(Case.objects.all()),
        "needs-not-assessed": Raises(),
        "no-next-step": Broken(),
    }
    with frozen(AT + HOUR):
        done = engine.sweep(AT + HOUR, rules=rules)
    assert done.failed == {
        "needs-not-assessed": "ZeroDivisionError", "no-next-step": "ProgrammingError",
    }  # fmt: skip
    rows = FollowUp.objects.filter(rule="crime-not-recorded")
    assert rows.get(state="quarantined").case_id == first
    assert set(rows.filter(state="open").values_list("case", flat=True)) == set(others)
    owed = FollowUp.objects.filter(state="open").order_by().values("rule").distinct()
    assert {"safety-not-confirmed", "nrm-not-decided", "review-due"} <= {
        row["rule"] for row in owed
    }
    assert FollowUp.objects.filter(rule="safety-not-confirmed").count() == MANY

    with frozen(AT + 2 * HOUR):
        engine.sweep(AT + 2 * HOUR, rules=rules)
        page = client_of(cast.sade).get("/work/failing").content.decode()
    assert Case.objects.get(pk=first).reference in page
    assert page.count("/case/HF-M") == 1
    assert "needs-not-assessed" in page
    assert "ZeroDivisionError" in page
    assert "Quillon" not in page
    assert "11am" in page  # since the first sweep that failed, not the last
    Case.objects.filter(pk=first).update(incident_number="2026-11-16 10:00Z")
    engine.sweep(AT + 3 * HOUR, rules={"crime-not-recorded": Made(Case.objects.all())})
    with frozen(AT + 3 * HOUR):
        page = client_of(cast.sade).get("/work/failing").content.decode()
    assert page.count("/case/HF-M") == 0
    assert "Every rule could be asked" in page


def emptied(cast: Cast) -> HeldSweep:
    """A rule that said something of 30 cases here and 3 of another force says nothing any more."""
    many_cases(cast, 30)
    elsewhere = make_scope(cast.wyn.unit)
    for _ in range(3):
        make_case(
            at=AT,
            victim=make_victim(elsewhere if _ == 0 else make_scope(cast.wyn.unit)),
            owner=cast.wyn,
            logged_by=cast.wyn,
            incident_number="2026-11-16 10:00Z",
        )
    engine.sweep(AT, rules={"crime-not-recorded": Made(Case.objects.all())})
    engine.sweep(AT + HOUR, rules={"crime-not-recorded": Made(Case.objects.none())})
    return HeldSweep.objects.get()


def states() -> dict[str, int]:
    rows = FollowUp.objects.values_list("force__slug", "state")
    return {f"{force} {state}": list(rows).count((force, state)) for force, state in set(rows)}


def test_the_bound_counts_in_each_force(cast: Cast) -> None:
    held = emptied(cast)
    assert (held.force, held.would_drop) == (cast.force, 30)
    assert states() == {f"{cast.force.slug} open": 30, f"{cast.wyn.force.slug} lapsed": 3}


def test_a_specialist_lead_lets_it_go_for_their_own_force(cast: Cast, client_of: Open) -> None:
    held = emptied(cast)
    address = f"/work/failing/{held.pk}/release"
    supervisor = client_of(cast.sade)
    page = supervisor.get("/work/failing").content.decode()
    assert "crime-not-recorded" in page
    assert "A specialist lead decides" in page
    assert supervisor.post(address).status_code == 403
    assert HeldSweep.objects.get().released_at is None

    lead = client_of(cast.ines)
    assert lead.post(address, follow=True).status_code == 200
    held.refresh_from_db()
    assert held.released_by == cast.ines
    assert AuditEvent.objects.filter(verb="sweep.released", subject_id=str(held.pk)).exists()
    engine.sweep(AT + 2 * HOUR, rules={"crime-not-recorded": Made(Case.objects.none())})
    assert states() == {f"{cast.force.slug} lapsed": 30, f"{cast.wyn.force.slug} lapsed": 3}
    assert (
        "somebody let this go already" in lead.post(address, follow=True).content.decode().lower()
    )


@pytest.mark.parametrize("username", ["olu", "sade", "asha", "lena"])
def test_nobody_else_lets_it_go(cast: Cast, username: str) -> None:
    held = emptied(cast)
    with pytest.raises(Refused):
        actions.release_held(held_id=held.pk, by=cast.actor(username))


def test_another_forces_is_not_there(cast: Cast, client_of: Open) -> None:
    held = emptied(cast)
    HeldSweep.objects.update(force=cast.wyn.force)
    with pytest.raises(NotVisible):
        actions.release_held(held_id=held.pk, by=cast.actor("ines"))
    assert "crime-not-recorded" not in client_of(cast.ines).get("/work/failing").content.decode()


def test_what_was_let_go_is_not_let_go_again(cast: Cast) -> None:
    held, ines = emptied(cast), cast.actor("ines")
    actions.release_held(held_id=held.pk, by=ines)
    with pytest.raises(Conflict):
        actions.release_held(held_id=held.pk, by=ines)


class TestARuleThatRaises:
    """The pages of a case and its closing go on without it, and say so where it matters."""

    @pytest.fixture
    def broken(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
        """It was owed, then its rule broke."""
        case = make_case(at=AT)
        engine.sweep(AT)
        monkeypatch.setitem(RULES, "needs-not-assessed", Raises())
        engine.sweep(AT + HOUR)
        return case

    def test_the_case_shows_what_it_owed_before(self, broken: Case, client_of: Open) -> None:
        # Changed since the last sweep: the other rules are asked now.
        Case.objects.filter(pk=broken.pk).update(changed_at=AT + 2 * HOUR)
        with frozen(AT + HOUR + timedelta(seconds=20)):
            page = client_of(broken.owner).get(f"/case/{broken.reference}")  # type: ignore[arg-type]
        assert page.status_code == 200
        said = page.content.decode()
        assert "It is owed" in said
        assert "Record the crime" in said

    def test_a_rule_that_blocks_closing_is_not_taken_for_met(
        self, broken: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Raises, "blocks_closing", True)
        assert any("cannot find out" in said for said in unmet_duties(broken, AT + HOUR))

    def test_what_else_hangs_on_a_case_that_closes_ends_with_it(self, broken: Case) -> None:
        Case.objects.filter(pk=broken.pk).update(status="closing")
        Case.objects.filter(pk=broken.pk).update(status="closed", closed_at=AT + HOUR)
        engine.reconcile_case(broken, AT + HOUR)
        rows = FollowUp.objects.filter(case=broken)
        assert list(rows.open().values_list("rule", flat=True)) == ["needs-not-assessed"]


class TestAPoisonRow:
    """A case that just changed, with something in it that makes one rule raise: only that rule is left out."""

    @pytest.fixture
    def poisoned(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
        """One of two was owed, then its row became such that the rule raises; no sweep has seen it yet."""
        case, _other = (make_case(at=AT, incident_number="2026-11-16 10:00Z") for _ in range(2))
        monkeypatch.setitem(RULES, "crime-not-recorded", Made(Case.objects.all()))
        monkeypatch.setattr(Made, "blocks_closing", True)
        engine.sweep(AT)
        Case.objects.filter(pk=case.pk).update(
            incident_number="nonsense", changed_at=AT + timedelta(seconds=10)
        )
        return case

    SENTENCE = "cannot find out whether this is still owed: Do it."

    @pytest.mark.parametrize("page", ["", "/investigation"])
    def test_its_page_says_so_and_serves_everything_else(
        self, poisoned: Case, client_of: Open, page: str
    ) -> None:
        with frozen(AT + timedelta(seconds=20)):
            answer = client_of(poisoned.owner).get(f"/case/{poisoned.reference}{page}")  # type: ignore[arg-type]
        said = answer.content.decode()
        assert answer.status_code == 200
        if not page:
            assert self.SENTENCE in said
            assert "It is owed" in said  # as it was stored
            assert "Assess their needs" in said

    def test_the_page_of_a_case_beside_it_says_nothing(
        self, poisoned: Case, client_of: Open
    ) -> None:
        beside = Case.objects.exclude(pk=poisoned.pk).get()
        Case.objects.filter(pk=beside.pk).update(changed_at=AT + timedelta(seconds=10))
        with frozen(AT + timedelta(seconds=20)):
            page = client_of(beside.owner).get(f"/case/{beside.reference}")  # type: ignore[arg-type]
        assert "cannot find out" not in page.content.decode()

    def test_it_is_not_taken_for_met_when_the_case_closes(self, poisoned: Case) -> None:
        assert any(self.SENTENCE in said for said in unmet_duties(poisoned, AT + HOUR))

    def test_what_else_hangs_on_the_case_ends_with_it(self, poisoned: Case) -> None:
        Case.objects.filter(pk=poisoned.pk).update(status="closing")
        Case.objects.filter(pk=poisoned.pk).update(status="closed", closed_at=AT + HOUR)
        engine.reconcile_case(poisoned, AT + HOUR)
        rows = FollowUp.objects.filter(case=poisoned)
        assert list(rows.open().values_list("rule", flat=True)) == ["crime-not-recorded"]


def test_the_page_asks_as_often_for_50_as_for_1(cast: Cast, client_of: Open) -> None:
    browser, asked = client_of(cast.ines), []
    browser.get("/work/failing")
    for count in (1, 49):
        for _ in range(count):
            make_case(at=AT)
        engine.sweep(AT)
        FollowUp.objects.filter(rule="crime-not-recorded").update(state="quarantined", due_at=None)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/work/failing").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
