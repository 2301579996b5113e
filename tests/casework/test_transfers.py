"""A case offered to another unit: whose it is until the answer, who sees what, and what is told to whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

import clocks
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, GrantKind, Restriction, RoleHeld, ScopeGrant, User
from accounts.permissions import Role
from accounts.scoping import NotVisible
from casework.actions import closing, transfers
from casework.actions.allocation import OverrideNeeded
from casework.models import Allocation, Case, CaseEvent, CaseStatus, EventKind, Operation, Transfer
from followups import engine
from followups.models import FollowUp
from referrals.models import SupportReferral
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.followups.conftest import add_fact
from tests.followups.test_rules import refer
from training.models import Course, Purpose, Requirement
from victims.models import AgeBand, Victim

HOUR = timedelta(hours=1)
Browser = Callable[[User], Client]
CALLED = "Zephyrine Quartermain"


@pytest.fixture(autouse=True)
def nothing_to_learn(db: None) -> None:
    """Whoever is an investigator may own a case; the one test of training says otherwise."""
    Requirement.objects.all().delete()


def owned(cast: Cast, **over: Any) -> Case:
    """A case of Olu's with everything that assigning it left behind."""
    at = clocks.now() - HOUR
    victim = over.pop("victim", None) or make_victim(called=CALLED)
    case = make_case(at=at, victim=victim, **over)
    add_fact(Allocation, case, at, owner=cast.olu)
    ScopeGrant.objects.create(
        scope=case.scope, force=cast.force, user=cast.olu, kind=GrantKind.OWNER, starts_at=at
    )
    return case


def offered(cast: Cast, case: Case | None = None, *, to: Any = None, by: str = "olu") -> Transfer:
    actor = cast.actor(by)
    with acting_as(actor):
        return transfers.offer(
            case=case or owned(cast),
            to_unit=to or cast.other_unit,
            why="area",
            reason=f"{CALLED} moved there.",
            by=actor,
        )


def quayside(cast: Cast) -> Any:
    return cast.gus.unit


def act(by: Actor, verb: Callable[..., Any], **given: Any) -> Any:
    with acting_as(by), transaction.atomic():
        return verb(by=by, **given)


def sees(cast: Cast, username: str, case: Case) -> bool:
    """Whether both walls let the person see the case."""
    actor = cast.actor(username)
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_case WHERE id = %s", [case.pk])
        behind_the_second = cursor.fetchone()[0] == 1
        before_the_first = Case.objects.visible_to(actor).filter(pk=case.pk).exists()
    assert before_the_first == behind_the_second
    return before_the_first


def knows(cast: Cast, username: str, offer: Transfer) -> bool:
    """Whether both walls let the person know of the offer."""
    actor = cast.actor(username)
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_transfer WHERE id = %s", [offer.pk])
        behind_the_second = cursor.fetchone()[0] == 1
        before_the_first = Transfer.objects.visible_to(actor).filter(pk=offer.pk).exists()
    assert before_the_first == behind_the_second
    return before_the_first


# Until the answer


def test_an_offered_case_is_whose_it_was(cast: Cast) -> None:
    offer = offered(cast)
    case = offer.case
    case.refresh_from_db()
    assert (case.owner, case.status, case.scope.unit) == (cast.olu, "allocated", cast.unit)
    line = case.events.get(kind=EventKind.TRANSFER)
    assert line.detail["step"] == "offered"
    assert (line.detail["from"], line.detail["to"]) == (cast.unit.name, cast.other_unit.name)


@pytest.mark.parametrize(
    ("who", "known"),
    [
        *(("olu", True), ("sade", True), ("dov", True), ("ines", True), ("petra", True)),
        *(("rhys", True), ("gus", False), ("wyn", False), ("hana", False)),
    ],
)
def test_both_units_know_of_an_offer_and_nobody_else(cast: Cast, who: str, known: bool) -> None:
    assert knows(cast, who, offered(cast)) is known


def test_the_receiving_side_sees_the_offer_and_not_the_case(cast: Cast) -> None:
    offer = offered(cast, to=quayside(cast))
    assert knows(cast, "gus", offer)
    assert not sees(cast, "gus", offer.case)
    assert not knows(cast, "dov", offer)
    gus = cast.actor("gus")
    with acting_as(gus):
        assert not Victim.objects.visible_to(gus).filter(pk=offer.case.victim_id).exists()
        assert not CaseEvent.objects.visible_to(gus).filter(case=offer.case_id).exists()


