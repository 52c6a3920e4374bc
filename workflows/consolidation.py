"""The authorized body's consolidation (rules 17, 18): its inbox and its review rounds, one run a round.

Monitorings tell what was received and considered, people register what came on paper and complete rounds,
the registries' keeper tells what changed, and time turns the rounds.
"""

from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.consolidation.fold import apply_consolidation
    from models.consolidation.notices import ConsolidationInput, HeardReport
    from models.consolidation.rules import (
        begin_consolidation,
        brief_consolidation,
        can_be_told,
        keep_inbox_apart,
        receive_report,
    )
    from models.consolidation.state import ConsolidationState
    from models.consolidation.time import next_moment, what_time_brings
    from models.events import ConsolidationBriefing
    from models.vocabulary.actors import SYSTEM
    from workflows.attributes import attributes_of_consolidation
    from workflows.changes import goes_new_way
    from workflows.consolidation_commands import ConsolidationCommands
    from workflows.journal import Journal
    from workflows.proceeding import Time
    from workflows.progress_consolidation import consolidation_checklist

INBOX_APART = "inbox-kept-apart"
"""Since this change a consolidation remembers what changed lately, and the list of its inbox is rows."""

TIME = Time(next_moment, what_time_brings)


@workflow.defn
class ConsolidationWorkflow(ConsolidationCommands):
    @workflow.init
    def __init__(self, given: ConsolidationInput) -> None:
        self._open(Journal(apply_consolidation, given.state), TIME, given.reconciled)
        self._shown: tuple[int, datetime | None] | None = None
        if given.state is None:
            assert given.briefing is not None, "a consolidation begins with what the registries say"
            assert given.calendar is not None, "a consolidation begins with a calendar"
            today = given.calendar.local_date(workflow.now())
            begun = begin_consolidation(given.mark, given.briefing, given.calendar, today)
            self._journal.happened(SYSTEM, *begun)
        self._began_with = self._state.round

    @workflow.run
    async def run(self, given: ConsolidationInput) -> ConsolidationState:
        self._start(self._journal.keep_recording())
        self._start(self._keep_agenda())
        while not self._finished():
            self._keep_inbox_apart()
            self._post_due_letters()
            self._show_progress()
            await self._change(since=self._state.seq)
            if self._must_continue_as_new():
                workflow.continue_as_new(ConsolidationInput(mark=given.mark, state=self._state))
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._state

    @workflow.query
    def state(self) -> ConsolidationState:
        """The state as the workflow has it: must equal the projection and the fold of the journal."""
        return self._state

    # ——— what it is told ———
    @workflow.signal
    def hear(self, heard: HeardReport) -> None:
        """A report reached the authorized body by its monitoring, or was considered there.

        Where too much changed since the inbox was read for it, it is left to the keeper: that compares what
        is, and tells again.
        """
        if not self._state.ended and can_be_told(self._state, heard.id, heard.read):
            self._journal.happened(SYSTEM, *receive_report(self._state, heard.report, heard.read))

    @workflow.signal
    def brief_consolidation(self, briefing: ConsolidationBriefing) -> None:
        """The registries or the Rules say something else than before."""
        if not self._state.ended:
            today = self._state.calendar.local_date(workflow.now())
            self._journal.happened(SYSTEM, *brief_consolidation(self._state, briefing, today))

    # ——— the inbox ———
    def _keep_inbox_apart(self) -> None:
        """Once in its life. One that remembered the whole of it goes on so at its next wake."""
        kept_apart = keep_inbox_apart(self._state)
        if kept_apart and goes_new_way(INBOX_APART, self._state.seq):
            self._journal.happened(SYSTEM, *kept_apart)

    # ——— ends ———
    def _must_continue_as_new(self) -> bool:
        """A run a round: what is open is carried over in the state."""
        turned = self._state.round != self._began_with
        long = workflow.info().is_continue_as_new_suggested()
        return (turned or long) and not self._state.ended and self._idle()

    def _show_progress(self) -> None:
        state = self._state
        workflow.set_current_details(consolidation_checklist(state))
        shown = (state.round.serial if state.round else 0, self._next_moment())
        if shown != self._shown:
            workflow.upsert_search_attributes(attributes_of_consolidation(state, shown[1]))
            self._shown = shown
