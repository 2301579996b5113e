"""How long files wait for the scanner is counted, and a certificate names the files that went, each by its hash."""

from django.db import migrations

# The functions are read as they are, so that whatever else was put into them stays.
NUMBERS = (
    "    UNION ALL\n    SELECT 'sweeps_held'",
    """    UNION ALL
    SELECT 'files_waiting', '', count(*)
      FROM (SELECT 1 FROM casework_casefile w
             WHERE w.status = 'quarantined' AND w.taken_out_at IS NULL LIMIT 1000) AS waiting
    UNION ALL
    SELECT 'oldest_waiting_file_seconds', '',
           coalesce(greatest(0, extract(epoch FROM moment - min(w.recorded_at))), 0)
      FROM casework_casefile w WHERE w.status = 'quarantined' AND w.taken_out_at IS NULL
    UNION ALL
    SELECT 'sweeps_held'""",
)
DISPOSE = (
    ("    counts jsonb := '{}';\n", "    counts jsonb := '{}';\n    files jsonb;\n"),
    (
        "    PERFORM set_config('app.disposing', 'yes', true);\n",
        """    SELECT jsonb_agg(f.digest ORDER BY f.recorded_at, f.id) INTO files
      FROM casework_casefile f WHERE f.case_id = gone.id;
    PERFORM set_config('app.disposing', 'yes', true);
""",
    ),
    (
        "    SET CONSTRAINTS ALL IMMEDIATE;\n",
        """    IF files IS NOT NULL THEN
        hashes := jsonb_set(hashes, '{casework_casefile}', files);
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
""",
    ),
)


def changed(function: str, *changes: tuple[str, str]) -> str:
    """The function with these words replaced; nothing happens where one of them does not stand in it."""
    body = "pg_get_functiondef('%s'::regprocedure)" % function  # noqa: UP031 - braces are SQL's
    for was, to in changes:
        body = f"replace({body}, $w${was}$w$, $w${to}$w$)"
    return f"DO $do$ BEGIN EXECUTE {body}; END $do$;"


PLACES = (
    ("followups_numbers(timestamptz)", (NUMBERS,)),
    ("followups_dispose(uuid)", DISPOSE),
)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0035_files"),
        ("followups", "0019_owed_by_holder"),
    ]

    operations = [
        migrations.RunSQL(
            changed(function, *changes),
            changed(function, *((to, was) for was, to in reversed(changes))),
        )
        for function, changes in PLACES
    ]
