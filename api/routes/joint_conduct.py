"""Joint conduct (rule 2): a body that was named a co-conductor confirms it; the lead names one no longer."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from api.access.policy import ANY_READ, Access, speaks_for
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.asking import MonitoringAsker, asks
from api.content.checks import attached
from api.content.notes import kept, noted
from api.http.deps import Session
from api.http.requests import CommandBody, Text
from api.problems.problem import ProblemCode, invalid
from models.commands import ConfirmConduct, WithdrawCoConductor
from models.commands.receipt import Receipt
from models.monitoring.state import CoConductor
from models.report.notes import ConductNote
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Sha256

router = monitoring_router("joint conduct")
OrganisationInPath = Annotated[Id, Path(description="The body that was named.", examples=["akimat-sary"])]


class ConfirmConductBody(CommandBody):
    confirms: bool = Field(default=True, description="`false`: the body declines.")
    act: Sha256 | None = Field(
        default=None,
        description="The body's act, an attachment of this monitoring, where the lead says it `on_behalf`.",
    )
    note: Text | None = None


class WithdrawCoConductorBody(CommandBody):
    reason: Text


@router.get("/co-conductors")
async def list_co_conductors(
    access: Annotated[Access, permit(Action.READ_NAMING, *ANY_READ)],
) -> tuple[CoConductor, ...]:
    """The bodies that the lead named, and by whose word each conducts.

    Of those that do not only whoever conducts, oversees or was named is told.
    """
    everything = access.sees_everything or Action.READ_NAMING in access.may
    named = access.state.co_conductors.values()
    return tuple(each for each in named if everything or each.conducts)


@router.post("/co-conductors/{organisation}/confirmation", responses=COMMAND)
async def confirm_conduct(
    organisation: OrganisationInPath,
    body: ConfirmConductBody,
    asker: Annotated[MonitoringAsker, asks(ConfirmConduct)],
    session: Session,
) -> Receipt:
    """Confirm joint conduct, or decline it. The lead may attach the body's act: that is the lead's word."""
    speaks_for(asker.access, organisation, body.on_behalf)
    if body.act is not None and not await attached(session, asker.access.number, body.act):
        raise invalid(ProblemCode.ATTACHMENT_UNKNOWN, "/act")
    note = kept(ConductNote(confirms=body.confirms, text=body.note or ""))
    command = ConfirmConduct(
        **asker.by(body),
        organisation=organisation,
        confirms=body.confirms,
        act=body.act,
        note=note.sha256,
    )
    return await asker.send(command, notes=(note,))


@router.post("/co-conductors/{organisation}/withdrawal", responses=COMMAND)
async def withdraw_co_conductor(
    organisation: OrganisationInPath,
    body: WithdrawCoConductorBody,
    asker: Annotated[MonitoringAsker, asks(WithdrawCoConductor)],
) -> Receipt:
    """Name a body a co-conductor no longer, before the report is approved. It is told so."""
    reason = noted(body.reason)
    command = WithdrawCoConductor(**asker.by(body), organisation=organisation, reason=reason.sha256)
    return await asker.send(command, notes=(reason,))
