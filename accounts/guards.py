"""The room of the second wall and of the audit trigger: operations that a migration puts on a table."""

from collections.abc import Iterable, Mapping

from django.db.migrations import RunSQL

# Nobody's rows without a context: `accounts_ctx` gives NULL for a setting that is absent or ''.
SEES_SCOPE = "EXISTS (SELECT 1 FROM accounts_scope s WHERE s.id = {table}.scope_id)"
# Said so that the planner expects every row to pass: an equation it takes for one that keeps a row in 200, and plans a
# sweep over a million as one over a few.
IS_ENGINE = "(SELECT CASE WHEN accounts_ctx('kind') = 'engine' THEN 1 END) IS NOT NULL"
OWN_FORCE = "{table}.force_id = (SELECT accounts_ctx('force'))::uuid"
OWN_AGENCY = "{table}.agency_id = (SELECT accounts_ctx('agency'))::uuid"


def walled(table: str, *, web: str, check: str | None = None) -> RunSQL:
    """Row-level security on a table: `web` rows for the web role, all rows for the engine in its context.

    `web` is SQL in which `{table}` stands for the table; `check` is what a new row must meet (default: `web`).
    """
    using = web.format(table=table)
    with_check = (check or web).format(table=table)
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY web_sees ON {table} FOR ALL TO holdfast_web
            USING ({using}) WITH CHECK ({with_check});
        CREATE POLICY engine_sees ON {table} FOR ALL TO holdfast_engine
            USING ({IS_ENGINE}) WITH CHECK ({IS_ENGINE});
        -- Nobody logs in as the owner but migrations; a named SECURITY DEFINER function runs as it.
        CREATE POLICY owner_sees ON {table} FOR ALL TO holdfast_owner USING (true) WITH CHECK (true);
        """,
        f"""
        DROP POLICY owner_sees ON {table};
        DROP POLICY engine_sees ON {table};
        DROP POLICY web_sees ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def scoped(table: str) -> RunSQL:
    """Row-level security by the table's `scope_id`: whoever sees the Scope row sees this row."""
    return walled(table, web=SEES_SCOPE)


def audited(table: str, *, redacted: Iterable[str] = ()) -> RunSQL:
    """Every change to the table, by any path, writes an audit event; `redacted` columns without values."""
    columns = "{" + ",".join(sorted(redacted)) + "}"
    return RunSQL(
        f"""
        CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION accounts_audit_row('{columns}');
        """,
        f"DROP TRIGGER audit_row ON {table};",
    )


def append_only(table: str) -> RunSQL:
    """Rows of the table are never changed, deleted or truncated by the runtime roles."""
    return RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM holdfast_web, holdfast_engine;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION accounts_append_only();
        """,
        f"""
        DROP TRIGGER append_only ON {table};
        GRANT UPDATE, DELETE ON {table} TO holdfast_web, holdfast_engine;
        """,
    )


def never_deleted(table: str) -> RunSQL:
    """Rows of the table may change but are never deleted by the runtime roles."""
    return RunSQL(
        f"REVOKE DELETE, TRUNCATE ON {table} FROM holdfast_web, holdfast_engine;",
        f"GRANT DELETE ON {table} TO holdfast_web, holdfast_engine;",
    )


def transitions(table: str, allowed: Mapping[str, Iterable[str]]) -> RunSQL:
    """A status changes only along the model's own table of transitions, whatever the path."""
    steps = ",".join(f"{was}>{to}" for was in sorted(allowed) for to in sorted(allowed[was]))
    return RunSQL(
        f"""
        CREATE TRIGGER status_guard BEFORE UPDATE OF status ON {table}
            FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
            EXECUTE FUNCTION accounts_status_guard('{steps}');
        """,
        f"DROP TRIGGER status_guard ON {table};",
    )


