"""The room of where a duty is done: its page as a link for whoever may open it, else who may, in words."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.permissions import ROLES, Permission, Role
from followups.models import FollowUp
from followups.rules import of
from followups.rules.base import Rule

# Whom an officer would ask, the nearest first.
ASKED = {
    Role.RESPONDER: gettext_lazy("a responder"),
    Role.INVESTIGATOR: gettext_lazy("an investigator"),
    Role.SUPERVISOR: gettext_lazy("a supervisor"),
    Role.SPECIALIST_LEAD: gettext_lazy("a specialist lead"),
    Role.NAVIGATOR: gettext_lazy("a victim navigator"),
    Role.CRIME_REGISTRAR: gettext_lazy("the force crime registrar"),
    Role.TRAINING_ADMIN: gettext_lazy("a training administrator"),
    Role.AUDITOR: gettext_lazy("an auditor"),
}
MOST_NAMED = 2


@dataclass(frozen=True)
class Door:
    """Where a duty is done. `href` is empty for whoever may not go in; then `who` says who does it."""

    href: str
    who: str


def door(followup: FollowUp, actor: Actor) -> Door:
    """The page on which this is done, as this person finds it."""
    rule = of(followup)
    permission = permission_of(rule)
    if permission is not None and not actor.can(permission):
        return Door("", who_does(permission))
    return Door(
        _address(rule, followup.case.reference if followup.case else "", followup.subject_id), ""
    )


@cache
def permission_of(rule: Rule) -> Permission | None:
    """What the rule's page asks of whoever opens it: the mark that `@requires` left."""
    view = resolve(_address(rule, "HF-00000", UUID(int=0))).func
    found: Permission | None = getattr(view, "required_permission", None)
    return found


@cache
def who_does(permission: Permission) -> str:
    """ "An investigator or a supervisor does this." """
    asked = [str(words) for role, words in ASKED.items() if permission in ROLES[role]]
    if not asked:
        return _("Somebody else does this. Ask your supervisor.")
    words = _(" or ").join(asked[:MOST_NAMED])
    return _("%s does this.") % (words[0].upper() + words[1:])


def _address(rule: Rule, reference: str, subject: UUID) -> str:
    of_what: dict[str, list[object]] = {
        "case": [reference],
        "subject": [subject],
        "nobody": [],
    }
    return reverse(rule.page, args=of_what[rule.page_of])
