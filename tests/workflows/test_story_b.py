"""Scenario B: a territorial division monitors one body (rules 7, 8, 11, 15-18)."""

from datetime import UTC, datetime

from models.agenda import ReplyPreset
from models.commands import (
    AnswerInformationRequest,
    AnswerReport,
    ApproveReport,
    BeginCollection,
    CloseMonitoring,
    CompleteAnalysis,
    CompleteCollection,
    DispatchReport,
    EndFollowUp,
    ItemAnswer,
    MarkConsidered,
    NewAddressee,
    RecordActivity,
    RequestInformation,
    SubmitReport,
)
from models.procedure import Activity, Ground, InformationOutcome, Response, Role, SourceKind, Stage
from tests.waiting import eventually
from tests.workflows.running import AUTHORIZED_BODY, Running, ScenarioName
from tests.workflows.running import Stage as Theatre
from tests.workflows.running import body


async def test_a_division_monitors_a_clinic_from_start_to_end(stage: Theatre) -> None:
    b = await stage.starts(ScenarioName.B)
    await _collects_and_drafts(b)
    await b.does(SubmitReport, content=await b.freezes())
    await eventually(lambda: _printed(b), "the report is printed")
    await b.does(ApproveReport, b.head, version=1)
    await b.does(DispatchReport, addressees=(
        NewAddressee(body=body("clinic-2"), ground=Ground.OBJECT, preset=ReplyPreset.APPC_76),
        NewAddressee(body=body(AUTHORIZED_BODY), ground=Ground.CONSOLIDATION),
    ))
    state = await b.letters_settled()
    assert state.stage is Stage.DISPATCHED
    assert await b.is_refused(CloseMonitoring) == "open_reply_awaited"
    own = [item.id for item in state.items.values() if item.addressee == "clinic-2"]
    answers = tuple(ItemAnswer(item=item, response=Response.ACCEPTED) for item in own)
    by = await b.holder_of("clinic-2")
    await b.does(AnswerReport, by, addressee="clinic-2", answers=answers, reply=await b.says("ok"))
    await b.does(MarkConsidered, note=await b.says("considered"))
    await b.does(CloseMonitoring)
    await b.does(EndFollowUp, reason=await b.says("nothing more is awaited"))
    end = await b.handle.result()
    assert end.stage is Stage.CLOSED
    assert await b.letters_sent() == [
        "information_request", "answer_confirmation", "approval_request",
        "report_for_consideration", "report_for_consolidation", "answer_confirmation",
    ]
    await b.has_one_truth()


async def _collects_and_drafts(b: Running) -> None:
    today = datetime.now(UTC).date()
    await b.does(BeginCollection, began_on=b.scenario.began_on)
    question = await b.says("How many days does a patient wait?")
    await b.does(RequestInformation, request="r1", holder="health-sary", source_kind=SourceKind.OTHER_LAWFUL, question=question)
    by = await b.holder_of("r1", Role.HOLDER)
    await b.does(AnswerInformationRequest, by, request="r1", outcome=InformationOutcome.PROVIDED, answer=question, source="s4")
    for activity in Activity:
        await b.does(RecordActivity, activity=activity, done_on=today, note=question)
    content = await b.freezes()
    await b.does(CompleteCollection, content=content)
    await b.does(CompleteAnalysis, content=content)


async def _printed(b: Running) -> bool:
    return bool((await b.state()).versions[-1].documents)
