"""Training is seen in its own force only; a force may add courses and requirements of its own."""

import django.db.models.deletion
from django.db import migrations, models

from accounts import guards

# A record's force is that of the person it is about.
OF_OWN_PEOPLE = (
    "{table}.user_id IN (SELECT u.id FROM accounts_user u"
    " WHERE u.force_id = (SELECT accounts_ctx('force'))::uuid)"
)
CATALOGUE_OR_OWN = "({table}.force_id IS NULL OR " + guards.OWN_FORCE + ")"


def force() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.force",
    )


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [
        migrations.AddField("course", "force", force()),
        migrations.AddField("requirement", "force", force()),
        migrations.RemoveConstraint("requirement", "requirement_once"),
        migrations.AddConstraint(
            "requirement",
            models.UniqueConstraint(
                fields=("force", "course", "role", "purpose"),
                name="requirement_once_a_force",
                nulls_distinct=False,
                violation_error_message="Your force already asks this of this role.",
            ),
        ),
        migrations.AddConstraint(
            "course",
            models.CheckConstraint(
                condition=models.Q(
                    ("lasts_months__isnull", True),
                    ("lasts_months__range", (1, 600)),
                    _connector="OR",
                ),
                name="course_lasts_a_while",
                violation_error_message="It must last between 1 and 600 months, or not lapse.",
            ),
        ),
        migrations.AddIndex(
            "trainingrecord",
            models.Index(fields=["course", "user"], name="training_record_course"),
        ),
        guards.walled("training_course", web=CATALOGUE_OR_OWN, check=guards.OWN_FORCE),
        guards.walled("training_requirement", web=CATALOGUE_OR_OWN, check=guards.OWN_FORCE),
        guards.walled("training_trainingrecord", web=OF_OWN_PEOPLE),
        guards.walled("training_trainingimport", web=guards.OWN_FORCE),
        guards.audited("training_trainingimport", redacted=["rows"]),
        guards.never_deleted("training_trainingimport"),
    ]
