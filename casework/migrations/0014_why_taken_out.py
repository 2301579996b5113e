"""What is taken out of the account stays in the record, with who, when and why; nothing of it is deleted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_work_mobiles"),
        ("casework", "0013_keys_of_many"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="place",
            name="place_position_once",
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="taken_out_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="taken_out_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="why_taken_out",
            field=models.CharField(blank=True, max_length=500, verbose_name="why it was taken out"),
        ),
        migrations.AddField(
            model_name="party",
            name="taken_out_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="taken_out_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="why_taken_out",
            field=models.CharField(blank=True, max_length=500, verbose_name="why it was taken out"),
        ),
        migrations.AddField(
            model_name="place",
            name="taken_out_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="place",
            name="taken_out_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="why_taken_out",
            field=models.CharField(blank=True, max_length=500, verbose_name="why it was taken out"),
        ),
        migrations.AddField(
            model_name="situation",
            name="taken_out_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="situation",
            name="taken_out_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="situation",
            name="why_taken_out",
            field=models.CharField(blank=True, max_length=500, verbose_name="why it was taken out"),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_out_at", None), ("taken_out_by", None), ("why_taken_out", "")),
                    models.Q(("taken_out_at__isnull", False), ("why_taken_out__regex", "\\S")),
                    _connector="OR",
                ),
                name="evidencefile_out_with_a_reason",
                violation_error_message="Say why it is taken out of the account.",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_out_at", None), ("taken_out_by", None), ("why_taken_out", "")),
                    models.Q(("taken_out_at__isnull", False), ("why_taken_out__regex", "\\S")),
                    _connector="OR",
                ),
                name="party_out_with_a_reason",
                violation_error_message="Say why it is taken out of the account.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_out_at", None), ("taken_out_by", None), ("why_taken_out", "")),
                    models.Q(("taken_out_at__isnull", False), ("why_taken_out__regex", "\\S")),
                    _connector="OR",
                ),
                name="place_out_with_a_reason",
                violation_error_message="Say why it is taken out of the account.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_out_at", None)),
                fields=("case", "kind", "position"),
                name="place_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_out_at", None), ("taken_out_by", None), ("why_taken_out", "")),
                    models.Q(("taken_out_at__isnull", False), ("why_taken_out__regex", "\\S")),
                    _connector="OR",
                ),
                name="situation_out_with_a_reason",
                violation_error_message="Say why it is taken out of the account.",
            ),
        ),
        *(
            guards.never_deleted(f"casework_{table}")
            for table in ("place", "party", "evidencefile")
        ),
    ]
