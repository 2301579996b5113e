"""The room of two records that are of one person: link, unlink, merge, part again. Nothing is repointed."""

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Restriction
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from accounts.states import move
from casework.actions.history import lock_case, write_line
from casework.models import Case, EventKind
from victims.actions import lock_victim
from victims.gates import records_merged
from victims.models import LinkState, PersonLink, Victim


@transaction.atomic
def link(*, case: Case, other: Case, by: Actor, reason: str) -> PersonLink:
    """It is on record that the two cases may be of one person; nothing of either is shown on the other yet."""
    check(by, Permission.PERSON_LINK)
    at = clocks.now()
    one, two = _locked(case, other, by=by)
    if one.victim_id == two.victim_id:
        raise Conflict(_("These two cases are of one record already."))
    first, second = sorted((one.victim, two.victim), key=lambda victim: victim.pk)
    made = add(
        PersonLink(
            scope_id=first.scope_id,
            other_scope_id=second.scope_id,
            victim=first,
            other=second,
            reason=reason,
            linked_at=at,
            linked_by_id=by.person_id,
        )
    )
    _tell_both(one, two, EventKind.LINKED, "case.linked", by=by, text=reason)
    return made


@transaction.atomic
def unlink(*, case: Case, link: PersonLink, by: Actor, reason: str) -> None:
    """The two records are not linked any more; who said so and why is kept."""
    check(by, Permission.PERSON_LINK)
    locked, other = _of_link(case, link, by=by)
    locked.ended_at, locked.ended_by_id, locked.end_reason = clocks.now(), by.person_id, reason
    move(locked, LinkState.ENDED, by=by, save=("ended_at", "ended_by", "end_reason"))
    _tell_both(case, other, EventKind.UNLINKED, "case.unlinked", by=by, text=reason)


@transaction.atomic
def merge(*, case: Case, link: PersonLink, by: Actor, reason: str) -> None:
    """The two records are read as one: what is told, and how to reach the person, shows on both."""
    check(by, Permission.PERSON_MERGE)
    locked, other = _of_link(case, link, by=by)
    kept, merged = _kept_and_merged(locked, by=by)
    at = locked.merged_at = clocks.now()
    locked.merged_by_id, locked.merge_reason = by.person_id, reason
    move(locked, LinkState.MERGED, by=by, save=("merged_at", "merged_by", "merge_reason"))
    _point(merged, kept)
    kept.refresh_from_db(fields=["of_age_on"])
    for answer in records_merged.answers:
        answer(kept, by, at)
    _tell_both(case, other, EventKind.MERGED, "case.merged", by=by, text=reason)


@transaction.atomic
def part(*, case: Case, link: PersonLink, by: Actor, reason: str) -> None:
    """The two records are each read alone again; they stay linked."""
    check(by, Permission.PERSON_MERGE)
    locked, other = _of_link(case, link, by=by)
    move(locked, LinkState.LINKED, by=by)
    for victim in _both(locked, by=by):
        if victim.merged_into_id in {locked.victim_id, locked.other_id}:
            _point(victim, None)
    _tell_both(case, other, EventKind.UNMERGED, "case.unmerged", by=by, text=reason)


def _locked(case: Case, other: Case, *, by: Actor) -> tuple[Case, Case]:
    """Both cases, locked in one order whoever begins."""
    locked = {each.pk: lock_case(each, by=by) for each in sorted((case, other), key=lambda c: c.pk)}
    return locked[case.pk], locked[other.pk]


def _of_link(case: Case, link: PersonLink, *, by: Actor) -> tuple[PersonLink, Case]:
    """The link and the two cases, locked, the cases first; only if this actor sees both and the link is theirs."""
    links = PersonLink.objects.visible_to(by).standing().of(case.victim).filter(pk=link.pk)
    found = links.first()
    if found is None:
        raise NotVisible("victims.PersonLink")
    others = Case.objects.visible_to(by).filter(victim__in=(found.victim_id, found.other_id))
    other = others.exclude(victim=case.victim_id).first()
    if other is None:
        raise NotVisible("casework.Case")
    _case, other = _locked(case, other, by=by)
    locked = links.select_for_update(of=("self",)).first()
    if locked is None:
        raise NotVisible("victims.PersonLink")
    return locked, other


def _both(link: PersonLink, *, by: Actor) -> list[Victim]:
    """The two people, locked as `lock_victim` does, in one order."""
    people = Victim.objects.visible_to(by).filter(pk__in=(link.victim_id, link.other_id))
    return [lock_victim(person, by=by) for person in people.order_by("pk")]


def _kept_and_merged(link: PersonLink, *, by: Actor) -> tuple[Victim, Victim]:
    """Which of the two is read first: one that others are merged into already, else the older."""
    both = _both(link, by=by)
    holding = set(
        Victim.objects.visible_to(by)
        .filter(merged_into__in=both)
        .values_list("merged_into", flat=True)
    )
    if any(victim.merged_into_id for victim in both) or len(holding) > 1:
        raise Conflict(_("One of them is merged with a third record. Part those two first."))
    kept, merged = sorted(both, key=lambda v: (v.pk not in holding, v.created_at, v.pk))
    return kept, merged


def _point(victim: Victim, to: Victim | None) -> None:
    victim.merged_into = to
    victim.version += 1
    victim.save(update_fields=["merged_into", "version"])


def _tell_both(
    case: Case, other: Case, kind: EventKind, verb: str, *, by: Actor, text: str
) -> None:
    """A line in each history; but no case says that there is another that is held closely."""
    now = clocks.now()
    for told, of in ((case, other), (other, case)):
        if of.scope.restriction == Restriction.STANDARD:
            write_line(told, kind, verb=verb, by=by, recorded_at=now, text=text)
