"""Whoever was told of something late says who does it, what next and by when."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# Whoever sees the follow-up sees what hangs on it.
SEES_FOLLOWUP = "EXISTS (SELECT 1 FROM followups_followup f WHERE f.id = {table}.followup_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0007_held_anew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("rung", models.PositiveSmallIntegerField()),
                ("what_next", models.CharField(max_length=500, verbose_name="what next")),
                ("until", models.DateTimeField(verbose_name="by when")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "doer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "followup",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="followups.followup",
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
                "indexes": [models.Index(fields=["doer", "until"], name="acknowledged_doer")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("rung__lt", 3)),
                        fields=("followup", "round", "rung"),
                        name="acknowledged_once_a_rung",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rung__gte", 2), ("rung__lte", 3)),
                        name="acknowledged_an_escalation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("at")),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("at"), "+", models.Value(datetime.timedelta(days=1))
                                ),
                            ),
                        ),
                        name="acknowledged_for_a_day_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what_next", ""), _negated=True),
                        name="acknowledged_with_what_next",
                    ),
                ],
            },
        ),
        guards.walled("followups_acknowledgement", web=SEES_FOLLOWUP),
        guards.append_only("followups_acknowledgement"),
        guards.audited("followups_acknowledgement"),
    ]
