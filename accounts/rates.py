"""The room of how often somebody asked: counted on a connection of its own, so that a refusal keeps its count."""

from django.db import connections

# What is over the rate is not kept, so the last one kept is this one, or it is over. In the order in which they came:
# two at once are counted one after the other, whichever clock is behind. A crash of the database forgets the counts.
COUNTED = """
INSERT INTO config_asked AS a (who, at) VALUES (%(who)s, ARRAY[%(now)s::float8])
ON CONFLICT (who) DO UPDATE SET at = ARRAY(
    SELECT t FROM unnest(a.at || %(now)s::float8) WITH ORDINALITY AS asked (t, place)
     WHERE t > %(now)s::float8 - %(duration)s ORDER BY place LIMIT %(most)s)
RETURNING at
"""


def asked_at(who: str, *, now: float, duration: float, most: int) -> list[float]:
    """When `who` asked in the last `duration` seconds, this time last; it is not among them where it was too often."""
    counted: dict[str, str | float] = {"who": who, "now": now, "duration": duration, "most": most}
    with connections["aside"].cursor() as cursor:
        cursor.execute(COUNTED, counted)
        (at,) = cursor.fetchone()
    return list(at)
