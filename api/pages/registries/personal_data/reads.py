"""The log of reads: who read which personal data of whom, when, on a page and as a file."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import ANSWER_SECONDS
from api.history.names import people_named
from api.http.making import answered
from api.http.pagination import part_of, turned_to
from api.pages.desk.naming import bodies_named
from api.pages.registries.lists import Cell, Table
from api.pages.registries.personal_data.home import PERSONAL_DATA, Overseeing
from api.pages.registries.registry_form import RegistrySitting
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.services.made import Made, making
from api.sheets import csv
from api.sheets import table as sheets
from api.views.persons import accounts_seen
from api.views.reads import ReadFilters, all_reads, key_of, reads_found
from locales.catalogue import text
from locales.dates import say_instant
from locales.terms import term
from models.tables.reads import ReadRow
from models.vocabulary.personal_data import PersonalData
from models.vocabulary.procedure import Language
from models.words.order import by_name

router = page_router()
READS: Final = f"{PERSONAL_DATA}/reads"
_AT_ONCE: Final = 60
_SHOWN: Final = ("at", "person", "data", "address")
_IN_FILE: Final = ("at", "at_utc", "person", "account", "body", "data", "address", "operation", "number")
_EVERYTHING: Final = "all"
Line = tuple[str, ...]


def asked(request: Request) -> ReadFilters:
    """What the address narrows to; what it says that is nothing narrows nothing."""
    given = {name: value.replace("\x00", "").strip()[:60] for name, value in request.query_params.items()}
    return ReadFilters(
        account=given.get("account") or None,
        number=given.get("number") or None,
        kind=_kind(given.get("kind", "")),
        personal=given.get("kind") != _EVERYTHING,
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


Asked = Annotated[ReadFilters, Depends(asked)]


@router.api_route(READS, methods=Reads)
async def show_reads(sitting: Overseeing, filters: Asked) -> Response:
    """The newest first; personal data of others unless all that auditors read is asked for."""
    language, session = sitting.language, sitting.session
    turned = turned_to(sitting.request.query_params, 1)
    rows = await reads_found(session, sitting.caller, filters, turned, _AT_ONCE)
    part = part_of(rows, key_of, turned, _AT_ONCE)
    names = await people_named(session, {each.account for each in part.rows})
    seen = await accounts_seen(session, sitting.caller)
    query = _query(filters)
    return page(
        "personal_data/reads.html",
        language,
        here=READS,
        menu=sitting.menu,
        back=f"{PERSONAL_DATA}?lang={language.value}",
        switch={each.value: f"{READS}?lang={each.value}{query}" for each in Language},
        on=query,
        filters=filters,
        everything=_EVERYTHING,
        accounts=by_name(seen, language),
        kinds=[(kind.value, term(language, kind)) for kind in PersonalData],
        part=part,
        table=Table(columns=_SHOWN, rows=tuple(_row(each, names, sitting) for each in part.rows)),
    )


@router.api_route(f"{READS}.csv", methods=Reads)
async def download_reads(sitting: Overseeing, filters: Asked) -> Response:
    """All that the filters leave, line by line."""
    await sitting.session.commit()  # whoever waits for a turn holds no connection

    async def made() -> Made:
        loop = asyncio.get_running_loop()
        async with sitting.services.reads() as session:
            rows = _in_words(session, sitting, filters)
            lines = chain.from_iterable(_taken(rows, loop))
            return await asyncio.to_thread(_written, _table(lines, sitting.language), sitting)

    return await answered(sitting.services, sitting.caller.account, made, None)


def _written(table: sheets.Table, sitting: RegistrySitting) -> Made:
    with making(f"reads-{sitting.today.isoformat()}.csv", csv.MEDIA_TYPE) as made:
        csv.write_csv(table, sitting.language, made.file)
    return made


def _taken(rows: AsyncIterator[list[Line]], loop: asyncio.AbstractEventLoop) -> Iterator[list[Line]]:
    """For a thread that writes: some lines at a time, so that however long the log is, it is never whole in
    memory."""

    async def following() -> list[Line] | None:
        return await anext(rows, None)

    while lines := asyncio.run_coroutine_threadsafe(following(), loop).result(ANSWER_SECONDS):
        yield lines


async def _in_words(
    session: AsyncSession, sitting: RegistrySitting, filters: ReadFilters
) -> AsyncIterator[list[Line]]:
    language = sitting.language
    async for rows in all_reads(session, sitting.caller, filters):
        names = await people_named(session, {each.account for each in rows})
        bodies = await bodies_named(session, language, sitting.today, {each.organisation for each in rows})
        yield [
            (
                say_instant(language, each.at),
                each.at.isoformat(timespec="seconds"),
                names.get(each.account, each.account),
                each.account,
                bodies[each.organisation],
                _kinds(each, language),
                _address(each),
                each.what,
                each.number or "",
            )
            for each in rows
        ]


def _table(lines: Iterable[Line], language: Language) -> sheets.Table:
    return sheets.Table(
        name=text(language, "page.personal_data.reads.sheet"),
        headings=tuple(text(language, f"page.personal_data.column.{name}") for name in _IN_FILE),
        lines=lines,
    )


def _row(row: ReadRow, names: Mapping[str, str], sitting: RegistrySitting) -> tuple[Cell, ...]:
    return (
        Cell(said=say_instant(sitting.language, row.at)),
        Cell(said=names.get(row.account, row.account)),
        Cell(said=_kinds(row, sitting.language) or "—"),
        Cell(said=_address(row)),
    )


def _kinds(row: ReadRow, language: Language) -> str:
    """A kind that this release does not know any more is called as it was written."""
    known = {kind.value: term(language, kind) for kind in PersonalData}
    return ", ".join(known.get(each, each) for each in row.kinds)


def _address(row: ReadRow) -> str:
    """What was read, as far as the log has it: lines from before migration 0039 have no address."""
    if not row.path:
        return row.what
    said = {name: str(value) for name, value in row.filters.items() if f"/{value}" not in row.path}
    query = ", ".join(f"{name}={value}" for name, value in said.items() if name != "lang")
    return f"{row.path} ({query})" if query else row.path


def _query(filters: ReadFilters) -> str:
    """The filters as a part of an address, after something else."""
    kind = filters.kind.value if filters.kind else "" if filters.personal else _EVERYTHING
    days = {
        name: day.isoformat() for name, day in (("since", filters.since), ("until", filters.until)) if day
    }
    said = {"account": filters.account or "", "number": filters.number or "", "kind": kind, **days}
    asked = urlencode({name: value for name, value in said.items() if value})
    return f"&{asked}" if asked else ""


def _kind(asked: str) -> PersonalData | None:
    return PersonalData(asked) if asked in set(PersonalData) else None


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None