def test_a_closely_held_case_is_known_on_the_other_side_to_the_lead_alone(cast: Cast) -> None:
    scope = make_scope(restriction=Restriction.RESTRICTED)
    offer = offered(cast, owned(cast, victim=make_victim(scope, called=CALLED)))
    assert offer.closely
    assert [who for who in ("olu", "sade", "dov", "petra", "tarek", "ines", "gus") if knows(cast, who, offer)] == [
        "olu",
        "ines",
    ]  # fmt: skip
    with pytest.raises(NotVisible):
        act(cast.actor("dov"), transfers.accept, transfer=offer, owner=cast.petra)
    act(cast.actor("ines"), transfers.accept, transfer=offer, owner=cast.petra)
    reached = ("olu", "sade", "dov", "petra", "tarek", "ines", "gus")
    assert [who for who in reached if sees(cast, who, offer.case)] == ["petra", "ines"]
    offer.case.scope.refresh_from_db()
    assert offer.case.scope.restriction == Restriction.RESTRICTED


@pytest.mark.parametrize(
    ("over", "priority"),
    [
        ({}, "standard"),
        ({"danger": "yes"}, "urgent"),
        ({"victim": {"age_band": AgeBand.CHILD}}, "child"),
    ],
)
def test_an_offer_says_how_soon_and_nothing_more(
    cast: Cast, over: dict[str, Any], priority: str
) -> None:
    if "victim" in over:
        over = {"victim": make_victim(**over["victim"])}
    assert offered(cast, owned(cast, **over)).priority == priority


@pytest.mark.parametrize("status", [CaseStatus.DRAFT, CaseStatus.CLOSING, CaseStatus.CLOSED])
def test_what_is_a_draft_or_at_its_end_is_not_offered(cast: Cast, status: CaseStatus) -> None:
    case = make_case(status=status, owner=cast.olu)
    with pytest.raises(Conflict):
        offered(cast, case)


def test_a_case_that_nobody_owns_is_offered_by_its_supervisor(cast: Cast) -> None:
    case = make_case(status=CaseStatus.NEW)
    with pytest.raises(Refused):
        offered(cast, case, by="olu")
    offer = offered(cast, case, by="sade")
    act(cast.actor("dov"), transfers.accept, transfer=offer, owner=cast.petra)
    case.refresh_from_db()
    assert (case.owner, case.status) == (cast.petra, "allocated")


def test_only_its_owner_or_a_supervisor_offers_it(cast: Cast) -> None:
    case = owned(cast)
    for who in ("rhys", "keir", "tarek"):
        with pytest.raises(Refused):
            offered(cast, case, by=who)
    with pytest.raises(NotVisible):
        offered(cast, case, by="petra")
    assert not Transfer.objects.exists()


def test_a_case_is_offered_to_one_unit_at_a_time_and_never_to_its_own(cast: Cast) -> None:
    offer = offered(cast)
    with pytest.raises(Conflict, match="already offered"):
        offered(cast, offer.case, to=quayside(cast))
    with pytest.raises(Conflict, match="in this unit already"):
        offered(cast, to=cast.unit)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(pk=offer.pk).update(to_unit=cast.unit)


def test_a_case_with_an_open_offer_is_not_closed_over_it(cast: Cast) -> None:
    offer = offered(cast)
    olu = cast.actor("olu")
    with acting_as(olu):
        sentences = closing.obstacles(offer.case, outcome="not_a_victim", at=clocks.now())
    assert any("offered to another unit" in sentence for sentence in sentences)


# The answer


