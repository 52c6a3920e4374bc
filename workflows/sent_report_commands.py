"""What people may ask of a monitoring whose report is on its way: addressees, councils, deadlines.

Each pair reads as in `workflows/monitoring_commands.py`.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models import commands
    from models.commands.receipt import Receipt
    from workflows.monitoring_obedience import MonitoringObedience


class SentReportCommands(MonitoringObedience):
    """The updates about what was sent; their names are the commands' names in snake case."""

    @workflow.update
    async def dispatch_report(self, command: commands.DispatchReport) -> Receipt:
        return await self._obey(command)

    @dispatch_report.validator
    def _may_dispatch_report(self, command: commands.DispatchReport) -> None:
        self._may(command)

    @workflow.update
    async def omit_addressee(self, command: commands.OmitAddressee) -> Receipt:
        return await self._obey(command)

    @omit_addressee.validator
    def _may_omit_addressee(self, command: commands.OmitAddressee) -> None:
        self._may(command)

    @workflow.update
    async def hand_on_letter(self, command: commands.HandOnLetter) -> Receipt:
        return await self._obey(command)

    @hand_on_letter.validator
    def _may_hand_on_letter(self, command: commands.HandOnLetter) -> None:
        self._may(command)

    @workflow.update
    async def resend_letter(self, command: commands.ResendLetter) -> Receipt:
        return await self._obey(command)

    @resend_letter.validator
    def _may_resend_letter(self, command: commands.ResendLetter) -> None:
        self._may(command)

    @workflow.update
    async def record_hand_delivery(self, command: commands.RecordHandDelivery) -> Receipt:
        return await self._obey(command)

    @record_hand_delivery.validator
    def _may_record_hand_delivery(self, command: commands.RecordHandDelivery) -> None:
        self._may(command)

    @workflow.update
    async def acknowledge_report(self, command: commands.AcknowledgeReport) -> Receipt:
        return await self._obey(command)

    @acknowledge_report.validator
    def _may_acknowledge_report(self, command: commands.AcknowledgeReport) -> None:
        self._may(command)

    @workflow.update
    async def answer_report(self, command: commands.AnswerReport) -> Receipt:
        return await self._obey(command)

    @answer_report.validator
    def _may_answer_report(self, command: commands.AnswerReport) -> None:
        self._may(command)

    @workflow.update
    async def amend_reply(self, command: commands.AmendReply) -> Receipt:
        return await self._obey(command)

    @amend_reply.validator
    def _may_amend_reply(self, command: commands.AmendReply) -> None:
        self._may(command)

    @workflow.update
    async def report_implementation(self, command: commands.ReportImplementation) -> Receipt:
        return await self._obey(command)

    @report_implementation.validator
    def _may_report_implementation(self, command: commands.ReportImplementation) -> None:
        self._may(command)

    @workflow.update
    async def judge_implementation(self, command: commands.JudgeImplementation) -> Receipt:
        return await self._obey(command)

    @judge_implementation.validator
    def _may_judge_implementation(self, command: commands.JudgeImplementation) -> None:
        self._may(command)

    @workflow.update
    async def ask_more_time(self, command: commands.AskMoreTime) -> Receipt:
        return await self._obey(command)

    @ask_more_time.validator
    def _may_ask_more_time(self, command: commands.AskMoreTime) -> None:
        self._may(command)

    @workflow.update
    async def extend_reply_term(self, command: commands.ExtendReplyTerm) -> Receipt:
        return await self._obey(command)

    @extend_reply_term.validator
    def _may_extend_reply_term(self, command: commands.ExtendReplyTerm) -> None:
        self._may(command)

    @workflow.update
    async def extend_deadline(self, command: commands.ExtendDeadline) -> Receipt:
        return await self._obey(command)

    @extend_deadline.validator
    def _may_extend_deadline(self, command: commands.ExtendDeadline) -> None:
        self._may(command)

    @workflow.update
    async def refuse_extension(self, command: commands.RefuseExtension) -> Receipt:
        return await self._obey(command)

    @refuse_extension.validator
    def _may_refuse_extension(self, command: commands.RefuseExtension) -> None:
        self._may(command)

    @workflow.update
    async def submit_to_council(self, command: commands.SubmitToCouncil) -> Receipt:
        return await self._obey(command)

    @submit_to_council.validator
    def _may_submit_to_council(self, command: commands.SubmitToCouncil) -> None:
        self._may(command)

    @workflow.update
    async def record_consideration(self, command: commands.RecordConsideration) -> Receipt:
        return await self._obey(command)

    @record_consideration.validator
    def _may_record_consideration(self, command: commands.RecordConsideration) -> None:
        self._may(command)

    @workflow.update
    async def add_excerpt(self, command: commands.AddExcerpt) -> Receipt:
        return await self._obey(command)

    @add_excerpt.validator
    def _may_add_excerpt(self, command: commands.AddExcerpt) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_from_council(self, command: commands.WithdrawFromCouncil) -> Receipt:
        return await self._obey(command)

    @withdraw_from_council.validator
    def _may_withdraw_from_council(self, command: commands.WithdrawFromCouncil) -> None:
        self._may(command)

    @workflow.update
    async def mark_considered(self, command: commands.MarkConsidered) -> Receipt:
        return await self._obey(command)

    @mark_considered.validator
    def _may_mark_considered(self, command: commands.MarkConsidered) -> None:
        self._may(command)

    @workflow.update
    async def pause_deadline(self, command: commands.PauseDeadline) -> Receipt:
        return await self._obey(command)

    @pause_deadline.validator
    def _may_pause_deadline(self, command: commands.PauseDeadline) -> None:
        self._may(command)

    @workflow.update
    async def resume_deadline(self, command: commands.ResumeDeadline) -> Receipt:
        return await self._obey(command)

    @resume_deadline.validator
    def _may_resume_deadline(self, command: commands.ResumeDeadline) -> None:
        self._may(command)
