"""What may be done about people, by whom, and what becomes true."""

from datetime import timedelta
from typing import Any

import pytest

import clocks
from accounts import actions, gates
from accounts.actors import Actor
from accounts.auth import PasswordLink
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import Absence, AbsenceKind, AuditEvent, GrantKind, ScopeGrant, User
from accounts.permissions import Role
from casework.models import Case
from tests.builders import make_case
from tests.cast import Cast

EVERYBODY = (
    *("olu", "sade", "ines", "tarek", "bronwen", "keir", "asha", "ming", "lena", "gus", "hana"),
)
HOUR = timedelta(hours=1)


def attempts(cast: Cast) -> dict[str, Any]:
    """Every verb that only an administrator may do, as a call that would work for Lena."""
    rhys, unit, agency = cast.rhys, cast.unit, cast.harbour
    gone, _made = User.objects.get_or_create(
        username="gone", defaults={"force": cast.force, "is_active": False}
    )
    details = {"name": "PC R", "email": "", "mobile": "", "unit": unit, "languages": ""}
    contact = {"name": "N", "phone": "", "email": "", "is_active": True}
    return {
        "add_person": {"username": "new", "name": "New"},
        "change_person": {"user": rhys, **details},
        "give_role": {"user": rhys, "role": Role.INVESTIGATOR},
        "take_role": {"user": rhys, "role": Role.RESPONDER},
        "set_roles": {"user": rhys, "roles": {Role.INVESTIGATOR}},
        "make_password_link": {"user": rhys},
        "end_all_sessions": {"user": rhys},
        "leave": {"user": rhys},
        "come_back": {"user": gone},
        "add_unit": {"name": "Night desk"},
        "change_unit": {"unit": unit, "name": "H", "duty_phone": "", "is_active": True},
        "set_supervisors": {"unit": unit, "people": [cast.dov, cast.sade]},
        "add_agency": {"name": "Lantern Trust"},
        "change_agency": {"agency": agency, **contact},
        "add_agency_worker": {"agency": agency, "username": "nia", "name": "Nia"},
    }


VERBS = (
    *("add_person", "change_person", "give_role", "take_role", "set_roles"),
    *("make_password_link", "end_all_sessions", "leave", "come_back", "add_unit", "change_unit"),
    *("set_supervisors", "add_agency", "change_agency", "add_agency_worker"),
)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", [name for name in EVERYBODY if name != "lena"])
def test_nobody_but_an_administrator_changes_people(cast: Cast, verb: str, who: str) -> None:
    with pytest.raises(Refused):
        getattr(actions, verb)(by=cast.actor(who), **attempts(cast)[verb])


@pytest.mark.parametrize("verb", VERBS)
def test_an_administrator_may_and_it_is_recorded(cast: Cast, verb: str) -> None:
    before = AuditEvent.objects.count()
    getattr(actions, verb)(by=cast.actor("lena"), **attempts(cast)[verb])
    made = AuditEvent.objects.exclude(verb__startswith="row.").order_by("at")
    assert AuditEvent.objects.count() > before
    assert made.filter(actor_id=cast.lena.pk).exists()


def test_every_verb_of_the_room_is_in_the_table(cast: Cast) -> None:
    others = {"record_absence", "end_absence", "set_password", "set_shifts", "change_shift"}
    others |= {"make_key", "revoke_key"}  # an agency's own administrator
    # One's own, and what is proved in test_second_step.py and test_sessions.py.
    others |= {"add_app", "add_passkey", "remove_step", "make_codes", "reset_second_step"}
    others |= {"give_reason", "set_asks_why"}  # casework/test_why.py
    others |= {"decide_day", "undecide_day"}  # clocks/test_calendars.py
    others |= {"arrive"}  # whoever their force's directory names: test_directory.py
    others |= {"end_session", "end_other_sessions", "read_notices", "forget_sessions"}
    assert set(actions.__all__) == set(VERBS) | others
    assert set(attempts(cast)) == set(VERBS)


@pytest.mark.parametrize("verb", ["give_role", "take_role", "make_password_link", "leave"])
def test_nobody_does_it_for_themselves(cast: Cast, verb: str) -> None:
    given = {"user": cast.lena}
    if verb.endswith("role"):
        given["role"] = Role.AUDITOR  # type: ignore[assignment]
    with pytest.raises(Refused, match="themselves"):
        getattr(actions, verb)(by=cast.actor("lena"), **given)


