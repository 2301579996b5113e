"""The room of signing in: nobody signs themselves up, and what an account may reach is asked afresh each time."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts import audit, notices
from accounts.actors import NOBODY, Actor, ActorKind
from accounts.models import User
from accounts.permissions import ROLES, Permission, Role
from accounts.places import device_of, place_of
from accounts.signing_in import NoticeKind

BY_DIRECTORY = "by_directory"  # who showed a second step at their force's own directory
JUST_PROVED = "holdfast.proved"
PROVED = "proved"  # when somebody last showed who they are, in seconds since 1970

# Asked in every request, so written out: a QuerySet would take longer to build than to answer.
ACTOR = """
    SELECT u.*,
           ARRAY(SELECT r.role FROM accounts_roleheld r WHERE r.user_id = u.id) AS roles_now,
           ARRAY(SELECT s.unit_id FROM accounts_supervision s WHERE s.user_id = u.id) AS units_now,
           ARRAY(SELECT a.user_id FROM accounts_absence a JOIN accounts_user o ON o.id = a.user_id
                  WHERE a.cover_id = u.id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s
                    AND o.is_active) AS covering,
           accounts_exceptions(u.id, %(at)s) AS exceptions,
           (SELECT f.asks_why FROM accounts_force f WHERE f.id = u.force_id) AS asked_why,
           EXISTS (SELECT FROM mfa_authenticator m
                    WHERE m.user_id = u.id AND m.type <> 'recovery_codes') AS has_second_step,
           EXISTS (SELECT FROM accounts_securitynotice n
                    WHERE n.user_id = u.id AND n.read_at IS NULL) AS is_warned
      FROM accounts_user u WHERE u.id = %(user)s
