"""What is published, counted by each process: told of every change before it is asked, by the rows.

A row of `monitorings` says which transaction wrote it last (migration 0038). Whoever looks asks for all that
was written since the earliest transaction that was under way when it looked before: nothing is missed,
whatever is committed late, and what is read twice changes nothing.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Pool, Text, cast, func, literal, literal_column
from sqlalchemy import select as columns_of
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import among
from activities.database.sessions import Sessions, reads_of
from activities.published.finding import EVERYBODY, with_words
from activities.published.listed import ever_published
from activities.published.narrowing import Regions, narrowed, regions_today
from activities.registries.remembered import VERSION, seen
from models.monitoring.published_search import Filters
from models.monitoring.published_tally import Places, PublishedFacts, PublishedTally
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.procedure import Id, Kind, Number

_AT_ONCE: Final = 1_000
_SEARCHES: Final = 256
"""Of which what they find is remembered, for as long as nothing changes."""
_FEW: Final = 1_000
"""So many are named one by one; more are met soon enough in the order of the list."""
_UNDER_WAY: Final[ColumnElement[int]] = cast(
    cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger
)
"""The earliest transaction whose rows may not be seen yet."""
_SERVER: Final = literal_column(
    "concat(pg_postmaster_start_time(), ' ', pg_relation_filenode('monitorings'::regclass))", Text
)
"""Another word after a restart and after a restore: by then numbers of transactions mean something else."""


@dataclass
class _Kept:
    """The tally of one database; `since` is the transaction from which on it looks again."""

    tally: PublishedTally = field(default_factory=PublishedTally)
    server: str = ""
    since: int = 0
    known: dict[Number, int] = field(default_factory=dict)
    """By which transaction those were written that will be met again."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    basis: "_Basis | None" = None


class _Basis:
    """What follows from the tally and from where bodies lie, for as long as neither changes."""

    def __init__(self, tally: PublishedTally, regions: Mapping[Id, str]) -> None:
        self.tally, self.regions, self._changes = tally, regions, tally.changes
        self.lying = tally.by_region(regions)
        self.searches: dict[str, Places] = {}

    def holds(self, tally: PublishedTally) -> bool:
        return tally is self.tally and tally.changes == self._changes

    def remember(self, words: str, places: Places) -> None:
        """Where these words stand, unless something came meanwhile."""
        if self.holds(self.tally) and len(self.searches) < _SEARCHES:
            self.searches[words] = places


