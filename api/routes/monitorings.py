"""Monitorings: the list, one of them, what is open in it, its journal, the texts it refers to."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field, TypeAdapter
from sqlmodel import col, select

from activities.registries.names_today import names_today
from activities.registries.spheres import sphere_names
from api.access.auth import Caller
from api.access.policy import ANY_READ, CONTENT_READS, EVERYTHING, Access
from api.access.routing import account_router, monitoring_router, permit, permit_account
from api.content.building import title_of
from api.http.deps import Session, Today
from api.http.pagination import Cursor, Limit, Page, encode_cursor
from api.problems.problem import ProblemCode, invalid, not_found
from api.views.lists import DeskName, ListFilters, monitorings_seen, of_desk, visible_to
from api.views.monitorings import MonitoringView, monitoring_view
from api.views.search import reader
from api.views.states import states_of
from models.events import Event
from models.monitoring.open_work import OpenItem, open_items
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.tables.content import NoteRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.access import Action
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id, Kind, Number, Sha256, Stage

listing = account_router("monitorings")
router = monitoring_router("monitorings")
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class MonitoringLine(BaseModel):
    """One row of a list."""

    number: Number
    stage: Stage
    kind: Kind
    title: Wording
    conductors: tuple[Id, ...]
    objects: tuple[Id, ...]
    spheres: tuple[Id, ...]
    started_at: datetime
    changed_at: datetime
    next_due: datetime | None
    published: bool
    open_items: tuple[OpenItem, ...] = Field(default=(), description="With `desk=mine` only.")


class EntryView(BaseModel):
    """One line of the journal, with its link in the chain of hashes."""

    seq: int
    at: datetime
    type: str
    actor: Actor
    command: Id | None
    event: Event
    previous_hash: str
    hash: str


class NoteView(BaseModel):
    """A text that an event refers to by its hash, as it was given."""

    sha256: Sha256
    body: dict[str, object] = Field(examples=[{"text": "Қосымша деректер қажет."}])


@listing.get("/monitorings")
async def list_monitorings(
    caller: Annotated[Caller, permit_account(Action.READ_PUBLISHED)],
    session: Session,
    today: Today,
    filters: ListFilters,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Cursor = None,
) -> Page[MonitoringLine]:
    """What the caller may see: conducted by, sent to, or overseen by the caller's body. Newest first."""
    visible = visible_to(caller)
    mine = filters.desk is DeskName.MINE
    for condition in of_desk(caller) if mine else ():
        visible = visible & condition
    rows = await monitorings_seen(session, visible, reader(caller), filters, limit, cursor)
    following = rows[limit - 1] if len(rows) > limit else None
    states = await states_of(session, (row.number for row in rows[:limit])) if mine else {}
    return Page(
        items=tuple(_line(row, states.get(row.number)) for row in rows[:limit]),
        next_cursor=encode_cursor(following.started_at.isoformat(), following.number) if following else None,
    )


@router.get("")
async def read_monitoring(
    access: Annotated[Access, permit(*ANY_READ, Action.READ_NAMING)], session: Session, today: Today
) -> MonitoringView:
    """One monitoring, as much of it as the caller may see."""
    state = access.state
    bodies = (*state.conductors, *state.objects)
    return monitoring_view(
        access,
        await title_of(session, state),
        await names_today(session, today, (body.organisation for body in bodies)),
        await sphere_names(session, state.spheres),
    )


@router.get("/open-items")
async def list_open_items(access: Annotated[Access, permit(*EVERYTHING)]) -> tuple[OpenItem, ...]:
    """What is due and not done. `blocking` items keep the monitoring from being closed."""
    return open_items(access.state)


@router.get("/journal")
async def read_journal(
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Lines after this one.")] = 0,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[EntryView]:
    """The journal: everything that happened, in order, each line chained to the one before by its hash.

    A page's `next_cursor` is the number of its last line, and `cursor` reads on there, as in other lists.
    """
    after = _place(cursor) if cursor is not None else after
    rows = list(
        await session.exec(
            select(EntryRow)
            .join(MonitoringRow, col(MonitoringRow.workflow_id) == col(EntryRow.workflow_id))
            .where(MonitoringRow.number == access.number, col(EntryRow.seq) > after)
            .order_by(col(EntryRow.seq))
            .limit(limit + 1)
        )
    )
    more = str(rows[limit - 1].seq) if len(rows) > limit else None
    return Page(items=tuple(_entry(row) for row in rows[:limit]), next_cursor=more)


def _place(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) < 2**31):
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return int(cursor)


@router.get("/notes/{sha256}")
async def read_note(
    sha256: Annotated[Sha256, Path()], access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> NoteView:
    """A reason, a question or an answer that the journal refers to."""
    row = await session.get(NoteRow, sha256)
    if row is None or row.number != access.number:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=sha256[:12])
    return NoteView(sha256=sha256, body=json.loads(row.body))


def _line(row: MonitoringRow, state: MonitoringState | None) -> MonitoringLine:
    """What is open is told of those whose state is given."""
    return MonitoringLine(
        number=row.number,
        stage=Stage(row.stage),
        kind=Kind(row.kind),
        title=Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en),
        conductors=tuple(row.conductors),
        objects=tuple(row.objects),
        spheres=tuple(row.spheres),
        started_at=row.started_at,
        changed_at=row.changed_at,
        next_due=row.next_due,
        published=row.published,
        open_items=open_items(state) if state else (),
    )


def _entry(row: EntryRow) -> EntryView:
    return EntryView(
        seq=row.seq,
        at=row.at,
        type=row.type,
        actor=Actor.model_validate(row.actor),
        command=row.command_id,
        event=EVENT.validate_python(row.event),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
