"""A report as a page shows it: the annex form from the frozen content, and the printed files beside."""

import asyncio
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.printing.form_writer import sheet_of
from activities.printing.sheet import Sheet
from activities.registries.contents import frozen_content
from locales.dates import say_size
from locales.terms import term
from models.monitoring.state import Version
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256


class Printed(Model):
    """A printed file: its address, and what it is."""

    sha256: Sha256
    language: Language
    language_name: str
    size: str


@dataclass(frozen=True)
class Report:
    """One version in one rendition, in the reader's language."""

    version: Version
    content: ReportContent
    sheet: Sheet
    files: tuple[Printed, ...]


async def report_of(
    session: AsyncSession, version: Version, rendition: Rendition, language: Language
) -> Report | None:
    """The frozen content of a version as a form; None where it is not on file."""
    content = await frozen_content(session, version.content.sha256)
    if content is None:
        return None
    sheet = await sheet_in(content, rendition, language, version.number, version.content.sha256)
    return Report(version, content, sheet, printed(version, rendition, language))


async def sheet_in(
    content: ReportContent, rendition: Rendition, language: Language, version: int, sha256: Sha256
) -> Sheet:
    """The form's texts; beside the loop, because a large report takes a while."""
    return await asyncio.to_thread(
        sheet_of,
        content,
        language=language,
        rendition=rendition,
        version=version,
        content_sha256=sha256,
    )


def printed(version: Version, rendition: Rendition, reader: Language) -> tuple[Printed, ...]:
    """The files of a rendition, the reader's language first."""
    files = [d for d in version.documents if d.rendition == rendition.value]
    files.sort(key=lambda d: (d.language is not reader, list(Language).index(d.language)))
    return tuple(
        Printed(
            sha256=d.sha256,
            language=d.language,
            language_name=term(reader, d.language),
            size=say_size(reader, d.size),
        )
        for d in files
    )
