"""The proofs of training: what each is, what the scanner said, and where its bytes lie sealed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

TABLE = "training_proof"
STEPS = {"quarantined": ("clean", "infected"), "clean": (), "infected": ()}
# As of the files of cases (casework 0035): what came stays as it came, and the engine alone writes what the scanner said.
# What was seen for a record that is verified is not taken out. The owner's session only seals anew (accounts 0010).
GUARD = """
CREATE FUNCTION training_proof_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'quarantined' OR NEW.tries <> 0 OR NEW.taken_out_at IS NOT NULL THEN
            RAISE EXCEPTION 'a file begins in quarantine'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_begins_quarantined';
        END IF;
        RETURN NEW;
    ELSIF session_user = 'holdfast_owner' AND accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF (to_jsonb(OLD) - proof_changes()) <> (to_jsonb(NEW) - proof_changes()) THEN
        RAISE EXCEPTION 'a file stays as it came'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_stays_as_it_came';
    END IF;
    IF current_user <> 'holdfast_engine'
       AND (OLD.status, OLD.scanned_at, OLD.scanned_by, OLD.found, OLD.tried_at, OLD.tries, OLD.failure)
           IS DISTINCT FROM
           (NEW.status, NEW.scanned_at, NEW.scanned_by, NEW.found, NEW.tried_at, NEW.tries, NEW.failure) THEN
        RAISE EXCEPTION 'only the engine says what the scanner found'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'proof_verdict_is_the_engines';
    END IF;
    IF (OLD.status <> 'quarantined' AND (OLD.scanned_at, OLD.scanned_by, OLD.found)
           IS DISTINCT FROM (NEW.scanned_at, NEW.scanned_by, NEW.found))
       OR (OLD.taken_out_at IS NOT NULL AND (OLD.taken_out_at, OLD.taken_out_by_id)
           IS DISTINCT FROM (NEW.taken_out_at, NEW.taken_out_by_id)) THEN
        RAISE EXCEPTION 'what was said of a file stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_said_once';
    END IF;
    IF OLD.taken_out_at IS NULL AND NEW.taken_out_at IS NOT NULL
       AND EXISTS (SELECT 1 FROM training_trainingrecord t WHERE t.id = NEW.record_id AND t.verified_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was seen for a verified record stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_of_verified_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proof_guard BEFORE INSERT OR UPDATE ON training_proof
    FOR EACH ROW EXECUTE FUNCTION training_proof_guard();
""".replace(
    "proof_changes()",
    "ARRAY['status', 'scanned_at', 'scanned_by', 'found', 'tried_at', 'tries', 'failure', 'taken_out_at',"
    " 'taken_out_by_id']",
)
NO_GUARD = """
DROP TRIGGER proof_guard ON training_proof;
DROP FUNCTION training_proof_guard();
"""
OF_OWN_PEOPLE = (
    "{table}.record_id IN (SELECT t.id FROM training_trainingrecord t JOIN accounts_user u ON u.id = t.user_id"
    " WHERE u.force_id = (SELECT accounts_ctx('force'))::uuid)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0008_hours_of_learning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("suffix", models.CharField(max_length=5)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("kept_as", models.CharField(max_length=64, unique=True)),
                ("key", accounts.sealed.EncryptedTextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("quarantined", "Waiting for the virus scanner"),
                            ("clean", "Checked for viruses"),
                            ("infected", "Locked away: the virus scanner found something"),
                        ],
                        default="quarantined",
                        max_length=11,
                    ),
                ),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "scanned_by",
                    models.CharField(blank=True, max_length=200, verbose_name="checked by"),
                ),
                (
                    "found",
                    models.CharField(blank=True, max_length=200, verbose_name="what was found"),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=20)),
                ("taken_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="training.trainingrecord",
                    ),
                ),
                (
                    "taken_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "quarantined")),
                        fields=["tried_at"],
                        name="proof_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="proof_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest__regex", "^[0-9a-f]{64}$"),
                            ("kept_as__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="proof_names_are_hex",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found", ""),
                                ("scanned_at", None),
                                ("scanned_by", ""),
                                ("status", "quarantined"),
                            ),
                            models.Q(
                                ("found", ""),
                                ("scanned_at__isnull", False),
                                ("status", "clean"),
                                models.Q(("scanned_by", ""), _negated=True),
                            ),
                            models.Q(
                                ("scanned_at__isnull", False),
                                ("status", "infected"),
                                models.Q(("scanned_by", ""), _negated=True),
                                models.Q(("found", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proof_status_is_the_scanners",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_out_at", None), ("taken_out_by", None)),
                            models.Q(
                                ("taken_out_at__isnull", False), ("taken_out_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="proof_taken_out_by_and_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_out_at", None)),
                        fields=("record", "digest"),
                        name="proof_once_a_record",
                        violation_error_message="This very file is there already.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
        guards.walled(TABLE, web=OF_OWN_PEOPLE),
        guards.audited(TABLE, redacted=["key"]),
        guards.never_deleted(TABLE),
        guards.transitions(TABLE, STEPS),
    ]
