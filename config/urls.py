"""The room of every address: which app answers which path."""

from config import health
from django.urls import include, path

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("account/", include("allauth.account.urls")),
    path("", include("followups.urls")),
    path("", include("referrals.urls")),
    path("", include("casework.urls")),
    path("", include("victims.urls")),
    path("", include("training.urls")),
    path("", include("accounts.urls")),
    path("", include("pages.urls")),
]
