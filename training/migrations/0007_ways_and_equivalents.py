"""The way of a role in steps; and what a force takes for a course."""

import django.db.models.deletion
from django.db import migrations, models

from accounts import guards

# What counts for what: a record for its own course, and for each that the officer's force takes it for. Whoever reads
# the view reads the tables behind it with their own rights.
COUNTING = """
CREATE VIEW training_counting WITH (security_invoker = true) AS
SELECT t.id, t.id AS record_id, t.user_id, t.course_id, t.course_id AS own_course_id, t.completed_on, t.expires_on,
       t.verified_at
  FROM training_trainingrecord t
UNION ALL
SELECT md5(t.id::text || e.counts_for_id)::uuid, t.id, t.user_id, e.counts_for_id, t.course_id, t.completed_on,
       t.expires_on, t.verified_at
  FROM training_equivalent e
  JOIN training_trainingrecord t ON t.course_id = e.course_id
  JOIN accounts_user u ON u.id = t.user_id AND u.force_id = e.force_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_scopes_asked_quicker"),
        ("training", "0006_dates_and_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counting",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("completed_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "training_counting",
                "managed": False,
            },
        ),
        migrations.AddField(
            model_name="requirement",
            name="step",
            field=models.PositiveSmallIntegerField(
                db_default=50, default=50, verbose_name="place on the way"
            ),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("role", "Everybody in the role"),
                    ("own_case", "Being given an investigation"),
                    ("next", "A further step in the role: advised"),
                    (
                        "nrm",
                        "Sending the national referral, or the notification, unread by somebody else",
                    ),
                ],
                max_length=20,
                verbose_name="for",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("blocks", True), ("purpose", "next"), _negated=True),
                name="requirement_advised_blocks_nothing",
                violation_error_message="What is only advised cannot stop anybody.",
            ),
        ),
        migrations.CreateModel(
            name="Equivalent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="who says so")),
                (
                    "counts_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="training.course",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="equivalents",
                        to="training.course",
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
            ],
            options={
                "ordering": ("course", "counts_for"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("force", "course", "counts_for"),
                        name="equivalent_once_a_force",
                        violation_error_message="Your force takes it for that course already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("course", models.F("counts_for")), _negated=True),
                        name="equivalent_of_another",
                        violation_error_message="A course counts for itself already.",
                    ),
                ],
            },
        ),
        guards.walled("training_equivalent", web=guards.OWN_FORCE),
        guards.audited("training_equivalent"),
        migrations.RunSQL(COUNTING, "DROP VIEW training_counting"),
    ]
