"""The timeline of a monitoring: read, exported, proved. Nothing changes here but the log of reads."""

from typing import Annotated, Final

from fastapi import Response

from api.deps import AnyServices, Now, Session, Today
from api.history.checking import CheckView, check
from api.history.exports import HistoryExport, as_csv, as_json
from api.history.filters import AnyHistoryFilters
from api.history.reading import read_history
from api.history.views import HeadView, HistoryLine
from api.languages import ReadersLanguage
from api.pagination import Cursor, Limit, Page, decode_cursor, encode_cursor
from api.policy import EVERYTHING, Access
from api.problems import ProblemCode, documented, invalid
from api.raw_histories import RawHistories, raw_histories
from api.routing import monitoring_router, permit
from models.access import Action

router = monitoring_router("history")
_CSV: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "One row per line; UTF-8 with a byte order mark, cells that compute nothing.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
_JSON: Final[dict[int | str, dict[str, object]]] = {
    200: {"description": "The whole timeline, as an attachment.", "model": HistoryExport}
}


class HistoryPage(Page[HistoryLine]):
    """A part of the timeline, and the end of the chain."""

    head: HeadView
    broken_at: int | None


@router.get("/history")
async def read_timeline(
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
    filters: AnyHistoryFilters,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> HistoryPage:
    """The timeline in words, oldest first: who did what, under which rule, what was pinned, which letters."""
    after = _after(cursor)
    history = await read_history(session, access.number, filters, language, today)
    left = [line for line in history.lines if line.seq > after]
    following = encode_cursor(str(left[limit - 1].seq)) if len(left) > limit else None
    return HistoryPage(
        items=tuple(left[:limit]), next_cursor=following, head=history.head, broken_at=history.broken_at
    )


@router.get("/history.csv", response_class=Response, responses=_CSV)
async def export_timeline_as_table(
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
    filters: AnyHistoryFilters,
) -> Response:
    """The whole timeline as a table for spreadsheets."""
    return as_csv(await read_history(session, access.number, filters, language, today))


@router.get("/history.json", response_class=Response, responses=_JSON)
async def export_timeline(
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
    today: Today,
    now: Now,
    language: ReadersLanguage,
    filters: AnyHistoryFilters,
) -> Response:
    """The whole timeline for programs."""
    return as_json(await read_history(session, access.number, filters, language, today), filters, now)


@router.get("/history/raw", responses=documented(503))
async def read_raw_history(
    access: Annotated[Access, permit(Action.READ_ALL)], services: AnyServices, session: Session
) -> RawHistories:
    """The histories of all runs of the workflow as Temporal keeps them: ids, dates and hashes, no texts."""
    return await raw_histories(services, session, access.number)


@router.get("/history/check")
async def check_history(
    access: Annotated[Access, permit(Action.READ_ALL)],
    services: AnyServices,
    language: ReadersLanguage,
    now: Now,
) -> CheckView:
    """Compute the chain anew, fold the journal, ask the workflow: do they say the same, and if not, where."""
    return await check(services, access.number, language, now)


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (seq,) = decode_cursor(cursor, 1)
    if not seq.isdecimal() or len(seq) > 9:
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return int(seq)
