#!/bin/sh
# Makes the namespace ready before any worker may come: closed histories are kept for a hundred years (what is set
# after a workflow has closed no longer helps that one), and every search attribute is known (an unknown one would
# freeze the workflow that uses it). Safe to repeat. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE come from the environment.
set -eu

RETENTION=36500d
ATTRIBUTES='MonitoringNumber=Keyword MonitoringKind=Keyword Stage=Keyword Conductor=Keyword NextDue=Datetime'
ATTEMPTS=60

# A command right after another may still see the old metadata: repeat until it succeeds, but not for ever.
until_done() {
  left=$ATTEMPTS
  until "$@"; do
    left=$((left - 1))
    if [ "$left" -le 0 ]; then
      echo "Gave up: $*" >&2
      exit 1
    fi
    sleep 2
  done
}

namespace() {
  # By option: `create` does not read the name from the environment.
  temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 && action=update || action=create
  temporal operator namespace "$action" --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
}

attribute() {
  temporal operator search-attribute list | grep -qw "$1" ||
    temporal operator search-attribute create --name "$1" --type "$2"
}

until_done temporal operator cluster health
until_done namespace
for pair in $ATTRIBUTES; do
  until_done attribute "${pair%%=*}" "${pair##*=}"
done
echo "The namespace $TEMPORAL_NAMESPACE is ready."
