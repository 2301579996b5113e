"""The room of the keys with which an agency's own systems open the API."""

import secrets

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Agency, Application
from accounts.permissions import Permission, check

MOST = 10


@transaction.atomic
def make_key(*, by: Actor, agency: Agency, name: str) -> tuple[Application, str]:
    """One more system of the agency, or of its sandbox, may ask for tokens; the secret is given back this once."""
    check(by, Permission.AGENCY_MANAGE)
    own = Q(people=by.person_id) | Q(sandbox_of__people=by.person_id)
    agency = Agency.every.select_for_update(of=("self",)).get(own, pk=agency.pk)
    if agency.applications.filter(revoked_at=None).count() >= MOST:
        raise Conflict(_("You have %s keys already. Revoke one that is not used.") % MOST)
    key, secret = new_key(agency, name)
    key.made_by_id = by.person_id
    key.save()
    audit.record("agency.key_made", by=by, of=agency, client_id=key.client_id[:6])
    return key, secret


@transaction.atomic
def revoke_key(*, by: Actor, key: Application) -> None:
    """The key and every token of it end now. Doing it again changes nothing."""
    check(by, Permission.AGENCY_MANAGE)
    own = Q(agency=by.own_agency_id) | Q(agency__sandbox_of=by.own_agency_id)
    key = Application.objects.select_for_update(of=("self",)).get(own, pk=key.pk)
    if key.revoked_at is not None:
        return
    key.revoked_at, key.revoked_by_id = clocks.now(), by.person_id
    key.save(update_fields=["revoked_at", "revoked_by"])
    AccessToken.objects.filter(application=key).delete()
    audit.record("agency.key_revoked", by=by, of=key.agency, client_id=key.client_id[:6])


def new_key(agency: Agency, name: str) -> tuple[Application, str]:
    """A key that is not saved yet, and its secret: letters and digits, to be pasted into any shell."""
    key = Application(
        agency=agency,
        name=name,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    secret = key.client_secret = secrets.token_hex(32)
    return key, secret
