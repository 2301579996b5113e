"""An agency may be asked about several needs of one person at once, about each of them once."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

# What a GiST index can tell the overlap of: a point for each need. Two needs of one point are as likely as two
# equal ids.
MARKS = """
CREATE FUNCTION referrals_marks(needs varchar[]) RETURNS int8multirange
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(range_agg(int8range(mark, mark, '[]')), '{}')
      FROM (SELECT hashtextextended(need, 0) >> 1 AS mark FROM unnest(needs) AS n (need)) m
$$;
"""
MARKS_NOT = "DROP FUNCTION referrals_marks(varchar[]);"

# When somebody had been asked about each of the needs again; null while there is one that nobody was.
ASKED_ANEW = """
CREATE FUNCTION referrals_asked_anew(of_case uuid, needs varchar[], after timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN bool_and(f.sent_at IS NOT NULL) THEN max(f.sent_at) END
      FROM unnest(needs) AS n (need)
      LEFT JOIN LATERAL (SELECT min(r.sent_at) AS sent_at FROM referrals_supportreferral r
                          WHERE r.case_id = of_case AND r.sent_at > after AND n.need = ANY (r.needs)) f ON true
$$;
"""
ASKED_ANEW_NOT = "DROP FUNCTION referrals_asked_anew(uuid, varchar[], timestamptz);"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0016_sandbox")]

    operations = [
        migrations.RunSQL(MARKS, MARKS_NOT),
        migrations.RunSQL(ASKED_ANEW, ASKED_ANEW_NOT),
        migrations.AddConstraint(
            model_name="supportreferral",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("status__in", ("sent", "opened", "needs_info", "accepted", "in_progress"))
                ),
                expressions=(
                    ("case", "="),
                    ("agency", "="),
                    (models.Func(models.F("needs"), function="referrals_marks"), "&&"),
                ),
                name="referral_one_open_for_a_need",
                violation_error_message="This agency is asked about one of these needs already. Start again with the others.",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="supportreferral", name="referral_one_open_with_agency"
        ),
    ]
