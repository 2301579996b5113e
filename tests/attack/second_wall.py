"""The room of what the database alone gives: every table with a first wall, asked as everybody."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import Model

import clocks
from accounts.actors import engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.models import User

# One of each role and place: of the unit, of another, of the whole force, of another force, of two agencies.
ASKERS = ("olu", "sade", "petra", "dov", "ines", "tarek", "keir", "asha", "bronwen", "lena")
ASKERS += ("ming", "wyn", "gus", "hana", "bea", "una")


@dataclass(frozen=True)
class Shown:
    """What one table gives: its rows, how often the database kept one, how often it gave one beyond reach."""

    rows: int
    hidden: int
    beyond: int
    policy: str


def walled_models() -> list[type[Model]]:
    """Every model with rows that only some may see."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to") and model._meta.managed
    ]


def asked() -> dict[str, Shown]:
    """Each model's label with what the database gave, in the database that Django is connected to."""
    with acting_as(engine("test")):
        people = User.objects.filter(username__in=ASKERS)
        actors = [actor_of(person, clocks.now()) for person in people]
        rows = {model: model._default_manager.count() for model in walled_models()}
    assert len(actors) == len(ASKERS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, qual FROM pg_policies WHERE policyname = 'web_sees'")
        policies = {
            table: " ".join(qual.replace(table, "{table}").split()) for table, qual in cursor
        }
    hidden, beyond = dict.fromkeys(rows, 0), dict.fromkeys(rows, 0)
    for actor in actors:
        with acting_as(actor):
            for model, total in rows.items():
                given = set(model._default_manager.values_list("pk", flat=True))
                visible = set(
                    model._default_manager.visible_to(actor).values_list("pk", flat=True)  # type: ignore[attr-defined]
                )
                hidden[model] += total - len(given)
                beyond[model] += len(given - visible)
    return {
        model._meta.label: Shown(
            rows[model], hidden[model], beyond[model], policies.get(model._meta.db_table, "")
        )
        for model in rows
    }


def stops(shown: dict[str, Shown]) -> set[str]:
    """The models of which the database gave nobody a row beyond Python's wall, and kept rows from somebody.

    A table without rows counts when another with the very same policy does.
    """
    tight = {label for label, one in shown.items() if not one.beyond}
    proved = {shown[label].policy for label in tight if shown[label].hidden}
    return {label for label in tight if shown[label].policy in proved - {""}}
