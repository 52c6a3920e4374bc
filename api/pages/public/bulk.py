"""Everything that is published in one file: public PDFs and what is known of each report, as JSON."""

import hashlib
from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from fastapi import Query, Request, Response
from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.listed import ever_published
from api.access.routing import public
from api.http.deps import Session, Today
from api.http.making import answered
from api.pages.public.items import ItemSaid, items_said
from api.pages.public.published import version_by_number
from api.pages.site.routing import Reads, page_router
from api.routes.public import PublishedView, published_view
from api.services.made import Made, making
from api.services.services import AnyServices, Services
from models.monitoring.state import MonitoringState
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.tables.content import SnapshotRow
from models.tables.files import FileRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Language, Number, Sha256

router = page_router()
MOST_REPORTS: Final = 200
MOST_BYTES: Final = 256 * 1024 * 1024
"""What one file holds at most; the rest is in the next one."""
_MEDIA_TYPE: Final = "application/zip"
_EVERYBODY: Final = "everybody"
_EARLIEST: Final = date(1980, 1, 1)  # the first day that a ZIP knows
After = Annotated[str, Query(max_length=60)]


class PublishedFile(BaseModel):
    """A printed public rendition in the archive, and what its bytes must hash to."""

    name: str
    language: Language
    sha256: Sha256


class ArchivedReport(BaseModel):
    """`<number>/report.json`: what stands on the report's page beside its text, in Kazakh."""

    address: str
    monitoring: PublishedView
    items: tuple[ItemSaid, ...]
    files: tuple[PublishedFile, ...]


class ArchiveIndex(BaseModel):
    """`index.json`: the reports of this file by number; `next` where there are more."""

    reports: tuple[Number, ...]
    next: str | None = None


@router.api_route("/public/all.zip", methods=Reads, dependencies=[public()])
async def download_all(
    request: Request, services: AnyServices, session: Session, today: Today, after: After = ""
) -> Response:
    """The published reports by number, as many as one file holds; made when its turn comes.

    Raises TooMany where too many are being made.
    """
    found = select(MonitoringRow.number, MonitoringRow.head_hash).where(ever_published())
    numbers = found.where(col(MonitoringRow.number) > after.replace("\x00", ""))
    rows = (await session.exec(numbers.order_by(col(MonitoringRow.number)).limit(MOST_REPORTS + 1))).all()
    known = f"{today} {[tuple(row) for row in rows]}"
    headers = {
        "ETag": f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"',
        "Cache-Control": "public, no-cache",
        "Content-Language": Language.KK.value,
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if request.method == "HEAD":
        return Response(media_type=_MEDIA_TYPE, headers=headers)
    await session.commit()  # whoever waits for a turn holds no connection
    asked = [number for number, _ in rows]

    async def archive() -> Made:
        return await archived(services, asked, today)

    answer = await answered(services, _EVERYBODY, archive, None)
    answer.headers.update(headers)
    return answer


async def archived(services: Services, numbers: Sequence[Number], today: date) -> Made:
    """The archive of these reports, `MOST_REPORTS` at most; closed where something fails."""
    base = services.settings.public_url.rstrip("/")
    kept: list[Number] = []
    with making(f"published-{today.isoformat()}.zip", _MEDIA_TYPE) as made:
        async with services.sessions() as session:
            with ZipFile(made.file, "w") as archive:
                for number in numbers[:MOST_REPORTS]:
                    if made.file.tell() >= MOST_BYTES:
                        break
                    await _add(session, archive, number, base, today)
                    kept.append(number)
                more = len(kept) < len(numbers)
                following = f"{base}/public/all.zip?after={kept[-1]}" if more and kept else None
                index = ArchiveIndex(reports=tuple(kept), next=following)
                _write(archive, "index.json", index.model_dump_json(indent=2).encode(), _EARLIEST)
    return made


async def _add(session: AsyncSession, archive: ZipFile, number: Number, base: str, today: date) -> None:
    row = await session.get_one(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state)
    publication = state.publications[-1]
    version = version_by_number(state, publication.version)
    files: list[PublishedFile] = []
    for document in version.documents if version else ():
        if document.rendition != Rendition.PUBLIC.value:
            continue
        name = f"{number}/{number}-v{publication.version}-{document.language.value}.pdf"
        content = (await session.get_one(FileRow, document.sha256)).content
        _write(archive, name, content, publication.published_on, ZIP_STORED)
        files.append(PublishedFile(name=name, language=document.language, sha256=document.sha256))
    snapshot = await session.get(SnapshotRow, version.content.sha256) if version else None
    content_of = ReportContent.model_validate_json(snapshot.body) if snapshot else None
    report = ArchivedReport(
        address=f"{base}/public/{number}",
        monitoring=await published_view(session, number, today),
        items=await items_said(session, Language.KK, state, content_of, today),
        files=tuple(files),
    )
    body = report.model_dump_json(indent=2).encode()
    _write(archive, f"{number}/report.json", body, publication.published_on)
    session.expunge_all()  # no file stays in memory once it is written


def _write(archive: ZipFile, name: str, body: bytes, on: date, how: int = ZIP_DEFLATED) -> None:
    """Dated by what it holds, so that the same reports make the same bytes."""
    entry = ZipInfo(name, max(on, _EARLIEST).timetuple()[:6])
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, body, how)
