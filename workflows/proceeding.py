"""What the workflows of the procedure share: one journal, one agenda, the post, and an honest end."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic

from temporalio import workflow
from temporalio.common import Priority
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from models.calendar.working import WorkingCalendar
    from models.duty.notices import DutyNotice, Told
    from models.events import Event, LetterSent, LetterUndelivered, ProceedingReconciled
    from models.letters.kinds import LETTERS
    from models.letters.letter import Letter
    from models.letters.post import LetterOrder, LetterOutcome, LetterProof, UndeliveredReason
    from models.proceeding.calendars import change_calendar
    from models.proceeding.missed import ClockNotice
    from models.proceeding.undelivered import is_told
    from models.vocabulary.actors import SYSTEM
    from models.vocabulary.letters import LetterStatus
    from models.vocabulary.procedure import Id
    from workflows.calling import CROWD, IN_BULK, INFORMING, POSTING, TELLING
    from workflows.changes import goes_new_way
    from workflows.journal import Journal, P

TELLS_UNDELIVERED = "tells-undelivered"


@dataclass(frozen=True)
class Time(Generic[P]):
    """The two functions of a proceeding's module `time`: when something comes, and what has come by now."""

    next_moment: Callable[[P], datetime | None]
    brings: Callable[[P, datetime], Sequence[Event]]


