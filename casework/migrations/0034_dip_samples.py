"""Cases drawn at random for a look at the quality of the work."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from accounts import guards

SAMPLE, CASE = "casework_dipsample", "casework_sampledcase"
USER = settings.AUTH_USER_MODEL
OF_UNIT = (
    f"{guards.OWN_FORCE} AND ((SELECT accounts_ctx('reach')) = 'force'"
    " OR {table}.unit_id = ANY ((SELECT string_to_array(accounts_ctx('units'), ','))::uuid[]))"
)


def to(what: str, **over: object) -> models.ForeignKey:
    given = {"related_name": "+"} | over
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=what, **given)


def key() -> models.UUIDField:
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("casework", "0033_bulk_moves")]

    operations = [
        migrations.CreateModel(
            name="DipSample",
            fields=[
                ("id", key()),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("open", "Open cases"),
                            ("closed", "Cases closed in the last 90 days"),
                        ],
                        max_length=10,
                        verbose_name="from which cases",
                    ),
                ),
                ("size", models.PositiveSmallIntegerField(verbose_name="how many")),
                ("seed", models.CharField(max_length=64)),
                ("population", models.JSONField()),
                ("at", models.DateTimeField()),
                ("by", to(USER)),
                ("force", to("accounts.force")),
                ("unit", to("accounts.unit")),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [models.Index(fields=["unit", "-at"], name="dip_sample_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(size__gte=1, size__lte=50),
                        name="dip_sample_of_a_size",
                        violation_error_message="Draw between 1 and 50 cases.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SampledCase",
            fields=[
                ("id", key()),
                ("place", models.PositiveSmallIntegerField()),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("findings", models.TextField(blank=True, verbose_name="what you found")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("case", to("casework.case")),
                ("owner", to(USER, blank=True, null=True)),
                ("reviewed_by", to(USER, blank=True, null=True)),
                ("sample", to("casework.dipsample", related_name="cases")),
                ("scope", to("accounts.scope")),
            ],
            options={
                "ordering": ("place",),
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "case"), name="sampled_once_a_draw"),
                    models.UniqueConstraint(
                        fields=("sample", "place"), name="sampled_in_one_place"
                    ),
                    models.CheckConstraint(
                        condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, findings="")
                        | Q(
                            reviewed_at__isnull=False,
                            reviewed_by__isnull=False,
                            findings__regex=r"\S",
                        ),
                        name="sampled_reviewed_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=Q(reviewed_by__isnull=True)
                        | Q(owner__isnull=True)
                        | ~Q(reviewed_by=F("owner")),
                        name="sampled_reviewed_by_another",
                        violation_error_message=(
                            "Somebody else must look at the quality of your work."
                        ),
                    ),
                ],
            },
        ),
        guards.walled(SAMPLE, web=OF_UNIT),
        guards.scoped(CASE),
        guards.audited(SAMPLE),
        guards.audited(CASE),
        guards.append_only(SAMPLE),
        guards.never_deleted(CASE),
    ]
