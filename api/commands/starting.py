"""The start of a monitoring: the number once per key, the facts of the day pinned, the workflow once."""

import asyncio
from datetime import date

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.bounds.within import within
from api.commands.repair import is_under_repair
from api.commands.sending import Fate, Outcome
from api.problems.problem import ProblemCode, invalid
from api.services.services import Services
from api.services.temporal import TemporalDown
from models.commands.receipt import Receipt
from models.proof.summaries import Summary, summary_of_monitoring
from models.tables.bodies import OrganisationRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.numbers import NumberRow
from models.vocabulary.procedure import Id, Number, Stage, monitoring_workflow_id, registration_number
from models.vocabulary.queues import Queue
from workflows.monitoring import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput

_LOOK_EVERY_SECONDS = 0.05


async def next_number(session: AsyncSession, organisation: Id, day: date) -> Number:
    """The next registration number of a conductor in a year; the row's lock keeps the sequence whole."""
    row = await session.get(OrganisationRow, organisation)
    if row is None:
        raise invalid(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation, day=day.isoformat())
    first = insert(NumberRow).values(year=day.year, code=row.code, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["year", "code"], set_={"last": col(NumberRow.last) + 1}
    ).returning(col(NumberRow.last))
    serial: int = (await session.exec(counted)).scalar_one()
    return registration_number(day.year, row.code, serial)


async def start_workflow(services: Services, session: AsyncSession, order: MonitoringInput) -> Outcome:
    """Start the workflow of a number, once, and wait until its first line is on record."""
    budget = services.settings.command_budget_seconds
    try:
        return await within(budget, _begun(services, session, order), f"{order.number} is started")
    except (TemporalDown, RPCError):
        return Outcome(fate=Fate.UNAVAILABLE)
    except TimeoutError:
        apart = await is_under_repair(services, monitoring_workflow_id(order.number))
        return Outcome(fate=Fate.UNDER_REPAIR if apart else Fate.UNKNOWN)


async def _begun(services: Services, session: AsyncSession, order: MonitoringInput) -> Outcome:
    await _started(await services.temporal.client(), order)
    receipt = await _recorded(session, order.number)
    mine = await _is_its_own(session, order)
    return Outcome(fate=Fate.DONE, receipt=receipt) if mine else Outcome(fate=Fate.TAKEN)


async def _started(client: Client, order: MonitoringInput) -> None:
    summary = _summary(order)
    try:
        await client.start_workflow(
            MonitoringWorkflow.run,
            order,
            id=monitoring_workflow_id(order.number),
            task_queue=Queue.PROCEDURE.value,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=summary.line,
            static_details=summary.details,
        )
    except WorkflowAlreadyStartedError:
        return  # it has come to its end meanwhile: started it was


def _summary(order: MonitoringInput) -> Summary:
    assert order.start is not None, "a start carries its command"
    assert order.edition is not None, "a start pins the edition"
    assert order.calendar is not None, "a start pins the calendar"
    return summary_of_monitoring(order.start, order.edition, order.calendar)


async def _recorded(session: AsyncSession, number: Number) -> Receipt:
    """The projection's row, as soon as the recorder has written it."""
    while True:
        row = await session.get(MonitoringRow, number, populate_existing=True)
        if row is not None:
            return Receipt(number=number, seq=row.seq, stage=Stage(row.stage))
        await session.commit()  # the next look sees what was written since
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


async def _is_its_own(session: AsyncSession, order: MonitoringInput) -> bool:
    """Whether the monitoring under this number began by this very command: a counter that a restore has set
    back gives numbers out twice, and another's receipt would be no answer."""
    assert order.start is not None, "a start carries its command"
    first = await session.get(EntryRow, (monitoring_workflow_id(order.number), 1))
    return first is not None and first.command_id == order.start.id
