"""Published monitorings in lines: what lists, feeds and letters say of each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, cast

from sqlalchemy import ColumnElement
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.names_today import names_today
from models.report.content import Wording
from models.tables.columns import Json
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Language, Number

LINES: Final = defer(cast(QueryableAttribute[Json], MonitoringRow.state))
"""For rows that become lines: the state is long, and no line needs it."""


def ever_published() -> ColumnElement[bool]:
    """Something stands published under the number, be it a version that is no longer the current one."""
    return col(MonitoringRow.published_on).is_not(None)


class ReportInRegister(Model):
    """One published report; bodies by their names of today, dates local."""

    number: Number
    title: str
    kind: Kind
    conductors: tuple[str, ...]
    objects: tuple[str, ...]
    published_on: date
    corrected: bool


class ListedReport(ReportInRegister):
    """One line of the list."""

    changed_at: datetime  # UTC, of the journal, whose head the page shows


async def listed(
    session: AsyncSession, rows: Sequence[MonitoringRow], language: Language, today: date
) -> tuple[ListedReport, ...]:
    """The lines of these rows, in their order; bodies are named as they are on a local date."""
    bodies = {body for row in rows for body in (*row.conducted_by, *row.objects)}
    names = await names_today(session, today, bodies)
    return tuple(_listed(row, names, language) for row in rows)


def _listed(row: MonitoringRow, names: dict[Id, Wording], language: Language) -> ListedReport:
    title = Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en)

    assert row.published_on is not None, "it was published"

    def named(body: Id) -> str:
        return names[body].best(language) if body in names else body

    return ListedReport(
        number=row.number,
        title=title.best(language) or row.number,
        kind=Kind(row.kind),
        conductors=tuple(map(named, row.conducted_by)),
        objects=tuple(map(named, row.objects)),
        published_on=row.published_on,
        corrected=row.corrected,
        changed_at=row.changed_at,
    )
