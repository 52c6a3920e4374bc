"""Replies as they are on record: every one that was given, by the lines of the journal."""

from datetime import datetime

from pydantic import BaseModel, ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.content.notes import note_bodies
from models.commands import ItemAnswer
from models.events import ReplyAmended, ReportAnswered
from models.report.notes import ReplyNote
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Id, Number, Sha256, monitoring_workflow_id

ANSWERED = ReportAnswered.model_fields["type"].default
AMENDED = ReplyAmended.model_fields["type"].default


class ReplyOnRecord(BaseModel):
    """A reply, or what took its place; `at` is when it was recorded (UTC)."""

    seq: int
    at: datetime
    amends: bool
    answers: tuple[ItemAnswer, ...]
    reply: Sha256
    words: ReplyNote | None


async def reply_lines(session: AsyncSession, number: Number, addressee: Id = "") -> list[EntryRow]:
    """The lines of the journal that say what was replied, the oldest first; of one addressee, or of all."""
    lines = select(EntryRow).where(
        EntryRow.workflow_id == monitoring_workflow_id(number), col(EntryRow.type).in_((ANSWERED, AMENDED))
    )
    if addressee:
        lines = lines.where(col(EntryRow.event)["addressee"].astext == addressee)
    return list(await session.exec(lines.order_by(col(EntryRow.seq))))


def replied(line: EntryRow) -> ReportAnswered | ReplyAmended:
    """What such a line says."""
    kind = ReplyAmended if line.type == AMENDED else ReportAnswered
    return kind.model_validate(line.event)


async def replies_on_record(session: AsyncSession, number: Number) -> dict[Id, tuple[ReplyOnRecord, ...]]:
    """By addressee, the oldest first."""
    lines = await reply_lines(session, number)
    bodies = await note_bodies(session, frozenset(replied(line).reply for line in lines))
    found: dict[Id, tuple[ReplyOnRecord, ...]] = {}
    for line in lines:
        event = replied(line)
        given = ReplyOnRecord(
            seq=line.seq,
            at=line.at,
            amends=isinstance(event, ReplyAmended),
            answers=event.answers,
            reply=event.reply,
            words=_words(bodies.get(event.reply)),
        )
        found[event.addressee] = (*found.get(event.addressee, ()), given)
    return found


def _words(body: str | None) -> ReplyNote | None:
    """Nothing where the text is of another kind: recorded otherwise by an earlier release."""
    try:
        return ReplyNote.model_validate_json(body) if body else None
    except ValidationError:
        return None
