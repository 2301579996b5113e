"""The room of the second step of signing in: who needs one, and how its secrets are kept."""

from functools import cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode

from accounts.models import User
from accounts.permissions import ROLES, Permission, Role
from accounts.signing_in import StepSecret

# Whoever may do one of these sees what could lead somebody to a victim, or decides who may.
WORTH_A_SECOND_STEP = frozenset(
    {
        Permission.CASE_VIEW,
        Permission.AGENCY_INBOX,
        Permission.AUDIT_VIEW,
        Permission.PEOPLE_ADMIN,
        Permission.AGENCY_ADMIN,
        Permission.AGENCY_MANAGE,
    }
)
BY_DEFAULT = frozenset(role for role in Role if ROLES[role] & WORTH_A_SECOND_STEP)


class SealedSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """The library's second steps with their secrets sealed, under names that say which account they open."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Enter the one that the app shows now"),
    }

    def encrypt(self, text: str) -> str:
        """The id of a row that keeps the secret sealed, so that it is sealed anew with every other value."""
        return str(StepSecret.objects.create(secret=text).pk)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; an error, never the id or ciphertext, where there is none."""
        return str(StepSecret.objects.get(pk=encrypted_text).secret)

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return str(settings.SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that a passkey is for: it works at this host name and at no other."""
        return {"id": str(context.request.get_host()).partition(":")[0], "name": settings.SITE_NAME}

    def _get_user_identifier(self, user: User) -> str:
        return user.username


def must_have_second_step(roles: frozenset[Role]) -> bool:
    """Whether one of these roles is let in only with a second step."""
    return bool(roles & asked_of(settings.SECOND_STEP))


@cache
def asked_of(words: str) -> frozenset[Role]:
    """The roles that the setting names: `default`, `nobody`, or roles with commas between."""
    if words in {"default", "nobody"}:
        return BY_DEFAULT if words == "default" else frozenset()
    try:
        return frozenset(Role(word.strip()) for word in words.split(","))
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"SECOND_STEP must be `default`, `nobody`, or roles with commas between: {wrong}."
        ) from wrong


def qr_path(words: str) -> tuple[str, int]:
    """The dark squares of a QR code as the path of an SVG, and how many squares it is wide."""
    code = QRCode(border=4)
    code.add_data(words)
    rows = code.get_matrix()
    dark = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, filled in enumerate(row) if filled
    )
    return "".join(dark), len(rows)
