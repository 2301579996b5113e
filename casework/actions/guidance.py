"""The room of keeping guidance, and of noting which of it somebody had before them when they decided."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from casework.guidance import starters
from casework.models import Case, CaseEvent, GuidanceCard, GuidanceShown


@transaction.atomic
def add_card(
    *, by: Actor, step: str, title: str, words: str, source: str, standing: str
) -> GuidanceCard:
    """The card stands beside the step from now on, for everybody of the force."""
    check(by, Permission.SPECIALISTS_KEEP)
    earlier = GuidanceCard.objects.filter(force=by.own_force_id, step=step, title=title)
    return _keep(by, step, title, words, source, standing, version=earlier.count() + 1)


@transaction.atomic
def change_card(
    *, by: Actor, card_id: UUID, words: str, source: str, standing: str
) -> GuidanceCard:
    """The next version stands there instead; the one before stays with what was decided beside it."""
    check(by, Permission.SPECIALISTS_KEEP)
    card = end_card(by=by, card_id=card_id)
    return _keep(by, card.step, card.title, words, source, standing, version=card.version + 1)


@transaction.atomic
def end_card(*, by: Actor, card_id: UUID) -> GuidanceCard:
    """The card is shown no more."""
    check(by, Permission.SPECIALISTS_KEEP)
    rows = GuidanceCard.objects.select_for_update().standing_now().filter(force=by.own_force_id)
    card = rows.filter(pk=card_id).first()
    if card is None:
        raise NotVisible(GuidanceCard._meta.label)
    card.ended_at, card.ended_by_id = clocks.now(), by.person_id
    card.save(update_fields=["ended_at", "ended_by"])
    audit.record("guidance.ended", by=by, of=card, version=card.version)
    return card


@transaction.atomic
def take_starters(*, by: Actor) -> int:
    """A force that has kept no guidance yet begins with the cards that come with Holdfast; how many."""
    check(by, Permission.SPECIALISTS_KEEP)
    if GuidanceCard.objects.filter(force=by.own_force_id).exists():
        raise Conflict(_("Your force has guidance already. Add to it, or change it."))
    for card in starters():
        _keep(by, card.step, card.title, card.words, card.source, card.standing, version=1)
    return len(starters())


def _keep(
    by: Actor, step: str, title: str, words: str, source: str, standing: str, *, version: int
) -> GuidanceCard:
    card = add(
        GuidanceCard(
            force_id=by.own_force_id,
            step=step,
            title=title,
            words=words,
            source=source,
            standing=standing,
            version=version,
            set_by_id=by.person_id,
            set_at=clocks.now(),
        )
    )
    audit.record("guidance.set", by=by, of=card, step=step, version=version)
    return card


@transaction.atomic
def note_shown(*, case: Case, cards: Iterable[UUID], step: str, by: Actor) -> None:
    """These cards stood beside what this person just did in the case. What is not their force's is passed over."""
    check(by, Permission.CASE_VIEW)
    found = GuidanceCard.objects.filter(pk__in=list(cards), force=by.own_force_id, step=step)
    at = clocks.now()
    lines = CaseEvent.objects.visible_to(by).filter(case=case, by=by.person_id)
    line = lines.order_by("-recorded_at", "-pk").first()
    for card in found.order_by("pk"):
        add(
            GuidanceShown(
                scope_id=case.scope_id,
                case=case,
                at=at,
                by_id=by.person_id,
                recorded_at=at,
                event=line,
                card=card,
            )
        )