GRANTED = """
-- The Scopes that a grant names the actor on. A function of its own, because it is asked once a statement
-- and keeps its plan: written into the policy, it was planned anew for every table of every question.
CREATE OR REPLACE FUNCTION accounts_granted() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT g.scope_id FROM accounts_scopegrant g
                  WHERE g.user_id = ANY (string_to_array(accounts_ctx('users'), ',')::uuid[])
                    AND g.starts_at <= accounts_ctx('at')::timestamptz
                    AND (g.ends_at IS NULL OR g.ends_at > accounts_ctx('at')::timestamptz));
END $$;
"""
FUNCTIONS = (
    GRANTED
    + """
CREATE FUNCTION accounts_ctx(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('app.' || name, true), '') $$;

CREATE FUNCTION accounts_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION accounts_status_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (OLD.status || '>' || NEW.status) = ANY (string_to_array(TG_ARGV[0], ',')) THEN
        RAISE EXCEPTION '%: % may not become %', TG_TABLE_NAME, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_status_guard';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION accounts_audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    redacted text[] := TG_ARGV[0]::text[];
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    here jsonb := CASE WHEN TG_OP = 'DELETE' THEN was ELSE is_now END;
    changes jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(key, CASE
               WHEN key = ANY (redacted) THEN '"(sealed)"'::jsonb
               WHEN TG_OP = 'UPDATE' THEN jsonb_build_array(was -> key, is_now -> key)
               ELSE here -> key END), '{}'::jsonb)
      INTO changes
      FROM jsonb_object_keys(here) AS key
     WHERE CASE WHEN TG_OP = 'UPDATE' THEN (was -> key) <> (is_now -> key)
                ELSE (here -> key) NOT IN ('null'::jsonb, '""'::jsonb) END;
    INSERT INTO accounts_auditevent (id, at, verb, actor_kind, actor_id, actor_name, force_id, agency_id,
                                     request_id, subject, subject_id, scope_id, detail)
    VALUES (gen_random_uuid(), coalesce(accounts_ctx('at')::timestamptz, clock_timestamp()),
            'row.' || lower(TG_OP), coalesce(accounts_ctx('kind'), 'database'),
            accounts_ctx('actor')::uuid, coalesce(accounts_ctx('name'), session_user),
            coalesce(accounts_ctx('force'), here ->> 'force_id')::uuid, accounts_ctx('agency')::uuid,
            coalesce(accounts_ctx('request'), ''),
            TG_TABLE_NAME, coalesce(here ->> 'id', ''), (here ->> 'scope_id')::uuid, changes);
    RETURN NULL;
END $$;
"""  # nosec B608 - only our own words
)
DROP_FUNCTIONS = """
DROP FUNCTION accounts_audit_row();
DROP FUNCTION accounts_status_guard();
DROP FUNCTION accounts_append_only();
DROP FUNCTION accounts_granted();
DROP FUNCTION accounts_ctx(text);
"""

AUDIT_TABLE = """
CREATE TABLE accounts_auditevent (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    verb varchar(60) NOT NULL,
    actor_kind varchar(20) NOT NULL,
    actor_id uuid,
    actor_name varchar(200) NOT NULL,
    force_id uuid,
    agency_id uuid,
    request_id varchar(64) NOT NULL,
    subject varchar(60) NOT NULL,
    subject_id varchar(64) NOT NULL,
    scope_id uuid,
    detail jsonb NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
-- A missing month never stops a write.
CREATE TABLE accounts_auditevent_default PARTITION OF accounts_auditevent DEFAULT;
CREATE INDEX auditevent_force ON accounts_auditevent (force_id, at);
CREATE INDEX auditevent_scope ON accounts_auditevent (scope_id, at);
CREATE INDEX auditevent_actor ON accounts_auditevent (actor_id, at);
CREATE INDEX auditevent_verb ON accounts_auditevent (verb, at);
CREATE FUNCTION accounts_make_months(first date, months int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    month date;
    made int := 0;
BEGIN
    FOR month IN SELECT (date_trunc('month', first) + make_interval(months => n))::date
                   FROM generate_series(0, months - 1) AS n
                  WHERE to_regclass('accounts_auditevent_' || to_char(
                            date_trunc('month', first) + make_interval(months => n), 'YYYYMM')) IS NULL
    LOOP
        -- Events that came before their month was made move into it; detached, the default has no
        -- append-only trigger and keeps its rows from the new month's bounds.
        ALTER TABLE accounts_auditevent DETACH PARTITION accounts_auditevent_default;
        EXECUTE format(
            'CREATE TABLE accounts_auditevent_%1$s (LIKE accounts_auditevent INCLUDING DEFAULTS);
             WITH early AS (DELETE FROM accounts_auditevent_default
                             WHERE at >= %2$L AND at < %3$L RETURNING *)
             INSERT INTO accounts_auditevent_%1$s SELECT * FROM early;
             ALTER TABLE accounts_auditevent ATTACH PARTITION accounts_auditevent_%1$s
                 FOR VALUES FROM (%2$L) TO (%3$L);
             -- A partition''s own privileges would go round the parent''s guards.
             REVOKE ALL ON accounts_auditevent_%1$s FROM holdfast_web, holdfast_engine',
            to_char(month, 'YYYYMM'), month::timestamp AT TIME ZONE 'UTC',
            (month + interval '1 month') AT TIME ZONE 'UTC');
        ALTER TABLE accounts_auditevent ATTACH PARTITION accounts_auditevent_default DEFAULT;
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
SELECT accounts_make_months('2026-11-01', 14);
REVOKE ALL ON accounts_auditevent_default FROM holdfast_web, holdfast_engine;
REVOKE UPDATE, DELETE, TRUNCATE ON accounts_auditevent FROM holdfast_web, holdfast_engine;
REVOKE EXECUTE ON FUNCTION accounts_make_months(date, int) FROM PUBLIC, holdfast_web, holdfast_engine;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION accounts_append_only();
ALTER TABLE accounts_auditevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_auditevent FORCE ROW LEVEL SECURITY;
CREATE POLICY everyone_writes ON accounts_auditevent FOR INSERT TO holdfast_web, holdfast_engine
    WITH CHECK (true);
CREATE POLICY own_force_reads ON accounts_auditevent FOR SELECT TO holdfast_web
    USING (force_id = (SELECT accounts_ctx('force'))::uuid
           OR (force_id IS NULL AND EXISTS (SELECT 1 FROM accounts_scope s WHERE s.id = scope_id)));
"""
AUDIT_TABLE += f"CREATE POLICY engine_reads ON accounts_auditevent FOR SELECT TO holdfast_engine USING ({IS_ENGINE});"
DROP_AUDIT_TABLE = """
DROP TABLE accounts_auditevent;
DROP FUNCTION accounts_make_months(date, int);
"""

