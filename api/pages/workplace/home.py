"""The first page after signing in: what waits for its reader, by the day it is due."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.reads import note_read
from api.history.names import Names, names_for
from api.http.deps import Now, Session, Today
from api.http.pagination import Turned, part_of, turned_to
from api.pages.desk.sitting import staff
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import HOME, menu_of
from api.pages.workplace.movers import move_said, mover_said
from api.pages.workplace.ways import way_for
from api.services.services import AnyServices
from api.views.waiting import PLACED_BY, how_much_waits, what_waits
from models.monitoring.moves import Move, Mover, is_for, moves_of
from models.monitoring.readers import relations_of
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.tables.monitorings import NO_DAY, MonitoringRow
from models.timeline.sayings import Mention
from models.vocabulary.access import OVERSEEING, Action, Relation, allowed, may
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Language, Number

router = page_router()
_AT_ONCE: Final = 50
_WEEK: Final = timedelta(days=7)
Waiting = tuple[MonitoringRow, date]


class When(StrEnum):
    """`page.workplace.when.<when>`."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NO_DAY = "no_day"


class Thing(Model):
    """What waits for the reader, under which rule, until when, and the one button to do it."""

    what: str
    rule: str
    mover: str
    besides: int  # of the same in this monitoring
    due_on: date | None
    way_key: str
    about: str
    address: str


class Task(Model):
    """A monitoring that waits for the reader, with each thing that it waits for."""

    number: Number
    title: str
    lead: str
    things: tuple[Thing, ...]


class Tasks(Model):
    when: When
    tasks: tuple[Task, ...]


@router.api_route(HOME, methods=Reads)
async def show_home(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """In the order of the days, a part at a time; how much is late and in time is said of all of it."""
    caller = await staff(request, services, session, now)
    note_read(session, request, caller, None, now)
    language = readers_language(request)
    turned = _turned(request)
    part = part_of(await what_waits(session, caller, turned, _AT_ONCE), _place, turned, _AT_ONCE)
    return page(
        "workplace/home.html",
        language,
        here=HOME,
        menu=await menu_of(session, caller, today),
        starts=may(caller.role, Action.START_MONITORING, Relation.NONE),
        part=part,
        waits=await how_much_waits(session, caller, today),
        groups=await _groups(session, caller, language, today, part.rows),
        oversees=caller.role in OVERSEEING,
    )


async def _groups(
    session: AsyncSession, caller: Caller, language: Language, today: date, rows: Sequence[Waiting]
) -> tuple[Tasks, ...]:
    states = {row.number: MonitoringState.model_validate(row.state) for row, _ in rows}
    leads = {row.lead: Mention(registry=RecipientKind.ORGANISATION, id=row.lead) for row, _ in rows}
    names = await names_for(session, language, today, leads.values())
    groups = (
        Tasks(
            when=when,
            tasks=tuple(
                task
                for row, _ in waiting
                if (task := _task(caller, language, row, states[row.number], names)) is not None
            ),
        )
        for when, waiting in groupby(rows, key=lambda each: _when(each[1], today))
    )
    return tuple(group for group in groups if group.tasks)


def _task(
    caller: Caller, language: Language, row: MonitoringRow, state: MonitoringState, names: Names
) -> Task | None:
    """Nothing where the state says so, whatever an earlier release kept beside it."""
    rights = allowed(caller.role, relations_of(state, caller.organisation, caller.person, caller.account))
    mine = tuple(
        move for move in moves_of(state) if is_for(move, caller.role, caller.organisation, caller.account)
    )
    if not mine:
        return None
    lead = names.of(Mention(registry=RecipientKind.ORGANISATION, id=row.lead))
    return Task(
        number=row.number,
        title=Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en).best(language),
        lead=lead,
        things=tuple(_thing(language, state, rights, alike) for alike in _alike(mine)),
    )


def _thing(
    language: Language, state: MonitoringState, rights: frozenset[Action], alike: tuple[Move, ...]
) -> Thing:
    first = alike[0]
    way = way_for(state, rights, first)
    return Thing(
        what=move_said(language, first),
        rule=first.rule,
        mover=mover_said(language, first.mover, ""),
        besides=len(alike) - 1,
        due_on=first.due_on,
        way_key=way.key if way else "",
        about=way.about if way else "",
        address=way.address if way else f"/staff/monitorings/{state.number}",
    )


def _alike(mine: tuple[Move, ...]) -> Iterator[tuple[Move, ...]]:
    """What is done in the same form together. What has a day comes first; of what has none, what only this
    reader can do."""
    kinds: dict[tuple[Mover, object], list[Move]] = {}
    for move in sorted(mine, key=lambda move: (move.due_on or date.max, move.mover is not Mover.HEAD)):
        kinds.setdefault((move.mover, move.what), []).append(move)
    yield from map(tuple, kinds.values())


def _when(day: date, today: date) -> When:
    if day == NO_DAY:
        return When.NO_DAY
    if day < today:
        return When.LATE
    if day == today:
        return When.TODAY
    return When.SOON if day <= today + _WEEK else When.LATER


def _place(waiting: Waiting) -> tuple[str, ...]:
    row, day = waiting
    return day.isoformat(), row.number


def _turned(request: Request) -> Turned:
    turned = turned_to(request.query_params, PLACED_BY)
    named = turned.before or turned.after
    try:
        if named is not None:
            date.fromisoformat(named[0])
    except ValueError:
        return Turned()
    return turned
