"""An agency may have a twin, its sandbox: real and invented rows are told apart by whose they are."""

import django.db.models.deletion
from django.db import migrations, models

# What belongs to an agency refers to it together with whether it is a twin, so that neither is ever taken for the other.
MARKED = """
ALTER TABLE accounts_agency
    ADD COLUMN sandboxed boolean NOT NULL GENERATED ALWAYS AS (sandbox_of_id IS NOT NULL) STORED,
    ADD COLUMN of_real boolean GENERATED ALWAYS AS (CASE WHEN sandbox_of_id IS NOT NULL THEN false END) STORED,
    ADD CONSTRAINT agency_sandboxed UNIQUE (id, sandboxed),
    ADD CONSTRAINT agency_sandbox_of_a_real_one
        FOREIGN KEY (sandbox_of_id, of_real) REFERENCES accounts_agency (id, sandboxed);
"""
UNMARKED = """
ALTER TABLE accounts_agency
    DROP CONSTRAINT agency_sandbox_of_a_real_one, DROP CONSTRAINT agency_sandboxed,
    DROP COLUMN of_real, DROP COLUMN sandboxed;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_what_left")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="sandbox_of",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sandbox",
                to="accounts.agency",
            ),
        ),
        migrations.RunSQL(MARKED, UNMARKED),
    ]
