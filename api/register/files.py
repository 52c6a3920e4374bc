"""The register as a file of some kind, made from what is on file when its turn comes."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from api.register.exports import as_csv, as_json, as_workbook, file_name
from api.register.reading import print_register, read_register
from api.register.views import RegisterView
from api.services.made import Made, kept
from api.services.services import Services
from models.register import RegisterFilters
from models.vocabulary.procedure import Language


class FileKind(StrEnum):
    XLSX = "xlsx"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


_PLAIN: Final[Mapping[FileKind, Callable[[RegisterView, str], Made]]] = {
    FileKind.XLSX: as_workbook,
    FileKind.CSV: as_csv,
    FileKind.JSON: as_json,
}


@dataclass(frozen=True)
class RegisterFile:
    """Which file of which register; `today` is the local date."""

    kind: FileKind
    filters: RegisterFilters
    language: Language
    today: date
    now: datetime

    async def made(self, services: Services) -> Made:
        """Read with a connection of its own, print without one."""
        async with services.sessions() as session:
            view = await read_register(session, self.filters, self.language, self.today, self.now)
        if self.kind is FileKind.PDF:
            name = file_name(view, f"{view.language.value}.pdf")
            return kept(await print_register(view), name, "application/pdf")
        return await asyncio.to_thread(_PLAIN[self.kind], view, services.settings.public_url)