@pytest.mark.parametrize(
    "verb", ["change_person", "give_role", "make_password_link", "leave", "come_back"]
)
def test_an_administrator_reaches_no_other_force(cast: Cast, verb: str) -> None:
    given = {**attempts(cast)[verb], "user": cast.wyn}
    with pytest.raises(Refused, match="another force"):
        getattr(actions, verb)(by=cast.actor("lena"), **given)


def test_a_change_names_every_detail_so_that_none_is_cleared_unseen(cast: Cast) -> None:
    details = attempts(cast)["change_person"] | {"mobile": "+447700900123"}
    actions.change_person(by=cast.actor("lena"), **details)
    del details["mobile"]
    with pytest.raises(TypeError, match="mobile"):
        actions.change_person(by=cast.actor("lena"), **details)
    assert cast.rhys.mobile == "+447700900123"


def test_an_administrator_can_hold_no_role_that_sees_cases(cast: Cast) -> None:
    other = actions.add_person(by=cast.actor("lena"), username="Ada", name="Ada")
    actions.give_role(by=cast.actor("lena"), user=other, role=Role.ADMINISTRATOR)
    with pytest.raises(Conflict, match="sees no cases"):
        actions.give_role(by=cast.actor("lena"), user=other, role=Role.SUPERVISOR)


def test_a_force_role_is_not_for_an_agency_worker_nor_the_reverse(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.give_role(by=cast.actor("lena"), user=cast.hana, role=Role.SUPERVISOR)
    with pytest.raises(Conflict):
        actions.give_role(by=cast.actor("lena"), user=cast.rhys, role=Role.AGENCY_WORKER)


def test_a_sign_in_name_is_taken_whatever_its_capitals(cast: Cast) -> None:
    with pytest.raises(Conflict, match="already has"):
        actions.add_person(by=cast.actor("lena"), username="OLU", name="Another")


def test_a_new_person_cannot_sign_in_before_setting_a_password(cast: Cast) -> None:
    user = actions.add_person(by=cast.actor("lena"), username="new", name="New")
    assert not user.has_usable_password()
    assert list(user.roles.all()) == []


def test_a_password_link_works_once_and_for_a_day(cast: Cast) -> None:
    user, link = cast.rhys, PasswordLink()
    token = actions.make_password_link(by=cast.actor("lena"), user=user).partition("token=")[2]
    assert link.check_token(user, token)
    with clocks.moved(timedelta(hours=25)):
        assert not link.check_token(user, token)
    actions.set_password(by=cast.actor("rhys"), user=user, password="harbour lantern 93 oak")
    assert not link.check_token(cast.rhys, token)


def test_supervisors_stand_in_the_order_given(cast: Cast) -> None:
    actions.set_supervisors(by=cast.actor("lena"), unit=cast.unit, people=[cast.dov, cast.sade])
    order = [row.user for row in cast.unit.supervisions.select_related("user")]
    assert order == [cast.dov, cast.sade]
    actions.set_supervisors(by=cast.actor("lena"), unit=cast.unit, people=[cast.sade])
    assert [row.user for row in cast.unit.supervisions.all()] == [cast.sade]


@pytest.mark.parametrize("name", ["olu", "wyn", "gus"])
def test_a_unit_is_supervised_only_by_a_supervisor_of_its_force(cast: Cast, name: str) -> None:
    with pytest.raises(Conflict, match="of its own force"):
        actions.set_supervisors(by=cast.actor("lena"), unit=cast.unit, people=[getattr(cast, name)])


def test_a_unit_with_people_stays_in_use(cast: Cast) -> None:
    with pytest.raises(Conflict, match="still work"):
        actions.change_unit(
            by=cast.actor("lena"), unit=cast.unit, name="H", duty_phone="", is_active=False
        )


def away(cast: Cast, who: str, by: Actor, cover: User | None = None, hours: int = 8) -> Absence:
    at = clocks.now()
    return actions.record_absence(
        by=by,
        user=getattr(cast, who),
        kind=AbsenceKind.LEAVE,
        starts_at=at,
        ends_at=at + hours * HOUR,
        cover=cover,
    )


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        ("olu", True),  # himself
        ("sade", True),  # his supervisor
        ("ines", True),  # the force's lead
        ("lena", True),  # the administrator
        *((name, False) for name in ("rhys", "petra", "dov", "wyn", "gus", "hana", "asha", "ming")),
    ],
)
def test_an_absence_is_recorded_by_oneself_or_ones_supervisor(
    cast: Cast, by: str, allowed: bool
) -> None:
    if allowed:
        assert away(cast, "olu", cast.actor(by)).recorded_by == getattr(cast, by)
        return
    with pytest.raises(Refused):
        away(cast, "olu", cast.actor(by))


