"""Addressees' replies and the time they are given. The Rules set no reply time and no duty to answer."""

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from api.access.policy import ANY_READ, Access, speaks_for
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.asking import MonitoringAsker, asks
from api.content.notes import kept, noted
from api.http.deps import Session
from api.http.requests import CommandBody, Day, RequestBody, Text
from api.views.replies import ReplyOnRecord, replies_on_record
from models.commands import (
    AcknowledgeReport,
    AmendReply,
    AnswerReport,
    AskMoreTime,
    ExtendDeadline,
    ExtendReplyTerm,
    ItemAnswer,
    PauseDeadline,
    RefuseExtension,
    ResumeDeadline,
)
from models.commands.receipt import Receipt
from models.monitoring.state import Addressee, ItemState
from models.report.notes import ItemReply, MoreTimeNote, ReplyNote
from models.vocabulary.actors import Authority
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Ground, Id, Response
from models.vocabulary.texts import LongText, ShortText, TitleText, says_something

router = monitoring_router("replies")
AddresseeInPath = Annotated[Id, Path(description="The addressee's organisation.", examples=["akimat-sary"])]
DeadlineInPath = Annotated[Id, Path(description="The deadline's id.", examples=["reply:akimat-sary"])]


class ItemAnswerBody(RequestBody):
    item: Id
    response: Response
    text: LongText = Field(default="", description="Required unless the item is accepted as it is.")
    planned_on: Day | None = None


class AnswerReportBody(CommandBody):
    answers: tuple[ItemAnswerBody, ...] = Field(max_length=500)
    text: LongText = Field(default="", description="On the whole.")
    respondent: ShortText = Field(default="", description="Who answers, as signed.")
    post: ShortText = ""


class AcknowledgeReportBody(CommandBody):
    received_on: Day | None = Field(default=None, description="The day of receipt; today where none is said.")
    incoming_number: TitleText | None = Field(
        default=None, description="Under which number the addressee registered it.", examples=["1-15/482"]
    )


class ExtendReplyTermBody(CommandBody):
    until: Day
    reason: Text
    decided_on: Day | None = Field(
        default=None, description="The day of the addressee's own decision; today where none is said."
    )


class AskMoreTimeBody(CommandBody):
    until: Day
    reason: Text


class ExtendDeadlineBody(CommandBody):
    until: Day
    reason: Text
    override: bool = Field(default=False, description="Allow a second extension. Bounds stay.")
    authority: Authority | None = Field(
        default=None, description="By whose act a second extension is allowed; needed with `override`."
    )


class PauseDeadlineBody(CommandBody):
    reason: Text


class RefuseExtensionBody(CommandBody):
    reason: Text


class ReplyView(BaseModel):
    """One addressee: what it was sent, what it said, by when it is asked to."""

    organisation: Id
    ground: Ground
    version: int
    dispatched_on: date
    letter: LetterStatus = Field(description="How its letter fares; that it left is no receipt.")
    acknowledged_on: date | None = Field(description="The day it received the report, by its own word.")
    incoming_number: str | None
    answered_on: date | None
    reply_by: date | None
    more_time_until: date | None
    amended_on: date | None
    reply: ReplyNote | None
    replies: tuple[ReplyOnRecord, ...] = Field(description="Every one that was given, the oldest first.")
    items: tuple[ItemState, ...]


@router.get("/replies")
async def list_replies(
    access: Annotated[Access, permit(*ANY_READ)], session: Session
) -> tuple[ReplyView, ...]:
    """Replies of all addressees; an addressee sees its own only."""
    seen = [
        addressee
        for organisation, addressee in access.state.addressees.items()
        if access.sees_everything or access.answers_for(organisation)
    ]
    given = await replies_on_record(session, access.number)
    return tuple(_view(access, addressee, given.get(addressee.body.organisation, ())) for addressee in seen)


@router.post("/addressees/{addressee}/acknowledgement", responses=COMMAND)
async def acknowledge_report(
    addressee: AddresseeInPath,
    body: AcknowledgeReportBody,
    asker: Annotated[MonitoringAsker, asks(AcknowledgeReport)],
) -> Receipt:
    """Confirm that the report was received: when, and under which number; or record it from paper."""
    speaks_for(asker.access, addressee, body.on_behalf)
    command = AcknowledgeReport(
        **asker.by(body),
        addressee=addressee,
        received_on=body.received_on,
        incoming_number=body.incoming_number,
    )
    return await asker.send(command)


@router.post("/addressees/{addressee}/reply", responses=COMMAND)
async def answer_report(
    addressee: AddresseeInPath,
    body: AnswerReportBody,
    asker: Annotated[MonitoringAsker, asks(AnswerReport)],
) -> Receipt:
    """Answer all proposals and recommendations for the body, once; or record its answer on paper."""
    return await _reply(AnswerReport, addressee, body, asker)


@router.post("/addressees/{addressee}/reply/amendment", responses=COMMAND)
async def amend_reply(
    addressee: AddresseeInPath,
    body: AnswerReportBody,
    asker: Annotated[MonitoringAsker, asks(AmendReply)],
) -> Receipt:
    """Replace a reply until it is assessed, all of it anew; or record the body's amended paper."""
    return await _reply(AmendReply, addressee, body, asker)


