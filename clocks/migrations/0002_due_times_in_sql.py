"""The arithmetic of `clocks/days.py` in SQL, and the triggers that count changes.

Every function is total: what cannot be said is NULL, never an error, so that one absurd
date cannot stop a sweep. None reads the present moment.
"""

from django.db import migrations

WORKING_DAY = """
CREATE FUNCTION clocks_working_day(day date, amount integer, calendar bigint) RETURNS date
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    found_on date;
BEGIN
    IF amount NOT BETWEEN -100000 AND 100000 THEN
        RETURN NULL;
    END IF;
    -- Going back from a day off, the first working day back is already the one last counted.
    SELECT CASE WHEN amount = 0 THEN day ELSE there.falls_on END INTO found_on
      FROM clocks_calendarday here
      LEFT JOIN clocks_calendarday there
        ON there.calendar_id = calendar AND there.working
       AND there.ordinal
         = here.ordinal + amount + CASE WHEN amount < 0 AND NOT here.working THEN 1 ELSE 0 END
     WHERE here.calendar_id = calendar AND here.falls_on = day;
    RETURN found_on;
END $$
"""

ADD = """
CREATE FUNCTION clocks_add(at timestamptz, amount integer, unit text, calendar bigint)
RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    local timestamp;
    first_on date;
    last_on date;
BEGIN
    IF amount NOT BETWEEN -100000 AND 100000
       OR at NOT BETWEEN '1900-01-01 00:00Z' AND '2300-01-01 00:00Z' THEN
        RETURN NULL;
    END IF;
    SELECT c.starts_on - 365 * 20, c.ends_on + 365 * 10 INTO first_on, last_on
      FROM clocks_calendar c WHERE c.id = calendar;
    local := at AT TIME ZONE 'Europe/London';
    IF first_on IS NULL OR local::date NOT BETWEEN first_on AND last_on THEN
        RETURN NULL;
    END IF;
    RETURN CASE
        WHEN unit NOT IN ('hours', 'calendar_days', 'working_days') THEN NULL
        WHEN amount = 0 THEN at
        WHEN unit = 'hours' THEN at + make_interval(hours => amount)
        WHEN unit = 'calendar_days'
            THEN (local + make_interval(days => amount)) AT TIME ZONE 'Europe/London'
        ELSE (clocks_working_day(local::date, amount, calendar) + local::time)
            AT TIME ZONE 'Europe/London'
    END;
END $$
"""

DUE_AT = """
CREATE FUNCTION clocks_due_at(since timestamptz, amount integer, unit text, calendar bigint)
RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF amount < 0 THEN
        RETURN NULL;
    END IF;
    IF unit = 'working_days' AND amount > 0 THEN
        -- Within N working days: the close, 5pm in London, of the Nth after the day of the event.
        IF since NOT BETWEEN '1900-01-01 00:00Z' AND '2300-01-01 00:00Z' THEN
            RETURN NULL;
        END IF;
        RETURN (
            clocks_working_day((since AT TIME ZONE 'Europe/London')::date, amount, calendar)
            + time '17:00'
        ) AT TIME ZONE 'Europe/London';
    END IF;
    RETURN clocks_add(since, amount, unit, calendar);
END $$
"""

WORKING_DAYS_BETWEEN = """
CREATE FUNCTION clocks_working_days_between(start_on date, end_on date, calendar bigint)
RETURNS integer LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT b.ordinal - a.ordinal
      FROM clocks_calendarday a, clocks_calendarday b
     WHERE a.calendar_id = calendar AND a.falls_on = start_on
       AND b.calendar_id = calendar AND b.falls_on = end_on
$$
"""

DEADLINE_FOR = """
CREATE FUNCTION clocks_deadline_for(
    rule_slug text, clock_slug text, nation_slug text, since timestamptz
) RETURNS SETOF clocks_deadline LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT d.*
      FROM clocks_deadline d,
           -- Clamped, because the last instants PostgreSQL knows have no local time.
           LATERAL (SELECT (
               least(greatest(since, '1900-01-01 00:00Z'), '2300-01-01 00:00Z')
               AT TIME ZONE 'Europe/London')::date AS day) happened
     WHERE since IS NOT NULL
       AND d.rule = rule_slug AND d.clock = clock_slug AND d.nation IN ('', nation_slug)
       AND d.valid_from <= happened.day AND (d.valid_to IS NULL OR happened.day < d.valid_to)
     ORDER BY d.nation DESC
     LIMIT 1
$$
"""

VERSION = """
INSERT INTO clocks_version (id, number) VALUES (1, 0);
CREATE FUNCTION clocks_version() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT number FROM clocks_version
$$;
CREATE FUNCTION clocks_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clocks_version SET number = number + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER clocks_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON clocks_calendarday
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_changed();
CREATE TRIGGER clocks_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON clocks_deadline
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_changed();
"""

VERSION_UNDO = """
DROP TRIGGER clocks_changed ON clocks_deadline;
DROP TRIGGER clocks_changed ON clocks_calendarday;
DROP FUNCTION clocks_changed();
DROP FUNCTION clocks_version();
DELETE FROM clocks_version;
"""

KEEP_HISTORY = """
CREATE FUNCTION clocks_deadline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A dated deadline is not altered: end it and add one with a new valid_from.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER clocks_deadline_stays
    BEFORE UPDATE OF rule, clock, nation, amount, unit, valid_from ON clocks_deadline
    FOR EACH ROW WHEN ((OLD.rule, OLD.clock, OLD.nation, OLD.amount, OLD.unit, OLD.valid_from)
        IS DISTINCT FROM
        (NEW.rule, NEW.clock, NEW.nation, NEW.amount, NEW.unit, NEW.valid_from))
    EXECUTE FUNCTION clocks_deadline_stays();
"""

KEEP_HISTORY_UNDO = """
DROP TRIGGER clocks_deadline_stays ON clocks_deadline;
DROP FUNCTION clocks_deadline_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_calendars_and_deadlines")]

    operations = [
        migrations.RunSQL(WORKING_DAY, "DROP FUNCTION clocks_working_day(date, integer, bigint)"),
        migrations.RunSQL(ADD, "DROP FUNCTION clocks_add(timestamptz, integer, text, bigint)"),
        migrations.RunSQL(
            DUE_AT, "DROP FUNCTION clocks_due_at(timestamptz, integer, text, bigint)"
        ),
        migrations.RunSQL(
            WORKING_DAYS_BETWEEN,
            "DROP FUNCTION clocks_working_days_between(date, date, bigint)",
        ),
        migrations.RunSQL(
            DEADLINE_FOR, "DROP FUNCTION clocks_deadline_for(text, text, text, timestamptz)"
        ),
        migrations.RunSQL(VERSION, VERSION_UNDO),
        migrations.RunSQL(KEEP_HISTORY, KEEP_HISTORY_UNDO),
    ]
