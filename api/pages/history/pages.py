"""The timeline as a page: newest last, by stages or years, consequences indented, letters with their proof.

A monitoring, a duty and the consolidation have the same pages; `of` is the word in their names.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import Lookup
from api.history.checking import check
from api.history.exports import as_csv, as_json, as_workbook
from api.history.raw import raw_histories
from api.history.reading import read_history
from api.history.views import ContentLine, History, HistoryLine, in_order
from api.http.deps import Now, Session, Today
from api.pages.desk.forms import Way, ways_on
from api.pages.history.asked import Asked, Wanted
from api.pages.history.covers import cover_of
from api.pages.history.readers import Admit, Reader
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, readers_language
from api.pages.staff.menu import menu_of
from api.pages.staff.on_day import on_day
from api.services.services import AnyServices
from locales.catalogue import text
from locales.terms import term
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class Between(Model):
    """What was done to the content between two lines of the journal."""

    content: tuple[ContentLine, ...]


class Group(Model):
    """Lines in a row under one heading; a corrected monitoring comes through a stage again."""

    index: int
    heading: str
    lines: tuple[HistoryLine | Between, ...]


def timeline_pages(router: APIRouter, of: str, address: str, reading: Admit, proving: Admit) -> None:
    """Add them under an address: the timeline, its files, the raw history, the live check."""
    _timeline(router, of, address, reading)
    _files(router, of, address, reading)
    _proofs(router, of, address, proving)


def _timeline(router: APIRouter, of: str, address: str, reading: Admit) -> None:
    @router.api_route(address, methods=Reads, name=f"show_{of}history")
    async def show_history(
        request: Request,
        reader: Annotated[Reader, Depends(reading)],
        wanted: Wanted,
        session: Session,
        today: Today,
    ) -> Response:
        """The timeline."""
        language, here = readers_language(request), request.url.path
        stood = reader.stood
        history = await _read(session, reader, wanted, language, today)
        on = {"on": stood.on.isoformat()} if stood else {}
        return page(
            "history/timeline.html",
            language,
            here=here,
            menu=await menu_of(session, reader.caller, today),
            switch={each.value: f"{here}?{wanted.query(lang=each.value, **on)}" for each in Language},
            stood=stood,
            on=on_day(stood),
            today_at=f"{here}?{wanted.query(lang=language.value)}",
            query=wanted.query(lang=language.value, **on),
            cover=await cover_of(Lookup(session, language, stood.on if stood else today), reader.state),
            history=history,
            groups=_groups(history),
            staged=any(line.stage for line in history.lines),
            shown_lines={line.seq for line in history.lines},
            asked=wanted,
            oversees=reader.proves,
            ways=_ways(reader),
            monitoring=reader.state.mark if isinstance(reader.state, MonitoringState) else "",
        )


def _files(router: APIRouter, of: str, address: str, reading: Admit) -> None:
    @router.api_route(f"{address}.xlsx", methods=Reads, name=f"download_{of}workbook")
    async def download_workbook(
        request: Request,
        reader: Annotated[Reader, Depends(reading)],
        wanted: Wanted,
        session: Session,
        today: Today,
        now: Now,
    ) -> Response:
        """The whole timeline as a workbook."""
        language = readers_language(request)
        return as_workbook(await _read(session, reader, wanted, language, today), now)

    @router.api_route(f"{address}.csv", methods=Reads, name=f"download_{of}table")
    async def download_table(
        request: Request,
        reader: Annotated[Reader, Depends(reading)],
        wanted: Wanted,
        session: Session,
        today: Today,
    ) -> Response:
        """The whole timeline as a table of plain text."""
        language = readers_language(request)
        return as_csv(await _read(session, reader, wanted, language, today))

    @router.api_route(f"{address}.json", methods=Reads, name=f"download_{of}history")
    async def download_history(
        request: Request,
        reader: Annotated[Reader, Depends(reading)],
        wanted: Wanted,
        session: Session,
        today: Today,
        now: Now,
    ) -> Response:
        """The whole timeline for programs."""
        language = readers_language(request)
        history = await _read(session, reader, wanted, language, today)
        return as_json(history, wanted.filters, now)


def _proofs(router: APIRouter, of: str, address: str, proving: Admit) -> None:
    @router.api_route(f"{address}/raw", methods=Reads, name=f"download_{of}raw_history")
    async def download_raw_history(
        reader: Annotated[Reader, Depends(proving)], services: AnyServices, session: Session
    ) -> Response:
        """The raw histories of all runs, as a file."""
        found = await raw_histories(services, session, reader.state.workflow_id)
        headers = {"Content-Disposition": f'attachment; filename="{reader.state.mark}-raw-history.json"'}
        return Response(found.model_dump_json(), media_type="application/json", headers=headers)

    @router.api_route(f"{address}/check", methods=Reads, name=f"show_{of}check")
    async def show_check(
        request: Request,
        reader: Annotated[Reader, Depends(proving)],
        services: AnyServices,
        session: Session,
        today: Today,
        now: Now,
    ) -> Response:
        """The live check in words."""
        await session.commit()  # no connection is held while the workflow is asked
        language, here = readers_language(request), request.url.path
        return page(
            "history/check.html",
            language,
            here=here,
            back=here.removesuffix("/check"),
            found=await check(services, reader.state, language, now),
            cover=await cover_of(Lookup(session, language, today), reader.state),
        )


async def _read(
    session: AsyncSession, reader: Reader, wanted: Asked, language: Language, today: date
) -> History:
    """The timeline, or what it was on the day that is looked back at."""
    stood = reader.stood
    named_on, until = (stood.on, stood.until) if stood else (today, None)
    return await read_history(session, reader.state, wanted.filters, language, named_on, until)


def _ways(reader: Reader) -> tuple[Way, ...]:
    """Where somebody who reads a monitoring can act on it."""
    state = reader.state
    return tuple(ways_on(state, reader.may)) if isinstance(state, MonitoringState) else ()


def _groups(history: History) -> tuple[Group, ...]:
    staged = any(line.stage for line in history.lines)
    headings = (
        (_stage(history.language, line) if staged else _year(line), line) for line in in_order(history)
    )
    grouped = groupby(headings, key=lambda each: each[0])
    return tuple(
        Group(index=index, heading=heading, lines=tuple(_gathered(line for _, line in lines)))
        for index, (heading, lines) in enumerate(grouped, start=1)
    )


def _gathered(lines: Iterable[HistoryLine | ContentLine]) -> Iterator[HistoryLine | Between]:
    waiting: list[ContentLine] = []
    for line in lines:
        if isinstance(line, ContentLine):
            waiting.append(line)
            continue
        if waiting:
            yield Between(content=tuple(waiting))
        waiting = []
        yield line
    if waiting:
        yield Between(content=tuple(waiting))


def _stage(language: Language, line: HistoryLine | ContentLine) -> str:
    return term(language, line.stage) if line.stage else text(language, "page.history.no_stage")


def _year(line: HistoryLine | ContentLine) -> str:
    """A duty and a consolidation go on for years and have no stages."""
    return str(line.at_local.year)
