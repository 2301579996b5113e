"""An officer may be offered to people who would rather speak to a woman or a man; nobody makes up a second person."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0019_engine_sees_every_row")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="officer_gender",
            field=models.CharField(
                blank=True,
                choices=[("woman", "A woman"), ("man", "A man")],
                db_default="",
                default="",
                max_length=10,
                verbose_name="for people who would rather speak to a woman or a man",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("user")),
                name="role_given_by_another",
                violation_error_message="Nobody gives themselves a role.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditdisposal",
            constraint=models.CheckConstraint(
                condition=~Q(names__0=F("names__1")), name="month_disposed_of_by_two"
            ),
        ),
    ]
