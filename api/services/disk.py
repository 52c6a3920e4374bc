"""Can anything still be written? A full disk lets everything be read and nothing be done."""

import os
import shutil
import socket
import time
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Final

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from activities.database.sessions import Sessions
from models.settings.environment import Settings
from models.tables.probes import ProbeRow
from models.vocabulary.base import Model

EVERY_SECONDS: Final = 5.0
_BODY_BYTES: Final = 16 * 1024  # more than fits beside other rows: the file must have room for it
_MEGABYTE: Final = 1024 * 1024
_DISK_FULL: Final = frozenset({"53100"})
_READ_ONLY: Final = frozenset({"25006"})


class Disk(Model):
    """`reason` is empty while everything can be written; the room is the least of the paths watched."""

    reason: str = ""
    free_megabytes: int | None = None


class DiskWatch:
    """Looks now and again: everybody may ask, and asking must cost nothing."""

    def __init__(self, every_seconds: float = EVERY_SECONDS) -> None:
        self._every_seconds = every_seconds
        self._looked_at = -inf
        self._seen = Disk()

    async def look(self, sessions: Sessions, settings: Settings) -> Disk:
        """What was seen a moment ago, or is now. Raises SQLAlchemyError where no database answers."""
        if time.monotonic() - self._looked_at > self._every_seconds:
            self._seen = await _looked(sessions, settings)
            self._looked_at = time.monotonic()
        return self._seen


async def _looked(sessions: Sessions, settings: Settings) -> Disk:
    """Write a little, and look how much room there is."""
    free = [shutil.disk_usage(path).free // _MEGABYTE for path in _watched(settings) if path.exists()]
    least = min(free, default=None)
    reason = await _why_nothing_is_written(sessions)
    if not reason and least is not None and least < settings.disk_free_megabytes:
        reason = "disk_nearly_full"
    return Disk(reason=reason, free_megabytes=least)


def _watched(settings: Settings) -> list[Path]:
    return [Path(path.strip()) for path in settings.disk_paths.split(",") if path.strip()]


async def _why_nothing_is_written(sessions: Sessions) -> str:
    """Empty if the database takes a row and keeps it."""
    written = {"at": datetime.now(UTC), "body": os.urandom(_BODY_BYTES)}  # what is compressed needs no room
    probe = insert(ProbeRow).values(probe=f"{socket.gethostname()}:{os.getpid()}", **written)
    try:
        async with sessions() as session, session.begin():
            await session.exec(probe.on_conflict_do_update(index_elements=["probe"], set_=written))
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state in _DISK_FULL:
            return "disk_full"
        if state in _READ_ONLY:
            return "database_read_only"
        raise
    return ""
