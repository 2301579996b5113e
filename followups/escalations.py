"""The room of what an escalation waits for: who may answer for it, who has, and who could do it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Func, Q, UUIDField, Value
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import ROLES, Permission, Role
from followups.models import ESCALATED, TOP_RUNG, FollowUp
from pages.due import on_the_wall

# To be joined with rows that have `id`, `round` and `holder_id`; asks for `at` and `reach_users`. The columns are
# those of `Escalation`, none for what has not gone up.
ESCALATION = f"""LEFT JOIN LATERAL (
    SELECT s.rung, d.name AS doer, k.until,
           {{of}}.holder_id = ANY (%(reach_users)s::uuid[]) OR EXISTS (
               SELECT 1 FROM followups_step t JOIN followups_notice n ON n.step_id = t.id
                WHERE t.followup_id = {{of}}.id AND t.round = {{of}}.round AND t.rung >= {ESCALATED}
                  AND n.person_id = ANY (%(reach_users)s::uuid[])) AS asked,
           coalesce(k.rung = s.rung AND (s.rung < {TOP_RUNG} OR k.until > %(at)s), false) AS answered
      FROM followups_step s
      LEFT JOIN LATERAL (SELECT a.doer_id, a.until, a.rung FROM followups_acknowledgement a
                          WHERE a.followup_id = {{of}}.id AND a.round = {{of}}.round
                          ORDER BY a.at DESC LIMIT 1) k ON true
      LEFT JOIN accounts_user d ON d.id = k.doer_id
     WHERE s.followup_id = {{of}}.id AND s.round = {{of}}.round AND s.rung >= {ESCALATED}
     ORDER BY s.rung DESC LIMIT 1) e ON true"""  # nosec B608 - only our own words
OF_SOME = f"""
SELECT f.id, e.* FROM followups_followup f {ESCALATION.format(of="f")}
 WHERE f.id = ANY (%(ids)s::uuid[]) AND e.rung IS NOT NULL
"""  # nosec B608 - only our own words


@dataclass(frozen=True)
class Escalation:
    """How high something has gone, who said last that they see to it and until when.

    `asked` is whether it was sent to the reader, or they hold it; `answered` whether somebody has answered for
    this height.
    """

    rung: int
    doer: str | None
    until: datetime | None
    asked: bool
    answered: bool

    @property
    def wanted(self) -> bool:
        """Whether the reader should say who does it."""
        return self.asked and not self.answered

    def promise(self, at: datetime) -> str:
        """Who does it until when, while that has not passed; else nothing."""
        if self.until is None or self.until <= at:
            return ""
        return _("%(who)s does it by %(when)s") % {
            "who": self.doer,
            "when": on_the_wall(self.until, at),
        }


NOT_ESCALATED = Escalation(0, None, None, asked=False, answered=False)


def escalations(ids: Collection[UUID], actor: Actor, at: datetime) -> dict[UUID, Escalation]:
    """Of follow-ups that the actor may see, those that have gone up to somebody above their holder: one question."""
    with connection.cursor() as cursor:
        cursor.execute(
            OF_SOME, {"ids": list(ids), "at": at, "reach_users": sorted(actor.acting_for)}
        )
        return {row[0]: Escalation(*row[1:]) for row in cursor.fetchall()}


def who_could(followup: FollowUp, by: Actor, at: datetime) -> list[User]:
    """Who could do it: those who may see it and work in its unit, answer for it, hold it or say so; `by` first."""
    may_see: Any = Func(
        "pk",
        Value(followup.scope_id, UUIDField()),
        Value(at),
        function="followups_may_see",
        output_field=BooleanField(),
    )
    near = Q(pk__in=[by.id, followup.holder_id, followup.owner_id])
    if followup.unit_id:
        near |= Q(unit=followup.unit_id) | Q(supervisions__unit=followup.unit_id)
    leads = Q(roles__role=Role.SPECIALIST_LEAD, force=followup.force_id)
    doing = [role for role in Role if Permission.FOLLOWUP_ACKNOWLEDGE in ROLES[role]]
    people = (
        User.objects.active()
        .filter(near | leads)
        .filter(may_see, force=followup.force_id, roles__role__in=doing)
        .distinct()
    )
    return sorted(people, key=lambda person: (person.pk != by.id, person.name))
