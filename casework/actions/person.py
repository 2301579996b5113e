"""The room of what is learned about the person, as lines of the case; `victims.actions` keeps it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Agency
from accounts.permissions import Permission, check
from accounts.rows import check_row, merged
from casework.actions.history import lock_open_case, write_line
from casework.actions.specialist import is_specialist
from casework.models import Case, EventKind
from pages.answers import Answer
from victims import actions as victims
from victims.models import ConsentEvent, SafeContact, ToldTopic

EDITABLE = frozenset({"danger", "place", "incident_number"})


@transaction.atomic
def edit_case(
    *,
    case: Case,
    by: Actor,
    versions: tuple[int, int],
    person: Mapping[str, Any],
    details: Mapping[str, Any],
    read: Mapping[str, str] | None = None,
) -> list[str]:
    """The details of the person and of the case are as given; the names of those that changed are returned.

    `versions` are those of case and person when they were read, `read` what each detail was (`accounts.rows.as_read`):
    with it two people may change different details at once. `Conflict` when both changed the same one, or, without
    it, when somebody changed either since.
    """
    check(by, Permission.CASE_EDIT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    of_case, of_person = versions
    if read is not None and locked.version != of_case:
        details, of_case = merged(locked, details, read), locked.version
    changed = [name for name in details if getattr(locked, name) != details[name]]
    if unknown := set(changed) - EDITABLE:
        raise ValueError(f"Not edited here: {sorted(unknown)}")
    if changed and locked.version != of_case:
        raise Conflict(_("Somebody else changed this case while you were typing."))
    if changed:
        for name in changed:
            setattr(locked, name, details[name])
        locked.version += 1
        check_row(locked)
        locked.save(update_fields=[*changed, "version"])
    changed += victims.edit_person(
        victim=locked.victim, by=by, version=of_person, changes=person, read=read
    )
    if changed:
        write_line(
            locked,
            EventKind.EDITED,
            verb="case.edited",
            by=by,
            recorded_at=now,
            fields=sorted(changed),
        )
    return changed


@transaction.atomic
def judge_risk(*, case: Case, by: Actor, risk: str, reason: str, review_on: date) -> None:
    """The danger that the person is in has been judged, with the reason in words and when to judge it again."""
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    victims.judge_risk(victim=locked.victim, by=by, risk=risk, reason=reason, review_on=review_on)
    write_line(
        locked,
        EventKind.RISK,
        verb="case.risk_judged",
        by=by,
        recorded_at=now,
        text=reason,
        risk=str(risk),
    )


@transaction.atomic
def set_safe_contact(
    *,
    case: Case,
    by: Actor,
    channel: str,
    safe: Answer,
    review_on: date,
    replaces: SafeContact | None = None,
    **rule: Any,
) -> SafeContact:
    """There is a rule for one way to reach the person; the history says that it changed, not how."""
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    made = victims.set_safe_contact(
        victim=locked.victim,
        by=by,
        channel=channel,
        safe=safe,
        review_on=review_on,
        replaces=replaces,
        **rule,
    )
    write_line(locked, EventKind.SAFE_CONTACT, verb="case.safe_contact_set", by=by, recorded_at=now)
    return made


@transaction.atomic
def reveal_safe_contact(*, case: Case, rule: SafeContact, by: Actor) -> str:
    """The number has been shown to this officer for a minute, and the audit trail says so."""
    revealed = victims.record_reveal(rule=rule, by=by)
    audit.record("case.number_revealed", by=by, of=case, rule=str(rule.pk))
    return revealed


@transaction.atomic
def record_consent(
    *,
    case: Case,
    by: Actor,
    purpose: str,
    outcome: str,
    decided_at: datetime,
    agency: Agency | None = None,
    reason: str = "",
    **explained: Any,
) -> ConsentEvent:
    """The person decided about one purpose, and the history says what; `explained` is how it was explained."""
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    event = victims.record_consent(
        victim=locked.victim,
        by=by,
        purpose=purpose,
        outcome=outcome,
        decided_at=decided_at,
        agency=agency,
        reason=reason,
        **explained,
    )
    decided_for_them = {"best_interests": event.best_interests} if event.best_interests else {}
    write_line(
        locked,
        EventKind.CONSENT,
        verb="case.consent_recorded",
        by=by,
        at=decided_at,
        recorded_at=now,
        text=event.best_interests_why or reason,
        purpose=str(purpose),
        outcome=str(outcome),
        **decided_for_them,
    )
    return event


@transaction.atomic
def tell_topic(
    *,
    case: Case,
    by: Actor,
    topic: str,
    state: str,
    heard_at: datetime,
    summary: str = "",
    where_recorded: str = "",
    why_again: str = "",
    why_not_specialist: str = "",
) -> ToldTopic:
    """What the person told is on record with the line of the history that says so."""
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    line = write_line(
        locked,
        EventKind.TOLD,
        verb="case.topic_told",
        by=by,
        at=heard_at,
        recorded_at=now,
        text=summary,
        topic=str(topic),
        state=str(state),
    )
    return victims.tell_topic(
        victim=locked.victim,
        by=by,
        topic=topic,
        state=state,
        heard_at=heard_at,
        summary=summary,
        where_recorded=where_recorded,
        record=line.pk,
        why_again=why_again,
        why_not_specialist=why_not_specialist,
        specialist=is_specialist(by),
    )