@dataclass(frozen=True)
class Found:
    """What a search finds: how much, and of which kinds."""

    filters: Filters
    regions: Regions
    basis: _Basis
    among: Places

    @property
    def count(self) -> int:
        return self.among.bit_count()

    def counted(self) -> Mapping[str, Mapping[str, int]]:
        """How many of them have each value, by facet."""
        return self.basis.tally.counted(self.among, self.basis.lying)

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same rows for a list of them."""
        if self.count > _FEW:
            words = with_words(self.filters.q, EVERYBODY) if self.filters.q else ()
            without = narrowed(self.filters.model_copy(update={"q": ""}), self.regions)
            return [*without, *(each.is_(True) for each in words)]
        return [ever_published(), among(col(MonitoringRow.number), self.basis.tally.numbers_at(self.among))]


_of_databases: WeakKeyDictionary[Pool, _Kept] = WeakKeyDictionary()


async def count_beforehand(sessions: Sessions) -> None:
    """So that no reader waits (seconds among 100,000); where the database is away the first one does."""
    with suppress(SQLAlchemyError):
        async with reads_of(sessions)() as session:
            await _kept(session)


async def tally_now(session: AsyncSession) -> PublishedTally:
    """The tally as things stand: to be asked before anything is waited for."""
    return (await _kept(session)).tally


async def found_among_published(session: AsyncSession, filters: Filters, today: date) -> Found:
    """What a search finds as things stand, with regions as they are on a local date."""
    kept = await _kept(session)
    regions = await regions_today(session, today)
    basis = _based_on(kept, regions)
    places = None
    if filters.q:
        places = basis.searches.get(filters.q)
        if places is None:
            places = basis.tally.places_of(await _numbers_with(session, filters.q))
            basis.remember(filters.q, places)
    return Found(filters, regions, basis, basis.tally.looked_at(filters, basis.lying, places))


def _based_on(kept: _Kept, regions: Regions) -> _Basis:
    known = kept.basis
    if known is None or known.regions is not regions.of or not known.holds(kept.tally):
        known = kept.basis = _Basis(kept.tally, regions.of)
    return known


async def _numbers_with(session: AsyncSession, words: str) -> Sequence[Number]:
    """The published monitorings in which words stand that everybody reads."""
    found = columns_of(func.string_agg(col(MonitoringRow.number), literal_column("' '")))
    connection = await session.connection()
    written = (
        await connection.execute(found.where(ever_published(), *with_words(words, EVERYBODY)))
    ).scalar()
    return written.split() if written else ()


async def _kept(session: AsyncSession) -> _Kept:
    kept = _of_databases.setdefault(session.sync_session.get_bind().engine.pool, _Kept())
    # Whoever has the turn has a connection already: those that wait for it may hold all the others.
    await session.connection()
    async with kept.turn:
        await _brought_up_to_date(session, kept)
    return kept


async def _brought_up_to_date(session: AsyncSession, kept: _Kept) -> None:
    server, under_way, changed = await _changed(session, kept.since if kept.server else 0)
    if server != kept.server:
        _, under_way, changed = await _changed(session, 0)
        kept.tally, kept.known = PublishedTally(), {}
    fresh = [number for number, by in changed.items() if kept.known.get(number) != by]
    interned: dict[tuple[object, ...], tuple[object, ...]] = {}
    for first in range(0, len(fresh), _AT_ONCE):
        part = fresh[first : first + _AT_ONCE]
        kept.tally.tell({**dict.fromkeys(part), **await _facts(session, part, interned)})
    kept.server, kept.since = server, under_way
    kept.known = {number: by for number, by in changed.items() if by >= under_way}


async def _changed(session: AsyncSession, since: int) -> tuple[str, int, Mapping[Number, int]]:
    """The server, the earliest transaction under way, and by which one each was written last, from one on."""
    written = col(MonitoringRow.written_in)
    rows = columns_of(col(MonitoringRow.number), written).where(ever_published(), written >= since).subquery()
    found = columns_of(
        _SERVER,
        _UNDER_WAY,
        VERSION,
        columns_of(func.array_agg(rows.c.number, type_=ARRAY(Text))).scalar_subquery(),
        columns_of(func.array_agg(rows.c.written_in, type_=ARRAY(BigInteger))).scalar_subquery(),
    )
    connection = await session.connection()
    server, under_way, version, numbers, by = (await connection.execute(found)).one()
    seen(session, version)
    return server, under_way, dict(zip(numbers or (), by or (), strict=True))


async def _facts(
    session: AsyncSession, numbers: Sequence[Number], interned: dict[tuple[object, ...], tuple[object, ...]]
) -> Mapping[Number, PublishedFacts]:
    """Those that are published; equal ones share what is long in them."""
    row, item = MonitoringRow, RecommendationRow
    said = func.concat(col(item.standing), literal("/"), col(item.addressee))
    items = (
        select(func.array_agg(said, type_=ARRAY(Text)))
        .where(col(item.number) == col(row.number), col(row.published))
        .scalar_subquery()
    )
    found = columns_of(
        col(row.number),
        col(row.year),
        col(row.kind),
        col(row.spheres),
        col(row.objects),
        col(row.conductors),
        items,
    ).where(among(col(MonitoringRow.number), numbers), ever_published())
    connection = await session.connection()

    def shared(given: Sequence[str]) -> tuple[str, ...]:
        return interned.setdefault(tuple(given), tuple(given))  # type: ignore[return-value]

    facts = {}
    for number, year, kind, spheres, objects, conductors, said in (await connection.execute(found)).all():
        facts[number] = PublishedFacts(
            year=year,
            kind=Kind(kind),
            spheres=shared(spheres),
            objects=shared(objects),
            conductors=shared(conductors),
            items=tuple(_item(each) for each in shared(said or ())),
        )
    return facts


def _item(said: str) -> tuple[str, str]:
    standing, _, addressee = said.partition("/")
    return addressee, standing
