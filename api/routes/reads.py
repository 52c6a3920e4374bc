"""What auditors read, for whoever oversees the overseers."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.deps import Session
from api.http.pagination import Cursor, Limit, Page, encode_cursor, id_before
from api.views.scope import in_scope
from models.tables.reads import ReadRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Mark

router = account_router("account")


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
    account: Annotated[Id | None, Query()] = None,
    number: Annotated[
        Mark | None, Query(description="The number of a monitoring, the mark of a duty or a consolidation.")
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ReadView]:
    """What auditors and oversight read, newest first; an auditor sees what is of its own body."""
    found = select(ReadRow)
    found = found.where(in_scope(caller, col(ReadRow.number), col(ReadRow.organisation)))
    for condition in _conditions(account, number, cursor):
        found = found.where(condition)
    rows = list(await session.exec(found.order_by(col(ReadRow.id).desc()).limit(limit + 1)))
    following = rows[limit - 1] if len(rows) > limit else None
    return Page(
        items=tuple(ReadView.model_validate(row, from_attributes=True) for row in rows[:limit]),
        next_cursor=encode_cursor(str(following.id)) if following else None,
    )


def _conditions(account: Id | None, number: Mark | None, cursor: str | None) -> list[ColumnElement[bool]]:
    given: list[ColumnElement[bool]] = []
    if account is not None:
        given.append(col(ReadRow.account) == account)
    if number is not None:
        given.append(col(ReadRow.number) == number)
    if cursor is not None:
        given.append(col(ReadRow.id) < id_before(cursor))
    return given
