"""The watchman watched, and the engine by hand: health, heartbeats, tags on pages, commands."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

import clocks
from accounts.actors import engine as the_engine
from accounts.context import acting_as
from accounts.models import User
from casework.models import Case, CrimeRecord
from clocks import frozen
from clocks.models import Calendar
from config.celery import TICK_SECONDS, app
from followups import engine, health, numbers
from followups.management.commands import followups as loop
from followups.models import PERIOD, FollowUp, Heartbeat, HeldSweep, Notice
from followups.tasks import agencies, chained, files, tick, tidy_files
from tests.builders import make_case, make_file
from tests.cast import Cast
from tests.cluster import Clone
from tests.followups.conftest import AT, add_fact
from tests.house.routes import routes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_beat_wakes_the_task_every_period() -> None:
    assert PERIOD.total_seconds() == TICK_SECONDS
    assert app.conf.beat_schedule["tick"]["task"] == tick.name == "followups.tick"
    assert app.conf.beat_schedule["agencies"]["task"] == agencies.name == "followups.agencies"
    assert app.conf.beat_schedule["chain"]["task"] == chained.name == "followups.chain"
    assert app.conf.beat_schedule["files"]["task"] == files.name == "followups.files"


def test_a_tick_sweeps_climbs_and_sends(cast: Cast) -> None:
    make_case(at=AT)
    with frozen(AT + 2 * DAY):
        tick()
        agencies()
        chained()
        files()
    assert set(Heartbeat.objects.values_list("stage", flat=True)) == set(health.STAGES)
    assert mail.outbox


class TestHealth:
    """Red after two missed periods, or when a message should have gone."""

    def look(self, client: Client, at: object) -> tuple[int, dict[str, object]]:
        with frozen(at):  # type: ignore[arg-type]
            answer = client.get("/healthz/followups")
        return answer.status_code, answer.json()

    def test_an_engine_that_never_ran_is_not_healthy(self, db: None) -> None:
        status, told = self.look(Client(), AT)
        assert (status, told["status"]) == (503, "failing")

    def test_it_is_well_until_two_periods_are_over(self, cast: Cast) -> None:
        with frozen(AT):
            tick()
            agencies()
            chained()
            files()
        assert self.look(Client(), AT + 2 * PERIOD - timedelta(seconds=1))[0] == 200
        status, told = self.look(Client(), AT + 2 * PERIOD)
        assert status == 503
        assert len(told["problems"]) == 6  # type: ignore[arg-type]

    def test_files_that_the_scanner_does_not_check_are_said_with_why_it_does_not(
        self, cast: Cast, settings: Any
    ) -> None:
        settings.CLAMD = "tcp:127.0.0.1:1"
        make_file(make_case(at=AT), at=AT)
        for minutes, wrong in ((14, False), (16, True)):
            at = AT + timedelta(minutes=minutes)
            with frozen(at):
                files()
            said = str(self.look(Client(), at)[1]["problems"])
            assert ("1 files wait for the virus scanner (away)" in said) is wrong

    def test_a_file_whose_bytes_are_gone_is_said_once_it_was_looked_for(self, cast: Cast) -> None:
        make_file(make_case(at=AT), at=AT)
        with frozen(AT):
            tidy_files()
        said = str(self.look(Client(), AT)[1]["problems"])
        assert "the bytes of 1 files are not in FILES_ROOT" in said

    def test_a_live_but_useless_engine_is_found_by_its_waiting_messages(self, cast: Cast) -> None:
        with frozen(AT + 2 * DAY):
            tick()
        make_case(at=AT)
        engine.sweep(AT + 2 * DAY)
        Notice.objects.filter(state="queued").update(made_at=AT, send_after=AT)
        status, told = self.look(Client(), AT + 2 * DAY)
        assert status == 503
        assert "wait past their time" in str(told["problems"])

    def test_an_engine_that_runs_and_tells_nobody_is_found_by_what_it_left_undone(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_case(at=AT)
        monkeypatch.setattr("followups.sql.CLIMB", "SELECT 0, 0, 0")
        for seconds in (0, 30, 60, 91):
            with frozen(AT + 2 * DAY + timedelta(seconds=seconds)):
                tick()
        status, told = self.look(Client(), AT + 2 * DAY + timedelta(seconds=91))
        assert status == 503
        assert "overdue duties have told nobody" in str(told["problems"])

    def test_an_engine_that_runs_and_stores_nothing_is_found_by_the_cases_without_duties(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case = make_case(at=AT)
        monkeypatch.setattr("followups.engine._upsert", lambda *_args, **_given: {})
        seen = case.changed_at + 3 * PERIOD + timedelta(seconds=1)
        with frozen(seen):
            tick()
        status, told = self.look(Client(), seen)
        assert status == 503
        assert "1 open cases have nothing owed on them" in told["problems"]  # type: ignore[operator]

    def test_sweeps_that_fail_are_said_with_the_rule(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("followups.sql.LAPSE", "SELECT 1 / 0")
        with frozen(AT):
            tick()
        status, told = self.look(Client(), AT)
        assert status == 503
        assert "rule review-due fails (DataError)" in told["problems"]  # type: ignore[operator]

    def test_a_calendar_that_ends_within_the_year_is_said_before_any_due_time_is_unknown(
        self, cast: Cast
    ) -> None:
        with frozen(AT):
            tick()
            agencies()
            chained()
            files()
        assert self.look(Client(), AT)[0] == 200
        Calendar.objects.filter(slug="scotland").update(ends_on=date(2027, 11, 1))
        status, told = self.look(Client(), AT)
        assert status == 503
        assert "the working days of scotland are known until 2027-11-01 only" in str(
            told["problems"]
        )

    def test_a_held_sweep_is_said(self, cast: Cast) -> None:
        with frozen(AT):
            tick()
        HeldSweep.objects.create(rule="review-due", force=cast.force, would_drop=99, held_at=AT)
        assert self.look(Client(), AT)[0] == 503


class TestNumbers:
    """For Prometheus: numbers only, and only with the token."""

    def scrape(self, **headers: str) -> HttpResponse:
        with frozen(AT + 2 * DAY):
            answer: HttpResponse = Client().get("/metrics", headers=headers)
        return answer

    def test_without_a_token_in_the_settings_there_is_no_such_page(self, cast: Cast) -> None:
        assert self.scrape(authorization="Bearer ").status_code == 404

    def test_a_wrong_token_gets_nothing(self, cast: Cast, settings: Any) -> None:
        settings.METRICS_TOKEN = "right"
        assert self.scrape(authorization="Bearer wrong").status_code == 401
        assert self.scrape().content == b""

    def test_it_says_what_waits_and_how_long_and_names_nothing(
        self, cast: Cast, settings: Any, django_assert_num_queries: Any
    ) -> None:
        settings.METRICS_TOKEN = "right"
        case = make_case(at=AT)
        engine.sweep(AT + DAY)
        Notice.objects.filter(channel="email").update(send_after=AT + DAY)
        dead = Notice.objects.filter(channel="email").first()
        assert dead is not None
        Notice.objects.filter(pk=dead.pk).update(state="dead", failed_at=AT + DAY)
        with django_assert_num_queries(1):
            numbers.numbers(AT + 2 * DAY)
        told = self.scrape(authorization="Bearer right").content.decode()
        said = dict(line.rsplit(" ", 1) for line in told.splitlines() if line[0] != "#")
        gauges = {name: float(value) for name, value in said.items()}
        oldest = FollowUp.objects.open().order_by("due_at").values_list("due_at", flat=True)[0]
        assert oldest is not None
        assert gauges["holdfast_oldest_due_seconds"] == (AT + 2 * DAY - oldest).total_seconds()
        assert gauges["holdfast_oldest_unsent_seconds"] == DAY.total_seconds()
        assert gauges['holdfast_heartbeat_age_seconds{stage="climb"}'] == DAY.total_seconds()
        assert gauges["holdfast_notices_dead"] == 1
        assert gauges['holdfast_followups{state="open"}'] == FollowUp.objects.open().count()
        assert case.reference not in told


class TestOnPages:
    """What a page says of follow-ups is what is owed at that moment."""

    def page(self, client_of: Callable[[User], Client], user: User, case: Case) -> str:
        return client_of(user).get(f"/case/{case.reference}").content.decode()

    def test_what_is_owed_shows_before_any_sweep_and_is_not_stored_by_looking(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        case = make_case(at=clocks.now() - HOUR)
        assert "Record the crime number" in self.page(client_of, cast.olu, case)
        assert not FollowUp.objects.exists()

    def test_what_was_done_since_the_last_sweep_is_no_longer_asked_for(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        at = clocks.now()
        case = make_case(at=at - HOUR)
        engine.sweep(at)
        add_fact(CrimeRecord, case, at, number="C1")
        Case.objects.filter(pk=case.pk).update(changed_at=clocks.now())
        assert "Record the crime number" not in self.page(client_of, cast.olu, case)

    def test_stored_rows_link_to_how_they_were_worked_out(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        case = make_case(at=clocks.now() - HOUR)
        engine.sweep(clocks.now())
        followup = engine.live_followups([case.pk], clocks.now()).owed[0]
        page = self.page(client_of, cast.olu, case)
        assert f"/work/followup/{followup.pk}" in page

    def said(self, cast: Cast, tag: str) -> str:
        request = SimpleNamespace(actor=cast.actor("sade"))
        source = "{% load followups_tags %}{% " + tag + " %}"
        return Template(source).render(Context({"request": request}))

    def test_pages_say_when_reminders_last_ran_and_when_they_are_late(self, cast: Cast) -> None:
        with frozen(AT):
            assert "Reminders have not run yet." in self.banner(cast)
            engine.sweep(AT)
            assert self.said(cast, "reminders_last_ran") == "Reminders last ran 10am."
            assert self.banner(cast) == ""
        with frozen(AT + HOUR):
            assert "They are late" in self.said(cast, "reminders_last_ran")
            assert "10am" in self.banner(cast)

    def test_a_stopped_worker_shows_on_every_staff_page_and_what_is_overdue_is_still_on_the_queue(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        case = make_case(at=AT)
        with frozen(AT):
            tick()
            agencies()
            chained()
        shown, without = 0, []
        with frozen(AT + 2 * PERIOD):
            browser = client_of(cast.ines)
            for route in routes():
                answer = browser.get(route.path.replace("HF-ZZZZZ", case.reference))
                page = "" if answer.streaming else answer.content.decode(errors="ignore")
                # Paper and what is hidden at a press have no banners; everything with a navigation has.
                if answer.status_code == 200 and "<nav" in page:
                    shown += 1
                    without += [] if "Reminders are late" in page else [route.name]
            assert browser.get("/healthz/followups").status_code == 503
        assert shown > 30
        assert without == []
        with frozen(AT + 2 * DAY):
            board = client_of(cast.sade).get("/work/team?view=overdue").content.decode()
        assert case.reference in board
        assert "Overdue by" in board

    def test_a_heartbeat_of_a_clock_that_was_fast_proves_nothing(self, cast: Cast) -> None:
        with frozen(AT):
            engine.sweep(AT + HOUR)
            assert "Reminders are late" in self.banner(cast)

    def banner(self, cast: Cast, who: str = "sade") -> str:
        request = SimpleNamespace(actor=cast.actor(who))
        return render_to_string("followups/_late.html", {"request": request}).strip()

    @pytest.mark.parametrize(
        ("fault", "words"),
        [
            ("followups.sql.CLIMB", "nobody was told of something that is due"),
            ("followups.engine._upsert", "an open case on which nothing is owed"),
            ("followups.delivery.claim", "messages do not go out"),
        ],
    )
    def test_pages_say_when_reminders_run_and_achieve_nothing(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str, words: str
    ) -> None:
        useless: dict[str, Any] = {
            "followups.sql.CLIMB": "SELECT 0, 0, 0",
            "followups.engine._upsert": lambda *_args, **_given: {},
            "followups.delivery.claim": lambda *_args: [],
        }
        make_case(at=AT)
        seen = AT + 2 * DAY
        with frozen(seen):
            tick()
            assert self.banner(cast) == ""
        monkeypatch.setattr(fault, useless[fault])
        make_case(at=AT)
        for minutes in (0, 2, 16):
            with frozen(seen + timedelta(minutes=minutes)):
                tick()
        with frozen(seen + timedelta(minutes=16)):
            assert words in self.banner(cast)
            assert "Look through your cases yourself" in self.banner(cast)
            assert self.banner(cast, "hana") == ""


class TestCommands:
    """The engine without a worker."""

    def test_a_dry_run_says_what_it_would_do_and_writes_nothing(self, cast: Cast) -> None:
        make_case(at=AT)
        told = StringIO()
        with frozen(AT + 2 * DAY):
            call_command("followups", "--dry-run", stdout=told)
        assert json.loads(told.getvalue())["rules"]["crime-not-recorded"] == {"open": 1}
        assert not FollowUp.objects.exists()

    def test_once_does_one_round(self, cast: Cast) -> None:
        case = make_case(at=AT)
        with frozen(AT + 2 * DAY):
            call_command("followups", "--once", stdout=StringIO())
        assert FollowUp.objects.filter(case=case).open().exists()

    def test_in_the_loop_what_fails_ends_neither_the_round_nor_the_loop(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done: list[str] = []

        def fails() -> None:
            raise ValueError("invented")

        def rest(_seconds: float) -> None:
            if len(done) == 6:
                raise KeyboardInterrupt

        monkeypatch.setattr(loop, "turn", fails)
        for name in ("tell_agencies", "chain_trail", "check"):
            monkeypatch.setattr(loop, name, lambda name=name: done.append(name))
        monkeypatch.setattr(loop.connection, "close", lambda: None)
        monkeypatch.setattr(loop.time, "sleep", rest)
        with pytest.raises(KeyboardInterrupt):
            call_command("followups", "--loop")
        assert done == ["tell_agencies", "chain_trail", "check"] * 2

    def test_a_rule_that_does_not_exist_is_named(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="There is no rule nonsense"):
            call_command("followups", "--release", "nonsense")


class TestAgeing:
    """To see a reminder climb: a case of the demo is made older."""

    def test_an_aged_case_reminds_its_officer_and_then_the_supervisor(
        self, committed: Clone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOLDFAST_SERVICES", committed.env["HOLDFAST_SERVICES"])
        with acting_as(the_engine("test")):
            case = make_case()
            add_fact(CrimeRecord, case, clocks.now(), number="C1")
        call_command("demo_age", case.reference, "--hours", "200", stdout=StringIO())
        with acting_as(the_engine("test")):
            aged = Case.objects.get(pk=case.pk)
            assert case.logged_at - aged.logged_at == 200 * HOUR
            assert aged.changed_at == case.changed_at
            tick()
            told = Notice.objects.filter(step__followup__case=case).values_list(
                "person__username", flat=True
            )
            assert {"olu", "sade", "ines"} <= set(told)

    def test_outside_the_demo_it_refuses(self, cast: Cast, settings: object) -> None:
        settings.DEMO = False  # type: ignore[attr-defined]
        with pytest.raises(CommandError, match="demo only"):
            call_command("demo_age", "HF-X", "--hours", "1")
