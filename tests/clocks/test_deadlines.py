"""Proofs that deadlines are dated evidence: loaded from one file, ended, never altered."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from clocks import deadlines
from clocks.models import Calendar, Deadline
from tests.clocks.test_calendars import version

pytestmark = pytest.mark.usefixtures("db")

PROMISED = {
    "no-owner": {"standard", "urgent", "child"},
    "owner-absent": {"standard"},
    "owner-left": {"standard"},
    "transfer-unanswered": {"standard", "urgent", "child"},
    "transfer-refused": {"standard", "urgent", "child"},
    "transfer-not-heard": {"standard", "urgent", "child"},
    "no-next-step": {"standard"},
    "safety-not-confirmed": {"danger", "standard"},
    "crime-not-recorded": {"standard"},
    "nrm-not-decided": {"adult", "child"},
    "child-authority-not-told": {"standard"},
    "needs-not-assessed": {"standard"},
    "support-not-offered": {"standard"},
    "agency-not-answered": {"standard", "urgent"},
    "agency-not-reached-person": {"standard", "urgent"},
    "contact-lapsed": {"standard", "high-risk", "declined", "tried", "unsafe"},
    "contact-unsafe": {"standard"},
    "disclosure-stale": {"standard"},
    "webhook-not-delivered": {"standard"},
    "webhook-silent": {"standard"},
    "agency-has-not-seen": {"standard", "urgent"},
    "review-due": {"first", "later"},
    "nrm-decision-overdue": {"standard"},
    "training-lapsing": {"standard"},
    "draft-not-sent": {"standard"},
    "close-not-countersigned": {"standard"},
    "override-not-reviewed": {"standard"},
    "owner-training-lapsed": {"standard"},
    "referral-declined": {"standard"},
    "referral-called-off": {"standard"},
    "agency-question": {"standard"},
    "safe-contact-stale": {"standard"},
}

LAW = """
[tell-the-moon]
duty = "The moon is told."
source = "T99: an invented act"
status = "sourced"
clocks = [
  { clock = "standard", amount = 5, unit = "working_days" },
  { clock = "standard", amount = 4, unit = "hours", nation = "scotland" },
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The real file with one invented rule after it."""
    path = tmp_path / "deadlines.toml"
    path.write_text(deadlines.FILE.read_text() + LAW)
    return path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def add_later_line(path: Path) -> None:
    line = '{ clock = "standard", amount = 2, unit = "working_days", valid_from = 2027-04-01 },'
    old = '{ clock = "standard", amount = 4, unit = "hours", nation = "scotland" },'
    rewrite(path, old, f"{old}\n  {line}")


def moon(nation: str, on: date) -> str:
    row = Deadline.objects.in_force(rule="tell-the-moon", clock="standard", nation=nation, on=on)
    return f"{row.amount} {row.unit}" if row else "none"


def test_every_rule_that_is_built_has_its_clocks() -> None:
    loaded: dict[str, set[str]] = {}
    for rule, clock in Deadline.objects.order_by("pk").values_list("rule", "clock"):
        loaded.setdefault(rule, set()).add(clock)
    assert {rule: loaded[rule] for rule in PROMISED} == PROMISED


def test_nothing_is_called_sourced_without_saying_where_from() -> None:
    for row in Deadline.objects.filter(status="sourced"):
        assert row.source[0] == "T"
        assert "force" not in row.source
    assert Deadline.objects.get(rule="support-not-offered").status == "sourced"
    assert Deadline.objects.get(rule="crime-not-recorded").status == "unverified"
    assert Deadline.objects.get(rule="child-authority-not-told").status == "force_default"


def test_loading_again_changes_nothing(file: Path) -> None:
    call_command("load_deadlines", file=file)
    counted, rows = version(), list(Deadline.objects.order_by("pk").values())
    call_command("load_deadlines", file=file)
    call_command("load_deadlines", file=file, check=True)
    assert version() == counted
    assert list(Deadline.objects.order_by("pk").values()) == rows


def test_a_later_line_ends_the_one_before_it_and_moves_the_version(file: Path) -> None:
    call_command("load_deadlines", file=file)
    counted = version()
    add_later_line(file)
    call_command("load_deadlines", file=file)
    assert version() > counted
    assert moon("england-wales", date(2027, 3, 31)) == "5 working_days"
    assert moon("england-wales", date(2027, 4, 1)) == "2 working_days"
    assert moon("scotland", date(2027, 4, 1)) == "4 hours"


def test_before_the_first_line_and_for_another_clock_nothing_is_in_force(file: Path) -> None:
    call_command("load_deadlines", file=file)
    assert moon("england-wales", date(2014, 12, 31)) == "none"
    none = Deadline.objects.in_force(
        rule="tell-the-moon", clock="urgent", nation="scotland", on=date(2026, 1, 1)
    )
    assert none is None


def test_sql_finds_the_same_deadline_as_python(file: Path) -> None:
    add_later_line(file)
    call_command("load_deadlines", file=file)
    for nation in ("england-wales", "scotland"):
        # 11pm in UTC on 31 March is already April in London
        for hour, day in ((22, date(2027, 3, 31)), (23, date(2027, 4, 1))):
            since = datetime(2027, 3, 31, hour, tzinfo=UTC)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT amount || ' ' || unit"
                    " FROM clocks_deadline_for('tell-the-moon', 'standard', %s, %s)",
                    [nation, since],
                )
                assert cursor.fetchall() == [(moon(nation, day),)]


@pytest.mark.parametrize("since", ["infinity", "294276-12-31 23:59:59+00", None])
def test_the_deadline_of_an_absurd_time_is_no_error(since: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT amount FROM clocks_deadline_for('no-owner', 'standard', 'scotland', %s)",
            [since],
        )
        assert cursor.fetchall() == ([(1,)] if since else [])


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'amount = 5, unit = "working_days" },\n  { clock = "standard", amount = 4',
            'amount = 6, unit = "working_days" },\n  { clock = "standard", amount = 4',
            "is 5 working_days in the database and 6 working_days in the file",
        ),
        (
            'amount = 4, unit = "hours", nation',
            'amount = 4, unit = "calendar_days", nation',
            "add one with a new valid_from",
        ),
        (
            '\n  { clock = "standard", amount = 4, unit = "hours", nation = "scotland" },',
            "",
            "end it with valid_to",
        ),
    ],
)
def test_a_dated_line_is_neither_altered_nor_removed(
    file: Path, old: str, new: str, sentence: str
) -> None:
    call_command("load_deadlines", file=file)
    before, counted = list(Deadline.objects.order_by("pk").values()), version()
    rewrite(file, old, new)
    for check in (False, True):
        with pytest.raises(CommandError, match=sentence):
            call_command("load_deadlines", file=file, check=check)
    assert list(Deadline.objects.order_by("pk").values()) == before
    assert version() == counted


def test_better_wording_and_an_end_are_taken_over_in_place(file: Path) -> None:
    call_command("load_deadlines", file=file)
    rewrite(file, "T99: an invented act", "T99: an invented act, section 2")
    rewrite(file, 'nation = "scotland" }', 'nation = "scotland", valid_to = 2028-01-01 }')
    with pytest.raises(CommandError, match="tell-the-moon"):
        call_command("load_deadlines", file=file, check=True)
    call_command("load_deadlines", file=file)
    assert Deadline.objects.filter(source__endswith="section 2").count() == 2
    assert moon("scotland", date(2027, 12, 31)) == "4 hours"
    assert moon("scotland", date(2028, 1, 1)) == "5 working_days"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('duty = "The moon is told."\n', "", "duty"),
        (
            'an invented act"\nstatus = "sourced"',
            'an invented act"\nstatus = "certain"',
            "certain",
        ),
        ('amount = 4, unit = "hours", nation', 'amount = -4, unit = "hours", nation', "0"),
        ('amount = 4, unit = "hours", nation', 'amount = "four", unit = "hours", nation', "four"),
        ('nation = "scotland" }', 'nation = "mercia" }', "mercia"),
        ('nation = "scotland" }', 'nation = "scotland", valid_to = 2014-01-01 }', "end after"),
        ('nation = "scotland" }', 'county = "fife" }', "county"),
        (', nation = "scotland" }', " }", "give one of them another valid_from"),
        ("[tell-the-moon]", "[tell-the-moon", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_and_changes_nothing(
    file: Path, old: str, new: str, sentence: str
) -> None:
    rewrite(file, old, new)
    with pytest.raises(CommandError, match=sentence):
        call_command("load_deadlines", file=file)
    assert not Deadline.objects.filter(rule="tell-the-moon").exists()


def test_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("load_deadlines", file=tmp_path / "nothing.toml")


def test_check_sees_a_day_changed_behind_its_back_and_loading_mends_it() -> None:
    call_command("load_deadlines", check=True)
    Calendar.objects.get(slug="scotland").days.filter(falls_on="2026-06-16").update(working=False)
    with pytest.raises(CommandError, match="Calendar not up to date: scotland"):
        call_command("load_deadlines", check=True)
    call_command("load_deadlines")
    call_command("load_deadlines", check=True)


def test_the_database_itself_refuses_two_deadlines_at_a_time() -> None:
    row = Deadline.objects.get(rule="support-not-offered")
    row.pk, row.valid_from = None, date(2026, 1, 1)
    with pytest.raises(IntegrityError, match="clocks_deadline_one_at_a_time"):
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [{"amount": 9}, {"unit": "hours"}, {"rule": "x"}, {"valid_from": "2016-01-01"}, {"clock": "x"}],
)
def test_the_database_itself_refuses_to_alter_how_long_was_allowed(
    change: dict[str, object],
) -> None:
    with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
        Deadline.objects.filter(rule="support-not-offered").update(**change)
    Deadline.objects.filter(rule="support-not-offered").update(duty="Said better.")
