"""Whether the service is up, and whether everything it needs is."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from activities.proofs.sweep import waiting_runs
from api.access.routing import public
from api.http.deps import Now
from api.services.services import AnyServices, Services
from models.proof.archive import WaitingRuns
from models.tables.heartbeats import HeartbeatRow

router = APIRouter(prefix="/health", tags=["health"], dependencies=[public()])
STALE_AFTER: Final = timedelta(seconds=30)


class Readiness(BaseModel):
    """What works. `ready` only if all of it does; reads work without Temporal and worker."""

    ready: bool
    database: bool
    temporal: bool
    worker: bool = Field(description="A worker gave a sign of life within the last 30 seconds.")
    worker_seen_at: datetime | None
    archive: bool = Field(description="No closed run waits to be archived for longer than is allowed.")
    waiting_to_be_archived: int = Field(description="Closed runs whose histories are not in the archive yet.")
    waiting_since: datetime | None = Field(description="When the oldest of them closed.")


@router.get("/live")
async def read_liveness() -> dict[str, bool]:
    """The process answers."""
    return {"live": True}


@router.get("/ready", responses={503: {"model": Readiness, "description": "Something is missing."}})
async def read_readiness(services: AnyServices, now: Now, response: Response) -> Readiness:
    """Database, Temporal, worker and archive. 503 when one is missing or falls behind."""
    database, seen_at, waiting = await _signs(services)
    worker = seen_at is not None and now - seen_at < STALE_AFTER
    temporal = await services.temporal.reachable()
    bound = timedelta(minutes=services.settings.archive_within_minutes)
    archive = waiting.oldest is None or now - waiting.oldest < bound
    ready = database and temporal and worker and archive
    if not ready:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return Readiness(
        ready=ready,
        database=database,
        temporal=temporal,
        worker=worker,
        worker_seen_at=seen_at,
        archive=archive,
        waiting_to_be_archived=waiting.count,
        waiting_since=waiting.oldest,
    )


async def _signs(services: Services) -> tuple[bool, datetime | None, WaitingRuns]:
    """Whether the database answers, the worker's latest sign of life, and what waits for the archive."""
    try:
        async with services.sessions() as session:
            seen_at = (await session.exec(select(func.max(HeartbeatRow.at)))).one()
            return True, seen_at, await waiting_runs(session)
    except (SQLAlchemyError, OSError):
        return False, None, WaitingRuns(count=0, oldest=None)
