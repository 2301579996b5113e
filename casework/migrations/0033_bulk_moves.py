"""Many cases moved in one go: the job, and what became of each case."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import casework.models.moves
from accounts import guards

JOB, CASE = "casework_bulkmove", "casework_movedcase"


def to(what: str, **over: object) -> models.ForeignKey:
    given = {"related_name": "+"} | over
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=what, **given)


def key() -> models.UUIDField:
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


def perhaps(what: str) -> models.ForeignKey:
    return to(what, blank=True, null=True)


USER = settings.AUTH_USER_MODEL
WHERE_TO = [
    ("officer", "All of them to one officer"),
    ("shared", "Shared out: each to whoever is proposed first for it"),
    ("unit", "Offered to another unit, which answers for each"),
]
WHY = [
    ("area", "It happened, or the person lives, in their area"),
    ("specialist", "It needs what that unit can do"),
    ("investigation", "It belongs to an investigation there"),
    ("owner_moved", "Its officer works there now"),
    ("capacity", "We cannot look after it well now"),
    ("other", "Another reason"),
]
STATUS = [
    ("waiting", "Waiting"),
    ("moved", "Given to another officer"),
    ("offered", "Offered to the other unit"),
    ("refused", "Not moved"),
    ("stopped", "Not moved: the job was stopped"),
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0032_proposals")]

    operations = [
        migrations.CreateModel(
            name="BulkMove",
            fields=[
                ("id", key()),
                ("to", models.CharField(choices=WHERE_TO, max_length=10, verbose_name="where to")),
                ("why", models.CharField(blank=True, choices=WHY, max_length=15)),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                (
                    "in_spite",
                    models.BooleanField(default=False, verbose_name="although training is missing"),
                ),
                ("total", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("by", to(USER)),
                ("force", to("accounts.force")),
                ("stopped_by", perhaps(USER)),
                ("to_owner", perhaps(USER)),
                ("to_unit", perhaps("accounts.unit")),
                ("unit", to("accounts.unit")),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [models.Index(fields=["unit", "-at"], name="bulk_move_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(to="officer", to_owner__isnull=False, to_unit__isnull=True)
                        | Q(to="shared", to_owner__isnull=True, to_unit__isnull=True)
                        | Q(to="unit", to_owner__isnull=True, to_unit__isnull=False) & ~Q(why=""),
                        name="bulk_move_says_where_to",
                    ),
                    models.CheckConstraint(
                        condition=Q(reason__regex=r"\S"),
                        name="bulk_move_says_why",
                        violation_error_message="Say why the cases are moved.",
                    ),
                    models.CheckConstraint(
                        condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                        | Q(
                            stopped_at__isnull=False,
                            stopped_by__isnull=False,
                            done_at__isnull=True,
                        ),
                        name="bulk_move_stopped_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedCase",
            fields=[
                ("id", key()),
                ("place", models.PositiveIntegerField()),
                ("status", models.CharField(choices=STATUS, default="waiting", max_length=10)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("case", to("casework.case")),
                ("job", to("casework.bulkmove", related_name="cases")),
                ("owner_after", perhaps(USER)),
                ("owner_before", perhaps(USER)),
                ("scope", to("accounts.scope")),
                ("transfer", perhaps("casework.transfer")),
            ],
            options={
                "ordering": ("place",),
                "indexes": [
                    models.Index(
                        condition=Q(status="waiting"),
                        fields=["job", "place"],
                        name="moved_case_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "case"), name="moved_case_once_a_job"),
                    models.UniqueConstraint(
                        condition=Q(status="waiting"),
                        fields=("case",),
                        name="moved_case_waits_once",
                        violation_error_message="A case of these is already waiting in another job.",
                    ),
                    models.CheckConstraint(
                        condition=Q(status="waiting", ended_at__isnull=True)
                        | (~Q(status="waiting") & Q(ended_at__isnull=False)),
                        name="moved_case_ended_has_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(status="moved", owner_after__isnull=False)
                        | (~Q(status="moved") & Q(owner_after__isnull=True)),
                        name="moved_case_has_owner",
                    ),
                    models.CheckConstraint(
                        condition=Q(status="offered", transfer__isnull=False)
                        | (~Q(status="offered") & Q(transfer__isnull=True)),
                        name="moved_case_offered_has_offer",
                    ),
                    models.CheckConstraint(
                        condition=Q(status="refused", problem__regex=r"\S")
                        | (~Q(status="refused") & Q(problem="")),
                        name="moved_case_refused_says_why",
                    ),
                ],
            },
        ),
        guards.walled(JOB, web=guards.OWN_FORCE),
        guards.scoped(CASE),
        guards.audited(JOB),
        guards.audited(CASE),
        guards.never_deleted(JOB),
        guards.never_deleted(CASE),
        guards.transitions(CASE, casework.models.moves.MovedCase.TRANSITIONS),
    ]
