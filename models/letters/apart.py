"""A letter and, apart from it, the documents that stand in it: they lie under their own hashes, once for all.

Put together it is the message byte for byte; its hash says so.
"""

import base64
from collections.abc import Mapping

from pydantic import Field

from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256


class Enclosed(Model):
    """A document's place: before this byte of the letter that was written without it."""

    sha256: Sha256
    at: int


class LetterApart(Model):
    """`written` is the message without its documents' bodies; places are in the order of the message."""

    written: bytes = Field(repr=False)
    enclosed: tuple[Enclosed, ...] = ()

    def whole(self, bodies: Mapping[Sha256, bytes]) -> bytes:
        """The message, from the documents as mail writes them. Raises KeyError where one is missing."""
        parts, done = [], 0
        for document in self.enclosed:
            parts += [self.written[done : document.at], bodies[document.sha256]]
            done = document.at
        return b"".join((*parts, self.written[done:]))

    def without(self, *documents: Sha256) -> "LetterApart":
        """The same message, these documents taken out where `place_of` was put for them, in their order."""
        written, enclosed = self.written, list(self.enclosed)
        for sha256 in documents:
            # From the end: whatever people's names and words are, they stand before the documents.
            before, _, after = written.rpartition(b"\r\n\r\n" + as_mail_writes(place_of(sha256)))
            written = before + b"\r\n\r\n" + after
            enclosed.append(Enclosed(sha256=sha256, at=len(before) + 4))
        return LetterApart(written=written, enclosed=tuple(enclosed))


def as_mail_writes(document: bytes) -> bytes:
    """The body of a document's part: base64 in lines of 76 (RFC 2045, 6.8)."""
    return base64.encodebytes(document).replace(b"\n", b"\r\n")


def place_of(sha256: Sha256) -> bytes:
    """What is attached in a document's place while the message is written: one line of base64."""
    return bytes.fromhex(sha256)
