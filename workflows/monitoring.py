"""One monitoring, from its start to the end of its follow-up: one workflow, one history.

People act by updates (`workflows/monitoring_commands.py`), the rules decide (`models/monitoring/rules`), and
this run does what follows from the state: it keeps the agenda, posts letters, has reports printed, ends when
nothing is open.
"""

from datetime import datetime
from functools import partial

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from models.commands.receipt import Receipt
    from models.consolidation.notices import ConsolidationNotice, consolidation_notice
    from models.duty.notices import Told, duty_notices
    from models.events import ReportRendered
    from models.monitoring.briefing import MonitoringBriefing
    from models.monitoring.fold import apply
    from models.monitoring.rendering import RenderedReport, RenderOrder
    from models.monitoring.rules.start import decide_start
    from models.monitoring.rules.succession import brief_monitoring
    from models.monitoring.state import MonitoringState, Version
    from models.monitoring.time import next_moment, what_time_brings
    from models.vocabulary.actors import SYSTEM
    from models.vocabulary.procedure import Stage
    from workflows.attributes import attributes_of
    from workflows.calling import DELIVERING, RENDERING
    from workflows.changes import goes_new_way
    from workflows.journal import Journal
    from workflows.monitoring_commands import MonitoringCommands
    from workflows.monitoring_input import MonitoringEnd, MonitoringInput
    from workflows.proceeding import Time
    from workflows.progress import checklist

TELLS_DUTIES = "tells-duties"
TELLS_CONSOLIDATION = "tells-consolidation"
TELLS_LAPSES = "tells-lapses"
TELLS_SUCCESSORS = "tells-successors"
"""The changes by which monitorings began to tell (docs/changing-workflows.md)."""

TIME = Time(next_moment, partial(what_time_brings, tells_lapses=partial(goes_new_way, TELLS_LAPSES)))


@workflow.defn
class MonitoringWorkflow(MonitoringCommands):
    @workflow.init
    def __init__(self, given: MonitoringInput) -> None:
        self._open(Journal(apply, given.state), TIME, given.reconciled)
        self._shown: tuple[Stage, datetime | None] | None = None
        self._told: set[str] = set()
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
            self._tell_duties()
            self._tell_consolidation()
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

    @workflow.update
    async def await_record(self) -> Receipt:
        """The receipt, once all that has happened by now is recorded: whoever starts it is answered by this.

        It has no validator: where what is asked with a start is refused, the run is there all the same.
        """
        state = self._state
        await self._journal.recorded(state.seq)
        return self._receipt(state)

    # ——— what it is told ———
    @workflow.signal
    def brief_monitoring(self, briefing: MonitoringBriefing) -> None:
        """Bodies with a part in it came or went, or another one is the authorized body."""
        today = self._state.calendar.local_date(workflow.now())
        tells = partial(goes_new_way, TELLS_SUCCESSORS, self._state.seq)
        self._journal.happened(SYSTEM, *brief_monitoring(self._state, briefing, today, tells))

    # ——— duties (rule 13) ———
    def _tell_duties(self) -> None:
        """Each duty hears once per version of the report, and once of its publication.

        One that stood here before there were duties does not tell: the keeper of duties tells for it.
        """
        news = [n for n in duty_notices(self._state) if n.key not in self._told]
        if news and workflow.patched(TELLS_DUTIES):
            for notice in news:
                self._told.add(notice.key)
                self._tell_duty(notice)

    # ——— the authorized body's inbox (rules 17, 18) ———
    def _tell_consolidation(self) -> None:
        """Once per version of the report that is in the authorized body's hands, and once when considered.

        One that stood here before there was a consolidation does not tell: its keeper tells for it.
        """
        news = consolidation_notice(self._state)
        if news is None or news.key in self._told:
            return
        if workflow.patched(TELLS_CONSOLIDATION):
            self._told.add(news.key)
            self._under_way.add(news.key)
            self._start(self._deliver(news))

    async def _deliver(self, news: ConsolidationNotice) -> None:
        await self._journal.recorded(self._state.seq)
        await DELIVERING(news, Told, f"report v{news.report.version} in the inbox")
        self._under_way.discard(news.key)

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

    def _show_progress(self) -> None:
        """What the Temporal UI shows: the checklist, and the attributes lists are filtered by."""
        state = self._state
        workflow.set_current_details(checklist(state))
        shown = (state.stage, self._next_moment())
        if shown != self._shown:
            workflow.upsert_search_attributes(attributes_of(state, self._next_moment()))
            self._shown = shown
