"""The secrets that a demo, a developer or a test makes for itself, once, readable by itself alone."""

import base64
import secrets
from pathlib import Path

from config.devservices.host import write_private


def kept(path: Path, fresh: str) -> str:
    """Return the secret in a file, writing `fresh` there the first time."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, fresh)
    return path.read_text().strip()


def ensure(directory: Path) -> dict[str, str]:
    """Make the secret key and a first sealing key; return the variables that point at them."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealing = directory / "sealing_keys"
    sealing.mkdir(mode=0o700, exist_ok=True)
    kept(directory / "secret_key", secrets.token_urlsafe(50))
    if not any(sealing.iterdir()):
        kept(sealing / "k1", base64.b64encode(secrets.token_bytes(32)).decode())
    return {"SECRET_KEY_FILE": str(directory / "secret_key"), "SEALING_KEYS_DIR": str(sealing)}
