#!/bin/sh
# Brings Temporal's two databases to the schema of this release, which the tool carries with it. Safe to repeat:
# `setup-schema --version 0.0` is for a database without any. The tool of 1.32.0 leaves a version alone that is there;
# one that set it back would do everything again. So it comes only where an update found no version to begin from.
# SQL_HOST, SQL_PORT, SQL_USER and SQL_PLUGIN come from the environment.
set -eu

SQL_PASSWORD=$(cat /run/secrets/temporal_db_password)
export SQL_PASSWORD

update() { temporal-sql-tool update-schema --schema-name "postgresql/v12/$1"; }

for database in temporal visibility; do
  case "$database" in
    temporal) SQL_DATABASE=temporal ;;
    visibility) SQL_DATABASE=temporal_visibility ;;
  esac
  export SQL_DATABASE
  if ! update "$database"; then
    echo "$SQL_DATABASE has no schema yet, or does not answer." >&2
    temporal-sql-tool setup-schema --version 0.0
    update "$database"
  fi
done
