"""Consideration by councils and consultative bodies (rule 21): free, never missed."""

from typing import Annotated

from fastapi import Path
from pydantic import AwareDatetime, Field

from api.access.policy import ANY_READ, Access
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.asking import MonitoringAsker, asks
from api.content.checks import attached
from api.content.notes import kept, noted, noted_or_none
from api.http.deps import Session
from api.http.requests import CommandBody, Day, Line, Text
from api.problems.problem import ProblemCode, invalid
from api.registries.people import council_in_registry
from models.commands import AddExcerpt, RecordConsideration, SubmitToCouncil, WithdrawFromCouncil
from models.commands.receipt import Receipt
from models.monitoring.state import CouncilItem
from models.report.notes import ConsiderationNote
from models.vocabulary.procedure import CouncilOutcome, Id, Sha256

router = monitoring_router("councils")
ItemInPath = Annotated[Id, Path(description="The council item's id.", examples=["k-4f1c0a9be2d37c55"])]


class SubmitToCouncilBody(CommandBody):
    council: Id = Field(examples=["council-sary"])
    meeting_at: AwareDatetime | None = Field(default=None, examples=["2026-12-10T15:00:00+05:00"])


class RecordConsiderationBody(CommandBody):
    considered_on: Day
    minutes_number: Line
    outcome: CouncilOutcome
    excerpt: Sha256 | None = Field(default=None, description="An attachment of this monitoring.")
    note: Text | None = None


class AddExcerptBody(CommandBody):
    excerpt: Sha256 = Field(description="An attachment of this monitoring.", examples=["5f" * 32])
    note: Text | None = None


class WithdrawFromCouncilBody(CommandBody):
    reason: Text


@router.get("/council-items")
async def list_council_items(access: Annotated[Access, permit(*ANY_READ)]) -> tuple[CouncilItem, ...]:
    """What was submitted to councils, and what they concluded."""
    return tuple(access.state.council_items.values())


@router.post("/council-items", responses=COMMAND)
async def submit_to_council(
    body: SubmitToCouncilBody,
    asker: Annotated[MonitoringAsker, asks(SubmitToCouncil)],
    session: Session,
) -> Receipt:
    """Submit the approved report to a council: its secretary gets a letter with a link to record minutes."""
    await council_in_registry(session, body.council, "/council")
    command = SubmitToCouncil(
        **asker.by(body),
        item=asker.key.derived("k"),
        council=body.council,
        meeting_at=body.meeting_at,
    )
    return await asker.send(command)


@router.post("/council-items/{item}/consideration", responses=COMMAND)
async def record_consideration(
    item: ItemInPath,
    body: RecordConsiderationBody,
    asker: Annotated[MonitoringAsker, asks(RecordConsideration)],
    session: Session,
) -> Receipt:
    """Record what a council concluded: date, minutes, outcome, and an excerpt if there is one."""
    if body.excerpt is not None and not await attached(session, asker.access.number, body.excerpt):
        raise invalid(ProblemCode.ATTACHMENT_UNKNOWN, "/excerpt")
    note = kept(
        ConsiderationNote(
            text=body.note or "",
            considered_on=body.considered_on,
            minutes_number=body.minutes_number,
            outcome=body.outcome,
            excerpt=body.excerpt,
        )
    )
    command = RecordConsideration(
        **asker.by(body),
        item=item,
        considered_on=body.considered_on,
        minutes_number=body.minutes_number,
        outcome=body.outcome,
        excerpt=body.excerpt,
        note=note.sha256,
    )
    return await asker.send(command, notes=(note,))


@router.post("/council-items/{item}/excerpts", responses=COMMAND)
async def add_excerpt(
    item: ItemInPath,
    body: AddExcerptBody,
    asker: Annotated[MonitoringAsker, asks(AddExcerpt)],
    session: Session,
) -> Receipt:
    """Add an excerpt of the minutes that came after the conclusion was recorded (rule 21)."""
    if not await attached(session, asker.access.number, body.excerpt):
        raise invalid(ProblemCode.ATTACHMENT_UNKNOWN, "/excerpt")
    notes = noted_or_none(body.note)
    command = AddExcerpt(
        **asker.by(body), item=item, excerpt=body.excerpt, note=notes[0].sha256 if notes else None
    )
    return await asker.send(command, notes=notes)


@router.post("/council-items/{item}/withdrawal", responses=COMMAND)
async def withdraw_from_council(
    item: ItemInPath,
    body: WithdrawFromCouncilBody,
    asker: Annotated[MonitoringAsker, asks(WithdrawFromCouncil)],
) -> Receipt:
    """Take an item back from a council."""
    reason = noted(body.reason)
    command = WithdrawFromCouncil(**asker.by(body), item=item, reason=reason.sha256)
    return await asker.send(command, notes=(reason,))
