"""Every stage and what may not be done in it: the code of the refusal and the paragraph it cites."""

from collections.abc import Callable
from datetime import date

import pytest

from models import commands as c
from models.commands.command import Command
from models.monitoring.rules.registry import RULES
from models.vocabulary.procedure import (
    Activity,
    Agreement,
    CouncilOutcome,
    InformationOutcome,
    Role,
    Stage,
    Step,
    Verdict,
)
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import CLINIC, DIVISION, HASH, NGO, pinned, to

DAY = date(2026, 7, 7)


def planned() -> Story:
    return Story().starts()


def collecting() -> Story:
    return planned().begins_collection()


def analysing() -> Story:
    story = collecting()
    story.does(c.CompleteCollection, content=pinned())
    return story


def drafting() -> Story:
    return planned().conducts()


def approved() -> Story:
    return planned().has_approved_report()


def dispatched() -> Story:
    return approved().is_dispatched()


def closed() -> Story:
    story = dispatched()
    story.does(c.CloseMonitoring)
    return story


def cancelled() -> Story:
    story = planned()
    story.does(c.CancelMonitoring, reason=HASH)
    return story


def ended() -> Story:
    story = closed()
    story.does(c.EndFollowUp, reason=HASH)
    return story


STAGES: dict[str, Callable[[], Story]] = {
    stage.__name__: stage
    for stage in (planned, collecting, analysing, drafting, approved, dispatched, closed)
}

COMMANDS: dict[type[Command], dict[str, object]] = {
    c.ConfirmConduct: {"organisation": "stranger", "confirms": True},
    c.WithdrawCoConductor: {"organisation": "stranger", "reason": HASH},
    c.BeginCollection: {"began_on": DAY},
    c.RecordActivity: {"activity": Activity.COLLECT, "done_on": DAY, "note": HASH},
    c.CompleteCollection: {"content": pinned()},
    c.CompleteAnalysis: {"content": pinned()},
    c.CompleteStep: {"step": Step.COLLECTED, "completed_on": DAY, "content": pinned()},
    c.CreateWorkingGroup: {"decision": DECISION, "members": (PUBLIC_MEMBER, EXPERT)},
    c.InviteMember: {"invited": EXPERT},
    c.AnswerInvitation: {"member": "m-expert", "consents": True},
    c.WithdrawMember: {"member": "m-expert", "note": HASH},
    c.RecordOrganisationAgreement: {"member": "m-expert", "agreement": Agreement.AGREED},
    c.RequestInformation: {"request": "q1", "holder": "stat", "source_kind": 1, "question": HASH},
    c.AnswerInformationRequest: {"request": "q1", "outcome": InformationOutcome.DECLINED, "answer": HASH},
    c.WithdrawInformationRequest: {"request": "q1", "reason": HASH},
    c.SubmitReport: {"content": pinned()},
    c.ReturnReport: {"version": 1, "reason": HASH},
    c.ApproveReport: {"version": 1},
    c.DispatchReport: {"addressees": (to(CLINIC),)},
    c.OmitAddressee: {"addressee": "stranger", "reason": HASH},
    c.ResendLetter: {"letter": "L99-0"},
    c.RecordHandDelivery: {"letter": "L99-0", "delivered_on": DAY, "note": HASH},
    c.AcknowledgeReport: {"addressee": "stranger"},
    c.AnswerReport: {"addressee": "stranger", "answers": (), "reply": HASH},
    c.AmendReply: {"addressee": "stranger", "answers": (), "reply": HASH},
    c.ReportImplementation: {"addressee": "stranger", "items": (), "words": HASH},
    c.JudgeImplementation: {"item": "p9", "verdict": Verdict.NOT_IMPLEMENTED, "reason": HASH},
    c.AskMoreTime: {"addressee": "stranger", "until": date(2027, 1, 4), "reason": HASH},
    c.ExtendReplyTerm: {"addressee": "stranger", "until": date(2027, 1, 4), "reason": HASH},
    c.ExtendDeadline: {"deadline": "reply:stranger", "until": date(2027, 1, 4), "reason": HASH},
    c.RefuseExtension: {"deadline": "reply:stranger", "reason": HASH},
    c.PauseDeadline: {"deadline": "reply:stranger", "reason": HASH},
    c.ResumeDeadline: {"deadline": "reply:stranger"},
    c.PublishReport: {"published_on": DAY, "address": "https://authorized.example.kz/1"},
    c.SubmitToCouncil: {"item": "k1", "council": "council"},
    c.RecordConsideration: {
        "item": "k1",
        "considered_on": DAY,
        "minutes_number": "4",
        "outcome": CouncilOutcome.NOTED,
    },
    c.AddExcerpt: {"item": "k1", "excerpt": HASH},
    c.WithdrawFromCouncil: {"item": "k1", "reason": HASH},
    c.MarkConsidered: {"note": HASH},
    c.BeginCorrection: {"reason": HASH},
    c.GiveUpCorrection: {"reason": HASH},
    c.CancelMonitoring: {"reason": HASH},
    c.CloseMonitoring: {},
    c.EndFollowUp: {"reason": HASH},
    c.TakeOverMonitoring: {"reason": HASH},
    c.DeclareConflict: {"reason": HASH},
    c.LiftConflict: {"account": "analyst", "reason": HASH},
    c.HandOnLetter: {"letter": "L0-0", "colleague": HASH},
    c.ReassignMonitoring: {
        "to": "head",
        "organisation": DIVISION.organisation,
        "role": Role.HEAD,
        "reason": HASH,
    },
}

