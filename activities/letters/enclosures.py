"""Documents as they stand in letters, encoded once however many get them."""

from typing import Final

from cachetools import LRUCache
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import NotOnRecord
from models.letters.apart import as_mail_writes
from models.letters.kept_copy import reads_like_a_link
from models.tables.files import FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256

MOST_BYTES: Final = 48 * 1024 * 1024
"""Of all that are held ready: a few of the largest, a hundred of the usual ones."""


class EncodedDocument(Model):
    """`apart` says whether a kept letter may name it by its hash.

    One that reads like a link in some place stays inside of its letters: there it is cut out.
    """

    sha256: Sha256
    body: bytes = Field(repr=False)
    apart: bool


class EncodedDocuments:
    """What was asked for last is held ready; what lies under its hash never changes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._held: LRUCache[Sha256, EncodedDocument] = LRUCache(
            most_bytes, getsizeof=lambda document: len(document.body)
        )

    async def read(self, session: AsyncSession, sha256: Sha256) -> EncodedDocument:
        """A document under its hash. Raises `NotOnRecord`."""
        held = self._held.get(sha256)
        if held is not None:
            return held
        file = await session.get(FileRow, sha256)
        if file is None:
            raise NotOnRecord("document")
        session.expunge(file)  # its bytes are not needed twice
        apart = not reads_like_a_link(file.content)
        document = EncodedDocument(sha256=sha256, body=as_mail_writes(file.content), apart=apart)
        if len(document.body) <= self._held.maxsize:
            self._held[sha256] = document
        return document
