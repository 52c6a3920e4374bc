"""Tokens by hand: `python -m api.tokens_cli issue --account … --days …`, `list`, `revoke`."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import engine_for, sessions_for
from api.access.tokens import UnknownToken, in_force, issue, revoke
from models.settings.environment import Settings
from models.tables.tokens import TokenRow
from models.vocabulary.scopes import EVERY_SCOPE, Scope

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Bearer tokens of the API's accounts.")
R = TypeVar("R")


@app.command("issue")
def issue_token(
    account: Annotated[str, typer.Option(help="The account's id.")],
    days: Annotated[int, typer.Option(help="Calendar days until it expires.", min=1, max=3650)] = 90,
    label: Annotated[str, typer.Option(help="What it is for, to recognise it by.")] = "",
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What it may be used for; may be repeated. All unless said.")
    ] = None,
) -> None:
    """Issue a token and print it: it cannot be had again."""
    now, scopes = datetime.now(UTC), frozenset(scope or EVERY_SCOPE)
    try:
        row, text = _in_database(lambda session: issue(session, account, label, days, now, scopes=scopes))
    except IntegrityError:
        raise typer.BadParameter(f"there is no account {account}") from None
    typer.echo(f"{row.id} expires {row.expires_at:%Y-%m-%d}", err=True)
    typer.echo(text)


@app.command("list")
def list_tokens(account: Annotated[str | None, typer.Option(help="Of this account only.")] = None) -> None:
    """List tokens: id, account, label, expiry, whether each is in force, and for what."""
    now = datetime.now(UTC)
    for row in _in_database(lambda session: _tokens(session, account)):
        state = "in force" if in_force(row, now) else "revoked" if row.revoked_at else "expired"
        typer.echo(
            f"{row.id}  {row.account}  {row.label or '-'}  {row.expires_at:%Y-%m-%d}  {state}  {_scopes(row)}"
        )


@app.command("revoke")
def revoke_token(token: Annotated[str, typer.Argument(help="The token's id, as `list` shows it.")]) -> None:
    """End a token at once."""
    now = datetime.now(UTC)
    try:
        _in_database(lambda session: revoke(session, token, now))
    except UnknownToken:
        raise typer.BadParameter(f"there is no token {token}") from None
    typer.echo(f"{token} revoked")


def _scopes(row: TokenRow) -> str:
    return "everything" if set(row.scopes) == EVERY_SCOPE else ",".join(row.scopes)


async def _tokens(session: AsyncSession, account: str | None) -> list[TokenRow]:
    found = select(TokenRow).order_by(col(TokenRow.account), col(TokenRow.issued_at))
    if account is not None:
        found = found.where(TokenRow.account == account)
    return list(await session.exec(found))


def _in_database(work: Callable[[AsyncSession], Awaitable[R]]) -> R:
    """Run in one transaction on the database of DATABASE_URL."""

    async def run() -> R:
        engine = engine_for(Settings().database_url, pool_size=1)
        try:
            async with sessions_for(engine)() as session, session.begin():
                return await work(session)
        finally:
            await engine.dispose()

    return asyncio.run(run())


if __name__ == "__main__":
    app(prog_name="python -m api.tokens_cli")
