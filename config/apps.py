"""The app's name: settings, errors, system checks and the launcher live here."""

from django.apps import AppConfig


class HoldfastConfig(AppConfig):
    """The project itself: it may import everything and nothing imports it."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Know what must hold before anything starts."""
        from config import checks  # noqa: F401, PLC0415 - importing it registers the checks
