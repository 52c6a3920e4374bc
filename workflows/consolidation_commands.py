"""What people of the authorized body may ask of its consolidation: one update per command (rules 17, 18)."""

from datetime import date, datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.commands import CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
    from models.commands.command import Command
    from models.consolidation.admission import check_consolidation_admission
    from models.consolidation.notices import ConsolidationReceipt
    from models.consolidation.rules import decide_consolidation, paper_report
    from models.consolidation.state import ConsolidationState
    from models.duty.notices import paper_notices
    from models.events import Event
    from workflows.obedience import Obedience


class ConsolidationCommands(Obedience[ConsolidationState, ConsolidationReceipt]):
    """The updates of `ConsolidationWorkflow`; their names are the commands' names in snake case."""

    def _decide(self, command: Command, now: datetime) -> tuple[Event, ...]:
        return decide_consolidation(self._state, command, now)

    def _admit(self, command: Command, today: date) -> None:
        check_consolidation_admission(command)

    def _receipt(self, state: ConsolidationState) -> ConsolidationReceipt:
        return ConsolidationReceipt(mark=state.mark, seq=state.seq)

    @workflow.update
    async def register_paper_report(self, command: RegisterPaperReport) -> ConsolidationReceipt:
        receipt = await self._obey(command)
        state = self._state
        for notice in paper_notices(paper_report(command), state.briefing.edition, state.organisation):
            self._tell_duty(notice)
        return receipt

    @register_paper_report.validator
    def _may_register_paper_report(self, command: RegisterPaperReport) -> None:
        self._may(command)

    @workflow.update
    async def consider_received_report(self, command: ConsiderReceivedReport) -> ConsolidationReceipt:
        return await self._obey(command)

    @consider_received_report.validator
    def _may_consider_received_report(self, command: ConsiderReceivedReport) -> None:
        self._may(command)

    @workflow.update
    async def complete_review_round(self, command: CompleteReviewRound) -> ConsolidationReceipt:
        return await self._obey(command)

    @complete_review_round.validator
    def _may_complete_review_round(self, command: CompleteReviewRound) -> None:
        self._may(command)
