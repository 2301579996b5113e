"""An agency's system, as the API sees it: a key, a token, and requests with them."""

import json
import secrets
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.test import Client
from oauth2_provider.models import AccessToken

import clocks
from accounts.actors import engine
from accounts.models import Agency, Application
from referrals.actions import open_sandbox

FORM = "application/x-www-form-urlencoded"
ALL = "referrals:read referrals:decide updates:write events:read voice:write"


class Key(NamedTuple):
    application: Application
    client_id: str
    secret: str


def key(slug: str) -> Key:
    """The agency's key; made at the first call."""
    return _key_of(Agency.objects.get(slug=slug))


def sandbox_key(slug: str) -> Key:
    """A key of the agency's sandbox, which is opened for it."""
    return _key_of(open_sandbox(agency=Agency.objects.get(slug=slug), by=engine("test")))


def _key_of(agency: Agency) -> Key:
    secret = "s" * 40
    application = agency.applications.first() or Application.objects.create(
        agency=agency,
        name=agency.slug,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    return Key(application, application.client_id, secret)


def caller(slug: str, scope: str = ALL) -> "Caller":
    """A system with a token, written straight into the table; the token address has tests of its own."""
    return _with_token(Agency.objects.get(slug=slug), slug, scope)


def sandbox_caller(slug: str, scope: str = ALL) -> "Caller":
    """The same in the agency's sandbox, which is opened for it."""
    real = Agency.objects.get(slug=slug)
    return _with_token(open_sandbox(agency=real, by=engine("test")), f"{slug} sandbox", scope)


def _with_token(agency: Agency, slug: str, scope: str) -> "Caller":
    application, _made = Application.objects.get_or_create(
        agency=agency,
        name=f"{slug} tests",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        hash_client_secret=False,
    )
    token = secrets.token_urlsafe(30)
    expires = clocks.now() + timedelta(minutes=10)
    AccessToken.objects.create(application=application, token=token, scope=scope, expires=expires)
    return Caller(token)


class Caller(Client):
    """Requests with one token."""

    def __init__(self, token: str) -> None:
        super().__init__(headers={"Authorization": f"Bearer {token}"} if token else None)
        self.token = token

    def act(
        self,
        pk: UUID,
        name: str,
        body: dict[str, Any] | bytes,
        tag: str | None = None,
        kind: str = "application/json",
        key: str | None = None,
    ) -> Any:
        """One act; without `tag` it is decided on the version that is read just before, without `key` it is new."""
        address = f"/api/v1/referrals/{pk}"
        if tag is None:
            tag = self.get(address).headers.get("ETag", '"1"')
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Idempotency-Key": str(uuid4()) if key is None else key}
        headers |= {"If-Match": tag} if tag else {}
        return self.post(f"{address}/{name}", raw, content_type=kind, headers=headers)
