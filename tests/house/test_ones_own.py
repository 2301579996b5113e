"""What is one's own, or one's own force's, is nobody else's: asked of acts and rows, behind every page.

Each of these was a wall that could be taken away without a test noticing (`python -m tests.attack.run`).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

import clocks
from accounts import actions, audit
from accounts.actions import exports, specialists
from accounts.audit import Path
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.exported import Export
from accounts.exports import DOWNLOADS, Content, Sheet
from accounts.models import User
from accounts.reasons import Look
from accounts.scoping import NotVisible
from accounts.signing_in import NoticeKind, SecurityNotice
from accounts.specialists import ForceContact, OnCall
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import make_service

HOUR = timedelta(hours=1)
PURPOSE = exports.Purpose("handover", "To share out the cases on Monday")


def many(rows: int) -> Content:
    return Content(Sheet(["Name"], [["somebody"]] * rows))


def asked_for_by(cast: Cast, who: str) -> None:
    """Somebody took what one may take in a day, asked for the same again, and a supervisor agreed."""
    by = cast.actor(who)
    exports.take(DOWNLOADS["work"], {}, many(60), PURPOSE, by=by)
    asked = exports.ask_for(DOWNLOADS["work"], {}, many(60), PURPOSE, by=by)
    exports.decide(request_id=asked.pk, agreed=True, note="I looked", by=cast.actor("sade"))


def test_what_was_agreed_for_one_person_serves_nobody_else(cast: Cast) -> None:
    asked_for_by(cast, "olu")
    work = DOWNLOADS["work"]
    assert exports.agreed_request(work, {}, by=cast.actor("olu")) is not None
    assert exports.latest_request(work, {}, by=cast.actor("olu")) is not None
    assert exports.agreed_request(work, {}, by=cast.actor("sade")) is None
    assert exports.latest_request(work, {}, by=cast.actor("sade")) is None


def test_whoever_does_not_answer_for_what_left_sees_their_own_files_alone(cast: Cast) -> None:
    for who in ("olu", "rhys"):
        exports.take(DOWNLOADS["work"], {}, many(1), PURPOSE, by=cast.actor(who))
    own = Export.objects.visible_to(cast.actor("olu"))
    assert {each.by_id for each in own} == {cast.olu.pk}
    every = Export.objects.visible_to(cast.actor("ines"))
    assert {each.by_id for each in every} == {cast.olu.pk, cast.rhys.pk}


def test_reading_ones_notices_leaves_those_of_others_unread(cast: Cast) -> None:
    for user in (cast.olu, cast.rhys):
        SecurityNotice.objects.create(
            user=user, kind=NoticeKind.PASSWORD_SET, at=clocks.now(), send_after=clocks.now()
        )
    actions.read_notices(by=cast.actor("olu"), at=clocks.now())
    unread = SecurityNotice.objects.filter(read_at=None)
    assert [each.user_id for each in unread] == [cast.rhys.pk]


def test_nobody_sets_the_password_of_somebody_else(cast: Cast) -> None:
    was = cast.olu.password
    with pytest.raises(Refused):
        actions.set_password(by=cast.actor("lena"), user=cast.olu, password="tidal oak 93 fern")
    assert cast.olu.password == was


def test_whom_another_force_has_on_call_stays_on_call(cast: Cast) -> None:
    at = clocks.now()
    turn = OnCall.objects.create(
        force=cast.gus.force,
        user=cast.gus,
        starts_at=at - HOUR,
        ends_at=at + HOUR,
        set_by=cast.gus,
        set_at=at,
    )
    with pytest.raises(NotVisible):
        specialists.take_off_call(by=cast.actor("ines"), turn_id=turn.pk)


def test_a_number_that_another_force_rings_stays_on_its_page(cast: Cast) -> None:
    contact = ForceContact.objects.create(
        force=cast.gus.force,
        name="Invented desk",
        what_for="Anything",
        phone="01632 960100",
        hours="Day and night",
        set_by=cast.gus,
        set_at=clocks.now(),
    )
    with pytest.raises(NotVisible):
        specialists.end_contact(by=cast.actor("ines"), contact_id=contact.pk)


@pytest.mark.parametrize(("setting", "who"), [("audits", "asha"), ("voice", "sade")])
def test_the_database_is_told_of_a_right_for_those_alone_who_have_it(
    cast: Cast, setting: str, who: str
) -> None:
    def told(username: str) -> str:
        with acting_as(cast.actor(username)), connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(accounts_ctx(%s), '')", [setting])
            (found,) = cursor.fetchone()
        return str(found)

    assert (told(who), told("olu")) == ("yes", "")


def test_why_others_looked_is_told_to_the_forces_auditor_alone(cast: Cast) -> None:
    case = make_case(unit=cast.other_unit)
    Look.objects.create(
        scope=case.scope,
        force=cast.force,
        by=cast.petra,
        at=clocks.now(),
        day=clocks.today(),
        reason="asked",
        words="Asked to help",
    )
    shown = {who: Look.objects.visible_to(cast.actor(who)).count() for who in ("asha", "olu")}
    assert shown == {"asha": 1, "olu": 0}


def test_the_trail_says_whether_a_case_was_ones_own_or_one_was_covered_for(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    olu = cast.actor("olu")
    assert audit.path_to(case, olu) is Path.OWN
    covers = User.objects.get(username="rhys")
    stands_in = cast.actor("rhys")
    object.__setattr__(stands_in, "acting_for", frozenset({covers.pk, cast.olu.pk}))
    assert audit.path_to(case, stands_in) is Path.COVER


def test_an_agency_changes_its_own_services_and_a_force_reads_those_that_serve_it(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    make_service("harbour", name="Harbour night line")
    make_service("beacon", name="Beacon refuge")
    elsewhere = make_service("beacon", name="Refuge of another county")
    elsewhere.forces.add(cast.gus.force)
    own = client_of(cast.hana).get("/agency/services").text
    assert ("Harbour night line" in own, "Beacon refuge" in own) == (True, False)
    listed = client_of(cast.olu).get("/agencies").text
    assert ("Beacon refuge" in listed, "Refuge of another county" in listed) == (True, False)
