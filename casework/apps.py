"""The app's name, and the ports it fills when the project starts."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "casework"

    def ready(self) -> None:
        """Whatever a leaver held moves with their leaving."""
        from accounts.gates import person_left  # noqa: PLC0415 - models exist only now
        from casework.actions.caseload import move_caseload  # noqa: PLC0415

        person_left.fill(move_caseload)
