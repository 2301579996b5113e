"""`manage.py agency_credentials harbour`: a key for an agency's system, and a session to paste."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from oauth2_provider.models import AccessToken

from accounts import audit
from accounts.actions.keys import new_key
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Agency, Application
from referrals.actions import open_sandbox

SESSION = """
# 1. A token for ten minutes
API={site}/api/v1
TOKEN=$(curl -sS --fail-with-body -u '{client_id}:{client_secret}' \\
  -d grant_type=client_credentials -d 'scope=referrals:read referrals:decide updates:write' \\
  "$API/token" | sed -E 's/.*"access_token": *"([^"]+)".*/\\1/')

# 2. The referrals that wait for your answer
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" "$API/referrals?page_size=10"
ID=$(curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" "$API/referrals?status=sent" \\
  | sed -nE 's/.*"results":\\[\\{{"id":"([^"]+)".*/\\1/p')

# 3. Read one; its ETag goes with every act
etag() {{ curl -sS -o /dev/null -D - -H "Authorization: Bearer $TOKEN" "$API/referrals/$ID" \\
  | tr -d '\\r' | sed -nE 's/^etag: *//Ip'; }}
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" "$API/referrals/$ID"

# 4. Accept it, and name the worker; under the same Idempotency-Key an act is done once, however often it is sent
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "If-Match: $(etag)" \\
  -H "Idempotency-Key: accept-$ID" \\
  -H 'Content-Type: application/json' -d '{{"worker_name": "Hana Wells"}}' "$API/referrals/$ID/accept"

# 5. Once the person has been reached
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "If-Match: $(etag)" \\
  -H "Idempotency-Key: first-contact-$ID" \\
  -H 'Content-Type: application/json' -d '{{}}' "$API/referrals/$ID/first-contact"
"""


class Command(BaseCommand):
    help = "Make a key for an agency's own system and print a session to try it with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agency", help="the agency's short name, such as harbour")
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="replace the key it has: the old secret and every token of it end now",
        )
        parser.add_argument(
            "--sandbox",
            action="store_true",
            help="a key of the agency's sandbox, where everybody is invented",
        )

    def handle(self, *args: Any, agency: str, rotate: bool, sandbox: bool, **options: Any) -> None:
        with acting_as(engine("agency_credentials")):
            found = _agency(agency)
            if sandbox:
                found = open_sandbox(agency=found, by=engine("agency_credentials"))
            application, secret = _key(found, rotate=rotate)
            audit.record(
                "agency.key_rotated" if rotate else "agency.key_made",
                by=engine("agency_credentials"),
                of=found,
                client_id=application.client_id[:6],
            )
        self.stdout.write(f"client_id={application.client_id}")
        self.stdout.write(f"client_secret={secret}")
        self.stderr.write("The secret is shown this once; only its hash is kept.")
        words = {"client_id": application.client_id, "client_secret": secret}
        site = settings.SITE_URL.rstrip("/") + ("/sandbox" if sandbox else "")
        self.stdout.write(SESSION.format(site=site, **words))


def _agency(slug: str) -> Agency:
    try:
        return Agency.objects.get(slug=slug, is_active=True)
    except Agency.DoesNotExist:
        known = ", ".join(Agency.objects.filter(is_active=True).values_list("slug", flat=True))
        raise CommandError(f"There is no agency {slug!r}. There are: {known or 'none'}.") from None


def _key(agency: Agency, *, rotate: bool) -> tuple[Application, str]:
    """The agency's application and its secret, which cannot be read again."""
    name = f"{agency.slug} system"  # those that its own administrators made have names of theirs
    application = agency.applications.filter(name=name, revoked_at=None).first()
    if application and not rotate:
        raise CommandError(
            f"{agency.name} has a key. Its secret cannot be shown again; --rotate makes a new one."
        )
    made, secret = new_key(agency, name)
    application = application or made
    application.client_secret = secret
    application.save()
    AccessToken.objects.filter(application=application).delete()
    return application, secret
