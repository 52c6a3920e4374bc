"""A duty under test: time passes, monitorings tell, letters leave."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from temporalio.client import WorkflowHandle, WorkflowHistory

from local.samples import load_country
from models.calendar.country import COUNTRY
from models.duty.fold import fold_duty
from models.duty.notices import DutyInput, DutyNotice
from models.duty.state import DutyState
from models.events import Briefing, CountedReportPublished, Entry, MonitoringCounted
from models.tables.duties import DutyRow
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, Edition
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id, Kind, duty_mark, duty_workflow_id
from models.vocabulary.queues import Queue
from tests.waiting import eventually
from tests.workflows.on_record import clock_passes, histories_of, journal_of, remembered_by
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
        body: Body = load_country().body(self.organisation, datetime.now(COUNTRY).date())
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
        wanted = CALENDAR.instant(day, time(12))
        await clock_passes(self.theatre, self.handle, wanted)

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
        return await journal_of(self.theatre.sessions, self.workflow_id)

    async def folded(self) -> DutyState:
        state = fold_duty(await self.journal())
        assert state is not None
        return state

    async def has_one_truth(self) -> None:
        """State = projection = fold(journal), once what just happened is on record."""

        async def one_truth() -> bool:
            remembered = await remembered_by(self.handle, DutyWorkflow.state)
            return await self.state() == remembered and await self.folded() == remembered

        await eventually(one_truth, "state, projection and fold are one")

    async def histories(self) -> list[WorkflowHistory]:
        """Of every run, the first one first; each of them replays."""
        return await histories_of(self.theatre.client, self.workflow_id)
