"""Registers as files on a schedule: set up by administrators, fetched at an address that stays."""

import base64
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request, Response
from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.calendars import current_calendar
from api.access.auth import Caller
from api.access.reads import note_read
from api.access.routing import account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.conditional import CONDITIONAL
from api.http.deps import Now, Session
from api.http.downloads import attached
from api.http.pagination import Cursor, Limit, Page, id_before, numbered_page
from api.http.requests import Line, RequestBody
from api.problems.problem import ProblemCode, documented, not_found
from api.register.kept.schedules import kept_file, known_schedule, makings_of, sees, written
from models.calendar.rhythm import next_moment
from models.tables.file_schedules import FileMakingRow, FileScheduleRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.file_schedules import FileFormat, FileOutcome, Rhythm, ScheduledRegister
from models.vocabulary.procedure import Id, Language, Sha256

router = account_router("registers as files", "/registry/file-schedules", documented(404))
files = account_router("registers as files", "/scheduled-files", documented(404))
ScheduleInPath = Annotated[Id, Path(examples=["register-weekly"])]
MakingInPath = Annotated[int, Path(ge=1, le=2**62, description="The `id` of a line of the log.")]
_FILE: Final[dict[int | str, dict[str, object]]] = {
    **CONDITIONAL,
    200: {
        "description": "The file. `ETag` is its SHA-256, `Repr-Digest` the same (RFC 9530).",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
    },
}


class FileSchedule(Model):
    """Which register is made as a file, how often, for whose eyes."""

    id: Id
    label: str
    subject: ScheduledRegister
    format: FileFormat
    language: Language
    rhythm: Rhythm
    hour: int
    keep: int
    reads_as: Id = Field(description="The account whose reading decides what is in the files.")
    active: bool
    next_at: datetime | None = Field(description="The next moment (UTC), by the working calendar of today.")
    registered_by: Id
    registered_at: datetime
    changed_at: datetime


class FileScheduleBody(RequestBody):
    """What is to be made from now on."""

    label: Line = Field(examples=["Тізілім, апта сайын"])
    subject: ScheduledRegister
    format: FileFormat = FileFormat.XLSX
    language: Language = Language.KK
    rhythm: Rhythm
    hour: int = Field(ge=0, le=23, description="A full hour of local time (Asia/Almaty).", examples=[7])
    keep: int = Field(default=12, ge=1, le=60, description="So many files are kept, the newest.")
    reads_as: Id = Field(examples=["a-uo-analyst"])
    active: bool = True
    reason: Line = Field(description="Why the registry changes.")


class FileMaking(Model):
    """What came of one making."""

    id: int
    planned_for: datetime = Field(description="The moment it was due (UTC): of several missed ones the last.")
    at: datetime
    outcome: FileOutcome
    made_for: Id = Field(description="Whose reading decided what is in it, and who fetches it.")
    sha256: Sha256 | None = Field(description="Of the file's bytes; none where no file was kept.")
    size: int | None
    name: str | None
    there: bool = Field(description="Whether it can still be fetched.")


@router.get("")
async def list_file_schedules(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session, now: Now
) -> tuple[FileSchedule, ...]:
    """By their labels: all of them for administrators and auditors, for others what is made for them."""
    found = select(FileScheduleRow).order_by(col(FileScheduleRow.label), col(FileScheduleRow.id))
    rows = [row for row in (await session.exec(found)).all() if sees(caller, row)]
    return tuple([await view_of(session, row, now) for row in rows])


@router.get("/{schedule}")
async def read_file_schedule(
    schedule: ScheduleInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    now: Now,
) -> FileSchedule:
    """One schedule."""
    return await view_of(session, await _seen(session, caller, schedule), now)


@router.put("/{schedule}", responses=documented(409))
async def register_file_schedule(
    schedule: ScheduleInPath,
    body: FileScheduleBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> FileSchedule:
    """Set a schedule up, change it, or stop it by `active: false`; files that are there stay.

    What was missed in an outage is made up once. Where nothing has changed no new file is kept.
    """

    async def change() -> FileSchedule:
        return await view_of(session, await written(session, schedule, body, caller, now), now)

    return await registered_once(session, key, caller, "register_file_schedule", now, FileSchedule, change)


@router.get("/{schedule}/makings")
async def list_file_makings(
    schedule: ScheduleInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[FileMaking]:
    """The log of makings of 400 days, newest first."""
    await _seen(session, caller, schedule)
    found = makings_of(schedule)
    if cursor is not None:
        found = found.where(col(FileMakingRow.id) < id_before(cursor))
    rows = (await session.exec(found.limit(limit + 1))).all()
    return numbered_page([_making(row, is_there) for row, is_there in rows], limit)


@files.get("/{schedule}", response_class=Response, responses=_FILE)
async def download_scheduled_file(
    schedule: ScheduleInPath,
    request: Request,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    now: Now,
) -> Response:
    """The newest file, always at this address. For the account that it is made for, and for oversight."""
    return await _sent(request, caller, session, schedule, None, now)


@files.get("/{schedule}/{making}", response_class=Response, responses=_FILE)
async def download_earlier_file(
    schedule: ScheduleInPath,
    making: MakingInPath,
    request: Request,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    now: Now,
) -> Response:
    """The file of one making, as long as it is kept."""
    return await _sent(request, caller, session, schedule, making, now)


async def _seen(session: AsyncSession, caller: Caller, schedule: Id) -> FileScheduleRow:
    row = await known_schedule(session, schedule)
    if not sees(caller, row):
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=schedule)
    return row


async def _sent(
    request: Request, caller: Caller, session: AsyncSession, schedule: Id, making: int | None, now: datetime
) -> Response:
    row = await kept_file(session, caller, schedule, making, now)
    note_read(session, request, caller, None, now)
    return file_sent(request, row)


def file_sent(request: Request, row: FileMakingRow) -> Response:
    """The bytes under their hash, or 304 for whoever has them."""
    answer = attached(row.content or b"", row.media_type, row.sha256, row.name)
    digest = base64.b64encode(bytes.fromhex(row.sha256)).decode()
    answer.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    answer.headers["Cache-Control"] = "private, no-cache"
    if answer.headers["ETag"] in request.headers.get("if-none-match", ""):
        known = {"ETag": answer.headers["ETag"], "Cache-Control": answer.headers["Cache-Control"]}
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=known)
    return answer


async def view_of(session: AsyncSession, row: FileScheduleRow, now: datetime) -> FileSchedule:
    """A schedule, and when it is due next."""
    known = row.model_dump(exclude={"through", "claimed_until"})
    calendar = await current_calendar(session)
    after = next_moment(Rhythm(row.rhythm), row.hour, max(now, row.through), calendar)
    return FileSchedule(**known, next_at=after if row.active else None)


def _making(row: FileMakingRow, there: bool) -> FileMaking:
    return FileMaking(
        id=row.id or 0,
        planned_for=row.planned_for,
        at=row.at,
        outcome=FileOutcome(row.outcome),
        made_for=row.made_for,
        sha256=row.sha256 or None,
        size=row.size or None,
        name=row.name or None,
        there=there,
    )
