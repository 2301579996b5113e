"""What went up is answered for: who does it, what next, by when; till then it climbs no further."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import Absence, AuditEvent, Restriction, ScopeGrant, User
from accounts.scoping import NotVisible
from casework.models import Case, CaseEvent, CrimeRecord
from clocks import frozen
from followups import actions, engine
from followups.cracks import report
from followups.models import Acknowledgement, FollowUp, Notice, RePlan, Step
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CRIME = {"crime-not-recorded": RULES["crime-not-recorded"]}
# Its 24 hours over, it went up to the supervisor after 12 more, and goes to the lead after 24 more.
UP, TOP = AT + 36 * HOUR, AT + 60 * HOUR
NEXT = "Phones the custody sergeant and records it."
SignIn = Callable[[User], Client]


def gone_up(at: Any = UP, **over: Any) -> FollowUp:
    make_case(at=AT, **over)
    engine.sweep(at, rules=CRIME)
    return FollowUp.objects.get()


def answer(cast: Cast, followup: FollowUp, who: str = "sade", **over: Any) -> Acknowledgement:
    at = over.pop("at", UP)
    given = {"doer": cast.olu.pk, "what_next": NEXT, "until": at + 24 * HOUR} | over
    with frozen(at):
        return actions.acknowledge(followup_id=followup.pk, by=cast.actor(who), **given)


def rungs(at: Any) -> list[int]:
    engine.sweep(at, rules=CRIME)
    return list(FollowUp.objects.get().steps.order_by("rung").values_list("rung", flat=True))


class TestTheClimb:
    """It pauses where somebody answered, and goes on from there when the time has passed."""

    def test_nobody_else_is_told_until_the_time_that_was_said(self, cast: Cast) -> None:
        followup = gone_up()
        answer(cast, followup, at=TOP - HOUR, until=TOP + 20 * HOUR)
        assert rungs(TOP + 20 * HOUR - HOUR) == [1, 2]
        assert rungs(TOP + 20 * HOUR) == [1, 2, 3]
        lead = Notice.objects.filter(step__rung=3, channel="page")
        assert lead.get().person == cast.ines

    def test_a_time_that_passes_before_the_next_step_is_due_hurries_nothing(
        self, cast: Cast
    ) -> None:
        followup = gone_up()
        answer(cast, followup, until=UP + HOUR)
        assert rungs(TOP - HOUR) == [1, 2]
        assert rungs(TOP) == [1, 2, 3]

    def test_what_is_done_meanwhile_ends_it(self, cast: Cast) -> None:
        followup = gone_up()
        answer(cast, followup)
        add_fact(CrimeRecord, followup.case, UP + HOUR, number="C1")
        assert rungs(UP + 2 * DAY) == [1, 2]
        assert FollowUp.objects.get().state == "met_late"

    def test_a_new_time_begins_a_new_round_in_which_it_may_be_answered_again(
        self, cast: Cast
    ) -> None:
        followup = gone_up()
        answer(cast, followup)
        RePlan.objects.create(
            followup=followup, round=2, due_at=UP + HOUR, reason="A test", at=UP, by=cast.sade
        )
        later = UP + 14 * HOUR
        assert rungs(later) == [1, 1, 2, 2]
        assert answer(cast, followup, at=later).round == 2

    def test_one_rung_is_answered_once_so_that_nobody_keeps_it_from_climbing(
        self, cast: Cast
    ) -> None:
        followup = gone_up()
        answer(cast, followup, until=UP + HOUR)
        with pytest.raises(Conflict, match="Somebody has answered already"):
            answer(cast, followup, at=UP + 2 * HOUR)

    def test_at_the_top_it_is_answered_again_when_the_time_has_passed(self, cast: Cast) -> None:
        followup = gone_up(TOP)
        answer(cast, followup, "ines", at=TOP, until=TOP + HOUR)
        with pytest.raises(Conflict):
            answer(cast, followup, "ines", at=TOP + HOUR / 2)
        assert answer(cast, followup, "ines", at=TOP + HOUR).rung == 3


class TestWhoMayAnswer:
    """Whoever it was sent to or who holds it, or who covers for them; for somebody who may see it."""

    @pytest.mark.parametrize("who", ["olu", "sade"])
    def test_its_holder_and_whoever_was_told_may(self, cast: Cast, who: str) -> None:
        assert answer(cast, gone_up(), who).by == getattr(cast, who)

    @pytest.mark.parametrize("who", ["rhys", "ines", "tarek"])
    def test_somebody_else_who_sees_it_may_not(self, cast: Cast, who: str) -> None:
        with pytest.raises(Refused, match="sent to somebody else"):
            answer(cast, gone_up(), who)
        assert not Acknowledgement.objects.exists()

    def test_whoever_covers_for_them_may(self, cast: Cast) -> None:
        followup = gone_up()
        Absence.objects.create(
            user=cast.sade, cover=cast.ines, kind="sick", starts_at=AT, ends_at=AT + 9 * DAY
        )
        with frozen(UP):
            assert answer(cast, followup, "ines").by == cast.ines

    @pytest.mark.parametrize("who", ["dov", "petra", "gus", "wyn"])
    def test_to_another_unit_and_another_force_it_is_not_there(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotVisible):
            answer(cast, gone_up(), who)

    @pytest.mark.parametrize("who", ["keir", "asha", "ming", "lena", "bronwen", "hana"])
    def test_without_the_permission_nobody_may(self, cast: Cast, who: str) -> None:
        with pytest.raises(Refused):
            answer(cast, gone_up(), who)

    @pytest.mark.parametrize("doer", ["petra", "gus", "hana", "lena", "keir"])
    def test_whoever_is_named_works_here_and_may_see_it(self, cast: Cast, doer: str) -> None:
        with pytest.raises(Conflict, match="may see this"):
            answer(cast, gone_up(), doer=getattr(cast, doer).pk)

    def test_somebody_who_has_left_is_not_named(self, cast: Cast) -> None:
        followup = gone_up()
        User.objects.filter(username="rhys").update(is_active=False)
        with pytest.raises(Conflict):
            answer(cast, followup, doer=cast.rhys.pk)

    def test_of_a_case_held_closely_only_those_named_on_it(self, cast: Cast) -> None:
        case = make_case(at=AT)
        scope = case.scope
        scope.restriction = Restriction.RESTRICTED
        scope.save()
        for user in (cast.olu, cast.sade):
            ScopeGrant.objects.create(
                scope=scope, force=scope.force, user=user, kind="team", starts_at=AT
            )
        engine.sweep(UP, rules=CRIME)
        followup = FollowUp.objects.get()
        with pytest.raises(Conflict):
            answer(cast, followup, doer=cast.rhys.pk)
        assert answer(cast, followup, doer=cast.sade.pk)


class TestWhenItMayBeAnswered:
    """While it is owed, once it has gone up, for a day at most."""

    def test_before_it_went_up_there_is_nothing_to_answer(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="Nobody above its holder"):
            answer(cast, gone_up(AT + 25 * HOUR), "olu", at=AT + 25 * HOUR)

    def test_what_is_no_longer_owed_is_not_answered_for(self, cast: Cast) -> None:
        followup = gone_up()
        add_fact(CrimeRecord, followup.case, UP, number="C1")
        engine.sweep(UP, rules=CRIME)
        with pytest.raises(Conflict, match="no longer owed"):
            answer(cast, followup)

    @pytest.mark.parametrize("until", [UP - HOUR, UP, UP + 24 * HOUR + timedelta(seconds=1)])
    def test_the_time_is_within_the_next_day(self, cast: Cast, until: Any) -> None:
        with pytest.raises(Conflict, match="within the next 24 hours"):
            answer(cast, gone_up(), until=until)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"until": UP},
            {"until": UP + 25 * HOUR},
            {"what_next": ""},
            {"rung": 1},
            {"rung": 4},
        ],
    )
    def test_the_database_takes_nothing_else_either(
        self, cast: Cast, wrong: dict[str, Any]
    ) -> None:
        followup = gone_up()
        right = {"until": UP + 24 * HOUR, "what_next": NEXT, "rung": 2}
        with pytest.raises(IntegrityError), transaction.atomic():
            raw(cast, followup, **right | wrong)
        raw(cast, followup, **right)
        with pytest.raises(IntegrityError), transaction.atomic():
            raw(cast, followup, **right)


def raw(cast: Cast, followup: FollowUp, **values: Any) -> Acknowledgement:
    return Acknowledgement.objects.create(
        followup=followup, round=1, doer=cast.olu, at=UP, by=cast.sade, **values
    )


class TestWhatIsKept:
    """It can be read where the case is read, and nowhere else; it is never changed."""

    def test_the_history_of_the_case_says_it_and_the_trail_without_the_words(
        self, cast: Cast
    ) -> None:
        answer(cast, gone_up())
        line = CaseEvent.objects.get(kind="taken_on")
        assert (line.by, line.at) == (cast.sade, UP)
        assert NEXT in line.text
        assert cast.olu.name in line.text
        acts = AuditEvent.objects.filter(verb__in=("followup.acknowledged", "case.taken_on"))
        assert [NEXT in str(row.detail) for row in acts] == [False, False]

    def test_whoever_was_named_is_told_as_everybody_is_and_sees_it_in_their_work(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        followup = gone_up()
        answer(cast, followup, doer=cast.rhys.pk)
        told = Notice.objects.filter(person=cast.rhys)
        assert set(told.values_list("channel", "state")) == {
            ("page", "accepted"), ("email", "queued"),
        }  # fmt: skip
        assert not any(NEXT in str(row) for row in Notice.objects.values())
        with frozen(UP + HOUR):
            page = client_of(cast.rhys).get("/work").content.decode()
        assert "You were named to do this" in page
        assert followup.case.reference in page
        with frozen(UP + 2 * DAY):
            assert "You were named" not in client_of(cast.rhys).get("/work").content.decode()

    def test_whoever_names_themselves_is_not_told_of_it(self, cast: Cast) -> None:
        followup = gone_up()
        before = Notice.objects.count()
        answer(cast, followup, doer=cast.sade.pk)
        assert Notice.objects.count() == before

    def test_it_is_never_changed_and_another_unit_does_not_read_it(self, cast: Cast) -> None:
        answer(cast, gone_up())
        with pytest.raises(DatabaseError), transaction.atomic():
            Acknowledgement.objects.update(what_next="Another")
        for who, sees in (("sade", 1), ("dov", 0), ("gus", 0)):
            with acting_as(cast.actor(who), at=UP), connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE holdfast_web")
                cursor.execute("SELECT count(*) FROM followups_acknowledgement")
                assert cursor.fetchone() == (sees,), who
                cursor.execute("RESET ROLE")


class TestTheCracksReport:
    """What went up and nobody answered for three days is a line; what was answered, moved or done is none."""

    def broken(self, at: Any) -> int:
        found = [line.count for line in report(at) if line.slug == "escalation-unacknowledged"]
        return found[0]

    def test_it_counts_from_the_third_day_and_until_somebody_answers(self, cast: Cast) -> None:
        followup = gone_up(TOP)
        assert self.broken(TOP + 3 * DAY) == 0
        assert self.broken(TOP + 3 * DAY + HOUR) == 1
        answer(cast, followup, "ines", at=TOP + 3 * DAY)
        assert self.broken(TOP + 3 * DAY + HOUR) == 0

    def test_at_the_top_an_answer_is_forgotten_three_days_after_its_time(self, cast: Cast) -> None:
        followup = gone_up(TOP)
        answer(cast, followup, "ines", at=TOP, until=TOP + 24 * HOUR)
        assert self.broken(TOP + 4 * DAY - HOUR) == 0
        assert self.broken(TOP + 4 * DAY) == 1

    def test_below_the_top_the_ladder_itself_goes_on(self, cast: Cast) -> None:
        answer(cast, gone_up())
        assert self.broken(UP + 9 * DAY) == 0

    def test_what_was_moved_or_done_is_none(self, cast: Cast) -> None:
        followup = gone_up(TOP)
        RePlan.objects.create(
            followup=followup, round=2, due_at=AT + 30 * DAY, reason="A test", at=TOP, by=cast.sade
        )
        engine.sweep(TOP, rules=CRIME)
        assert self.broken(TOP + 4 * DAY) == 0

    def test_what_went_no_higher_than_its_holder_is_none(self, cast: Cast) -> None:
        followup = gone_up(TOP)
        Step.objects.filter(followup=followup, rung__gte=2).update(to="owner")
        assert self.broken(TOP + 4 * DAY) == 0


class TestThePages:
    """The queue and one's own work lead to the form; what is wrong is said and keeps what was typed."""

    def asked(self, cast: Cast, **over: Any) -> dict[str, Any]:
        return {"doer": str(cast.olu.pk), "what_next": NEXT, "within": "4"} | over

    def test_the_queue_and_ones_own_work_ask_whoever_it_went_up_to(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        followup = gone_up()
        address = f"/work/followup/{followup.pk}"
        with frozen(UP):
            sade, olu = client_of(cast.sade), client_of(cast.olu)
            assert "Say who does it" in sade.get("/work/team").content.decode()
            assert "Say who does it" in olu.get("/work").content.decode()
            said = sade.post(f"{address}/acknowledge", self.asked(cast), follow=True)
            assert "Nobody else is told until then" in said.content.decode()
            promise = "PC Olu Adeyemi does it by Wednesday 18 November, 2am"
            for client, page in ((sade, "/work/team"), (olu, "/work"), (olu, "/")):
                shown = client.get(page).content.decode()
                assert promise in shown
                assert "Say who does it" not in shown
            assert NEXT in olu.get(address).content.decode()
            assert NEXT in olu.get(f"/case/{case_of(followup)}/history").content.decode()
        assert Acknowledgement.objects.get().until == UP + 4 * HOUR

    def test_who_could_do_it_is_asked_only_of_whoever_says_so(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        address = f"/work/followup/{gone_up().pk}"
        for person, asked in ((cast.sade, True), (cast.rhys, False)):
            client = client_of(person)
            with frozen(UP), CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            assert any("followups_may_see" in query["sql"] for query in queries) is asked

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"what_next": ""}, "Enter what they do next"),
            ({"within": ""}, "Choose by when it is done"),
            ({"within": "48"}, "Choose one of these times"),
            ({"doer": "nobody"}, "Choose somebody who works here and may see this"),
            ({"doer": ""}, "Choose who does it"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, cast: Cast, client_of: SignIn, wrong: dict[str, str], said: str
    ) -> None:
        followup = gone_up()
        with frozen(UP):
            page = client_of(cast.sade).post(
                f"/work/followup/{followup.pk}/acknowledge", self.asked(cast, **wrong)
            )
        shown = page.content.decode()
        assert page.status_code == 422
        assert said in shown
        assert "<title>Error:" in shown
        assert wrong.get("what_next", NEXT) in shown
        assert not Acknowledgement.objects.exists()

    def test_of_two_who_answer_the_second_is_told_and_keeps_what_they_typed(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        followup = gone_up()
        answer(cast, followup, "olu")
        with frozen(UP):
            page = client_of(cast.sade).post(
                f"/work/followup/{followup.pk}/acknowledge", self.asked(cast)
            )
        assert page.status_code == 422
        assert "Somebody has answered already: PC Olu Adeyemi" in page.content.decode()
        assert NEXT in page.content.decode()

    def test_whoever_was_not_asked_has_no_form_and_is_refused_in_the_trail(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        followup = gone_up()
        with frozen(UP):
            ines = client_of(cast.ines)
            shown = ines.get(f"/work/followup/{followup.pk}").content.decode()
            assert "Say who does it" not in shown
            page = ines.post(f"/work/followup/{followup.pk}/acknowledge", self.asked(cast))
        assert page.status_code == 403
        assert AuditEvent.objects.get(verb="access.refused").detail["tried"] == (
            "followup.acknowledge"
        )

    def test_work_asks_as_much_for_fifty_as_for_one(self, cast: Cast, client_of: SignIn) -> None:
        rhys, counts = client_of(cast.rhys), []
        for cases in (1, 49):
            for _ in range(cases):
                make_case(at=AT)
            engine.sweep(UP, rules=CRIME)
            for followup in FollowUp.objects.filter(acknowledgements=None):
                answer(cast, followup, doer=cast.rhys.pk)
            with frozen(UP):
                rhys.get("/work")
            with frozen(UP), CaptureQueriesContext(connection) as asked:
                page = rhys.get("/work").content.decode()
            counts.append(len(asked))
            assert page.count("does it by") == Case.objects.count()
        assert counts[0] == counts[1]


def case_of(followup: FollowUp) -> str:
    assert followup.case
    return followup.case.reference
