"""When the owner first opened a case that they were given. Whoever has one now counts as having opened it."""

from django.db import migrations, models

AS_GIVEN = "UPDATE casework_allocation SET opened_at = at;"


class Migration(migrations.Migration):
    dependencies = [("casework", "0025_review_of_which_decision")]

    operations = [
        migrations.AddField("allocation", "opened_at", models.DateTimeField(null=True, blank=True)),
        migrations.RunSQL(AS_GIVEN, migrations.RunSQL.noop),
    ]
