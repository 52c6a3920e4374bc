"""The authorized body's consolidation: its rounds, and what people do with what was received (rule 18)."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from activities.registries.received_reports import read_of_report, read_of_review, tally_of_inbox
from api.access.consolidation import ConsolidationAccess, permit_consolidation
from api.access.routing import COMMAND, account_router
from api.commands.asking import ConsolidationAsker, asks
from api.content.notes import noted
from api.http.deps import Session
from api.http.requests import CommandBody, Text
from api.problems.problem import Failed, documented
from models.commands import CompleteReviewRound, ConsiderReceivedReport
from models.consolidation.notices import ConsolidationReceipt
from models.consolidation.state import Completion, PastRound
from models.consolidation.time import next_moment
from models.events import ReviewRound
from models.letters.letter import Letter
from models.report.received import Way
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Mark
from models.vocabulary.refusal import Refusal

router = account_router("consolidation", prefix="/consolidation")
Round = Annotated[int, Path(alias="round", ge=1, le=100_000, description="The round's number.", examples=[1])]
Report = Annotated[Id, Path(description="The report's number.", examples=["P-2026-0001"])]


class NoteBody(CommandBody):
    note: Text


class InboxCounts(BaseModel):
    """How many reports were received by which way, and how many of them wait for consideration."""

    received: int
    sent: int
    own: int
    paper: int
    unconsidered: int


class ConsolidationView(BaseModel):
    """The round in course, the rounds before, the inbox in numbers."""

    mark: Mark
    organisation: Id
    round: ReviewRound | None
    completion: Completion | None = Field(description="Of the round in course, once it is completed.")
    next_due: datetime | None = Field(description="The next reminder or the round's end (UTC).")
    past: tuple[PastRound, ...]
    inbox: InboxCounts
    letters_undelivered: tuple[Letter, ...] = Field(description="Letters that could not be delivered.")
    ended_on: date | None
    head_hash: str


@router.get("", responses=documented(404))
async def read_consolidation(
    access: Annotated[ConsolidationAccess, permit_consolidation(Action.READ_CONSOLIDATION)],
    session: Session,
) -> ConsolidationView:
    """The consolidation as it stands. Its rounds are reminders, never violations (A4)."""
    state = access.state
    tally = await tally_of_inbox(session, state.workflow_id)
    counts = InboxCounts(
        received=tally.received,
        sent=tally.by_way.get(Way.SENT, 0),
        own=tally.by_way.get(Way.OWN, 0),
        paper=tally.by_way.get(Way.PAPER, 0),
        unconsidered=tally.waiting,
    )
    return ConsolidationView(
        mark=state.mark,
        organisation=state.organisation,
        round=state.round,
        completion=state.completion,
        next_due=next_moment(state),
        past=state.past,
        inbox=counts,
        letters_undelivered=state.letters_undelivered,
        ended_on=state.ended_on,
        head_hash=access.head_hash,
    )


@router.post("/reports/{report}/consider", responses={**documented(404), **COMMAND})
async def consider_received_report(
    report: Report,
    body: NoteBody,
    asker: Annotated[ConsolidationAsker, asks(ConsiderReceivedReport)],
    session: Session,
) -> ConsolidationReceipt:
    """Mark a report that came on paper as considered and analysed (rule 18)."""
    read = await read_of_report(session, asker.access.state.workflow_id, report)
    if read.report is None:
        raise _not_in_inbox(report)
    note = noted(body.note)
    command = ConsiderReceivedReport(**asker.by(body), report=report, note=note.sha256, read=read)
    return await asker.send(command, notes=(note,))


def _not_in_inbox(report: Id) -> Failed:
    """404 with the sentence of the rule: there is nothing to consider."""
    unknown = Refusal(code="report_not_in_inbox", rule="17", params={"item": report})
    return Failed(HTTPStatus.NOT_FOUND, unknown.code, refusals=(unknown,))


@router.post("/rounds/{round}/complete", responses={**documented(404), **COMMAND})
async def complete_review_round(
    serial: Round,
    body: NoteBody,
    asker: Annotated[ConsolidationAsker, asks(CompleteReviewRound)],
    session: Session,
) -> ConsolidationReceipt:
    """Complete the round in course with a conclusion; what was not considered by then is named."""
    note = noted(body.note)
    read = await read_of_review(session, asker.access.state)
    command = CompleteReviewRound(**asker.by(body), round=serial, note=note.sha256, read=read)
    return await asker.send(command, notes=(note,))
