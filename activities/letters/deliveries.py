"""Proof of delivery: what was handed to the mail server, when, and what it said.

The message as sent is proved by its hash and not kept: its link works. What is kept has none.
"""

from datetime import datetime

from sqlalchemy import select as columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.remembered import seen
from models.letters.apart import LetterApart
from models.letters.post import DeliveryOutcome, LetterOrder, LetterOutcome, LetterProof
from models.tables.deliveries import DeliveryRow
from models.tables.kept_letters import KeptLetterRow
from models.tables.registries import RegistriesRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256


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


class Tries(Model):
    """How often the mail server was asked to take this attempt at the letter, and the proof that it did."""

    count: int
    accepted: LetterProof | None


async def tries_before(session: AsyncSession, order: LetterOrder) -> Tries:
    """All tries of one attempt at a letter so far: none, but for one that was deferred or lost.

    Which version of the registries is in force is read beside: what they say is remembered.
    """
    same = (
        (col(DeliveryRow.number) == order.number)
        & (col(DeliveryRow.letter) == order.letter.id)
        & (col(DeliveryRow.attempt) == order.letter.attempt)
    )
    of_try = (DeliveryRow.outcome, DeliveryRow.smtp_code, DeliveryRow.eml_sha256, DeliveryRow.kept_sha256)
    found = columns(col(RegistriesRow.version), col(DeliveryRow.id).is_not(None), *map(col, of_try))
    connection = await session.connection()
    rows = (await connection.execute(found.select_from(RegistriesRow).outerjoin(DeliveryRow, same))).all()
    (version, *_), *_ = rows
    seen(session, version)
    tried = [proof for _, made, *proof in rows if made]
    proofs = (
        LetterProof(outcome=LetterOutcome.SENT, code=str(code), eml=eml, kept=kept)
        for outcome, code, eml, kept in tried
        if outcome == DeliveryOutcome.ACCEPTED.value and code is not None
    )
    return Tries(count=len(tried), accepted=next(proofs, None))


async def keep_attempt(
    session: AsyncSession, attempt: Attempt, now: datetime, copy: LetterApart | None = None
) -> None:
    """The proof of one attempt, and the copy that is kept of its message, in one statement."""
    letter = attempt.order.letter
    proof = insert(DeliveryRow).values(
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
    if copy is not None:
        enclosed = [document.model_dump() for document in copy.enclosed]
        kept = insert(KeptLetterRow).values(
            sha256=attempt.kept_sha256, content=copy.written, enclosed=enclosed, at=now
        )
        # Two tries may have one copy: what lies under its hash is never written again.
        proof = proof.add_cte(kept.on_conflict_do_nothing().cte("kept"))
    await session.exec(proof)
