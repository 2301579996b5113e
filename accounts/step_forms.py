"""The room of what is asked to show who somebody is: a second step, a passkey, and again before a grave act."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sealed import Unsealable, seal, unseal

SECRET_PLACE = "accounts_session.session_data"
CODE_WIDGET = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "class": "govuk-input--width-10",
}
NAME_OF_PASSKEY = _("For example: work laptop. You will know by it which one to remove.")


# What the library raises for a credential that no browser made.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class CredentialField(forms.JSONField):
    """What a browser made of a passkey; a number in it that is longer than Python reads is no JSON either."""

    def to_python(self, value: Any) -> Any:
        """The credential, not looked at yet."""
        try:
            return super().to_python(value)
        except ValueError as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong


class _Credential(forms.Form):
    """A credential that cannot be read opens nothing, like one that is not known."""

    credential = CredentialField(required=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # whose it is goes to the library's own form

    def clean_credential(self) -> Any:
        """The second step that it is."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as wrong:
            raise ValidationError(_("That passkey was not recognised")) from wrong


class PasskeyForm(_Credential, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class SecondStepPasskeyForm(_Credential, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class ConfirmPasskeyForm(_Credential, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, to show again who one is."""


def _code(form: forms.Form, help_text: Any, required: Any) -> None:
    field = form.fields["code"]
    field.label, field.help_text = _("Code"), help_text
    field.error_messages["required"] = required
    field.widget = forms.TextInput(attrs=CODE_WIDGET)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The second step with a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(
            self,
            _("Six digits from your authenticator app, or one of your recovery codes."),
            _("Enter the code from your authenticator app"),
        )


class NewAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """A new authenticator app shows that it has the secret; until then the secret lies sealed in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        held = context.request.session.get(SECRET_SESSION_KEY)
        if held:
            try:
                context.request.session[SECRET_SESSION_KEY] = unseal(held, place=SECRET_PLACE)
            except Unsealable:  # its key was retired meanwhile: begin with another secret
                del context.request.session[SECRET_SESSION_KEY]
        super().__init__(*args, **kwargs)
        context.request.session[SECRET_SESSION_KEY] = seal(self.secret, place=SECRET_PLACE)
        _code(self, _("Six digits, shown by the app now."), _("Enter the code that the app shows"))


class NewPasskeyForm(forms.Form):
    """What a new passkey is called, and what the browser made for it."""

    name = forms.CharField(
        label=_("What will you call this passkey?"),
        help_text=NAME_OF_PASSKEY,
        max_length=60,
        error_messages={"required": _("Enter a name for the passkey")},
    )
    credential = CredentialField(
        widget=forms.HiddenInput,
        error_messages={"required": _("No passkey was made. Press the button again.")},
    )


class ConfirmForm(forms.Form):
    """Somebody who is signed in shows again that it is they: by password, code or passkey."""

    confirm_password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    confirm_code = forms.CharField(
        label=_("Or a code from your authenticator app"),
        required=False,
        widget=forms.TextInput(attrs=CODE_WIDGET),
    )
    confirm_credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        if not user.has_usable_password():
            del self.fields["confirm_password"]
            self.fields["confirm_code"].label = _("A code from your authenticator app")
        if not user.has_second_step:
            del self.fields["confirm_code"]
            del self.fields["confirm_credential"]

    def clean(self) -> dict[str, Any]:
        """One of them must be right; what was typed is not given back."""
        given: dict[str, Any] = super().clean() or {}
        if credential := given.get("confirm_credential"):
            passkey = ConfirmPasskeyForm({"credential": credential}, user=self.user)
            self._take(passkey, next(iter(self.fields)), _("That passkey was not recognised"))
        elif code := given.get("confirm_code"):
            self._take(
                ReauthenticateForm({"code": code}, user=self.user),
                "confirm_code",
                _("That code is not right. Enter the one that the app shows now"),
            )
        elif password := given.get("confirm_password"):
            known = authenticate(self.request, username=self.user.username, password=password)
            if known is None or known.pk != self.user.pk:
                self.add_error("confirm_password", _("That is not your password"))
        elif self.fields:
            self.add_error(
                next(iter(self.fields)), _("Enter your password, or use your second step")
            )
        else:
            raise ValidationError(_("You cannot confirm here. Sign out and sign in again."))
        return given

    def _take(self, shown: forms.Form, place: str, words: Any) -> None:
        if shown.is_valid():
            shown.save()  # type: ignore[attr-defined]
        else:
            self.add_error(place, words)
