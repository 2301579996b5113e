"""The room of the first safe-contact rules, as told while a concern is logged."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from accounts.actors import Actor
from casework.allowed import due
from casework.models import Case
from clocks import LONDON
from pages.answers import Answer
from victims.models import Channel, SafeContact

# "No safe way" closes every way that somebody else could pick up.
REMOTE = (Channel.PHONE, Channel.TEXT, Channel.EMAIL, Channel.LETTER)
PHONE_DIGITS = 7


def set_first_rules(case: Case, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """The rules for reaching the person are those of the answers; earlier ones that differ are ended.

    Details that are left empty stay as they are: a recorded number is never shown again for editing.
    """
    if "contact_safe" not in answers:
        return
    current = list(case.victim.safe_contacts.filter(ended_at__isnull=True))
    rules = _rules(case, answers, kept=next((r.details for r in current if r.details), ""))
    if [_told(rule) for rule in rules] == sorted(map(_told, current)):
        return
    case.victim.safe_contacts.filter(ended_at__isnull=True).update(ended_at=at)
    review_on = _review_on(case, at)
    for rule in rules:
        rule.set_at, rule.set_by_id, rule.review_on = at, by.person_id, review_on
        rule.save(force_insert=True)


def _rules(case: Case, answers: Mapping[str, Any], *, kept: str) -> list[SafeContact]:
    safe = Answer(answers["contact_safe"])
    told = {
        "details": answers.get("contact_details") or kept,
        "when": answers.get("contact_when", ""),
        "notes": answers.get("contact_notes", ""),
    }
    channel = answers.get("contact_channel") or _channel_of(told["details"])
    if safe == Answer.NOT_ASKED and not any(told.values()):
        return []
    channels = {channel, *REMOTE} if safe == Answer.NO else {channel}
    return [
        SafeContact(
            scope=case.scope,
            victim=case.victim,
            channel=each,
            safe=safe,
            **(told if each == channel else {}),
        )
        for each in sorted(channels)
    ]


def _told(rule: SafeContact) -> tuple[str, ...]:
    return str(rule.channel), str(rule.safe), rule.details, rule.when, rule.notes


def _channel_of(details: str) -> Channel:
    if "@" in details:
        return Channel.EMAIL
    if not details or sum(sign.isdigit() for sign in details) >= PHONE_DIGITS:
        return Channel.PHONE
    return Channel.IN_PERSON


def _review_on(case: Case, at: datetime) -> date:
    stale_at = due(rule="safe-contact-stale", clock="standard", since=at, force=case.scope.force)
    return (stale_at or at + timedelta(days=1)).astimezone(LONDON).date()
