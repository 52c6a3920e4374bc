#!/bin/sh
# Makes the databases and who may do what, on an empty data directory by itself, later by hand (docs/operations.md):
# safe to repeat, it sets the passwords of the secrets anew. Nobody here is a superuser, and the system and
# Temporal do not see each other's data.
#   monitoring_owner  owns the system's tables; migrations sign in as it, nothing else does
#   monitoring        whom the API and the workers sign in as; its rights come from the group monitoring_app, and
#                     those from the migrations (migrations/rights.py): it may add to the journal, not change it
#   temporal          the Temporal server
set -eu

secret() { cat "${SECRETS:-/run/secrets}/$1"; }

# Each by itself: one that is missing ends the script here, instead of becoming an empty password below.
owner_password=$(secret monitoring_owner_db_password)
monitoring_password=$(secret monitoring_db_password)
temporal_password=$(secret temporal_db_password)

psql --set=ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set=owner_password="$owner_password" \
  --set=monitoring_password="$monitoring_password" --set=temporal_password="$temporal_password" <<'SQL'
SELECT format('CREATE ROLE %I', role) FROM unnest(ARRAY['monitoring_app', 'monitoring_owner', 'monitoring', 'temporal'])
  AS role WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
ALTER ROLE monitoring_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE monitoring LOGIN PASSWORD :'monitoring_password';
ALTER ROLE temporal LOGIN PASSWORD :'temporal_password';
GRANT monitoring_app TO monitoring;
SELECT format('CREATE DATABASE %I OWNER %I', name, owner) FROM (VALUES
  ('monitoring', 'monitoring_owner'), ('temporal', 'temporal'), ('temporal_visibility', 'temporal')) AS wanted (name, owner)
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec
ALTER DATABASE monitoring OWNER TO monitoring_owner;
REVOKE CONNECT ON DATABASE monitoring, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE monitoring TO monitoring_app;
SQL

# An installation from before the two were apart: what `monitoring` owned becomes the owner's.
psql --set=ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname monitoring <<'SQL'
REASSIGN OWNED BY monitoring TO monitoring_owner;
ALTER SCHEMA public OWNER TO monitoring_owner;
SQL
