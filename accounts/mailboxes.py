"""The room of which addresses a mail can be sent to at all: more than looks right must hold."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import EmailValidator, validate_email

LONGEST = 254


def can_be_mailed(address: str) -> bool:
    """Whether a mail can be addressed to it; some that pass for an address have no form that a server takes."""
    try:
        sanitize_address(address, "utf-8")
    except (ValueError, IndexError):  # the second for an address that ends in its @
        return False
    return bool(address) and not any(sign in address for sign in "\r\n")


def check_mailbox(address: str) -> None:
    """Raises `ValidationError` for an address that no mail can be sent to."""
    validate_email(address)
    if len(address) > LONGEST or not can_be_mailed(address):
        raise ValidationError(EmailValidator.message, code="invalid")


class MailboxField(forms.EmailField):
    """Where somebody is written to: an address that a mail can really be sent to."""

    default_validators = [check_mailbox]
