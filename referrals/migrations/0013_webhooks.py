"""Webhooks: addresses that two people agreed on, what they are signed with, and how far each telling got."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

# An agency's own; a force's administrators confirm addresses and see what could not be delivered. No row here says
# anything of a person.
OF_AGENCY = f"{guards.OWN_AGENCY} OR (SELECT accounts_ctx('kind')) = 'officer'"
# What was agreed on stays as it was agreed on, and the log stays as it was written.
KEPT = """
REVOKE UPDATE ON referrals_webhook FROM holdfast_web, holdfast_engine;
GRANT UPDATE (confirmed_by_id, confirmed_at, is_on, ended_by_id, ended_at) ON referrals_webhook
   TO holdfast_web, holdfast_engine;
GRANT UPDATE (upto) ON referrals_webhook TO holdfast_engine;
REVOKE UPDATE ON referrals_webhooksecret FROM holdfast_web, holdfast_engine;
GRANT UPDATE (ends_at) ON referrals_webhooksecret TO holdfast_web, holdfast_engine;
"""
NOT_KEPT = """
REVOKE UPDATE (ends_at) ON referrals_webhooksecret FROM holdfast_web, holdfast_engine;
GRANT UPDATE ON referrals_webhooksecret TO holdfast_web, holdfast_engine;
REVOKE UPDATE (upto) ON referrals_webhook FROM holdfast_engine;
REVOKE UPDATE (confirmed_by_id, confirmed_at, is_on, ended_by_id, ended_at) ON referrals_webhook
  FROM holdfast_web, holdfast_engine;
GRANT UPDATE ON referrals_webhook TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shifts"),
        ("referrals", "0012_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("delivered", "Received"),
                            ("dead", "Given up"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("send_after", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="referrals.event",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "-number", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("took_ms", models.PositiveIntegerField()),
                ("problem", models.CharField(blank=True, max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tries",
                        to="referrals.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("url", models.CharField(max_length=300, verbose_name="address")),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("is_on", models.BooleanField(default=False, verbose_name="switched on")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("upto", models.PositiveBigIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhooks",
                        to="accounts.agency",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-proposed_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="webhook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="referrals.webhook",
            ),
        ),
        migrations.CreateModel(
            name="WebhookSecret",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("secret", accounts.sealed.EncryptedTextField()),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secrets",
                        to="referrals.webhook",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("agency", "url"),
                name="webhook_once",
                violation_error_message="This address is there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__regex", "^https://[a-z0-9.-]+(/|$)")),
                name="webhook_is_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="webhook_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="webhook_confirmed_by_another",
                violation_error_message="Somebody else must confirm the address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_on", False),
                    models.Q(("confirmed_at__isnull", False), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="webhook_on_only_when_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "queued")),
                fields=["webhook", "send_after", "number"],
                name="delivery_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["webhook", "-made_at"], name="delivery_log"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "dead")), fields=["webhook"], name="delivery_dead"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("webhook", "event"), name="delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "delivered"), _negated=True),
                    ("delivered_at__isnull", False),
                    _connector="OR",
                ),
                name="delivery_received_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dead"), _negated=True),
                    ("failed_at__isnull", False),
                    _connector="OR",
                ),
                name="delivery_dead_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_token__isnull", True), ("lease_until__isnull", True)),
                    models.Q(
                        ("lease_token__isnull", False),
                        ("lease_until__isnull", False),
                        ("state", "queued"),
                    ),
                    _connector="OR",
                ),
                name="delivery_lease_while_queued",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhooksecret",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at__isnull", True)),
                fields=("webhook",),
                name="webhook_has_one_newest_secret",
            ),
        ),
        guards.walled("referrals_webhook", web=OF_AGENCY),
        guards.audited("referrals_webhook"),
        guards.never_deleted("referrals_webhook"),
        guards.walled("referrals_webhooksecret", web=guards.OWN_AGENCY),
        guards.audited("referrals_webhooksecret", redacted=["secret"]),
        guards.never_deleted("referrals_webhooksecret"),
        guards.walled("referrals_delivery", web=OF_AGENCY),
        guards.never_deleted("referrals_delivery"),
        guards.walled("referrals_attempt", web=OF_AGENCY),
        guards.append_only("referrals_attempt"),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