# Standard rows of one's units (or force), and rows that a grant names one on, but none that is closed to one
# by a conflict of interest [architecture 6]. What does not differ by row stands inside of a SELECT, casts too: there it
# is worked out once a statement, outside once for each of a force's rows.
SCOPE_VISIBLE = """
accounts_scope.force_id = (SELECT accounts_ctx('force')::uuid)
AND accounts_scope.id <> ALL (
    (SELECT coalesce(string_to_array(accounts_ctx('barred'), ',')::uuid[], ARRAY[]::uuid[]))::uuid[])
AND (
    (accounts_scope.restriction = 'standard'
     AND ((SELECT accounts_ctx('reach') = 'force')
          OR accounts_scope.unit_id = ANY (
              (SELECT string_to_array(accounts_ctx('units'), ',')::uuid[])::uuid[])))
    OR accounts_scope.id = ANY ((SELECT accounts_granted())::uuid[])
)
"""

# What is different for one person: the Scopes closed to them, and those they opened in an emergency, until when.
# Asked before there is a context, so it sees past the walls; it answers with ids and times of that person alone.
EXCEPTIONS = """
CREATE FUNCTION accounts_exceptions(person uuid, moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN jsonb_build_object(
        'barred', (SELECT coalesce(jsonb_agg(b.scope_id), '[]') FROM accounts_scopebar b
                    WHERE b.user_id = person AND b.ended_at IS NULL),
        'opened', (SELECT coalesce(jsonb_object_agg(g.scope_id, g.ends_at), '{}') FROM accounts_scopegrant g
                    WHERE g.user_id = person AND g.kind = 'break-glass'
                      AND g.starts_at <= moment AND g.ends_at > moment));
END $$;
"""
# Only `casework_break_glass` gives emergency access to a web session, and nobody makes it longer.
EMERGENCY_GUARD = """
CREATE FUNCTION accounts_emergency_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'holdfast_web' AND (TG_OP = 'INSERT' OR NEW.ends_at > OLD.ends_at
                                          OR OLD.kind <> 'break-glass') THEN
        RAISE EXCEPTION 'emergency access is asked for, not written' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER emergency_guard BEFORE INSERT OR UPDATE ON accounts_scopegrant
    FOR EACH ROW WHEN (NEW.kind = 'break-glass') EXECUTE FUNCTION accounts_emergency_guard();
"""

# Who holds it: the owner; else their cover; else the unit's duty supervisor; else the force's lead.
HOLDER = """
CREATE FUNCTION accounts_present(person uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = person AND u.is_active
                      AND NOT EXISTS (SELECT 1 FROM accounts_absence a
                                       WHERE a.user_id = u.id AND a.starts_at <= moment AND a.ends_at > moment))
$$;
CREATE FUNCTION accounts_duty_supervisor(team uuid, moment timestamptz) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT s.user_id FROM accounts_supervision s
     WHERE s.unit_id = team AND accounts_present(s.user_id, moment) ORDER BY s.rank, s.id LIMIT 1
$$;
CREATE FUNCTION accounts_force_lead(whose uuid, moment timestamptz) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_user u JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = 'specialist_lead'
     WHERE u.force_id = whose AND u.is_active
     ORDER BY accounts_present(u.id, moment) DESC, u.joined_at, u.id LIMIT 1
$$;
CREATE FUNCTION accounts_holder(owner uuid, team uuid, whose uuid, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        CASE WHEN accounts_present(owner, moment) THEN owner END,
        (SELECT a.cover_id FROM accounts_absence a
          WHERE a.user_id = owner AND a.starts_at <= moment AND a.ends_at > moment
            AND accounts_present(a.cover_id, moment)
            AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = owner AND u.is_active) LIMIT 1),
        accounts_duty_supervisor(team, moment),
        accounts_force_lead(whose, moment))
$$;
"""
DROP_HOLDER = """
DROP FUNCTION accounts_holder(uuid, uuid, uuid, timestamptz);
DROP FUNCTION accounts_force_lead(uuid, timestamptz);
DROP FUNCTION accounts_duty_supervisor(uuid, timestamptz);
DROP FUNCTION accounts_present(uuid, timestamptz);
"""
