"""The routes of a timeline, for whatever keeps a journal: read, exported, proved. Nothing changes here.

A monitoring, a duty and the consolidation have the same ones; `of` is the word in their operations' ids.
"""

from typing import Annotated, Any, Final, Protocol

from fastapi import APIRouter, Response
from pydantic import Field

from api.history.checking import CheckView, check
from api.history.exports import HistoryExport, as_csv, as_json, as_workbook
from api.history.filters import AnyHistoryFilters
from api.history.raw import RawHistories, raw_histories
from api.history.reading import read_history
from api.history.views import ContentLine, HeadView, HistoryLine
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.pagination import Cursor, Limit, Page, decode_cursor, encode_cursor
from api.problems.problem import ProblemCode, documented, invalid
from api.services.services import AnyServices
from api.sheets import csv, workbook
from models.proceeding.state import Proceeding

_XLSX: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "One row per line; cells that compute nothing.",
        "content": {workbook.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}
_CSV: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": f"One row per line. {csv.DESCRIBED}",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
_JSON: Final[dict[int | str, dict[str, object]]] = {
    200: {"description": "The whole timeline, as an attachment.", "model": HistoryExport}
}


class Regarded(Protocol):
    """What a policy gives: what the reader may read."""

    @property
    def state(self) -> Proceeding: ...


class HistoryPage(Page[HistoryLine]):
    """A part of the timeline, and the end of the chain."""

    content: tuple[ContentLine, ...] = Field(
        description="What was done to the content after the lines of this page; in no chain."
    )
    head: HeadView
    broken_at: int | None


def timeline_routes(router: APIRouter, of: str, reading: Any, proving: Any) -> None:
    """Add them: `reading` permits the timeline and its files, `proving` the raw histories and the check."""
    _reading(router, of, reading)
    _exports(router, of, reading)
    _proofs(router, of, proving)


def _reading(router: APIRouter, of: str, reading: Any) -> None:
    @router.get("/history", name=f"read_{of}timeline")
    async def read_timeline(
        access: Annotated[Regarded, reading],
        session: Session,
        today: Today,
        language: ReadersLanguage,
        filters: AnyHistoryFilters,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> HistoryPage:
        """The timeline in words, oldest first: who did what, under which rule, pins and letters."""
        after = _after(cursor)
        history = await read_history(session, access.state, filters, language, today)
        left = [line for line in history.lines if line.seq > after]
        last = left[limit - 1].seq if len(left) > limit else None
        return HistoryPage(
            items=tuple(left[:limit]),
            content=tuple(
                line
                for line in history.content
                if (line.after > after or cursor is None) and (last is None or line.after <= last)
            ),
            next_cursor=encode_cursor(str(last)) if last else None,
            head=history.head,
            broken_at=history.broken_at,
        )


def _exports(router: APIRouter, of: str, reading: Any) -> None:
    @router.get(
        "/history.xlsx", name=f"export_{of}timeline_as_workbook", response_class=Response, responses=_XLSX
    )
    async def export_timeline_as_workbook(
        access: Annotated[Regarded, reading],
        session: Session,
        today: Today,
        now: Now,
        language: ReadersLanguage,
        filters: AnyHistoryFilters,
    ) -> Response:
        """The whole timeline as a workbook."""
        return as_workbook(await read_history(session, access.state, filters, language, today), now)

    @router.get("/history.csv", name=f"export_{of}timeline_as_table", response_class=Response, responses=_CSV)
    async def export_timeline_as_table(
        access: Annotated[Regarded, reading],
        session: Session,
        today: Today,
        language: ReadersLanguage,
        filters: AnyHistoryFilters,
    ) -> Response:
        """The whole timeline as a table of plain text."""
        return as_csv(await read_history(session, access.state, filters, language, today))

    @router.get("/history.json", name=f"export_{of}timeline", response_class=Response, responses=_JSON)
    async def export_timeline(
        access: Annotated[Regarded, reading],
        session: Session,
        today: Today,
        now: Now,
        language: ReadersLanguage,
        filters: AnyHistoryFilters,
    ) -> Response:
        """The whole timeline for programs."""
        return as_json(await read_history(session, access.state, filters, language, today), filters, now)


def _proofs(router: APIRouter, of: str, proving: Any) -> None:
    @router.get("/history/raw", name=f"read_{of}raw_history", responses=documented(503))
    async def read_raw_history(
        access: Annotated[Regarded, proving], services: AnyServices, session: Session
    ) -> RawHistories:
        """The histories of all runs of the workflow as Temporal keeps them: ids, dates, hashes, no texts."""
        return await raw_histories(services, session, access.state.workflow_id)

    @router.get("/history/check", name=f"check_{of}history")
    async def check_history(
        access: Annotated[Regarded, proving],
        session: Session,
        services: AnyServices,
        language: ReadersLanguage,
        now: Now,
    ) -> CheckView:
        """Compute the chain anew, fold the journal, ask the workflow: do they agree, and if not, where."""
        await session.commit()  # no connection is held while the workflow is asked
        return await check(services, access.state, language, now)


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (seq,) = decode_cursor(cursor, 1)
    if not seq.isdecimal() or len(seq) > 9:
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return int(seq)
