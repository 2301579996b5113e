"""The app's name: settings, errors, system checks and the launcher live here."""

from django.apps import AppConfig


class HoldfastConfig(AppConfig):
    """The project itself: it may import everything and nothing imports it."""

    name = "config"
    label = "config"