@pytest.mark.parametrize("where", ["same force", "other force"])
def test_taken_over_it_is_theirs_in_one_go_and_was_never_nobodys(cast: Cast, where: str) -> None:
    same = where == "same force"
    to, by, owner = ("fellgate", "dov", "petra") if same else ("quayside", "gus", "wyn")
    case = owned(cast, operation=Operation.objects.create(
        force=cast.force, name="Op", started_at=clocks.now() - HOUR
    ))  # fmt: skip
    refer(case, cast.harbour, clocks.now() - HOUR, force=cast.force)
    offer = offered(cast, case, to=getattr(cast, by).unit)
    engine.sweep(clocks.now())
    act(cast.actor(by), transfers.accept, transfer=offer, owner=getattr(cast, owner))
    case = Case.objects.select_related("scope__unit", "owner").get(pk=case.pk)
    assert (case.scope.unit.slug, case.unit_id) == (to, case.scope.unit_id)
    assert (case.owner.username, case.status) == (owner, "allocated")  # type: ignore[union-attr]
    given = Allocation.objects.get(case=case, ended_at=None)
    assert given.owner == case.owner
    gap = Allocation.objects.get(case=case, owner=cast.olu)
    assert gap.ended_at == given.at
    assert sees(cast, owner, case)
    assert sees(cast, by, case)
    assert not sees(cast, "olu", case)
    assert not sees(cast, "sade", case)
    assert sees(cast, "ines", case) is same
    assert (case.operation is not None) is same
    assert SupportReferral.objects.get(case=case).force_id == case.scope.force_id
    offer.refresh_from_db()
    assert (offer.status, offer.answered_by.username) == ("accepted", by)  # type: ignore[union-attr]


def test_what_is_owed_on_it_goes_along_in_the_same_transaction(cast: Cast) -> None:
    offer = offered(cast, to=quayside(cast))
    engine.sweep(clocks.now())
    act(cast.actor("gus"), transfers.accept, transfer=offer, owner=cast.wyn)
    owed = FollowUp.objects.open().filter(case=offer.case_id)
    assert owed.exists()
    assert {(row.force.slug, row.unit.slug) for row in owed} == {("eastvale", "quayside")}  # type: ignore[union-attr]
    assert {row.holder for row in owed} == {cast.wyn, cast.gus}


def test_whoever_gave_it_away_still_knows_that_it_was_taken_over(
    cast: Cast, client_of: Browser
) -> None:
    offer = offered(cast, to=quayside(cast))
    act(cast.actor("gus"), transfers.accept, transfer=offer, owner=cast.wyn)
    assert knows(cast, "olu", offer)
    page = client_of(cast.sade).get("/transfers").text
    assert offer.reference in page
    assert "Taken over" in page
    assert CALLED not in page
    assert client_of(cast.sade).get(f"/case/{offer.reference}").status_code == 404


def test_its_owner_may_come_along(cast: Cast) -> None:
    offer = offered(cast)
    User.objects.filter(username="olu").update(unit=cast.other_unit)
    act(cast.actor("dov"), transfers.accept, transfer=offer, owner=cast.olu)
    case = Case.objects.get(pk=offer.case_id)
    assert (case.owner, case.scope.unit) == (cast.olu, cast.other_unit)
    rights = ScopeGrant.objects.filter(scope=case.scope, kind=GrantKind.OWNER, ends_at=None)
    assert [right.user for right in rights] == [cast.olu]


def test_somebody_of_another_unit_is_no_owner_and_then_nothing_moved(cast: Cast) -> None:
    offer = offered(cast)
    for person in (cast.wyn, cast.rhys, cast.olu):
        with pytest.raises(Conflict, match="investigator"):
            act(cast.actor("dov"), transfers.accept, transfer=offer, owner=person)
    case = Case.objects.get(pk=offer.case_id)
    assert (case.owner, case.scope.unit, case.version) == (cast.olu, cast.unit, 1)
    assert ScopeGrant.objects.filter(user=cast.olu, ends_at=None).exists()


def test_missing_training_asks_for_a_reason_as_everywhere(cast: Cast) -> None:
    course = Course.objects.create(slug="tests-x1", name="X1")
    Requirement.objects.create(
        course=course, role=Role.INVESTIGATOR, purpose=Purpose.OWN_CASE, blocks=True
    )
    offer = offered(cast)
    with pytest.raises(OverrideNeeded):
        act(cast.actor("dov"), transfers.accept, transfer=offer, owner=cast.petra)
    act(
        cast.actor("dov"),
        transfers.accept,
        transfer=offer,
        owner=cast.petra,
        override_reason="Only she is here",
    )
    assert Case.objects.get(pk=offer.case_id).owner == cast.petra


