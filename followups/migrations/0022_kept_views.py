"""Views that supervisors keep for their unit."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

TABLE = "followups_keptview"
OF_UNIT = (
    f"{guards.OWN_FORCE} AND ((SELECT accounts_ctx('reach')) = 'force'"
    " OR {table}.unit_id = ANY ((SELECT string_to_array(accounts_ctx('units'), ','))::uuid[]))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_scopes_asked_quicker"),
        ("followups", "0021_who_reads_what_people_say"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("address", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("unit", "name"),
                        name="kept_view_name_once",
                        violation_error_message="The unit has a view of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__regex", "^/[a-z0-9/_-]+(\\?[A-Za-z0-9_=&-]*)?$")
                        ),
                        name="kept_view_is_an_address_of_ours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="kept_view_ended_by_and_at",
                    ),
                ],
            },
        ),
        guards.walled(TABLE, web=OF_UNIT),
        guards.audited(TABLE, redacted=("name",)),
        guards.never_deleted(TABLE),
    ]
