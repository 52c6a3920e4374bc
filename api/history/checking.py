"""The live check: is the chain whole, is fold(journal) the projection, is it the running workflow's state."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, Field
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from activities.bounds.within import within
from activities.record.projections import chronicle_of
from api.history.journal import journal_rows, recorded_line
from api.history.views import NUMBER, HeadView
from api.services.services import Services
from api.services.temporal import TemporalDown
from locales.catalogue import text
from models.proceeding.state import Proceeding
from models.proof.chain import Head
from models.proof.journals import kind_of_journal
from models.timeline.check import Element, RecordedLine, check_chain, check_fold, check_states
from models.vocabulary.procedure import Language, Mark

_QUERY_TIMEOUT: Final = timedelta(seconds=5)
_ROUNDS: Final = 5
_PAUSE_SECONDS: Final = 0.2
_STATE: Final = "state"


class ComparisonVerdict(StrEnum):
    """What came of one comparison."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_ASKED = "not_asked"  # Temporal does not answer, or has forgotten the workflow


class ComparisonView(BaseModel):
    """One comparison; `element` is the first thing that is not as it should be."""

    verdict: ComparisonVerdict
    element: Element | None = None
    sentence: str


class CheckView(BaseModel):
    """`agrees` when nothing differs. What was not asked is no proof either way."""

    number: Mark = Field(description=NUMBER)
    checked_at: datetime
    agrees: bool
    head: HeadView
    chain: ComparisonView = Field(description="Each line's hash computed anew = stored; none cut off.")
    fold: ComparisonView = Field(description="What the journal folds to = what is shown.")
    workflow: ComparisonView = Field(description="What the workflow remembers = what is shown.")


@dataclass(frozen=True)
class _OnRecord:
    """The journal and the projection at one moment of the database."""

    lines: tuple[RecordedLine, ...]
    state: Proceeding
    head: Head


async def check(services: Services, about: Proceeding, language: Language, now: datetime) -> CheckView:
    """Compare, and name the first bad element."""
    workflow_id = about.workflow_id
    recorded = await _recorded(services, workflow_id)
    remembered = await _remembered(services, workflow_id)
    for _ in range(_ROUNDS):
        # Something may be recorded between the two looks: then both are looked at again.
        if remembered is None or remembered.seq == recorded.state.seq:
            break
        await asyncio.sleep(_PAUSE_SECONDS)
        recorded, remembered = (
            await _recorded(services, workflow_id),
            await _remembered(services, workflow_id),
        )
    chain = check_chain(workflow_id, recorded.lines, recorded.head)
    folded = check_fold(recorded.lines, recorded.state, kind_of_journal(workflow_id))
    differing = check_states(recorded.state, remembered) if remembered else None
    return CheckView(
        number=about.mark,
        checked_at=now,
        agrees=chain is None and folded is None and differing is None,
        head=HeadView(seq=recorded.head.seq, hash=recorded.head.hash, whole=recorded.head.whole),
        chain=_comparison(language, "chain", chain),
        fold=_comparison(language, "fold", folded),
        workflow=_comparison(language, "workflow", differing, asked=remembered is not None),
    )


def _comparison(
    language: Language, name: str, element: Element | None, *, asked: bool = True
) -> ComparisonView:
    if not asked:
        return ComparisonView(
            verdict=ComparisonVerdict.NOT_ASKED, sentence=text(language, "history.check.not_asked")
        )
    if element is None:
        return ComparisonView(
            verdict=ComparisonVerdict.AGREES, sentence=text(language, f"history.check.{name}.agrees")
        )
    fault = text(
        language, f"history.fault.{element.fault.value}", line=element.line or "", field=element.field
    )
    return ComparisonView(verdict=ComparisonVerdict.DIFFERS, element=element, sentence=fault)


async def _recorded(services: Services, workflow_id: str) -> _OnRecord:
    """Both in one snapshot of the database: a line written in between is in both or in neither."""
    async with services.sessions() as session:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        known = await chronicle_of(workflow_id).known(session, workflow_id)
        assert known.state is not None, "nothing is asked about what is not on record"
        lines = tuple(recorded_line(line) for line in await journal_rows(session, workflow_id))
        return _OnRecord(lines=lines, state=known.state, head=Head(seq=known.seq, hash=known.head_hash))


async def _remembered(services: Services, workflow_id: str) -> Proceeding | None:
    """The workflow's own state by its query; None where nobody answers or the history is gone."""
    try:
        asked = _queried(await services.temporal.client(), workflow_id)
        return await within(2 * _QUERY_TIMEOUT.total_seconds(), asked, f"{workflow_id} answers")
    except (TemporalDown, RPCError, TimeoutError, WorkflowQueryFailedError, WorkflowQueryRejectedError):
        return None


async def _queried(client: Client, workflow_id: str) -> Proceeding:
    """Every workflow that keeps a journal answers this query."""
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(workflow_id)
    state = kind_of_journal(workflow_id).state
    found: Proceeding = await handle.query(_STATE, result_type=state, rpc_timeout=_QUERY_TIMEOUT)
    return found
