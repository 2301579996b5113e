"""The chain of the audit trail: places, signed anchors and certificates of disposal, written by the engine alone."""

from django.db import migrations, models
from django.db.models import F, Q

from accounts import guards

TABLES = ("accounts_auditlink", "accounts_auditanchor", "accounts_auditdisposal")
# By which transaction wrote it, the chain finds what has no place yet.
BY_TRANSACTION = "CREATE INDEX auditevent_xid ON accounts_auditevent (xid);"
ENGINES_ALONE = "REVOKE ALL ON {table} FROM holdfast_web;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_disposing")]

    operations = [
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_at", models.DateTimeField()),
                ("event_id", models.UUIDField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ("seq",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_at", "event_id"), name="event_has_one_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("first_seq", models.BigIntegerField()),
                ("last_seq", models.BigIntegerField(unique=True)),
                ("hash", models.BinaryField(max_length=32)),
                ("floor", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=60)),
                ("signature", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(last_seq__gte=F("first_seq")), name="anchor_holds_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditDisposal",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False)),
                ("events", models.BigIntegerField()),
                ("names", models.JSONField()),
                ("at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=60)),
                ("signature", models.BinaryField(max_length=32)),
            ],
            options={"ordering": ("month",)},
        ),
        migrations.RunSQL(BY_TRANSACTION, "DROP INDEX auditevent_xid;"),
        *(guards.walled(table, web="false") for table in TABLES),
        *(guards.append_only(table) for table in TABLES),
        *(
            migrations.RunSQL(ENGINES_ALONE.format(table=table), migrations.RunSQL.noop)
            for table in TABLES
        ),
        # A month goes by the owner alone, who leaves the certificate.
        migrations.RunSQL(
            "REVOKE INSERT ON accounts_auditdisposal FROM holdfast_engine;",
            "GRANT INSERT ON accounts_auditdisposal TO holdfast_engine;",
        ),
    ]
