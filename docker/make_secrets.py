"""Make the passwords and keys of the containers once; what is there already is left alone.

The ring of sealing keys lies in `web`; the others get what is in it, and lose what is not any more.

python docker/make_secrets.py /secrets    (folders db, redis, migrate, web, engine inside)
"""

import base64
import os
import secrets
import sys
from pathlib import Path

ROLES = {"owner": "migrate", "web": "web", "engine": "engine"}  # login role -> whose folder


def keep(file: Path, fresh: str) -> str:
    """Return what a file holds, writing `fresh` there the first time, whole or not at all."""
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        partial = file.with_name(f".{file.name}")
        partial.write_text(fresh)
        partial.chmod(0o444)  # each folder is a volume that only its user mounts
        partial.rename(file)
    return file.read_text()


def follow(ring: Path, first: Path) -> None:
    """A ring holds the keys of the first one and no others; at no time it holds fewer."""
    for key in first.iterdir():
        keep(ring / key.name, key.read_text())
    for key in ring.iterdir():
        if not (first / key.name).exists():
            key.unlink()
    ring.chmod(0o700)


def main(root: Path) -> None:
    """Fill the folders."""
    db, redis = root / "db", root / "redis"
    keep(db / "superuser_password", secrets.token_urlsafe(32))
    password = keep(redis / "password", secrets.token_urlsafe(32))
    keep(
        redis / "valkey.conf",
        f"dir /data\nappendonly yes\nappendfsync everysec\nsave ''\n"
        f"maxmemory-policy noeviction\nrequirepass {password}\n",
    )
    secret_key = keep(root / "web" / "secret_key", secrets.token_urlsafe(50))
    sealing = root / "web" / "sealing_keys"
    if not sealing.exists():
        keep(sealing / "k1", base64.b64encode(secrets.token_bytes(32)).decode())
    sealing.chmod(0o700)
    for role, folder in ROLES.items():
        role_password = keep(db / f"{role}_password", secrets.token_urlsafe(32))
        url = f"postgres://holdfast_{role}:{role_password}@db:5432/holdfast"
        keep(root / folder / "database_url", url)
        keep(root / folder / "redis_url", f"redis://:{password}@redis:6379/0")
        keep(root / folder / "secret_key", secret_key)
        follow(root / folder / "sealing_keys", sealing)


if __name__ == "__main__":
    os.umask(0o022)
    main(Path(sys.argv[1]))
