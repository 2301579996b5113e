"""The app's name, and the ports it fills when the project starts."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "casework"

    def ready(self) -> None:
        """Searches that were noted are known by the new blind keys too."""
        from accounts.gates import blind_keys_rotated  # noqa: PLC0415 - models exist only now
        from casework.finding import follow  # noqa: PLC0415

        blind_keys_rotated.fill(follow)
