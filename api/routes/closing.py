"""The ends of a monitoring: cancelled before approval, closed when nothing due is open, follow-up ended."""

from typing import Annotated

from api.access.policy import Access
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.desk import Desk
from api.content.notes import noted
from api.http.requests import CommandBody, Text
from models.commands import CancelMonitoring, CloseMonitoring, EndFollowUp
from models.commands.receipt import Receipt
from models.vocabulary.access import Action

router = monitoring_router("closing")


class ReasonBody(CommandBody):
    reason: Text


@router.post("/cancellation", responses=COMMAND)
async def cancel_monitoring(
    body: ReasonBody, access: Annotated[Access, permit(Action.CANCEL_MONITORING)], desk: Desk
) -> Receipt:
    """Cancel before approval, with a reason; everyone who was asked for something is told to stop."""
    reason = noted(body.reason)
    command = CancelMonitoring(id=desk.id, actor=access.actor(body.on_behalf), reason=reason.sha256)
    return await desk.send(access.number, command, notes=(reason,))


@router.post("/closing", responses=COMMAND)
async def close_monitoring(
    body: CommandBody, access: Annotated[Access, permit(Action.CLOSE_MONITORING)], desk: Desk
) -> Receipt:
    """Close when nothing that is due is open; late replies are still received for about a year."""
    command = CloseMonitoring(id=desk.id, actor=access.actor(body.on_behalf))
    return await desk.send(access.number, command)


@router.post("/follow-up/end", responses=COMMAND)
async def end_follow_up(
    body: ReasonBody, access: Annotated[Access, permit(Action.END_FOLLOW_UP)], desk: Desk
) -> Receipt:
    """Stop waiting for late replies, with a reason: the workflow ends."""
    reason = noted(body.reason)
    command = EndFollowUp(id=desk.id, actor=access.actor(body.on_behalf), reason=reason.sha256)
    return await desk.send(access.number, command, notes=(reason,))
