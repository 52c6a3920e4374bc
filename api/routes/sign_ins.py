"""Who signed in, when and by which way: for those who keep accounts and those who oversee."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import Field
from sqlmodel import col, select

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.access.sessions import Door
from api.http.deps import Session
from api.http.pagination import Cursor, Limit, Page, id_before, numbered_page
from models.tables.sign_ins import SignInRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Role
from models.vocabulary.sign_in import WayIn

router = account_router("registries", "/registry/sign-ins")


class SignInView(Model):
    """One sign-in. The way is a token that was shown, a link that was mailed, or the provider's word."""

    id: int
    account: Id
    organisation: Id
    door: Door = Field(description="`pages`, or `codec` for a browser that decrypts histories.")
    way: WayIn
    token: str | None = Field(description="The token's id, as `api.tokens_cli list` shows it.")
    subject: str = Field(description="As whom the provider knows them.")
    at: datetime


@router.get("")
async def list_sign_ins(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
    account: Annotated[Id | None, Query()] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[SignInView]:
    """The log of sign-ins, newest first; an auditor sees those of its own body's accounts."""
    found = select(SignInRow)
    if caller.role is Role.AUDITOR:
        found = found.where(SignInRow.organisation == caller.organisation)
    if account is not None:
        found = found.where(SignInRow.account == account)
    if cursor is not None:
        found = found.where(col(SignInRow.id) < id_before(cursor))
    rows = list(await session.exec(found.order_by(col(SignInRow.id).desc()).limit(limit + 1)))
    return numbered_page([SignInView.model_validate(row, from_attributes=True) for row in rows], limit)
