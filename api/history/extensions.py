"""By whom a deadline was extended and by what decision: the journal's own sentences of it."""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import entry_of
from api.history.names import names_for
from api.history.reading import mentioned_in
from api.history.words import say, sentence
from locales.catalogue import text
from locales.dates import say_instant
from models.events import DeadlineExtended, Entry, ReplyTermExtended
from models.monitoring.state import MonitoringState
from models.tables.journal import EntryRow
from models.timeline.known import Known
from models.timeline.sayings import mentions
from models.timeline.told import told
from models.vocabulary.procedure import Id, Language

_TYPES = tuple(each.model_fields["type"].default for each in (DeadlineExtended, ReplyTermExtended))


async def extensions_said(
    session: AsyncSession,
    state: MonitoringState,
    deadlines: Collection[Id],
    language: Language,
    today: date,
) -> dict[Id, tuple[str, ...]]:
    """By deadline, the oldest first; of the journal as far as the state goes. `today` is local."""
    if not deadlines:
        return {}
    rows = select(EntryRow).where(
        EntryRow.workflow_id == state.workflow_id,
        col(EntryRow.type).in_(_TYPES),
        col(EntryRow.event)["deadline"]["id"].astext.in_(deadlines),
        EntryRow.seq <= state.seq,
    )
    entries = [entry_of(row) for row in await session.exec(rows.order_by(col(EntryRow.seq)))]
    if not entries:
        return {}
    known = Known(state=state)
    sayings = [told(entry.event, known) for entry in entries]
    named = (mention for each in sayings for saying in each.values() for mention in mentions(saying))
    by = (mention for entry in entries for mention in mentioned_in(entry.actor))
    names = await names_for(session, language, today, (*named, *by))
    said: dict[Id, tuple[str, ...]] = {}
    for entry, saying in zip(entries, sayings, strict=True):
        who = ", ".join(names.of(mention) for mention in mentioned_in(entry.actor))
        line = text(
            language,
            "page.workplace.deadline.extension",
            sentence=sentence(entry.event, saying, names),
            who=who or say(entry.actor.role, names),
            at=say_instant(language, entry.at),
        )
        deadline = _deadline(entry)
        said[deadline] = (*said.get(deadline, ()), line)
    return said


def _deadline(entry: Entry) -> Id:
    assert isinstance(entry.event, DeadlineExtended | ReplyTermExtended)
    return entry.event.deadline.id
