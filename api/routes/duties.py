"""Duties of rule 13: who owes what, what fulfils it, and how the years before ended."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, literal
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.auth import Caller
from api.deps import Session, Today
from api.problems import ProblemCode, documented, not_found
from api.registry import authorized_body_on
from api.routing import account_router, permit_account
from models.access import Action
from models.duty_state import DutyState, Evidence, PastPeriod
from models.events import DutyPeriod
from models.procedure import Id, Kind, Mark, Role
from models.tables import DutyRow

router = account_router("duties")
MarkInPath = Annotated[Mark, Path(description="The duty's mark.", examples=["13.1-SARY"])]


class DutyLine(BaseModel):
    """One duty: a body, a kind of monitoring, the period in course."""

    mark: Mark
    organisation: Id
    kind: Kind
    rule: str = Field(examples=["13.1"])
    period: DutyPeriod | None
    fulfilled: bool
    due_on: date | None = Field(description="Until when; none where the body is exempt or the duty ended.")
    by_law: bool = Field(description="Whether a norm sets the date: «regularly» (13.2) is only reminded of.")
    next_due: datetime | None = Field(description="The next reminder (UTC).")
    ended_on: date | None


class DutyView(DutyLine):
    """A duty with its evidence and its past."""

    evidence: tuple[Evidence, ...]
    publications_owed: tuple[str, ...] = Field(description="Rule 19: counted reports not yet published.")
    past: tuple[PastPeriod, ...]
    head_hash: str


@router.get("/duties")
async def list_duties(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session, today: Today
) -> tuple[DutyLine, ...]:
    """The caller's body's own duties; the authorized body's people and auditors see all of them."""
    rows = await duties_seen_by(caller, session, today)
    return tuple(_line(row, DutyState.model_validate(row.state)) for row in rows)


@router.get("/duties/{mark}", responses=documented(404))
async def read_duty(
    mark: MarkInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    today: Today,
) -> DutyView:
    """One duty: what was counted, how each year ended, and what later evidence corrected."""
    seen = await _seen_by(caller, session, today)
    row = (await session.exec(select(DutyRow).where(seen, col(DutyRow.mark) == mark))).first()
    if row is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=mark)
    state = DutyState.model_validate(row.state)
    return DutyView(
        **_line(row, state).model_dump(),
        evidence=tuple(state.evidence.values()),
        publications_owed=tuple(e.number for e in state.evidence.values() if e.publication_owed),
        past=state.past,
        head_hash=row.head_hash,
    )


async def duties_seen_by(caller: Caller, session: AsyncSession, today: date) -> tuple[DutyRow, ...]:
    """The duties in the reader's scope, by their marks."""
    seen = await _seen_by(caller, session, today)
    return tuple(await session.exec(select(DutyRow).where(seen).order_by(col(DutyRow.mark))))


async def _seen_by(caller: Caller, session: AsyncSession, today: date) -> ColumnElement[bool]:
    """Rule 13 is the authorized body's to watch over; every other body sees its own duty."""
    oversees = caller.role is Role.AUDITOR or caller.organisation == await authorized_body_on(session, today)
    return literal(True) if oversees else col(DutyRow.organisation) == caller.organisation


def _line(row: DutyRow, state: DutyState) -> DutyLine:
    deadline = next(
        (d for d in state.deadlines.values() if state.period and d.subject == state.period.id), None
    )
    return DutyLine(
        mark=row.mark,
        organisation=row.organisation,
        kind=Kind(row.kind),
        rule=row.mark.partition("-")[0],
        period=state.period,
        fulfilled=state.fulfilled,
        due_on=deadline.due_on if deadline else None,
        by_law=deadline.by_law if deadline else False,
        next_due=row.next_due,
        ended_on=state.ended_on,
    )
