"""What may be done about training, by whom, and what becomes true."""

from datetime import date, timedelta
from typing import Any

import pytest

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent
from accounts.permissions import Role
from accounts.scoping import NotVisible
from tests.cast import Cast
from tests.training.conftest import Trained
from training import actions
from training.models import Course, Purpose, Requirement, TrainingRecord

EVERYBODY = (
    *("olu", "rhys", "sade", "petra", "ines", "tarek", "bronwen", "keir"),
    *("asha", "ming", "lena", "hana"),
)
MAY = {
    "record_training": {"ines", "bronwen"},
    "verify_record": {"sade", "ines"},
    "preview_import": {"ines", "bronwen"},
    "add_course": {"bronwen"},
    "change_course": {"bronwen"},
    "ask_of": {"bronwen"},
    "stop_asking": {"bronwen"},
}


def attempts(cast: Cast, trained: Trained, verb: str) -> dict[str, Any]:
    own, _new = Course.objects.get_or_create(slug="own", force=cast.force, name="Own")
    told = {"name": "Night driving", "provider": "P", "lasts_months": 12, "source": ""}
    done = {"course": own, "provider": "P", "completed_on": clocks.today(), "expires_on": None}
    unverified = {"verified_at": None, "verified_by": None}
    asked = {"course": own, "role": Role.RESPONDER, "purpose": Purpose.ROLE}
    if verb == "verify_record":
        return {"record": trained(cast.rhys, **unverified)}
    if verb == "stop_asking":
        return {"requirement": Requirement.objects.create(force=cast.force, **asked)}
    return {
        "record_training": {"user": cast.rhys, **done},
        "preview_import": {"content": b"officer,course,provider,completed,expires\nx,y,z,1,2\n"},
        "add_course": told,
        "change_course": {"course": own, **told},
        "ask_of": {**asked, "blocks": True},
    }[verb]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("verb", MAY)
def test_each_verb_is_for_the_roles_that_may(
    cast: Cast, trained: Trained, verb: str, who: str
) -> None:
    given, by = attempts(cast, trained, verb), cast.actor(who)
    with acting_as(by):
        if who in MAY[verb]:
            getattr(actions, verb)(by=by, **given)
        else:
            with pytest.raises(Refused):
                getattr(actions, verb)(by=by, **given)


def record(cast: Cast, who: str = "bronwen", **over: Any) -> TrainingRecord:
    told = {
        "user": cast.olu,
        "course": Course.objects.get(pk="ms-investigator"),
        "provider": "P",
        "completed_on": clocks.today() - timedelta(days=3),
        "expires_on": None,
    }
    return actions.record_training(by=cast.actor(who), **(told | over))


def test_recording_twice_is_once_and_a_different_expiry_is_said(
    cast: Cast, catalogue: None
) -> None:
    first = record(cast)
    assert record(cast) == first
    with pytest.raises(Conflict):
        record(cast, provider="Q")
    assert TrainingRecord.objects.get() == first
    assert AuditEvent.objects.filter(verb="training.recorded").count() == 1


def test_nothing_is_recorded_in_the_future_or_lapsed_before_it_was_done(
    cast: Cast, catalogue: None
) -> None:
    with pytest.raises(Conflict):
        record(cast, completed_on=clocks.today() + timedelta(days=1))
    with pytest.raises(Conflict):
        record(cast, expires_on=clocks.today() - timedelta(days=4))
    assert not TrainingRecord.objects.exists()


def test_nobody_records_for_another_force(cast: Cast, catalogue: None) -> None:
    with pytest.raises(Refused):
        record(cast, user=cast.wyn)
    theirs = Course.objects.create(slug="theirs", force=cast.wyn.force, name="Theirs")
    with pytest.raises(Refused):
        record(cast, course=theirs)


def test_the_officer_and_the_recorder_cannot_verify(cast: Cast, trained: Trained) -> None:
    unverified = {"verified_at": None, "verified_by": None}
    own = trained(cast.sade, **unverified)
    with pytest.raises(Refused):
        actions.verify_record(by=cast.actor("sade"), record=own)
    recorded = trained(cast.olu, recorded_by=cast.ines, **unverified)
    with pytest.raises(Refused):
        actions.verify_record(by=cast.actor("ines"), record=recorded)
    verified = actions.verify_record(by=cast.actor("sade"), record=recorded)
    assert verified.verified_by == cast.sade
    again = actions.verify_record(by=cast.actor("ines"), record=own)
    assert (
        actions.verify_record(by=cast.actor("ines"), record=again).verified_at == again.verified_at
    )


@pytest.mark.parametrize("whose", ["petra", "wyn"])
def test_a_supervisor_verifies_only_for_her_own_units(
    cast: Cast, trained: Trained, whose: str
) -> None:
    other = trained(getattr(cast, whose), verified_at=None, verified_by=None)
    with pytest.raises(NotVisible):
        actions.verify_record(by=cast.actor("sade"), record=other)


def test_the_shared_catalogue_is_not_a_forces_to_change(cast: Cast, catalogue: None) -> None:
    by, told = cast.actor("bronwen"), {"name": "X", "provider": "", "lasts_months": 1, "source": ""}
    with pytest.raises(Refused):
        actions.change_course(by=by, course=Course.objects.get(pk="pip2"), **told)
    with pytest.raises(Refused):
        actions.stop_asking(
            by=by, requirement=Requirement.objects.get(course="pip2", role="investigator")
        )
    assert Requirement.objects.get(course="pip2", role="investigator").blocks


def test_two_courses_of_a_force_have_two_names(cast: Cast, catalogue: None) -> None:
    by, told = cast.actor("bronwen"), {"provider": "", "lasts_months": None, "source": ""}
    actions.add_course(by=by, name="Night driving", **told)
    with pytest.raises(Conflict):
        actions.add_course(by=by, name="night driving", **told)
    with pytest.raises(Conflict):
        actions.add_course(by=by, name="!!", **told)


@pytest.mark.parametrize(
    ("completed_on", "months", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
        (date(2026, 1, 15), None, None),
    ],
)
def test_a_course_lasts_whole_months(
    completed_on: date, months: int | None, last: date | None
) -> None:
    assert actions.expiry(Course(lasts_months=months), completed_on) == last
