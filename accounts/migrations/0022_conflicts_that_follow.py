"""A conflict of interest may follow from one in another record, and then ends with it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0021_why_a_case_is_opened")]

    operations = [
        migrations.AddField(
            "scopebar",
            "through",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.scopebar",
            ),
        ),
        migrations.RemoveConstraint("scopebar", "bar_once_while_open"),
        migrations.AddConstraint(
            "scopebar",
            models.UniqueConstraint(
                condition=Q(ended_at__isnull=True, through__isnull=True),
                fields=("scope", "user"),
                name="bar_once_while_open",
                violation_error_message="This case is closed to them already.",
            ),
        ),
        migrations.AddConstraint(
            "scopebar",
            models.UniqueConstraint(
                condition=Q(ended_at__isnull=True, through__isnull=False),
                fields=("scope", "through"),
                name="bar_follows_once_while_open",
            ),
        ),
        migrations.RemoveConstraint("scopebar", "bar_ended_by_somebody_who_says_why"),
        migrations.AddConstraint(
            "scopebar",
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=True, through__isnull=False)
                | Q(ended_at__isnull=False, ended_by__isnull=False, why_ended__regex=r"\S"),
                name="bar_ended_by_somebody_who_says_why",
            ),
        ),
    ]
