#!/bin/sh
# Runs once, on an empty data directory: one role and its databases for the system, one for Temporal.
# Neither is a superuser, and neither sees the other's data.
set -eu

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=monitoring_password="$MONITORING_DB_PASSWORD" --set=temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE monitoring LOGIN PASSWORD :'monitoring_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE monitoring OWNER monitoring;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE monitoring, temporal, temporal_visibility FROM PUBLIC;
SQL
