"""What ends of the person's facts says why, as what is taken out of the account does."""

from django.db import migrations, models

KINDS = ("dependant", "nationality", "personname", "reference", "spokenlanguage")
# Until now nobody was asked.
BEFORE = "Put right, or taken out before a reason was asked for."


def say_so(apps, schema_editor):
    for kind in KINDS:
        rows = apps.get_model("victims", kind).objects
        rows.filter(ended_at__isnull=False, why_ended="").update(why_ended=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("victims", "0012_age_as_one")]

    operations = [
        *(
            migrations.AddField(
                model_name=kind,
                name="why_ended",
                field=models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    max_length=500,
                    verbose_name="why it was taken out",
                ),
            )
            for kind in KINDS
        ),
        migrations.RunPython(say_so, migrations.RunPython.noop),
        # The audit rows of that change are written before the table is changed again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        *(
            migrations.AddConstraint(
                model_name=kind,
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("ended_at", None),
                        ("ended_by", None),
                        ("why_ended", ""),
                    )
                    | models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("why_ended__regex", "\\S"),
                    ),
                    name=f"{kind}_ended_with_a_reason",
                    violation_error_message="Say why it is taken out.",
                ),
            )
            for kind in KINDS
        ),
    ]
