"""Tokens of programs: one's own are issued, listed, revoked; the administrator revokes anybody's."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.policy import within_scope
from api.access.routing import CREATED, account_router, permit_account
from api.access.tokens import UnknownToken, in_force, issue, revoke
from api.http.deps import Now, Session
from api.http.requests import Line, RequestBody
from api.problems.problem import Failed, ProblemCode, documented, not_found
from api.routes.accounts import AccountInPath
from models.tables.accounts import AccountRow
from models.tables.tokens import TokenRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.scopes import EVERY_SCOPE, Scope

LONGEST_DAYS = 366
"""By the API; the operator's program issues for longer."""
router = account_router("account", "/me/tokens")
of_accounts = account_router("registries", "/registry", documented(404))
TokenInPath = Annotated[Id, Path(description="The token's id, as lists show it.", examples=["0f5c1e9a"])]


class TokenView(Model):
    """A token as it is listed: everything but the token itself."""

    id: str
    account: Id
    label: str
    scopes: tuple[Scope, ...] = Field(description="What it may be used for.")
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    in_force: bool


class IssuedToken(TokenView):
    """A token that was just issued. It cannot be had again."""

    token: str = Field(examples=["mon_…"])


class TokenBody(RequestBody):
    """What a token is for, and how long."""

    label: Line = Field(examples=["Құжат айналымы жүйесі"], description="What it is for, to know it by.")
    days: int = Field(ge=1, le=LONGEST_DAYS, description="Calendar days until it expires.", examples=[90])
    scopes: frozenset[Scope] = Field(
        default=EVERY_SCOPE, min_length=1, description="What it may be used for; everything unless said."
    )


@router.get("")
async def list_own_tokens(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session, now: Now
) -> tuple[TokenView, ...]:
    """The caller's own tokens, the newest first."""
    return await _tokens_of(session, caller.account, now)


@router.post("", status_code=CREATED)
async def issue_own_token(
    body: TokenBody,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    now: Now,
) -> IssuedToken:
    """Issue a token for the caller's own account. Its text is shown this once and kept nowhere.

    A token issues others only where it has the scope `administration`, and never for more than it may itself.
    Sent again it issues a further one: where the answer was lost, revoke the one that is listed.
    """
    within_scope(caller, Action.WRITE_REGISTRIES)
    wider = body.scopes - caller.scopes
    if wider:
        raise Failed(HTTPStatus.FORBIDDEN, ProblemCode.SCOPE_WIDER, params={"scope": min(wider).value})
    row, text = await issue(
        session, caller.account, body.label, body.days, now, scopes=body.scopes, by=caller.account
    )
    return IssuedToken(**_view(row, now).model_dump(), token=text)


@router.post("/{token}/revocation", responses=documented(404))
async def revoke_own_token(
    token: TokenInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    now: Now,
) -> TokenView:
    """End one of the caller's own tokens at once. Sent again it changes nothing."""
    row = await session.get(TokenRow, token)
    if row is None or row.account != caller.account:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=token)
    return _view(await revoke(session, token, now), now)


@of_accounts.get("/accounts/{account}/tokens")
async def list_account_tokens(
    account: AccountInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    now: Now,
) -> tuple[TokenView, ...]:
    """The tokens of any account, the newest first, for those who keep accounts."""
    if await session.get(AccountRow, account) is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=account)
    return await _tokens_of(session, account, now)


@of_accounts.post("/tokens/{token}/revocation")
async def revoke_token(
    token: TokenInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    now: Now,
) -> TokenView:
    """End anybody's token at once, e.g. one that leaked. Sent again it changes nothing."""
    try:
        return _view(await revoke(session, token, now), now)
    except UnknownToken:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=token) from None


async def _tokens_of(session: AsyncSession, account: Id, now: datetime) -> tuple[TokenView, ...]:
    rows = select(TokenRow).where(TokenRow.account == account)
    found = await session.exec(rows.order_by(col(TokenRow.issued_at).desc(), col(TokenRow.id)))
    return tuple(_view(row, now) for row in found)


def _view(row: TokenRow, now: datetime) -> TokenView:
    return TokenView(
        id=row.id,
        account=row.account,
        label=row.label,
        scopes=tuple(map(Scope, row.scopes)),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        in_force=in_force(row, now),
    )
