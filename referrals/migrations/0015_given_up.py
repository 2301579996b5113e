"""What was given up is asked for in each round: it has an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_duty_by_shift"),
        ("referrals", "0014_loop_closed"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("failed_at__isnull", False)),
                fields=["failed_at"],
                name="delivery_failed",
            ),
        ),
    ]
