"""Files that are made for somebody who does not wait, and kept until they are fetched.

They lie in the database: one process makes a file, and any tells how far it is and hands it out. What nobody
fetches is gone after a quarter of an hour, and so is what a process was making when it ended.
"""

import asyncio
import os
import socket
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from pydantic import BaseModel
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, func, select, update

from activities.bounds.within import leave
from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from api.problems.problem import Failed, ProblemCode, unavailable
from api.services.made import Made, Making, making
from api.services.turns import Turns
from models.tables.works import KEPT, WorkPartRow, WorkRow
from models.vocabulary.refusal import Refusal

SEEN_EVERY_SECONDS: Final = 5.0
LOST_AFTER: Final = timedelta(seconds=30)
"""A process that has not said for so long that it makes a file does not make it any more."""
PART_BYTES: Final = 1024 * 1024
_RETRY_SECONDS: Final = 30
log = Log(__name__)


class WorkState(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    READY = "ready"
    FAILED = "failed"


_OPEN: Final = (WorkState.WAITING.value, WorkState.UNDER_WAY.value)


@dataclass(frozen=True)
class Work:
    """How one of them stands. `ahead`: how many its process makes before it."""

    id: str
    state: WorkState
    ahead: int = 0
    failure: Failed | None = None


class _Failure(BaseModel):
    """Why a file could not be made, as it is kept."""

    status: HTTPStatus
    refusals: tuple[Refusal, ...]
    headers: dict[str, str]
    instance: str | None = None

    @staticmethod
    def of(failed: Failed) -> "_Failure":
        return _Failure(
            status=failed.status, refusals=failed.refusals, headers=failed.headers, instance=failed.instance
        )

    def failed(self) -> Failed:
        return Failed(
            self.status,
            self.refusals[0].code,
            refusals=self.refusals,
            headers=self.headers,
            instance=self.instance,
        )


class Works:
    """The works of all processes; this one makes its own, in its own turns."""

    def __init__(self, sessions: Sessions, turns: Turns) -> None:
        self._sessions, self._turns = sessions, turns
        self._maker = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self._making: dict[str, asyncio.Task[None]] = {}
        self._pulse: asyncio.Task[None] | None = None

    async def begin(self, account: str, file: Making, place: AbstractContextManager[None]) -> Work:
        """Have it made, to be fetched. `file` raises Failed and nothing else.

        Raises what entering `place` raises.
        """
        with ExitStack() as entering:
            entering.enter_context(place)
            now = datetime.now(UTC)
            row = WorkRow(
                id=uuid4().hex,
                account=account,
                state=WorkState.WAITING,
                maker=self._maker,
                asked_at=now,
                seen_at=now,
            )
            async with self._sessions() as session, session.begin():
                session.add(row)
            held = entering.pop_all()
        task = asyncio.create_task(self._made(row.id, file))
        task.add_done_callback(lambda _: held.close())
        task.add_done_callback(lambda _: self._making.pop(row.id))
        self._making[row.id] = task
        if self._pulse is None or self._pulse.done():
            self._pulse = asyncio.create_task(self._seen())
        return Work(row.id, WorkState.WAITING, len(self._making) - 1)

    async def of(self, account: str, work: str) -> Work | None:
        """A work that this account asked for and did not fetch yet."""
        now = datetime.now(UTC)
        async with self._sessions() as session:
            row = (
                await session.exec(
                    select(WorkRow).where(
                        WorkRow.id == work, WorkRow.account == account, col(WorkRow.seen_at) >= now - KEPT
                    )
                )
            ).one_or_none()
            if row is None:
                return None
            if row.state in _OPEN and row.seen_at < now - LOST_AFTER:
                return Work(row.id, WorkState.FAILED, failure=_lost())
            ahead = 0
            if row.state == WorkState.WAITING:
                before = select(func.count()).where(
                    WorkRow.maker == row.maker,
                    col(WorkRow.state).in_(_OPEN),
                    col(WorkRow.asked_at) < row.asked_at,
                )
                ahead = (await session.exec(before)).one()
        failure = _Failure.model_validate(row.failure).failed() if row.failure else None
        return Work(row.id, WorkState(row.state), ahead, failure)

    async def fetched(self, work: Work) -> Made | None:
        """Hand it out, once; None where it was handed out meanwhile."""
        async with self._sessions() as session, session.begin():
            row = await session.get(WorkRow, work.id, with_for_update=True)
            if row is None or row.state != WorkState.READY:
                return None
            with making(row.name, row.media_type) as made:
                parts = select(WorkPartRow.content).where(WorkPartRow.work == work.id)
                rows = await session.stream_scalars(
                    parts.order_by(col(WorkPartRow.ordinal)), execution_options={"yield_per": 4}
                )
                async for part in rows:
                    made.file.write(part)
                await session.exec(delete(WorkRow).where(col(WorkRow.id) == work.id))
        return made

    async def close(self) -> None:
        """The process ends: what it was making is not made, and whoever asks is told so at once."""
        given_up = dict(self._making)
        for task in given_up.values():
            task.cancel()  # all of them, before the turn of one is another's
        for task in given_up.values():
            await leave(task)
        if self._pulse is not None:
            await leave(self._pulse)
        if given_up:
            await self._failed(_lost(), *given_up)

    async def _made(self, work: str, file: Making) -> None:
        async def marked() -> Made:
            await self._update(work, state=WorkState.UNDER_WAY.value, seen_at=datetime.now(UTC))
            return await file()

        try:
            made = await self._turns.in_turn(marked)
            with closing(made.file):
                await self._kept(work, made)
        except (TimeoutError, SQLAlchemyError):
            await self._failed(_lost(), work)
        except Failed as failed:
            await self._failed(failed, work)

    async def _seen(self) -> None:
        """Say what is being made, as long as anything is."""
        while self._making:
            await asyncio.sleep(SEEN_EVERY_SECONDS)
            try:
                await self._update(*self._making, seen_at=datetime.now(UTC))
            except SQLAlchemyError as fault:
                log.warning(LogCode.MADE_FILES_NOT_SAID, fault=type(fault).__name__)

    async def _kept(self, work: str, made: Made) -> None:
        made.file.seek(0)
        async with self._sessions() as session, session.begin():
            ordinal = 0
            while part := made.file.read(PART_BYTES):
                await session.exec(insert(WorkPartRow).values(work=work, ordinal=ordinal, content=part))
                ordinal += 1
            now = datetime.now(UTC)
            ready = {"state": WorkState.READY.value, "name": made.name, "media_type": made.media_type}
            await session.exec(update(WorkRow).where(col(WorkRow.id) == work).values(**ready, seen_at=now))

    async def _update(self, *works: str, **values: object) -> None:
        async with self._sessions() as session, session.begin():
            await session.exec(update(WorkRow).where(col(WorkRow.id).in_(works)).values(**values))

    async def _failed(self, failed: Failed, *works: str) -> None:
        """Where not even this can be written, nobody sees it made any more, and it is as lost."""
        failure = _Failure.of(failed).model_dump(mode="json")
        try:
            await self._update(
                *works, state=WorkState.FAILED.value, failure=failure, seen_at=datetime.now(UTC)
            )
        except SQLAlchemyError as fault:
            log.warning(LogCode.MADE_FILES_NOT_SAID, fault=type(fault).__name__)


def _lost() -> Failed:
    return unavailable(ProblemCode.UNAVAILABLE, _RETRY_SECONDS)
