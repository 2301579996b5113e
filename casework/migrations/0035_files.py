"""The files of cases: what each is, what the scanner said, and where its bytes lie sealed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

TABLE = "casework_casefile"
SEALED = ("dealt_with", "key", "name", "why_taken_out", "words")
STEPS = {"quarantined": ("clean", "infected"), "clean": (), "infected": ()}
# What came stays as it came, what the scanner said is written by the engine alone, and a row goes with its case
# alone. The owner's session only seals anew (accounts 0010).
GUARD = """
CREATE FUNCTION casework_file_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'quarantined' OR NEW.tries <> 0 OR NEW.dealt_with_at IS NOT NULL
           OR NEW.taken_out_at IS NOT NULL THEN
            RAISE EXCEPTION 'a file begins in quarantine'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_begins_quarantined';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        IF current_user = 'holdfast_owner' AND accounts_ctx('disposing') = 'yes' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a file goes with its case alone'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'file_goes_with_its_case';
    ELSIF session_user = 'holdfast_owner' AND accounts_only_resealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF (to_jsonb(OLD) - file_changes()) <> (to_jsonb(NEW) - file_changes()) THEN
        RAISE EXCEPTION 'a file stays as it came'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_stays_as_it_came';
    END IF;
    IF current_user <> 'holdfast_engine'
       AND (OLD.status, OLD.scanned_at, OLD.scanned_by, OLD.found, OLD.tried_at, OLD.tries, OLD.failure)
           IS DISTINCT FROM
           (NEW.status, NEW.scanned_at, NEW.scanned_by, NEW.found, NEW.tried_at, NEW.tries, NEW.failure) THEN
        RAISE EXCEPTION 'only the engine says what the scanner found'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'file_verdict_is_the_engines';
    END IF;
    IF (OLD.status <> 'quarantined' AND (OLD.scanned_at, OLD.scanned_by, OLD.found)
           IS DISTINCT FROM (NEW.scanned_at, NEW.scanned_by, NEW.found))
       OR (OLD.dealt_with_at IS NOT NULL AND (OLD.dealt_with_at, OLD.dealt_with_by_id, OLD.dealt_with)
           IS DISTINCT FROM (NEW.dealt_with_at, NEW.dealt_with_by_id, NEW.dealt_with))
       OR (OLD.taken_out_at IS NOT NULL AND (OLD.taken_out_at, OLD.taken_out_by_id, OLD.why_taken_out)
           IS DISTINCT FROM (NEW.taken_out_at, NEW.taken_out_by_id, NEW.why_taken_out)) THEN
        RAISE EXCEPTION 'what was said of a file stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_said_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER file_guard BEFORE INSERT OR UPDATE OR DELETE ON casework_casefile
    FOR EACH ROW EXECUTE FUNCTION casework_file_guard();
