"""The app's name; when the project starts, sign-in events are heard."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "accounts"

    def ready(self) -> None:
        """Hear who signs in, signs out and is refused; let the list of people leave as a file."""
        from accounts import auth, downloads, exports  # noqa: PLC0415 - models exist only now

        auth.listen()
        exports.offer(*downloads.DOWNLOADS)
