"""A referral keeps for whom it was looked for: whoever is asked next is looked for alike."""

import django.contrib.postgres.fields
from django.db import migrations, models

import accounts.sealed

REDACTED = """
DROP TRIGGER audit_row ON referrals_supportreferral;
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON referrals_supportreferral
    FOR EACH ROW EXECUTE FUNCTION accounts_audit_row('{columns}');
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0021_ways_elsewhere")]

    operations = [
        migrations.AddField(
            model_name="supportreferral",
            name="gender",
            field=models.CharField(
                choices=[("any", "Anyone"), ("women", "Women"), ("men", "Men")],
                db_default="any",
                default="any",
                max_length=10,
                verbose_name="would rather go to a service for",
            ),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="place",
            field=accounts.sealed.EncryptedTextField(
                blank=True, db_default="", default="", verbose_name="where they need it"
            ),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="access",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("step_free", "Step-free, with an accessible toilet"),
                        ("sign_language", "British Sign Language"),
                        ("easy_read", "Easy read and plain words"),
                        ("low_vision", "For people with little or no sight"),
                        ("visits", "Visits people where they are"),
                    ],
                    max_length=20,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="what must be accessible",
            ),
        ),
        migrations.RunSQL(
            REDACTED.format(columns="{no_other_support_why,place}"),
            REDACTED.format(columns="{no_other_support_why}"),
        ),
    ]
