"""The room of a person who went missing: recorded, others told, found, and spoken with afterwards [domain 2.8, T36]."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from pages.answers import Answer
from victims.actions.person import lock_victim, officer_id, save_victim
from victims.models import Alerted, MissingEpisode, Victim


@transaction.atomic
def record_missing(
    *,
    victim: Victim,
    by: Actor,
    missing_since: datetime,
    last_seen: str = "",
    circumstances: str = "",
) -> MissingEpisode:
    """The person is missing since then, and others are owed the news."""
    check(by, Permission.CASE_CONTACT)
    person = lock_victim(victim, by=by)
    episode = add(
        MissingEpisode(
            scope_id=person.scope_id,
            victim=person,
            missing_since=missing_since,
            last_seen=last_seen,
            circumstances=circumstances,
            recorded_at=clocks.now(),
            recorded_by_id=officer_id(by),
        )
    )
    person.missing_since = missing_since
    save_victim(person, "missing_since")
    audit.record("victim.missing", by=by, of=episode)
    return episode


@transaction.atomic
def record_alert(
    *, episode: MissingEpisode, by: Actor, alerted: Collection[str], report_number: str = ""
) -> MissingEpisode:
    """These have been told that the person is missing; whoever was told before stays told.

    It counts as done once the missing persons report is made, and for a child the local authority knows.
    """
    check(by, Permission.CASE_CONTACT)
    standing = _locked(episode, by)
    told = set(standing.alerted) | {Alerted(each).value for each in alerted}
    standing.alerted = sorted(told)
    standing.report_number = report_number or standing.report_number
    owed = {Alerted.MISSING_UNIT.value}
    if standing.victim.is_child:
        owed.add(Alerted.LOCAL_AUTHORITY.value)
    if standing.alerted_at is None and owed <= told:
        standing.alerted_at = clocks.now()
    _save(standing, "alerted", "report_number", "alerted_at")
    audit.record("victim.missing_alerted", by=by, of=standing, alerted=standing.alerted)
    return standing


@transaction.atomic
def record_found(
    *,
    episode: MissingEpisode,
    by: Actor,
    found_at: datetime,
    found_safe: Answer,
    found_words: str = "",
) -> MissingEpisode:
    """The person is found, and is owed a talk about what happened."""
    check(by, Permission.CASE_CONTACT)
    standing = _locked(episode, by)
    if standing.found_at is not None:
        raise Conflict(_("Somebody recorded already that they were found."))
    standing.found_at, standing.found_safe = found_at, found_safe
    standing.found_words = found_words
    _save(standing, "found_at", "found_safe", "found_words")
    standing.victim.missing_since = None
    save_victim(standing.victim, "missing_since")
    audit.record("victim.found", by=by, of=standing)
    return standing


@transaction.atomic
def record_return_interview(
    *, episode: MissingEpisode, by: Actor, interviewed_at: datetime, interviewed_by: str
) -> MissingEpisode:
    """Somebody spoke with the person about the time they were missing."""
    check(by, Permission.CASE_CONTACT)
    standing = _locked(episode, by)
    if standing.found_at is None:
        raise Conflict(_("They are still missing. Record first that they were found."))
    if standing.interviewed_at is not None:
        raise Conflict(_("Somebody recorded the return interview already."))
    standing.interviewed_at, standing.interviewed_by = interviewed_at, interviewed_by
    _save(standing, "interviewed_at", "interviewed_by")
    audit.record("victim.return_interviewed", by=by, of=standing)
    return standing


def _locked(episode: MissingEpisode, by: Actor) -> MissingEpisode:
    lock_victim(episode.victim, by=by)
    rows = MissingEpisode.objects.select_for_update(of=("self",)).select_related("victim")
    return rows.get_visible(by, pk=episode.pk)


def _save(episode: MissingEpisode, *changed: str) -> None:
    check_row(episode)
    episode.save(update_fields=changed)
