"""Detached signatures beside what they sign: a printed version, a letter as it is kept, an attached file."""

import asyncio
from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.enclosures import EncodedDocuments
from activities.letters.kept import kept_letter
from activities.proofs.signed_digests import Compared, compared
from api.problems.problem import ProblemCode, not_found
from locales.catalogue import text
from locales.terms import term
from models.monitoring.state import MonitoringState
from models.tables.deliveries import DeliveryRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256


class Signable(Model):
    """Something that can be signed, and its name for people."""

    sha256: Sha256
    name: str


async def signables(
    session: AsyncSession, state: MonitoringState, language: Language
) -> tuple[Signable, ...]:
    """Printed versions, letters as they are kept, attached files that are no signatures themselves."""
    found = [*_printed(state, language)]
    letters = await session.exec(
        select(DeliveryRow.letter, DeliveryRow.attempt, DeliveryRow.kept_sha256)
        .where(DeliveryRow.number == state.number, col(DeliveryRow.kept_sha256).is_not(None))
        .order_by(col(DeliveryRow.id))
    )
    for letter, attempt, sha256 in letters:
        name = text(language, "page.workplace.signature.letter", letter=letter, attempt=attempt)
        found.append(Signable(sha256=sha256 or "", name=name))
    files = await session.exec(
        select(AttachmentRow.sha256, AttachmentRow.filename)
        .where(AttachmentRow.number == state.number, col(AttachmentRow.signs).is_(None))
        .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
    )
    found += [Signable(sha256=sha256, name=filename) for sha256, filename in files]
    return tuple({each.sha256: each for each in found}.values())


def _printed(state: MonitoringState, language: Language) -> Iterable[Signable]:
    for version in reversed(state.versions):
        for document in version.documents:
            yield Signable(
                sha256=document.sha256,
                name=text(
                    language,
                    "page.workplace.signature.document",
                    version=version.number,
                    rendition=text(language, f"page.workplace.rendition.{document.rendition}"),
                    language=term(language, document.language),
                ),
            )


async def _bytes_of(session: AsyncSession, sha256: Sha256) -> bytes | None:
    """What is signed. None where it is no longer there."""
    row = await session.get(FileRow, sha256)
    if row is not None:
        return row.content
    return await kept_letter(session, sha256, EncodedDocuments())


async def compared_with(session: AsyncSession, signature: bytes, signs: Sha256) -> Compared:
    """The signature beside what it is said to sign. Raises BadSignature; Failed (404) without the file."""
    document = await _bytes_of(session, signs)
    if document is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return await asyncio.to_thread(compared, signature, document)
