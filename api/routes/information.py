"""Requests for information (rules 7, 8)."""

from typing import Annotated

from fastapi import Path
from fastapi.exceptions import RequestValidationError
from pydantic import Field

from api.access.policy import speaks_for
from api.access.routing import COMMAND, monitoring_router
from api.commands.addressing import to_request_information
from api.commands.asking import MonitoringAsker, asks
from api.content.notes import Note, kept, noted
from api.content.store import Part, existing_item
from api.http.deps import Session, Today
from api.http.requests import CommandBody, Day, Text
from models.commands import (
    AnswerInformationRequest,
    RequestInformation,
    WithdrawInformationRequest,
)
from models.commands.receipt import Receipt
from models.report.content import Wording
from models.report.notes import InformationAnswer
from models.vocabulary.procedure import Id, InformationOutcome, SourceKind
from models.vocabulary.texts import says_something

router = monitoring_router("information")
RequestInPath = Annotated[Id, Path(description="The request's id.", examples=["q-4f1c0a9be2d37c55"])]


class RequestInformationBody(CommandBody):
    holder: Id = Field(description="The body that holds the information.", examples=["akimat-sary"])
    source_kind: SourceKind = Field(description="The kind of source of rule 7, 1 to 6.")
    question: Text | None = Field(default=None, description="As typed, in one language.")
    question_in: Wording | None = Field(
        default=None,
        description="In several languages, in place of `question`: the letter has it in its reader's.",
    )
    reply_by: Day | None = Field(default=None, description="The edition's service term when absent.")


class AnswerInformationRequestBody(CommandBody):
    outcome: InformationOutcome
    answer: Text
    source: Id | None = Field(default=None, description="The source the answer became; due when provided.")


class WithdrawInformationRequestBody(CommandBody):
    reason: Text


def _question(body: RequestInformationBody) -> Note:
    """The question as it is kept. Raises RequestValidationError where none is asked."""
    asked = body.question_in
    if asked is not None and any(map(says_something, (asked.kk, asked.ru, asked.en))):
        return kept(asked)
    if body.question is None:
        missing = {"type": "missing", "loc": ("body", "question"), "msg": "Field required", "input": None}
        raise RequestValidationError([missing])
    return noted(body.question)


@router.post("/information-requests", responses=COMMAND)
async def request_information(
    body: RequestInformationBody,
    asker: Annotated[MonitoringAsker, asks(RequestInformation)],
    session: Session,
    today: Today,
) -> Receipt:
    """Ask a body for information: a letter goes out with a link to answer by."""
    question = _question(body)
    command = await to_request_information(
        session,
        asker.by(body),
        asker.key.derived("q"),
        body.holder,
        body.source_kind,
        question.sha256,
        body.reply_by,
        today,
    )
    return await asker.send(command, notes=(question,))


@router.post("/information-requests/{request}/answer", responses=COMMAND)
async def answer_information_request(
    request: RequestInPath,
    body: AnswerInformationRequestBody,
    asker: Annotated[MonitoringAsker, asks(AnswerInformationRequest)],
    session: Session,
) -> Receipt:
    """Record an answer that came on paper, on behalf of the holder. Holders answer by their letter's link."""
    asked = asker.access.state.requests.get(request)
    if asked is not None:
        speaks_for(asker.access, asked.holder, body.on_behalf)
    if body.source is not None:
        await existing_item(session, asker.access.number, Part.SOURCE, body.source)
    answer = kept(InformationAnswer(text=body.answer, outcome=body.outcome))
    command = AnswerInformationRequest(
        **asker.by(body),
        request=request,
        outcome=body.outcome,
        answer=answer.sha256,
        source=body.source,
    )
    return await asker.send(command, notes=(answer,))


@router.post("/information-requests/{request}/withdrawal", responses=COMMAND)
async def withdraw_information_request(
    request: RequestInPath,
    body: WithdrawInformationRequestBody,
    asker: Annotated[MonitoringAsker, asks(WithdrawInformationRequest)],
) -> Receipt:
    """Take a request back before the report is approved; its holder is told by a letter."""
    reason = noted(body.reason)
    command = WithdrawInformationRequest(
        **asker.by(body), request=request, reason=reason.sha256, tells_holder=True
    )
    return await asker.send(command, notes=(reason,))
