"""The authorized body's consolidated register of all reports received (rules 17, 18)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.routing import account_router
from api.http.deps import Now, Session, Today
from api.http.making import WORK_RESPONSE, Prefer, answered
from api.http.pagination import Cursor, Limit, decode_cursor, encode_cursor
from api.problems.problem import ProblemCode, documented, invalid
from api.register.files import FileKind, RegisterFile
from api.register.filters import AnyAskedRegister, WantedLanguage
from api.register.readers import RegisterReader
from api.register.reading import read_register
from api.register.views import RegisterPage, RegisterRow, RegisterView
from api.services.made import Made
from api.services.services import AnyServices
from api.sheets import csv
from api.sheets.workbook import MEDIA_TYPE
from models.register import ElementKind, RegisterFilters
from models.vocabulary.procedure import Language

router: APIRouter = account_router("review", "/consolidation")
_KINDS: Final = tuple(ElementKind)
Described = dict[int | str, dict[str, object]]
_JSON: Final[Described] = {
    **WORK_RESPONSE,
    200: {"description": "The whole register, as an attachment.", "model": RegisterView},
}
_CSV: Final[Described] = {
    **WORK_RESPONSE,
    200: {
        "description": f"One row per element. {csv.DESCRIBED}",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    },
}
_PDF: Final[Described] = {
    **WORK_RESPONSE,
    200: {
        "description": "The document, as an attachment.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    },
}
_XLSX: Final[Described] = {
    **WORK_RESPONSE,
    200: {
        "description": "A sheet per table; cells that compute nothing.",
        "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    },
}


@dataclass(frozen=True)
class Wanted:
    """The register as the address asks for it, for one of its readers."""

    reader: Caller
    session: AsyncSession
    filters: RegisterFilters
    language: Language
    today: date
    now: datetime

    async def view(self) -> RegisterView:
        """Computed only when asked for: a request refused for its page costs no computing."""
        return await read_register(self.session, self.filters, self.language, self.today, self.now)


def wanted(
    reader: RegisterReader,
    session: Session,
    today: Today,
    now: Now,
    language: WantedLanguage,
    asked: AnyAskedRegister,
) -> Wanted:
    return Wanted(reader, session, asked.filters(), language, today, now)


WantedRegister = Annotated[Wanted, Depends(wanted)]


async def asked_file(
    register: WantedRegister, services: AnyServices, prefer: Prefer = None
) -> Callable[[FileKind], Awaitable[Response]]:
    """The register as a file: sent in its turn, or made meanwhile. Nobody waits with a connection."""
    await register.session.commit()

    async def answer(kind: FileKind) -> Response:
        file = RegisterFile(kind, register.filters, register.language, register.today, register.now)

        async def making() -> Made:
            return await file.made(services)

        return await answered(services, register.reader.account, making, prefer)

    return answer


AskedFile = Annotated[Callable[[FileKind], Awaitable[Response]], Depends(asked_file)]


@router.get("/register", responses=documented(409))
async def read_consolidated_register(
    register: WantedRegister, limit: Limit = 100, cursor: Cursor = None
) -> RegisterPage:
    """Findings, proposals, recommendations and indicators of all reports on file, counted and compared.

    Computed anew from the frozen reports; nothing is stored. Repeats and differences look at all years.
    """
    after = _after(cursor)
    view = await register.view()
    left = [row for row in view.rows if after is None or _order(row) > after]
    following = _cursor(left[limit - 1]) if len(left) > limit else None
    whole = view.model_copy(update={"rows": tuple(left[:limit])})
    return RegisterPage(**dict(whole), next_cursor=following)


@router.get("/register.json", response_class=Response, responses={**documented(409, 503), **_JSON})
async def export_register(file: AskedFile) -> Response:
    """The whole register for programs, as a file."""
    return await file(FileKind.JSON)


@router.get("/register.csv", response_class=Response, responses={**documented(409, 503), **_CSV})
async def export_register_as_table(file: AskedFile) -> Response:
    """All entries as one table for spreadsheets."""
    return await file(FileKind.CSV)


@router.get("/register.xlsx", response_class=Response, responses={**documented(409, 503), **_XLSX})
async def export_register_as_workbook(file: AskedFile) -> Response:
    """Reports, findings, decisions, indicators, counts, repeats, differences: a workbook."""
    return await file(FileKind.XLSX)


@router.get("/register.pdf", response_class=Response, responses={**documented(409, 503), **_PDF})
async def print_consolidated_register(file: AskedFile) -> Response:
    """The register to be printed and signed: PDF/A, each figure with its reports' numbers."""
    return await file(FileKind.PDF)


def _order(row: RegisterRow) -> tuple[int, int, str, str]:
    """As `models.register.rows.in_order`."""
    return (-row.year, _KINDS.index(row.kind), row.source.report, row.source.element)


def _cursor(row: RegisterRow) -> str:
    return encode_cursor(*map(str, _order(row)))


def _after(cursor: str | None) -> tuple[int, int, str, str] | None:
    if cursor is None:
        return None
    year, kind, report, element = decode_cursor(cursor, 4)
    if not (year.removeprefix("-").isdecimal() and kind.isdecimal() and len(year) <= 5 and len(kind) <= 2):
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return (int(year), int(kind), report, element)
