"""The app's name, and the files that may leave from here."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "training"

    def ready(self) -> None:
        """Say which files may leave from here."""
        from accounts.exports import offer  # noqa: PLC0415 - models exist only now
        from training.downloads import DOWNLOADS  # noqa: PLC0415

        offer(*DOWNLOADS)
