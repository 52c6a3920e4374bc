"""The journal of one workflow: history first, record second, in groups (design §5).

`happened` applies events to the state at once; one recorder takes all entries that wait and has them
written in one activity; whoever must not answer before the record is written awaits `recorded`.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.actors import Actor
    from models.events import Entry, Event
    from models.fold import apply
    from models.procedure import Id, Number
    from models.record import Recorded, RecordOrder
    from models.state import MonitoringState
    from workflows.calling import RECORDING

BATCH = 200
"""Entries per recording: bounds the size of one activity's input."""


class Journal:
    """State, and the entries that led to it and are not written yet."""

    def __init__(self, number: Number, state: MonitoringState | None) -> None:
        self._number = number
        self._state = state
        self._waiting: list[Entry] = []
        self._recorded_seq = state.seq if state else 0

    @property
    def state(self) -> MonitoringState:
        assert self._state is not None, "a journal begins with the monitoring's start"
        return self._state

    @property
    def quiet(self) -> bool:
        """Everything that happened is recorded."""
        return not self._waiting

    def happened(self, actor: Actor, *events: Event, command: Id | None = None) -> int:
        """Apply events now, at workflow time; returns the last one's seq."""
        for event in events:
            seq = self._state.seq + 1 if self._state else 1
            entry = Entry(seq=seq, at=workflow.now(), actor=actor, command=command, event=event)
            self._state = apply(self._state, entry)
            self._waiting.append(entry)
        return self.state.seq

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
                number=self._number, workflow_id=info.workflow_id, run_id=info.run_id, entries=batch
            )
            done = await RECORDING(order, Recorded, _summary(batch))
            del self._waiting[: len(batch)]
            self._recorded_seq = done.seq


def _summary(batch: tuple[Entry, ...]) -> str:
    """What the auditor reads in the Temporal UI beside the activity."""
    names = ", ".join(entry.event.type for entry in batch[:3])
    more = f" and {len(batch) - 3} more" if len(batch) > 3 else ""
    return f"{batch[0].seq}: {names}{more}"
