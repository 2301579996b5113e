"""Emergency access: an hour, with a reason, told at once, reviewed by somebody else; nobody learns what exists."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.models import AuditEvent, GrantKind, Restriction, ScopeGrant, User
from accounts.permissions import ROLES, Permission
from casework.actions import emergency
from casework.models import Case, CaseEvent, EmergencyAccess, Search
from followups import engine
from followups.models import FollowUp, Notice
from followups.rules import RULES
from followups.tasks import tick
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.house.routes import routes

WHY = {"reason": "danger", "words": "Her brother rang 999, he is at the door."}
HOUR = timedelta(hours=1)
Browser = Callable[[User], Client]


def held_as(restriction: str, **over: object) -> Case:
    return make_case(victim=make_victim(make_scope(restriction=restriction)), **over)


def open_it(cast: Cast, case: Case, who: str = "petra") -> EmergencyAccess:
    with acting_as(cast.actor(who)):
        access = emergency.break_glass(reference=case.reference, by=cast.actor(who), **WHY)
    assert access is not None
    return access


@pytest.mark.parametrize("restriction", ["standard", "restricted"])
def test_an_officer_opens_a_case_beyond_their_reach_for_an_hour_and_no_longer(
    cast: Cast, client_of: Browser, restriction: str
) -> None:
    case, at = held_as(restriction), clocks.now()
    petra = client_of(cast.petra)
    page = f"/case/{case.reference}"
    assert petra.get(page).status_code == 404
    assert petra.post(f"{page}/break-glass", WHY, follow=True).status_code == 200
    assert "It is open to you until" in petra.get(page).content.decode()
    with clocks.frozen(at + HOUR + timedelta(minutes=1)):
        with acting_as(cast.actor("petra")):
            assert not Case.objects.filter(pk=case.pk).exists()
        assert client_of(cast.petra).get(page).status_code == 404


def test_every_page_of_the_case_says_until_when_it_is_open(cast: Cast, client_of: Browser) -> None:
    case = held_as("restricted")
    open_it(cast, case)
    browser, shown, silent = client_of(cast.petra), 0, []
    for route in routes():
        if route.parameters != {"reference"}:
            continue
        with transaction.atomic():
            answer = browser.get(route.path.replace("HF-ZZZZZ", case.reference))
            transaction.set_rollback(True)
        page = "" if answer.streaming else answer.content.decode(errors="ignore")
        if answer.status_code == 200 and "<nav" in page:
            shown += 1
            silent += [] if "You opened case" in page else [route.name]
    assert shown > 20
    assert silent == []


def test_a_covert_case_opens_to_a_specialist_lead_and_looks_like_no_case_to_anybody_else(
    cast: Cast, client_of: Browser
) -> None:
    case = held_as("covert")
    answers = []
    for reference in (case.reference, "HF-GGGGG"):
        browser = client_of(cast.petra)
        asked = browser.get(f"/case/{reference}/break-glass").content.decode()
        answer = browser.post(f"/case/{reference}/break-glass", WHY)
        pages = [asked, answer.content.decode()]
        answers.append((answer.status_code, [_plain(page, reference) for page in pages]))
    assert answers[0] == answers[1]
    assert answers[0][0] == 409
    assert not EmergencyAccess.objects.exists()
    assert AuditEvent.objects.filter(
        verb="access.refused", detail__tried="case:break-glass"
    ).count() == 2  # fmt: skip
    assert Search.objects.filter(by=cast.petra).count() == 2  # the team learns of the first
    open_it(cast, case, "ines")


def _plain(page: str, reference: str) -> str:

    page = page.replace(reference, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|\d\d:\d\d', "", page)


@pytest.mark.parametrize("who", ["keir", "asha", "ming", "lena", "wyn", "hana"])
def test_whoever_has_no_business_with_emergencies_opens_nothing(
    cast: Cast, client_of: Browser, who: str
) -> None:
    case = make_case(unit=cast.unit)
    answer = client_of(getattr(cast, who)).post(f"/case/{case.reference}/break-glass", WHY)
    assert answer.status_code in {403, 409}
    assert not EmergencyAccess.objects.exists()


def test_the_database_lets_in_whom_the_table_of_roles_lets_in() -> None:
    def holding(permission: Permission) -> set[str]:
        return {role.value for role, may in ROLES.items() if permission in may}

    assert holding(Permission.CASE_BREAK_GLASS) == {
        *("responder", "investigator", "supervisor", "specialist_lead", "navigator")
    }
    assert holding(Permission.CASE_BREAK_GLASS_COVERT) == {"specialist_lead"}


@pytest.mark.parametrize("answer", [{}, {"reason": "danger", "words": "Because."}])
def test_without_a_reason_nothing_opens_and_what_was_typed_stays(
    cast: Cast, client_of: Browser, answer: dict[str, str]
) -> None:
    case = held_as("restricted")
    shown = client_of(cast.petra).post(f"/case/{case.reference}/break-glass", answer)
    assert shown.status_code == 400
    assert answer.get("words", "") in shown.content.decode()
    assert not ScopeGrant.objects.filter(kind=GrantKind.BREAK_GLASS).exists()


def test_nobody_writes_themselves_a_grant_or_makes_one_longer(cast: Cast) -> None:
    case, at = held_as("restricted"), clocks.now()
    petra = cast.actor("petra")
    with pytest.raises(DatabaseError), acting_as(petra):
        ScopeGrant.objects.create(
            scope_id=case.scope_id, force=cast.force, user=cast.petra,
            kind=GrantKind.BREAK_GLASS, starts_at=at, ends_at=at + HOUR,
        )  # fmt: skip
    open_it(cast, case)
    with pytest.raises(DatabaseError), acting_as(petra):
        ScopeGrant.objects.filter(kind=GrantKind.BREAK_GLASS).update(
            starts_at=at + HOUR, ends_at=at + 2 * HOUR
        )


def test_ended_early_it_is_closed_at_once_and_the_trail_says_so(
    cast: Cast, client_of: Browser
) -> None:
    case = held_as("restricted")
    open_it(cast, case)
    browser = client_of(cast.petra)
    assert browser.post(f"/case/{case.reference}/emergency/end").status_code == 302
    with clocks.frozen(clocks.now() + timedelta(seconds=1)):
        assert browser.get(f"/case/{case.reference}").status_code == 404
    assert AuditEvent.objects.filter(verb="emergency.ended").exists()


def test_the_owner_and_the_auditor_are_told_at_once_without_a_word_about_the_person(
    cast: Cast,
) -> None:
    case = make_case(victim=make_victim(called="Quillon"), owner=cast.olu)
    open_it(cast, case)
    tick()
    told = set(
        Notice.objects.filter(
            step__followup__rule__in=("emergency-not-read", "emergency-not-reviewed")
        ).values_list("person__username", "channel")
    )
    assert {("olu", "page"), ("olu", "email"), ("asha", "page"), ("asha", "email")} <= told
    assert mail.outbox
    for message in mail.outbox:
        said = f"{message.subject} {message.body}"
        assert "Quillon" not in said
        assert WHY["words"] not in said


def test_of_a_covert_case_the_auditor_is_told_and_sees_no_case_and_other_leads_see_nothing(
    cast: Cast, client_of: Browser
) -> None:
    case = held_as("covert")
    access = open_it(cast, case, "ines")
    engine.sweep(clocks.now(), rules={"emergency-not-reviewed": RULES["emergency-not-reviewed"]})
    row = FollowUp.objects.get(rule="emergency-not-reviewed")
    assert (row.holder, row.case, row.scope) == (cast.asha, None, None)
    asha = client_of(cast.asha)
    assert case.reference in asha.get("/emergencies").content.decode()
    assert asha.get(f"/emergencies/{access.pk}").status_code == 200
    assert asha.get(f"/case/{case.reference}").status_code == 403
    with acting_as(cast.actor("tarek")):
        assert not EmergencyAccess.objects.filter(pk=access.pk).exists()


def test_the_review_is_somebody_elses_and_ends_what_is_owed(cast: Cast, client_of: Browser) -> None:
    case = make_case(unit=cast.other_unit, owner=cast.petra)
    access = open_it(cast, case, "sade")
    rule = {"emergency-not-reviewed": RULES["emergency-not-reviewed"]}
    engine.sweep(clocks.now(), rules=rule)
    sade = cast.actor("sade")
    with acting_as(sade), pytest.raises(Refused):
        emergency.review(access=access, finding="needed", words="I know.", by=sade)
    with pytest.raises(DatabaseError), transaction.atomic():
        EmergencyAccess.objects.filter(pk=access.pk).update(
            reviewed_at=clocks.now(), reviewed_by=cast.sade, finding="needed", finding_words="x"
        )
    page = f"/emergencies/{access.pk}"
    asha = client_of(cast.asha)
    assert asha.post(page, {"finding": "needed"}).status_code == 400
    answer = {"finding": "needed", "words": "The incident log shows the call."}
    assert asha.post(page, answer).status_code == 302
    assert asha.post(page, answer).status_code == 409
    engine.sweep(clocks.now(), rules=rule)
    assert FollowUp.objects.get(rule="emergency-not-reviewed").state == "met"


def test_the_team_reads_it_on_the_case_and_whoever_opened_it_cannot_say_so(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case(owner=cast.olu)
    access = open_it(cast, case)
    page = f"/case/{case.reference}/emergency"
    client_of(cast.petra).post(page)
    access.refresh_from_db()
    assert access.read_at is None
    shown = client_of(cast.olu).get(page).content.decode()
    assert cast.petra.name in shown
    assert WHY["words"].replace("'", "&#x27;") in shown
    client_of(cast.olu).post(page)
    access.refresh_from_db()
    assert access.read_by == cast.olu
    assert CaseEvent.objects.filter(case=case, kind="emergency").exists()


def test_what_was_said_when_it_was_opened_stays_as_it_was(cast: Cast) -> None:
    access = open_it(cast, held_as("restricted"))
    for change in ({"words": "Something else altogether."}, {"ends_at": access.ends_at + HOUR}):
        with pytest.raises(DatabaseError), transaction.atomic():
            EmergencyAccess.objects.filter(pk=access.pk).update(**change)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_asks_as_much_for_fifty_as_for_one(
    cast: Cast, client_of: Browser, count: int, django_assert_max_num_queries: object
) -> None:
    case, at = held_as("restricted"), clocks.now()
    EmergencyAccess.objects.bulk_create(
        EmergencyAccess(
            scope_id=case.scope_id, case=case, force=cast.force, reference=case.reference,
            by=cast.petra, at=at, ends_at=at + HOUR, **WHY,
        )
        for _one in range(count)
    )  # fmt: skip
    browser = client_of(cast.asha)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        page = browser.get("/emergencies").content.decode()
    assert page.count(case.reference) == count


def test_an_ended_grant_shows_nothing_by_the_database_alone(cast: Cast) -> None:
    case = held_as(Restriction.RESTRICTED)
    open_it(cast, case)
    for minutes, seen in ((30, 1), (61, 0)):
        with (
            acting_as(cast.actor("petra"), at=clocks.now() + timedelta(minutes=minutes)),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT count(*) FROM casework_case WHERE id = %s", [str(case.pk)])
            assert cursor.fetchone() == (seen,)
