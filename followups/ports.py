"""The room of what lower rooms ask and announce: may this case close, it closed, somebody is away."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.gates import person_absent
from accounts.models import Absence
from casework.gates import dispose, may_close, may_dispose, on_closed, on_transferred
from casework.models import Case, RetentionReview
from followups.engine import last_run, live_followups, reconcile_case
from followups.rules import RULES, cannot_say, of, why


def unmet_duties(case: Case, at: datetime) -> list[str]:
    """A sentence for each unmet duty that stands in the way of closing, and for each that cannot be asked about."""
    failing = last_run(at).failing
    blocking = [rule for rule in RULES.values() if rule.blocks_closing]
    live = live_followups([case.pk], at, [rule for rule in blocking if rule.slug not in failing])
    return [
        _("%(why)s. %(act)s first.") % {"why": why(owed), "act": of(owed).act} for owed in live.owed
    ] + [cannot_say(rule) for rule in blocking if rule.slug in failing | live.unasked]


def case_changed(case: Case, by: Actor, at: datetime) -> None:
    """What hangs on the case ended with it, began anew or moved with it, in the same transaction."""
    reconcile_case(case, at)


def absent(absence: Absence, by: Actor) -> None:
    """What they hold is held by their cover, or the duty supervisor, from the time they are away."""
    at = max(absence.starts_at, absence.recorded_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT followups_rehold(%s, %s)", [absence.user_id, at])


# What stands in the way of a disposal, by the codes of `followups_disposal_obstacles`.
KEPT_FOR = {
    "open": gettext_lazy("The case is not closed."),
    "hold": gettext_lazy("A legal hold is on it. It can be disposed of when the hold has ended."),
    "owed": gettext_lazy("Something is still owed in it. Do that first."),
    "referral": gettext_lazy("An agency still has a referral from it."),
    "disclosure": gettext_lazy(
        "A copy of it is being prepared, or somebody who asked is not answered."
    ),
}


def keeps(case: Case, at: datetime) -> list[str]:
    """A sentence for each thing that stands in the way of disposing of the case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(followups_disposal_obstacles(%s, %s))", [case.pk, at])
        return [str(KEPT_FOR[code]) for (code,) in cursor.fetchall()]


def disposed(review: RetentionReview) -> UUID:
    """The case and everything that hangs on it are gone; answers with the certificate that stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT followups_dispose(%s)", [review.pk])
        (certificate,) = cursor.fetchone()
    return UUID(str(certificate))


def fill() -> None:
    """Answer the ports of the rooms below."""
    may_close.fill(unmet_duties)
    may_dispose.fill(keeps)
    dispose.fill(disposed)
    on_closed.fill(case_changed)
    on_transferred.fill(case_changed)
    person_absent.fill(absent)
