"""The room of adding, taking away and resetting a second step, and of ending sessions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, notices
from accounts.actions.people import check_looks_after, locked
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.signing_in import NoticeKind, SecurityNotice, Session

MOST_PASSKEYS = 10
CODES = Authenticator.Type.RECOVERY_CODES


@transaction.atomic
def add_app(*, by: Actor, secret: str) -> list[str]:
    """The authenticator app that has the secret opens the account; recovery codes are given back if these are new."""
    user = _oneself(by)
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        raise Conflict(_("You have an authenticator app already. Remove it first."))
    TOTP.activate(user, secret)
    return _added(user, by=by, kind="app")


@transaction.atomic
def add_passkey(*, by: Actor, name: str, credential: dict[str, Any]) -> list[str]:
    """The passkey opens the account; recovery codes are given back if these are new."""
    user = _oneself(by)
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    if held.count() >= MOST_PASSKEYS:
        raise Conflict(_("You have %s passkeys already. Remove one first.") % MOST_PASSKEYS)
    WebAuthn.add(user, name, credential)
    return _added(user, by=by, kind="passkey")


@transaction.atomic
def remove_step(*, by: Actor, step: Authenticator) -> None:
    """One second step opens the account no more; without any other the recovery codes are worthless and go too."""
    user = _oneself(by)
    step = Authenticator.objects.exclude(type=CODES).get(pk=step.pk, user=user)
    kind = step.type
    step.delete()
    rest = Authenticator.objects.filter(user=user)
    if not rest.exclude(type=CODES).exists():
        rest.delete()
    audit.record("second_step.removed", by=by, of=user, step=kind)
    notices.tell(user, NoticeKind.STEP_REMOVED, by=by)


@transaction.atomic
def make_codes(*, by: Actor) -> list[str]:
    """Ten new recovery codes, given back this once; the old ones open nothing any more."""
    user = _oneself(by)
    steps = Authenticator.objects.filter(user=user)
    if not steps.exclude(type=CODES).exists():
        raise Conflict(_("Set up a second step first: recovery codes stand in for it."))
    steps.filter(type=CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    audit.record("second_step.codes_made", by=by, of=user)
    notices.tell(user, NoticeKind.CODES_MADE, by=by)
    return codes


@transaction.atomic
def reset_second_step(*, by: Actor, user: User) -> None:
    """Somebody who lost everything has no second step; they are signed out everywhere, and are told."""
    check_looks_after(user, by=by)
    user = locked(user, by=by)
    if user.pk == by.id:
        raise Refused(
            _("Ask another administrator: nobody does this for themselves."),
            verb="second_step.reset",
        )
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Conflict(_("They have no second step."))
    audit.record("second_step.reset", by=by, of=user)
    notices.tell(user, NoticeKind.STEP_RESET, by=by)


@transaction.atomic
def end_session(*, by: Actor, handle: UUID) -> None:
    """One of one's own sessions is over; if it is over already, nothing changes."""
    user = _oneself(by)
    if Session.objects.filter(user=user, handle=handle).delete()[0]:
        audit.record("session.revoked", by=by, of=user, session=str(handle))


@transaction.atomic
def end_other_sessions(*, by: Actor, keep: str) -> int:
    """Every session of one's own but the one with this key is over; how many there were."""
    user = _oneself(by)
    ended: int = Session.objects.filter(user=user).exclude(session_key=keep).delete()[0]
    audit.record("session.revoked", by=by, of=user, count=ended)
    return ended


@transaction.atomic
def end_all_sessions(*, by: Actor, user: User) -> int:
    """Somebody is signed out everywhere, and told; how many sessions there were."""
    check_looks_after(user, by=by)
    user = locked(user, by=by)
    ended: int = Session.objects.filter(user=user).delete()[0]
    audit.record("session.revoked", by=by, of=user, count=ended)
    notices.tell(user, NoticeKind.SESSIONS_ENDED, by=by)
    return ended


def forget_sessions(at: datetime) -> int:
    """Sessions that ran out are gone; how many there were."""
    with acting_as(engine("sessions"), at=at):
        forgotten: int = Session.objects.filter(expire_date__lt=at).delete()[0]
    return forgotten


@transaction.atomic
def read_notices(*, by: Actor, at: datetime) -> None:
    """The person has read what changed in how they sign in."""
    SecurityNotice.objects.filter(user=by.person_id, read_at__isnull=True).update(read_at=at)


def _oneself(by: Actor) -> User:
    return User.objects.active().select_for_update().get(pk=by.person_id)


def _added(user: User, *, by: Actor, kind: str) -> list[str]:
    audit.record("second_step.added", by=by, of=user, step=kind)
    notices.tell(user, NoticeKind.STEP_ADDED, by=by)
    if Authenticator.objects.filter(user=user, type=CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes
