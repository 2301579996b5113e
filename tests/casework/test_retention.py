"""How long a case is kept: reviewed when its time comes, disposed of by two people, and then gone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, User
from casework.actions import retention as act
from casework.models import (
    Case,
    CaseEvent,
    CaseStatus,
    Closure,
    Contact,
    DisposalCertificate,
    EventKind,
    Party,
    RetentionReview,
)
from clocks import frozen
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from tests.builders import make_case, make_duty, make_victim
from tests.cast import Cast
from victims.models import Channel, SafeContact, Victim

ClientOf = Callable[[User], Client]
CLOSED_AT = datetime(2016, 11, 16, 10, tzinfo=UTC)
NAME = "Zebedee Marsh"


def closed_case(cast: Cast, *, at: datetime = CLOSED_AT, outcome: str = "court_ended") -> Case:
    """A case with a person, somebody else, a contact and a safe number, closed by two officers."""
    victim = make_victim(called=NAME)
    case = make_case(victim=victim, at=at, status=CaseStatus.CLOSED, first_words=f"{NAME} said so.")
    given = {"scope": case.scope, "case": case}
    fact = given | {"at": at, "by": cast.olu, "recorded_at": at}
    Party.objects.create(**given, name=NAME, role="family", changed_at=at, changed_by=cast.olu)
    Contact.objects.create(
        **fact,
        outcome="spoke",
        channel=Channel.PHONE,
        next_at=at + timedelta(days=28),
        note=f"Spoke to {NAME}",
    )
    CaseEvent.objects.create(**fact, kind=EventKind.NOTE, text=NAME)
    SafeContact.objects.create(
        scope=case.scope,
        victim=victim,
        channel=Channel.PHONE,
        safe="yes",
        details="07700 900123",
        set_by=cast.olu,
        set_at=at,
        review_on=at.date(),
    )
    Closure.objects.create(
        **fact,
        outcome=outcome,
        explanation="It is over",
        last_safe_contact_at=at,
        decided_at=at,
        decided_by=cast.sade,
        agreed=True,
    )
    return case


def proposed(case: Case, cast: Cast) -> RetentionReview:
    return act.review_retention(
        case=case, group="2", decision="dispose", reason="No longer needed", by=cast.actor("ines")
    )


def disposed(case: Case, cast: Cast) -> DisposalCertificate:
    """As the database sees it: the second person's own session decides."""
    keir = cast.actor("keir")
    with acting_as(keir):
        made = act.decide_disposal(case=case, agreed=True, note="I checked it", by=keir)
    assert made is not None
    return made


def swept(at: datetime) -> None:
    slugs = ("retention-review-due", "retention-review-again")
    engine.sweep(at, rules={slug: RULES[slug] for slug in slugs})


def owed(rule: str) -> list[FollowUp]:
    return list(FollowUp.objects.filter(rule=rule).open())


@pytest.mark.parametrize(("outcome", "years"), [("court_ended", 10), ("not_a_victim", 6)])
def test_a_closed_case_is_owed_a_review_when_its_groups_time_comes(
    cast: Cast, outcome: str, years: int
) -> None:
    case = closed_case(cast, outcome=outcome)
    for early, wanted in ((120, 0), (30, 1)):
        at = CLOSED_AT + timedelta(days=365.25 * years - early)
        with frozen(at):
            swept(at)
            assert len(owed("retention-review-due")) == wanted
    (one,) = owed("retention-review-due")
    assert one.case == case
    assert one.due_at is not None
    assert abs(one.due_at - CLOSED_AT - timedelta(days=365.25 * years)) < timedelta(days=2)
    assert one.holder == cast.ines
    with frozen(at):
        act.review_retention(
            case=case, group="1", decision="keep", reason="An appeal", by=cast.actor("ines")
        )
        swept(at + timedelta(minutes=1))
    assert owed("retention-review-due") == []


