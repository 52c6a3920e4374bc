"""The forms that lead a monitoring on, in the order of the procedure."""

from typing import Final

from api.pages.desk.desk_form import AnyMonitoringForm
from api.pages.desk.leading.analysing import CompleteAnalysisForm, CompleteCollectionForm, CompleteStepForm
from api.pages.desk.leading.approving import ApproveReportForm, ReturnReportForm
from api.pages.desk.leading.collecting import BeginCollectionForm, RecordActivityForm
from api.pages.desk.leading.considering import (
    MarkConsideredForm,
    SubmitToCouncilForm,
    WithdrawFromCouncilForm,
)
from api.pages.desk.leading.deadlines import (
    ExtendDeadlineForm,
    PauseDeadlineForm,
    RefuseExtensionForm,
    ResumeDeadlineForm,
)
from api.pages.desk.leading.ending import CloseForm, EndFollowUpForm
from api.pages.desk.leading.letters import OmitAddresseeForm, RecordHandDeliveryForm, ResendLetterForm
from api.pages.desk.leading.publishing import PublishReportForm
from api.pages.desk.leading.reporting import BeginCorrectionForm, GiveUpCorrectionForm, SubmitReportForm

LEADING: Final[tuple[AnyMonitoringForm, ...]] = (
    BeginCollectionForm(),
    RecordActivityForm(),
    CompleteCollectionForm(),
    CompleteAnalysisForm(),
    CompleteStepForm(),
    SubmitReportForm(),
    ApproveReportForm(),
    ReturnReportForm(),
    BeginCorrectionForm(),
    GiveUpCorrectionForm(),
    OmitAddresseeForm(),
    PublishReportForm(),
    MarkConsideredForm(),
    SubmitToCouncilForm(),
    WithdrawFromCouncilForm(),
    ResendLetterForm(),
    RecordHandDeliveryForm(),
    ExtendDeadlineForm(),
    RefuseExtensionForm(),
    PauseDeadlineForm(),
    ResumeDeadlineForm(),
    CloseForm(),
    EndFollowUpForm(),
)
