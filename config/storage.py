"""The room of how static files are named: hashed, so that they may be kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names with a hash of the content; a file that nobody collected yet keeps its plain name."""

    manifest_strict = False