def test_refused_it_stays_and_its_owner_is_owed_the_reason(cast: Cast) -> None:
    offer = offered(cast, to=quayside(cast))
    act(
        cast.actor("gus"),
        transfers.reject,
        transfer=offer,
        refusal="out_of_area",
        note="Call Northport.",
    )
    case = Case.objects.get(pk=offer.case_id)
    assert (case.owner, case.scope.unit) == (cast.olu, cast.unit)
    line = case.events.filter(kind=EventKind.TRANSFER).first()
    assert line is not None
    assert (line.text, line.by, line.detail["refusal"]) == (
        "Call Northport.", cast.gus, "out_of_area",
    )  # fmt: skip
    engine.sweep(clocks.now())
    owed = FollowUp.objects.get(rule="transfer-refused")
    assert (owed.holder, owed.state) == (cast.olu, "open")
    act(cast.actor("olu"), transfers.see_refusal, transfer=offer)
    engine.sweep(clocks.now())
    owed.refresh_from_db()
    assert owed.state == "met"


def test_a_refusal_says_why_and_is_the_last_word(cast: Cast) -> None:
    offer = offered(cast)
    dov = cast.actor("dov")
    with pytest.raises(Conflict, match="Say why"):
        act(dov, transfers.reject, transfer=offer, refusal="because")
    act(dov, transfers.reject, transfer=offer, refusal="no_capacity")
    with pytest.raises(Conflict, match="This offer is over"):
        act(dov, transfers.accept, transfer=offer, owner=cast.petra)
    with pytest.raises(Conflict, match="changed it first"):
        act(cast.actor("olu"), transfers.withdraw, transfer=offer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(pk=offer.pk).update(status="offered")


def test_taken_back_nobody_can_take_it_over(cast: Cast) -> None:
    offer = offered(cast)
    act(cast.actor("olu"), transfers.withdraw, transfer=offer)
    with pytest.raises(Conflict, match="This offer is over"):
        act(cast.actor("dov"), transfers.accept, transfer=offer, owner=cast.petra)
    assert offered(cast, offer.case).status == "offered"


@pytest.mark.parametrize("who", ["gus", "olu", "sade", "petra", "tarek"])
def test_nobody_else_answers(cast: Cast, who: str) -> None:
    offer = offered(cast)
    for verb, given in (
        (transfers.accept, {"owner": cast.petra}),
        (transfers.reject, {"refusal": "other"}),
    ):
        with pytest.raises((Refused, NotVisible)):
            act(cast.actor(who), verb, transfer=offer, **given)
    assert Case.objects.get(pk=offer.case_id).owner == cast.olu


@pytest.mark.parametrize("who", ["gus", "sade", "wyn"])
def test_the_database_itself_gives_a_case_only_to_whom_it_was_offered(cast: Cast, who: str) -> None:
    offer = offered(cast)
    actor = cast.actor(who)
    with (
        pytest.raises(DatabaseError, match="not offered"),
        acting_as(actor),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT casework_take_over(%s, %s)", [offer.pk, actor.id])


# The deadline


def test_an_offer_without_an_answer_climbs_to_the_receiving_forces_lead(cast: Cast) -> None:
    RoleHeld.objects.create(user=cast.wyn, role=Role.SPECIALIST_LEAD)
    at = clocks.now()
    offer = offered(cast, owned(cast, danger="yes"), to=quayside(cast))
    engine.sweep(at)
    owed = FollowUp.objects.get(rule="transfer-unanswered")
    assert (owed.case, owed.scope, owed.holder) == (None, None, cast.gus)
    assert owed.due_at == offer.offered_at + 2 * HOUR
    engine.sweep(at + 10 * HOUR)
    told = [step.notices.first().person for step in owed.steps.order_by("rung")]  # type: ignore[union-attr]
    assert (told[0], cast.wyn in told) == (cast.gus, True)
    act(cast.actor("gus"), transfers.accept, transfer=offer, owner=cast.wyn)
    engine.sweep(at + 11 * HOUR)
    owed.refresh_from_db()
    assert owed.state in {"met", "met_late"}


def test_an_offer_without_an_answer_comes_back_to_whoever_made_it(cast: Cast) -> None:
    at = clocks.now()
    offer = offered(cast, owned(cast))
    engine.sweep(at)
    owed = FollowUp.objects.get(rule="transfer-not-heard")
    assert (owed.state, owed.case, owed.holder) == ("open", offer.case, cast.olu)
    assert owed.due_at == offer.offered_at + 24 * HOUR
    engine.sweep(at + 70 * HOUR)
    told = [step.notices.first().person for step in owed.steps.order_by("rung")]  # type: ignore[union-attr]
    assert told == [cast.olu, cast.sade, cast.ines]
    act(cast.actor("sade"), transfers.withdraw, transfer=offer)
    engine.sweep(at + 71 * HOUR)
    owed.refresh_from_db()
    assert owed.state == "void"


def test_a_closely_held_offer_is_the_leads_to_answer(cast: Cast) -> None:
    scope = make_scope(restriction=Restriction.COVERT)
    offered(cast, owned(cast, victim=make_victim(scope)))
    engine.sweep(clocks.now())
    owed = FollowUp.objects.get(rule="transfer-unanswered")
    assert (owed.unit, owed.holder) == (None, cast.ines)


def test_an_offer_taken_back_is_owed_no_longer(cast: Cast) -> None:
    offer = offered(cast)
    engine.sweep(clocks.now())
    act(cast.actor("sade"), transfers.withdraw, transfer=offer)
    engine.sweep(clocks.now())
    assert FollowUp.objects.get(rule="transfer-unanswered").state == "void"


# Pages


def test_the_owner_offers_it_on_a_page_that_keeps_what_was_typed(
    cast: Cast, client_of: Browser
) -> None:
    case, olu = owned(cast), client_of(cast.olu)
    path = f"/case/{case.reference}/transfer"
    assert "Quayside Response" in olu.get(path).text
    wrong = olu.post(path, {"reason": "They moved.", "why": "area"})
    assert wrong.status_code == 400
    assert "Select a unit" in wrong.text
    assert "They moved." in wrong.text
    given = {"to_unit": str(cast.other_unit.pk), "why": "area", "reason": "They moved."}
    assert olu.post(path, given).status_code == 302
    assert "offered to Fellgate Investigations" in olu.get(f"/case/{case.reference}").text
    waiting = olu.get(path).text
    assert "Take the offer back" in waiting
    assert "force default" in waiting
    assert olu.post(path, given).status_code == 409
    offer = Transfer.objects.get()
    assert olu.post(f"{path}/{offer.pk}/withdraw").status_code == 302
    assert Transfer.objects.get().status == "withdrawn"


def test_the_receiving_page_says_what_is_needed_and_no_name(cast: Cast, client_of: Browser) -> None:
    offer, gus = offered(cast, to=quayside(cast)), client_of(cast.gus)
    for page in (gus.get("/transfers").text, gus.get(f"/transfers/{offer.pk}").text):
        assert offer.reference in page
        assert "Harbour Road Response" in page
        assert "Standard" in page
        assert CALLED not in page
        assert "She said that she is not paid" not in page
    assert gus.get(f"/case/{offer.reference}").status_code == 404
    looked = AuditEvent.objects.filter(verb="transfer.viewed", subject_id=str(offer.pk))
    assert looked.exists()


def test_an_answer_on_the_page_names_an_owner_or_a_reason(cast: Cast, client_of: Browser) -> None:
    offer, gus = offered(cast, to=quayside(cast)), client_of(cast.gus)
    path = f"/transfers/{offer.pk}"
    for given, words in (
        ({}, "Select whether your unit takes it over"),
        ({"answer": "accept"}, "Select who will own the case"),
        ({"answer": "reject", "note": "Ring me."}, "Select why your unit does not take it over"),
    ):
        wrong = gus.post(path, given)
        assert (wrong.status_code, words in wrong.text) == (400, True)
    assert "Ring me." in wrong.text
    answer = gus.post(path, {"answer": "accept", "owner": str(cast.wyn.pk)}, follow=True)
    assert answer.redirect_chain == [(f"/case/{offer.reference}", 302)]
    assert CALLED in answer.text
    assert "This offer is over" in gus.get(path).text


def test_a_refusal_on_the_page_reaches_the_owner(cast: Cast, client_of: Browser) -> None:
    offer = offered(cast)
    given = {"answer": "reject", "refusal": "no_capacity"}
    assert client_of(cast.dov).post(f"/transfers/{offer.pk}", given).status_code == 302
    olu, path = client_of(cast.olu), f"/case/{offer.reference}/transfer"
    assert "We have nobody to give it to now" in olu.get(path).text
    assert olu.post(f"{path}/{offer.pk}/seen").status_code == 302
    assert "I have read this" not in olu.get(path).text


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_asks_as_often_for_fifty_offers_as_for_one(
    cast: Cast, client_of: Browser, many: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _each in range(many):
        offered(cast, make_case())
    dov = client_of(cast.dov)
    dov.get("/transfers")
    with django_assert_num_queries(QUERIES):
        assert dov.get("/transfers").status_code == 200


QUERIES = 15
