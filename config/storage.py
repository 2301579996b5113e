"""The room of how static files are named: hashed, so that they may be kept for ever."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names with a hash of the content; a file that nobody collected yet keeps its plain name."""

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """Name the file by its content, if it is there to be read."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
