"""A consolidation under test: time passes, monitorings tell, people act, letters leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlmodel import select
from temporalio.client import WorkflowHandle, WorkflowHistory, WorkflowUpdateFailedError

from activities.bounds.within import within
from activities.record.recorder import Recorder
from activities.registries.received_reports import read_of_report, read_of_review, report_in
from models.commands import CompleteReviewRound
from models.commands.command import Command
from models.consolidation.fold import fold_consolidation
from models.consolidation.notices import ConsolidationInput, ConsolidationReceipt, HeardReport
from models.consolidation.rules import begin_consolidation
from models.consolidation.state import ConsolidationState
from models.events import ConsolidationBriefing, Entry
from models.proceeding.record import RecordOrder
from models.report.received import ReceivedReport
from models.tables.consolidations import ConsolidationRow
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.base import Model
from models.vocabulary.editions import ORDER_192, Edition, Switches
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id, Role, consolidation_mark, consolidation_workflow_id
from models.vocabulary.queues import Queue
from tests.waiting import PATIENCE_SECONDS, eventually
from tests.workflows.on_record import clock_passes, histories_of, journal_of, remembered_by
from tests.workflows.running import CALENDAR, code_of, update_name
from tests.workflows.theatre import Theatre
from workflows import ConsolidationWorkflow

ANALYST = Actor(role=Role.ANALYST, account="a-uo-analyst", organisation="uo")
NOTE = "a" * 64


def every_months(months: int) -> Edition:
    """A reading of «regularly» (A4)."""
    switches = Switches(review_interval_months=months)
    return ORDER_192.model_copy(update={"switches": switches})


@dataclass
class Consolidating:
    """The consolidation of the sample country's authorized body."""

    theatre: Theatre
    edition: Edition = ORDER_192
    commands: int = 0
    handle: WorkflowHandle[ConsolidationWorkflow, ConsolidationState] = field(init=False)

    def __post_init__(self) -> None:
        self.handle = self.theatre.client.get_workflow_handle(
            self.workflow_id, result_type=ConsolidationState
        )

    @property
    def workflow_id(self) -> str:
        return consolidation_workflow_id("uo")

    def briefing(self, body: str = "uo") -> ConsolidationBriefing:
        return ConsolidationBriefing(authorized_body=body, edition=self.edition)

    async def starts(self) -> None:
        clock = self.theatre.clock
        assert clock is not None
        given = ConsolidationInput(mark=consolidation_mark("UO"), briefing=self.briefing(), calendar=CALENDAR)
        with clock.with_time_skipping_disabled():
            await self.theatre.client.start_workflow(
                ConsolidationWorkflow.run, given, id=self.workflow_id, task_queue=Queue.PROCEDURE.value
            )
        await eventually(self.exists, "the consolidation's beginning is recorded")

    async def goes_on_after(self, began: date) -> None:
        """A run that was begun on a day, and that no worker has looked after since."""
        begun = begin_consolidation(consolidation_mark("UO"), self.briefing(), CALENDAR, began)
        at = CALENDAR.instant(began, time(9))
        entries = tuple(
            Entry(seq=seq, at=at, actor=SYSTEM, event=event) for seq, event in enumerate(begun, start=1)
        )
        order = RecordOrder(number="18-UO", workflow_id=self.workflow_id, run_id="before", entries=entries)
        await Recorder(self.theatre.sessions).record(order)
        given = ConsolidationInput(mark="18-UO", state=fold_consolidation(entries))
        clock = self.theatre.clock
        assert clock is not None
        with clock.with_time_skipping_disabled():
            await self.theatre.client.start_workflow(
                ConsolidationWorkflow.run, given, id=self.workflow_id, task_queue=Queue.PROCEDURE.value
            )

    async def has_caught_up(self) -> None:
        """Wait until the round in course is today's and no letter waits."""

        async def caught_up() -> bool:
            state = await self.state()
            turned = state.round is not None and state.round.contains(self.today)
            return turned and not state.letters_due

        await eventually(caught_up, "what was missed has happened")

    async def row(self) -> ConsolidationRow | None:
        async with self.theatre.sessions() as session:
            return await session.get(ConsolidationRow, self.workflow_id)

    async def exists(self) -> bool:
        return await self.row() is not None

    async def state(self) -> ConsolidationState:
        """As recorded: what people read."""
        row = await self.row()
        assert row is not None
        return ConsolidationState.model_validate(row.state)

    async def inbox(self) -> dict[Id, ReceivedReport]:
        """What lies in it, as people read it."""
        async with self.theatre.sessions() as session:
            rows = select(ReceivedReportRow).where(ReceivedReportRow.workflow_id == self.workflow_id)
            return {row.report: report_in(row) for row in await session.exec(rows)}

    async def hears(self, report: ReceivedReport) -> None:
        async with self.theatre.sessions() as session:
            read = await read_of_report(session, self.workflow_id, report.id)
        await self.tells(HeardReport(**dict(report), read=read))

    async def tells(self, heard: HeardReport) -> None:
        await self.handle.signal(ConsolidationWorkflow.hear, heard)
        await self.holds(heard.id, heard.version)

    async def holds(self, number: str, version: int = 1, *, considered: bool = False) -> ReceivedReport:
        """Wait until a report lies in the inbox; returns it."""

        async def there() -> bool:
            known = (await self.inbox()).get(number)
            told = known is not None and known.version == version
            return told and (known is None or (known.considered is not None) == considered)

        await eventually(there, f"{number} v{version} is in the inbox")
        return (await self.inbox())[number]

    # ——— commands ———
    async def does(self, command: type[Command], **fields: object) -> ConsolidationReceipt:
        self.commands += 1
        given = {"id": f"k{self.commands}", "actor": ANALYST, "read": await self._read(command, fields)}
        return await self.obeys(command.model_validate({**given, **fields}))

    async def _read(self, command: type[Command], fields: Mapping[str, object]) -> Model | None:
        """What whoever gives the command reads of the inbox first, as the API does."""
        async with self.theatre.sessions() as session:
            if command is CompleteReviewRound:
                return await read_of_review(session, await self.state())
            file = fields.get("file")
            return await read_of_report(
                session, self.workflow_id, str(fields["report"]), str(file) if file else None
            )

    async def obeys(self, command: Command) -> ConsolidationReceipt:
        name = update_name(type(command))
        asked = self.handle.execute_update(name, command, id=command.id, result_type=ConsolidationReceipt)
        receipt: ConsolidationReceipt = await within(PATIENCE_SECONDS, asked, f"{name} is answered")
        return receipt

    async def is_refused(self, command: type[Command], **fields: object) -> str:
        try:
            await self.does(command, **fields)
        except WorkflowUpdateFailedError as failed:
            return code_of(failed)
        raise AssertionError(f"{command.__name__} was not refused")

    # ——— time ———
    async def passes(self, day: date) -> None:
        """Let virtual time pass until a local date has begun to be worked on, and letters have left."""
        wanted = CALENDAR.instant(day, time(12))
        await clock_passes(self.theatre, self.handle, wanted)

        async def settled() -> bool:
            """Everything that this time brings is on record, and no letter waits."""
            row = await self.row()
            assert row is not None
            state = ConsolidationState.model_validate(row.state)
            reached = row.next_due is None or row.next_due > wanted
            turned = state.round is not None and state.round.contains(day)
            return reached and turned and not state.letters_due

        await eventually(settled, f"everything until {day} has happened")

    # ——— truth ———
    async def post(self) -> list[str]:
        """Every letter that left, in order of its cause."""
        return [
            f"{letter.kind.value} {letter.subject} to {letter.recipient}"
            for letter in (await self.folded()).letters.values()
            if letter.status is LetterStatus.SENT
        ]

    async def journal(self) -> list[Entry]:
        return await journal_of(self.theatre.sessions, self.workflow_id)

    async def folded(self) -> ConsolidationState:
        state = fold_consolidation(await self.journal())
        assert state is not None
        return state

    async def has_one_truth(self) -> None:
        """State = projection = fold(journal), once what just happened is on record."""

        async def one_truth() -> bool:
            remembered = await remembered_by(self.handle, ConsolidationWorkflow.state)
            return await self.state() == remembered and await self.folded() == remembered

        await eventually(one_truth, "state, projection and fold are one")

    async def histories(self) -> list[WorkflowHistory]:
        """Of every run, the first one first; each of them replays."""
        return await histories_of(self.theatre.client, self.workflow_id)

    @property
    def today(self) -> date:
        """The local date on which the story is played."""
        return CALENDAR.local_date(datetime.now(UTC))
