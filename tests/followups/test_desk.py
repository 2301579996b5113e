"""The supervisor's desk: who is most likely to be lost tonight, why, and that no part ever looks empty by error."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import Absence, AbsenceKind, AuditEvent, Restriction, User
from casework.actions.allocation import assign
from casework.models import Case, CaseStatus, ClosingOutcome, Closure, Contact, ContactOutcome
from followups import desk, engine, team, tonight
from followups.models import FollowUp, Handover
from followups.rules import RULES
from followups.rules.base import Safety
from pages.answers import Answer
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from training.models import Course, TrainingRecord
from victims.models import AgeBand, Channel, RiskLevel, SafeContact

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


def the_team(cast: Cast, who: str = "sade") -> team.Team:
    return team.Team(cast.actor(who), [cast.unit.pk], None, clocks.now())


def ranked(cast: Cast) -> list[tonight.LikelyLost]:
    engine.sweep(clocks.now())
    return tonight.likely_lost(the_team(cast), few=50)


def reasons_of(person: tonight.LikelyLost) -> dict[str, int]:
    return {reason.slug: reason.points for reason in person.reasons}


def safe_way(case: Case) -> None:
    SafeContact.objects.create(
        scope=case.scope,
        victim=case.victim,
        channel=Channel.PHONE,
        safe=Answer.YES,
        review_on=clocks.today() + 20 * DAY,
        set_at=clocks.now(),
        set_by=case.logged_by,
    )


def spoke(case: Case, days_ago: int, outcome: str = ContactOutcome.SPOKE) -> None:
    at = clocks.now() - days_ago * DAY
    Contact.objects.create(
        scope=case.scope, case=case, at=at, by=case.logged_by, recorded_at=at, outcome=outcome,
        channel=Channel.PHONE, next_at=at + DAY,
    )  # fmt: skip


def looked_after(cast: Cast, **over: object) -> Case:
    """A case with nothing that speaks for losing the person."""
    case = make_case(victim=make_victim(risk=RiskLevel.STANDARD, **over))
    safe_way(case)
    return case


def test_whoever_is_in_most_danger_comes_first_and_every_reason_is_said(cast: Cast) -> None:
    quiet = looked_after(cast)
    lost = make_case(
        victim=make_victim(
            called="Linh", risk=RiskLevel.HIGH, age_band=AgeBand.UNSURE, missing_since=clocks.now()
        ),
        status=CaseStatus.NEW,
        at=clocks.now() - 9 * DAY,
    )
    first, *_others, last = ranked(cast)
    assert (first.reference, first.called) == (lost.reference, "Linh")
    assert last.reference == quiet.reference
    told = reasons_of(first)
    assert {slug: told[slug] for slug in ("missing", "silent", "nobody", "high-risk", "child")} == {
        "missing": 40,
        "silent": 18,
        "nobody": 25,
        "high-risk": 20,
        "child": 15,
    }
    words = [reason.words for reason in first.reasons]
    assert "Nobody has reached them for 9 days" in words
    assert "off-duty" not in told


def test_the_points_of_a_person_are_those_of_their_reasons(cast: Cast) -> None:
    for days in range(6):
        make_case(at=clocks.now() - days * DAY)
    for person in ranked(cast):
        assert person.points == sum(reasons_of(person).values())


def test_a_person_who_is_well_looked_after_has_no_reason(cast: Cast) -> None:
    looked_after(cast)
    (person,) = ranked(cast)
    assert (person.points, person.reasons) == (0, [])


def test_whoever_did_not_want_to_speak_was_reached_all_the_same(cast: Cast) -> None:
    case = looked_after(cast)
    Case.objects.filter(pk=case.pk).update(sent_at=clocks.now() - 8 * DAY)
    spoke(case, 3, ContactOutcome.DECLINED)
    spoke(case, 2, ContactOutcome.TRIED)
    (person,) = ranked(cast)
    assert reasons_of(person)["silent"] == 6


def test_the_last_safe_contact_is_the_persons_own(cast: Cast) -> None:
    """Not the latest that anybody had with anyone."""
    quiet, spoken_with = looked_after(cast), looked_after(cast)
    Case.objects.update(sent_at=clocks.now() - 9 * DAY)
    spoke(quiet, 8)
    spoke(spoken_with, 0)
    told = {person.reference: person.last_safe_contact for person in ranked(cast)}
    assert told == {quiet.reference: "8 days ago", spoken_with.reference: "Today"}


def test_an_owner_who_is_away_counts_unless_somebody_on_duty_covers(cast: Cast) -> None:
    looked_after(cast)
    at = clocks.now()
    away = Absence.objects.create(
        user=cast.olu, kind=AbsenceKind.SICK, starts_at=at - DAY, ends_at=at + DAY
    )
    (person,) = ranked(cast)
    assert reasons_of(person)["nobody"] == 25
    Absence.objects.filter(pk=away.pk).update(cover=cast.rhys)
    (person,) = ranked(cast)
    assert not reasons_of(person).keys() & {"nobody", "off-duty"}


LATE_WORK = {
    "danger": lambda rule: rule.safety is Safety.DANGER and rule.slug not in tonight.APART,
    "overdue": lambda rule: (
        rule.safety in {Safety.CHILD, Safety.VICTIM} and rule.slug not in tonight.APART
    ),
}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_is_that_of_a_count_by_hand(cast: Cast, seed: int) -> None:
    """The same rule once more, over the rows as Python reads them."""
    rng = Random(seed)
    at = clocks.now()
    for number in range(12):
        victim = make_victim(
            risk=rng.choice(RiskLevel.values),
            age_band=rng.choice(AgeBand.values),
            missing_since=rng.choice([None, None, at]),
        )
        status = rng.choice([CaseStatus.NEW, CaseStatus.ALLOCATED, CaseStatus.CLOSED])
        case = make_case(victim=victim, status=status, at=at - number * DAY)
        if rng.random() < 0.5:
            safe_way(case)
        if number > 1 and rng.random() < 0.5:
            spoke(case, rng.randrange(number), rng.choice(ContactOutcome.values))
    engine.sweep(at)
    expected = {case.reference: by_hand(case, at) for case in Case.objects.open()}
    mine = team.Team(cast.actor("sade"), [cast.unit.pk], None, at)
    people = tonight.likely_lost(mine, few=50)
    assert desk.weigh(mine) == desk.Weighed(people[: tonight.FEW], desk.workload(mine))
    assert {person.reference: reasons_of(person) for person in people} == expected
    assert [person.points for person in people] == sorted(
        (sum(points.values()) for points in expected.values()), reverse=True
    )


def by_hand(case: Case, at: datetime) -> dict[str, int]:
    owed = list(FollowUp.objects.filter(case=case).open())
    late = [RULES[each.rule] for each in owed if each.due_at is None or each.due_at < at]
    counts = {name: sum(map(test, late)) for name, test in LATE_WORK.items()}
    slugs = {each.rule for each in owed}
    reached = [each.since for each in owed if each.rule == "contact-lapsed"]
    silent = max(0, (at - min(reached, default=case.sent_at)).days)
    safe = case.victim.safe_contacts.filter(ended_at=None, safe=Answer.YES).exists()
    points = {
        "missing": 40 * (case.victim.missing_since is not None),
        "danger": 40 * (counts["danger"] > 0),
        "lost": 35 * ("contact-lost" in slugs),
        "unsafe": 30 * ("contact-unsafe" in slugs),
        "silent": min(28, 2 * silent),
        "nobody": 25 * (case.owner_id is None),
        "high-risk": 20 * (case.victim.risk == RiskLevel.HIGH),
        "child": 15 * (case.victim.age_band != AgeBand.ADULT),
        "overdue": min(15, 3 * counts["overdue"]),
        "no-safe-way": 10 * (not safe),
        "not-judged": 5 * (case.victim.risk == RiskLevel.NOT_JUDGED),
    }
    return {slug: amount for slug, amount in points.items() if amount}


def test_a_changed_rule_has_a_new_version() -> None:
    said = [(sign.slug, sign.most, sign.counts, sign.said) for sign in tonight.SIGNS]
    written = hashlib.sha256(repr((said, tonight.WEIGHED)).encode()).hexdigest()[:12]
    assert (tonight.VERSION, written) == (1, "53e440c5503e"), (
        "a change of the rule is a new VERSION"
    )


def test_no_sign_gives_more_than_it_says() -> None:
    most = {sign.slug: sign.most for sign in tonight.SIGNS}
    assert len(most) == len(tonight.SIGNS)
    assert all(str(sign.most) in sign.counts for sign in tonight.SIGNS)


def test_the_desk_names_five_people_and_why_on_one_page(cast: Cast, client_of: SignIn) -> None:
    for days in range(7):
        make_case(victim=make_victim(called=f"Person {days}"), at=clocks.now() - days * DAY)
    engine.sweep(clocks.now())
    page = client_of(cast.sade).get("/desk")
    assert page.status_code == 200
    words = page.content.decode()
    assert len(page.context["people"]) == 5
    for person in page.context["people"]:
        assert person.called in words
        assert all(reason.words in words for reason in person.reasons)
    seen = AuditEvent.objects.get(verb="desk.searched")
    assert set(seen.detail["shown"]) == {person.reference for person in page.context["people"]}
    assert "Person" not in str(seen.detail)


def test_another_units_supervisor_and_whoever_may_not_see_it_see_none_of_it(
    cast: Cast, client_of: SignIn
) -> None:
    make_case()
    make_case(victim=make_victim(make_scope(restriction=Restriction.COVERT)))
    engine.sweep(clocks.now())
    page = client_of(cast.dov).get("/desk")
    assert (page.context["people"], page.context["workload"].open) == ([], 0)
    assert len(client_of(cast.sade).get("/desk").context["people"]) == 1
    assert client_of(cast.olu).get("/desk").status_code == 403


@pytest.mark.parametrize(
    ("where", "empty"),
    [
        ("followups.tonight.likely_lost", "There are no open cases here"),
        ("followups.desk.next_steps", "Nothing is owed now"),
        ("followups.desk.workload", "No officer of these units holds a case"),
        ("followups.desk.second_signatures", "Nobody waits for your decision"),
        ("followups.desk.changed_hands", "No case changed hands"),
        ("followups.desk.handovers", "Nothing was handed over"),
    ],
)
def test_a_part_that_could_not_be_asked_says_so_and_the_others_are_shown(
    cast: Cast, client_of: SignIn, where: str, empty: str
) -> None:
    make_case()
    with (
        patch("followups.desk.weigh", side_effect=DatabaseError),
        patch(where, side_effect=DatabaseError),
    ):
        page = client_of(cast.sade).get("/desk")
    words = page.content.decode()
    assert page.status_code == 503
    assert words.count("could not check") == 1
    assert empty not in words


def test_what_could_not_be_asked_as_one_question_is_asked_as_two(
    cast: Cast, client_of: SignIn
) -> None:
    make_case()
    with patch("followups.desk.weigh", side_effect=DatabaseError):
        page = client_of(cast.sade).get("/desk")
    assert (page.status_code, len(page.context["people"])) == (200, 1)
    assert page.context["workload"].open == 1


def test_the_desk_asks_as_many_questions_for_fifty_cases_as_for_one(
    cast: Cast, client_of: SignIn
) -> None:
    sade = client_of(cast.sade)

    def questions(cases: int) -> int:
        for _ in range(cases):
            case = make_case(at=clocks.now() - 3 * DAY)
            asked_to_close(case, cast.olu)
            assign(
                case=make_case(status=CaseStatus.NEW), owner=cast.olu, override_reason="Knows her.",
                by=cast.actor("sade"),
            )  # fmt: skip
        engine.sweep(clocks.now())
        sade.get("/desk")
        with CaptureQueriesContext(connection) as asked:
            sade.get("/desk")
        real = [each for each in asked if "SAVEPOINT" not in each["sql"]]
        return len(real)

    one = questions(1)
    assert questions(49) <= one + 1  # of more than can be shown, how many there are
    assert one <= 20


def asked_to_close(case: Case, by: User) -> Closure:
    return Closure.objects.create(
        scope=case.scope, case=case, at=clocks.now(), by=by, recorded_at=clocks.now(),
        outcome=ClosingOutcome.COURT_ENDED, explanation="It is over.",
        last_safe_contact_at=clocks.now(),
    )  # fmt: skip


def test_what_one_asked_for_oneself_waits_for_somebody_else(cast: Cast, client_of: SignIn) -> None:
    theirs, own = make_case(), make_case()
    asked_to_close(theirs, cast.olu)
    asked_to_close(own, cast.sade)
    engine.sweep(clocks.now())
    waiting = client_of(cast.sade).get("/desk").context["signatures"]
    assert [row.reference for row in waiting.rows] == [theirs.reference]
    assert waiting.total == 1


def test_training_that_somebody_else_must_verify_is_counted(cast: Cast) -> None:
    course = Course.objects.create(slug="invented", name="Invented")
    for user, by in ((cast.olu, cast.bronwen), (cast.rhys, cast.sade), (cast.sade, cast.bronwen)):
        TrainingRecord.objects.create(
            user=user, course=course, completed_on=clocks.today(), recorded_at=clocks.now(),
            recorded_by=by,
        )  # fmt: skip
    assert desk.second_signatures(cast.actor("sade"), clocks.now()).training == 1


def test_each_officer_is_shown_with_what_they_hold_and_whether_they_are_here(cast: Cast) -> None:
    make_case(victim=make_victim(risk=RiskLevel.HIGH), at=clocks.now() - 3 * DAY)
    make_case(victim=make_victim(age_band=AgeBand.CHILD))
    make_case(status=CaseStatus.NEW)
    make_case(status=CaseStatus.CLOSED)
    at = clocks.now()
    Absence.objects.create(
        user=cast.olu, kind=AbsenceKind.LEAVE, starts_at=at - DAY, ends_at=at + DAY
    )
    engine.sweep(at)
    shown = desk.workload(the_team(cast))
    (olu,) = [officer for officer in shown.officers if officer.user_id == cast.olu.pk]
    assert (shown.open, shown.without_owner, shown.high_risk) == (3, 1, 1)
    assert (olu.open, olu.high_risk, olu.children, olu.on_duty) == (2, 1, 1, False)
    assert olu.overdue >= 1
    assert olu.away.startswith("Away until")


def test_a_case_that_changed_hands_says_from_whom_to_whom_and_by_whom(cast: Cast) -> None:
    case = make_case(status=CaseStatus.NEW)
    sade = cast.actor("sade")
    sam = User.objects.create(
        username=f"x{uuid4().hex[:8]}", name="DC Sam Invented", force=cast.force, unit=cast.unit
    )
    sam.roles.create(role="investigator")
    assign(case=case, owner=cast.olu, override_reason="Knows her.", by=sade)
    with clocks.frozen(clocks.now() + timedelta(minutes=5)):
        assign(case=case, owner=sam, override_reason="On duty.", by=sade)
    latest, first = desk.changed_hands(the_team(cast)).rows
    assert (latest.before, latest.now, latest.by) == (
        cast.olu.name,
        "DC Sam Invented",
        cast.sade.name,
    )
    assert (first.before, first.now) == ("", cast.olu.name)


def test_what_is_handed_over_stands_on_the_next_supervisors_desk_until_they_have_read_it(
    cast: Cast, client_of: SignIn
) -> None:
    sade, ines = client_of(cast.sade), client_of(cast.ines)
    refused = sade.post("/desk/handover", {"unit": cast.unit.slug, "words": " "})
    assert refused.status_code == 400
    typed = {"unit": cast.unit.slug, "words": "HF-AB123 rings at 6am."}
    assert sade.post("/desk/handover", typed).status_code == 302
    assert "Nobody has read it yet" in sade.get("/desk").content.decode()
    assert "rings at 6am" not in client_of(cast.dov).get("/desk").content.decode()
    assert "rings at 6am" in ines.get("/desk").content.decode()
    note = Handover.objects.get()
    assert sade.post(f"/desk/handover/{note.pk}/read").status_code == 403
    assert client_of(cast.dov).post(f"/desk/handover/{note.pk}/read").status_code == 404
    assert ines.post(f"/desk/handover/{note.pk}/read").status_code == 302
    assert f"Read by {cast.ines.name}" in sade.get("/desk").content.decode()
    row = AuditEvent.objects.filter(verb="row.insert", subject="followups_handover").get()
    assert row.detail["words"] == "(sealed)"
