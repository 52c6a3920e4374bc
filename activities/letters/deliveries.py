"""Proof of delivery: what was handed to the mail server, when, and what it said.

The message as sent is proved by its hash and not kept: its link works. What is kept has none.
"""

import hashlib
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.letters.post import DeliveryOutcome, LetterOrder, LetterOutcome, LetterProof
from models.tables.deliveries import DeliveryRow
from models.tables.files import FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256

_MAIL = "message/rfc822"


class Attempt(Model):
    """One attempt as it will be on record: the hash of the message as sent, and where its copy is kept."""

    order: LetterOrder
    message_id: str
    address: str
    language: Language
    subject: str
    outcome: DeliveryOutcome
    smtp_code: int | None = None
    smtp_reply: str = ""
    eml_sha256: Sha256 | None = None
    kept_sha256: Sha256 | None = None


async def accepted_before(session: AsyncSession, order: LetterOrder) -> LetterProof | None:
    """The proof that this attempt at the letter was accepted before, if it was."""
    rows = (
        select(DeliveryRow)
        .where(col(DeliveryRow.number) == order.number)
        .where(col(DeliveryRow.letter) == order.letter.id)
        .where(col(DeliveryRow.attempt) == order.letter.attempt)
        .where(col(DeliveryRow.outcome) == DeliveryOutcome.ACCEPTED.value)
    )
    row = (await session.exec(rows.limit(1))).first()
    if row is None or row.smtp_code is None:
        return None
    code = str(row.smtp_code)
    return LetterProof(outcome=LetterOutcome.SENT, code=code, eml=row.eml_sha256, kept=row.kept_sha256)


async def times_tried(session: AsyncSession, order: LetterOrder) -> int:
    """How often the mail server was asked to take this attempt at the letter."""
    rows = (
        select(func.count())
        .select_from(DeliveryRow)
        .where(col(DeliveryRow.number) == order.number)
        .where(col(DeliveryRow.letter) == order.letter.id)
        .where(col(DeliveryRow.attempt) == order.letter.attempt)
    )
    return (await session.exec(rows)).one()


async def keep_mail(session: AsyncSession, copy: bytes, now: datetime) -> Sha256:
    """Store the copy that is kept of a message; an auditor may need every byte of it."""
    sha256 = hashlib.sha256(copy).hexdigest()
    row = {"sha256": sha256, "media_type": _MAIL, "size": len(copy), "content": copy, "at": now}
    await session.exec(insert(FileRow).values(row).on_conflict_do_nothing())
    return sha256


def keep_attempt(session: AsyncSession, attempt: Attempt, now: datetime) -> None:
    """Add the proof of one attempt to the session's transaction."""
    letter = attempt.order.letter
    session.add(
        DeliveryRow(
            number=attempt.order.number,
            letter=letter.id,
            attempt=letter.attempt,
            kind=letter.kind.value,
            message_id=attempt.message_id,
            recipient=letter.recipient,
            address=attempt.address,
            language=attempt.language.value,
            subject=attempt.subject,
            outcome=attempt.outcome.value,
            smtp_code=attempt.smtp_code,
            smtp_reply=attempt.smtp_reply,
            eml_sha256=attempt.eml_sha256,
            kept_sha256=attempt.kept_sha256,
            at=now,
        )
    )