class ProceedingWorkflow(Generic[P]):
    """The machinery under a workflow's `run`. Decides nothing: rules and folds do."""

    _journal: Journal[P]

    def _open(
        self, journal: Journal[P], time: Time[P], reconciled: ProceedingReconciled | None = None
    ) -> None:
        """To be called first, in `__init__`: handlers may run before `run` does."""
        self._journal = journal
        self._time = time
        self._under_way: set[Id] = set()  # letters being posted, versions being printed
        self._tasks: set[asyncio.Task[None]] = set()
        self._fault: BaseException | None = None
        self._next: tuple[int, datetime | None] | None = None
        self._looks = 0
        if reconciled is not None:
            self._journal.happened(SYSTEM, reconciled)

    @property
    def _state(self) -> P:
        return self._journal.state

    async def _change(self, since: int) -> None:
        """Wait until something happened, or until nothing holds the workflow any more."""
        await workflow.wait_condition(
            lambda: self._state.seq != since or self._may_leave() or self._fault is not None
        )
        if self._fault is not None:
            raise self._fault

    @workflow.signal
    def change_calendar(self, calendar: WorkingCalendar) -> None:
        """A new edition of the working calendar is in use (the registry's keeper sends it)."""
        if not self._state.ended:
            self._journal.happened(SYSTEM, *change_calendar(self._state, calendar))

    @workflow.signal
    def note_reconciliation(self, done: ProceedingReconciled) -> None:
        """The journal was behind after a restore, and has been brought up to what this workflow knows."""
        self._journal.happened(SYSTEM, done)

    @workflow.signal
    def look_at_clock(self, notice: ClockNotice) -> None:
        """Its next moment is over and brought nothing: the server lost the timer (an operator sends this)."""
        self._looks += 1

    # ——— time ———
    async def _keep_agenda(self) -> None:
        """Wait for the next moment or for a change of what is next; a timer is set anew only then."""
        while True:
            wake = self._next_moment()
            rest = None if wake is None else wake - workflow.now()
            try:
                await self._agenda_changed(wake, rest)
            except TimeoutError:
                self._moment_came()

    async def _agenda_changed(self, known: datetime | None, rest: timedelta | None) -> None:
        """Raises TimeoutError when the next moment has come."""
        if rest is not None and rest <= timedelta(0):
            raise TimeoutError
        looked = self._looks
        await workflow.wait_condition(
            lambda: self._next_moment() != known or self._looks != looked,
            timeout=rest,
            timeout_summary="next rung of the agenda",
        )

    def _next_moment(self) -> datetime | None:
        """When time does the next thing (UTC), past moments included; computed once per state."""
        state = self._state
        if self._next is None or self._next[0] != state.seq:
            self._next = (state.seq, self._time.next_moment(state))
        return self._next[1]

    def _moment_came(self) -> None:
        """What time brings is recorded before it acts."""
        self._journal.happened(SYSTEM, *self._time.brings(self._state, workflow.now()))

    # ——— letters ———
    def _post_due_letters(self) -> None:
        known = ((f"{letter.id}/{letter.attempt}", letter) for letter in self._state.letters_due)
        fresh = [(key, letter) for key, letter in known if key not in self._under_way]
        for key, letter in fresh:
            bulk = LETTERS[letter.kind].in_bulk or len(fresh) > CROWD
            self._under_way.add(key)
            self._start(self._post(letter, key, IN_BULK if bulk else Priority.default))

    async def _post(self, letter: Letter, key: Id, priority: Priority) -> None:
        """Send one letter. Three days of a deferring server make it a person's task, not a failure."""
        await self._journal.recorded(self._state.seq)
        proof = await self._sent(letter, priority) if self._still_due(letter) else None
        if proof is not None and proof.outcome is LetterOutcome.SENT:
            sent = LetterSent(letter=letter.id, attempt=letter.attempt, eml=proof.eml, kept=proof.kept)
            self._journal.happened(SYSTEM, sent)
        elif proof is not None:
            # Proceedings from before told nobody: their journals must not get letters when folded anew.
            told = is_told(letter) and goes_new_way(TELLS_UNDELIVERED, self._state.seq)
            failed = LetterUndelivered(letter=letter.id, attempt=letter.attempt, code=proof.code, told=told)
            self._journal.happened(SYSTEM, failed)
        self._under_way.discard(key)

    async def _sent(self, letter: Letter, priority: Priority) -> LetterProof | None:
        """How the letter left, or could not; None when it was taken back (or handed over) before it left."""
        order = LetterOrder(number=self._state.mark, workflow_id=self._state.workflow_id, letter=letter)
        summary = f"{letter.kind.value} {letter.id}"
        posting = INFORMING if LETTERS[letter.kind].informs else POSTING
        sending = asyncio.create_task(posting(order, LetterProof, summary, priority))
        await workflow.wait_condition(lambda: sending.done() or not self._still_due(letter))
        sending.cancel()  # nothing happens to one that is done
        try:
            return await sending
        except ActivityError:
            if not self._still_due(letter):
                return None
            return LetterProof(outcome=LetterOutcome.UNDELIVERABLE, code=UndeliveredReason.TIMED_OUT.value)

    def _still_due(self, letter: Letter) -> bool:
        return self._state.letters[letter.id].status is LetterStatus.DUE

    # ——— duties (rule 13) ———
    def _tell_duty(self, notice: DutyNotice) -> None:
        """A duty hears, once this is recorded, what may fulfil it."""
        self._under_way.add(notice.key)
        self._start(self._telling(notice))

    async def _telling(self, notice: DutyNotice) -> None:
        await self._journal.recorded(self._state.seq)
        await TELLING(notice, Told, f"duty of {notice.organisation}")
        self._under_way.discard(notice.key)

    # ——— work beside, and the end ———
    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Run beside; the reference keeps it alive."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        """A fault in a task is raised by the run, where it shows; asyncio alone would swallow it."""
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._fault = task.exception()

    def _idle(self) -> bool:
        """Nothing waits to be written, posted or printed, and nobody waits for an answer."""
        quiet = self._journal.quiet and not self._under_way and not self._state.letters_due
        return quiet and workflow.all_handlers_finished()

    def _finished(self) -> bool:
        return self._state.ended and self._idle()

    def _must_continue_as_new(self) -> bool:
        return workflow.info().is_continue_as_new_suggested() and self._idle()

    def _may_leave(self) -> bool:
        return self._finished() or self._must_continue_as_new()
