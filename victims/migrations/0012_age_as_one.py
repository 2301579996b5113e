"""A doubt about the person's age counts in every record that is read as one, also where its reader may not look."""

from django.db import migrations, models

# Of each record: the day from which it leaves no doubt that they are 18; until it is determined, far away. What was
# determined comes before what was thought in another record; an open dispute before everything [MSA 2015 s51].
AGE_AS_ONE = """
CREATE FUNCTION victims_age_as_one(root uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH records AS (
        SELECT v.id, v.age_disputed, v.of_age_on,
               EXISTS (SELECT 1 FROM victims_agedispute d
                        WHERE d.victim_id = v.id AND d.settled_at IS NOT NULL) AS determined,
               CASE WHEN v.age_disputed THEN date '9999-12-31'
                    WHEN v.age_band = 'adult' AND v.born_on IS NULL THEN date '0001-01-01'
                    WHEN v.born_on IS NULL THEN date '9999-12-31'
                    WHEN v.age_band <> 'adult' THEN victims_majority(v.born_on, v.born_precision)
                    ELSE (CASE v.born_precision
                              WHEN 'day' THEN victims_majority(v.born_on, 'day')
                              WHEN 'month' THEN date_trunc('month', v.born_on)::date
                              WHEN 'about' THEN make_date(extract(year FROM v.born_on)::int - 2, 1, 1)
                              ELSE make_date(extract(year FROM v.born_on)::int, 1, 1) END
                          + CASE v.born_precision WHEN 'day' THEN interval '0' ELSE interval '18 years' END)::date
               END AS no_doubt_from
          FROM victims_victim v WHERE coalesce(v.merged_into_id, v.id) = root
    ), person AS (
        SELECT max(no_doubt_from) FILTER (WHERE determined OR NOT settled) AS from_day, count(*) AS many
          FROM (SELECT r.*, (SELECT bool_or(determined) AND NOT bool_or(age_disputed) FROM records) AS settled
                  FROM records r) each
    )
    UPDATE victims_victim v SET of_age_on = now_.of_age_on
      FROM (SELECT CASE WHEN many = 1 THEN NULL
                        WHEN from_day <= (accounts_moment() AT TIME ZONE 'Europe/London')::date
                        THEN date '0001-01-01' ELSE from_day END AS of_age_on FROM person) now_
     WHERE coalesce(v.merged_into_id, v.id) = root AND v.of_age_on IS DISTINCT FROM now_.of_age_on
$$;
REVOKE EXECUTE ON FUNCTION victims_age_as_one(uuid) FROM PUBLIC, holdfast_web, holdfast_engine;
CREATE FUNCTION victims_keep_age() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM victims_age_as_one(coalesce(NEW.merged_into_id, NEW.id));
    IF TG_OP = 'UPDATE' AND OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id THEN
        PERFORM victims_age_as_one(coalesce(OLD.merged_into_id, OLD.id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER age_as_one_added AFTER INSERT ON victims_victim
    FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION victims_keep_age();
CREATE TRIGGER age_as_one_changed
    AFTER UPDATE OF age_band, age_disputed, born_on, born_precision, merged_into_id ON victims_victim
    FOR EACH ROW EXECUTE FUNCTION victims_keep_age();
SELECT victims_age_as_one(root) FROM (SELECT DISTINCT merged_into_id AS root FROM victims_victim
                                       WHERE merged_into_id IS NOT NULL) merged;
"""
GONE = """
DROP TRIGGER age_as_one_changed ON victims_victim;
DROP TRIGGER age_as_one_added ON victims_victim;
DROP FUNCTION victims_keep_age();
DROP FUNCTION victims_age_as_one(uuid);
"""
# Merged records are changed one after the other, whoever begins and in whichever record.
ONE_AT_A_TIME = """
CREATE FUNCTION victims_one_at_a_time(person uuid) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    root uuid;
    held uuid;
BEGIN
    LOOP
        -- Asked again after waiting: they may have been merged or parted meanwhile.
        SELECT coalesce(v.merged_into_id, v.id) INTO root FROM victims_victim v WHERE v.id = person;
        EXIT WHEN root IS NULL OR root = held;
        PERFORM pg_advisory_xact_lock(hashtextextended('person ' || root, 0));
        held := root;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION victims_one_at_a_time(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION victims_one_at_a_time(uuid) TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_leaving"), ("victims", "0011_best_interests")]

    operations = [
        migrations.AddField(
            model_name="victim",
            name="of_age_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(AGE_AS_ONE, GONE),
        migrations.RunSQL(ONE_AT_A_TIME, "DROP FUNCTION victims_one_at_a_time(uuid);"),
    ]
