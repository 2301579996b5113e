"""The supervisor's queue: what it counts, what it says, and what it says when it cannot look."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.actors import Actor
from accounts.models import User
from casework.models import Case, CaseStatus
from followups import actions, engine, team
from followups.models import FollowUp
from tests.builders import make_case, make_victim
from tests.cast import Cast
from victims.models import AgeBand

SignIn = Callable[[User], Client]


def a_team_with_work(cast: Cast) -> None:
    long_ago = clocks.now() - timedelta(days=3)
    make_case(status=CaseStatus.NEW, at=long_ago)
    make_case(at=long_ago)
    make_case(victim=make_victim(age_band=AgeBand.UNSURE), at=long_ago)
    make_case()
    engine.sweep(clocks.now())


def the_board(actor: Actor, cast: Cast) -> team.Board:
    asked = team.Team(actor, [cast.unit.pk], None, clocks.now())
    return team.board(asked, "all", None)


def test_every_count_equals_the_list_behind_it(cast: Cast, client_of: SignIn) -> None:
    a_team_with_work(cast)
    sade = client_of(cast.sade)
    for view in team.VIEWS:
        page = sade.get("/work/team", {"view": view.slug})
        board = page.context["board"]
        assert board.counts[view.slug] == len(board.rows), view.slug


@pytest.mark.parametrize("page", ["0", "2", "9999999", "9" * 5000, "-1", "last", "٢", "²"])
def test_a_page_that_is_not_there_shows_the_last_one(
    cast: Cast, client_of: SignIn, page: str
) -> None:
    a_team_with_work(cast)
    sade = client_of(cast.sade)
    shown = sade.get("/work/team", {"page": page})
    assert shown.status_code == 200
    assert shown.context["board"].rows == sade.get("/work/team").context["board"].rows


def test_the_second_page_goes_on_where_the_first_ended(
    cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_team_with_work(cast)
    sade = client_of(cast.sade)
    whole = sade.get("/work/team").context["board"].rows
    monkeypatch.setattr(team, "ROWS_A_PAGE", 2)
    pages = [sade.get("/work/team", {"page": str(number)}).context["board"] for number in (1, 2)]
    assert {row.case_id for page in pages for row in page.rows} == {row.case_id for row in whole}
    assert sum(len(page.rows) for page in pages) == len(whole) > 2


def test_what_needs_action_and_what_does_not_yet_are_all_open_cases(cast: Cast) -> None:
    a_team_with_work(cast)
    sade = cast.actor("sade")
    board = the_board(sade, cast)
    assert (
        board.counts["all"] + board.counts["later"]
        == board.open_cases
        == Case.objects.open().count()
    )


def test_each_row_says_in_words_why_it_is_here_and_when_it_is_due(
    cast: Cast, client_of: SignIn
) -> None:
    a_team_with_work(cast)
    words = client_of(cast.sade).get("/work/team").content.decode()
    assert "Overdue by" in words
    assert "open cases need action" in words
    assert "Reminders last ran" in words


def test_another_units_supervisor_sees_none_of_it(cast: Cast, client_of: SignIn) -> None:
    a_team_with_work(cast)
    board = client_of(cast.dov).get("/work/team").context["board"]
    assert (board.open_cases, board.rows) == (0, [])


def test_an_empty_queue_says_that_nothing_needs_action(cast: Cast, client_of: SignIn) -> None:
    engine.sweep(clocks.now())
    page = client_of(cast.sade).get("/work/team")
    assert "Nothing needs action now" in page.content.decode()


def test_a_queue_that_could_not_be_read_is_never_an_empty_one(
    cast: Cast, client_of: SignIn
) -> None:
    sade = client_of(cast.sade)
    with patch.object(team, "board", side_effect=DatabaseError):
        page = sade.get("/work/team")
    assert page.status_code == 503
    assert "could not check" in page.content.decode()
    assert "Nothing needs action" not in page.content.decode()


@pytest.mark.parametrize("address", ["/work/team", "/work", "/"])
def test_a_list_asks_as_many_questions_for_fifty_rows_as_for_one(
    cast: Cast, client_of: SignIn, address: str
) -> None:
    long_ago = clocks.now() - timedelta(days=3)
    make_case(owner=cast.sade, at=long_ago)
    engine.sweep(clocks.now())
    sade = client_of(cast.sade)
    sade.get(address)
    with CaptureQueriesContext(connection) as for_one:
        sade.get(address)
    for _ in range(49):
        make_case(owner=cast.sade, at=long_ago)
    engine.sweep(clocks.now())
    with CaptureQueriesContext(connection) as for_fifty:
        sade.get(address)
    assert len(for_fifty) == len(for_one)


def test_a_duty_page_says_who_says_so_and_whether_it_is_law(cast: Cast, client_of: SignIn) -> None:
    a_team_with_work(cast)
    row = the_board(cast.actor("sade"), cast).rows[0]
    words = client_of(cast.sade).get(f"/work/followup/{row.followup_id}").content.decode()
    assert "Standing of the source" in words
    assert "Who was told, and when" in words


def test_the_third_move_of_a_due_time_needs_a_supervisor(cast: Cast, client_of: SignIn) -> None:
    make_case(at=clocks.now() - timedelta(hours=2))
    engine.sweep(clocks.now())
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    owed = FollowUp.objects.get(rule="crime-not-recorded")
    address = f"/work/followup/{owed.pk}"

    def move(client: Client, days: int) -> int:
        on = clocks.today() + timedelta(days=days)
        asked = {
            "on_day": on.day,
            "on_month": on.month,
            "on_year": on.year,
            "time": "9am",
            "reason": "Asked to",
        }
        status = client.post(address, asked).status_code
        engine.sweep(clocks.now())
        return status

    assert [move(olu, 1), move(olu, 1), move(olu, 1), move(sade, 4)] == [302, 302, 422, 302]


def test_a_move_without_a_reason_changes_nothing_and_keeps_what_was_typed(
    cast: Cast, client_of: SignIn
) -> None:
    make_case(at=clocks.now() - timedelta(hours=2))
    engine.sweep(clocks.now())
    row = the_board(cast.actor("sade"), cast).rows[0]
    page = client_of(cast.olu).post(
        f"/work/followup/{row.followup_id}",
        {"on_day": "1", "on_month": "2", "on_year": "2030", "time": "9am", "reason": ""},
    )
    assert page.status_code == 422
    assert 'value="2030"' in page.content.decode()


def test_a_time_moved_twice_before_a_sweep_is_the_one_said_last(cast: Cast) -> None:
    make_case(at=clocks.now())
    engine.sweep(clocks.now())
    owed = FollowUp.objects.get(rule="review-due")
    sade = cast.actor("sade")
    for days in (9, 4):
        at = clocks.now() + timedelta(days=days)
        actions.replan(followup_id=owed.pk, due_at=at, reason="Not before.", by=sade)
    engine.sweep(clocks.now())
    owed.refresh_from_db()
    assert owed.due_at == at
