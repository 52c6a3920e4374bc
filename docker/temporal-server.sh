#!/bin/sh
# Starts a Temporal server that finds the others by the database: it tells them the address of its own container.
# The server takes its password from the environment, so it is read here, in its container alone.
set -eu

POSTGRES_PWD=$(cat /run/secrets/temporal_db_password)
TEMPORAL_BROADCAST_ADDRESS=$(hostname -i | cut -d ' ' -f 1)
export POSTGRES_PWD TEMPORAL_BROADCAST_ADDRESS
exec temporal-server start
