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
from accounts.models import RoleHeld, User
from accounts.permissions import Role
from accounts.reasons import Look
from accounts.scoping import NotVisible
from accounts.signing_in import NoticeKind, SecurityNotice
from accounts.specialists import ForceContact, OnCall
from casework import guidance as cards
from casework.actions import drafts, emergency, guidance, moves, quality, transfers
from casework.actions.history import note_opened
from casework.actions.logging import refuse_unless_held
from casework.models import Allocation, CaseStatus, MoveTo, SampleOf
from casework.models.guidance import GuidanceCard, Step
from followups import actions as duties
from followups import queues, team
from followups.models import HeldSweep
from tests.builders import make_case, make_duty
from tests.cast import Cast
from tests.referrals.builders import make_service
from training.actions import courses
from training.models import Course, Purpose, Requirement
from training.views.register import units_of

HOUR = timedelta(hours=1)
WHY = "Her brother rang 999, he is at the door."
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


def test_whoever_neither_holds_a_draft_nor_gives_cases_out_writes_nothing_in_it(cast: Cast) -> None:
    draft = make_case(owner=cast.olu, status=CaseStatus.DRAFT)
    refuse_unless_held(draft, by=cast.actor("olu"))
    refuse_unless_held(draft, by=cast.actor("sade"))
    with pytest.raises(Refused):
        refuse_unless_held(draft, by=cast.actor("rhys"))


def test_a_case_is_offered_to_another_unit_by_whose_it_is_alone(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    may = {who: transfers.may_offer(case, cast.actor(who)) for who in ("olu", "sade", "rhys")}
    assert may == {"olu": True, "sade": True, "rhys": False}


def test_that_somebody_else_looked_is_not_taken_for_the_owner_opening_it(cast: Cast) -> None:
    case, at = make_case(owner=cast.olu), clocks.now()
    Allocation.objects.create(
        case=case, scope=case.scope, owner=cast.olu, by=cast.sade, at=at, recorded_at=at
    )
    note_opened(case, at, by=cast.actor("rhys"))
    assert case.allocations.get().opened_at is None
    note_opened(case, at, by=cast.actor("olu"))
    assert case.allocations.get().opened_at == at


def test_a_colleague_ends_nobodys_emergency_access(cast: Cast) -> None:
    case = make_case()
    petra = cast.actor("petra")
    with acting_as(petra):
        access = emergency.break_glass(
            reference=case.reference, reason="danger", words=WHY, by=petra
        )
    assert access is not None
    with pytest.raises(Refused):
        emergency.end_early(access=access, by=cast.actor("rhys"))
    assert emergency.end_early(access=access, by=cast.actor("petra")).ended_at is not None


def test_whoever_leads_a_force_gives_no_orders_to_a_unit_of_another(cast: Cast) -> None:
    ines, theirs = cast.actor("ines"), cast.gus.unit
    assert ines.force_wide
    assert theirs is not None
    with pytest.raises(Refused):
        moves.ask_to_move(
            unit=theirs, whose="nobody", to=MoveTo.SHARED, reason="Each needs an owner", by=ines
        )
    with pytest.raises(Refused):
        quality.draw_sample(unit=theirs, of=SampleOf.OPEN, size=3, by=ines)
    with pytest.raises(Refused):
        duties.hand_over(unit=theirs, words="Look at these first.", by=ines)
    assert theirs not in units_of(ines)
    assert theirs not in team.units_of(ines)


def test_a_supervisor_looks_after_the_units_that_are_theirs(cast: Cast) -> None:
    assert set(team.units_of(cast.actor("sade"))) == {cast.unit}


def test_whose_sign_in_changed_untold_is_said_within_their_own_force(cast: Cast) -> None:
    for user in (cast.petra, cast.gus):
        SecurityNotice.objects.create(
            user=user,
            kind=NoticeKind.PASSWORD_SET,
            at=clocks.now(),
            send_after=clocks.now(),
            failed_at=clocks.now(),
        )
    found = queues.sign_ins_untold(cast.actor("ines"))
    assert [notice.user for notice in found] == [cast.petra]


def test_what_somebody_else_is_typing_is_neither_shown_nor_lost(cast: Cast) -> None:
    case = make_case()
    for who, words in (("olu", "Hers"), ("sade", "His")):
        drafts.save_draft(form="contact", case=case, typed=[("note", [words])], by=cast.actor(who))
    taken = drafts.take_draft(form="contact", case=case, by=cast.actor("sade"))
    assert taken is not None
    assert taken.contents["note"] == "His"
    assert drafts.take_draft(form="contact", case=case, by=cast.actor("rhys")) is None
    drafts.drop_draft(form="contact", case=case, by=cast.actor("sade"))
    assert drafts.take_draft(form="contact", case=case, by=cast.actor("olu")) is not None


def card(cast: Cast, who: str) -> GuidanceCard:
    return guidance.add_card(
        by=cast.actor(who),
        step=Step.values[0],
        title="Ask alone",
        words="Ask where nobody else hears.",
        source="Invented",
        standing="force_default",
    )


def test_guidance_is_each_forces_own(cast: Cast, client_of: Callable[[User], Client]) -> None:
    RoleHeld.objects.create(user=cast.gus, role=Role.SPECIALIST_LEAD)
    theirs = card(cast, "gus")
    assert card(cast, "ines").version == 1, "the other force's card of that name is no earlier one"
    shown = cards.beside(Step.values[0], by=cast.actor("olu"))
    assert [each.force_id for each in shown] == [cast.olu.force_id]
    with pytest.raises(NotVisible):
        guidance.end_card(by=cast.actor("ines"), card_id=theirs.pk)


def test_that_another_force_keeps_guidance_stops_nobody_from_beginning(cast: Cast) -> None:
    RoleHeld.objects.create(user=cast.gus, role=Role.SPECIALIST_LEAD)
    card(cast, "gus")
    assert guidance.take_starters(by=cast.actor("ines")) > 0


def test_ones_work_is_what_one_holds_and_nobody_elses(cast: Cast) -> None:
    for rule in ("crime-not-recorded", "agency-not-answered"):
        make_duty(rule, make_case(), owner=cast.rhys, holder=cast.rhys, state="open")
    lists = (queues.held, queues.waiting_for_others)
    found = {who: [len(each(cast.actor(who))) for each in lists] for who in ("rhys", "olu")}
    assert found == {"rhys": [1, 1], "olu": [0, 0]}


def test_what_waits_for_a_person_in_another_force_is_let_go_by_theirs(cast: Cast) -> None:
    held = HeldSweep.objects.create(
        rule="crime-not-recorded", force=cast.gus.force, would_drop=9, held_at=clocks.now()
    )
    with pytest.raises(NotVisible):
        duties.release_held(held_id=held.pk, by=cast.actor("ines"))


def test_what_another_force_teaches_and_asks_is_not_changed_from_here(cast: Cast) -> None:
    course = Course.objects.create(slug="theirs", name="Theirs", force=cast.gus.force)
    asked = Requirement.objects.create(
        force=cast.gus.force, course=course, role=Role.INVESTIGATOR, purpose=Purpose.ROLE
    )
    bronwen = cast.actor("bronwen")
    with pytest.raises(Refused):
        courses.change_course(
            by=bronwen, course=course, name="Ours", provider="", lasts_months=None, source=""
        )
    with pytest.raises(Refused):
        courses.stop_asking(by=bronwen, requirement=asked)
