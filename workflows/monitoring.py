"""One monitoring, from its start to the end of its follow-up: one workflow, one history.

People act by updates (`monitoring_commands.py`), the rules decide (`models/rules`), and this run does what
follows from the state: it keeps the agenda, posts letters, has reports printed, ends when nothing is open.
"""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from models.actors import SYSTEM
    from models.agenda import DeadlineSubject, RungName
    from models.agenda_rungs import coalesce, due_rungs, next_rung_at
    from models.events import FollowUpEnded, LetterSent, LetterUndelivered, ReportRendered, RungReached
    from models.post import LetterOrder, LetterOutcome, LetterProof, UndeliveredReason
    from models.procedure import Id, LetterStatus, Stage
    from models.rendering import RenderedReport, RenderOrder
    from models.rules.start import decide_start
    from models.state import Letter, MonitoringState, Version
    from workflows.attributes import attributes_of
    from workflows.calling import POSTING, RENDERING
    from workflows.journal import Journal
    from workflows.monitoring_commands import MonitoringCommands
    from workflows.monitoring_input import MonitoringEnd, MonitoringInput
    from workflows.progress import checklist

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@workflow.defn
class MonitoringWorkflow(MonitoringCommands):
    @workflow.init
    def __init__(self, given: MonitoringInput) -> None:
        self._journal = Journal(given.number, given.state)
        self._under_way: set[Id] = set()  # letters being posted, versions being printed
        self._tasks: set[asyncio.Task[None]] = set()
        self._fault: BaseException | None = None
        self._next: tuple[int, datetime | None] | None = None
        self._shown: tuple[Stage, datetime | None] | None = None
        if given.start is not None:
            assert given.edition is not None, "a start pins the edition"
            assert given.calendar is not None, "a start pins the calendar"
            started = decide_start(given.start, given.edition, given.calendar)
            self._journal.happened(given.start.actor, *started, command=given.start.id)

    @workflow.run
    async def run(self, given: MonitoringInput) -> MonitoringEnd:
        self._start(self._journal.keep_recording())
        self._start(self._keep_agenda())
        while not self._finished():
            self._post_due_letters()
            self._print_submitted_report()
            self._show_progress()
            await self._change(since=self._state.seq)
            if self._must_continue_as_new():
                workflow.continue_as_new(MonitoringInput(number=given.number, state=self._state))
        self._show_progress()
        await workflow.wait_condition(workflow.all_handlers_finished)
        state = self._state
        return MonitoringEnd(number=state.number, stage=state.stage, entries=state.seq)

    @workflow.query
    def state(self) -> MonitoringState:
        """The state as the workflow has it: must equal the projection and the fold of the journal."""
        return self._state

    async def _change(self, since: int) -> None:
        """Wait until something happened, or until nothing holds the workflow any more."""
        await workflow.wait_condition(
            lambda: self._state.seq != since or self._may_leave() or self._fault is not None
        )
        if self._fault is not None:
            raise self._fault

    # ——— time ———
    async def _keep_agenda(self) -> None:
        """Wait for the next rung or for a change of what is next; a timer is set anew only then."""
        while True:
            wake = self._next_rung()
            rest = None if wake is None else wake - workflow.now()
            try:
                await self._agenda_changed(wake, rest)
            except TimeoutError:
                self._reach_due_rungs()

    async def _agenda_changed(self, known: datetime | None, rest: timedelta | None) -> None:
        """Raises TimeoutError when the next rung's moment has come."""
        if rest is not None and rest <= timedelta(0):
            raise TimeoutError
        await workflow.wait_condition(
            lambda: self._next_rung() != known, timeout=rest, timeout_summary="next rung of the agenda"
        )

    def _next_rung(self) -> datetime | None:
        """The UTC instant of the next rung, past ones included; computed once per state."""
        state = self._state
        if self._next is None or self._next[0] != state.seq:
            deadlines = () if state.ended else state.deadlines.values()
            self._next = (state.seq, next_rung_at(deadlines, state.calendar, _LONG_AGO))
        return self._next[1]

    def _reach_due_rungs(self) -> None:
        """Every rung that is due happens once, recorded before it acts; of several missed ones one speaks."""
        state = self._state
        for due in coalesce(due_rungs(state.deadlines.values(), state.calendar, workflow.now())):
            reached = RungReached(deadline=due.deadline, rung=due.rung, was_due_at=due.at, silent=due.silent)
            self._journal.happened(SYSTEM, reached)
            subject = state.deadlines[due.deadline].subject_kind
            if subject is DeadlineSubject.FOLLOW_UP and due.rung is RungName.EXPIRED:
                self._journal.happened(SYSTEM, FollowUpEnded())

    # ——— letters ———
    def _post_due_letters(self) -> None:
        for letter in self._state.letters.values():
            key = f"{letter.id}/{letter.attempt}"
            if letter.status is LetterStatus.DUE and key not in self._under_way:
                self._under_way.add(key)
                self._start(self._post(letter, key))

    async def _post(self, letter: Letter, key: Id) -> None:
        """Send one letter. Three days of a deferring server make it a person's task, not a failure."""
        await self._journal.recorded(self._state.seq)
        proof = await self._sent(letter) if self._still_due(letter) else None
        if proof is not None and proof.outcome is LetterOutcome.SENT:
            sent = LetterSent(letter=letter.id, attempt=letter.attempt, eml=proof.eml)
            self._journal.happened(SYSTEM, sent)
        elif proof is not None:
            failed = LetterUndelivered(letter=letter.id, attempt=letter.attempt, code=proof.code)
            self._journal.happened(SYSTEM, failed)
        self._under_way.discard(key)

    async def _sent(self, letter: Letter) -> LetterProof | None:
        """How the letter left, or could not; None when it was taken back (or handed over) before it left."""
        order = LetterOrder(number=self._state.number, letter=letter)
        summary = f"{letter.kind.value} {letter.id}"
        sending = asyncio.create_task(POSTING(order, LetterProof, summary))
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

    # ——— documents ———
    def _print_submitted_report(self) -> None:
        version = self._state.submitted
        if version is None or version.documents or f"v{version.number}" in self._under_way:
            return
        self._under_way.add(f"v{version.number}")
        self._start(self._print(version))

    async def _print(self, version: Version) -> None:
        """The annex form of a submitted version, for the head to read before approving."""
        order = RenderOrder(number=self._state.number, version=version.number, content=version.content.sha256)
        try:
            rendered = await RENDERING(order, RenderedReport, f"report v{version.number}")
        except ActivityError:
            # The frozen content is not there or not what it was: the head cannot approve, only return it.
            workflow.logger.error("version %s could not be printed", version.number)
        else:
            printed = ReportRendered(version=version.number, documents=rendered.documents)
            self._journal.happened(SYSTEM, printed)
        self._under_way.discard(f"v{version.number}")

    # ——— ends ———
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

    @property
    def _state(self) -> MonitoringState:
        return self._journal.state

    def _idle(self) -> bool:
        """Nothing waits to be written, posted or printed, and nobody waits for an answer."""
        return self._journal.quiet and not self._under_way and workflow.all_handlers_finished()

    def _finished(self) -> bool:
        return self._state.ended and self._idle() and not self._letters_due()

    def _letters_due(self) -> bool:
        return any(letter.status is LetterStatus.DUE for letter in self._state.letters.values())

    def _must_continue_as_new(self) -> bool:
        return workflow.info().is_continue_as_new_suggested() and self._idle() and not self._letters_due()

    def _may_leave(self) -> bool:
        return self._finished() or self._must_continue_as_new()

    def _show_progress(self) -> None:
        """What the Temporal UI shows: the checklist, and the attributes lists are filtered by."""
        state = self._state
        workflow.set_current_details(checklist(state))
        shown = (state.stage, self._next_rung())
        if shown != self._shown:
            workflow.upsert_search_attributes(attributes_of(state, self._next_rung()))
            self._shown = shown
