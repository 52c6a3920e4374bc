"""Files behind a link: the printed report, and what its holder attached. Nothing else."""

from typing import Annotated

from fastapi import Path, Response
from sqlmodel import col, select

from api.http.downloads import download
from api.pages.links.matter import Matter
from api.pages.links.opened import AnyOpenedLink, OpenedLink
from api.pages.links.usable import stop_of
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from models.letters.purposes import LINKS
from models.monitoring.state import Version
from models.report.rendition import Rendition
from models.tables.files import AttachmentRow
from models.vocabulary.procedure import Sha256

router = page_router()


@router.api_route("/r/{token}/files/{sha256}", methods=Reads)
async def file_of_link(matter: AnyOpenedLink, sha256: Annotated[Sha256, Path()]) -> Response:
    """A printed report or an own attachment, as a download."""
    stopped = await stop_of(matter)
    if stopped is not None:
        raise stopped
    name = _printed_name(matter, sha256) or await _attached_name(matter, sha256)
    return await _file(matter, sha256, name)


async def printed_file(matter: Matter, sha256: Sha256) -> Response:
    """The printed report of a letter, as a download. Raises Stopped (404)."""
    return await _file(matter, sha256, _printed_name(matter, sha256))


async def _file(matter: Matter, sha256: Sha256, name: str | None) -> Response:
    if name is None:
        raise Stopped(StopKind.NOT_FOUND, language=matter.language)
    return await download(matter.session, sha256, name)


def version_shown(matter: Matter) -> tuple[Version | None, Rendition]:
    """Which version a link shows: an addressee the one it was sent, a council the public text."""
    match LINKS[matter.purpose].shows:
        case Rendition.FILED:
            versions = matter.state.versions
            return next((v for v in versions if v.number == matter.letter.version), None), Rendition.FILED
        case Rendition.PUBLIC:
            return matter.state.current, Rendition.PUBLIC
        case None:
            return None, Rendition.PUBLIC


def _printed_name(matter: Matter, sha256: Sha256) -> str | None:
    version, rendition = version_shown(matter)
    for document in version.documents if version else ():
        if document.sha256 == sha256 and document.rendition == rendition.value:
            return f"{matter.number}-v{version.number if version else 0}-{document.language.value}.pdf"
    return None


async def _attached_name(matter: OpenedLink, sha256: Sha256) -> str | None:
    rows = await matter.session.exec(
        select(AttachmentRow).where(
            AttachmentRow.number == matter.number,
            col(AttachmentRow.letter).in_(matter.letters),
            AttachmentRow.sha256 == sha256,
        )
    )
    row = rows.first()
    return row.filename if row else None
