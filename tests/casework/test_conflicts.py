"""Conflicts of interest: a case is closed at once to whoever knows somebody in it, and its work goes to others."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, GrantKind, Restriction, ScopeBar, ScopeGrant, User
from casework.actions import conflicts, emergency
from casework.actions.allocation import candidates
from casework.models import Allocation, Case
from followups import engine
from followups.models import FollowUp
from followups.tasks import tick
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast

Browser = Callable[[User], Client]


def declare(cast: Cast, case: Case, who: str, by: str = "") -> ScopeBar:
    actor = cast.actor(by or who)
    with acting_as(actor):
        return conflicts.declare(case=case, person=getattr(cast, who), tie="family", by=actor)


def owned(cast: Cast, **over: object) -> Case:
    case, at = make_case(owner=cast.olu, **over), clocks.now()
    ScopeGrant.objects.create(
        scope=case.scope, force=cast.force, user=cast.olu, kind=GrantKind.OWNER, starts_at=at
    )
    Allocation.objects.create(
        scope=case.scope, case=case, owner=cast.olu, at=at, by=cast.sade, recorded_at=at
    )
    return case


def test_the_owner_says_so_and_the_case_is_gone_from_them_and_owed_by_the_supervisor(
    cast: Cast, client_of: Browser
) -> None:
    case = owned(cast)
    tick()
    browser = client_of(cast.olu)
    assert case.reference in browser.get("/work").content.decode()
    answer = browser.post(f"/case/{case.reference}/conflict", {"tie": "family"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get(f"/case/{case.reference}").status_code == 404
    assert case.reference not in browser.get("/work").content.decode()
    assert not FollowUp.objects.filter(case=case, holder=cast.olu).open().exists()
    case.refresh_from_db()
    assert (case.owner, case.status) == (None, "new")
    tick()
    row = FollowUp.objects.open().get(rule="no-owner", case=case)
    assert row.holder == cast.sade
    assert AuditEvent.objects.filter(verb="conflict.declared").exists()
    with acting_as(cast.actor("sade")):
        assert cast.olu not in candidates(case, by=cast.actor("sade"))


@pytest.mark.parametrize("who", ["olu", "sade", "ines", "tarek"])
def test_row_level_security_holds_to_it_whatever_unit_role_or_grant_they_have(
    cast: Cast, who: str
) -> None:
    case, at = make_case(), clocks.now()
    person = getattr(cast, who)
    ScopeGrant.objects.create(
        scope=case.scope, force=cast.force, user=person, kind=GrantKind.TEAM, starts_at=at
    )
    with acting_as(cast.actor(who)):
        assert Case.objects.visible_to(cast.actor(who)).filter(pk=case.pk).exists()
    declare(cast, case, who, by="ines" if who != "ines" else "sade")
    with acting_as(cast.actor(who)), connection.cursor() as cursor:
        for table in ("casework_case", "victims_victim", "accounts_scope"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM accounts_scopebar")
        assert cursor.fetchone() == (0,)


def test_what_the_duty_supervisor_may_not_see_goes_to_somebody_who_may(cast: Cast) -> None:
    case = make_case(status="new")
    declare(cast, case, "sade", by="ines")
    engine.sweep(clocks.now())
    holders = set(FollowUp.objects.filter(case=case).open().values_list("holder", flat=True))
    assert holders
    assert cast.sade.pk not in holders
    assert None not in holders


def test_no_door_makes_them_its_owner_and_no_emergency_lets_them_in(cast: Cast) -> None:
    case = make_case(status="new")
    declare(cast, case, "olu", by="sade")
    with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(owner=cast.olu, status="allocated")
    olu = cast.actor("olu")
    with acting_as(olu):
        assert (
            emergency.break_glass(
                reference=case.reference, reason="danger", words="He is at the door now.", by=olu
            )
            is None
        )


def test_only_a_supervisor_says_it_of_somebody_else_and_only_once(cast: Cast) -> None:
    case = make_case()
    with pytest.raises(Refused):
        declare(cast, case, "sade", by="olu")
    declare(cast, case, "olu", by="sade")
    with pytest.raises(Conflict, match="closed to them already"):
        declare(cast, case, "olu", by="sade")


def test_another_supervisor_ends_it_with_a_reason_and_the_case_is_there_again(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    bar = declare(cast, case, "olu", by="sade")
    sade = cast.actor("sade")
    with acting_as(sade), pytest.raises(Refused):
        conflicts.end(bar=bar, why="A mistake.", by=sade)
    ines = client_of(cast.ines)
    page = f"/case/{case.reference}/conflict/{bar.pk}/end"
    assert cast.olu.name in ines.get(f"/case/{case.reference}/conflict").content.decode()
    assert ines.post(page, {"why": ""}).status_code == 400
    assert ines.post(page, {"why": "Another family of the same name."}).status_code == 302
    assert client_of(cast.olu).get(f"/case/{case.reference}").status_code == 200


def test_a_wrong_name_is_said_and_the_answer_stays(cast: Cast, client_of: Browser) -> None:
    case = make_case()
    page = client_of(cast.sade).post(
        f"/case/{case.reference}/conflict", {"username": "wyn", "tie": "friend"}
    )
    assert page.status_code == 400
    assert "Nobody in your force has this sign-in name" in page.content.decode()
    assert not ScopeBar.objects.exists()


def test_a_restricted_case_without_its_barred_member_is_held_by_the_rest_of_its_team(
    cast: Cast,
) -> None:
    scope, at = make_scope(restriction=Restriction.RESTRICTED), clocks.now()
    for person in (cast.olu, cast.petra):
        ScopeGrant.objects.create(
            scope=scope, force=cast.force, user=person, kind=GrantKind.TEAM, starts_at=at
        )
    case = make_case(victim=make_victim(scope), owner=cast.olu)
    declare(cast, case, "olu")
    engine.sweep(clocks.now())
    holders = set(FollowUp.objects.filter(case=case).open().values_list("holder", flat=True))
    assert holders == {cast.petra.pk}
