"""What routes are given: the session of the request, the moment, and the services of the process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import Sessions
from api.commands.temporal import Temporal
from models.calendar.working import COUNTRY_ZONE
from models.settings.environment import Settings


@dataclass(frozen=True)
class Services:
    """What lives as long as the process."""

    settings: Settings
    sessions: Sessions
    temporal: Temporal


def services(request: Request) -> Services:
    """The services of this application."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


AnyServices = Annotated[Services, Depends(services)]


async def session_of_request(services: AnyServices) -> AsyncIterator[AsyncSession]:
    """One request, one transaction: committed before the answer leaves, rolled back by any exception."""
    async with services.sessions() as session:
        yield session
        await session.commit()


Session = Annotated[AsyncSession, Depends(session_of_request, scope="function")]


def present() -> datetime:
    """The moment of the request, UTC."""
    return datetime.now(UTC)


Now = Annotated[datetime, Depends(present)]


def local_today(now: Now) -> date:
    """The local date of the request (Asia/Almaty)."""
    return now.astimezone(ZoneInfo(COUNTRY_ZONE)).date()


Today = Annotated[date, Depends(local_today)]
