"""The room of a force's own directory: which there are, and how one says who somebody is (OpenID Connect).

Authorization code with PKCE, state and nonce; the token's signature, issuer, audience and times are checked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

from accounts.permissions import AGENCY_ROLES, ROLES, Permission, Role

TIMEOUT = 10  # seconds for each question to the directory
SIGNED_WITH = ["RS256", "PS256", "ES256", "EdDSA"]  # never a shared secret, never nothing
SCOPE = "openid profile email"


class NotSaid(Exception):
    """The directory did not say who it is, or said it in a way that does not hold; `why` is a word for the trail."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Directory:
    """One force's directory, as DIRECTORIES describes it."""

    force: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    roles: Mapping[str, Role]  # by group
    units: Mapping[str, str] = field(default_factory=dict)  # slug by group
    groups_claim: str = "groups"
    asks_second_step: bool = False

    def roles_of(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        """What somebody is here by the groups that the directory says; nothing for groups that nobody mapped."""
        return frozenset(self.roles[group] for group in self._groups(claims) if group in self.roles)

    def unit_of(self, claims: Mapping[str, Any]) -> str:
        """The slug of the unit that their groups say; empty when they say none."""
        return next((self.units[name] for name in self._groups(claims) if name in self.units), "")

    def _groups(self, claims: Mapping[str, Any]) -> list[str]:
        said = claims.get(self.groups_claim, [])
        return [str(group) for group in said] if isinstance(said, list) else []

    def send_there(self, request: HttpRequest, back: str, *, again: bool) -> HttpResponse:
        """The person goes to the directory; `again` has it ask even somebody whom it knows."""
        extra = {"prompt": "login", "max_age": "0"} if again else {}
        try:
            answer: HttpResponse = self._client().authorize_redirect(request, back, **extra)
        except (OAuthError, RuntimeError, requests.RequestException) as problem:
            raise NotSaid(type(problem).__name__) from problem
        return answer

    def claims_of(self, request: HttpRequest) -> dict[str, Any]:
        """Who came back, in the words of a token that holds; else `NotSaid`."""
        wanted = {
            "iss": {"essential": True, "values": [self.issuer]},
            "aud": {"essential": True, "values": [self.client_id]},
            "nonce": {"essential": True},
        }
        try:
            token = self._client().authorize_access_token(request, claims_options=wanted, leeway=60)
        except (
            OAuthError,
            JoseError,
            RuntimeError,
            requests.RequestException,
            ValueError,
        ) as wrong:
            raise NotSaid(type(wrong).__name__) from wrong
        if not token.get("userinfo"):
            raise NotSaid("no id_token")
        return dict(token["userinfo"])

    def _client(self) -> Any:
        # Made anew each time: a directory's keys and addresses are then never stale.
        client = OAuth().register(
            self.force,
            overwrite=True,
            client_id=self.client_id,
            client_secret=self.client_secret,
            server_metadata_url=f"{self.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT,
            },
        )
        said = client.load_server_metadata()
        offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
        said["id_token_signing_alg_values_supported"] = [
            name for name in SIGNED_WITH if name in offered
        ]
        return client


def directories() -> dict[str, Directory]:
    """Every directory by its force's slug."""
    return read(settings.DIRECTORIES)


@cache
def read(words: str) -> dict[str, Directory]:
    """The directories that the setting describes; a wrong one stops the start with a sentence."""
    if not words.strip():
        return {}
    try:
        found = [_directory(each) for each in json.loads(words)]
    except (TypeError, KeyError, ValueError, AttributeError) as wrong:
        raise ImproperlyConfigured(
            "DIRECTORIES must be a JSON list; each with force, name, issuer, client_id, client_secret and "
            f"roles (group: role) [docs/sign_in.md]. What is wrong: {wrong!r}"
        ) from wrong
    return {each.force: each for each in found}


def _directory(given: dict[str, Any]) -> Directory:
    roles = {str(group): Role(role) for group, role in given["roles"].items()}
    if set(roles.values()) & AGENCY_ROLES:
        raise ValueError("a force's directory gives no role of an agency")
    if not given["issuer"].startswith("https://") and not (settings.DEMO or settings.DEBUG):
        raise ValueError("the issuer must begin with https://")
    return Directory(**given | {"roles": roles})


def mixes(roles: frozenset[Role]) -> bool:
    """Whether somebody would both administer people and see cases, which nobody does."""
    return Role.ADMINISTRATOR in roles and any(
        Permission.CASE_VIEW in ROLES[role] for role in roles
    )
