"""`python -m activities.keepers.alive`: whether the worker of this very host gave a sign of life lately.

For the health check of a worker's container: exit code 0 if it did, 1 if not. One that hangs is not told from
one whose database is away, and neither is well.
"""

import socket
import sys
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg

from models.settings.environment import Settings

LATELY: Final = timedelta(seconds=30)
_CONNECT_SECONDS: Final = 5


def last_beat(database_url: str, host: str) -> datetime | None:
    """When a worker of this host last touched its row. Raises psycopg.OperationalError."""
    address = database_url.replace("+psycopg", "", 1)
    with psycopg.connect(address, connect_timeout=_CONNECT_SECONDS) as connection:
        asked = connection.execute(
            "SELECT max(at) FROM heartbeats WHERE split_part(worker, ':', 1) = %s", (host,)
        )
        row = asked.fetchone()
    return row[0] if row else None


def main() -> int:
    try:
        last = last_beat(Settings().database_url, socket.gethostname())
    except psycopg.OperationalError:
        return 1
    return 0 if last is not None and datetime.now(UTC) - last < LATELY else 1


if __name__ == "__main__":
    sys.exit(main())
