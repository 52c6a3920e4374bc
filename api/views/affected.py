"""Whose data an account read in some days, as far as the log of reads and the tables tell it."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from api.access.auth import Caller
from api.views.reads import ReadFilters, all_reads
from api.views.states import states_of
from models.monitoring.state import MonitoringState
from models.tables.deliveries import DeliveryRow
from models.tables.people import PersonRow
from models.tables.reads import ReadRow
from models.vocabulary.base import Model
from models.vocabulary.personal_data import PersonalData
from models.vocabulary.procedure import Id, Number

_ADDRESSES = frozenset({PersonalData.CONTACTS.value, PersonalData.LETTERS.value})


class Affected(Model):
    """Somebody whose data was read: by name and address where those are known, and where it stood."""

    name: str
    email: str
    number: Number | None  # none for the registry of people
    kinds: tuple[str, ...]


async def persons_affected(
    session: AsyncSession, caller: Caller, account: Id, since: date | None, until: date | None
) -> list[Affected]:
    """Members of working groups and recipients of letters of the monitorings that were read; people of the
    registry whose rows were. Who is named inside a text or a file is not known here."""
    read: dict[Number, set[str]] = {}
    people: set[Id] = set()
    whole = False
    filters = ReadFilters(account=account, personal=True, since=since, until=until)
    async for rows in all_reads(session, caller, filters):
        for row in rows:
            if row.number is not None:
                read.setdefault(row.number, set()).update(row.kinds)
            about = str(row.filters.get("about", ""))
            people |= {about} if about else set()
            whole |= _is_whole_registry(row)
    found = [
        *await _of_registry(session, people, whole),
        *await _of_monitorings(session, read),
        *await _recipients(session, read),
    ]
    return sorted(set(found), key=lambda each: (each.number or "", each.name, each.email))


def _is_whole_registry(row: ReadRow) -> bool:
    return row.what in {"people", "list_people"}


async def _of_registry(session: AsyncSession, people: Iterable[Id], whole: bool) -> list[Affected]:
    all_of_them = select(PersonRow)
    if whole:
        rows = (await session.exec(all_of_them)).all()
    else:
        rows = await rows_among(session, all_of_them, col(PersonRow.id), people)
    kinds = (PersonalData.PEOPLE.value, PersonalData.CONTACTS.value)
    return [Affected(name=row.name, email=row.email, number=None, kinds=kinds) for row in rows]


async def _of_monitorings(session: AsyncSession, read: dict[Number, set[str]]) -> list[Affected]:
    members = {number: _members(state) for number, state in (await states_of(session, read)).items()}
    known = (each for ids in members.values() for each in ids)
    by_id = {row.id: row for row in await rows_among(session, select(PersonRow), col(PersonRow.id), known)}
    return [
        Affected(
            name=by_id[each].name, email=by_id[each].email, number=number, kinds=tuple(sorted(read[number]))
        )
        for number, ids in members.items()
        for each in ids
        if each in by_id
    ]


def _members(state: MonitoringState) -> set[Id]:
    group = state.working_group
    return {member.person for member in group.members.values()} if group is not None else set()


async def _recipients(session: AsyncSession, read: dict[Number, set[str]]) -> list[Affected]:
    """Of monitorings whose letters were read: the addresses that they went to."""
    numbers = [number for number, kinds in read.items() if kinds & _ADDRESSES]
    found = select(DeliveryRow.number, DeliveryRow.address).distinct()
    rows = await rows_among(session, found, col(DeliveryRow.number), numbers)
    return [
        Affected(name="", email=address, number=number, kinds=tuple(sorted(read[number])))
        for number, address in rows
        if address
    ]
