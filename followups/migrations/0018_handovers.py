"""What whoever ends a shift leaves to whoever begins the next."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import accounts.sealed
from accounts import guards

TABLE = "followups_handover"
OF_UNIT = (
    f"{guards.OWN_FORCE} AND ((SELECT accounts_ctx('reach')) = 'force'"
    " OR {table}.unit_id = ANY ((SELECT string_to_array(accounts_ctx('units'), ','))::uuid[]))"
)


def to(what: str, **over: object) -> models.ForeignKey:
    given = {"related_name": "+"} | over
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=what, **given)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0020_officer_gender"),
        ("followups", "0017_dropped_and_refused"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "words",
                    accounts.sealed.EncryptedTextField(
                        verbose_name="what the next supervisor must know"
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("force", to("accounts.force")),
                ("read_by", to(settings.AUTH_USER_MODEL, blank=True, null=True)),
                ("unit", to("accounts.unit")),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [models.Index(fields=["unit", "-at"], name="handover_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(read_at__isnull=True, read_by__isnull=True)
                        | Q(read_at__isnull=False, read_by__isnull=False) & ~Q(read_by=F("by")),
                        name="handover_read_by_another",
                        violation_error_message="Somebody else must say that they have read it.",
                    )
                ],
            },
        ),
        guards.walled(TABLE, web=OF_UNIT),
        guards.audited(TABLE, redacted=("words",)),
        guards.never_deleted(TABLE),
    ]
