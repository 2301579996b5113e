"""Somebody signed in, without the pages of signing in."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

import clocks
from accounts.auth import PROVED
from accounts.models import User
from accounts.sessions import SessionStore


def sign_in(client: Client, user: User) -> None:
    """The client has the cookie of a session of theirs, in which they have just proved who they are."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[PROVED] = clocks.now().timestamp()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
