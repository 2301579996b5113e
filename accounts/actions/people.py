"""The room of adding people, changing them, and giving and taking their roles."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, notices
from accounts.actions.keeping import keep
from accounts.actors import NOBODY, Actor, ActorKind
from accounts.auth import PasswordLink
from accounts.errors import Conflict, Refused
from accounts.models import RoleHeld, Unit, User
from accounts.permissions import AGENCY_ROLES, ROLES, Permission, Role, check
from accounts.signing_in import DirectoryEntry, NoticeKind


@transaction.atomic
def add_person(
    *,
    by: Actor,
    username: str,
    name: str,
    email: str = "",
    mobile: str = "",
    unit: Unit | None = None,
    languages: str = "",
    officer_gender: str = "",
) -> User:
    """Somebody works for the force; they cannot sign in before they set a password through their link."""
    check(by, Permission.PEOPLE_ADMIN)
    _unit_of_own_force(unit, by=by)
    username = free_username(username)
    user = User.objects.create_user(
        username=username,
        name=name,
        email=email,
        mobile=mobile,
        force_id=by.force_id,
        unit=unit,
        languages=languages,
        officer_gender=officer_gender,
    )
    audit.record("person.added", by=by, of=user)
    return user


@transaction.atomic
def change_person(
    *,
    by: Actor,
    user: User,
    name: str,
    email: str,
    mobile: str,
    unit: Unit | None,
    languages: str,
    officer_gender: str = "",
) -> User:
    """The person's name, e-mail, mobile, unit, languages and whom they are offered as are as given.

    A new e-mail is told to the old one too.
    """
    check(by, Permission.PEOPLE_ADMIN)
    user = locked(user, by=by)
    if user.force_id is None and unit is not None:
        raise Conflict(_("An agency's worker has no police unit."))
    _unit_of_own_force(unit, by=by)
    before = user.email
    user.name, user.email, user.mobile = name, email, mobile
    user.unit, user.languages, user.officer_gender = unit, languages, officer_gender
    user.save(update_fields=["name", "email", "mobile", "unit", "languages", "officer_gender"])
    audit.record("person.changed", by=by, of=user)
    notices.tell_of_address(user, was=before, by=by)
    return user


@transaction.atomic
def give_role(*, by: Actor, user: User, role: Role) -> None:
    """The person may do what the role allows once they signed in again. Nobody gives themselves a role."""
    check(by, Permission.PEOPLE_ADMIN)
    user = locked(user, by=by)
    _not_oneself(user, by=by, verb="role.given")
    if (role in AGENCY_ROLES) != (user.agency_id is not None):
        raise Conflict(_("That role belongs to another kind of organisation."))
    held = {Role(row.role) for row in user.roles.all()}
    if role in held:
        return
    if _mixes_administration_with_cases(held | {role}):
        raise Conflict(
            _(
                "An administrator sees no cases: take the other roles away first, or use two accounts."
            )
        )
    RoleHeld.objects.create(user=user, role=role, given_by_id=by.id)
    audit.record("role.given", by=by, of=user, role=str(role))


@transaction.atomic
def take_role(*, by: Actor, user: User, role: Role) -> None:
    """The person may no longer do what only that role allowed: every session they had has ended."""
    check(by, Permission.PEOPLE_ADMIN)
    user = locked(user, by=by)
    _not_oneself(user, by=by, verb="role.taken")
    if user.roles.filter(role=role).delete()[0]:
        audit.record("role.taken", by=by, of=user, role=str(role))


@transaction.atomic
def set_roles(*, by: Actor, user: User, roles: set[Role]) -> None:
    """The person holds exactly these roles; if they held others, their sessions have ended and they are told."""
    held = {Role(row.role) for row in user.roles.all()}
    for role in sorted(held - roles):
        take_role(by=by, user=user, role=role)
    for role in sorted(roles - held):
        give_role(by=by, user=user, role=role)
    if roles != held:
        notices.tell(user, NoticeKind.ROLES_CHANGED, by=by)


@transaction.atomic
def make_password_link(*, by: Actor, user: User) -> str:
    """A path is made through which the person sets their own password within a day, once; and they are told.

    It opens nothing by itself: whoever has a second step is asked for it when they sign in.
    An agency's administrator makes none for another one: with it they would be two persons.
    """
    check_looks_after(user, by=by)
    user = locked(user, by=by)
    if by.agency_id and user.roles.filter(role=Role.AGENCY_ADMINISTRATOR).exists():
        raise Refused(
            _("Ask the police: only they make a link for an administrator."),
            verb="person.link_made",
        )
    _not_oneself(user, by=by, verb="person.link_made")
    if not user.is_active:
        raise Conflict(_("This person has left and cannot sign in."))
    if DirectoryEntry.objects.filter(user=user).exists():
        raise Conflict(_("This person signs in through the force's own directory, not here."))
    audit.record("person.link_made", by=by, of=user)
    notices.tell(user, NoticeKind.LINK_MADE, by=by)
    return PasswordLink().path(user)


@transaction.atomic
def set_password(*, by: Actor, user: User, password: str) -> None:
    """The person has a new password of their own; every session they had has ended."""
    if by.id != user.pk:
        raise Refused(_("Only you can set your own password."), verb="person.password_set")
    user = User.objects.active().select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("person.password_set", by=by, of=user)
    # Whoever had the link may not be who they say: the banner stays until somebody reads it.
    notices.tell(user, NoticeKind.PASSWORD_SET, by=NOBODY)


def free_username(username: str) -> str:
    """The sign-in name in small letters, or `Conflict` when somebody has it."""
    username = username.strip().lower()
    if User.objects.filter(username__iexact=username).exists():
        raise Conflict(_("Somebody already has this sign-in name. Choose another."))
    return username


def locked(user: User, *, by: Actor) -> User:
    """The person, locked for change, when they are of the administrator's own force or of an agency that it keeps."""
    found = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if found.force_id not in {None, by.force_id} and by.force_id is not None:
        raise Refused(_("This person belongs to another force."), verb="person.change")
    if found.agency_id is not None and by.kind is not ActorKind.AGENCY:
        keep(found.agency_id, by=by)
    return found


def check_looks_after(user: User, *, by: Actor) -> None:
    """Pass for whoever keeps the people of a force, or of this person's agency; else `Refused`."""
    if by.kind is ActorKind.AGENCY:
        check(by, Permission.AGENCY_MANAGE)
        if user.agency_id != by.agency_id:
            raise Refused(_("This person works for somebody else."), verb="person.change")
    else:
        check(by, Permission.PEOPLE_ADMIN)


def _not_oneself(user: User, *, by: Actor, verb: str) -> None:
    if user.pk == by.id:
        raise Refused(_("Ask another administrator: nobody does this for themselves."), verb=verb)


def _unit_of_own_force(unit: Unit | None, *, by: Actor) -> None:
    if unit is not None and by.force_id not in {None, unit.force_id}:
        raise Refused(_("This unit belongs to another force."), verb="person.change")


def _mixes_administration_with_cases(roles: set[Role]) -> bool:
    return Role.ADMINISTRATOR in roles and any(
        Permission.CASE_VIEW in ROLES[role] for role in roles
    )
