"""Monitorings that were ticked in a list: which they are, and how each stands before whoever ticked it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from api.access.auth import Caller
from api.views.lists import visible_to
from models.monitoring.readers import relations_of
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.tables.monitorings import MonitoringRow
from models.vocabulary.access import Action, allowed
from models.vocabulary.procedure import Language, Number

CHOSEN: Final = "number"
MOST: Final = 100
"""Rows at once: as many as are sent within the patience of a browser."""
_NUMBER: Final[TypeAdapter[Number]] = TypeAdapter(Number)


@dataclass(frozen=True)
class Chosen:
    """A monitoring that the reader sees, and what they may do with it."""

    state: MonitoringState
    title: str
    may: frozenset[Action]


def numbers_in(values: Iterable[str]) -> tuple[Number, ...]:
    """Each once, in the order of the list; what is no number of a monitoring is none."""
    return tuple(dict.fromkeys(each for each in values if _is_number(each)))


async def chosen_by(
    session: AsyncSession, caller: Caller, numbers: Iterable[Number], language: Language
) -> Mapping[Number, Chosen]:
    """Those of them that the caller may know of, as the list judges it."""
    seen = select(MonitoringRow).where(visible_to(caller))
    rows = await rows_among(session, seen, col(MonitoringRow.number), numbers)
    return {row.number: _chosen(row, caller, language) for row in rows}


def _chosen(row: MonitoringRow, caller: Caller, language: Language) -> Chosen:
    state = MonitoringState.model_validate(row.state)
    relations = relations_of(state, caller.organisation, caller.person, caller.account)
    title = Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en).best(language)
    return Chosen(state=state, title=title or row.number, may=allowed(caller.role, relations))


def _is_number(said: str) -> bool:
    try:
        _NUMBER.validate_python(said)
    except ValidationError:
        return False
    return True
