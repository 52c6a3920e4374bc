"""Which monitorings are found by words: the same for the API, the desk, public pages and what is mailed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    case,
    false,
    func,
    literal_column,
    true,
    union_all,
)
from sqlalchemy import select as columns_of
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import among
from activities.database.counted import MOST_COUNTED
from activities.database.words import Texts, said_plainly, subjects_with
from activities.published.listed import LINES
from models.tables.monitorings import MonitoringRow
from models.words.finding import Sought, sought


@dataclass(frozen=True)
class Reader:
    """By whose eyes texts are searched: nobody finds a monitoring by words that they may not read."""

    report: ColumnElement[bool]  # the monitorings of which they read the approved report
    whole: ColumnElement[bool]  # those of which they read drafts, too


NOBODY: Final = false()
EVERY_ROW: Final = true()
EVERYBODY: Final = Reader(NOBODY, NOBODY)
"""Who reads what is published alone: titles and published reports. Nobody is shown less."""


def with_words(text: str, by: Reader) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in what the reader may read; a text without a word stands nowhere."""
    number = col(MonitoringRow.number)
    return [number.in_(_with_word(word, by)) for word in sought(text)] or [false()]


@dataclass(frozen=True)
class Stretch:
    """A part of a list: so many of its rows, in an order, `beyond` some place of it."""

    order: Sequence[ColumnElement[Any]]
    most: int
    beyond: ColumnElement[bool] = EVERY_ROW


@dataclass(frozen=True)
class FoundRows:
    """The rows of a stretch, and how many there are in all: at most one more than `MOST_COUNTED`."""

    rows: Sequence[MonitoringRow]
    count: int


async def found_rows(
    session: AsyncSession, conditions: Sequence[ColumnElement[bool]], text: str, by: Reader, stretch: Stretch
) -> FoundRows:
    """Few are named one by one. Of many those of the stretch are met soon in its order, and known by their
    words among all that have them, which are looked for once."""
    number = col(MonitoringRow.number)
    words = [_with_word(word, by).cte(f"with_{place}") for place, word in enumerate(sought(text))]
    if text.strip() and not words:
        return FoundRows((), 0)
    found = [number.in_(columns_of(word)) for word in words]
    first = select(number).where(*conditions, *found).limit(MOST_COUNTED + 1).subquery()
    count, few = func.count(), func.array_agg(first.c.number)
    asked = columns_of(count.label("all"), case((count <= MOST_COUNTED, few)).label("named"))
    if words:
        asked = _or_met(asked, (*conditions, *(each.is_(True) for each in found)), stretch)
    in_all, named = (await (await session.connection()).execute(asked)).one()
    if not in_all:
        return FoundRows((), 0)
    these = conditions if named is None else (among(number, named),)
    lines = select(MonitoringRow).options(LINES).where(*these, stretch.beyond)
    rows = await session.exec(lines.order_by(*stretch.order).limit(stretch.most))
    return FoundRows(rows.all(), in_all)


def _or_met(
    asked: Select[int, list[str]], conditions: Sequence[ColumnElement[bool]], stretch: Stretch
) -> Select[int, list[str]]:
    """How many there are, and of many the numbers that are met in the stretch; nothing is walked for few."""
    counted = asked.cte("counted")
    many = columns_of(counted.c.all).scalar_subquery() > MOST_COUNTED
    met = select(col(MonitoringRow.number)).where(many, *conditions, stretch.beyond)
    numbers = func.array(met.order_by(*stretch.order).limit(stretch.most).scalar_subquery())
    return columns_of(counted.c.all, func.coalesce(counted.c.named, numbers))


def _with_word(word: Sought, by: Reader) -> CompoundSelect[str]:
    """One set of numbers, each part of which an index finds; none looks through all monitorings."""
    bodies = func.array(subjects_with(word, Texts.BODY).scalar_subquery())
    spheres = func.array(subjects_with(word, Texts.SPHERE).scalar_subquery())
    parts = [
        subjects_with(word, Texts.TITLE, Texts.PUBLISHED),
        _numbers(col(MonitoringRow.conductors).bool_op("&&")(bodies)),
        _numbers(col(MonitoringRow.objects).bool_op("&&")(bodies)),
        _numbers(col(MonitoringRow.spheres).bool_op("&&")(spheres)),
    ]
    for texts, sight in ((Texts.APPROVED, by.report), (Texts.DRAFT, by.whole)):
        if sight is not NOBODY:
            parts.append(_numbers(sight & col(MonitoringRow.number).in_(subjects_with(word, texts))))
    return union_all(*parts)


def _numbers(which: ColumnElement[bool]) -> Select[str]:
    """Of all monitorings, whatever else is asked of those that are found."""
    return select(col(MonitoringRow.number)).where(which).correlate(None)


def found_by(words: Iterable[str]) -> ColumnElement[bool]:
    """The rows with one of these words among their readers'."""
    brought = func.string_to_array(said_plainly("\n".join(sorted(words))), literal_column("E'\\n'"))
    return col(MonitoringRow.readers).bool_op("&&")(brought)