_CONDUCT = ("not_in_conduct", "8")
_APPROVED = ("report_approved_already", "12")
_NO_GROUP = ("working_group_missing", "12")
_STEPS = ("steps_are_for_other_subjects", "14")
_NO_VERSION, _DECIDED = ("no_version_awaits", "15"), ("version_approved", "15")
_NOT_YET = ("report_not_approved", "15")
_BEFORE, _AFTER = ("planned", "collecting", "analysing", "drafting"), ("approved", "dispatched", "closed")
_ALL = (*_BEFORE, *_AFTER)

Expected = dict[str, tuple[str, str]]


def _in(stages: tuple[str, ...], refusal: tuple[str, str]) -> Expected:
    return dict.fromkeys(stages, refusal)


REFUSED: dict[type[Command], Expected] = {
    c.ConfirmConduct: _in(_ALL, ("not_named", "2")),
    c.WithdrawCoConductor: _in(_ALL, ("not_named", "2")),
    c.BeginCollection: _in(_ALL[1:], ("already_begun", "8")),
    c.RecordActivity: _in(("planned", *_AFTER), _CONDUCT),
    c.CompleteCollection: _in(("planned", "analysing", "drafting", *_AFTER), ("not_collecting", "8")),
    c.CompleteAnalysis: _in(("planned", "collecting", "drafting", *_AFTER), ("not_analysing", "8")),
    c.CompleteStep: _in(_ALL, _STEPS),
    c.CreateWorkingGroup: _in(_AFTER, _APPROVED),
    c.InviteMember: _in(_BEFORE, _NO_GROUP) | _in(_AFTER, _APPROVED),
    c.AnswerInvitation: _in(_BEFORE, _NO_GROUP) | _in(_AFTER, _APPROVED),
    c.WithdrawMember: _in(_BEFORE, _NO_GROUP) | _in(_AFTER, _APPROVED),
    c.RecordOrganisationAgreement: _in(_BEFORE, _NO_GROUP) | _in(_AFTER, _APPROVED),
    c.RequestInformation: _in(("planned", *_AFTER), _CONDUCT),
    c.AnswerInformationRequest: _in(_ALL, ("request_unknown", "7")),
    c.WithdrawInformationRequest: _in(_ALL, ("request_unknown", "7")),
    c.SubmitReport: _in(("planned", "collecting", "analysing", *_AFTER), ("not_drafting", "15")),
    c.ReturnReport: _in(_BEFORE, _NO_VERSION) | _in(_AFTER, _DECIDED),
    c.ApproveReport: _in(_BEFORE, _NO_VERSION) | _in(_AFTER, _DECIDED),
    c.DispatchReport: _in(_BEFORE, _NOT_YET) | _in(("dispatched", "closed"), ("addressee_has_it", "17")),
    c.OmitAddressee: _in(_BEFORE, _NOT_YET) | _in(_AFTER, ("not_named_in_decision", "16")),
    c.ResendLetter: _in(_ALL, ("letter_unknown", "")),
    c.RecordHandDelivery: _in(_ALL, ("letter_unknown", "")),
    c.AcknowledgeReport: _in(_ALL, ("not_an_addressee", "17")),
    c.AnswerReport: _in(_ALL, ("not_an_addressee", "17")),
    c.AmendReply: _in(_ALL, ("not_an_addressee", "17")),
    c.ReportImplementation: _in(_ALL, ("not_an_addressee", "17")),
    c.JudgeImplementation: _in(_ALL, ("decision_item_unknown", "16")),
    c.AskMoreTime: _in(_ALL, ("not_an_addressee", "17")),
    c.ExtendReplyTerm: _in(_ALL, ("not_an_addressee", "17")),
    c.ExtendDeadline: _in(_ALL, ("deadline_unknown", "")),
    c.RefuseExtension: _in(_ALL, ("deadline_unknown", "")),
    c.PauseDeadline: _in(_ALL, ("deadline_unknown", "")),
    c.ResumeDeadline: _in(_ALL, ("deadline_unknown", "")),
    c.PublishReport: _in(_BEFORE, ("report_not_approved", "19"))
    | _in(_AFTER, ("published_before_approval", "19")),
    c.SubmitToCouncil: _in(_BEFORE, ("report_not_approved", "21")),
    c.RecordConsideration: _in(_ALL, ("council_item_unknown", "21")),
    c.AddExcerpt: _in(_ALL, ("council_item_unknown", "21")),
    c.WithdrawFromCouncil: _in(_ALL, ("council_item_unknown", "21")),
    c.MarkConsidered: _in((*_BEFORE, "approved"), ("not_received_by_authorized_body", "18")),
    c.BeginCorrection: _in(_BEFORE, ("nothing_to_correct", "A12")),
    c.GiveUpCorrection: _in(_ALL, ("no_correction_under_way", "A12")),
    c.CancelMonitoring: _in(_AFTER, ("cannot_cancel_after_approval", "15")),
    c.CloseMonitoring: _in(_BEFORE, ("open_report_not_approved", "15"))
    | {"approved": ("open_not_sent_to_interested", "17"), "closed": ("closed_already", "")},
    c.EndFollowUp: _in((*_BEFORE, "approved", "dispatched"), ("not_closed", "")),
    c.TakeOverMonitoring: _in(_ALL, ("led_by_somebody", "")),
    c.ReassignMonitoring: {},
    c.DeclareConflict: {},
    c.LiftConflict: _in(_ALL, ("conflict_lifted_by_head", "")),
    c.HandOnLetter: _in(_ALL, ("letter_of_its_reader_only", "")),
}

