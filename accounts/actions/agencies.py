"""The room of support agencies and the people who work for them."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.keeping import keep
from accounts.actions.people import free_username
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Agency, Force, RoleHeld, User
from accounts.permissions import Permission, Role, check


@transaction.atomic
def add_agency(*, by: Actor, name: str, phone: str = "", email: str = "") -> Agency:
    """An organisation that can be sent referrals is known."""
    check(by, Permission.AGENCY_ADMIN)
    slug = slugify(name)[:50]
    if not slug:
        raise Conflict(_("Enter a name with letters in it."))
    if Agency.objects.filter(slug=slug).exists():
        raise Conflict(_("There is already an agency with this name. Choose another."))
    agency = Agency.objects.create(
        slug=slug, name=name, phone=phone, email=email, kept_by_id=by.force_id
    )
    audit.record("agency.added", by=by, of=agency)
    return agency


@transaction.atomic
def change_agency(
    *,
    by: Actor,
    agency: Agency,
    name: str,
    phone: str,
    email: str,
    is_active: bool,
    kept_by: Force | None = None,
) -> Agency:
    """The agency's name, how to reach it, whether it takes referrals and which force looks after it are as given."""
    check(by, Permission.AGENCY_ADMIN)
    agency = keep(agency.pk, by=by)
    agency.name, agency.phone, agency.email, agency.is_active = name, phone, email, is_active
    agency.kept_by = kept_by or agency.kept_by
    agency.save(update_fields=["name", "phone", "email", "is_active", "kept_by"])
    audit.record("agency.changed", by=by, of=agency)
    return agency


@transaction.atomic
def add_agency_worker(
    *, by: Actor, agency: Agency, username: str, name: str, email: str = ""
) -> User:
    """Somebody who works for the agency may answer its referrals, once they set a password.

    The agency's own administrator adds colleagues too; only a force makes one of them an administrator, so that
    nobody makes up a second person.
    """
    if by.agency_id == agency.pk:
        check(by, Permission.AGENCY_MANAGE)
    else:
        check(by, Permission.AGENCY_ADMIN)
        keep(agency.pk, by=by)
    user = User.objects.create_user(
        username=free_username(username), name=name, email=email, agency=agency
    )
    RoleHeld.objects.create(user=user, role=Role.AGENCY_WORKER, given_by_id=by.id)
    audit.record("person.added", by=by, of=user, agency=str(agency.pk))
    return user
