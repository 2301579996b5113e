"""The room of what every act on a referral shares: locking it, refusing a stale reader, telling the case."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorKind
from casework.models import Case, CaseEvent, EventKind
from referrals.errors import Stale
from referrals.models import Event, EventType, SupportReferral


def locked(referral: SupportReferral, by: Actor, *, steps: bool = True) -> SupportReferral:
    """The row as it is now, held until the act is done; `NotVisible` when it is not this actor's.

    Without its `steps` it is asked for in half the time, for an act that needs none: a draft has not begun.
    """
    rows = SupportReferral.objects.select_for_update(of=("self",)).select_related("agency")
    return (rows.with_steps() if steps else rows).get_visible(by, pk=referral.pk)


def current(referral: SupportReferral, version: int | None) -> None:
    """Pass, or `Stale` when the actor decided on an earlier version."""
    if version is not None and version != referral.version:
        raise Stale(
            _("The referral has changed since you read it. It is now: %s. Look at it again.")
            % referral.standing.label,
            fields=[str(referral.standing.label)],
            changed=_changed_since(referral, version),
        )


def _changed_since(referral: SupportReferral, version: int) -> set[str] | None:
    """The columns that changed after that version and the types of the events; None if not known of each."""
    rows = Event.objects.reached_from(referral=referral).filter(version__gt=version)
    steps = rows.exclude(type=EventType.CONSENT_WITHDRAWN).values_list("version", "type", "columns")
    known = {at: (kind, columns) for at, kind, columns in steps if columns is not None}
    if set(known) != set(range(version + 1, referral.version + 1)):
        return None
    return {word for kind, columns in known.values() for word in (kind, *columns)}


def tell_case(
    referral: SupportReferral, sentence: str, *, step: str, by: Actor, at: datetime
) -> None:
    """The case's history has a line about the step; `sentence` names the agency, never the person."""
    if referral.in_sandbox:
        return
    CaseEvent.objects.create(
        scope_id=referral.scope_id,
        case_id=referral.case_id,
        at=at,
        recorded_at=at,
        by_id=by.id if by.kind is ActorKind.OFFICER else None,
        kind=EventKind.REFERRAL,
        text=sentence,
        detail={"referral": str(referral.pk), "agency": referral.agency.slug, "step": step},
    )
    if (
        by.kind is not ActorKind.AGENCY
    ):  # an agency cannot reach the case; the next sweep sees its answer
        # Whoever holds the case now waits perhaps for this referral, and says itself that the case has changed.
        cases = Case.objects.visible_to(by).filter(pk=referral.case_id)
        free = cases.select_for_update(of=("self",), no_key=True, skip_locked=True)
        cases.filter(pk__in=free.values("pk")).update(changed_at=at)
