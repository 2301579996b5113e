"""The app's name, and the check that its ports are filled."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "accounts"
