"""The list of monitorings as a file for spreadsheets: the same filters, all of its lines."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from api.access.auth import Caller
from api.pages.workplace.lines import Line, lines_of
from api.services.made import Made, making
from api.services.services import Services
from api.sheets import csv, workbook
from api.sheets.table import Cell, Link, Table
from api.views.desk_list import DeskFilters, all_of_list
from locales.catalogue import text
from locales.terms import term
from models.vocabulary.procedure import Language

_NAME: Final = "monitorings"


class ListFile(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)
class MonitoringsFile:
    """Which file of which list, for whom; `today` is the local date."""

    kind: ListFile
    caller: Caller
    filters: DeskFilters
    language: Language
    today: date
    now: datetime

    async def made(self, services: Services) -> Made:
        """Read with a connection of its own, written without one."""
        lines: list[Line] = []
        async with services.reads() as session:
            async for rows in all_of_list(session, self.caller, self.filters, self.today):
                lines += await lines_of(session, self.language, self.today, rows, whole=True)
        write = self._workbook if self.kind is ListFile.XLSX else self._csv
        return await asyncio.to_thread(write, self._table(lines), services.settings.public_url)

    def _table(self, lines: list[Line]) -> Table:
        return Table(
            name=text(self.language, "page.workplace.list.title"),
            headings=tuple(text(self.language, f"page.workplace.column.{name}") for name in _COLUMNS),
            lines=(tuple(column(line, self.language) for column in _COLUMNS.values()) for line in lines),
            wide=frozenset({1, 2, 6}),
        )

    def _workbook(self, table: Table, public_url: str) -> Made:
        with making(self._file_name, workbook.MEDIA_TYPE) as made:
            workbook.write_workbook((table,), table.name, self.now, public_url, made.file)
        return made

    def _csv(self, table: Table, public_url: str) -> Made:
        with making(self._file_name, csv.MEDIA_TYPE) as made:
            csv.write_csv(table, self.language, made.file)
        return made

    @property
    def _file_name(self) -> str:
        return f"{_NAME}-{self.today.isoformat()}.{self.kind.value}"


_COLUMNS: Final[Mapping[str, Callable[[Line, Language], Cell]]] = {
    "number": lambda line, _: Link(path=f"/staff/monitorings/{line.number}", said=line.number),
    "title": lambda line, _: line.title,
    "lead": lambda line, _: line.lead,
    "kind": lambda line, language: term(language, line.kind),
    "stage": lambda line, language: term(language, line.stage),
    "due": lambda line, _: line.due_on or "",
    "whose_move": lambda line, _: line.whose_move,
    "started": lambda line, _: line.started_on,
}
COLUMNS: Final = tuple(_COLUMNS)
