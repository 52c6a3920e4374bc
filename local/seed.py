"""Put the sample country into a database and give its accounts tokens: `python -m local.seed`.

The schema must be there (migrations). What is in the database already stays as it is: a second run adds
what is missing, never undoes what an administrator has mended since, and brings back nobody who is no more.
"""

import asyncio
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import Field
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from activities.database.sessions import engine_for
from activities.registries.bodies import still_there
from activities.registries.local_day import local_day
from activities.registries.words import body_words, sphere_words
from api.access.tokens import in_force, issue, revoke, token_sha256
from api.registries.reference_rows import calendar_row, edition_row
from local.sample_country import Country, SampleAccount
from local.sample_rows import country_rows, grant_row
from local.samples import load_calendar, load_country
from models.settings.environment import Settings
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.columns import Json
from models.tables.grants import GrantRow
from models.tables.spheres import SphereRow
from models.tables.tokens import TokenRow
from models.vocabulary.base import Model
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.procedure import Id

TOKEN_LABEL: Final = "sample"
TOKEN_DAYS: Final = 365
TOKENS_FILE: Final = Path(".state/demo/tokens.json")


class Seeded(Model):
    """What the run did: rows that were missing, and a token for everybody with an account, by its label."""

    added: int
    tokens: dict[str, str] = Field(repr=False)


async def seed(
    database_url: str, kept: Mapping[str, str] | None = None, country: Country | None = None
) -> Seeded:
    """Write reference data and issue tokens, in one transaction; the whole sample country's unless told.

    `kept` are tokens of an earlier run, by label: those still in force stay. Any other token of an earlier
    run is revoked, so that only the last one written down opens anything.
    """
    engine = engine_for(database_url, pool_size=1)
    now, country = datetime.now(UTC), country or load_country()
    reference = [
        *country_rows(country, now),
        edition_row(FOUNDED_WITH, now),
        calendar_row(load_calendar(), now),
    ]
    try:
        async with AsyncSession(engine) as session, session.begin():
            added = await _add_missing(session, reference)
            await _add_grants(session, country, now)
            await _keep_words(session)
            tokens = await _tokens(session, country, kept or {}, now)
    finally:
        await engine.dispose()
    return Seeded(added=added, tokens=tokens)


def read_tokens(path: Path) -> dict[str, str]:
    """The tokens an earlier run wrote, by label; none if there is no such file."""
    if not path.exists():
        return {}
    return {str(label): str(token) for label, token in json.loads(path.read_text()).items()}


def write_tokens(path: Path, tokens: Mapping[str, str]) -> None:
    """Write tokens to a file that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Created with its mode: a chmod afterwards would leave a moment in which others can read it.
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(dict(tokens), file, indent=2)
    fresh.replace(path)


async def _add_missing(session: AsyncSession, rows: Iterable[SQLModel]) -> int:
    added = 0
    for table, values in _alike(rows):
        columns = list(table.__table__.primary_key)  # type: ignore[attr-defined]
        missing = insert(table).values(values).on_conflict_do_nothing().returning(*columns)
        added += len((await session.execute(missing)).all())
    return added


async def _add_grants(session: AsyncSession, country: Country, now: datetime) -> None:
    """One line of the log of grants for each account that has none."""
    told = set(await session.scalars(select(GrantRow.account)))
    session.add_all(grant_row(account, now) for account in country.accounts if account.id not in told)


async def _keep_words(session: AsyncSession) -> None:
    """Of the names on file: an administrator may have mended some since."""
    for body in (await session.scalars(select(OrganisationVersionRow))).all():
        await session.execute(body_words(body))
    for sphere in (await session.scalars(select(SphereRow))).all():
        await session.execute(sphere_words(sphere))


def _alike(rows: Iterable[SQLModel]) -> Iterator[tuple[type[SQLModel], list[Json]]]:
    """Neighbours of one table with the same columns, for one statement each."""
    filled = [(type(row), row.model_dump(exclude_none=True)) for row in rows]
    for (table, _), group in groupby(filled, key=lambda row: (row[0], frozenset(row[1]))):
        yield table, [values for _, values in group]


async def renew_tokens(database_url: str, tokens: dict[str, str]) -> None:
    """What the operator does when a body's people have got accounts at the one that came after it.

    Whoever's token still opens something keeps it; `tokens` are by label, and written over.
    """
    engine = engine_for(database_url, pool_size=1)
    try:
        async with AsyncSession(engine) as session, session.begin():
            today = await _tokens(session, load_country(), tokens, datetime.now(UTC))
    finally:
        await engine.dispose()
    tokens.clear()
    tokens.update(today)


async def _tokens(
    session: AsyncSession, country: Country, kept: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """By label, of whoever has an account now: one that ended with its body opens nothing."""
    tokens: dict[str, str] = {}
    for known in country.accounts:
        account = await _account_now(session, known, now)
        if account is None:
            continue
        earlier = kept.get(known.label)
        if earlier and await _opens(session, account, earlier, now):
            tokens[known.label] = earlier
        else:
            await _revoke_samples(session, account, now)
            _, tokens[known.label] = await issue(session, account, TOKEN_LABEL, TOKEN_DAYS, now)
    return tokens


async def _account_now(session: AsyncSession, known: SampleAccount, now: datetime) -> Id | None:
    """The account itself, or where its body is no more, what its person has in its role at another body."""
    held = (
        select(AccountRow.id)
        .where(AccountRow.person == known.person, AccountRow.role == known.role.value)
        .where(col(AccountRow.active).is_(True), still_there(AccountRow.organisation, local_day(now)))
        .order_by(col(AccountRow.id) != known.id, col(AccountRow.id))
    )
    return (await session.scalars(held.limit(1))).first()


async def _opens(session: AsyncSession, account: Id, text: str, now: datetime) -> bool:
    found = await session.scalar(
        select(TokenRow).where(TokenRow.sha256 == token_sha256(text), TokenRow.account == account)
    )
    return found is not None and in_force(found, now)


async def _revoke_samples(session: AsyncSession, account: Id, now: datetime) -> None:
    samples = select(TokenRow.id).where(
        TokenRow.account == account, TokenRow.label == TOKEN_LABEL, col(TokenRow.revoked_at).is_(None)
    )
    for token in (await session.scalars(samples)).all():
        await revoke(session, token, now)


def main(
    tokens: Annotated[
        Path, typer.Option(help="Where the accounts' tokens are written (0600).")
    ] = TOKENS_FILE,
) -> None:
    """Seed the database of DATABASE_URL with the sample country."""
    seeded = asyncio.run(seed(Settings().database_url, read_tokens(tokens)))
    write_tokens(tokens, seeded.tokens)
    typer.echo(f"{seeded.added} rows added; {len(seeded.tokens)} tokens in {tokens}")


if __name__ == "__main__":
    typer.run(main)
