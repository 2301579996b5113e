"""The app's name, and the ports it fills when the project starts."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "followups"

    def ready(self) -> None:
        """Fill the ports: models are there only now."""
        from accounts.exports import offer  # noqa: PLC0415 - its imports need the models
        from followups import downloads, ports  # noqa: PLC0415

        ports.fill()
        offer(*downloads.DOWNLOADS)
