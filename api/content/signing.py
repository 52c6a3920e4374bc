"""Detached signatures beside what they sign: a printed version, a letter as it is kept, an attached file."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.enclosures import EncodedDocuments
from activities.letters.kept import kept_letter
from activities.proofs.signed_digests import Compared, compared
from api.content.attaching import Looked, Signs, keep_looked
from api.problems.problem import ProblemCode, conflict, not_found
from models.events import Document
from models.monitoring.state import MonitoringState
from models.tables.deliveries import DeliveryRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number, Sha256


class Signable(Model):
    """Something that can be signed: a document of a version, an attempt at a letter, a file by its name."""

    sha256: Sha256
    version: int = 0
    document: Document | None = None
    letter: Id = ""
    attempt: int = 0
    filename: str = ""


async def signables(session: AsyncSession, state: MonitoringState) -> tuple[Signable, ...]:
    """Printed versions, letters as they are kept, attached files that are no signatures themselves."""
    found = [*_printed(state)]
    letters = await session.exec(
        select(DeliveryRow.letter, DeliveryRow.attempt, DeliveryRow.kept_sha256)
        .where(DeliveryRow.number == state.number, col(DeliveryRow.kept_sha256).is_not(None))
        .order_by(col(DeliveryRow.id))
    )
    found += [
        Signable(sha256=sha256 or "", letter=letter, attempt=attempt) for letter, attempt, sha256 in letters
    ]
    files = await session.exec(
        select(AttachmentRow.sha256, AttachmentRow.filename)
        .where(AttachmentRow.number == state.number, col(AttachmentRow.signs).is_(None))
        .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
    )
    found += [Signable(sha256=sha256, filename=filename) for sha256, filename in files]
    return tuple({each.sha256: each for each in found}.values())


def _printed(state: MonitoringState) -> Iterator[Signable]:
    for version in reversed(state.versions):
        for document in version.documents:
            yield Signable(sha256=document.sha256, version=version.number, document=document)


async def compared_with(session: AsyncSession, signature: bytes, signs: Sha256) -> Compared:
    """The signature beside what it is said to sign. Raises BadSignature; Failed (404) without the file."""
    document = await _bytes_of(session, signs)
    if document is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return await asyncio.to_thread(compared, signature, document)


async def is_attached(session: AsyncSession, number: Number, signature: Sha256, signs: Sha256) -> bool:
    """Whether this very signature stands beside the file already."""
    there = select(AttachmentRow.id).where(
        AttachmentRow.number == number, AttachmentRow.sha256 == signature, AttachmentRow.signs == signs
    )
    return (await session.exec(there.limit(1))).first() is not None


async def keep_signature(
    session: AsyncSession,
    number: Number,
    attachment: Id,
    signature: Looked,
    signs: Sha256,
    now: datetime,
    account: Id,
) -> AttachmentRow:
    """Compare a signature with what it is said to sign, and keep it beside it, once.

    Raises BadSignature; Failed: 404 without the file, 409 (signature_attached) where it stands there already.
    """
    found = await compared_with(session, signature.content, signs)
    lock = func.pg_advisory_xact_lock(func.hashtextextended(f"signature {number}", 0))
    await session.exec(select(lock))
    if await is_attached(session, number, signature.sha256, signs):
        raise conflict(ProblemCode.SIGNATURE_ATTACHED)
    of = Signs(signs=signs, signature_check=found.check, signature_algorithms=found.algorithms)
    return await keep_looked(session, number, attachment, signature, now, account, of)


async def _bytes_of(session: AsyncSession, sha256: Sha256) -> bytes | None:
    """What is signed. None where it is no longer there."""
    row = await session.get(FileRow, sha256)
    if row is not None:
        return row.content
    return await kept_letter(session, sha256, EncodedDocuments())
