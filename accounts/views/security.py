"""The room of the pages on which somebody keeps how they sign in: second step, recovery codes, sessions."""

from collections.abc import Callable
from uuid import UUID

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import actions, audit
from accounts.actors import NOBODY
from accounts.auth import go_on_in_new_session
from accounts.confirm import as_json, confirmed
from accounts.errors import Conflict
from accounts.models import User
from accounts.permissions import ActorRequest
from accounts.second_step import must_have_second_step, qr_path
from accounts.signing_in import SecurityNotice, Session
from accounts.step_forms import MALFORMED, NewAppForm, NewPasskeyForm

Type = Authenticator.Type


class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """The second step of signing in: a code, or a passkey."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """With the options for the browser, if the person has a passkey."""
        shown: dict[str, object] = super().get_context_data(**kwargs)
        has = Authenticator.objects.filter(user=self.stage.login.user, type=Type.WEBAUTHN).exists()
        options = as_json(shown.pop("js_data")["request_options"])  # type: ignore[index]
        return shown | {"passkey_options": options if has else ""}

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Ask again, and say that it was wrong."""
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 400
        return answer


class PasskeyView(LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey alone: it is both steps, because it asks for a finger, a face or a PIN."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Signed in, and on the page that was asked for."""
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponse = perform_passwordless_login(self.request, passkey, login)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The same answer for every passkey that opens nothing."""
        audit.record("session.refused", by=NOBODY, step="passkey")
        messages.error(self.request, _("That passkey opens no account here. Sign in below."))
        return redirect("account_login")


second_step_of_sign_in = SecondStepView.as_view()
passkey_sign_in = PasskeyView.as_view()


@require_safe
def security(request: ActorRequest) -> HttpResponse:
    """How somebody signs in, where they are signed in now, and what changed."""
    user = _user(request)
    steps = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    codes = next((step for step in steps if step.type == Type.RECOVERY_CODES), None)
    sessions = Session.objects.filter(user=user, expire_date__gt=clocks.now())
    shown = {
        "notices": SecurityNotice.objects.filter(user=user, read_at__isnull=True)[:20],
        "app": next((step for step in steps if step.type == Type.TOTP), None),
        "passkeys": [step for step in steps if step.type == Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "sessions": sessions.order_by("-started_at", "handle"),
        "this_session": request.session.session_key,
        "has_password": user.has_usable_password(),
    }
    return render(request, "accounts/security.html", shown)


@require_safe
def second_step(request: ActorRequest) -> HttpResponse:
    """What a second step is, and the two ways to have one."""
    user = _user(request)
    must = must_have_second_step(request.actor.roles) and not user.has_second_step
    return render(
        request, "accounts/second_step.html", {"must": must, "by_number": _by_number(request)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def app_add(request: ActorRequest) -> HttpResponse:
    """An authenticator app is tied to the account with a QR code, and shows that it is."""
    user = _user(request)
    form = NewAppForm(request.POST or None, user=user)
    if form.is_valid():
        clear_totp_secret(request)
        return _add(request, lambda: actions.add_app(by=request.actor, secret=form.secret))
    path, width = qr_path(get_adapter().build_totp_url(user, form.secret))
    shown = {"form": form, "qr_path": path, "qr_width": width, "secret": _in_fours(form.secret)}
    return render(request, "accounts/app_add.html", shown, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def passkey_add(request: ActorRequest) -> HttpResponse:
    """A passkey of this device, or of a key that is plugged in, is tied to the account."""
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid():
        credential = form.cleaned_data["credential"]
        try:
            webauthn.parse_registration_response(credential)
            webauthn.complete_registration(credential)
        except (ValidationError, *MALFORMED):
            form.add_error("name", _("The passkey could not be added. Press the button again"))
        else:
            name = form.cleaned_data["name"]
            return _add(
                request,
                lambda: actions.add_passkey(by=request.actor, name=name, credential=credential),
            )
    options = as_json(webauthn.begin_registration(_user(request), passwordless=True))
    shown = {"form": form, "passkey_options": options, "by_number": _by_number(request)}
    return render(request, "accounts/passkey_add.html", shown, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def step_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """One second step is taken away."""
    steps = Authenticator.objects.filter(user=_user(request)).exclude(type=Type.RECOVERY_CODES)
    step = get_object_or_404(steps, pk=pk)
    if request.method == "POST":
        actions.remove_step(by=request.actor, step=step)
        go_on_in_new_session(request)
        messages.success(request, _("Removed. Every other session of yours has ended."))
        return redirect("security")
    is_last = steps.count() == 1
    must = must_have_second_step(request.actor.roles)
    shown = {"step": step, "is_last": is_last, "must": must, "is_app": step.type == Type.TOTP}
    return render(request, "accounts/step_remove.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def codes(request: ActorRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    if not _user(request).has_second_step:
        raise Http404
    if request.method == "POST":
        return _add(request, lambda: actions.make_codes(by=request.actor))
    return render(request, "accounts/codes_new.html")


@require_POST
@confirmed
def session_end(request: ActorRequest, handle: UUID) -> HttpResponse:
    """One of one's own sessions ends; ending the one in use is signing out."""
    actions.end_session(by=request.actor, handle=handle)
    if request.session.get("handle") == str(handle):
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("Ended. Whoever used it must sign in again."))
    return redirect("security")


@require_POST
@confirmed
def sessions_end_others(request: ActorRequest) -> HttpResponse:
    """Every session of one's own but this one ends."""
    actions.end_other_sessions(by=request.actor, keep=str(request.session.session_key))
    messages.success(request, _("You are signed in here and nowhere else."))
    return redirect("security")


@require_POST
def notices_read(request: ActorRequest) -> HttpResponse:
    """What changed was read: the banner goes away."""
    actions.read_notices(by=request.actor, at=clocks.now())
    return redirect("security")


def _add(request: ActorRequest, act: Callable[[], list[str]]) -> HttpResponse:
    """Something that opens the account is new: go on here alone, and see the codes once if there are new ones."""
    try:
        fresh = act()
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
        return redirect("security")
    go_on_in_new_session(request)
    if fresh:
        return render(request, "accounts/codes.html", {"codes": fresh})
    messages.success(request, _("Added. Every other session of yours has ended."))
    return redirect("security")


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    return user


def _by_number(request: HttpRequest) -> bool:
    """Whether the site was opened by a number (127.0.0.1): browsers keep passkeys for names only."""
    host = request.get_host().partition(":")[0]
    return host.replace(".", "").isdigit() or host.startswith("[")


def _in_fours(secret: str) -> str:
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def _status(form: BaseForm) -> int:
    return 400 if form.is_bound and form.errors else 200
