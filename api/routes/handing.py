"""A monitoring is handed over within the body that leads it. Beyond the Rules."""

from typing import Annotated

from pydantic import Field

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.commands.filling import to_reassign_monitoring
from api.content.notes import noted
from api.http.deps import Session
from api.http.requests import CommandBody, Text
from models.commands import ReassignMonitoring
from models.commands.receipt import Receipt
from models.vocabulary.procedure import Id

router = monitoring_router("handing over")


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
