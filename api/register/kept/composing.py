"""A register as a file, for an account's eyes: what is in it, and how it is written."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from activities.registries.local_day import local_day
from api.access.auth import Caller
from api.register.exports import as_csv, as_json, as_workbook, file_name
from api.register.kept.lines import duties_table, duty_lines, published_lines, published_table
from api.register.readers import reads_register
from api.register.reading import print_register, read_register
from api.register.views import RegisterView
from api.services.made import Made, kept, making
from api.sheets import csv, workbook
from api.sheets.table import Table
from models.register import RegisterFilters
from models.vocabulary.file_schedules import FileFormat, ScheduledRegister
from models.vocabulary.procedure import Language

_COMPUTED: Final = {"computed_at"}


class NotPermitted(Exception):
    """The account may not read this register."""


@dataclass(frozen=True)
class Wanted:
    """Which register, how it is written, for whom, as of when."""

    subject: ScheduledRegister
    format: FileFormat
    language: Language
    reader: Caller
    now: datetime
    public_url: str

    @property
    def today(self) -> date:
        return local_day(self.now)


@dataclass(frozen=True)
class Composed:
    """What is in a file, told apart by a hash that knows nothing of the instant, and the file itself."""

    told_apart_by: str
    made: Made


async def composed(session: AsyncSession, wanted: Wanted) -> Composed:
    """Read and written as the account may read it. Raises NotPermitted.

    A transaction that the session began is ended where the register waits for its turn.
    """
    if wanted.subject is ScheduledRegister.CONSOLIDATED:
        return await _consolidated(session, wanted)
    if wanted.subject is ScheduledRegister.DUTIES:
        duties = await duty_lines(session, wanted.reader, wanted.language, wanted.today)
        return await _of_rows(wanted, duties, duties_table(duties, wanted.language))
    published = await published_lines(session, wanted.language, wanted.today)
    return await _of_rows(wanted, published, published_table(published, wanted.language))


async def _consolidated(session: AsyncSession, wanted: Wanted) -> Composed:
    if not reads_register(wanted.reader, await authorized_body_on(session, wanted.today)):
        raise NotPermitted
    view = await read_register(session, RegisterFilters(), wanted.language, wanted.today, wanted.now)
    told = _told_apart(wanted, view.model_dump_json(exclude=_COMPUTED))
    if wanted.format is FileFormat.PDF:
        printed = await print_register(view)
        return Composed(told, kept(printed, file_name(view, f"{view.language.value}.pdf"), "application/pdf"))
    return Composed(told, await asyncio.to_thread(_written, view, wanted))


def _written(view: RegisterView, wanted: Wanted) -> Made:
    match wanted.format:
        case FileFormat.XLSX:
            return as_workbook(view, wanted.public_url)
        case FileFormat.CSV:
            return as_csv(view, wanted.public_url)
        case _:
            return as_json(view, wanted.public_url)


async def _of_rows(wanted: Wanted, rows: Sequence[BaseModel], table: Table) -> Composed:
    plain = [row.model_dump(mode="json") for row in rows]
    body = json.dumps({"rows": plain}, ensure_ascii=False, indent=2)
    name = f"{wanted.subject.value}-{wanted.today:%Y%m%d}.{wanted.format.value}"

    def write() -> Made:
        match wanted.format:
            case FileFormat.XLSX:
                with making(name, workbook.MEDIA_TYPE) as made:
                    workbook.write_workbook((table,), table.name, wanted.now, wanted.public_url, made.file)
            case FileFormat.CSV:
                with making(name, csv.MEDIA_TYPE) as made:
                    csv.write_csv(table, wanted.language, made.file)
            case _:
                return kept(body.encode(), name, "application/json")
        return made

    return Composed(_told_apart(wanted, body), await asyncio.to_thread(write))


def _told_apart(wanted: Wanted, content: str) -> str:
    """Another language or another kind of file is another file, whatever is in it."""
    known = f"{wanted.subject} {wanted.format} {wanted.language} {content}"
    return hashlib.sha256(known.encode()).hexdigest()
