"""The app's name."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "casework"
