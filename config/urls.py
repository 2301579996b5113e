"""The room of every address: which app answers which path."""

from allauth.account.views import account_inactive, password_change
from django.urls import include, path

from accounts.views import security
from accounts.views.directory import directory_back, directory_start
from accounts.views.signin import set_password, sign_in, sign_out
from config import health

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("account/login/", sign_in, name="account_login"),
    path("account/logout/", sign_out, name="account_logout"),
    path("account/inactive/", account_inactive, name="account_inactive"),
    path("account/password/", password_change, name="account_change_password"),
    path("account/set-password/<uuid:who>", set_password, name="set-password"),
    path("account/directory/<slug:force>/", directory_start, name="directory-start"),
    path("account/directory/<slug:force>/back", directory_back, name="directory-back"),
    path("account/second-step/", security.second_step_of_sign_in, name="mfa_authenticate"),
    path("account/passkey/", security.passkey_sign_in, name="mfa_login_webauthn"),
    path("account/security", security.security, name="security"),
    path("account/security/read", security.notices_read, name="notices-read"),
    path("account/security/step", security.second_step, name="second-step"),
    path("account/security/app", security.app_add, name="app-add"),
    path("account/security/passkey", security.passkey_add, name="passkey-add"),
    path("account/security/step/<int:pk>/remove", security.step_remove, name="step-remove"),
    path("account/security/codes", security.codes, name="codes"),
    path("account/sessions/end", security.sessions_end_others, name="sessions-end-others"),
    path("account/sessions/<uuid:handle>/end", security.session_end, name="session-end"),
    path("", include("followups.urls")),
    path("", include("referrals.urls")),
    path("", include("casework.urls")),
    path("", include("victims.urls")),
    path("", include("training.urls")),
    path("", include("accounts.urls")),
    path("", include("pages.urls")),
]
