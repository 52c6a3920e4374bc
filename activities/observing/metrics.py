"""What is counted and measured, by its names (docs/operations.md, Figures).

Labels are words of closed vocabularies: routes as they are written, commands, codes, kinds. Nobody's number,
body, account or address is one.
"""

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

_ANSWERS: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_RECORDS: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 600.0)


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(f"monitoring_{name}", meaning, labels, registry=REGISTRY)


def _gauge(name: str, meaning: str, *labels: str) -> Gauge:
    return Gauge(f"monitoring_{name}", meaning, labels, registry=REGISTRY)


def _histogram(name: str, meaning: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
    return Histogram(f"monitoring_{name}", meaning, labels, buckets=buckets, registry=REGISTRY)


# The API, as it answers.
REQUESTS: Final = _counter("http_requests", "Requests answered", "method", "route", "status")
REQUEST_SECONDS: Final = _histogram("http_request_seconds", "How long they took", _ANSWERS, "method", "route")
COMMANDS: Final = _counter("commands", "Commands by what became of them", "command", "fate")
REFUSALS: Final = _counter("command_refusals", "Commands refused, by the first reason", "command", "code")
COMMAND_SECONDS: Final = _histogram(
    "command_recorded_seconds", "From the request to the line in the journal", _RECORDS, "command"
)
SIGN_INS: Final = _counter("sign_ins", "Who came in, by the way", "way")
SIGN_INS_REFUSED: Final = _counter("sign_ins_refused", "Who did not, by why", "fault")

# Each program.
CONNECTIONS: Final = _gauge("database_connections", "Connections of this program's pool", "state")
BUILD: Final = _gauge("build_info", "1; which build this is", "version", "fingerprint")

# Workers, as they work.
RECORD_SECONDS: Final = _histogram(
    "record_seconds",
    "From an event to its line in the journal",
    _RECORDS,
)
RECORD_WAITING: Final = _gauge(
    "record_oldest_waiting_seconds", "Age of the oldest event this worker could not record yet"
)
RECORDS_REFUSED: Final = _counter("records_refused", "Recordings refused, as the stores disagree", "fault")
LETTER_ATTEMPTS: Final = _counter("letter_attempts", "Attempts to hand a letter over", "outcome")

# The door for mail that comes back.
MAIL_RECEIVED: Final = _counter("mail_received", "Messages kept, by what they were sorted as", "sort")
MAIL_NOT_KEPT: Final = _counter("mail_not_kept", "Messages told to come again")

# What the database tells, read now and again by the API: the same from each of several.
MEASURED_AT: Final = _gauge("measured_timestamp_seconds", "When the database was last read for these")
LETTERS_DUE: Final = _gauge("letters_due", "Letters that wait to leave")
LETTER_OLDEST: Final = _gauge("letter_oldest_due_seconds", "How long the oldest of them waits")
LETTERS_RECENT: Final = _gauge("letters_recent", "Letters of proceedings of the last five days", "state")
MOMENTS_LATE: Final = _gauge("moments_late", "Proceedings whose next moment is over by minutes", "kind")
MOMENT_LATEST: Final = _gauge("moment_latest_seconds", "How long the latest of them is over")
MISSED_MOMENTS: Final = _gauge("missed_moments", "What the watch has found, by what is wrong", "fault")
DISAGREEMENTS: Final = _gauge("disagreements", "Proceedings whose stores disagree, by what is wrong", "fault")
COMMANDS_PENDING: Final = _gauge("commands_pending", "Commands whose outcome is not known yet")
COMMAND_OLDEST: Final = _gauge("command_oldest_pending_seconds", "How long the oldest of them waits")
ARCHIVE_WAITING: Final = _gauge("archive_waiting", "Closed runs that are not in the archive")
ARCHIVE_OLDEST: Final = _gauge("archive_oldest_waiting_seconds", "How long ago the oldest of them closed")
MAIL_WAITING: Final = _gauge("mail_waiting", "Mail nobody has dealt with, by what it was sorted as", "sort")
MAIL_OLDEST: Final = _gauge("mail_oldest_waiting_seconds", "How long the oldest that somebody wrote waits")
SIGN_IN_LETTERS_WAITING: Final = _gauge("sign_in_letters_waiting", "Letters about signing in that wait")
WORKER_SEEN: Final = _gauge("worker_seen_seconds", "Since when no worker of it gave a sign", "queue")
