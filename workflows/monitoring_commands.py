"""What people may ask of a running monitoring: one update per command, refused by its validator.

Each pair reads the same: the validator asks the rules and refuses before anything enters the history,
the handler lets happen what the rules decide and answers when it is recorded.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models import commands
    from models.commands.receipt import Receipt
    from workflows.monitoring_obedience import MonitoringObedience


class MonitoringCommands(MonitoringObedience):
    """The updates of `MonitoringWorkflow`; their names are the commands' names in snake case."""

    @workflow.update
    async def confirm_conduct(self, command: commands.ConfirmConduct) -> Receipt:
        return await self._obey(command)

    @confirm_conduct.validator
    def _may_confirm_conduct(self, command: commands.ConfirmConduct) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_co_conductor(self, command: commands.WithdrawCoConductor) -> Receipt:
        return await self._obey(command)

    @withdraw_co_conductor.validator
    def _may_withdraw_co_conductor(self, command: commands.WithdrawCoConductor) -> None:
        self._may(command)

    @workflow.update
    async def begin_collection(self, command: commands.BeginCollection) -> Receipt:
        return await self._obey(command)

    @begin_collection.validator
    def _may_begin_collection(self, command: commands.BeginCollection) -> None:
        self._may(command)

    @workflow.update
    async def record_activity(self, command: commands.RecordActivity) -> Receipt:
        return await self._obey(command)

    @record_activity.validator
    def _may_record_activity(self, command: commands.RecordActivity) -> None:
        self._may(command)

    @workflow.update
    async def complete_collection(self, command: commands.CompleteCollection) -> Receipt:
        return await self._obey(command)

    @complete_collection.validator
    def _may_complete_collection(self, command: commands.CompleteCollection) -> None:
        self._may(command)

    @workflow.update
    async def complete_analysis(self, command: commands.CompleteAnalysis) -> Receipt:
        return await self._obey(command)

    @complete_analysis.validator
    def _may_complete_analysis(self, command: commands.CompleteAnalysis) -> None:
        self._may(command)

    @workflow.update
    async def complete_step(self, command: commands.CompleteStep) -> Receipt:
        return await self._obey(command)

    @complete_step.validator
    def _may_complete_step(self, command: commands.CompleteStep) -> None:
        self._may(command)

    @workflow.update
    async def create_working_group(self, command: commands.CreateWorkingGroup) -> Receipt:
        return await self._obey(command)

    @create_working_group.validator
    def _may_create_working_group(self, command: commands.CreateWorkingGroup) -> None:
        self._may(command)

    @workflow.update
    async def invite_member(self, command: commands.InviteMember) -> Receipt:
        return await self._obey(command)

    @invite_member.validator
    def _may_invite_member(self, command: commands.InviteMember) -> None:
        self._may(command)

    @workflow.update
    async def answer_invitation(self, command: commands.AnswerInvitation) -> Receipt:
        return await self._obey(command)

    @answer_invitation.validator
    def _may_answer_invitation(self, command: commands.AnswerInvitation) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_member(self, command: commands.WithdrawMember) -> Receipt:
        return await self._obey(command)

    @withdraw_member.validator
    def _may_withdraw_member(self, command: commands.WithdrawMember) -> None:
        self._may(command)

    @workflow.update
    async def record_organisation_agreement(self, command: commands.RecordOrganisationAgreement) -> Receipt:
        return await self._obey(command)

    @record_organisation_agreement.validator
    def _may_record_organisation_agreement(self, command: commands.RecordOrganisationAgreement) -> None:
        self._may(command)

    @workflow.update
    async def request_information(self, command: commands.RequestInformation) -> Receipt:
        return await self._obey(command)

    @request_information.validator
    def _may_request_information(self, command: commands.RequestInformation) -> None:
        self._may(command)

    @workflow.update
    async def answer_information_request(self, command: commands.AnswerInformationRequest) -> Receipt:
        return await self._obey(command)

    @answer_information_request.validator
    def _may_answer_information_request(self, command: commands.AnswerInformationRequest) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_information_request(self, command: commands.WithdrawInformationRequest) -> Receipt:
        return await self._obey(command)

    @withdraw_information_request.validator
    def _may_withdraw_information_request(self, command: commands.WithdrawInformationRequest) -> None:
        self._may(command)

    @workflow.update
    async def submit_report(self, command: commands.SubmitReport) -> Receipt:
        return await self._obey(command)

    @submit_report.validator
    def _may_submit_report(self, command: commands.SubmitReport) -> None:
        self._may(command)

    @workflow.update
    async def return_report(self, command: commands.ReturnReport) -> Receipt:
        return await self._obey(command)

    @return_report.validator
    def _may_return_report(self, command: commands.ReturnReport) -> None:
        self._may(command)

    @workflow.update
    async def approve_report(self, command: commands.ApproveReport) -> Receipt:
        return await self._obey(command)

    @approve_report.validator
    def _may_approve_report(self, command: commands.ApproveReport) -> None:
        self._may(command)

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
    async def publish_report(self, command: commands.PublishReport) -> Receipt:
        return await self._obey(command)

    @publish_report.validator
    def _may_publish_report(self, command: commands.PublishReport) -> None:
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
    async def begin_correction(self, command: commands.BeginCorrection) -> Receipt:
        return await self._obey(command)

    @begin_correction.validator
    def _may_begin_correction(self, command: commands.BeginCorrection) -> None:
        self._may(command)

    @workflow.update
    async def cancel_monitoring(self, command: commands.CancelMonitoring) -> Receipt:
        return await self._obey(command)

    @cancel_monitoring.validator
    def _may_cancel_monitoring(self, command: commands.CancelMonitoring) -> None:
        self._may(command)

    @workflow.update
    async def close_monitoring(self, command: commands.CloseMonitoring) -> Receipt:
        return await self._obey(command)

    @close_monitoring.validator
    def _may_close_monitoring(self, command: commands.CloseMonitoring) -> None:
        self._may(command)

    @workflow.update
    async def end_follow_up(self, command: commands.EndFollowUp) -> Receipt:
        return await self._obey(command)

    @end_follow_up.validator
    def _may_end_follow_up(self, command: commands.EndFollowUp) -> None:
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
