"""The room of age: from a birth date known to the day, month or year, or only about; a doubt is never an adult."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import DateField, F, TextChoices
from django.db.models.expressions import Combinable, Func
from django.utils.translation import gettext_lazy as _

MAJORITY = 18
ABOUT_YEARS = 2
"""How far an estimate may be wrong, either way."""


class Precision(TextChoices):
    """How exactly a birth date is known."""

    DAY = "day", _("The exact date")
    MONTH = "month", _("The month and year")
    YEAR = "year", _("The year only")
    ABOUT = "about", _("An estimate, right within two years")


class Span(NamedTuple):
    """The earliest and the latest day on which something may fall."""

    earliest: date
    latest: date


def born_between(born_on: date, precision: str) -> Span:
    """The days between which the person was born."""
    if precision == Precision.DAY:
        return Span(born_on, born_on)
    if precision == Precision.MONTH:
        first = born_on.replace(day=1)
        return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    doubt = ABOUT_YEARS if precision == Precision.ABOUT else 0
    return Span(date(born_on.year - doubt, 1, 1), date(born_on.year + doubt, 12, 31))


def age_on(born_on: date, day: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    before = (day.month, day.day) < (born_on.month, born_on.day)
    return day.year - born_on.year - before


def birthday(born_on: date, years: int) -> date:
    """The day on which they are so many years old, from its beginning [Family Law Reform Act 1969 s9]."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:  # 29 February in a year that has none
        return date(born_on.year + years, 3, 1)


def ages(born_on: date, precision: str, day: date) -> tuple[int, int]:
    """The youngest and the oldest that they may be on that day."""
    born = born_between(born_on, precision)
    return age_on(born.latest, day), age_on(born.earliest, day)


def majority(born_on: date, precision: str) -> Span:
    """The first and the last day on which they may turn 18."""
    born = born_between(born_on, precision)
    return Span(birthday(born.earliest, MAJORITY), birthday(born.latest, MAJORITY))


SURELY_OF_AGE = timedelta(days=366 * (MAJORITY + ABOUT_YEARS + 1))
"""So long after the day of birth that is written down they are 18, however little it is known."""


def majority_in_sql(born_on: str, precision: str) -> Combinable:
    """The last day on which they may turn 18, of the columns so named: `majority(...).latest`."""
    return Func(
        F(born_on),
        F(precision),
        function="victims_majority",
        output_field=DateField(null=True),
    )


# 18 years after a leap year there is never a 29 February, so PostgreSQL would say the 28th.
MAJORITY_FUNCTION = f"""
CREATE FUNCTION victims_majority(born_on date, precision_ text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (b.latest + interval '{MAJORITY} years')::date
           + (extract(month FROM b.latest) = 2 AND extract(day FROM b.latest) = 29)::int
      FROM (SELECT CASE precision_
                WHEN 'day' THEN born_on
                WHEN 'month' THEN (date_trunc('month', born_on) + interval '1 month')::date - 1
                WHEN 'about' THEN make_date(extract(year FROM born_on)::int + {ABOUT_YEARS}, 12, 31)
                ELSE make_date(extract(year FROM born_on)::int, 12, 31) END AS latest) b
$$;
"""  # nosec B608 - only our own words
DROP_MAJORITY_FUNCTION = "DROP FUNCTION victims_majority(date, text);"
