"""Files as they leave: never shown in the page's place, never guessed at, under their names (RFC 6266)."""

import re
from typing import Final
from urllib.parse import quote

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from api.problems.problem import ProblemCode, not_found
from models.report.content import ReportContent
from models.tables.content import SnapshotRow
from models.tables.files import FileRow
from models.vocabulary.procedure import Sha256

_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ")


_NO_NAME: Final = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME: Final = 150


def file_name(said: str, ending: str) -> str:
    """Words as the name of a file on any system: what some of them do not allow is a space."""
    return f"{_NO_NAME.sub(' ', said).strip()[:_LONGEST_NAME].rstrip()}.{ending}"


def content_disposition(filename: str) -> str:
    """`attachment` with an ASCII name for old programs and the real one in UTF-8 for all others."""
    plain = "".join(letter if letter in _SAFE else "_" for letter in filename).strip() or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


async def download(session: AsyncSession, sha256: Sha256, filename: str, *, shared: bool = False) -> Response:
    """The bytes under a hash as an attachment; `shared` ones may be cached by anybody.

    Raises Failed (404) when they are not there.
    """
    row = await session.get(FileRow, sha256)
    if row is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return attached(row.content, row.media_type, sha256, filename, shared=shared)


def attached(
    content: bytes, media_type: str, sha256: Sha256, filename: str, *, shared: bool = False
) -> Response:
    """Bytes under their hash as an attachment."""
    headers = {
        "Content-Disposition": content_disposition(filename),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "public, max-age=3600" if shared else "private, no-store",
        "ETag": f'"{sha256}"',
    }
    return Response(content, media_type=media_type, headers=headers)


async def frozen_content(session: AsyncSession, sha256: Sha256) -> ReportContent:
    """The content under a hash. Raises Failed (404) when it is not there."""
    return ReportContent.model_validate_json((await _snapshot(session, sha256)).body)


async def frozen(session: AsyncSession, sha256: Sha256) -> Response:
    """The canonical JSON under a hash. Raises Failed (404) when it is not there."""
    row = await _snapshot(session, sha256)
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "ETag": f'"{sha256}"',
    }
    return Response(row.body.encode(), media_type="application/json", headers=headers)


async def _snapshot(session: AsyncSession, sha256: Sha256) -> SnapshotRow:
    row = await session.get(SnapshotRow, sha256)
    if row is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return row


FROZEN_RESPONSE: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The frozen content as it was hashed; the ETag is its SHA-256.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ReportContent"}}},
    }
}

FILE_RESPONSE: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The file, as an attachment.",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""Of the type that the file was found to be when it was taken."""

DOCX_RESPONSE: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The document as Office Open XML, as an attachment: a copy to work with.",
        "content": {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
                "schema": {"type": "string", "format": "binary"}
            }
        },
    }
}

PDF_RESPONSE: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The document as PDF/A, as an attachment.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
