"""Sources and indicators from a file: a table (XLSX, CSV), or a feed that was saved (RSS 2.0, Atom)."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Final, Literal

from fastapi import Depends, File, Form, Path, Query, UploadFile
from pydantic import BaseModel, Field

from activities.files.types import FEEDS, TABLES
from api.access.policy import CONTENT_READS, Access
from api.access.routing import monitoring_router, permit
from api.commands.idempotency import Key
from api.content.attaching import looked_at
from api.content.building import current_sources
from api.content.checks import check_cited
from api.content.editing import content_is_open
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.requests import Day
from api.problems.problem import documented
from api.services.services import AnyServices
from api.sheets.importing.importing import (
    PARTS,
    Outcome,
    RowState,
    imported,
    judged,
    outcomes_of,
    ruled,
    standing,
)
from api.sheets.importing.reading import Asked, DecimalMark, Opened, opened
from api.sheets.importing.saying import fault_said
from api.sheets.importing.withdrawing import Withdrawn, import_withdrawn, imports_into
from api.sheets.importing.words import words_with
from models.report.importing.columns import Column, ImportKind
from models.report.importing.rows import Row, Usual, leaving_out
from models.report.importing.values import CellFault
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, IndicatorRole, Language, SourceAccess, SourceKind

router = monitoring_router("content")
_ENDINGS: Final = f"{TABLES.allowed}; of a feed: {FEEDS.allowed}"
Kind = Annotated[ImportKind, Path(description="What the rows are.", examples=["sources"])]
DryRun = Annotated[bool, Query(description="Only look: what would become of each row. Nothing is entered.")]


class CellView(BaseModel):
    """What is wrong with one cell."""

    column: Column
    code: str
    rule: str = ""
    detail: str


class ImportedRowView(BaseModel):
    """One row by its number in the file. `like` is the item that is there, or the row above, that says the
    same; `near` one that has its address, or its name, and says something else. `doubts` keep nothing out."""

    row: int
    state: RowState
    like: str = ""
    near: str = ""
    errors: tuple[CellView, ...] = ()
    doubts: tuple[CellView, ...] = ()


class ImportView(BaseModel):
    """How a file was taken, and what became of its rows, or would become of them."""

    sheet: str
    hidden_sheets: tuple[str, ...]
    heading: int = Field(description="The line that has the headings; 0 where there is none.")
    columns: dict[int, Column] = Field(description="What each column is taken for, by its place from 1.")
    unused_columns: dict[int, str] = Field(description="Those that have something and are not entered.")
    examples: tuple[int, ...] = Field(description="Rows of the table to be filled in that only show how.")
    rows: tuple[ImportedRowView, ...]
    entered: tuple[Id, ...] = Field(default=(), description="The ids of what was entered.")


class AskedFields:
    """The fields beside the file, as they are sent."""

    def __init__(
        self,
        sheet: Annotated[
            str | None, Form(max_length=100, description="Guessed where it is not said.")
        ] = None,
        heading: Annotated[
            int | None, Form(ge=0, le=1_048_576, description="The line that has the headings.")
        ] = None,
        columns: Annotated[
            list[Column | Literal[""]] | None,
            Form(max_length=60, description="What each column is, in their order; empty for none."),
        ] = None,
        decimal: Annotated[DecimalMark | None, Form()] = None,
        source_kind: Annotated[SourceKind | None, Form(description="Of rows that do not say it.")] = None,
        access: Annotated[SourceAccess | None, Form(description="The same.")] = None,
        obtained_on: Annotated[Day | None, Form(description="The same.")] = None,
        role: Annotated[IndicatorRole | None, Form(description="The same, of indicators.")] = None,
        sources: Annotated[
            list[Id] | None, Form(max_length=1_000, description="Sources that all rows rest on.")
        ] = None,
        left_out: Annotated[
            list[int] | None, Form(max_length=1_000, description="Rows that are left out, by their numbers.")
        ] = None,
        leave_wrong: Annotated[bool, Form(description="Rows with faults are left out.")] = False,
    ) -> None:
        usual = Usual(
            source_kind=source_kind,
            access=access,
            obtained_on=obtained_on,
            role=role,
            sources=tuple(sources or ()),
        )
        places = (
            None
            if columns is None
            else {place: each for place, each in enumerate(columns, 1) if isinstance(each, Column)}
        )
        self.asked = Asked(
            sheet=sheet,
            heading=heading,
            columns=places,
            decimal=decimal,
            usual=usual,
            left_out=frozenset(left_out or ()),
            leave_wrong=leave_wrong,
        )


@router.post(
    "/imports/{kind}",
    responses=documented(
        HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    ),
)
async def import_rows(
    kind: Kind,
    file: Annotated[UploadFile, File(description=_ENDINGS)],
    said: Annotated[AskedFields, Depends()],
    access: Annotated[Access, permit(Action.WRITE_CONTENT)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
    today: Today,
    language: ReadersLanguage,
    dry_run: DryRun = False,
) -> ImportView:
    """Enter the rows of a file: all or none. What is there already, or stands in it twice, is left out; so is
    what is asked to be.

    Columns are known by their headings in kk, ru or en, where they are not said. Where a row is wrong, each
    fault is told at `/rows/<number>/<column>`.
    """
    content_is_open(access.state)
    taken = FEEDS if kind is ImportKind.FEED else TABLES
    looked = await looked_at(file, taken.limit(services.settings.upload_limit_bytes), taken)
    await check_cited(session, access.number, said.asked.usual.sources)
    found = await opened(kind, looked.content, looked.filename, said.asked)
    words = words_with(await current_sources(session, access.number))
    ruled_rows = ruled(found.rows(said.asked.usual, words), access, today, language)
    rows = leaving_out(ruled_rows, said.asked.left_out, wrong=said.asked.leave_wrong)
    if dry_run:
        outcomes = outcomes_of(judged(rows, await standing(session, access.number, kind)))
        return _view(found, rows, outcomes, (), language)
    tally = await imported(session, access, kind, key, rows, now)
    return _view(found, rows, tally.rows, tally.entered, language)


class ImportSummary(BaseModel):
    """One import: `unchanged` of what it entered stands there as it came, and can be taken out again."""

    id: Id
    kind: ImportKind
    at: datetime
    account: Id
    entered: int
    unchanged: int


@router.get("/imports")
async def list_imports(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> tuple[ImportSummary, ...]:
    """The imports that entered something, the oldest first."""
    found = [
        each
        for part in dict.fromkeys(PARTS.values())
        for each in await imports_into(session, access.number, part)
    ]
    return tuple(
        ImportSummary(
            id=each.id,
            kind=each.kind,
            at=each.at,
            account=each.account,
            entered=each.entered,
            unchanged=len(each.unchanged),
        )
        for each in sorted(found, key=lambda each: (each.at, each.id))
    )


@router.post("/imports/{kind}/{known}/withdrawal", responses=documented(404, 409))
async def withdraw_import(
    kind: Kind,
    known: Annotated[Id, Path(description="The import's id.")],
    access: Annotated[Access, permit(Action.WRITE_CONTENT)],
    session: Session,
    key: Key,
    now: Now,
) -> Withdrawn:
    """Take out again all that came by one import and that nobody has changed since; revisions are kept.

    Refused once a stage or a version was completed with it, or where something rests on it.
    """
    return await import_withdrawn(session, access, PARTS[kind], known, key, now)


def _view(
    found: Opened,
    rows: Iterable[Row],
    outcomes: Iterable[Outcome],
    entered: tuple[Id, ...],
    language: Language,
) -> ImportView:
    return ImportView(
        sheet=found.sheet.name,
        hidden_sheets=found.hidden,
        heading=found.layout.heading,
        columns={place + 1: column for place, column in found.layout.places.items()},
        unused_columns=found.unused(),
        examples=found.examples,
        rows=tuple(
            ImportedRowView(
                row=row.number,
                state=outcome.state,
                like=outcome.like,
                near=outcome.near,
                errors=_cells(row.faults, language),
                doubts=_cells(row.doubts, language),
            )
            for row, outcome in zip(rows, outcomes, strict=True)
        ),
        entered=entered,
    )


def _cells(faults: Iterable[CellFault], language: Language) -> tuple[CellView, ...]:
    return tuple(
        CellView(column=each.column, code=each.key, rule=each.rule, detail=fault_said(each, language))
        for each in faults
    )
