"""Rows are judged as if each were entered by itself, and written together: all of them once, or none."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from textwrap import shorten
from typing import Final

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.policy import Access
from api.commands.idempotency import RequestKey
from api.commands.registering import registered_once
from api.content.building import current_indicators, current_sources
from api.content.checks import check_indicator, check_source
from api.content.editing import content_is_open
from api.content.store import Part, add_items
from api.problems.problem import Failed, FieldFault, ProblemCode
from models.report.content import Quantitative, Source
from models.report.importing.columns import Column, ImportKind
from models.report.importing.rows import Imported, Row, near_to, same_as, stand_in, word_for_word
from models.report.importing.values import CellFault
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Number
from models.vocabulary.refusal import Refusal, Refused

_WORDS: Final = 80
_COLUMNS_OF_REFUSALS: Final = {
    "source_in_future": Column.OBTAINED_ON,
    "source_lawfulness_note_missing": Column.LAWFULNESS_NOTE,
    "source_not_open": Column.ACCESS,
    "source_reference_missing": Column.REFERENCE,
    "share_differs": Column.VALUE,
    "share_half_given": Column.NUMERATOR,
    "share_undivided": Column.DENOMINATOR,
    "number_out_of_range": Column.VALUE,
}
PARTS: Final = {
    ImportKind.SOURCES: Part.SOURCE,
    ImportKind.FEED: Part.SOURCE,
    ImportKind.INDICATORS: Part.INDICATOR,
    ImportKind.SURVEY: Part.INDICATOR,
}


class RowState(StrEnum):
    """What becomes of a row: entered; left out, for it is there, stood above or was asked to be; or it is to
    be mended."""

    NEW = "new"
    THERE = "there"
    REPEATED = "repeated"
    LEFT_OUT = "left_out"
    WRONG = "wrong"


class Near(Model):
    """What may be meant by a row too, in other words: an item by its place in its list, or a row above."""

    id: str
    place: int = 0
    row: int = 0


class Verdict(Model):
    """A row with what becomes of it. `like` is the row above, or the item there, that says the same; `near`
    what has its address, or its name, and says something else."""

    row: Row
    state: RowState
    like: str = ""
    near: Near | None = None


class Outcome(Model):
    """The same without what the row says."""

    row: int
    state: RowState
    like: str = ""
    near: str = ""


class Tally(Model):
    """What an import has done: the ids of what it entered, and what became of each row."""

    entered: tuple[Id, ...] = ()
    rows: tuple[Outcome, ...] = ()

    @property
    def left_out(self) -> int:
        return len(self.rows) - len(self.entered)


def outcomes_of(verdicts: Iterable[Verdict]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            row=each.row.number,
            state=each.state,
            like=each.like,
            near=each.near.id if each.near else "",
        )
        for each in verdicts
    )


def ruled(
    rows: Iterable[Row], access: Access, today: date, language: Language = Language.KK
) -> tuple[Row, ...]:
    """The rows with what the rules say of each (7, 14.1; annex II), as they say it of one that is entered."""
    return tuple(_ruled(row, access, today, language) for row in rows)


def _ruled(row: Row, access: Access, today: date, language: Language) -> Row:
    if row.item is None:
        return row
    try:
        if isinstance(row.item, Source):
            check_source(access.state, row.item, access.caller.organisation, today)
        else:
            check_indicator(row.item)
    except (Refused, Failed) as refused:
        said = shorten(_words(row.item, language), _WORDS, placeholder="…")
        faults = tuple(_fault(each, row, said) for each in refused.refusals)
        return row.model_copy(update={"item": None, "faults": faults})
    return row


def _fault(refusal: Refusal, row: Row, said: str) -> CellFault:
    known = stand_in(row.number)
    params = {name: said if value == known else value for name, value in refusal.params.items()}
    first = Column.REFERENCE if isinstance(row.item, Source) else Column.VALUE
    column = _COLUMNS_OF_REFUSALS.get(refusal.code, first)
    return CellFault(column=column, key=refusal.code, params=params, rule=refusal.rule)


def _words(item: Imported, language: Language) -> str:
    match item:
        case Source():
            return item.title.best(language)
        case Quantitative():
            return item.name.best(language)
    return item.text.best(language)


async def standing(session: AsyncSession, number: Number, kind: ImportKind) -> tuple[Imported, ...]:
    """What is there already, of the kind that is imported."""
    if PARTS[kind] is Part.SOURCE:
        return await current_sources(session, number)
    return await current_indicators(session, number)


def judged(rows: Iterable[Row], there: Iterable[Imported]) -> tuple[Verdict, ...]:
    """What becomes of each row."""
    standing_there = tuple(there)
    known = {same_as(item): item.id for item in standing_there}
    above: dict[str, int] = {}
    near = _Near(standing_there)
    verdicts = []
    for row in rows:
        if row.left_out:
            verdicts.append(Verdict(row=row, state=RowState.LEFT_OUT))
        elif row.item is None:
            verdicts.append(Verdict(row=row, state=RowState.WRONG))
        else:
            mark, beside = same_as(row.item), near.to(row.item, row.number)
            if mark in known:
                verdicts.append(Verdict(row=row, state=RowState.THERE, like=known[mark], near=beside))
            elif mark in above:
                like = str(above[mark])
                verdicts.append(Verdict(row=row, state=RowState.REPEATED, like=like, near=beside))
            else:
                above[mark] = row.number
                verdicts.append(Verdict(row=row, state=RowState.NEW, near=beside))
    return tuple(verdicts)


class _Near:
    """What has been seen so far, by its address or its name, with all that it says."""

    def __init__(self, there: tuple[Imported, ...]) -> None:
        self._seen: dict[str, list[tuple[str, Near]]] = {}
        for place, item in enumerate(there, 1):
            self._sees(item, Near(id=item.id, place=place))

    def to(self, item: Imported, row: int) -> Near | None:
        """The first of them that says something else; none where one says the very same."""
        seen, said = self._seen.get(near_to(item), []), word_for_word(item)
        found = next((near for _, near in seen), None) if all(words != said for words, _ in seen) else None
        self._sees(item, Near(id=str(row), row=row))
        return found

    def _sees(self, item: Imported, near: Near) -> None:
        if mark := near_to(item):
            self._seen.setdefault(mark, []).append((word_for_word(item), near))


def rows_wrong(rows: Iterable[Row]) -> Failed | None:
    """422 with every fault of every row, at `/rows/<number>/<column>`; None where nothing is wrong."""
    faults = tuple(
        FieldFault(pointer=f"/rows/{row.number}/{each.column.value}", key=each.key, params=each.params)
        for row in rows
        if not row.left_out
        for each in row.faults
    )
    if not faults:
        return None
    return Failed(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.IMPORT_ROWS_WRONG, faults=faults)


async def import_lock(session: AsyncSession, number: Number) -> None:
    """Two imports into one monitoring come one after the other."""
    await session.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(f"import {number}", 0))))


async def imported(
    session: AsyncSession,
    access: Access,
    kind: ImportKind,
    key: RequestKey,
    rows: tuple[Row, ...],
    now: datetime,
) -> Tally:
    """Enter what is new, in the order of the rows, in one transaction; once under its key.

    Two imports into one monitoring come one after the other: what the first has entered is there for the
    second. Raises Failed: 409 where the content is closed; 422 as `rows_wrong`.
    """
    part, number = PARTS[kind], access.number

    async def change() -> Tally:
        content_is_open(access.state)
        if (wrong := rows_wrong(rows)) is not None:
            raise wrong
        await import_lock(session, number)
        verdicts = judged(rows, await standing(session, number, kind))
        items = {
            known: each.row.item.model_copy(update={"id": known})
            for each in verdicts
            if each.state is RowState.NEW and each.row.item is not None
            for known in (f"{key.derived(part.value[0])}-{each.row.number}",)
        }
        await add_items(session, number, part, items, now=now, account=access.caller.account)
        return Tally(entered=tuple(items), rows=outcomes_of(verdicts))

    return await registered_once(
        session, key, access.caller, f"import_{kind.value}", now, Tally, change, number=number
    )
