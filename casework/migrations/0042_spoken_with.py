"""When each case was spoken with, read from its index alone by the numbers of a force."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_scopes_asked_quicker"),
        ("casework", "0041_nrm_reading"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("outcome", "spoke")),
                fields=["case", "at"],
                include=("scope",),
                name="contact_spoken",
            ),
        ),
    ]
