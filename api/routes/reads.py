"""What auditors read, for whoever oversees the overseers."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, literal, or_
from sqlmodel import col, select

from activities.registries.bodies import authorized_body_on
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.deps import Session, Today
from api.http.pagination import Cursor, Limit, Page, decode_cursor, encode_cursor
from api.problems.problem import ProblemCode, invalid
from api.views.lists import visible_to
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.tables.reads import ReadRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Mark, Role

router = account_router("account")
_LONGEST_ID = 18


class ReadView(BaseModel):
    """One read: who, what (the operation's id), of which proceeding, how narrowed."""

    id: int
    at: datetime
    account: Id
    organisation: Id
    what: str
    number: Mark | None = Field(
        description="Of a monitoring, a duty, a consolidation; none for payloads that were decrypted."
    )
    filters: dict[str, object]


@router.get("/reads")
async def list_reads(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
    today: Today,
    account: Annotated[Id | None, Query()] = None,
    number: Annotated[
        Mark | None, Query(description="The number of a monitoring, the mark of a duty or a consolidation.")
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ReadView]:
    """What auditors read, newest first: all of it for an administrator, one's scope for an auditor."""
    found = select(ReadRow)
    if caller.role is not Role.ADMIN:
        found = found.where(_in_scope(caller, await authorized_body_on(session, today)))
    for condition in _conditions(account, number, cursor):
        found = found.where(condition)
    rows = list(await session.exec(found.order_by(col(ReadRow.id).desc()).limit(limit + 1)))
    following = rows[limit - 1] if len(rows) > limit else None
    return Page(
        items=tuple(ReadView.model_validate(row, from_attributes=True) for row in rows[:limit]),
        next_cursor=encode_cursor(str(following.id)) if following else None,
    )


def _in_scope(caller: Caller, authorized_body: Id) -> ColumnElement[bool]:
    """Reads of what an auditor may read; payloads belong to nobody but whoever decrypted them."""
    own = caller.organisation
    everything = literal(own == authorized_body)
    monitorings = select(MonitoringRow.number).where(visible_to(caller))
    duties = select(DutyRow.mark).where(everything | (col(DutyRow.organisation) == own))
    consolidations = select(ConsolidationRow.mark).where(
        everything | (col(ConsolidationRow.organisation) == own)
    )
    of_nothing = col(ReadRow.number).is_(None) & (everything | (col(ReadRow.organisation) == own))
    number = col(ReadRow.number)
    return or_(number.in_(monitorings), number.in_(duties), number.in_(consolidations), of_nothing)


def _conditions(account: Id | None, number: Mark | None, cursor: str | None) -> list[ColumnElement[bool]]:
    given: list[ColumnElement[bool]] = []
    if account is not None:
        given.append(col(ReadRow.account) == account)
    if number is not None:
        given.append(col(ReadRow.number) == number)
    if cursor is not None:
        given.append(col(ReadRow.id) < _before(cursor))
    return given


def _before(cursor: str) -> int:
    (given,) = decode_cursor(cursor, 1)
    if not given.isdecimal() or len(given) > _LONGEST_ID:
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return int(given)
