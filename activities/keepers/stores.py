"""Do the two stores still tell the same? Looked at a few proceedings at a time, so that it never is a load.

First those that are listed or suspected, then what changed lately, then a slow walk round all of them, from
both sides. At its start it looks at the newest entries: those are what a Temporal that was set back lacks.
"""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from temporalio.client import Client, WorkflowExecutionAsyncIterator
from temporalio.service import RPCError

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.reconciliation.comparing import NotAsked, compared
from activities.reconciliation.survey import QUERY
from activities.record.disagreements import agree_again, disagreements, note_disagreement
from models.proceeding.disagreement import Disagreement, StoreFault
from models.proof.archive import is_product
from models.tables.journal import EntryRow

AT_A_TIME: Final = 20
AT_THE_START: Final = 100
_PAGE: Final = 200
log = Log(__name__)


class StoreWatch:
    """Keeps the list of disagreements true."""

    def __init__(self, client: Client, sessions: Sessions, seconds: float) -> None:
        self._client = client
        self._sessions = sessions
        self._seconds = seconds
        self._suspects: dict[str, Disagreement] = {}
        self._walked = ""
        self._listing: WorkflowExecutionAsyncIterator | None = None
        self._looked_at: datetime | None = None

    async def keep_watching(self) -> None:
        """Look now and again until cancelled; a store that is away is waited for."""
        while True:
            try:
                await self.look(datetime.now(UTC))
            except (SQLAlchemyError, RPCError, RuntimeError, OSError) as error:
                log.warning(LogCode.STORES_NOT_COMPARED, fault=type(error).__name__)
            await asyncio.sleep(self._seconds)

    async def look(self, now: datetime) -> None:
        """One look. What disagrees is listed when it still does at the next one: it may be on its way."""
        async with self._sessions() as session:
            listed = {found.workflow_id for found in await disagreements(session)}
        changed, walked = await self._changed_lately(now), await self._next_on_record()
        for workflow_id in dict.fromkeys(
            (*listed, *self._suspects, *changed, *await self._not_on_record(), *walked)
        ):
            try:
                found = await compared(self._client, self._sessions, workflow_id)
            except NotAsked:
                continue
            await self._conclude(workflow_id, found, workflow_id in listed)
        self._looked_at = now

    async def _conclude(self, workflow_id: str, found: Disagreement | None, listed: bool) -> None:
        before = self._suspects.pop(workflow_id, None)
        if found is None and not listed:
            return
        if found is not None and not listed and not _is_still(before, found):
            self._suspects[workflow_id] = found
            return
        async with self._sessions() as session, session.begin():
            if found is None:
                await agree_again(session, [workflow_id])
            else:
                await note_disagreement(session, found)

    async def _changed_lately(self, now: datetime) -> list[str]:
        """Those with the newest entries: since the last look, or at the start whenever that was."""
        newest = func.max(EntryRow.at)
        rows = select(EntryRow.workflow_id).group_by(col(EntryRow.workflow_id)).order_by(newest.desc())
        if self._looked_at is None:
            rows = rows.limit(AT_THE_START)
        else:
            since = self._looked_at - timedelta(seconds=self._seconds)
            rows = rows.where(col(EntryRow.at) > since).limit(AT_A_TIME)
        async with self._sessions() as session:
            return list(await session.exec(rows))

    async def _next_on_record(self) -> list[str]:
        """The next ones of the journal, in the order of their ids, round and round."""
        rows = select(EntryRow.workflow_id).where(col(EntryRow.workflow_id) > self._walked).distinct()
        async with self._sessions() as session:
            found = list(await session.exec(rows.order_by(col(EntryRow.workflow_id)).limit(AT_A_TIME)))
        self._walked = found[-1] if len(found) == AT_A_TIME else ""
        return found

    async def _not_on_record(self) -> list[str]:
        """Those of the next page of Temporal's list that have no journal at all."""
        if self._listing is None:
            self._listing = self._client.list_workflows(QUERY, page_size=_PAGE)
        await self._listing.fetch_next_page()
        page = {run.id for run in self._listing.current_page or () if is_product(run.id)}
        if not self._listing.next_page_token:
            self._listing = None
        async with self._sessions() as session:
            known = await session.exec(
                select(EntryRow.workflow_id).where(col(EntryRow.workflow_id).in_(page), EntryRow.seq == 1)
            )
            return _first(page - set(known))


def _is_still(before: Disagreement | None, found: Disagreement) -> bool:
    """Of a journal that is behind the very entry has to be missing at both looks: a busy one is always
    behind by another, which is on its way."""
    if before is None or before.fault is not found.fault:
        return False
    return found.fault is not StoreFault.JOURNAL_BEHIND or before.seq == found.seq


def _first(ids: Iterable[str]) -> list[str]:
    return sorted(ids)[:AT_A_TIME]
