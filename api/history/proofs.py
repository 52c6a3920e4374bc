"""Proof of delivery beside the line that caused the letter."""

import re
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.history.names import Names
from api.history.views import AttemptView, CausedLetterView
from api.history.words import say, say_moment
from models.letters.letter import Letter
from models.letters.post import DeliveryOutcome
from models.tables.deliveries import DeliveryRow
from models.vocabulary.procedure import Id, Mark

Deliveries = dict[Id, tuple[DeliveryRow, ...]]


async def deliveries_of(session: AsyncSession, mark: Mark, until: datetime | None = None) -> Deliveries:
    """All attempts at the letters of a proceeding, by letter, oldest first; those before an instant alone,
    where one is given."""
    rows = await session.exec(
        select(DeliveryRow).where(DeliveryRow.number == mark).order_by(col(DeliveryRow.id))
    )
    found: Deliveries = {}
    for row in rows:
        if until is not None and row.at >= until:
            continue
        found[row.letter] = (*found.get(row.letter, ()), row)
    return found


def letter_view(
    letter: Letter, deliveries: Deliveries, names: Names, heard: tuple[str, ...] = ()
) -> CausedLetterView:
    """A letter and every attempt at it, and what was `heard` of it by mail."""
    return CausedLetterView(
        id=letter.id,
        kind=letter.kind,
        kind_name=say(letter.kind, names),
        recipient=letter.recipient,
        recipient_name=names.reader_of(letter),
        status=letter.status,
        status_name=say(letter.status, names),
        attempts=tuple(_attempt(row, names) for row in deliveries.get(letter.id, ())),
        heard=heard,
    )


def queue_id(reply: str) -> str | None:
    """Under which id a mail server says it took a message: «250 2.0.0 Ok: queued as 4F1A2B3C»."""
    found = re.search(r"queued as <?([^\s>]+)", reply, re.IGNORECASE)
    return found[1] if found else None


def _attempt(row: DeliveryRow, names: Names) -> AttemptView:
    known = row.outcome in set(DeliveryOutcome)
    return AttemptView(
        attempt=row.attempt,
        at=row.at,
        said_at=say_moment(names.language, row.at),
        outcome=row.outcome,
        outcome_name=say(DeliveryOutcome(row.outcome), names) if known else row.outcome,
        address=row.address,
        language=row.language,
        smtp_code=row.smtp_code,
        smtp_reply=row.smtp_reply,
        queue_id=queue_id(row.smtp_reply),
        message_id=row.message_id,
        eml_sha256=row.eml_sha256,
        kept_sha256=row.kept_sha256,
    )
