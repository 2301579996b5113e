"""Sign-in names differ by more than capitals; an absence may be called off before it begins."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="user_signin_name_any_case",
                violation_error_message="Somebody already has this sign-in name.",
            ),
        ),
        migrations.RemoveConstraint(model_name="absence", name="absence_ends_after_start"),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gte", models.F("starts_at"))),
                name="absence_ends_after_start",
                violation_error_message="The absence must end after it starts.",
            ),
        ),
    ]
