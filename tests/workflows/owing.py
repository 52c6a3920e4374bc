"""A duty under test: time passes, monitorings tell, letters leave."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, select
from temporalio.client import WorkflowHandle, WorkflowHistory

from local.samples import load_country
from models.commands import Body
from models.duty_notices import DutyInput, DutyNotice
from models.duty_state import DutyState
from models.editions import ORDER_192, Edition
from models.events import Briefing, CountedReportPublished, Entry, MonitoringCounted
from models.fold.duties import fold_duty
from models.procedure import Id, Kind, LetterStatus, duty_mark, duty_workflow_id
from models.queues import Queue
from models.tables import DutyRow, EntryRow
from tests.waiting import PATIENCE_SECONDS, eventually
from tests.workflows.running import CALENDAR
from tests.workflows.theatre import Theatre
from workflows import DutyWorkflow


@dataclass
class Owing:
    """The duty of one body of the sample country."""

    theatre: Theatre
    organisation: Id
    kind: Kind = Kind.COMPREHENSIVE
    edition: Edition = ORDER_192
    handle: WorkflowHandle[DutyWorkflow, DutyState] = field(init=False)

    @property
    def workflow_id(self) -> str:
        return duty_workflow_id(self.organisation, self.kind)

    def briefing(self, exists_until: date | None = None) -> Briefing:
        body: Body = load_country().body(self.organisation, datetime.now(UTC).date())
        return Briefing(
            body=body,
            exists_from=date(2020, 1, 1),
            exists_until=exists_until,
            authorized_body="uo",
            edition=self.edition,
        )

    async def starts(self) -> None:
        clock = self.theatre.clock
        assert clock is not None
        mark = duty_mark(self.kind, "SARY")
        given = DutyInput(mark=mark, kind=self.kind, briefing=self.briefing(), calendar=CALENDAR)
        with clock.with_time_skipping_disabled():
            await self.theatre.client.start_workflow(
                DutyWorkflow.run, given, id=self.workflow_id, task_queue=Queue.PROCEDURE.value
            )
        self.handle = self.theatre.client.get_workflow_handle(self.workflow_id, result_type=DutyState)
        await eventually(self.exists, "the duty's beginning is recorded")

    async def exists(self) -> bool:
        async with self.theatre.sessions() as session:
            return await session.get(DutyRow, self.workflow_id) is not None

    async def state(self) -> DutyState:
        """As recorded: what people read."""
        async with self.theatre.sessions() as session:
            row = await session.get_one(DutyRow, self.workflow_id)
            return DutyState.model_validate(row.state)

    async def hears(self, number: str, on: date, *, published_on: date | None = None) -> None:
        """A monitoring tells what it fulfils; waits until it is on record."""
        counted = MonitoringCounted(
            number=number, version=1, counted_on=on, approved_on=on, publication_due=True
        )
        published = published_on and CountedReportPublished(
            number=number, version=1, published_on=published_on
        )
        notice = DutyNotice(
            organisation=self.organisation, kind=self.kind, counted=counted, published=published or None
        )
        await self.handle.signal(DutyWorkflow.hear, notice)

        async def counted_now() -> bool:
            return number in (await self.state()).evidence

        await eventually(counted_now, f"{number} is counted")

    async def passes(self, day: date) -> None:
        """Let virtual time pass until a local date has begun to be worked on, and letters have left."""
        clock = self.theatre.clock
        assert clock is not None
        wanted = CALENDAR.instant(day, time(12))
        async with asyncio.timeout(6 * PATIENCE_SECONDS):
            while (rest := wanted - await clock.get_current_time(self.handle)) > timedelta(seconds=1):
                await clock.fast_forward(self.handle, rest)

        async def settled() -> bool:
            """Everything that this time brings is on record, and no letter waits."""
            async with self.theatre.sessions() as session:
                row = await session.get_one(DutyRow, self.workflow_id)
            state = DutyState.model_validate(row.state)
            reached = row.next_due is None or row.next_due > wanted
            turned = state.period is not None and state.period.contains(day)
            return reached and turned and not state.letters_due

        await eventually(settled, f"everything until {day} has happened")

    async def letters_settled(self) -> None:
        """Wait until no letter waits to leave."""

        async def settled() -> bool:
            return not (await self.state()).letters_due

        await eventually(settled, "every letter has left")

    async def post(self) -> list[str]:
        """Every letter that left, in order of its cause."""
        return [
            f"{letter.kind.value} to {letter.recipient}"
            for letter in (await self.folded()).letters.values()
            if letter.status is LetterStatus.SENT
        ]

    async def journal(self) -> list[Entry]:
        async with self.theatre.sessions() as session:
            lines = select(EntryRow).where(EntryRow.workflow_id == self.workflow_id)
            rows = (await session.exec(lines.order_by(col(EntryRow.seq)))).all()
        return [
            Entry.model_validate(
                {"seq": r.seq, "at": r.at, "actor": r.actor, "command": r.command_id, "event": r.event}
            )
            for r in rows
        ]

    async def folded(self) -> DutyState:
        state = fold_duty(await self.journal())
        assert state is not None
        return state

    async def has_one_truth(self) -> None:
        """State = projection = fold(journal)."""
        remembered = await self.handle.query(DutyWorkflow.state)
        assert await self.state() == remembered
        assert await self.folded() == remembered

    async def histories(self) -> list[WorkflowHistory]:
        """Of every run, the first one first."""
        client = self.theatre.client
        runs = [r async for r in client.list_workflows(f'WorkflowId = "{self.workflow_id}"')]
        runs.sort(key=lambda run: run.start_time)
        handles = [client.get_workflow_handle(self.workflow_id, run_id=run.run_id) for run in runs]
        return [await handle.fetch_history() for handle in handles]
