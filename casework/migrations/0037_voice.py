"""What people say of how they were treated, behind a wall of its own: not for those whom it is about."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

# Whom the answers of a case are about: whoever owns or owned it, logged it, or wrote in its history anything but
# what supervisors and registrars do over others' work. A navigator stands beside the person, not for the police.
ABOUT = """
CREATE FUNCTION casework_voice_about(of_case uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM casework_case c WHERE c.id = of_case AND person IN (c.owner_id, c.logged_by_id))
        OR EXISTS (SELECT 1 FROM casework_allocation l WHERE l.case_id = of_case AND l.owner_id = person)
        OR (EXISTS (SELECT 1 FROM casework_caseevent e
                     WHERE e.case_id = of_case AND e.by_id = person
                       AND e.kind <> ALL (ARRAY['assigned', 'review', 'closed', 'returned', 'reopened', 'transfer',
                                                'taken_on', 're_planned', 'retention', 'pack', 'sought', 'conflict']))
            AND NOT (EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = person AND r.role = 'navigator')
                     AND NOT EXISTS (SELECT 1 FROM accounts_roleheld r
                                      WHERE r.user_id = person
                                        AND r.role IN ('responder', 'investigator', 'supervisor', 'specialist_lead'))))
$$;
"""
# A link is all that its holder has: they are nobody, and see no row. Whether it is guessed, used or too old is not
# told apart.
LINK = """
CREATE FUNCTION casework_voice_asked(hash text, moment timestamptz) RETURNS TABLE (point text, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.point::text, a.language::text FROM casework_asking a
     WHERE a.token = hash AND a.until > moment
       AND NOT EXISTS (SELECT 1 FROM casework_voiceanswer v WHERE v.asking_id = a.id)
$$;
CREATE FUNCTION casework_voice_take(hash text, moment timestamptz, said jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked casework_asking;
BEGIN
    SELECT * INTO asked FROM casework_asking a WHERE a.token = hash AND a.until > moment FOR UPDATE;
    IF asked.id IS NULL OR EXISTS (SELECT 1 FROM casework_voiceanswer v WHERE v.asking_id = asked.id) THEN
        RETURN false;
    END IF;
    INSERT INTO casework_voiceanswer (id, asking_id, force_id, at, skipped, answers, unsafe, complaint, has_words)
    SELECT (said ->> 'id')::uuid, asked.id, s.force_id, moment, (said ->> 'skipped')::boolean, said -> 'answers',
           (said ->> 'unsafe')::boolean, (said ->> 'complaint')::boolean, (said ->> 'has_words')::boolean
      FROM accounts_scope s WHERE s.id = asked.scope_id;
    IF (said ->> 'has_words')::boolean THEN
        INSERT INTO casework_voicewords (id, asking_id, words)
        VALUES ((said ->> 'words_id')::uuid, asked.id, said ->> 'words');
    END IF;
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION casework_voice_asked(text, timestamptz) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION casework_voice_take(text, timestamptz, jsonb) FROM PUBLIC;
"""
NO_FUNCTIONS = """
DROP FUNCTION casework_voice_take(text, timestamptz, jsonb);
DROP FUNCTION casework_voice_asked(text, timestamptz);
"""
IS_NOT_ABOUT = "NOT casework_voice_about({table}.case_id, (SELECT accounts_ctx('actor'))::uuid)"
ASKS = f"(({guards.SEES_SCOPE}) AND {IS_NOT_ABOUT}) OR {guards.OWN_AGENCY}"
OF_ASKING = "EXISTS (SELECT 1 FROM casework_asking a WHERE a.id = {table}.asking_id)"
READS = f"(SELECT accounts_ctx('voice')) = 'yes' AND {OF_ASKING}"
SECRET = {
    "casework_asking": ("language", "token", "way"),
    "casework_voiceanswer": (
        *("answers", "asking_id", "complaint"),
        *("has_words", "skipped", "unsafe"),
    ),
    "casework_voicewords": ("asking_id", "words"),
    "casework_voicedealing": ("asking_id", "done", "words"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0023_told_at_the_old_address"),
        ("casework", "0036_conflicts_in_merged_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Asking",
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
                    "point",
                    models.CharField(
                        choices=[
                            ("first_contact", "After the first contact"),
                            ("interview", "After an interview"),
                            ("decision", "After a decision"),
                            ("closure", "When the case is closed"),
                        ],
                        max_length=15,
                        verbose_name="about what",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("in_person", "Somebody of the force asked them"),
                            ("link", "By a link that works once"),
                            ("agency", "Their support worker asked them"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("token", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
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
                        related_name="askings",
                        to="casework.case",
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
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VoiceAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("skipped", models.BooleanField()),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("unsafe", models.BooleanField()),
                ("complaint", models.BooleanField()),
                ("has_words", models.BooleanField()),
                (
                    "asking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="casework.asking",
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
            ],
            options={
                "ordering": ("-at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="VoiceDealing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "done",
                    models.CharField(
                        choices=[
                            ("safe", "Somebody made sure that they are safe"),
                            ("complaint", "Their complaint is recorded"),
                            ("standards", "Passed to professional standards"),
                            ("put_right", "It was put right with them"),
                            ("noted", "Read; nothing had to be done"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                ("words", accounts.sealed.EncryptedTextField(verbose_name="how")),
                (
                    "asking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dealing",
                        to="casework.asking",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VoiceWords",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", accounts.sealed.EncryptedTextField()),
                (
                    "asking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="casework.asking",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("token__isnull", False), ("until__isnull", False), ("way", "link")),
                    models.Q(
                        models.Q(("way", "link"), _negated=True),
                        ("token__isnull", True),
                        ("until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="asking_link_has_hash_and_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("token__isnull", True), ("token__regex", "^[0-9a-f]{64}$"), _connector="OR"
                ),
                name="asking_token_is_a_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("way", "agency")),
                    models.Q(
                        models.Q(("way", "agency"), _negated=True),
                        ("agency__isnull", True),
                        ("by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="asking_says_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="voiceanswer",
            index=models.Index(fields=["force", "at"], name="voice_force_at"),
        ),
        migrations.AddConstraint(
            model_name="voiceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("skipped", False),
                    models.Q(
                        ("answers", {}),
                        ("complaint", False),
                        ("has_words", False),
                        ("unsafe", False),
                    ),
                    _connector="OR",
                ),
                name="voice_skipped_says_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="voicedealing",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="voice_dealing_has_words"
            ),
        ),
        migrations.RunSQL(ABOUT, "DROP FUNCTION casework_voice_about(uuid, uuid);"),
        migrations.RunSQL(LINK, NO_FUNCTIONS),
        guards.walled("casework_asking", web=ASKS),
        # Whoever asked may write down what they heard; they cannot read it again.
        guards.walled("casework_voiceanswer", web=READS, check=OF_ASKING),
        guards.walled("casework_voicewords", web=READS, check=OF_ASKING),
        guards.walled("casework_voicedealing", web=READS),
        *(guards.audited(table, redacted=columns) for table, columns in SECRET.items()),
        *(guards.append_only(table) for table in SECRET),
    ]
