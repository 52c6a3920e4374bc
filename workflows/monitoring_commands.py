"""What people may ask of a running monitoring: one update per command, refused by its validator.

Each pair reads the same: the validator asks the rules and refuses before anything enters the history,
the handler lets happen what the rules decide and answers when it is recorded.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models import commands
    from models.commands.receipt import Receipt
    from workflows.sent_report_commands import SentReportCommands


class MonitoringCommands(SentReportCommands):
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
    async def publish_report(self, command: commands.PublishReport) -> Receipt:
        return await self._obey(command)

    @publish_report.validator
    def _may_publish_report(self, command: commands.PublishReport) -> None:
        self._may(command)

    @workflow.update
    async def begin_correction(self, command: commands.BeginCorrection) -> Receipt:
        return await self._obey(command)

    @begin_correction.validator
    def _may_begin_correction(self, command: commands.BeginCorrection) -> None:
        self._may(command)

    @workflow.update
    async def give_up_correction(self, command: commands.GiveUpCorrection) -> Receipt:
        return await self._obey(command)

    @give_up_correction.validator
    def _may_give_up_correction(self, command: commands.GiveUpCorrection) -> None:
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
    async def take_over_monitoring(self, command: commands.TakeOverMonitoring) -> Receipt:
        return await self._obey(command)

    @take_over_monitoring.validator
    def _may_take_over_monitoring(self, command: commands.TakeOverMonitoring) -> None:
        self._may(command)

    @workflow.update
    async def reassign_monitoring(self, command: commands.ReassignMonitoring) -> Receipt:
        return await self._obey(command)

    @reassign_monitoring.validator
    def _may_reassign_monitoring(self, command: commands.ReassignMonitoring) -> None:
        self._may(command)

    @workflow.update
    async def declare_conflict(self, command: commands.DeclareConflict) -> Receipt:
        return await self._obey(command)

    @declare_conflict.validator
    def _may_declare_conflict(self, command: commands.DeclareConflict) -> None:
        self._may(command)

    @workflow.update
    async def lift_conflict(self, command: commands.LiftConflict) -> Receipt:
        return await self._obey(command)

    @lift_conflict.validator
    def _may_lift_conflict(self, command: commands.LiftConflict) -> None:
        self._may(command)

    @workflow.update
    async def end_follow_up(self, command: commands.EndFollowUp) -> Receipt:
        return await self._obey(command)

    @end_follow_up.validator
    def _may_end_follow_up(self, command: commands.EndFollowUp) -> None:
        self._may(command)
