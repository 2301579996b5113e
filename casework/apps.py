"""The app's name, the ports it fills, and the files that may leave from here, when the project starts."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "casework"

    def ready(self) -> None:
        """Searches that were noted are known by the new blind keys too; files are offered."""
        from accounts.exports import offer  # noqa: PLC0415 - models exist only now
        from accounts.gates import blind_keys_rotated  # noqa: PLC0415
        from casework.downloads import DOWNLOADS  # noqa: PLC0415
        from casework.finding import follow  # noqa: PLC0415

        blind_keys_rotated.fill(follow)
        offer(*DOWNLOADS)
