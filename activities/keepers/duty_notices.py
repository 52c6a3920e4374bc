"""Telling duties: what monitorings fulfil them with, and what the registries say. Both may be told twice."""

from collections.abc import AsyncIterator, Iterable
from typing import Final

from sqlmodel import col, or_, select
from temporalio import activity
from temporalio.client import Client

from activities.database.sessions import Sessions
from activities.keepers.perpetual import start_and_tell
from activities.registries.briefing import InForce, Owing, bodies_that_owe, in_force_on
from activities.registries.local_day import local_today
from activities.registries.received_reports import received_reports
from activities.registries.successions import known_successions
from models.duty.notices import DutyInput, DutyNotice, Told, duty_notices, paper_notices
from models.duty.rules import counted_before, owes
from models.duty.state import DutyState
from models.events import Briefing
from models.monitoring.state import MonitoringState
from models.proof.summaries import summary_of_duty
from models.report.received import Way
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind, duty_mark, duty_workflow_id
from models.vocabulary.succession import Successions, leads_for

WORKFLOW = "DutyWorkflow"
HEAR, BRIEF = "hear", "brief_duty"
AT_A_TIME: Final = 50
"""Monitorings that are read in one statement: between them the worker does what else there is."""


class DutyPost:
    """Reaches duties, and starts those that nobody started yet."""

    def __init__(self, client: Client, sessions: Sessions) -> None:
        self._client = client
        self._sessions = sessions

    @activity.defn
    async def tell_duty(self, notice: DutyNotice) -> Told:
        """Tell one duty; it is started first if it is owed and was not. Not told where nothing is owed."""
        return Told(told=await self.tell(notice))

    async def tell(self, notice: DutyNotice) -> bool:
        async with self._sessions() as session:
            today = local_today()
            in_force = await in_force_on(session, today)
            owing = await bodies_that_owe(session, in_force, today) if in_force else ()
            row = await session.get(DutyRow, duty_workflow_id(notice.organisation, notice.kind))
            passed = await known_successions(session, today)
        if row is not None and row.ended:  # one history per duty: one that has ended is not begun anew
            heir = _heir_of(passed, notice)
            return heir is not None and await self.tell(heir)
        for body in owing:
            if in_force and body.briefing.body.organisation == notice.organisation:
                await self._signal(body, notice.kind, in_force, HEAR, notice)
                return True
        return False

    async def settle(self) -> int:
        """Bring every duty to what the registries say today; returns how many were told something."""
        async with self._sessions() as session:
            today = local_today()
            in_force = await in_force_on(session, today)
            if in_force is None:
                return 0
            owing = await bodies_that_owe(session, in_force, today)
            rows = {row.workflow_id: row for row in await session.exec(select(DutyRow))}
        told = 0
        for body in owing:
            for kind in Kind:
                row = rows.get(duty_workflow_id(body.briefing.body.organisation, kind))
                told += await self._settle_one(body, kind, in_force, row)
        return told

    async def _settle_one(self, body: Owing, kind: Kind, in_force: InForce, row: DutyRow | None) -> bool:
        briefing = body.briefing
        if row is None:
            gone = briefing.exists_until is not None and briefing.exists_until < local_today()
            if gone or not owes(briefing.body.kind, in_force.edition):
                return False
            await self._signal(body, kind, in_force, BRIEF, briefing)
            await self.catch_up(briefing.body.organisation, kind)
            return True
        state = DutyState.model_validate(row.state)
        if state.ended or state.briefing == briefing:
            return False
        if briefing.carries_on:
            await self._carry_on(briefing, kind)  # before it is briefed: repeated where this look breaks off
        await self._signal(body, kind, in_force, BRIEF, briefing)
        return True

    async def _carry_on(self, briefing: Briefing, kind: Kind) -> None:
        """A duty that runs hears what was done for the one that passed on to it."""
        organisation = briefing.body.organisation
        for done in counted_before(kind, briefing):
            await self.tell(DutyNotice(organisation=organisation, kind=kind, counted=done))
        await self.catch_up(organisation, kind)

    async def catch_up(self, organisation: str, kind: Kind) -> None:
        """A duty that is taken up late, or anew, hears of the reports there were before it."""
        async for state in self._monitorings(organisation, kind):
            await self._tell_own(organisation, duty_notices(state))
        await self._tell_own(organisation, await self._on_paper(kind))

    async def _tell_own(self, organisation: str, notices: Iterable[DutyNotice]) -> None:
        for notice in notices:
            if notice.organisation == organisation:
                await self.tell(notice)

    async def _on_paper(self, kind: Kind) -> tuple[DutyNotice, ...]:
        async with self._sessions() as session:
            in_force = await in_force_on(session, local_today())
            reports = await received_reports(session, Way.PAPER, kind) if in_force else ()
            passed = await known_successions(session, local_today())
        told = tuple(
            notice
            for report in reports
            if in_force
            for notice in paper_notices(report, in_force.edition, in_force.authorized_body)
        )
        return (*told, *(heir for notice in told if (heir := _heir_of(passed, notice))))

    async def _monitorings(self, organisation: str, kind: Kind) -> AsyncIterator[MonitoringState]:
        """The approved ones that it conducted, or that a body did whose duty passed on to it, as is known
        today; a few at a time."""
        async with self._sessions() as session:
            passed = await known_successions(session, local_today())
        bodies = [organisation, *(body for body in passed if leads_for(passed, body) == organisation)]
        mine = (
            select(MonitoringRow.state)
            .where(or_(*(col(MonitoringRow.conductors).contains([body]) for body in bodies)))
            .where(col(MonitoringRow.kind) == kind.value, col(MonitoringRow.version) > 0)
            .order_by(col(MonitoringRow.number))
            .limit(AT_A_TIME)
        )
        after = ""
        while True:
            async with self._sessions() as session:
                page = (await session.exec(mine.where(col(MonitoringRow.number) > after))).all()
            for state in map(MonitoringState.model_validate, page):
                yield state.model_copy(update={"successions": passed})
                after = state.number
            if len(page) < AT_A_TIME:
                return

    async def _signal(self, body: Owing, kind: Kind, in_force: InForce, signal: str, said: Model) -> None:
        """Tell the duty, which is started first where nobody did."""
        mark, known = duty_mark(kind, body.code), duty_workflow_id(body.briefing.body.organisation, kind)
        given = DutyInput(mark=mark, kind=kind, briefing=body.briefing, calendar=in_force.calendar)
        summary = summary_of_duty(mark, kind, body.briefing)
        await start_and_tell(self._client, WORKFLOW, known, given, summary, signal, said)


def _heir_of(passed: Successions, notice: DutyNotice) -> DutyNotice | None:
    """The same for whoever carries on the duty, of the year in which that passed on."""
    known, heir = passed.get(notice.organisation), leads_for(passed, notice.organisation)
    if known is None or heir in {None, notice.organisation}:
        return None
    of_the_year = known.since.year == notice.counted.counted_on.year
    return notice.model_copy(update={"organisation": heir}) if of_the_year else None
