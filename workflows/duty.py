"""The duty of rule 13 of one body: one run a year (or an interval), one history that never forgets a year.

Nobody acts on it: monitorings tell what they fulfil, the registries' keeper tells what changed, and time does
the rest. A breach is recorded when the year ends; what arrives later corrects it by an event of its own.
"""

from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.duty.fold import apply_duty
    from models.duty.notices import DutyInput, DutyNotice
    from models.duty.rules import begin_duty, brief_duty, count_monitoring, record_publication
    from models.duty.state import DutyState
    from models.duty.time import next_moment, what_time_brings
    from models.events import Briefing
    from models.vocabulary.actors import SYSTEM
    from workflows.attributes import attributes_of_duty
    from workflows.changes import goes_new_way
    from workflows.journal import Journal
    from workflows.proceeding import ProceedingWorkflow, Time
    from workflows.progress_duty import duty_checklist

TELLS_CORRECTIONS = "tells-corrections"
"""Since this change the letter of a breach is followed by one of its correction."""

TIME = Time(next_moment, what_time_brings)


@workflow.defn
class DutyWorkflow(ProceedingWorkflow[DutyState]):
    @workflow.init
    def __init__(self, given: DutyInput) -> None:
        self._open(Journal(apply_duty, given.state), TIME, given.reconciled)
        self._shown: tuple[str, datetime | None] | None = None
        if given.state is None:
            assert given.briefing is not None, "a duty begins with what the registries say"
            assert given.calendar is not None, "a duty begins with a calendar"
            today = given.calendar.local_date(workflow.now())
            begun = begin_duty(given.mark, given.kind, given.briefing, given.calendar, today)
            self._journal.happened(SYSTEM, *begun)
        self._began_with = self._state.period

    @workflow.run
    async def run(self, given: DutyInput) -> DutyState:
        self._start(self._journal.keep_recording())
        self._start(self._keep_agenda())
        while not self._finished():
            self._post_due_letters()
            self._show_progress()
            await self._change(since=self._state.seq)
            if self._must_continue_as_new():
                workflow.continue_as_new(DutyInput(mark=given.mark, kind=given.kind, state=self._state))
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._state

    @workflow.query
    def state(self) -> DutyState:
        """The state as the workflow has it: must equal the projection and the fold of the journal."""
        return self._state

    # ——— what it is told ———
    @workflow.signal
    def hear(self, notice: DutyNotice) -> None:
        """A monitoring has an approved report, or its report was published."""
        if self._state.ended:
            return
        told = goes_new_way(TELLS_CORRECTIONS, self._state.seq)
        self._journal.happened(SYSTEM, *count_monitoring(self._state, notice.counted, told))
        if notice.published is not None:
            self._journal.happened(SYSTEM, *record_publication(self._state, notice.published))

    @workflow.signal
    def brief_duty(self, briefing: Briefing) -> None:
        """The registries or the Rules say something else than before."""
        if not self._state.ended:
            today = self._state.calendar.local_date(workflow.now())
            self._journal.happened(SYSTEM, *brief_duty(self._state, briefing, today))

    # ——— ends ———
    def _must_continue_as_new(self) -> bool:
        """A run a period: what is open is carried over in the state."""
        turned = self._state.period != self._began_with
        long = workflow.info().is_continue_as_new_suggested()
        return (turned or long) and not self._state.ended and self._idle()

    def _show_progress(self) -> None:
        state = self._state
        workflow.set_current_details(duty_checklist(state))
        shown = (state.period.id if state.period else "", self._next_moment())
        if shown != self._shown:
            workflow.upsert_search_attributes(attributes_of_duty(state, shown[1]))
            self._shown = shown
