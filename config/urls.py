"""The room of every address: which app answers which path."""

from allauth.account.views import account_inactive, password_change
from django.urls import include, path

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
    path("", include("followups.urls")),
    path("", include("referrals.urls")),
    path("", include("casework.urls")),
    path("", include("victims.urls")),
    path("", include("training.urls")),
    path("", include("accounts.urls")),
    path("", include("pages.urls")),
]