""".replace(
    "file_changes()",
    "ARRAY['status', 'scanned_at', 'scanned_by', 'found', 'tried_at', 'tries', 'failure', 'dealt_with_at',"
    " 'dealt_with_by_id', 'dealt_with', 'taken_out_at', 'taken_out_by_id', 'why_taken_out']",
)
NO_GUARD = """
DROP TRIGGER file_guard ON casework_casefile;
DROP FUNCTION casework_file_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_directories"),
        ("casework", "0034_dip_samples"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("logged", "Concern logged"),
                    ("handed", "Handed to the duty supervisor"),
                    ("sent", "Sent to the duty supervisor"),
                    ("assigned", "Owner assigned"),
                    ("safety", "Immediate safety confirmed"),
                    ("contact", "Contact"),
                    ("note", "Note"),
                    ("told", "They told us"),
                    ("consent", "Consent"),
                    ("safe_contact", "Safe contact rule"),
                    ("crime", "Crime recorded"),
                    ("authority", "Local authority told"),
                    ("needs", "Needs assessed"),
                    ("nrm", "National referral"),
                    ("duty_to_notify", "Duty to notify"),
                    ("guardian", "Guardianship service"),
                    ("investigation", "Investigation"),
                    ("informed", "They were told"),
                    ("enhanced", "Enhanced rights"),
                    ("section_45", "Section 45"),
                    ("immigration", "Immigration enforcement"),
                    ("referral", "Support referral"),
                    ("review", "Supervisor review"),
                    ("risk", "Risk"),
                    ("closing", "Closing asked for"),
                    ("closed", "Closed"),
                    ("returned", "Not closed"),
                    ("reopened", "Reopened"),
                    ("edited", "Details changed"),
                    ("person", "The person"),
                    ("age", "Age"),
                    ("missing", "Missing"),
                    ("lost_contact", "Nobody can reach them"),
                    ("person_left", "Owner left"),
                    ("linked", "Linked to another record of the same person"),
                    ("unlinked", "No longer linked to another record"),
                    ("merged", "Merged with another record of the same person"),
                    ("unmerged", "Parted from a record that it was merged with"),
                    ("operation", "Operation"),
                    ("transfer", "Transfer to another unit"),
                    ("taken_on", "Somebody took on what was late"),
                    ("re_planned", "A due time was moved"),
                    ("retention", "How long it is kept"),
                    ("pack", "Copy of the record, to give away"),
                    ("sought", "Looked into who searched for this person"),
                    ("emergency", "Opened in an emergency"),
                    ("conflict", "Conflict of interest"),
                    ("file", "File"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="CaseFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("photograph", "Photograph"),
                            ("statement", "Statement"),
                            ("interview", "Record of an interview"),
                            ("agency", "Document from an agency"),
                            (
                                "official",
                                "Letter or decision from the Home Office, a court or prosecutors",
                            ),
                            ("medical", "Medical or forensic report"),
                            ("messages", "Messages or records from a phone"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="what it is",
                    ),
                ),
                ("words", accounts.sealed.EncryptedTextField(verbose_name="what it shows or says")),
                ("name", accounts.sealed.EncryptedTextField(blank=True, verbose_name="its name")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("suffix", models.CharField(max_length=5)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "says_where",
                    models.CharField(
                        choices=[
                            ("no", "No"),
                            ("yes", "Yes"),
                            ("unknown", "It may: Holdfast cannot read that in this kind of file"),
                        ],
                        max_length=7,
                        verbose_name="says where it was made",
                    ),
                ),
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
                ("dealt_with_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dealt_with",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="what was done about it"
                    ),
                ),
                ("taken_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why_taken_out",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="why it was taken out"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="casework.case",
                    ),
                ),
                (
                    "dealt_with_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
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
                "verbose_name": "file",
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "quarantined")),
                        fields=["tried_at"],
                        name="file_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False)), name="file_has_bringer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="file_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest__regex", "^[0-9a-f]{64}$"),
                            ("kept_as__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="file_names_are_hex",
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
                        name="file_status_is_the_scanners",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dealt_with", ""), ("dealt_with_at", None), ("dealt_with_by", None)
                            ),
                            models.Q(
                                ("dealt_with_at__isnull", False),
                                ("dealt_with_by__isnull", False),
                                ("status", "infected"),
                                models.Q(("dealt_with", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="file_dealt_with_by_and_at",
                        violation_error_message="Say what was done about the file.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_out_at", None),
                                ("taken_out_by", None),
                                ("why_taken_out", ""),
                            ),
                            models.Q(
                                ("taken_out_at__isnull", False),
                                ("taken_out_by__isnull", False),
                                models.Q(("why_taken_out", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="file_taken_out_by_and_at",
                        violation_error_message="Say why it is taken out.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_out_at", None)),
                        fields=("case", "digest"),
                        name="file_once_a_case",
                        violation_error_message="This very file is in the case already.",
                    ),
                ],
            },
        ),
        guards.scoped(TABLE),
        guards.never_deleted(TABLE),
        guards.audited(TABLE, redacted=SEALED),
        guards.transitions(TABLE, STEPS),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
