"""The room of key rotation: every sealed value of every table is sealed anew with the newest key of the ring.

It runs as the owner of the tables, beside everybody's work. The database lets a reseal pass its guards only in
a session that logged in as the owner, and only where nothing but sealed text changes [ADR 0013].
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection
from psycopg2.extras import execute_values

from accounts import audit, blind
from accounts.actors import engine
from accounts.context import acting_as
from accounts.gates import blind_keys_rotated
from accounts.keyring import key_ring
from accounts.sealed import EncryptedTextField, Unsealable, seal, sealed_by_newest, unseal

ENGINE = engine("rotate_keys")
# We wait for less than PostgreSQL does before it ends somebody's transaction to undo a deadlock: ours gives way.
GIVES_WAY = "500ms"
SESSION = "SELECT set_config('app.resealing', 'yes', true), set_config('lock_timeout', %s, true)"
BUSY = {"55P03", "40P01"}  # a lock that others hold; a deadlock


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed columns, and how its rows are told apart."""

    name: str
    key: str
    key_type: str
    fields: tuple[EncryptedTextField, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The sealed columns, quoted."""
        return tuple(f'"{each.column}"' for each in self.fields)


@dataclass
class Told:
    """What one pass did: how many rows it sealed anew, and which values (table.column:row) did not open."""

    rows: int = 0
    did_not_open: list[str] = field(default_factory=list)


@dataclass
class Fresh:
    """What a batch writes: rows of a key and sealed values, which keys sealed them before, new blind keys for old."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    was: Counter[str] = field(default_factory=Counter)
    renamed: dict[int, int] = field(default_factory=dict)
    did_not_open: list[str] = field(default_factory=list)


def sealed_tables() -> list[SealedTable]:
    """Every table with sealed columns, as the models have them."""
    tables = []
    for model in apps.get_models(include_auto_created=True):
        found = [f for f in model._meta.local_concrete_fields if isinstance(f, EncryptedTextField)]
        if found and model._meta.managed and not model._meta.proxy:
            key = model._meta.pk
            tables.append(
                SealedTable(
                    model._meta.db_table,
                    f'"{key.column}"',
                    str(key.db_type(connection)),
                    tuple(found),
                )
            )
    return tables


def sealed_by() -> dict[str, dict[str, int]]:
    """For each sealed column how many values each key seals, by how they begin (`v2.k1`)."""
    counts = {}
    with acting_as(ENGINE), connection.cursor() as cursor:
        for table in sealed_tables():
            for column in table.columns:
                cursor.execute(
                    f"SELECT split_part({column}, '.', 1) || '.' || split_part({column}, '.', 2), count(*)"
                    f"  FROM {table.name} WHERE {column} <> '' GROUP BY 1 ORDER BY 1"  # nosec B608 - our own words
                )
                counts[f"{table.name}.{column.strip(chr(34))}"] = dict(cursor.fetchall())
    return counts


def reseal(table: SealedTable, *, at_a_time: int) -> Told:
    """One pass over the table, in short transactions; what somebody writes meanwhile is left as they write it."""
    told = Told()
    last = _batch(table, None, at_a_time, told)
    while last is not None:
        last = _batch(table, last, at_a_time, told)
    return told


def _batch(table: SealedTable, after: Any, most: int, told: Told) -> Any:
    """The next rows are sealed anew and that is in the audit trail; the last one's key, None after the last."""
    last = None
    fresh = Fresh()
    try:
        with acting_as(ENGINE), connection.cursor() as cursor:
            cursor.execute(SESSION, [GIVES_WAY])
            rows = _locked(cursor, table, after, most)
            last = rows[-1][0] if rows else None
            fresh = _sealed_anew(table, rows)
            if fresh.rows:
                _write(cursor, table, fresh)
    except OperationalError as busy:
        if getattr(busy.__cause__, "pgcode", "") not in BUSY:
            raise
        return last
    told.rows += len(fresh.rows)
    told.did_not_open += fresh.did_not_open
    return last


def _locked(cursor: Any, table: SealedTable, after: Any, most: int) -> list[tuple[Any, ...]]:
    old = " OR ".join(f"({c} <> '' AND NOT starts_with({c}, %(newest)s))" for c in table.columns)
    # Nobody writes a row between our reading and writing it; what somebody is writing is left for the next pass.
    cursor.execute(
        f"SELECT {table.key}, {', '.join(table.columns)} FROM {table.name}"
        f" WHERE ({old}) AND (%(after)s IS NULL OR {table.key} > %(after)s)"
        f" ORDER BY {table.key} LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED",  # nosec B608 - our own words
        {"newest": sealed_by_newest(), "after": after, "most": most},
    )
    return list(cursor.fetchall())


def _sealed_anew(table: SealedTable, rows: list[tuple[Any, ...]]) -> Fresh:
    fresh = Fresh()
    newest = sealed_by_newest()
    for key, *values in rows:
        becomes = list(values)
        for place, (value, each) in enumerate(zip(values, table.fields, strict=True)):
            if not value or value.startswith(newest):
                continue
            where = f"{table.name}.{each.column}:{key}"
            try:
                text = unseal(value, place=where)
            except Unsealable:
                fresh.did_not_open.append(where)
                continue
            becomes[place] = seal(text, place=where, found_by=each.found_by)
            fresh.was[value.split(".")[1]] += 1
            if each.found_by:
                fresh.renamed |= _renamed(each.found_by, text, value)
        if becomes != values:
            fresh.rows.append((key, *becomes))
    return fresh


def _renamed(kind: str, text: str, value: str) -> dict[int, int]:
    version, name, _rest = value.split(".", 2)
    keys = key_ring().keys
    # The first form's blind keys came from the oldest key, whichever sealed the text.
    was = next(iter(keys.values())) if version == "v1" else keys[name]
    return blind.followed(kind, text, was, keys[key_ring().newest])


def _write(cursor: Any, table: SealedTable, fresh: Fresh) -> None:
    execute_values(
        cursor.cursor,
        f"UPDATE {table.name} AS t SET {', '.join(f'{c} = fresh.{c}' for c in table.columns)}"
        f" FROM (VALUES %s) AS fresh (row_key, {', '.join(table.columns)}) WHERE t.{table.key} = fresh.row_key",  # nosec B608 - our own words
        fresh.rows,
        template=f"(%s::{table.key_type}{', %s::text' * len(table.columns)})",
        page_size=len(fresh.rows),
    )
    for answer in blind_keys_rotated.answers if fresh.renamed else ():
        answer(fresh.renamed)
    audit.record(
        "values.resealed",
        by=ENGINE,
        table=table.name,
        rows=[str(key) for key, *_values in fresh.rows],
        was=dict(fresh.was),
        by_key=key_ring().newest,
    )
