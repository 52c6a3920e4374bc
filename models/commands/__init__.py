"""What people ask for, imperative. Each command is one update of its proceeding's workflow.

Texts (reasons, notes, questions) are kept in the database under their SHA-256; a command carries the hash.
Dates are local (Asia/Almaty); instants are UTC. Every command says what it means and under which paragraph.
"""

from models.commands.command import Command, command_name
from models.commands.conduct import (
    AnswerInformationRequest,
    BeginCollection,
    CompleteAnalysis,
    CompleteCollection,
    CompleteStep,
    RecordActivity,
    RequestInformation,
    StartMonitoring,
    WithdrawInformationRequest,
)
from models.commands.consolidation import CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
from models.commands.dispatch import (
    AcknowledgeReport,
    AddExcerpt,
    AmendReply,
    AnswerReport,
    AskMoreTime,
    DispatchReport,
    ExtendReplyTerm,
    ItemAnswer,
    MarkConsidered,
    NewAddressee,
    OmitAddressee,
    RecordConsideration,
    SubmitToCouncil,
    WithdrawFromCouncil,
)
from models.commands.ends import CancelMonitoring, CloseMonitoring, EndFollowUp
from models.commands.follow_up import ItemImplementation, JudgeImplementation, ReportImplementation
from models.commands.group import (
    AnswerInvitation,
    CreateWorkingGroup,
    HeadDecision,
    InviteMember,
    NewMember,
    RecordOrganisationAgreement,
    WithdrawMember,
)
from models.commands.handing import DeclareConflict, HandOnLetter, LiftConflict, ReassignMonitoring
from models.commands.joint import ConfirmConduct, WithdrawCoConductor
from models.commands.letters import RecordHandDelivery, ResendLetter
from models.commands.report import (
    ApproveReport,
    BeginCorrection,
    GiveUpCorrection,
    PublishReport,
    ReturnReport,
    SubmitReport,
)
from models.commands.succession import TakeOverMonitoring
from models.commands.time import ExtendDeadline, PauseDeadline, RefuseExtension, ResumeDeadline

__all__ = [
    "AcknowledgeReport",
    "AddExcerpt",
    "AmendReply",
    "AnswerInformationRequest",
    "AnswerInvitation",
    "AnswerReport",
    "ApproveReport",
    "AskMoreTime",
    "BeginCollection",
    "BeginCorrection",
    "CancelMonitoring",
    "CloseMonitoring",
    "Command",
    "CompleteAnalysis",
    "CompleteCollection",
    "CompleteReviewRound",
    "CompleteStep",
    "ConfirmConduct",
    "ConsiderReceivedReport",
    "CreateWorkingGroup",
    "DeclareConflict",
    "DispatchReport",
    "EndFollowUp",
    "ExtendDeadline",
    "ExtendReplyTerm",
    "GiveUpCorrection",
    "HandOnLetter",
    "HeadDecision",
    "InviteMember",
    "ItemAnswer",
    "ItemImplementation",
    "JudgeImplementation",
    "LiftConflict",
    "MarkConsidered",
    "NewAddressee",
    "NewMember",
    "OmitAddressee",
    "PauseDeadline",
    "PublishReport",
    "ReassignMonitoring",
    "RecordActivity",
    "RecordConsideration",
    "RecordHandDelivery",
    "RecordOrganisationAgreement",
    "RefuseExtension",
    "RegisterPaperReport",
    "ReportImplementation",
    "RequestInformation",
    "ResendLetter",
    "ResumeDeadline",
    "ReturnReport",
    "StartMonitoring",
    "SubmitReport",
    "SubmitToCouncil",
    "TakeOverMonitoring",
    "WithdrawCoConductor",
    "WithdrawFromCouncil",
    "WithdrawInformationRequest",
    "WithdrawMember",
    "command_name",
]
