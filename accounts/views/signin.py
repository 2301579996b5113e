"""The room of the pages of signing in and out, and of setting a password through a link."""

from uuid import UUID

from allauth.account.views import LoginView, LogoutView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

import clocks
from accounts import actions
from accounts.auth import PasswordLink, actor_of
from accounts.context import acting_as
from accounts.directory import directories
from accounts.forms import SetPasswordForm
from accounts.models import User

HELD_TOKEN = "password_link"


class SignInView(LoginView):  # type: ignore[misc]
    """Signing in here, or on to a force's own directory."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """With the directories that there are."""
        shown: dict[str, object] = super().get_context_data(**kwargs)
        return shown | {"directories": list(directories().values())}


class SignOutView(LogoutView):  # type: ignore[misc]
    """Signing out; the browser forgets the pages it kept."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """End the session, and let nothing of it be seen with Back."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


sign_in = SignInView.as_view()
sign_out = SignOutView.as_view()


@login_not_required
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest, who: UUID) -> HttpResponse:
    """Somebody new, or who forgot their password, sets one; the token leaves the address at once."""
    if token := request.GET.get("token"):
        request.session[HELD_TOKEN] = token
        return redirect(request.path)
    user = User.objects.active().filter(pk=who).first()
    if not PasswordLink().check_token(user, request.session.get(HELD_TOKEN)):
        return render(request, "accounts/link_over.html", status=410)
    form = SetPasswordForm(user, request.POST or None)
    if user is None or not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "accounts/set_password.html", {"form": form}, status=status)
    by = actor_of(user, clocks.now())
    with acting_as(by):
        actions.set_password(by=by, user=user, password=form.cleaned_data["new_password1"])
    del request.session[HELD_TOKEN]
    messages.success(request, _("Your password is set. Sign in with it now."))
    return redirect("account_login")
