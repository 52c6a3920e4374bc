"""What people may ask of a running monitoring: one update per command, refused by its validator.

Each pair reads the same: the validator asks the rules and refuses before anything enters the history,
the handler lets happen what the rules decide and answers when it is recorded.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.commands import (
        AcknowledgeReport,
        AnswerInformationRequest,
        AnswerInvitation,
        AnswerReport,
        ApproveReport,
        AskMoreTime,
        BeginCollection,
        BeginCorrection,
        CancelMonitoring,
        CloseMonitoring,
        CompleteAnalysis,
        CompleteCollection,
        CompleteStep,
        CreateWorkingGroup,
        DispatchReport,
        EndFollowUp,
        ExtendDeadline,
        InviteMember,
        JudgeImplementation,
        MarkConsidered,
        PauseDeadline,
        PublishReport,
        RecordActivity,
        RecordConsideration,
        RecordHandDelivery,
        RecordOrganisationAgreement,
        RefuseExtension,
        ReportImplementation,
        RequestInformation,
        ResendLetter,
        ResumeDeadline,
        ReturnReport,
        SubmitReport,
        SubmitToCouncil,
        WithdrawFromCouncil,
        WithdrawInformationRequest,
        WithdrawMember,
    )
    from models.commands.receipt import Receipt
    from workflows.monitoring_obedience import MonitoringObedience


class MonitoringCommands(MonitoringObedience):
    """The updates of `MonitoringWorkflow`; their names are the commands' names in snake case."""

    @workflow.update
    async def begin_collection(self, command: BeginCollection) -> Receipt:
        return await self._obey(command)

    @begin_collection.validator
    def _may_begin_collection(self, command: BeginCollection) -> None:
        self._may(command)

    @workflow.update
    async def record_activity(self, command: RecordActivity) -> Receipt:
        return await self._obey(command)

    @record_activity.validator
    def _may_record_activity(self, command: RecordActivity) -> None:
        self._may(command)

    @workflow.update
    async def complete_collection(self, command: CompleteCollection) -> Receipt:
        return await self._obey(command)

    @complete_collection.validator
    def _may_complete_collection(self, command: CompleteCollection) -> None:
        self._may(command)

    @workflow.update
    async def complete_analysis(self, command: CompleteAnalysis) -> Receipt:
        return await self._obey(command)

    @complete_analysis.validator
    def _may_complete_analysis(self, command: CompleteAnalysis) -> None:
        self._may(command)

    @workflow.update
    async def complete_step(self, command: CompleteStep) -> Receipt:
        return await self._obey(command)

    @complete_step.validator
    def _may_complete_step(self, command: CompleteStep) -> None:
        self._may(command)

    @workflow.update
    async def create_working_group(self, command: CreateWorkingGroup) -> Receipt:
        return await self._obey(command)

    @create_working_group.validator
    def _may_create_working_group(self, command: CreateWorkingGroup) -> None:
        self._may(command)

    @workflow.update
    async def invite_member(self, command: InviteMember) -> Receipt:
        return await self._obey(command)

    @invite_member.validator
    def _may_invite_member(self, command: InviteMember) -> None:
        self._may(command)

    @workflow.update
    async def answer_invitation(self, command: AnswerInvitation) -> Receipt:
        return await self._obey(command)

    @answer_invitation.validator
    def _may_answer_invitation(self, command: AnswerInvitation) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_member(self, command: WithdrawMember) -> Receipt:
        return await self._obey(command)

    @withdraw_member.validator
    def _may_withdraw_member(self, command: WithdrawMember) -> None:
        self._may(command)

    @workflow.update
    async def record_organisation_agreement(self, command: RecordOrganisationAgreement) -> Receipt:
        return await self._obey(command)

    @record_organisation_agreement.validator
    def _may_record_organisation_agreement(self, command: RecordOrganisationAgreement) -> None:
        self._may(command)

    @workflow.update
    async def request_information(self, command: RequestInformation) -> Receipt:
        return await self._obey(command)

    @request_information.validator
    def _may_request_information(self, command: RequestInformation) -> None:
        self._may(command)

    @workflow.update
    async def answer_information_request(self, command: AnswerInformationRequest) -> Receipt:
        return await self._obey(command)

    @answer_information_request.validator
    def _may_answer_information_request(self, command: AnswerInformationRequest) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_information_request(self, command: WithdrawInformationRequest) -> Receipt:
        return await self._obey(command)

    @withdraw_information_request.validator
    def _may_withdraw_information_request(self, command: WithdrawInformationRequest) -> None:
        self._may(command)

    @workflow.update
    async def submit_report(self, command: SubmitReport) -> Receipt:
        return await self._obey(command)

    @submit_report.validator
    def _may_submit_report(self, command: SubmitReport) -> None:
        self._may(command)

    @workflow.update
    async def return_report(self, command: ReturnReport) -> Receipt:
        return await self._obey(command)

    @return_report.validator
    def _may_return_report(self, command: ReturnReport) -> None:
        self._may(command)

    @workflow.update
    async def approve_report(self, command: ApproveReport) -> Receipt:
        return await self._obey(command)

    @approve_report.validator
    def _may_approve_report(self, command: ApproveReport) -> None:
        self._may(command)

    @workflow.update
    async def dispatch_report(self, command: DispatchReport) -> Receipt:
        return await self._obey(command)

    @dispatch_report.validator
    def _may_dispatch_report(self, command: DispatchReport) -> None:
        self._may(command)

    @workflow.update
    async def resend_letter(self, command: ResendLetter) -> Receipt:
        return await self._obey(command)

    @resend_letter.validator
    def _may_resend_letter(self, command: ResendLetter) -> None:
        self._may(command)

    @workflow.update
    async def record_hand_delivery(self, command: RecordHandDelivery) -> Receipt:
        return await self._obey(command)

    @record_hand_delivery.validator
    def _may_record_hand_delivery(self, command: RecordHandDelivery) -> None:
        self._may(command)

    @workflow.update
    async def acknowledge_report(self, command: AcknowledgeReport) -> Receipt:
        return await self._obey(command)

    @acknowledge_report.validator
    def _may_acknowledge_report(self, command: AcknowledgeReport) -> None:
        self._may(command)

    @workflow.update
    async def answer_report(self, command: AnswerReport) -> Receipt:
        return await self._obey(command)

    @answer_report.validator
    def _may_answer_report(self, command: AnswerReport) -> None:
        self._may(command)

    @workflow.update
    async def report_implementation(self, command: ReportImplementation) -> Receipt:
        return await self._obey(command)

    @report_implementation.validator
    def _may_report_implementation(self, command: ReportImplementation) -> None:
        self._may(command)

    @workflow.update
    async def judge_implementation(self, command: JudgeImplementation) -> Receipt:
        return await self._obey(command)

    @judge_implementation.validator
    def _may_judge_implementation(self, command: JudgeImplementation) -> None:
        self._may(command)

    @workflow.update
    async def ask_more_time(self, command: AskMoreTime) -> Receipt:
        return await self._obey(command)

    @ask_more_time.validator
    def _may_ask_more_time(self, command: AskMoreTime) -> None:
        self._may(command)

    @workflow.update
    async def extend_deadline(self, command: ExtendDeadline) -> Receipt:
        return await self._obey(command)

    @extend_deadline.validator
    def _may_extend_deadline(self, command: ExtendDeadline) -> None:
        self._may(command)

    @workflow.update
    async def refuse_extension(self, command: RefuseExtension) -> Receipt:
        return await self._obey(command)

    @refuse_extension.validator
    def _may_refuse_extension(self, command: RefuseExtension) -> None:
        self._may(command)

    @workflow.update
    async def publish_report(self, command: PublishReport) -> Receipt:
        return await self._obey(command)

    @publish_report.validator
    def _may_publish_report(self, command: PublishReport) -> None:
        self._may(command)

    @workflow.update
    async def submit_to_council(self, command: SubmitToCouncil) -> Receipt:
        return await self._obey(command)

    @submit_to_council.validator
    def _may_submit_to_council(self, command: SubmitToCouncil) -> None:
        self._may(command)

    @workflow.update
    async def record_consideration(self, command: RecordConsideration) -> Receipt:
        return await self._obey(command)

    @record_consideration.validator
    def _may_record_consideration(self, command: RecordConsideration) -> None:
        self._may(command)

    @workflow.update
    async def withdraw_from_council(self, command: WithdrawFromCouncil) -> Receipt:
        return await self._obey(command)

    @withdraw_from_council.validator
    def _may_withdraw_from_council(self, command: WithdrawFromCouncil) -> None:
        self._may(command)

    @workflow.update
    async def mark_considered(self, command: MarkConsidered) -> Receipt:
        return await self._obey(command)

    @mark_considered.validator
    def _may_mark_considered(self, command: MarkConsidered) -> None:
        self._may(command)

    @workflow.update
    async def begin_correction(self, command: BeginCorrection) -> Receipt:
        return await self._obey(command)

    @begin_correction.validator
    def _may_begin_correction(self, command: BeginCorrection) -> None:
        self._may(command)

    @workflow.update
    async def cancel_monitoring(self, command: CancelMonitoring) -> Receipt:
        return await self._obey(command)

    @cancel_monitoring.validator
    def _may_cancel_monitoring(self, command: CancelMonitoring) -> None:
        self._may(command)

    @workflow.update
    async def close_monitoring(self, command: CloseMonitoring) -> Receipt:
        return await self._obey(command)

    @close_monitoring.validator
    def _may_close_monitoring(self, command: CloseMonitoring) -> None:
        self._may(command)

    @workflow.update
    async def end_follow_up(self, command: EndFollowUp) -> Receipt:
        return await self._obey(command)

    @end_follow_up.validator
    def _may_end_follow_up(self, command: EndFollowUp) -> None:
        self._may(command)

    @workflow.update
    async def pause_deadline(self, command: PauseDeadline) -> Receipt:
        return await self._obey(command)

    @pause_deadline.validator
    def _may_pause_deadline(self, command: PauseDeadline) -> None:
        self._may(command)

    @workflow.update
    async def resume_deadline(self, command: ResumeDeadline) -> Receipt:
        return await self._obey(command)

    @resume_deadline.validator
    def _may_resume_deadline(self, command: ResumeDeadline) -> None:
        self._may(command)
