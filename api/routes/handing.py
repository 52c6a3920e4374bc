"""What somebody had is handed over to a colleague: a monitoring, a letter. Beyond the Rules."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.commands.filling import to_reassign_monitoring
from api.content.notes import kept, noted
from api.http.contacts import Email
from api.http.deps import Session
from api.http.requests import CommandBody, Line, Text
from models.commands import DeclareConflict, HandOnLetter, LiftConflict, ReassignMonitoring
from models.commands.receipt import Receipt
from models.report.notes import ColleagueNote
from models.vocabulary.procedure import Id, Language

router = monitoring_router("handing over")
LetterInPath = Annotated[Id, Path(description="The letter's id.", examples=["L12-0"])]


class ReassignBody(CommandBody):
    to: Id = Field(description="An account of the body that leads.", examples=["a-sary-analyst"])
    reason: Text


@router.post("/reassigning", responses=COMMAND)
async def reassign_monitoring(
    body: ReassignBody, asker: Annotated[MonitoringAsker, asks(ReassignMonitoring)], session: Session
) -> Receipt:
    """Hand it over to a colleague, who coordinates it from here on: open work and letters go there."""
    reason = noted(body.reason)
    command = await to_reassign_monitoring(session, asker.by(body), body.to, reason.sha256)
    return await asker.send(command, notes=(reason,))


class HandOnBody(CommandBody):
    name: Line = Field(description="The colleague.")
    email: Email = Field(examples=["clerk@example.kz"])
    language: Language
    respondent: Line = Field(description="Who hands it on.")
    post: Line
    text: Text | None = Field(default=None, description="What is said to the colleague.")


@router.post("/letters/{letter}/handing-on", responses=COMMAND)
async def hand_on_letter(
    letter: LetterInPath, body: HandOnBody, asker: Annotated[MonitoringAsker, asks(HandOnLetter)]
) -> Receipt:
    """Hand a letter to one's own body on to a colleague: it goes there whole, with a link of its own."""
    said = ColleagueNote(
        **body.model_dump(exclude={"on_behalf", "text", "email"}), email=str(body.email), text=body.text or ""
    )
    note = kept(said)
    command = HandOnLetter(**asker.by(body), letter=letter, colleague=note.sha256, confirms=True)
    return await asker.send(command, notes=(note,))


class ConflictBody(CommandBody):
    reason: Text


@router.post("/conflicts", responses=COMMAND)
async def declare_conflict(
    body: ConflictBody, asker: Annotated[MonitoringAsker, asks(DeclareConflict)]
) -> Receipt:
    """Step aside for a conflict of interest, until the head gives the monitoring back."""
    reason = noted(body.reason)
    return await asker.send(DeclareConflict(**asker.by(body), reason=reason.sha256), notes=(reason,))


@router.post("/conflicts/{account}/lifting", responses=COMMAND)
async def lift_conflict(
    account: Annotated[Id, Path(description="Who stepped aside.")],
    body: ConflictBody,
    asker: Annotated[MonitoringAsker, asks(LiftConflict)],
) -> Receipt:
    """Give the monitoring back to whoever stepped aside."""
    reason = noted(body.reason)
    command = LiftConflict(**asker.by(body), account=account, reason=reason.sha256)
    return await asker.send(command, notes=(reason,))
