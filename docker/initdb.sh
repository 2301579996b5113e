#!/bin/sh
# Run once by the PostgreSQL image in a new cluster: the login roles, with passwords from files.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --quiet <<'SQL'
\set owner_password `cat /run/secrets/holdfast/owner_password`
\set web_password `cat /run/secrets/holdfast/web_password`
\set engine_password `cat /run/secrets/holdfast/engine_password`
\o /dev/null
\i /holdfast/roles.sql
SQL
