"""What an allocation rested on is kept with it; nobody reviews their own override, or answers their own offer."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0031_misuse")]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="considered",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="allocation",
            name="place",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="allocation",
            name="choice_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=500,
                verbose_name="why somebody who was not proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=Q(considered={}) | Q(place__lte=3) | ~Q(choice_reason=""),
                name="allocation_unproposed_has_reason",
                violation_error_message="Say why this officer, who was not proposed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=Q(override_reviewed_by__isnull=True) | ~Q(override_reviewed_by=F("by")),
                name="allocation_override_second_person",
                violation_error_message="Another lead must review what you decided.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("offered_by")),
                name="transfer_answered_by_another",
                violation_error_message="Somebody else must answer what you offered.",
            ),
        ),
    ]
