"""The app's name, the ports it fills, and the files that may leave from here, when the project starts."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "casework"

    def ready(self) -> None:
        """Answer the ports of the rooms below, and offer files: models are there only now."""
        from accounts.exports import offer  # noqa: PLC0415
        from accounts.gates import blind_keys_rotated, record_of  # noqa: PLC0415
        from casework import finding  # noqa: PLC0415
        from casework.downloads import DOWNLOADS  # noqa: PLC0415

        blind_keys_rotated.fill(finding.follow)
        record_of.fill(finding.record_of)
        offer(*DOWNLOADS)
