"""The room of whether the watchman is awake: asked of the heartbeats, not of the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

import clocks
from casework.models import BulkMove
from clocks.models import Calendar
from followups import nightly
from followups.engine import TURN
from followups.models import PERIOD, Heartbeat, HeldSweep, Notice, NoticeState, Step
from followups.numbers import numbers
from followups.rules import RULES

STAGES = (*TURN, "dispatch", "agencies", "chain", "files")
A_NIGHT = timedelta(hours=26)
"""The nightly check is made at 3am in London, so it is never older: a day, and the hour that the clocks go back."""
MISSED = 2 * PERIOD
"""A stage that has not come to its end for so long has missed a period, and the next is over."""
PATIENCE = timedelta(minutes=15)
"""So long a message may wait past its time while the mail server is tried again, and a file for the scanner."""
KNOWN_AHEAD = timedelta(days=366)
"""So far ahead every calendar must know its working days: `manage.py load_deadlines` fills them three years further."""


@dataclass(frozen=True)
class Health:
    """Whether reminders run: when they last did, and each problem in a sentence without names."""

    last_ran_at: datetime | None
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def is_late(last: datetime | None, at: datetime) -> bool:
    """Whether two periods are over since. A time that is still to come says nothing: a clock was wrong then."""
    return last is None or abs(at - last) >= MISSED


@dataclass(frozen=True)
class Failure:
    """A rule that could not be asked in the last sweep: what it asks for, the kind of error, since when."""

    rule: str
    act: str
    error: str
    since: datetime | None


def failures() -> list[Failure]:
    """Every rule that failed in the last sweep. The error's kind only: its words may quote a record."""
    last = Heartbeat.objects.filter(stage="reconcile").first()
    result = last.result if last else {}
    since = result.get("failing_since", {})
    return [
        Failure(
            slug,
            str(RULES[slug].act) if slug in RULES else "",
            error,
            parse_datetime(since[slug]) if slug in since else None,
        )
        for slug, error in sorted(result.get("failed", {}).items())
    ]


def health(at: datetime) -> Health:
    """The heartbeats, what was left undone, messages that should have gone, sweeps that wait for a person.

    And calendars that end soon, before anything is owed at a time that nobody can work out.
    """
    beats = {beat.stage: beat for beat in Heartbeat.objects.all()}
    problems = [
        f"{stage} has not finished since {beats[stage].at.isoformat() if stage in beats else 'ever'}"
        for stage in STAGES
        if stage not in beats or is_late(beats[stage].at, at)
    ]
    problems += _of_the_night(beats, at)
    if "reconcile" in beats:
        failed = beats["reconcile"].result.get("failed", {})
        problems += [f"rule {slug} fails ({error})" for slug, error in sorted(failed.items())]
    if "verify" in beats and (faults := beats["verify"].result.get("faults", 0)):
        problems.append(f"the audit trail has {faults} faults: manage.py verify_audit says which")
    waiting = Notice.objects.filter(state=NoticeState.QUEUED, made_at__lt=at - PATIENCE)
    if late := waiting.filter(send_after__lt=at - 2 * PERIOD).count():
        problems.append(f"{late} notices wait past their time to be sent")
    stuck = waiting.filter(attempts__gt=2).count()
    if stuck:
        problems.append(f"{stuck} notices were tried three times and more")
    found = {name: int(value) for name, _label, value in numbers(at)}
    if undone := found["steps_undone"]:
        problems.append(f"{undone} overdue duties have told nobody")
    if found["oldest_waiting_file_seconds"] > PATIENCE.total_seconds():
        said = beats["files"].result.get("scanner", "gives no verdict") if "files" in beats else ""
        problems.append(f"{found['files_waiting']} files wait for the virus scanner ({said})")
    if "tidy" in beats and (lost := beats["tidy"].result.get("lost", 0)):
        problems.append(f"the bytes of {lost} files are not in FILES_ROOT: restore them")
    if unwatched := found["cases_unwatched"]:
        problems.append(f"{unwatched} open cases have nothing owed on them")
    unmoved = BulkMove.objects.running().filter(at__lt=at - MISSED).exists()
    if unmoved and ("moves" not in beats or is_late(beats["moves"].at, at)):
        problems.append("cases that somebody asked to move wait, and nothing moves them")
    held = set(HeldSweep.objects.filter(released_at=None).values_list("rule", flat=True))
    problems += [f"the sweep of {rule} is held until a person looks" for rule in sorted(held)]
    ends = Calendar.objects.filter(ends_on__lt=(at + KNOWN_AHEAD).date()).order_by("slug")
    problems += [
        f"the working days of {calendar.slug} are known until {calendar.ends_on} only"
        for calendar in ends
    ]
    reconciled = beats.get("reconcile")
    return Health(reconciled.at if reconciled else None, tuple(problems))


def _of_the_night(beats: dict[str, Heartbeat], at: datetime) -> list[str]:
    """Whether last night's check was made, and what of it could not be."""
    said = []
    made = beats.get(nightly.STAGE)
    # Where nothing is as old as that there was no night yet.
    if (
        Step.objects.filter(made_at__lt=at - A_NIGHT).exists()
        if made is None
        else at - made.at > A_NIGHT
    ):
        said.append("the nightly check has not been made for a night")
    unasked = made.result.get("failed", {}) if made else {}
    said += [
        f"the promise {line} could not be checked ({error})" for line, error in unasked.items()
    ]
    undone = beats["night"].result.get("failed", {}) if "night" in beats else {}
    said += [f"{part} failed in the nightly check ({error})" for part, error in undone.items()]
    return sorted(said)


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """For a monitor outside: 200, or 503 with what is wrong. It names no case and nobody."""
    found = health(clocks.now())
    answer = {
        "status": "ok" if found.ok else "failing",
        "last_ran_at": found.last_ran_at,
        "problems": found.problems,
    }
    return JsonResponse(answer, status=200 if found.ok else 503)
