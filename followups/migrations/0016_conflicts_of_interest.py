"""Nobody holds, or is told of, what a conflict of interest closes to them; emergency access makes nobody a holder."""

from importlib import import_module

from django.db import migrations

before = import_module("followups.migrations.0002_ladder_in_sql")
rehold_before = import_module("followups.migrations.0007_held_anew")

KEPT_AWAY = """NOT EXISTS (SELECT 1 FROM accounts_scopebar b
                            WHERE b.scope_id = {scope} AND b.user_id = {person} AND b.ended_at IS NULL)"""
# Whether the person reaches a record for good: what was opened in an emergency is no ground to be told of it.
MAY_SEE = (
    before.MAY_SEE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace(
        "WHERE s.id = record AND u.is_active",
        f"WHERE s.id = record AND u.is_active AND {KEPT_AWAY.format(scope='s.id', person='u.id')}",
    )
    .replace(
        "WHERE g.scope_id = s.id AND", "WHERE g.scope_id = s.id AND g.kind <> 'break-glass' AND"
    )
)
NAMED_ON = before.NAMED_ON.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "AND g.kind <> 'break-glass'",
    f"AND g.kind <> 'break-glass' AND {KEPT_AWAY.format(scope='record', person='u.id')}",
)
# As the engine does for everything: of a record held closely, or closed to somebody, whoever may see it.
REHOLD = (
    rehold_before.REHOLD.replace(
        "CASE WHEN s.restriction <> 'standard' THEN s.id END",
        "CASE WHEN s.restriction <> 'standard' OR EXISTS (SELECT 1 FROM accounts_scopebar b"
        " WHERE b.scope_id = s.id AND b.ended_at IS NULL) THEN s.id END",
    )
    .replace("SELECT f.id, f.holder_id,", "SELECT f.id, f.holder_id, f.unit_id, f.force_id,")
    .replace(
        "ELSE followups_named_on(t.close_scope_id, moment) END",
        "ELSE coalesce(followups_named_on(t.close_scope_id, moment),"
        " (followups_chain(t.unit_id, t.force_id, t.close_scope_id, NULL, 'supervisor', moment))[1]) END",
    )
)
DECLARED = """
CREATE FUNCTION followups_kept_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM followups_rehold(NEW.user_id, accounts_moment());
    RETURN NULL;
END $$;
CREATE TRIGGER kept_away AFTER INSERT ON accounts_scopebar
    FOR EACH ROW EXECUTE FUNCTION followups_kept_away();
"""
UNDO = "DROP TRIGGER kept_away ON accounts_scopebar; DROP FUNCTION followups_kept_away();"


def as_before(sql: str) -> str:
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_conflicts_and_emergencies"),
        ("followups", "0015_disposal"),
    ]

    operations = [
        migrations.RunSQL(MAY_SEE, as_before(before.MAY_SEE)),
        migrations.RunSQL(NAMED_ON, as_before(before.NAMED_ON)),
        migrations.RunSQL(REHOLD, rehold_before.REHOLD),
        migrations.RunSQL(DECLARED, UNDO),
    ]
