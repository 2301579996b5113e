"""The app's name, and the ports it fills when the project starts."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "training"
