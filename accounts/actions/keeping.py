"""The room of which force looks after an agency: forces share agencies, and one decides who signs in for each."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.models import Agency


def keepable(force_id: UUID, path: str = "") -> Q:
    """Agencies that the force's administrators look after, and those that no force does yet.

    `path` is the way from a row to its agency; rows of none are not among them.
    """
    step = f"{path}__" if path else ""
    of_one = Q(**{f"{path}__isnull": False}) if path else Q()
    return of_one & (Q(**{f"{step}kept_by": force_id}) | Q(**{f"{step}kept_by": None}))


def keep(agency_id: UUID, *, by: Actor) -> Agency:
    """The agency, locked for change by the force that looks after it; by the first, while none does. Else `Refused`.

    What no force asks for (a command, the demo) changes nothing about who looks after it.
    """
    agency = Agency.every.select_for_update(of=("self",)).get(pk=agency_id)
    if by.force_id is None:
        return agency
    if agency.kept_by_id is None:
        agency.kept_by_id = by.force_id
        agency.save(update_fields=["kept_by"])
    if agency.kept_by_id != by.force_id:
        raise Refused(
            _("Another force looks after this agency. Ask its administrators."),
            verb="agency.change",
        )
    return agency
