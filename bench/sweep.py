"""The engine: a steady sweep, and very many follow-ups falling due at once, against bare SQL.

Run by `bench/__main__.py` in a process of its own, as the engine's role on a database of its own.
"""

import json
import sys
from dataclasses import asdict
from datetime import datetime, timedelta

import django

django.setup()

from django.db import connection  # noqa: E402

import clocks  # noqa: E402
from accounts.actors import engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from bench.measure import compare, took, within  # noqa: E402
from followups import engine as followups  # noqa: E402
from followups.models import FollowUp  # noqa: E402
from followups.rules import RULES  # noqa: E402

AT_ONCE = 10_000
ALLOWED_MS = 10_000.0
ANTI_JOINS = """
SELECT (SELECT count(*) FROM ({occurrences}) o WHERE NOT EXISTS (
           SELECT 1 FROM followups_followup f WHERE f.rule = %(rule)s AND f.subject_id = o.subject_id
              AND f.occurrence = o.occurrence)),
       (SELECT count(*) FROM followups_followup f WHERE f.rule = %(rule)s
           AND f.state IN ('open', 'quarantined') AND NOT EXISTS (
           SELECT 1 FROM ({occurrences}) o WHERE o.subject_id = f.subject_id
              AND o.occurrence = f.occurrence))
"""
BARE_NOTICES = """
WITH made AS (
    INSERT INTO followups_step (id, followup_id, round, rung, "to", reached_at, made_at)
    SELECT gen_random_uuid(), id, round, 1, 'owner', %(at)s, %(at)s FROM followups_followup
     WHERE id = ANY (%(ids)s)
    RETURNING id, followup_id
)
INSERT INTO followups_notice (id, step_id, person_id, channel, interrupts, state, made_at, send_after,
                              attempts, message_id, accepted_at, problem)
SELECT gen_random_uuid(), made.id, f.holder_id, channel,
       false, CASE channel WHEN 'page' THEN 'accepted' ELSE 'queued' END, %(at)s, %(at)s, 0, '',
       CASE channel WHEN 'page' THEN %(at)s::timestamptz END, ''
  FROM made JOIN followups_followup f ON f.id = made.followup_id, unnest(ARRAY['page', 'email']) AS channel
"""


class Burst:
    """Ten thousand follow-ups at a time that nobody has been told of yet."""

    def __init__(self) -> None:
        # Before any case was logged, so that nothing else falls due in the sweeps.
        self.at = clocks.now() - timedelta(hours=400)
        self.ids: list[list[object]] = []

    def prepare(self, batches: int) -> None:
        """Enough follow-ups for both sides, in batches; those of our side are due now."""
        with acting_as(engine("bench")):
            pks = list(FollowUp.objects.open().order_by("pk").values_list("pk", flat=True))
        size = min(AT_ONCE, len(pks) // batches)
        self.ids = [pks[n * size : (n + 1) * size] for n in range(batches)]

    def climb(self) -> float:
        """The engine makes the steps and the notices of the next batch."""
        self._due(self.ids.pop())
        return took(lambda: followups.climb(self.at, followups.Sweep(), RULES))

    def bare(self) -> float:
        """The same rows in one bare statement."""
        ids = self.ids.pop()
        self._due(ids)
        return took(lambda: self._insert(ids))

    def _due(self, ids: list[object]) -> None:
        with acting_as(engine("bench")), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE followups_followup SET due_at = %s WHERE id = ANY (%s)", [self.at, ids]
            )

    def _insert(self, ids: list[object]) -> None:
        with acting_as(engine("bench")), connection.cursor() as cursor:
            cursor.execute(BARE_NOTICES, {"at": self.at, "ids": ids})


def anti_joins(at: datetime) -> None:
    """What a sweep must at least ask: what is new, and what is gone."""
    with acting_as(engine("bench")), connection.cursor() as cursor:
        for rule in RULES.values():
            occurrences = followups.occurrences_sql(rule, at)
            cursor.execute(ANTI_JOINS.format(occurrences=occurrences), {"rule": rule.slug})
            cursor.fetchall()


def sweep_to_the_end(at: datetime) -> None:
    """A sweep leaves what it has no time for to the next one."""
    while followups.sweep(at).unfinished:
        pass


def main(rounds: int) -> None:
    """Both measurements, as JSON."""
    burst = Burst()
    first_ms = took(lambda: sweep_to_the_end(burst.at))
    with acting_as(engine("bench")):
        known = FollowUp.objects.open().count()
    steady = compare(
        f"A steady sweep over {known:,} open follow-ups",
        "the bare SQL anti-joins",
        lambda: sweep_to_the_end(burst.at),
        lambda: anti_joins(burst.at),
        budget=3.0,
        rounds=rounds,
        times=1,
        notes=f"worked out for the first time in {first_ms / 1000:.1f} s",
    )
    rows = [steady, within(steady, ALLOWED_MS, notes="p95")]
    burst.prepare(2 * (rounds + 1))
    rows.append(
        compare(
            f"{len(burst.ids[0]):,} follow-ups falling due at once",
            "one bare set-based insert",
            burst.climb,
            burst.bare,
            budget=3.0,
            rounds=rounds,
            times=1,
            notes="a step and two notices each",
        )
    )
    print(json.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
