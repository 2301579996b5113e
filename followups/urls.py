"""The room of the addresses of `followups`."""

from django.urls import URLPattern, URLResolver, path

from followups import health

app_name = "followups"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz/followups", health.healthz, name="health"),
]
