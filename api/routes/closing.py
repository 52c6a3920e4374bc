"""The ends of a monitoring: cancelled before approval, closed when nothing due is open, follow-up ended."""

from typing import Annotated

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.content.notes import noted
from api.http.requests import CommandBody, Text
from models.commands import CancelMonitoring, CloseMonitoring, EndFollowUp, TakeOverMonitoring
from models.commands.receipt import Receipt

router = monitoring_router("closing")


class ReasonBody(CommandBody):
    reason: Text


@router.post("/cancellation", responses=COMMAND)
async def cancel_monitoring(
    body: ReasonBody, asker: Annotated[MonitoringAsker, asks(CancelMonitoring)]
) -> Receipt:
    """Cancel before approval, with a reason; everyone who was asked for something is told to stop."""
    reason = noted(body.reason)
    command = CancelMonitoring(**asker.by(body), reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.post("/closing", responses=COMMAND)
async def close_monitoring(
    body: CommandBody, asker: Annotated[MonitoringAsker, asks(CloseMonitoring)]
) -> Receipt:
    """Close when nothing that is due is open; late replies are still received for about a year."""
    command = CloseMonitoring(**asker.by(body))
    return await asker.send(command)


@router.post("/taking-over", responses=COMMAND)
async def take_over_monitoring(
    body: ReasonBody, asker: Annotated[MonitoringAsker, asks(TakeOverMonitoring)]
) -> Receipt:
    """Lead on what has nobody: its body is no more and has no successor. `reason` is the act."""
    reason = noted(body.reason)
    command = TakeOverMonitoring(**asker.by(body), reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.post("/follow-up/end", responses=COMMAND)
async def end_follow_up(body: ReasonBody, asker: Annotated[MonitoringAsker, asks(EndFollowUp)]) -> Receipt:
    """Stop waiting for late replies, with a reason: the workflow ends."""
    reason = noted(body.reason)
    command = EndFollowUp(**asker.by(body), reason=reason.sha256)
    return await asker.send(command, notes=(reason,))
