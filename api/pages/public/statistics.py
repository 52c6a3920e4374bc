"""Published proposals and recommendations counted by year, region and sphere, by what became of them.

Beyond the Rules, and only what stands beside published reports anyway.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, case, distinct, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.spheres import sphere_names
from api.pages.public.narrowing import Regions, regions_today
from api.sheets.table import Table
from api.views.lists import ever_published
from locales.catalogue import text
from locales.spoken import marked
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.report.content import Wording
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.words.order import by_name

_NONE: Final = ""
Grouping = SQLColumnExpression[str] | SQLColumnExpression[int]
Counted = Mapping[str, Mapping[ItemStanding, int]]


class By(StrEnum):
    """What is counted apart: by the year of the number, by where the addressee is, by what was studied."""

    YEAR = "year"
    REGION = "region"
    SPHERE = "sphere"


class Line(Model):
    """One group: how many items stand where. `value` is empty where nothing is known of them."""

    value: str
    name: str
    counts: dict[ItemStanding, int]

    @property
    def items(self) -> int:
        return sum(self.counts.values())


class Breakdown(Model):
    """The groups of one kind, years from the first one on, all others by name; the unknown last."""

    by: By
    lines: tuple[Line, ...]


class Statistics(Model):
    """All that is counted; `standings` are those in which there is anything."""

    reports: Mapping[int, int]  # published, by year
    breakdowns: tuple[Breakdown, ...]

    def of(self, by: By) -> Breakdown:
        return next(each for each in self.breakdowns if each.by is by)

    @property
    def standings(self) -> tuple[ItemStanding, ...]:
        lines = [line for each in self.breakdowns for line in each.lines]
        return tuple(each for each in ItemStanding if any(line.counts.get(each) for line in lines))

    @property
    def items(self) -> int:
        """Each once: a monitoring of two spheres is counted under both of them."""
        return sum(line.items for line in self.of(By.YEAR).lines)


async def statistics_of(session: AsyncSession, language: Language, today: date) -> Statistics:
    """As it stands now."""
    regions = await regions_today(session, today)
    years = await _counted(session, col(MonitoringRow.year))
    lying = await _by_region(session, regions)
    studied = await _counted(session, _sphere())
    spheres = await sphere_names(session)
    names = {
        By.YEAR: {value: value for value in years},
        By.REGION: {value: marked(language, value) for value in lying},
        By.SPHERE: {value: spheres.get(value, Wording(kk=value)).best(language) for value in studied},
    }
    counted = {By.YEAR: years, By.REGION: lying, By.SPHERE: studied}
    return Statistics(
        reports=await _reports(session),
        breakdowns=tuple(Breakdown(by=by, lines=_lines(by, counted[by], names[by], language)) for by in By),
    )


def table_of(counted: Statistics, language: Language) -> Table:
    """Every breakdown in one table, with a column for each standing."""
    return Table(
        name=text(language, "page.figures.sheet"),
        headings=(
            text(language, "page.figures.group"),
            text(language, "page.figures.value"),
            text(language, "page.figures.items"),
            *(term(language, standing) for standing in ItemStanding),
        ),
        lines=tuple(
            (
                text(language, f"page.figures.by.{each.by.value}"),
                line.name,
                line.items,
                *(line.counts.get(standing, 0) for standing in ItemStanding),
            )
            for each in counted.breakdowns
            for line in each.lines
        ),
    )


def _lines(by: By, counted: Counted, names: Mapping[str, str], language: Language) -> tuple[Line, ...]:
    known = by_name({value: names[value] for value in counted if value != _NONE}, language)
    unknown = [(_NONE, text(language, f"page.figures.none.{by.value}"))] if _NONE in counted else []
    return tuple(
        Line(value=value, name=name, counts=dict(counted[value])) for value, name in (*known, *unknown)
    )


def _sphere() -> ColumnElement[str]:
    """Each sphere, or none where a body was studied and no sphere named."""
    spheres = col(MonitoringRow.spheres)
    nothing = func.array_length(spheres, 1).is_(None)
    named = case((nothing, func.array_append(spheres, _NONE)), else_=spheres)
    return func.unnest(named).label("sphere")


async def _counted(
    session: AsyncSession, value: SQLColumnExpression[str] | SQLColumnExpression[int]
) -> Counted:
    standing = col(RecommendationRow.standing)
    each = (
        select(value.label("value"), standing.label("standing"))
        .select_from(RecommendationRow)
        .join(MonitoringRow, col(MonitoringRow.number) == col(RecommendationRow.number))
        .where(ever_published(), col(MonitoringRow.published))
        .subquery()
    )
    found = select(each.c.value, each.c.standing, func.count()).group_by(each.c.value, each.c.standing)
    return _grouped((await session.exec(found)).all())


async def _by_region(session: AsyncSession, regions: Regions) -> Counted:
    placed = regions.placed()
    region = func.coalesce(placed.c.region, _NONE)
    standing = col(RecommendationRow.standing)
    found = (
        select(region, standing, func.count())
        .select_from(RecommendationRow)
        .join(MonitoringRow, col(MonitoringRow.number) == col(RecommendationRow.number))
        .outerjoin(placed, placed.c.body == col(RecommendationRow.addressee))
        .where(ever_published(), col(MonitoringRow.published))
        .group_by(region, standing)
    )
    return _grouped((await session.exec(found)).all())


def _grouped(rows: Sequence[tuple[object, str, int]]) -> Counted:
    groups: dict[str, dict[ItemStanding, int]] = {}
    for value, standing, count in rows:
        groups.setdefault(str(value), {})[ItemStanding(standing)] = count
    return groups


async def _reports(session: AsyncSession) -> Mapping[int, int]:
    year = col(MonitoringRow.year)
    found = select(year, func.count(distinct(col(MonitoringRow.number)))).where(ever_published())
    return dict((await session.exec(found.group_by(year).order_by(year))).all())
