"""The start of a monitoring: the number once per key, the facts of the day pinned, the workflow once."""

from contextlib import suppress
from datetime import date, datetime

from opentelemetry.trace import SpanKind
from sqlalchemy import select as columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.bounds.within import within
from activities.database.sessions import plainly
from activities.observing.tracing import span
from activities.registries.bodies import code_of
from activities.registries.remembered import see
from api.access.auth import Caller
from api.commands.addressed import begun_monitoring
from api.commands.desk import CommandDesk, answered
from api.commands.idempotency import is_decided
from api.commands.repair import is_under_repair
from api.commands.sending import RPC_TIMEOUT, Fate, Outcome
from api.content.notes import Note, Referred, keep_texts
from api.content.starts import StartMonitoringBody, judged, start_order
from api.problems.problem import ProblemCode, invalid
from api.services.agreements import Store, store_columns, store_in
from api.services.services import Services
from api.services.temporal import TemporalDown
from models.commands.receipt import Receipt
from models.proof.summaries import Summary, summary_of_monitoring
from models.tables.commands import CommandRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.numbers import NumberRow
from models.vocabulary.procedure import Id, Number, Stage, monitoring_workflow_id, registration_number
from models.vocabulary.queues import Queue
from models.vocabulary.refusal import Refused
from workflows.monitoring import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput


async def next_number(session: AsyncSession, organisation: Id, day: date) -> Number:
    """The next registration number of a conductor in a year; the row's lock keeps the sequence whole."""
    code = await code_of(session, organisation)
    if code is None:
        raise invalid(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation, day=day.isoformat())
    first = insert(NumberRow).values(year=day.year, code=code, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["year", "code"], set_={"last": col(NumberRow.last) + 1}
    ).returning(col(NumberRow.last))
    serial: int = (await session.exec(counted)).scalar_one()
    return registration_number(day.year, code, serial)


async def started(
    services: Services,
    session: AsyncSession,
    desk: CommandDesk,
    row: CommandRow,
    caller: Caller,
    body: StartMonitoringBody,
    today: date,
    now: datetime,
) -> Receipt:
    """A claimed start: judged, numbered, begun, or answered as before. Raises Failed as the desk does."""
    if is_decided(row):
        return answered(row, Receipt)
    await see(session)
    order = await start_order(session, body, caller, desk.id, today)
    assert order.start is not None, "a start carries its command"
    begun = None if row.number else await _begun_by(session, desk.id)
    if begun is None:
        try:
            await judged(session, order, today, now)
        except Refused as refused:
            await desk.refuse(row, refused.refusals)
    if row.number is None:
        row.number = begun or await next_number(session, caller.organisation, today)
    start = order.start.model_copy(update={"number": row.number})
    order = order.model_copy(update={"number": row.number, "start": start})
    await keep_texts(session, order.number, Referred((Note(body=body.title),)), now)
    await session.commit()
    outcome = await start_workflow(services, session, order)
    return await desk.conclude(row, begun_monitoring(order.number), outcome)


async def start_workflow(services: Services, session: AsyncSession, order: MonitoringInput) -> Outcome:
    """Start the workflow of a number, once, and wait until its first line is on record."""
    budget = services.settings.command_budget_seconds
    try:
        with span("start monitoring", SpanKind.CLIENT, workflow_id=monitoring_workflow_id(order.number)):
            return await within(budget, _begun(services, session, order), f"{order.number} is started")
    except (TemporalDown, RPCError):
        return Outcome(fate=Fate.UNAVAILABLE)
    except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
        apart = await is_under_repair(services, monitoring_workflow_id(order.number))
        return Outcome(fate=Fate.UNDER_REPAIR if apart else Fate.UNKNOWN)


async def _begun(services: Services, session: AsyncSession, order: MonitoringInput) -> Outcome:
    told = await _started(await services.temporal.client(), order)
    await plainly(session)
    receipt = told or await _recorded(session, order.number)
    workflow_id = monitoring_workflow_id(order.number)
    mine, store = await _is_its_own(session, order)
    await session.commit()
    if receipt is None:
        return Outcome(fate=Fate.UNKNOWN)
    if not mine:
        return Outcome(fate=Fate.TAKEN)
    services.agreements.note(workflow_id, store, receipt.seq)
    return Outcome(fate=Fate.DONE, receipt=receipt)


async def _started(client: Client, order: MonitoringInput) -> Receipt | None:
    """What the run answers once its start is recorded; nothing of one that answers no such thing any more, or
    not yet: it has come to its end, or is run by a worker that does not know the question."""
    assert order.start is not None, "a start carries its command"
    summary = _summary(order)
    starting = WithStartWorkflowOperation(
        MonitoringWorkflow.run,
        order,
        id=monitoring_workflow_id(order.number),
        task_queue=Queue.PROCEDURE.value,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        static_summary=summary.line,
        static_details=summary.details,
    )
    try:
        return await client.execute_update_with_start_workflow(
            MonitoringWorkflow.await_record,
            id=order.start.id,
            start_workflow_operation=starting,
            rpc_timeout=RPC_TIMEOUT,
        )
    except WorkflowAlreadyStartedError:
        with suppress(WorkflowAlreadyStartedError):
            await starting.workflow_handle()  # else the SDK warns that nobody has asked for it
        return None
    except WorkflowUpdateFailedError:
        return None


def _summary(order: MonitoringInput) -> Summary:
    assert order.start is not None, "a start carries its command"
    assert order.edition is not None, "a start pins the edition"
    assert order.calendar is not None, "a start pins the calendar"
    return summary_of_monitoring(order.start, order.edition, order.calendar)


async def _begun_by(session: AsyncSession, command: Id) -> Number | None:
    """What this very command has begun, though nothing is known of it as a command: the database was set back
    to before it, and the journal came back from the workflow."""
    begun = select(EntryRow.workflow_id).where(EntryRow.command_id == command, EntryRow.seq == 1)
    found = (await session.exec(begun)).first()
    return found.partition("/")[2] if found else None


async def _recorded(session: AsyncSession, number: Number) -> Receipt | None:
    """What the projection says of it, if it is on record."""
    row = await session.get(MonitoringRow, number, populate_existing=True)
    return Receipt(number=number, seq=row.seq, stage=Stage(row.stage)) if row else None


async def _is_its_own(session: AsyncSession, order: MonitoringInput) -> tuple[bool, Store]:
    """Whether the monitoring under this number began by this very command: a counter that a restore has set
    back gives numbers out twice, and another's receipt would be no answer. And which database says so."""
    assert order.start is not None, "a start carries its command"
    workflow_id = monitoring_workflow_id(order.number)
    first = select(EntryRow.command_id).where(EntryRow.workflow_id == workflow_id, EntryRow.seq == 1)
    found = columns(first.scalar_subquery(), *store_columns(workflow_id))
    begun_by, *store = (await (await session.connection()).execute(found)).one()
    return begun_by == order.start.id, store_in(*store)
