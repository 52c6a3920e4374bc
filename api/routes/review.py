"""The authorized body's inbox: reports received for consolidation, and their review (rule 18)."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel
from sqlmodel import col, select

from activities.published.listed import LINES
from activities.registries.bodies import authorized_body_on
from api.access.auth import Caller
from api.access.routing import COMMAND, account_router, monitoring_router, permit_account
from api.commands.asking import MonitoringAsker, asks
from api.content.notes import noted
from api.http.deps import Session, Today
from api.http.requests import CommandBody, Text
from api.views.states import states_of
from models.commands import MarkConsidered
from models.commands.receipt import Receipt
from models.monitoring.open_work import sent_to_authorized_body
from models.monitoring.readers import relations_of, sees
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.tables.monitorings import MonitoringRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Kind, Number

inbox = account_router("review")
router = monitoring_router("review")


class MarkConsideredBody(CommandBody):
    note: Text


class ReportInInbox(BaseModel):
    """A report in the inbox."""

    number: Number
    kind: Kind
    title: Wording
    conductors: tuple[Id, ...]
    approved_on: date | None
    received: bool
    considered_on: date | None


@inbox.get("/inbox")
async def read_inbox(
    caller: Annotated[Caller, permit_account(Action.READ_PUBLISHED)],
    session: Session,
    today: Today,
    considered: Annotated[
        bool | None, Query(description="Only considered ones, or only those not yet.")
    ] = None,
) -> tuple[ReportInInbox, ...]:
    """Reports sent to the authorized body, newest first; empty for everybody else."""
    if caller.organisation != await authorized_body_on(session, today):
        return ()
    found = await session.exec(
        select(MonitoringRow)
        .options(LINES)
        .where(col(MonitoringRow.addressees).contains([caller.organisation]))
        .order_by(col(MonitoringRow.changed_at).desc())
        .limit(500)
    )
    rows = list(found)
    states = await states_of(session, (row.number for row in rows))
    received = ((row, states[row.number]) for row in rows)
    return tuple(
        _received(row, state)
        for row, state in received
        if _reads(caller, state) and considered in (None, state.considered_on is not None)
    )


@router.post("/review", responses=COMMAND)
async def mark_considered(
    body: MarkConsideredBody, asker: Annotated[MonitoringAsker, asks(MarkConsidered)]
) -> Receipt:
    """Mark a received report as considered and analysed (rule 18)."""
    note = noted(body.note)
    command = MarkConsidered(**asker.by(body), note=note.sha256)
    return await asker.send(command, notes=(note,))


def _reads(caller: Caller, state: MonitoringState) -> bool:
    return sees(state, caller.role, relations_of(state, caller.organisation, caller.person))


def _received(row: MonitoringRow, state: MonitoringState) -> ReportInInbox:
    return ReportInInbox(
        number=row.number,
        kind=Kind(row.kind),
        title=Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en),
        conductors=tuple(row.conductors),
        approved_on=state.current.approved_on if state.current else None,
        received=sent_to_authorized_body(state),
        considered_on=state.considered_on,
    )
