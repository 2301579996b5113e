"""The points at which people are asked how it was for them, and why somebody was not."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

# The points at which people are asked how it was for them, as they are reached; when they were first asked since, or it
# was said why not; and when it was over, which is with the case, and of its end when it went on. A case that goes on
# keeps its ids: of the first conversation and the first interview it has one each, whichever row is the first by then.
# Nobody asks who has died, who is with another force now, or whom nobody ever spoke with. Whoever reads the view reads
# the tables behind it with their own rights.
REACHED = """
CREATE VIEW casework_pointreached WITH (security_invoker = true) AS
SELECT md5(p.of || p.point)::uuid AS id, p.case_id, p.point::varchar(15) AS point, p.at, z.settled_at,
       CASE p.point WHEN 'closure'
            THEN (SELECT min(e.at) FROM casework_caseevent e
                   WHERE e.case_id = p.case_id AND e.kind = 'reopened' AND e.at >= p.at)
            ELSE c.closed_at END AS over_at
  FROM (SELECT t.case_id::text AS of, t.case_id, 'first_contact' AS point, min(t.at) AS at
          FROM casework_contact t WHERE t.outcome = 'spoke' GROUP BY t.case_id
        UNION ALL
        SELECT i.case_id::text AS of, i.case_id, 'interview' AS point, min(i.at) AS at
          FROM casework_interview i GROUP BY i.case_id
        UNION ALL
        SELECT d.decision_id::text AS of, d.case_id, 'decision' AS point, min(d.at) AS at
          FROM casework_informed d JOIN casework_nrmevent e ON e.id = d.decision_id
         WHERE d.subject = 'decision' AND d.why_not = ''
           AND e.kind IN ('rg_positive', 'rg_negative', 'cg_positive', 'cg_negative')
         GROUP BY d.decision_id, d.case_id
        UNION ALL
        SELECT k.id::text AS of, k.case_id, 'closure' AS point, k.decided_at AS at FROM casework_closure k
         WHERE k.agreed AND k.outcome NOT IN ('transferred', 'died', 'no_contact')
           AND EXISTS (SELECT 1 FROM casework_contact t WHERE t.case_id = k.case_id AND t.outcome = 'spoke')) p
  JOIN casework_case c ON c.id = p.case_id
  LEFT JOIN LATERAL (
       SELECT least((SELECT min(a.at) FROM casework_asking a
                      WHERE a.case_id = p.case_id AND a.point = p.point AND a.at >= p.at),
                    (SELECT min(n.at) FROM casework_notasked n
                      WHERE n.case_id = p.case_id AND n.point = p.point AND n.at >= p.at)) AS settled_at
       OFFSET 0) z ON true;
"""
ASKS = (
    f"({guards.SEES_SCOPE})"
    " AND NOT casework_voice_about({table}.case_id, (SELECT accounts_ctx('actor'))::uuid)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0026_agencies_kept_by"),
        ("casework", "0042_spoken_with"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PointReached",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
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
                    ),
                ),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "casework_pointreached",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="NotAsked",
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
                    "why",
                    models.CharField(
                        choices=[
                            ("unsafe", "Asking could put them in danger"),
                            ("unwell", "They are not well enough to be asked"),
                            ("unreached", "Nobody can reach them safely"),
                            ("recently", "They were asked something else not long ago"),
                            ("support", "Their support worker asks them"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                        verbose_name="why not",
                    ),
                ),
                (
                    "words",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="in your own words"
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
                        related_name="not_asked",
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
                "indexes": [
                    models.Index(fields=["case", "point", "at"], name="not_asked_case_point")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False)), name="not_asked_says_by_whom"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_asked_other_says_why",
                        violation_error_message="Enter why they are not asked.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REACHED, "DROP VIEW casework_pointreached;"),
        guards.walled("casework_notasked", web=ASKS),
        guards.audited("casework_notasked", redacted=("why", "words")),
        guards.append_only("casework_notasked"),
    ]
