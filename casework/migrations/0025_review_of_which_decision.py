"""Who asks for a review, or wants none, says of which decision: the police's and the prosecutors' are two."""

from django.db import migrations, models

KINDS = [
    *("breach_decided", "complaint_acknowledged", "data_given", "property_returned"),
    *("review_acknowledged", "review_asked", "review_decided", "review_unwanted"),
]
SAYS_TO_WHAT = models.CheckConstraint(
    condition=~models.Q(("kind__in", KINDS)) | models.Q(("answers__isnull", False)),
    name="happening_answer_says_to_what",
    violation_error_message="Say what this answers.",
)
# What was recorded before stays as it is: it says of no decision. What is new must. Append-only rows are not changed.
NEW_ROWS = """
ALTER TABLE casework_investigationevent DROP CONSTRAINT happening_answer_says_to_what;
ALTER TABLE casework_investigationevent ADD CONSTRAINT happening_answer_says_to_what
    CHECK (NOT (kind IN ({kinds})) OR answers_id IS NOT NULL) NOT VALID;
"""
BEFORE = [kind for kind in KINDS if kind not in {"review_asked", "review_unwanted"}]


def listed(kinds):
    return ", ".join(f"'{kind}'" for kind in kinds)


class Migration(migrations.Migration):
    dependencies = [("casework", "0024_re_planned")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    NEW_ROWS.format(kinds=listed(KINDS)), NEW_ROWS.format(kinds=listed(BEFORE))
                )
            ],
            state_operations=[
                migrations.RemoveConstraint("investigationevent", "happening_answer_says_to_what"),
                migrations.AddConstraint("investigationevent", SAYS_TO_WHAT),
            ],
        )
    ]
