"""Printing: from frozen content to files, each kept under its hash. Running it twice changes nothing."""

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy.dialects.postgresql import insert
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.database.sessions import Sessions, reads_of
from activities.printing.form import render_form
from activities.printing.heartbeats import heartbeats
from activities.printing.typeset import MEDIA_TYPE
from models.events import Document
from models.monitoring.rendering import RenderedReport, RenderOrder
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.tables.content import SnapshotRow
from models.tables.files import FileRow
from models.vocabulary.procedure import Language

# Kazakh is the language of the form, Russian is used beside it; an English reading is made on demand only.
LANGUAGES = (Language.KK, Language.RU)


class Documents:
    """The activities of the documents' queue."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = reads_of(sessions)  # each statement by itself

    @activity.defn
    async def render_report(self, order: RenderOrder) -> RenderedReport:
        """Print both renditions in Kazakh and Russian and keep the files.

        Fails for good (`SnapshotMissing`, `SnapshotDiffers`) if the frozen content is not there or is not
        what the order names: no later attempt can mend that.
        """
        content = _verified(order, await self._snapshot(order))
        # Setting type takes a good part of a second of CPU: the loop must go on serving other activities.
        async with heartbeats():
            printed = await asyncio.to_thread(lambda: tuple(_print(order, content)))
        await self._keep(file for _, file in printed)
        return RenderedReport(documents=tuple(document for document, _ in printed))

    async def _snapshot(self, order: RenderOrder) -> SnapshotRow:
        async with self._sessions() as session:
            row = await session.get(SnapshotRow, order.content)
        if row is None:
            raise ApplicationError(
                f"no content is frozen under {order.content}", type="SnapshotMissing", non_retryable=True
            )
        return row

    async def _keep(self, files: Iterator[bytes]) -> None:
        now = datetime.now(UTC)
        rows = [
            {
                "sha256": _sha256(file),
                "media_type": MEDIA_TYPE,
                "size": len(file),
                "content": file,
                "at": now,
            }
            for file in files
        ]
        async with self._sessions() as session:
            await session.exec(insert(FileRow).values(rows).on_conflict_do_nothing())


def _verified(order: RenderOrder, row: SnapshotRow) -> ReportContent:
    """The content as it was frozen. The stored text itself is hashed: it outlives changes of the model."""
    if _sha256(row.body.encode()) != order.content or row.number != order.number:
        raise ApplicationError(
            f"the content of {order.number} is not what was frozen under {order.content}",
            type="SnapshotDiffers",
            non_retryable=True,
        )
    return ReportContent.model_validate_json(row.body)


def _print(order: RenderOrder, content: ReportContent) -> Iterator[tuple[Document, bytes]]:
    for rendition in Rendition:
        for language in LANGUAGES:
            file = render_form(
                content,
                language=language,
                rendition=rendition,
                version=order.version,
                content_sha256=order.content,
            )
            document = Document(
                rendition=rendition.value, language=language, sha256=_sha256(file), size=len(file)
            )
            yield document, file


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
