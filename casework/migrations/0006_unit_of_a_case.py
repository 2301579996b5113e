"""The open cases of a unit are found by index, whatever the unit has closed before.

`unit` is always that of the case's scope: the database copies it when a case is written, and a scope that
moves to another unit takes its case along.
"""

import django.db.models.deletion
from django.db import migrations, models

COPY = """
CREATE FUNCTION casework_unit_of_scope() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.unit_id := (SELECT s.unit_id FROM accounts_scope s WHERE s.id = NEW.scope_id);
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION casework_unit_of_scope() FROM PUBLIC;
CREATE TRIGGER unit_of_scope BEFORE INSERT OR UPDATE OF scope_id, unit_id ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_unit_of_scope();
UPDATE casework_case SET unit_id = NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE casework_case ALTER COLUMN unit_id SET NOT NULL;
ALTER TABLE accounts_scope ADD CONSTRAINT scope_and_its_unit UNIQUE (id, unit_id);
ALTER TABLE casework_case ADD CONSTRAINT case_unit_is_its_scopes
    FOREIGN KEY (scope_id, unit_id) REFERENCES accounts_scope (id, unit_id) ON UPDATE CASCADE;
"""
UNDO = """
ALTER TABLE casework_case DROP CONSTRAINT case_unit_is_its_scopes;
ALTER TABLE accounts_scope DROP CONSTRAINT scope_and_its_unit;
DROP TRIGGER unit_of_scope ON casework_case;
DROP FUNCTION casework_unit_of_scope();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_granted_scopes_asked_once"),
        ("casework", "0005_lines_about_the_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.unit",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(COPY, UNDO)],
            state_operations=[
                migrations.AlterField(
                    model_name="case",
                    name="unit",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                )
            ],
        ),
        migrations.RemoveIndex(model_name="case", name="case_open_scope"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("status", "closed"), _negated=True),
                fields=["unit"],
                include=("scope",),
                name="case_open_unit",
            ),
        ),
    ]
