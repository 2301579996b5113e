"""What the person of a case decided, in any of their merged records: a view, under its reader's own walls."""

from django.db import migrations, models

DECIDED = """
CREATE VIEW casework_decided WITH (security_invoker = true) AS
SELECT e.id AS consent_id, c.id AS case_id, e.purpose, e.outcome, e.decided_at
  FROM victims_consentevent e
  JOIN victims_victim said ON said.id = e.victim_id
  JOIN victims_victim met ON coalesce(met.merged_into_id, met.id) = coalesce(said.merged_into_id, said.id)
  JOIN casework_case c ON c.victim_id = met.id;
REVOKE ALL ON casework_decided FROM holdfast_web, holdfast_engine;
GRANT SELECT ON casework_decided TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0017_alike"),
        ("victims", "0009_records_of_one_person"),
    ]

    operations = [
        migrations.RunSQL(DECIDED, "DROP VIEW casework_decided;"),
        migrations.CreateModel(
            name="Decided",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "consent_id",
                        "case_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("purpose", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=12)),
                ("decided_at", models.DateTimeField()),
            ],
            options={"db_table": "casework_decided", "managed": False},
        ),
    ]
