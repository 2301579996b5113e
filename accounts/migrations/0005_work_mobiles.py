"""A person's work mobile: where a text goes when an e-mail cannot be delivered."""

from django.db import migrations, models
from django.db.models import Q

from accounts import guards

SEALED = ["password", "last_login", "email"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_owner_changes_are_audited")]

    operations = [
        migrations.AddField(
            "user",
            "mobile",
            models.CharField(blank=True, default="", max_length=20, verbose_name="work mobile"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(mobile="") | Q(mobile__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="user_mobile_is_a_number",
                violation_error_message="Enter a mobile number, like 07700 900123.",
            ),
        ),
        # The trail says that a number changed, and not to what.
        migrations.RunSQL(
            "DROP TRIGGER audit_row ON accounts_user",
            guards.audited("accounts_user", redacted=SEALED).sql,
        ),
        guards.audited("accounts_user", redacted=[*SEALED, "mobile"]),
    ]
