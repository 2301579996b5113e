"""The room of which sections stand in the navigation, by what the person may do."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from pages.context import NavItem

SECTIONS = (
    (Permission.WORK_VIEW, "followups:work", _("My work")),
    (Permission.QUEUE_VIEW, "followups:desk", _("Desk")),
    (Permission.QUEUE_VIEW, "followups:queue", _("Team")),
    (Permission.NUMBERS_VIEW, "followups:numbers", _("Numbers")),
    (Permission.AGENCY_INBOX, "referrals:inbox", _("Referrals")),
    (Permission.AGENCY_MANAGE, "accounts:team", _("Your agency")),
    (Permission.PERSON_FIND, "casework:find", _("Find")),
    (Permission.DIRECTORY_VIEW, "referrals:agencies", _("Agencies")),
    (Permission.ADVICE_ASK, "accounts:specialists", _("Whom to ask")),
    (Permission.TRAINING_TEAM, "training:register", _("Training")),
    (Permission.PEOPLE_VIEW, "accounts:people", _("People")),
    (Permission.AUDIT_VIEW, "accounts:audit", _("Audit")),
    (Permission.EXPORT_VIEW, "accounts:exports", _("What left")),
    (Permission.TRAINING_OWN, "followups:me", _("Me")),
)


def navigation(request: HttpRequest) -> list[NavItem]:
    """The sections that this person may enter; acts stand on pages as buttons."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    return [
        NavItem(words=str(words), href=reverse(name))
        for permission, name, words in SECTIONS
        if actor.can(permission)
    ]
