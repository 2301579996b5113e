"""The room of the addresses of `followups`."""

from django.urls import URLPattern, URLResolver

app_name = "followups"
urlpatterns: list[URLPattern | URLResolver] = []
