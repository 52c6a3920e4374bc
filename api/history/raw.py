"""The raw Temporal histories of one workflow: from the server while it has them, else from the archive.

One that continued as new has several runs. The journal names the run that wrote each line, so no
run is forgotten even when the server has forgotten it.
"""

import json
from collections.abc import Collection
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel, Field
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.bounds.within import within
from activities.proofs.bundle.histories import archived
from api.problems.problem import Failed, ProblemCode, unavailable
from api.services.services import Services
from api.services.temporal import TemporalDown
from models.tables.journal import EntryRow

BUDGET_SECONDS: Final = 15.0
RETRY_SECONDS: Final = 5
_GONE: Final = frozenset({RPCStatusCode.NOT_FOUND, RPCStatusCode.INVALID_ARGUMENT})


class RunSource(StrEnum):
    """Who still had the history of a run."""

    SERVER = "server"
    ARCHIVE = "archive"


class RawRun(BaseModel):
    """One run and its history as the server gives it: payloads as they are stored, nothing decoded."""

    run_id: str
    source: RunSource
    history: dict[str, object] = Field(description="`temporal.api.history.v1.History` as JSON.")


class RawHistories(BaseModel):
    """All runs of a workflow, oldest first."""

    workflow_id: str
    runs: tuple[RawRun, ...]
    missing: tuple[str, ...] = Field(description="Runs that wrote lines of the journal and were not found.")
    temporal_answered: bool


async def raw_histories(services: Services, session: AsyncSession, workflow_id: str) -> RawHistories:
    """Every run that can be had. Raises Failed: 503 while the server is away, 404 when all are gone."""
    recorded = await _recorded_runs(session, workflow_id)
    await session.commit()  # no connection is held while the server is asked
    served, answered = await _from_server(services, workflow_id, recorded)
    wanted = [run for run in recorded if run not in served]
    found = served | {run.run_id: run for run in await archived_runs(session, workflow_id, wanted)}
    if not found:
        raise _none(answered)
    order = (*recorded, *(run for run in found if run not in recorded))
    return RawHistories(
        workflow_id=workflow_id,
        runs=tuple(found[run] for run in order if run in found),
        missing=tuple(run for run in recorded if run not in found),
        temporal_answered=answered,
    )


async def archived_runs(
    session: AsyncSession, workflow_id: str, wanted: Collection[str]
) -> tuple[RawRun, ...]:
    """The histories of these runs from the archive, as the server gave them."""
    kept = [await archived(session, workflow_id, run_id) for run_id in wanted]
    return tuple(
        RawRun(run_id=run.run_id, source=RunSource.ARCHIVE, history=json.loads(run.history))
        for run in kept
        if run is not None
    )


async def _recorded_runs(session: AsyncSession, workflow_id: str) -> tuple[str, ...]:
    """The runs that wrote the journal, oldest first."""
    rows = select(EntryRow.run_id).where(EntryRow.workflow_id == workflow_id).group_by(EntryRow.run_id)
    return tuple((await session.exec(rows.order_by(func.min(col(EntryRow.seq))))).all())


async def _from_server(
    services: Services, workflow_id: str, recorded: tuple[str, ...]
) -> tuple[dict[str, RawRun], bool]:
    """What the server still has, and whether it answered to the end."""
    found: dict[str, RawRun] = {}

    async def look() -> None:
        client = await services.temporal.client()
        newest = await _newest_run(client, workflow_id)
        for run in dict.fromkeys((*recorded, *newest)):
            history = await _history(client, workflow_id, run)
            if history is not None:
                found[run] = RawRun(run_id=run, source=RunSource.SERVER, history=history)

    try:
        await within(BUDGET_SECONDS, look(), f"the histories of {workflow_id} are read")
    except (TemporalDown, RPCError, TimeoutError):
        return found, False
    return found, True


async def _newest_run(client: Client, workflow_id: str) -> tuple[str, ...]:
    """A run that has just continued may not have written a line yet."""
    try:
        return ((await client.get_workflow_handle(workflow_id).describe()).run_id,)
    except RPCError as error:
        if error.status in _GONE:
            return ()
        raise


async def _history(client: Client, workflow_id: str, run: str) -> dict[str, object] | None:
    """None where the server has forgotten the run."""
    try:
        history = await client.get_workflow_handle(workflow_id, run_id=run).fetch_history()
    except RPCError as error:
        if error.status in _GONE:
            return None
        raise
    plain: dict[str, object] = history.to_json_dict()
    return plain


def _none(answered: bool) -> Failed:
    if answered:
        return Failed(HTTPStatus.NOT_FOUND, ProblemCode.HISTORY_GONE)
    return unavailable(ProblemCode.UNAVAILABLE, RETRY_SECONDS)
