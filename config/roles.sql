-- The login roles of Holdfast and what they may do. Run as an administrator of the server, in the
-- database of Holdfast, as often as you like; it needs the psql variables owner_password,
-- web_password and engine_password. Used by `make run` and by the database container alike.
--
-- holdfast_owner   owns the tables; migrations only
-- holdfast_web     serves pages and the agencies' API; row-level security always applies
-- holdfast_engine  the follow-up engine, workers and commands; row-level security always applies

SELECT set_config('holdfast.owner_password', :'owner_password', false) <> '' AS owner_given,
       set_config('holdfast.web_password', :'web_password', false) <> '' AS web_given,
       set_config('holdfast.engine_password', :'engine_password', false) <> '' AS engine_given;

DO $$
DECLARE
    role text;
BEGIN
    SET LOCAL password_encryption = 'scram-sha-256';
    FOREACH role IN ARRAY ARRAY['owner', 'web', 'engine'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_' || role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS',
                           'holdfast_' || role);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_' || role
                    AND (rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication)) THEN
            RAISE EXCEPTION 'role holdfast_% has rights that row-level security does not survive', role;
        END IF;
        EXECUTE format('ALTER ROLE %I PASSWORD %L',
                       'holdfast_' || role, current_setting('holdfast.' || role || '_password'));
    END LOOP;
    -- A managed server's administrator is no superuser: it must be a member to hand things over.
    IF NOT pg_has_role(current_user, 'holdfast_owner', 'USAGE') THEN
        EXECUTE format('GRANT holdfast_owner TO %I', current_user);
    END IF;
END
$$;

-- Limits by role, because a pooler does not pass start-up options on.
ALTER ROLE holdfast_web SET statement_timeout = '15s';
ALTER ROLE holdfast_web SET lock_timeout = '5s';
ALTER ROLE holdfast_web SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE holdfast_engine SET statement_timeout = '120s';
ALTER ROLE holdfast_engine SET lock_timeout = '10s';
ALTER ROLE holdfast_engine SET idle_in_transaction_session_timeout = '120s';
-- A sweep joins everything that is owed with everything that is recorded: in memory, not on disk.
ALTER ROLE holdfast_engine SET work_mem = '64MB';
ALTER ROLE holdfast_owner SET lock_timeout = '10s';

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO holdfast_owner, holdfast_web, holdfast_engine',
                   current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO holdfast_engine', current_database());
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO holdfast_owner', current_database());
    ELSE  -- a managed server's administrator may not give a database away, and need not
        EXECUTE format('GRANT CREATE ON DATABASE %I TO holdfast_owner', current_database());
    END IF;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO holdfast_web, holdfast_engine;
GRANT USAGE, CREATE ON SCHEMA public TO holdfast_owner;

-- What migrations make is usable at once; migrations take away what must be append-only.
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO holdfast_web, holdfast_engine;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO holdfast_web, holdfast_engine;
ALTER DEFAULT PRIVILEGES FOR ROLE holdfast_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO holdfast_web, holdfast_engine;
