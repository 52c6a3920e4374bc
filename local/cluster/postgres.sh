#!/bin/sh
# What the image of PostgreSQL does before its command: on an empty folder it makes a database server, reachable by its
# socket only, and runs what lies in /docker-entrypoint-initdb.d.
set -eu

major=$(postgres --version | sed 's/.* \([0-9]*\).*/\1/')
PGDATA="/var/lib/postgresql/$major/docker"
PGHOST=/run/postgresql
POSTGRES_USER=postgres
export PGDATA PGHOST POSTGRES_USER

# Releases before 17 have no locales of their own: the system's C.UTF-8 sorts alike.
arguments=$POSTGRES_INITDB_ARGS
test "$major" -ge 17 || arguments=$(echo "$arguments" | sed 's/--locale-provider=builtin//')

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  # shellcheck disable=SC2086 # several words
  initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $arguments
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  pg_ctl -w -o "-c listen_addresses='' -c unix_socket_directories=$PGHOST" start
  for script in /docker-entrypoint-initdb.d/*.sh; do
    sh "$script"
  done
  pg_ctl -w -m fast stop
fi

exec "$@" -c listen_addresses="$LISTEN_ON" -c unix_socket_directories="$PGHOST"
