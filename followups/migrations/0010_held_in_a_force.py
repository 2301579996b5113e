"""A held sweep is of one force, whose specialist lead lets it go; whatever is held now is found anew by the next."""

import django.db.models.deletion
from django.db import migrations, models

ANEW = "DELETE FROM followups_heldsweep WHERE released_at IS NULL;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_leaving"), ("followups", "0009_third_move")]

    operations = [
        migrations.RunSQL(ANEW, migrations.RunSQL.noop),
        migrations.RemoveConstraint("heldsweep", "held_sweep_once"),
        migrations.AddField(
            "heldsweep",
            "force",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.force",
            ),
        ),
        migrations.AddConstraint(
            "heldsweep",
            models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("rule", "force"),
                name="held_sweep_once_a_force",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, ANEW),
    ]
