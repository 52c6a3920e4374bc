"""Which lines of journals a reader is told of: those of the timelines they may read, and a little besides.

Asked as things stand now: whoever came to a monitoring later reads its lines from the beginning, whoever
left it reads none.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, ColumnElement, Text, cast, false, literal, or_, true
from sqlalchemy import select as columns_of
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from activities.registries.not_ready import RegistryNotReady
from models.monitoring.readers import words_of, words_of_journal, words_of_report
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.timeline.cloud_events import KNOWN_WITH_THE_REPORT
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.procedure import Id, Role


@dataclass(frozen=True)
class FeedReader:
    """In whose role, of which body and as which person the feed is read."""

    role: Role
    organisation: Id
    person: Id


async def lines_told(session: AsyncSession, reader: FeedReader, today: date) -> ColumnElement[bool]:
    """The lines of the journal that a reader is told of."""
    who = (reader.role, reader.organisation, reader.person)
    own = col(EntryRow.actor)["organisation"].astext == reader.organisation
    with_report = col(EntryRow.type).in_(sorted(KNOWN_WITH_THE_REPORT))
    return or_(
        _monitorings(words_of_journal(*who)),
        _monitorings(words_of_report(*who)) & with_report,
        _monitorings(words_of(*who)) & own,
        await _duties(session, reader, today),
        _consolidation(reader),
    )


def _monitorings(words: frozenset[str]) -> ColumnElement[bool]:
    if not words:
        return false()
    seen = col(MonitoringRow.readers).bool_op("&&")(cast(sorted(words), ARRAY(Text)))
    return col(EntryRow.workflow_id).in_(columns_of(col(MonitoringRow.workflow_id)).where(seen))


async def _duties(session: AsyncSession, reader: FeedReader, today: date) -> ColumnElement[bool]:
    """Rule 13: the authorized body watches over all of them, every other body knows its own."""
    if not may(reader.role, Action.READ_REGISTRIES, Relation.NONE):
        return false()
    watches = reader.role is Role.OVERSIGHT or reader.organisation == await _authorized(session, today)
    seen = true() if watches else col(DutyRow.organisation) == reader.organisation
    return col(EntryRow.workflow_id).in_(columns_of(col(DutyRow.workflow_id)).where(seen))


async def _authorized(session: AsyncSession, today: date) -> Id | None:
    try:
        return await authorized_body_on(session, today)
    except RegistryNotReady:
        return None


def _consolidation(reader: FeedReader) -> ColumnElement[bool]:
    """Rules 17, 18: the body's own, and whoever oversees all."""
    if may(reader.role, Action.READ_CONSOLIDATION, Relation.NONE):
        return col(EntryRow.workflow_id).in_(columns_of(col(ConsolidationRow.workflow_id)))
    if not may(reader.role, Action.READ_CONSOLIDATION, Relation.CONSOLIDATOR):
        return literal(False)
    own = col(ConsolidationRow.organisation) == reader.organisation
    return col(EntryRow.workflow_id).in_(columns_of(col(ConsolidationRow.workflow_id)).where(own))
