"""What routes are given: the session of the request, and the moment."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated, Final

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.local_day import local_day
from api.http.afterwards import do_what_is_left
from api.services.services import AnyServices

SAFE: Final = frozenset({"GET", "HEAD"})


async def session_of_request(services: AnyServices, request: Request) -> AsyncIterator[AsyncSession]:
    """One request, one transaction: committed before the answer leaves, rolled back by any exception.

    What is only read needs none; what such a request has to add is written at its end.
    """
    sessions = services.reads if request.method in SAFE else services.sessions
    try:
        async with sessions() as session:
            yield session
            await session.commit()
    finally:
        await do_what_is_left(request)


Session = Annotated[AsyncSession, Depends(session_of_request, scope="function")]


async def each_by_itself(services: AnyServices, session: Session) -> None:
    """From here on each statement stands by itself, if none was sent yet: nothing is begun or ended.

    For requests that write by one statement; they name it before whoever asks the first one.
    """
    if not session.in_transaction():
        session.sync_session.bind = services.reads.kw["bind"].sync_engine


async def in_a_transaction() -> None:
    """As a request that writes is by itself."""


def moment() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)


async def present() -> datetime:
    """The moment of the request, UTC. A coroutine, as every dependency: FastAPI runs others in a thread."""
    return moment()


Now = Annotated[datetime, Depends(present)]


async def today_of_request(now: Now) -> date:
    """The local date of the request (Asia/Almaty)."""
    return local_day(now)


Today = Annotated[date, Depends(today_of_request)]
