"""The room of people whom a force's directory knows: made, changed and shut out as it says, at each sign-in."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit, notices
from accounts.actors import NOBODY
from accounts.directory import Directory, mixes
from accounts.errors import Refused
from accounts.mailboxes import check_mailbox
from accounts.models import Force, RoleHeld, Unit, User
from accounts.permissions import Role
from accounts.signing_in import DirectoryEntry, NoticeKind

VERB = "session.directory"


@transaction.atomic
def arrive(*, directory: Directory, claims: Mapping[str, Any]) -> User | None:
    """Whoever the directory named is as it says: name, e-mail, unit and exactly the roles of their groups.

    None when no group gives them a role: if they were known, they may not sign in from now on, however they try.
    """
    subject, roles = str(claims["sub"]), directory.roles_of(claims)
    entry = (
        DirectoryEntry.objects.select_related("user")
        .select_for_update()
        .filter(issuer=directory.issuer, subject=subject)
        .first()
    )
    if not roles:
        if entry is not None:
            _shut_out(entry)
        return None
    if mixes(roles):
        raise Refused(
            _("Your groups make you an administrator who sees cases. Ask for two accounts."),
            verb=VERB,
        )
    if entry is None:
        entry = _new(directory, subject, claims)
    user = entry.user
    if not user.is_active:
        if entry.shut_out_at is None:
            raise Refused(_("Your account here is closed. Ask your administrator."), verb=VERB)
        _let_in(entry)
    _as_said(user, directory, claims)
    _hold(user, roles)
    return user


def _new(directory: Directory, subject: str, claims: Mapping[str, Any]) -> DirectoryEntry:
    username = str(claims.get("preferred_username") or claims.get("email") or "").strip().lower()
    if not username or User.objects.filter(username__iexact=username).exists():
        # Whoever has the name here may be somebody else: an administrator ties the two together.
        raise Refused(
            _(
                "An account with your name is here already. Ask your administrator to tie it to yours."
            ),
            verb=VERB,
        )
    force = Force.objects.get(slug=directory.force)
    user = User.objects.create_user(username=username[:150], name=username[:200], force=force)
    audit.record("person.added", by=NOBODY, of=user, directory=directory.force)
    return DirectoryEntry.objects.create(user=user, issuer=directory.issuer, subject=subject)


def _as_said(user: User, directory: Directory, claims: Mapping[str, Any]) -> None:
    said = {
        "name": str(claims.get("name") or user.name)[:200],
        "email": _mailbox(user, str(claims.get("email") or "").strip()),
    }
    if slug := directory.unit_of(claims):
        unit = Unit.objects.filter(slug=slug, force=user.force_id, is_active=True).first()
        said |= {"unit_id": unit.pk} if unit else {}  # type: ignore[dict-item]
    if user.has_usable_password():
        user.set_unusable_password()
        said["password"] = user.password
    before = user.email
    changed = [name for name, value in said.items() if getattr(user, name) != value]
    if "password" in said:
        changed.append("password")
    for name in changed:
        setattr(user, name, said[name])
    if changed:
        user.save(update_fields=changed)
    if before:  # else this is the first sign-in, or there was no address
        notices.tell_of_address(user, was=before, by=NOBODY)


def _mailbox(user: User, claimed: str) -> str:
    """The address that the directory gives, if a mail can be sent to it; else the one that is known."""
    if not claimed or claimed == user.email:
        return user.email
    try:
        check_mailbox(claimed)
    except ValidationError:
        audit.record("person.mailbox_refused", by=NOBODY, of=user, by_directory=True)
        return user.email
    return claimed


def _hold(user: User, roles: frozenset[Role]) -> None:
    """Only a difference is written: it ends their other sessions."""
    held = {Role(row.role) for row in RoleHeld.objects.filter(user=user)}
    if held == roles:
        return
    RoleHeld.objects.filter(user=user, role__in=held - roles).delete()
    RoleHeld.objects.bulk_create(RoleHeld(user=user, role=role) for role in roles - held)
    for verb, changed in (("role.taken", held - roles), ("role.given", roles - held)):
        for role in sorted(changed):
            audit.record(verb, by=NOBODY, of=user, role=str(role), by_directory=True)
    if held:
        notices.tell(user, NoticeKind.ROLES_CHANGED, by=NOBODY)


def _shut_out(entry: DirectoryEntry) -> None:
    if not entry.user.is_active:
        return
    entry.shut_out_at = clocks.now()
    entry.save(update_fields=["shut_out_at"])
    entry.user.is_active = False  # the database moves what they held [migration 0006]
    entry.user.save(update_fields=["is_active"])
    audit.record("person.left", by=NOBODY, of=entry.user, by_directory=True)


def _let_in(entry: DirectoryEntry) -> None:
    entry.shut_out_at = None
    entry.save(update_fields=["shut_out_at"])
    entry.user.is_active = True
    entry.user.save(update_fields=["is_active"])
    entry.user.refresh_from_db()
    audit.record("person.returned", by=NOBODY, of=entry.user, by_directory=True)