_ROWS = [(name, command) for name in _ALL for command in COMMANDS]


def test_the_table_names_every_command() -> None:
    assert set(COMMANDS) == set(RULES) == set(REFUSED)


@pytest.mark.parametrize(("name", "command"), _ROWS, ids=lambda v: v if isinstance(v, str) else v.__name__)
def test_each_stage_refuses_what_does_not_belong_to_it(name: str, command: type[Command]) -> None:
    """What the table does not refuse happens."""
    story = STAGES[name]()
    expected = REFUSED[command].get(name)
    if expected is None:
        assert story.does(command, **COMMANDS[command])
    else:
        assert story.refused(command, **COMMANDS[command]) == expected


@pytest.mark.parametrize("over", [cancelled, ended], ids=lambda f: f.__name__)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda v: v.__name__)
def test_after_the_end_every_command_is_refused(over: Callable[[], Story], command: type[Command]) -> None:
    story = over()
    assert story.state.stage in {Stage.CANCELLED, Stage.CLOSED}
    assert story.refused(command, **COMMANDS[command]) == ("monitoring_ended", "")


def test_rule_14_an_other_subject_is_in_conduct_after_it_began() -> None:
    story = Story().starts(NGO)
    assert story.refused(c.CompleteStep, **COMMANDS[c.CompleteStep]) == _CONDUCT
