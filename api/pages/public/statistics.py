"""Published proposals and recommendations counted by year, region and sphere, by what became of them.

Beyond the Rules, and only what stands beside published reports anyway.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.narrowing import regions_today
from activities.published.tallying import tally_now
from activities.registries.spheres import sphere_names
from api.sheets.table import Table
from locales.catalogue import text
from locales.standings import standing_of_many
from models.monitoring.follow_up import ItemStanding
from models.monitoring.published_tally import NONE, PublishedTally
from models.report.content import Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.words.order import by_name

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
    tally = await tally_now(session)
    regions = await regions_today(session, today)
    spheres = await sphere_names(session)
    counted = {
        By.YEAR: _grouped(tally, "year"),
        By.REGION: _grouped(tally, "addressee", lambda addressee: regions.of.get(addressee, NONE)),
        By.SPHERE: _grouped(tally, "sphere"),
    }
    names = {
        By.YEAR: {value: value for value in counted[By.YEAR]},
        By.REGION: {value: regions.named(value, language) for value in counted[By.REGION]},
        By.SPHERE: {
            value: spheres.get(value, Wording(kk=value)).best(language) for value in counted[By.SPHERE]
        },
    }
    return Statistics(
        reports=tally.reports(),
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
            *(standing_of_many(language, standing) for standing in ItemStanding),
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
    known = by_name({value: names[value] for value in counted if value != NONE}, language)
    unknown = [(NONE, text(language, f"page.figures.none.{by.value}"))] if NONE in counted else []
    return tuple(
        Line(value=value, name=name, counts=dict(counted[value])) for value, name in (*known, *unknown)
    )


def _grouped(tally: PublishedTally, what: str, group_of: Callable[[str], str] = str) -> Counted:
    """Items by the group that a value is in, and by their standing."""
    groups: dict[str, dict[ItemStanding, int]] = {}
    for (of, value, standing), count in tally.items.items():
        if of == what and count:
            group, known = groups.setdefault(group_of(value), {}), ItemStanding(standing)
            group[known] = group.get(known, 0) + count
    return groups
