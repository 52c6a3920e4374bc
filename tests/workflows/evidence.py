"""What is on record of a monitoring: in the database, in the mailbox, in the workflow itself."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import cast, func
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlmodel import col, select
from temporalio.client import WorkflowHandle

from activities.bounds.within import within
from models.events import Entry, LetterSent
from models.letters.letter import Letter
from models.monitoring.fold import fold
from models.monitoring.state import MonitoringState
from models.tables.deliveries import DeliveryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Id, monitoring_workflow_id
from tests.replay.endings import Ending
from tests.waiting import PATIENCE_SECONDS, eventually
from tests.workflows.on_record import journal_of, remembered_by, replays
from tests.workflows.theatre import Theatre
from workflows import MonitoringWorkflow
from workflows.monitoring_input import MonitoringEnd


@dataclass
class Evidence:
    """One monitoring as it can be read."""

    theatre: Theatre
    number: str
    handle: WorkflowHandle[MonitoringWorkflow, MonitoringEnd] = field(init=False)

    async def state(self) -> MonitoringState:
        """The state as recorded: what people read."""
        async with self.theatre.sessions() as session:
            row = await session.get_one(MonitoringRow, self.number)
            return MonitoringState.model_validate(row.state)

    async def shows(self, path: str) -> bool:
        """Whether the recorded state holds something, by an SQL/JSON path: cheap enough to wait for."""
        held = func.jsonb_path_exists(cast(MonitoringRow.state, JSONB), cast(path, JSONPATH))
        async with self.theatre.sessions() as session:
            return bool((await session.exec(select(held).where(MonitoringRow.number == self.number))).one())

    async def journal(self) -> list[Entry]:
        """The lines of the journal, in order."""
        return await journal_of(self.theatre.sessions, monitoring_workflow_id(self.number))

    async def happened(self, event: str) -> list[Entry]:
        """The entries of one type, e.g. `report_answered`."""
        return [entry for entry in await self.journal() if entry.event.type == event]

    # ——— letters ———
    async def letters(self) -> list[Letter]:
        """All letters in the order of their causes (JSONB keeps none, the fold does)."""
        state = fold(await self.journal())
        return list(state.letters.values()) if state else []

    async def letter(self, kind: LetterKind, recipient: Id) -> Letter:
        """The last letter of a kind to somebody."""
        found = [x for x in await self.letters() if x.kind is kind and x.recipient == recipient]
        assert found, f"no {kind.value} to {recipient}"
        return found[-1]

    async def letters_settled(self) -> MonitoringState:
        """Wait until no letter is due any more."""

        async def settled() -> bool:
            return not await self.shows(f'$.letters.* ? (@.status == "{LetterStatus.DUE.value}")')

        await eventually(settled, "all letters have left or failed")
        return await self.state()

    async def post(self) -> list[str]:
        """Every letter that left, in the order of its cause: `invitation to p-public-1`."""
        await self.letters_settled()
        return [
            f"{letter.kind.value} to {letter.recipient}"
            for letter in await self.letters()
            if letter.status is LetterStatus.SENT
        ]

    async def tries(self, letter: Letter) -> list[str]:
        """How each try to hand a letter to the mail server ended, oldest first."""
        async with self.theatre.sessions() as session:
            rows = select(DeliveryRow).where(
                DeliveryRow.number == self.number, DeliveryRow.letter == letter.id
            )
            return [row.outcome for row in (await session.exec(rows.order_by(col(DeliveryRow.id)))).all()]

    # ——— truth ———
    async def has_one_truth(self, *, letters_may_come_twice: bool = False) -> None:
        """State = projection = fold(journal): docs/architecture.md. And nothing was lost or doubled."""
        await self.letters_settled()
        remembered = await remembered_by(self.handle, MonitoringWorkflow.state)
        recorded, journal = await self.state(), await self.journal()
        assert recorded == remembered
        assert fold(journal) == remembered
        assert [entry.seq for entry in journal] == list(range(1, len(journal) + 1))
        commands = [command for command, _ in groupby(e.command for e in journal if e.command)]
        assert len(commands) == len(set(commands)), "a command happened twice"
        sent, arrived = self._sent(journal), self._arrived()
        assert set(arrived) == set(sent)
        assert letters_may_come_twice or set(arrived.values()) <= {1}, "a letter arrived twice"

    def _sent(self, journal: list[Entry]) -> list[str]:
        """What the journal calls sent, by the local part of its Message-ID."""
        sent = [entry.event for entry in journal if isinstance(entry.event, LetterSent)]
        return [f"<{self.number}.{event.letter}.{event.attempt}" for event in sent]

    def _arrived(self) -> Counter[str]:
        """What lies in the mailbox, by the local part of its Message-ID."""
        ids = [letter.message_id.partition("@")[0] for letter in self.theatre.mailbox.store.letters()]
        return Counter(local for local in ids if local.startswith(f"<{self.number}."))

    async def ends(self, ending: Ending | None = None) -> MonitoringEnd:
        """Wait for the end; the record must be true and the history must replay.

        The history is kept for the replay gate under its `ending` when histories are being captured.
        """
        end = await within(PATIENCE_SECONDS, self.handle.result(), f"{self.number} ends")
        await self.has_one_truth()
        history = await self.handle.fetch_history()
        await replays(self.theatre.client, history)
        if ending is not None and self.theatre.keeper is not None:
            self.theatre.keeper.keep(ending, history)
        return end
