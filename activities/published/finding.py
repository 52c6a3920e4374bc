"""Which monitorings are found by words: the same for the API, the desk, public pages and what is mailed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ARRAY, ColumnElement, Select, Text, cast, false, func, literal_column, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.words import Texts, said_plainly, subjects_with
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Number
from models.words.finding import Sought, sought


@dataclass(frozen=True)
class Reader:
    """By whose eyes texts are searched: nobody finds a monitoring by words that they may not read."""

    report: ColumnElement[bool]  # the monitorings of which they read the approved report
    whole: ColumnElement[bool]  # those of which they read drafts, too


MOST_COUNTED: Final = 1_000
NOBODY: Final = false()
EVERYBODY: Final = Reader(NOBODY, NOBODY)
"""Who reads what is published alone: titles and published reports. Nobody is shown less."""


def with_words(text: str, by: Reader) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in what the reader may read; a text without a word stands nowhere."""
    return [_with_word(word, by) for word in sought(text)] or [false()]


@dataclass(frozen=True)
class FoundRows:
    """What the rows of a list are, and how many: at most one more than `MOST_COUNTED`."""

    conditions: Sequence[ColumnElement[bool]]
    count: int


async def found_rows(
    session: AsyncSession, conditions: Sequence[ColumnElement[bool]], text: str, by: Reader
) -> FoundRows:
    """For a list in some order, of which a part is shown: few are named one by one. Of many the next ones are
    met soon in that order, and their words are looked up there."""
    words = with_words(text, by) if text.strip() else []
    first = select(col(MonitoringRow.number)).where(*conditions, *words).limit(MOST_COUNTED + 1)
    numbers = (await session.exec(first)).all()
    if len(numbers) <= MOST_COUNTED:
        return FoundRows((among(numbers),), len(numbers))
    return FoundRows((*conditions, *(each.is_(True) for each in words)), len(numbers))


def among(numbers: Iterable[Number]) -> ColumnElement[bool]:
    """The rows of these numbers, in one parameter however many they are."""
    return col(MonitoringRow.number) == func.any(cast(list(numbers), ARRAY(Text)))


def _with_word(word: Sought, by: Reader) -> ColumnElement[bool]:
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
    return col(MonitoringRow.number).in_(union_all(*parts))


def _numbers(which: ColumnElement[bool]) -> Select[str]:
    """Of all monitorings, whatever else is asked of those that are found."""
    return select(col(MonitoringRow.number)).where(which).correlate(None)


def found_by(words: Iterable[str]) -> ColumnElement[bool]:
    """The rows with one of these words among their readers'."""
    brought = func.string_to_array(said_plainly("\n".join(sorted(words))), literal_column("E'\\n'"))
    return col(MonitoringRow.readers).bool_op("&&")(brought)
