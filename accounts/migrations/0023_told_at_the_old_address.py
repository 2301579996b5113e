"""A changed e-mail address is told to the old one too."""

from django.db import migrations, models

KINDS = [
    ("link-made", "An administrator made a link to set a new password for you."),
    ("password-set", "Your password was changed."),
    ("step-added", "A second step was added to your account."),
    ("step-removed", "A second step was removed from your account."),
    ("step-reset", "An administrator took away your second step."),
    ("codes-made", "New recovery codes were made for your account."),
    ("sessions-ended", "An administrator signed you out everywhere."),
    ("address-changed", "Your e-mail address in Holdfast was changed."),
    ("roles-changed", "An administrator changed what you may do."),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0022_conflicts_that_follow")]

    operations = [
        migrations.AddField(
            "securitynotice",
            "address",
            models.EmailField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AlterField(
            "securitynotice", "kind", models.CharField(choices=KINDS, max_length=20)
        ),
    ]
