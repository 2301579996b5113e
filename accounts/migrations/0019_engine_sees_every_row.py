"""The planner knows that the engine sees every row: each of its policies says so as `guards.IS_ENGINE` does."""

from django.db import migrations

WAS = "(( SELECT accounts_ctx('kind'::text) AS accounts_ctx) = 'engine'::text)"
IS = (
    "(( SELECT CASE WHEN (accounts_ctx('kind'::text) = 'engine'::text) THEN 1 ELSE NULL::integer END"
    ' AS "case") IS NOT NULL)'
)
SAID_ANEW = """
DO $do$
DECLARE
    p record;
    said text;
BEGIN
    -- Line breaks and indents of CASE are the database's own way of writing a policy down.
    FOR p IN SELECT tablename, policyname, regexp_replace(qual, '\\s+', ' ', 'g') AS qual,
                    regexp_replace(with_check, '\\s+', ' ', 'g') AS with_check
               FROM pg_policies
              WHERE schemaname = current_schema() AND 'holdfast_engine' = ANY (roles)
    LOOP
        said := '';
        IF position($was${was}$was$ IN p.qual) > 0 THEN
            said := said || ' USING (' || replace(p.qual, $was${was}$was$, $new${new}$new$) || ')';
        END IF;
        IF position($was${was}$was$ IN p.with_check) > 0 THEN
            said := said || ' WITH CHECK (' || replace(p.with_check, $was${was}$was$, $new${new}$new$) || ')';
        END IF;
        IF said <> '' THEN
            EXECUTE 'ALTER POLICY ' || quote_ident(p.policyname) || ' ON ' || quote_ident(p.tablename) || said;
        END IF;
    END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    """A table that was made before has the older words; one that is made from now on has the new ones already."""

    dependencies = [("accounts", "0018_security_notices_given_up")]
    operations = [
        migrations.RunSQL(
            SAID_ANEW.format(was=WAS, new=IS),
            SAID_ANEW.format(was=IS, new=WAS),
        ),
    ]