def test_a_cover_reaches_the_cases_of_the_one_away_and_only_while_they_are(cast: Cast) -> None:
    case = make_case(owner=cast.petra, unit=cast.other_unit, logged_by=cast.petra)
    ScopeGrant.objects.create(
        scope=case.scope,
        force=cast.force,
        user=cast.petra,
        kind=GrantKind.OWNER,
        starts_at=clocks.now() - HOUR,
    )
    absence = away(cast, "petra", cast.actor("petra"), cover=cast.olu)
    with clocks.moved(HOUR):
        with acting_as(cast.actor("olu")):
            assert Case.objects.visible_to(cast.actor("olu")).count() == 1
        actions.end_absence(by=cast.actor("petra"), absence=absence)
    with clocks.moved(2 * HOUR), acting_as(cast.actor("olu")):
        assert Case.objects.count() == 0


@pytest.mark.parametrize("cover", ["petra_away", "wyn", "lena", "hana", "olu"])
def test_who_cannot_cover_is_refused_with_a_reason(cast: Cast, cover: str) -> None:
    if cover == "petra_away":
        away(cast, "petra", cast.actor("petra"))
        cover = "petra"
    with pytest.raises(Conflict):
        away(cast, "olu", cast.actor("olu"), cover=getattr(cast, cover))


def test_nobody_is_away_twice_at_once(cast: Cast) -> None:
    away(cast, "olu", cast.actor("olu"))
    with pytest.raises(Conflict, match="already recorded"):
        away(cast, "olu", cast.actor("sade"), hours=2)


def test_an_absence_that_had_not_begun_is_called_off(cast: Cast) -> None:
    at = clocks.now()
    absence = actions.record_absence(
        by=cast.actor("olu"),
        user=cast.olu,
        kind=AbsenceKind.COURSE,
        starts_at=at + 24 * HOUR,
        ends_at=at + 48 * HOUR,
    )
    actions.end_absence(by=cast.actor("olu"), absence=absence)
    absence.refresh_from_db()
    assert absence.ends_at == absence.starts_at
    assert cast.olu in User.objects.present(at + 25 * HOUR)
    with clocks.moved(30 * HOUR), pytest.raises(Conflict, match="already ended"):
        actions.end_absence(by=cast.actor("olu"), absence=absence)


def test_an_absence_is_announced_to_the_rooms_above(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Absence] = []
    monkeypatch.setattr(gates.person_absent, "answers", [lambda absence, by: heard.append(absence)])
    absence = away(cast, "olu", cast.actor("olu"))
    actions.end_absence(by=cast.actor("olu"), absence=absence)
    assert [row.pk for row in heard] == [absence.pk, absence.pk]


def test_a_leaver_holds_nothing_and_cannot_sign_in(cast: Cast) -> None:
    case = make_case()
    left = actions.leave(by=cast.actor("lena"), user=cast.olu)
    case.refresh_from_db()
    assert not left.is_active
    assert not left.has_usable_password()
    assert list(left.roles.all()) == []
    assert case.owner is None
    with pytest.raises(Conflict, match="already left"):
        actions.leave(by=cast.actor("lena"), user=cast.olu)


def test_whoever_comes_back_starts_without_role_password_or_cases(cast: Cast) -> None:
    case = make_case()
    actions.leave(by=cast.actor("lena"), user=cast.olu)
    back = actions.come_back(by=cast.actor("lena"), user=cast.olu)
    case.refresh_from_db()
    assert (back.is_active, back.left_at, back.has_usable_password()) == (True, None, False)
    assert (list(back.roles.all()), case.owner) == ([], None)
    with pytest.raises(Conflict, match="has not left"):
        actions.come_back(by=cast.actor("lena"), user=cast.olu)


def test_an_agencys_worker_comes_back_with_the_one_role_there_is(cast: Cast) -> None:
    actions.leave(by=cast.actor("lena"), user=cast.hana)
    back = actions.come_back(by=cast.actor("lena"), user=cast.hana)
    assert [row.role for row in back.roles.all()] == [Role.AGENCY_WORKER]
