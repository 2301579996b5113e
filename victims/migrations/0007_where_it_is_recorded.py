"""Where a topic is recorded, and why somebody asked who is no specialist."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("victims", "0006_how_consent_was_explained"),
    ]

    operations = [
        migrations.AddField(
            model_name="toldtopic",
            name="record",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="toldtopic",
            name="why_not_specialist",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="why somebody asked who is no specialist"
            ),
        ),
        migrations.AlterField(
            model_name="toldtopic",
            name="state",
            field=models.CharField(
                choices=[
                    ("told", "Told us"),
                    ("not_asked", "Not asked"),
                    ("declined", "Asked, did not want to say"),
                    ("specialist_only", "Ask only by a specialist"),
                    ("anyone", "Anybody may ask again"),
                ],
                max_length=20,
                verbose_name="state",
            ),
        ),
    ]
