"""A table of these pages as a file for spreadsheets."""

import asyncio
from datetime import datetime
from enum import StrEnum
from typing import Final

from api.pages.registries.registry_form import RegistrySitting
from api.services.made import Made, making
from api.sheets import csv, workbook
from api.sheets.table import Table
from models.vocabulary.procedure import Language


class SheetKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


SHEETS: Final = tuple(SheetKind)


async def sheet(table: Table, kind: SheetKind, name: str, sitting: RegistrySitting) -> Made:
    """Written beside the loop; `name` is the file's, without its ending."""
    file, language = f"{name}.{kind.value}", sitting.language
    if kind is SheetKind.CSV:
        return await asyncio.to_thread(_csv, table, file, language)
    public_url = sitting.services.settings.public_url
    return await asyncio.to_thread(_workbook, table, file, sitting.now, public_url)


def _csv(table: Table, name: str, language: Language) -> Made:
    with making(name, csv.MEDIA_TYPE) as made:
        csv.write_csv(table, language, made.file)
    return made


def _workbook(table: Table, name: str, now: datetime, public_url: str) -> Made:
    with making(name, workbook.MEDIA_TYPE) as made:
        workbook.write_workbook((table,), table.name, now, public_url, made.file)
    return made
