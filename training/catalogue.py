"""The room of `catalogue.toml`: the courses that every force shares, and who must have which."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from training.models import Course, Requirement

FILE = Path(__file__).with_name("catalogue.toml")


class CatalogueError(Exception):
    """The file cannot be loaded; the sentence says why. Nothing was changed."""


def read(file: Path = FILE) -> list[tuple[Course, list[Requirement]]]:
    """The courses of the file and what is asked of whom, checked but not stored."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        return [_course(slug, dict(fields)) for slug, fields in told.items()]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(_("The catalogue cannot be read: %s") % error) from error


@transaction.atomic
def load(rows: list[tuple[Course, list[Requirement]]]) -> int:
    """The shared catalogue is what `rows` say; how many rows changed. Records and a force's own rows stay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('training_catalogue'))")
    changed = 0
    stored = {row.pk: row for row in Course.objects.filter(force__isnull=True)}
    asked = {_key(row): row for row in Requirement.objects.filter(force__isnull=True)}
    for course, requirements in rows:
        changed += _keep(
            course, stored.get(course.pk), ("name", "provider", "lasts_months", "source")
        )
        for row in requirements:
            changed += _keep(
                row, asked.pop(_key(row), None), ("blocks", "source", "status", "step")
            )
    for dropped in asked.values():
        dropped.delete()
    return changed + len(asked)


def _course(slug: str, fields: dict[str, Any]) -> tuple[Course, list[Requirement]]:
    try:
        needs = [dict(need) for need in fields.pop("needs", [])]
        course = Course(slug=slug, **fields)
        asked = [Requirement(course=course, purpose=need.pop("for"), **need) for need in needs]
        course.clean_fields()
        for row in asked:
            row.clean_fields(exclude=["course"])
    except (KeyError, TypeError, ValidationError) as error:
        raise CatalogueError(_("%(slug)s: %(error)s") % {"slug": slug, "error": error}) from error
    return course, asked


def _key(row: Requirement) -> tuple[str, str, str]:
    return row.course_id, row.role, row.purpose


def _keep(
    row: Course | Requirement, old: Course | Requirement | None, fields: tuple[str, ...]
) -> int:
    if old is None:
        row.save(force_insert=True)
        return 1
    if all(getattr(old, name) == getattr(row, name) for name in fields):
        return 0
    row.pk = old.pk
    row.save(force_update=True, update_fields=fields)
    return 1
