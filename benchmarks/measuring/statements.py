"""Statements and transactions, counted from what PostgreSQL writes into its log of every statement.

The embedded server has no `pg_stat_statements`, and `pg_stat_database` is behind by seconds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARK: Final = "measured"
SETTINGS: Final = (
    f"ALTER SYSTEM SET log_line_prefix = '{MARK} %d %p '",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SELECT pg_reload_conf()",
)
"""What has a server tell each statement with its database and the process that carries it out."""
LINE: Final = re.compile(
    rf"^{MARK} (?P<database>\S+) (?P<process>\d+) LOG:  (?:statement|execute [^:]*): (?P<text>.*)"
)
OPENS: Final = ("BEGIN", "START")
ENDS: Final = ("COMMIT", "ROLLBACK", "END", "ABORT")
EMPTY: Final = ("", ";", "SELECT 1")
"""Whether a connection still lives, and nothing else."""


@dataclass(frozen=True)
class Statements:
    """Of some work: all that was sent, what of it began, ended or pinged, and the transactions it made."""

    sent: int = 0
    idle: int = 0
    transactions: int = 0

    def __sub__(self, other: "Statements") -> "Statements":
        return Statements(
            self.sent - other.sent, self.idle - other.idle, self.transactions - other.transactions
        )


class StatementLog:
    """The log of a server that was told `SETTINGS`. Counts from where it stands when it is made."""

    def __init__(self, path: Path, database: str) -> None:
        self._path, self._database = path, database
        self._place = path.stat().st_size
        self._counted = Statements()
        self._open: set[str] = set()

    def counted(self) -> Statements:
        """Everything since the log was opened."""
        with self._path.open(encoding="utf-8", errors="replace") as log:
            log.seek(self._place)
            lines = log.readlines()
            if lines and not lines[-1].endswith("\n"):
                lines.pop()  # its end is still to come
            self._place += sum(len(line.encode("utf-8", "replace")) for line in lines)
        self._counted = added(self._counted, lines, self._database, self._open)
        return self._counted


def added(before: Statements, lines: Iterable[str], database: str, in_transaction: set[str]) -> Statements:
    """Lines of the log, counted on. `in_transaction` are the server's processes that have one open."""
    sent, idle, transactions = before.sent, before.idle, before.transactions
    for line in lines:
        found = LINE.match(line)
        if found is None or found["database"] != database:
            continue
        process, text = found["process"], found["text"].strip()
        verb = text.split(maxsplit=1)[0].rstrip(";").upper() if text else ""
        sent += 1
        pings = text.upper() in EMPTY
        idle += verb in OPENS or verb in ENDS or pings
        if verb in OPENS:
            in_transaction.add(process)
            transactions += 1
        elif verb in ENDS and not _to_a_savepoint(text):
            in_transaction.discard(process)
        elif process not in in_transaction and not pings:
            transactions += 1
    return Statements(sent, idle, transactions)


def _to_a_savepoint(text: str) -> bool:
    return " TO " in text.upper()
