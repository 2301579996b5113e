"""What only seals text anew is no change: the owner's session may do it in every table, and says so by batches."""

from django.db import migrations

from accounts import guards

# `session_user` is who logged in: no function and no setting can make a runtime role the owner.
ONLY = r"""
CREATE FUNCTION accounts_only_resealed(was jsonb, is_now jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT session_user = 'holdfast_owner' AND accounts_ctx('resealing') IS NOT DISTINCT FROM 'yes'
       AND NOT EXISTS (
           SELECT 1 FROM jsonb_each_text(was) AS w JOIN jsonb_each_text(is_now) AS n USING (key)
            WHERE w.value IS DISTINCT FROM n.value
              AND NOT coalesce(w.value ~ '^v[12]\.[^.]+\.' AND n.value ~ '^v2\.[^.]+\.', false))
$$;
"""
BEFORE = guards.FUNCTIONS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
AUDIT_ROW = BEFORE[BEFORE.index("CREATE OR REPLACE FUNCTION accounts_audit_row") :]
APPEND_ONLY = BEFORE[
    BEFORE.index("CREATE OR REPLACE FUNCTION accounts_append_only") : BEFORE.index(
        "CREATE OR REPLACE FUNCTION accounts_status_guard"
    )
]
NOT_A_CHANGE = """
BEGIN
    IF TG_OP = 'UPDATE' AND session_user = 'holdfast_owner' THEN
        IF accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
    END IF;
"""
PASSES = "".join(
    function.replace("\nBEGIN\n", NOT_A_CHANGE, 1) for function in (AUDIT_ROW, APPEND_ONLY)
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_duty_by_shift")]

    operations = [
        migrations.RunSQL(
            ONLY + PASSES,
            AUDIT_ROW + APPEND_ONLY + "DROP FUNCTION accounts_only_resealed(jsonb, jsonb);",
        ),
    ]
