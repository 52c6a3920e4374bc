"""Whether the service is up, and whether everything it needs is."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from api.deps import AnyServices, Now, Services
from api.routing import public
from models.tables import HeartbeatRow

router = APIRouter(prefix="/health", tags=["health"], dependencies=[public()])
STALE_AFTER: Final = timedelta(seconds=30)


class Readiness(BaseModel):
    """What works. `ready` only if all of it does; reads work without Temporal and worker."""

    ready: bool
    database: bool
    temporal: bool
    worker: bool = Field(description="A worker gave a sign of life within the last 30 seconds.")
    worker_seen_at: datetime | None


@router.get("/live")
async def read_liveness() -> dict[str, bool]:
    """The process answers."""
    return {"live": True}


@router.get("/ready", responses={503: {"model": Readiness, "description": "Something is missing."}})
async def read_readiness(services: AnyServices, now: Now, response: Response) -> Readiness:
    """Database, Temporal and worker. 503 when one is missing."""
    database, seen_at = await _worker_seen_at(services)
    worker = seen_at is not None and now - seen_at < STALE_AFTER
    temporal = await services.temporal.reachable()
    ready = database and temporal and worker
    if not ready:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return Readiness(ready=ready, database=database, temporal=temporal, worker=worker, worker_seen_at=seen_at)


async def _worker_seen_at(services: Services) -> tuple[bool, datetime | None]:
    """Whether the database answers, and the latest sign of life in it."""
    try:
        async with services.sessions() as session:
            return True, (await session.exec(select(func.max(HeartbeatRow.at)))).one()
    except (SQLAlchemyError, OSError):
        return False, None
