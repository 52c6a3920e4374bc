"""The first page after signing in: what waits for its reader, by the day it is due."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.counted import MOST_COUNTED
from activities.registries.remembered import see
from api.access.auth import Caller
from api.access.deputies import in_whose_stead, relations_for, rights_of
from api.access.reads import note_read
from api.history.names import Names, names_for
from api.http.conditional import compressed
from api.http.deps import Now, Session, Today
from api.http.pagination import Turned, part_of, turned_to
from api.pages.desk.sitting import staff
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import HOME, menu_of
from api.pages.workplace.begun_forms import begun_forms
from api.pages.workplace.movers import move_said, mover_said
from api.pages.workplace.undecided import administrators, undecided
from api.pages.workplace.ways import way_for
from api.services.services import AnyServices
from api.views.lists import visible_to
from api.views.received_mail import mail_waiting, queue_waiting
from api.views.states import states_of
from api.views.tokens import soon_to_expire
from api.views.waiting import PLACED_BY, how_much_waits, how_much_waits_for_head, what_waits
from models.monitoring.moves import Move, Mover, is_for, moves_of
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.tables.monitorings import NO_DAY, MonitoringRow
from models.timeline.sayings import Mention
from models.vocabulary.access import OVERSEEING, Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Number, Role

router = page_router()
_AT_ONCE: Final = 20
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
    instead: str  # the name of whoever its reader stands in for
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


class MailTask(Model):
    """Mail about a monitoring that nobody has dealt with; of the queue of what names none, no number."""

    number: Number | None
    count: int
    since: datetime
    address: str


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
    await see(session)
    language = readers_language(request)
    turned = _turned(request)
    callers = (caller, *await in_whose_stead(session, caller, today))
    part = part_of(await what_waits(session, callers, turned, _AT_ONCE), _place, turned, _AT_ONCE)
    stuck = await undecided(session, callers, language, today)
    gives = may(caller.role, Action.WRITE_REGISTRIES, Relation.NONE)
    shown = page(
        "workplace/home.html",
        language,
        here=HOME,
        menu=await menu_of(session, caller, today),
        starts=may(caller.role, Action.START_MONITORING, Relation.NONE),
        part=part,
        waits=await how_much_waits(session, callers, today),
        of_head=await how_much_waits_for_head(session, caller),
        heads=caller.role is Role.HEAD,
        most_counted=MOST_COUNTED,
        groups=await _groups(session, callers, language, today, part.rows),
        mail=await _mail(session, callers),
        undecided=stuck,
        helpers=await administrators(session, language, today) if stuck and not gives else "",
        oversees=caller.role in OVERSEEING,
        begun=await begun_forms(session, caller.account),
        soon=len(await soon_to_expire(session, now, caller.account)),
    )
    return compressed(request, shown)


async def _groups(
    session: AsyncSession,
    callers: Sequence[Caller],
    language: Language,
    today: date,
    rows: Sequence[Waiting],
) -> tuple[Tasks, ...]:
    states = await states_of(session, (row.number for row, _ in rows))
    leads = {row.lead: Mention(registry=RecipientKind.ORGANISATION, id=row.lead) for row, _ in rows}
    names = await names_for(session, language, today, (*leads.values(), *_stood_in_for(callers)))
    groups = (
        Tasks(
            when=when,
            tasks=tuple(
                task
                for row, _ in waiting
                if (task := _task(callers, language, row, states[row.number], names)) is not None
            ),
        )
        for when, waiting in groupby(rows, key=lambda each: _when(each[1], today))
    )
    return tuple(group for group in groups if group.tasks)


async def _mail(session: AsyncSession, callers: Sequence[Caller]) -> tuple[MailTask, ...]:
    """What came by mail for whoever sees to a monitoring's letters, or to the mail that names none."""
    found: dict[Number | None, MailTask] = {}
    if may(callers[0].role, Action.WRITE_REGISTRIES, Relation.NONE):
        count, since = await queue_waiting(session)
        if since is not None:
            found[None] = MailTask(number=None, count=count, since=since, address="/staff/mail")
    for caller in callers:
        if caller.role not in {Role.ANALYST, Role.HEAD}:
            continue
        waiting = await mail_waiting(session, visible_to(caller))
        states = await states_of(session, (each.number for each in waiting))
        for each in waiting:
            if Action.RESEND_LETTER in rights_of(caller, relations_for(states[each.number], caller)):
                address = f"/staff/monitorings/{each.number}/mail"
                task = MailTask(number=each.number, count=each.count, since=each.since, address=address)
                found.setdefault(each.number, task)
    return tuple(found.values())


def _task(
    callers: Sequence[Caller],
    language: Language,
    row: MonitoringRow,
    state: MonitoringState,
    names: Names,
) -> Task | None:
    """Nothing where the state says so, whatever an earlier release kept beside it."""
    left, things = list(moves_of(state)), list[Thing]()
    for caller in callers:
        relations = relations_for(state, caller)
        if Relation.STEPPED_ASIDE in relations or caller.account in state.stepped_aside:
            continue  # it waits for somebody else of the body
        mine = tuple(move for move in left if is_for(move, caller.role, caller.organisation, caller.right_of))
        rights = rights_of(caller, relations)
        left = [move for move in left if move not in mine]
        instead = names.of(_account(caller.stands_in.account)) if caller.stands_in else ""
        things += [_thing(language, state, rights, alike, instead) for alike in _alike(mine)]
    if not things:
        return None
    lead = names.of(Mention(registry=RecipientKind.ORGANISATION, id=row.lead))
    return Task(
        number=row.number,
        title=Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en).best(language),
        lead=lead,
        things=tuple(things),
    )


def _account(account: Id) -> Mention:
    return Mention(registry=RecipientKind.ACCOUNT, id=account)


def _stood_in_for(callers: Sequence[Caller]) -> Iterator[Mention]:
    yield from (_account(each.stands_in.account) for each in callers if each.stands_in)


def _thing(
    language: Language,
    state: MonitoringState,
    rights: frozenset[Action],
    alike: tuple[Move, ...],
    instead: str,
) -> Thing:
    first = alike[0]
    way = way_for(state, rights, first)
    return Thing(
        what=move_said(language, first),
        rule=first.rule,
        mover=mover_said(language, first.mover, ""),
        instead=instead,
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
