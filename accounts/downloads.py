"""The room of the list of people as a file."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.exports import Content, Download, Narrowed, Sheet
from accounts.models import User
from accounts.permissions import Permission


def people(actor: Actor, narrowed: Narrowed) -> Content:
    """Everybody of the force: name, sign-in name, unit and roles; no address and no number."""
    found = User.objects.filter(force=actor.own_force_id).select_related("unit")
    found = found.prefetch_related("roles").order_by("-is_active", "name", "pk")
    rows = [
        [
            person.name,
            person.username,
            person.unit.name if person.unit else "",
            ", ".join(str(role) for role in person.roles.all()),
            "" if person.is_active else _("Left"),
        ]
        for person in found
    ]
    headings = [_("Name"), _("Sign-in name"), _("Unit"), _("Roles"), _("Left")]
    return Content(Sheet(headings, rows))


DOWNLOADS = (
    Download(
        slug="people",
        words=gettext_lazy("People of your force"),
        permission=Permission.PEOPLE_VIEW,
        make=people,
        back=lambda _narrowed: reverse("accounts:people"),
    ),
)
