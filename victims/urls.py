"""The room of the addresses of `victims`."""

from django.urls import URLPattern, URLResolver

app_name = "victims"
urlpatterns: list[URLPattern | URLResolver] = []
