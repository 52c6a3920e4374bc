"""Whether the service is up, and whether everything it needs is."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import psycopg
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from activities.keepers.moments import missed_moments
from activities.proofs.sweep import waiting_runs
from activities.record.disagreements import how_many_disagree
from api.access.routing import public
from api.http.deps import Now
from api.services.disk import Disk
from api.services.services import AnyServices, Services
from models.proof.archive import WaitingRuns
from models.tables.heartbeats import HeartbeatRow

router = APIRouter(prefix="/health", tags=["health"], dependencies=[public()])
STALE_AFTER: Final = timedelta(seconds=30)
LOOK_AGAIN_SECONDS: Final = 5


class Readiness(BaseModel):
    """What works. `ready` only if all of it does; reads work without Temporal and worker."""

    ready: bool
    reasons: tuple[str, ...] = Field(description="Why it is not, a word each.", examples=[["disk_full"]])
    database: bool
    temporal: bool
    worker: bool = Field(description="A worker gave a sign of life within the last 30 seconds.")
    worker_seen_at: datetime | None
    archive: bool = Field(description="No closed run waits to be archived for longer than is allowed.")
    waiting_to_be_archived: int = Field(description="Closed runs whose histories are not in the archive yet.")
    waiting_since: datetime | None = Field(description="When the oldest of them closed.")
    stores: bool = Field(description="No journal is known to disagree with its workflow.")
    disagreements: int = Field(description="Proceedings whose journal and workflow tell different things.")
    moments: bool = Field(description="No proceeding has missed the moment it waits for.")
    missed_moments: int = Field(description="Proceedings whose next moment came and brought nothing.")
    disk: bool = Field(description="The database takes what is written, and the disks watched have room.")
    disk_free_megabytes: int | None = Field(description="The least room on the disks of DISK_PATHS.")


class _Signs(BaseModel):
    """What the database tells; nothing where it does not answer."""

    database: bool = False
    seen_at: datetime | None = None
    waiting: WaitingRuns = WaitingRuns(count=0, oldest=None)
    disagreements: int = 0
    missed: int = 0
    disk: Disk = Disk()


@router.get("/live")
async def read_liveness() -> dict[str, bool]:
    """The process answers."""
    return {"live": True}


@router.get("/ready", responses={503: {"model": Readiness, "description": "Something is missing."}})
async def read_readiness(services: AnyServices, now: Now, response: Response) -> Readiness:
    """Database, disk, Temporal, worker, archive; the stores agree, no moment was missed. 503 with reasons."""
    signs = await _signs(services)
    bound = timedelta(minutes=services.settings.archive_within_minutes)
    waiting = signs.waiting
    holds = {
        "database": signs.database,
        "temporal": await services.temporal.reachable(),
        "worker": signs.seen_at is not None and now - signs.seen_at < STALE_AFTER,
        "archive": waiting.oldest is None or now - waiting.oldest < bound,
        "stores": signs.disagreements == 0,
        "moments": signs.missed == 0,
        "disk": not signs.disk.reason,
    }
    said = {
        "database": "database_away",
        "temporal": "temporal_away",
        "worker": "no_worker",
        "archive": "archive_behind",
        "stores": "stores_disagree",
        "moments": "moments_missed",
        "disk": signs.disk.reason,
    }
    reasons = tuple(said[name] for name, holding in holds.items() if not holding)
    if reasons:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(LOOK_AGAIN_SECONDS)
    return Readiness(
        ready=not reasons,
        reasons=reasons,
        worker_seen_at=signs.seen_at,
        waiting_to_be_archived=waiting.count,
        waiting_since=waiting.oldest,
        disagreements=signs.disagreements,
        missed_moments=signs.missed,
        disk_free_megabytes=signs.disk.free_megabytes,
        **holds,
    )


async def _signs(services: Services) -> _Signs:
    """The worker's sign of life, what waits for the archive, what disagrees, whether anything is written."""
    try:
        disk = await services.disk.look(services.sessions, services.settings)
        async with services.sessions() as session:
            return _Signs(
                database=True,
                seen_at=(await session.exec(select(func.max(HeartbeatRow.at)))).one(),
                waiting=await waiting_runs(session),
                disagreements=await how_many_disagree(session),
                missed=len(await missed_moments(session)),
                disk=disk,
            )
    except (SQLAlchemyError, psycopg.Error, OSError):
        return _Signs()
