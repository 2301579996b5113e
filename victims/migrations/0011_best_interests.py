"""What was decided for an adult who could not decide it themselves, by whom and why."""

from django.db import migrations, models

ALLOWS = """
CREATE OR REPLACE FUNCTION victims_allows(word victims_consentevent) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT word.outcome = 'given' OR word.best_interests = 'go_ahead'
$$;
"""
ALLOWED = """
CREATE OR REPLACE FUNCTION victims_allows(word victims_consentevent) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT word.outcome = 'given'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("victims", "0010_what_holds_everywhere")]

    operations = [
        migrations.AddField(
            model_name="consentevent",
            name="best_interests",
            field=models.CharField(
                blank=True,
                choices=[
                    ("go_ahead", "Go ahead: it is in their best interests"),
                    ("do_not", "Do not: it is not in their best interests"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="what was decided in their best interests",
            ),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="best_interests_by",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="who decided in their best interests",
            ),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="best_interests_why",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                verbose_name="why they could not decide, and why this is best for them",
            ),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("given", "Agreed"),
                    ("refused", "Did not agree"),
                    ("withdrawn", "Took it back"),
                    ("no_capacity", "Could not decide this: they lack capacity"),
                ],
                max_length=12,
                verbose_name="they",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("best_interests__in", ["go_ahead", "do_not"]),
                        ("outcome", "no_capacity"),
                        models.Q(("best_interests_by", ""), _negated=True),
                        models.Q(("best_interests_why", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "no_capacity"), _negated=True),
                        ("best_interests", ""),
                        ("best_interests_by", ""),
                        ("best_interests_why", ""),
                    ),
                    _connector="OR",
                ),
                name="consent_best_interests_by_and_why",
                violation_error_message="Say who decided in their best interests, what and why; only if they could not decide.",
            ),
        ),
        migrations.RunSQL(ALLOWS, ALLOWED),
    ]
