"""The journal of one workflow: history first, record second, in groups.

Why: docs/decisions/0002-history-first-record-second.md.

`happened` applies events to the state at once; one recorder takes all entries that wait and has them
written in one activity; whoever must not answer before the record is written awaits `recorded`.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.events import Entry, Event
    from models.proceeding.record import Recorded, RecordOrder
    from models.proceeding.state import Proceeding
    from models.vocabulary.actors import Actor
    from models.vocabulary.procedure import Id
    from workflows.calling import RECORDING

BATCH = 200
"""Entries per recording: bounds the size of one activity's input."""

P = TypeVar("P", bound=Proceeding)
Apply = Callable[[P | None, Entry], P]


class Journal(Generic[P]):
    """State, and the entries that led to it and are not written yet."""

    def __init__(self, apply: Apply[P], state: P | None) -> None:
        self._apply = apply
        self._state = state
        self._waiting: list[Entry] = []
        self._recorded_seq = state.seq if state else 0

    @property
    def state(self) -> P:
        assert self._state is not None, "a journal begins with a start"
        return self._state

    @property
    def quiet(self) -> bool:
        """Everything that happened is recorded."""
        return not self._waiting

    def happened(self, actor: Actor, *events: Event, command: Id | None = None) -> int:
        """Apply events now, at workflow time; returns the last one's seq."""
        for event in events:
            entry = self.next_entry(self._state, actor, event, command)
            self._state = self._apply(self._state, entry)
            self._waiting.append(entry)
        return self.state.seq

    def tried(self, actor: Actor, *events: Event) -> None:
        """Apply events to the state and throw the result away: raises what the fold would raise."""
        state = self._state
        for event in events:
            state = self._apply(state, self.next_entry(state, actor, event, None))

    @staticmethod
    def next_entry(state: P | None, actor: Actor, event: Event, command: Id | None) -> Entry:
        seq = state.seq + 1 if state else 1
        return Entry(seq=seq, at=workflow.now(), actor=actor, command=command, event=event)

    async def recorded(self, seq: int) -> None:
        """Wait until the entry is in the database. Bounded by the recorder's retries, which never end."""
        await workflow.wait_condition(lambda: self._recorded_seq >= seq)

    async def keep_recording(self) -> None:
        """The one recorder of the workflow; runs until the workflow ends."""
        while True:
            await workflow.wait_condition(lambda: bool(self._waiting))
            batch = tuple(self._waiting[:BATCH])
            info = workflow.info()
            order = RecordOrder(
                number=self.state.mark, workflow_id=info.workflow_id, run_id=info.run_id, entries=batch
            )
            done = await RECORDING(order, Recorded, _summary(batch))
            del self._waiting[: len(batch)]
            self._recorded_seq = done.seq


def _summary(batch: tuple[Entry, ...]) -> str:
    """What the auditor reads in the Temporal UI beside the activity."""
    names = ", ".join(entry.event.type for entry in batch[:3])
    more = f" and {len(batch) - 3} more" if len(batch) > 3 else ""
    return f"{batch[0].seq}: {names}{more}"