@router.post("/addressees/{addressee}/more-time", responses=COMMAND)
async def ask_more_time(
    addressee: AddresseeInPath,
    body: AskMoreTimeBody,
    asker: Annotated[MonitoringAsker, asks(AskMoreTime)],
) -> Receipt:
    """Ask for more time to answer."""
    speaks_for(asker.access, addressee, body.on_behalf)
    reason = kept(MoreTimeNote(text=body.reason, until=body.until))
    command = AskMoreTime(
        **asker.by(body),
        addressee=addressee,
        until=body.until,
        reason=reason.sha256,
    )
    return await asker.send(command, notes=(reason,))


@router.post("/addressees/{addressee}/term-extension", responses=COMMAND)
async def extend_reply_term(
    addressee: AddresseeInPath,
    body: ExtendReplyTermBody,
    asker: Annotated[MonitoringAsker, asks(ExtendReplyTerm)],
) -> Receipt:
    """Extend the Code's term of one's own reply (article 76); or record from paper that it was done."""
    speaks_for(asker.access, addressee, body.on_behalf)
    reason = noted(body.reason)
    command = ExtendReplyTerm(
        **asker.by(body),
        addressee=addressee,
        until=body.until,
        reason=reason.sha256,
        decided_on=body.decided_on,
    )
    return await asker.send(command, notes=(reason,))


@router.post("/deadlines/{deadline}/extension", responses=COMMAND)
async def extend_deadline(
    deadline: DeadlineInPath,
    body: ExtendDeadlineBody,
    asker: Annotated[MonitoringAsker, asks(ExtendDeadline)],
) -> Receipt:
    """Extend a deadline before it expires, with a reason; whoever waits on it is told."""
    reason = noted(body.reason)
    command = ExtendDeadline(
        **asker.by(body),
        deadline=deadline,
        until=body.until,
        reason=reason.sha256,
        override=body.override,
        authority=body.authority,
    )
    return await asker.send(command, notes=(reason,))


@router.post("/deadlines/{deadline}/extension-refusal", responses=COMMAND)
async def refuse_extension(
    deadline: DeadlineInPath,
    body: RefuseExtensionBody,
    asker: Annotated[MonitoringAsker, asks(RefuseExtension)],
) -> Receipt:
    """Decline a request for more time, with a reason."""
    reason = noted(body.reason)
    command = RefuseExtension(**asker.by(body), deadline=deadline, reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.post("/deadlines/{deadline}/pause", responses=COMMAND)
async def pause_deadline(
    deadline: DeadlineInPath,
    body: PauseDeadlineBody,
    asker: Annotated[MonitoringAsker, asks(PauseDeadline)],
) -> Receipt:
    """Stop a deadline's clock, with a reason; the working days left are kept and nothing is overdue."""
    reason = noted(body.reason)
    command = PauseDeadline(**asker.by(body), deadline=deadline, reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.post("/deadlines/{deadline}/resumption", responses=COMMAND)
async def resume_deadline(
    deadline: DeadlineInPath,
    body: CommandBody,
    asker: Annotated[MonitoringAsker, asks(ResumeDeadline)],
) -> Receipt:
    """Let a paused deadline run again, from the next day on, with the working days that were kept."""
    command = ResumeDeadline(**asker.by(body), deadline=deadline)
    return await asker.send(command)


async def _reply(
    command: type[AnswerReport | AmendReply], addressee: Id, body: AnswerReportBody, asker: MonitoringAsker
) -> Receipt:
    speaks_for(asker.access, addressee, body.on_behalf)
    reply = kept(_words(body))
    said = {"addressee": addressee, "answers": _answers(body), "reply": reply.sha256}
    return await asker.send(command.model_validate({**asker.by(body), **said}), notes=(reply,))


def _words(body: AnswerReportBody) -> ReplyNote:
    items = tuple(
        ItemReply(item=a.item, text=a.text, response=a.response, planned_on=a.planned_on)
        for a in body.answers
    )
    return ReplyNote(text=body.text, respondent=body.respondent, post=body.post, items=items)


def _answers(body: AnswerReportBody) -> tuple[ItemAnswer, ...]:
    return tuple(
        ItemAnswer(
            item=answer.item,
            response=answer.response,
            reasoned=says_something(answer.text),
            planned_on=answer.planned_on,
        )
        for answer in body.answers
    )


def _view(access: Access, addressee: Addressee, replies: tuple[ReplyOnRecord, ...]) -> ReplyView:
    organisation = addressee.body.organisation
    deadline = access.state.deadlines.get(addressee.deadline or "")
    return ReplyView(
        organisation=organisation,
        ground=addressee.ground,
        version=addressee.version,
        dispatched_on=addressee.dispatched_on,
        letter=access.state.letters[addressee.letter].status,
        acknowledged_on=addressee.acknowledged_on,
        incoming_number=addressee.incoming_number,
        answered_on=addressee.answered_on,
        reply_by=deadline.due_on if deadline else None,
        more_time_until=addressee.more_time_until,
        amended_on=addressee.amended_on,
        reply=next((each.words for each in replies if each.reply == addressee.reply), None),
        replies=replies,
        items=tuple(item for item in access.state.items.values() if item.addressee == organisation),
    )
