"""The room of which rows go through the autocommit connection `aside`."""

from typing import Any

from django.db.models import Model

ASIDE_APPS = {"axes"}


class AsideRouter:
    """Send lock-out and cache rows through `aside`, so that a refused request keeps its count."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Read lock-out and cache rows where they are written."""
        return self._aside(model)

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Write lock-out and cache rows outside the request's transaction."""
        return self._aside(model)

    def allow_relation(self, left: Model, right: Model, **hints: Any) -> bool:
        """Both connections are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Tables are made once, through `default`."""
        return db == "default"

    def _aside(self, model: type[Model]) -> str | None:
        label = model._meta.app_label
        return "aside" if label in ASIDE_APPS or label == "django_cache" else None