def test_two_people_dispose_of_a_case_its_person_and_all_that_hangs_on_them(cast: Cast) -> None:
    case = closed_case(cast)
    make_duty("data-request-not-answered", case, state="met", ended_at=clocks.now())
    proposed(case, cast)
    made = disposed(case, cast)
    assert (made.reference, made.person_kept) == (case.reference, False)
    assert made.counts["casework_case"] == made.counts["victims_victim"] == 1
    assert set(made.hashes) == set(made.counts)
    assert NAME not in str(made.counts) + str(made.hashes)
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.label == "accounts.AuditEvent" or not model._meta.managed:
                continue
            cursor.execute(
                f"SELECT count(*) FROM {model._meta.db_table} t WHERE to_jsonb(t)::text LIKE ANY (%s)",
                [[f"%{NAME}%", f"%{case.pk}%", f"%{case.victim_id}%"]],
            )
            assert cursor.fetchone() == (0,), model._meta.label
    # The trail of the disposal says which rows went, and nothing that they held.
    gone = AuditEvent.objects.filter(verb="row.delete", subject="casework_contact")
    assert [event.detail for event in gone] == [{}]


def test_a_person_whom_another_case_holds_stays(cast: Cast) -> None:
    case = closed_case(cast)
    other = make_case(victim=case.victim)
    proposed(case, cast)
    assert disposed(case, cast).person_kept
    assert Victim.objects.filter(pk=other.victim_id).exists()
    assert list(Case.objects.filter(victim=other.victim_id)) == [other]


def test_whoever_proposed_it_does_not_decide_not_even_by_the_database(cast: Cast) -> None:
    case = closed_case(cast)
    review = proposed(case, cast)
    with pytest.raises(Refused):
        act.decide_disposal(case=case, agreed=True, note="Yes", by=cast.actor("ines"))
    with pytest.raises(DatabaseError, match="disposal_needs_second_person"), transaction.atomic():
        RetentionReview.objects.filter(pk=review.pk).update(
            decided_by=cast.ines, decided_at=clocks.now(), agreed=True
        )
    with (
        pytest.raises(DatabaseError, match="second person"),
        transaction.atomic(),
        acting_as(cast.actor("keir")),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT followups_dispose(%s)", [review.pk])
    assert Case.objects.filter(pk=case.pk).exists()


OBSTACLES = ("hold", "owed", "open")


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_nothing_that_is_held_owed_or_open_is_disposed_of(cast: Cast, obstacle: str) -> None:
    case = closed_case(cast)
    review = proposed(case, cast)
    if obstacle == "hold":
        act.hold(case=case, why="An inquiry", until=None, by=cast.actor("ines"))
    elif obstacle == "owed":
        make_duty("data-request-not-answered", case, state="open")
    else:
        Case.objects.filter(pk=case.pk).update(
            status=CaseStatus.NEW, closed_at=None, sent_at=clocks.now()
        )
    with pytest.raises(Conflict):
        disposed(case, cast)
    RetentionReview.objects.filter(pk=review.pk).update(
        decided_by=cast.keir, decided_at=clocks.now(), agreed=True
    )
    with (
        pytest.raises(DatabaseError, match=f"must be kept: {obstacle}"),
        transaction.atomic(),
        acting_as(cast.actor("keir")),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT followups_dispose(%s)", [review.pk])
    assert Case.objects.filter(pk=case.pk).exists()


def test_it_is_held_reviewed_and_disposed_of_on_pages(cast: Cast, client_of: ClientOf) -> None:
    case = closed_case(cast)
    ines, keir = client_of(cast.ines), client_of(cast.keir)
    page = f"/case/{case.reference}/retention"
    assert ines.post(page, {"act": "hold", "why": ""}).status_code == 400
    assert ines.post(page, {"act": "hold", "why": "An inquiry"}).status_code == 302
    told = {"act": "review", "group": "2", "decision": "dispose", "reason": "Not needed"}
    assert "A legal hold is on it" in ines.post(page, told).content.decode()
    hold = case.legal_holds.get()
    assert ines.post(f"{page}/hold/{hold.pk}/end").status_code == 302
    assert ines.post(page, told).status_code == 302
    assert "somebody else must decide" in ines.get(page).content.decode()
    decided = {"act": "decide", "agreed": "yes", "note": "I checked it"}
    answer = keir.post(page, decided)
    certificate = keir.get(answer["Location"]).content.decode()
    assert case.reference in certificate
    assert NAME not in certificate
    assert keir.get(page).status_code == 404
    assert case.reference in client_of(cast.asha).get("/certificates").content.decode()
    assert client_of(cast.olu).get(page).status_code == 403
