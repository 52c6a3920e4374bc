"""What is kept of a schedule, checked before it is written; and who fetches its files."""

from datetime import datetime
from typing import Final, Protocol, cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from activities.registries.bodies import authorized_body_on
from activities.registries.local_day import local_day
from api.access.auth import Caller
from api.problems.problem import ProblemCode, invalid, not_found
from api.register.readers import reads_register
from models.tables.accounts import AccountRow
from models.tables.file_schedules import FileMakingRow, FileScheduleRow
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.file_schedules import FileFormat, Rhythm, ScheduledRegister
from models.vocabulary.procedure import Id, Language, Role

_WITHOUT_BYTES: Final = defer(cast(QueryableAttribute[bytes], FileMakingRow.content))


class Wanted(Protocol):
    """What somebody wants of a schedule."""

    @property
    def label(self) -> str: ...
    @property
    def subject(self) -> ScheduledRegister: ...
    @property
    def format(self) -> FileFormat: ...
    @property
    def language(self) -> Language: ...
    @property
    def rhythm(self) -> Rhythm: ...
    @property
    def hour(self) -> int: ...
    @property
    def keep(self) -> int: ...
    @property
    def reads_as(self) -> Id: ...
    @property
    def active(self) -> bool: ...


async def known_schedule(session: AsyncSession, schedule: Id, *, for_update: bool = False) -> FileScheduleRow:
    """Raises Failed (404)."""
    row = await session.get(FileScheduleRow, schedule, with_for_update=True if for_update else None)
    if row is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=schedule)
    return row


async def written(
    session: AsyncSession, schedule: Id, wanted: Wanted, caller: Caller, now: datetime
) -> FileScheduleRow:
    """A new one, or a known one as it is wanted now: moments before `now` are none of it.

    Raises Failed (422) for an account that opens nothing, or a format that the register does not come in.
    """
    await _fits(session, wanted)
    row = await session.get(FileScheduleRow, schedule, with_for_update=True)
    values: dict[str, object] = {
        "label": wanted.label,
        "subject": wanted.subject.value,
        "format": wanted.format.value,
        "language": wanted.language.value,
        "rhythm": wanted.rhythm.value,
        "hour": wanted.hour,
        "keep": wanted.keep,
        "reads_as": wanted.reads_as,
        "active": wanted.active,
        "through": now,
        "claimed_until": None,
        "changed_at": now,
    }
    if row is None:
        given = {"id": schedule, "registered_by": caller.account, "registered_at": now}
        row = FileScheduleRow.model_validate(given | values)
    else:
        for name, value in values.items():
            setattr(row, name, value)
    session.add(row)
    await session.flush()
    return row


async def _fits(session: AsyncSession, wanted: Wanted) -> None:
    if wanted.format is FileFormat.PDF and wanted.subject is not ScheduledRegister.CONSOLIDATED:
        raise invalid(ProblemCode.FILE_FORMAT_NOT_MADE, "/format")
    account = await session.get(AccountRow, wanted.reads_as)
    if account is None or not account.active:
        raise invalid(ProblemCode.ACCOUNT_UNKNOWN, "/reads_as", account=wanted.reads_as)


def sees(caller: Caller, row: FileScheduleRow) -> bool:
    """Whoever reads the logs of settings sees how all of them stand; everybody sees what is made for them."""
    return row.reads_as == caller.account or may(caller.role, Action.READ_COMMANDS, Relation.NONE)


def fetches(caller: Caller, made_for: Id) -> bool:
    """The account for whose eyes a file was made, and oversight, which reads everything. Whoever it is made
    for from now on has no right to what was made for another."""
    return caller.account == made_for or caller.role is Role.OVERSIGHT


def makings_of(schedule: Id) -> Select[FileMakingRow, bool]:
    """The log, newest first, without the bytes, and whether these are there."""
    rows = select(FileMakingRow, col(FileMakingRow.content).is_not(None))
    of_it = rows.where(FileMakingRow.schedule == schedule).options(_WITHOUT_BYTES)
    return of_it.order_by(col(FileMakingRow.id).desc())


async def kept_file(
    session: AsyncSession, caller: Caller, schedule: Id, making: int | None, now: datetime
) -> FileMakingRow:
    """The newest file, or that of a making. Raises Failed (404) where the caller has none there."""
    row = await known_schedule(session, schedule)
    if row.subject == ScheduledRegister.CONSOLIDATED:
        today = local_day(now)
        if not reads_register(caller, await authorized_body_on(session, today)):
            raise not_found(ProblemCode.ITEM_UNKNOWN, item=schedule)
    there = select(FileMakingRow).where(
        FileMakingRow.schedule == schedule, col(FileMakingRow.content).is_not(None)
    )
    if making is not None:
        there = there.where(FileMakingRow.id == making)
    if caller.role is not Role.OVERSIGHT:
        there = there.where(FileMakingRow.made_for == caller.account)
    found = (await session.exec(there.order_by(col(FileMakingRow.id).desc()).limit(1))).first()
    if found is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN if sees(caller, row) else ProblemCode.ITEM_UNKNOWN)
    return found
