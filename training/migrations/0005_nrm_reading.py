"""Training is asked of whoever tells the Home Office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0004_verified_by_second_person"),
    ]

    operations = [
        migrations.AlterField(
            model_name="requirement",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("role", "Everybody in the role"),
                    ("own_case", "Being given an investigation"),
                    (
                        "nrm",
                        "Sending the national referral, or the notification, unread by somebody else",
                    ),
                ],
                max_length=20,
                verbose_name="for",
            ),
        ),
    ]