"""


class SignedInBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in as the library does; on each request asks who they are and what they may reach at once."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with their roles, units and whom they cover for now; None once they may not sign in."""
        try:
            known = {"user": UUID(str(user_id)), "at": clocks.now()}
        except ValueError:
            return None
        found = list(User.objects.raw(ACTOR, known))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; the sign-up page is closed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong codes. Wait 30 minutes, then try again"
        ),
        "rate_limited": gettext_lazy("Too many wrong codes. Wait 30 minutes, then try again"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can make an account for themselves."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent there once they are signed in; never to what is no whole address."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Signing in and out need no banner; a changed password does."""
        template = str(kwargs.get("message_template", "") or "".join(map(str, args[1:2])))
        if template.endswith("password_changed.txt"):
            messages.success(request, _("Your password is changed."))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own work."""
        return "/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never by the library: one gate asks who somebody is before such acts [accounts/confirm.py]."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by django-axes, by name and address together."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as everywhere else."""
        return client_ip(request)


class PasswordLink(PasswordResetTokenGenerator):
    """A link through which one person sets their password, once, within a day.

    Nothing is stored: the token is signed over the present password hash, so that using it ends it.
    """

    key_salt = "accounts.auth.PasswordLink"

    def path(self, user: User) -> str:
        """The path of the link; the token is in the query, which no log keeps."""
        return f"{reverse('set-password', args=[user.pk])}?token={self.make_token(user)}"

    def _now(self) -> datetime:
        return clocks.now().astimezone(UTC).replace(tzinfo=None)


def client_ip(request: HttpRequest) -> str:
    """Where a request comes from: behind our proxy, the address that the proxy itself saw."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def go_on_in_new_session(request: HttpRequest) -> None:
    """Whoever changed their own second step stays signed in here, and nowhere else: the old session is gone."""
    request.session.cycle_key()


def note_signed_in(*, request: HttpRequest, user: User, **_rest: Any) -> None:
    """Somebody signed in: their session has a name of its own and says where it is, coarsely."""
    at = clocks.now()
    handle = str(uuid4())
    request.session.update(
        {
            "handle": handle,
            "started_at": at.isoformat(),
            "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
            "place": place_of(client_ip(request)),
            PROVED: at.timestamp(),
        }
    )
    audit.record("session.started", by=actor_of(user, at), of=user, session=handle)


def note_signed_out(*, request: HttpRequest, user: User | None, **_rest: Any) -> None:
    """Somebody signed out, or their session ran out."""
    if user is not None:
        handle = request.session.get("handle", "")
        audit.record("session.ended", by=actor_of(user, clocks.now()), of=user, session=handle)


def note_second_step_refused(*, user: User, reauthentication: bool, **_rest: Any) -> None:
    """The password was right, or a session was open, and the code was not. The code is not kept."""
    by = actor_of(user, clocks.now()) if reauthentication else NOBODY
    audit.record("session.refused", by=by, of=user, step="second")


def note_refused(*, credentials: dict[str, Any], **_rest: Any) -> None:
    """A sign-in failed. What was typed is not kept: people type passwords into the wrong box."""
    audit.record("session.refused", by=NOBODY, of=_known(credentials.get("username")))


def note_locked_out(*, username: str | None, **_rest: Any) -> None:
    """Too many sign-ins failed from one place for one name."""
    audit.record("session.locked", by=NOBODY, of=_known(username))


def note_password_changed(*, user: User, **_rest: Any) -> None:
    """Somebody changed their own password."""
    by = actor_of(user, clocks.now())
    audit.record("person.password_set", by=by, of=user)
    notices.tell(user, NoticeKind.PASSWORD_SET, by=by)


def listen() -> None:
    """Hear the library's sign-in events: the only signals of Holdfast."""
    user_logged_in.connect(note_signed_in, dispatch_uid="audit")
    user_logged_out.connect(note_signed_out, dispatch_uid="audit")
    user_login_failed.connect(note_refused, dispatch_uid="audit")
    user_locked_out.connect(note_locked_out, dispatch_uid="audit")
    password_changed.connect(note_password_changed, dispatch_uid="audit")
    authentication_failed.connect(note_second_step_refused, dispatch_uid="audit")


def _known(username: str | None) -> User | None:
    return User.objects.filter(username__iexact=username).first() if username else None


def actor_of(user: User, at: datetime) -> Actor:
    """The actor that a signed-in person is at that time: roles, units and whom they cover for, in one query."""
    if not hasattr(user, "roles_now"):
        [user] = User.objects.raw(ACTOR, {"user": user.pk, "at": at})
    known: Any = user
    names, units, covering = known.roles_now, known.units_now, known.covering
    exceptions = _read(known.exceptions)
    roles = frozenset(map(Role, names))
    own_unit = {user.unit_id} if user.unit_id else set()
    # Whose roles show no case (administrator, analyst) reaches none, whatever unit they sit in.
    sees_cases = any(Permission.CASE_VIEW in ROLES[role] for role in roles)
    has_work = any(Permission.WORK_VIEW in ROLES[role] for role in roles)
    return Actor(
        kind=ActorKind.AGENCY if user.agency_id else ActorKind.OFFICER,
        name=user.name,
        id=user.pk,
        force_id=user.force_id,
        agency_id=user.agency_id,
        home_unit_id=user.unit_id,
        unit_ids=frozenset(own_unit | set(units)) if sees_cases else frozenset(),
        acting_for=frozenset({user.pk, *covering}) if has_work else frozenset(),
        roles=roles,
        barred=frozenset(map(UUID, exceptions["barred"])),
        opened={
            UUID(scope): datetime.fromisoformat(until)
            for scope, until in exceptions["opened"].items()
        },
        asked_why=known.asked_why or "",
    )


def _read(exceptions: Any) -> dict[str, Any]:
    """What `accounts_exceptions` says: psycopg2 gives the text of JSON where no field reads it."""
    found: dict[str, Any] = json.loads(exceptions) if isinstance(exceptions, str) else exceptions
    return found
