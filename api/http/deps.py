"""What routes are given: the session of the request, and the moment."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.local_day import local_day
from api.services.services import AnyServices


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


def today_of_request(now: Now) -> date:
    """The local date of the request (Asia/Almaty)."""
    return local_day(now)


Today = Annotated[date, Depends(today_of_request)]
