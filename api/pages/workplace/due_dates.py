"""The due dates of somebody's work, as events of a calendar (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.follow_up import item_named
from api.access.auth import Caller
from api.access.deputies import in_whose_stead
from api.history.names import Names, names_for, people_named
from api.views.lists import visible_to
from locales.catalogue import text
from locales.terms import term
from models.agenda.deadline import Deadline, DeadlineStatus, DeadlineSubject
from models.calendar.country import COUNTRY
from models.monitoring.state import CouncilItem, MonitoringState
from models.tables.monitorings import MonitoringRow
from models.timeline.sayings import Mention, organisation
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Role

MOST: Final = 300
"""Monitorings in one calendar: those one leads first, then those that changed last."""
_KEPT: Final = timedelta(days=30)  # what ended is told as cancelled for so long
_PRODUCT: Final = "-//anticorruption-monitoring//due-dates//KK"
_WORKS: Final = frozenset({Role.ANALYST, Role.HEAD, Role.ADDRESSEE})
_ENDED: Final = frozenset({DeadlineStatus.MET, DeadlineStatus.WITHDRAWN})
_OF_BODIES: Final = frozenset({DeadlineSubject.REPLY, DeadlineSubject.RECEIPT})
_YEAR: Final = timedelta(days=366)


async def due_dates(
    session: AsyncSession, caller: Caller, language: Language, public_url: str, now: datetime
) -> bytes:
    """The `.ics` bytes. A date that is moved keeps its UID; its SEQUENCE is the journal's, which grows."""
    today = now.astimezone(COUNTRY).date()
    rows = await _monitorings(session, caller, now) if caller.role in _WORKS else []
    instead = await _stood_in_for(session, caller, today)
    states = [(row, MonitoringState.model_validate(row.state)) for row in rows]
    mentioned = {
        mention
        for _, state in states
        for mention in (
            *(_whose(state, deadline) for deadline in _mine(state, caller, today)),
            *(_council(item) for item in state.council_items.values()),
        )
    }
    names = await names_for(session, language, today, mentioned)
    host = public_url.partition("://")[2].rstrip("/") or "localhost"
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", text(language, "page.workplace.feed.name"))
    for row, state in states:
        whose = instead.get(state.coordinator or "", "")
        for event in _events(state, caller, names, today):
            if whose:
                event.add("DESCRIPTION", text(language, "page.workplace.home.instead", name=whose))
            event.add("UID", f"{state.number}-{event.pop('X-OF')}@{host}")
            event.add("DTSTAMP", row.changed_at)
            event.add("SEQUENCE", row.seq)
            event.add("URL", f"{public_url.rstrip('/')}/staff/monitorings/{state.number}")
            calendar.add_component(event)
    calendar.add_missing_timezones(first_date=today - _YEAR, last_date=today + _YEAR)
    return bytes(calendar.to_ical())


async def _stood_in_for(session: AsyncSession, caller: Caller, today: date) -> dict[Id, str]:
    """The names of those whose deputy the reader is, by their accounts."""
    callers = await in_whose_stead(session, caller, today)
    return await people_named(session, (each.stands_in.account for each in callers if each.stands_in))


async def _monitorings(session: AsyncSession, caller: Caller, now: datetime) -> list[MonitoringRow]:
    lately = col(MonitoringRow.changed_at) >= now - _KEPT
    led = col(MonitoringRow.lead) == caller.organisation
    found = select(MonitoringRow).where(visible_to(caller), or_(~col(MonitoringRow.ended), lately))
    return list(
        await session.exec(found.order_by(led.desc(), col(MonitoringRow.changed_at).desc()).limit(MOST))
    )


def _conducts(state: MonitoringState, caller: Caller) -> bool:
    return caller.organisation in {state.responsible, *(each.organisation for each in state.conductors)}


def _mine(state: MonitoringState, caller: Caller, today: date) -> Iterator[Deadline]:
    """All of what one's own body conducts; else those that it has to keep itself."""
    for deadline in state.deadlines.values():
        ended = deadline.ended_on if deadline.status in _ENDED else None
        if ended is not None and ended < today - _KEPT:
            continue
        if _conducts(state, caller) or state.stands_for(_body_of(state, deadline)) == caller.organisation:
            yield deadline


def _body_of(state: MonitoringState, deadline: Deadline) -> Id:
    item = state.items.get(deadline.subject)
    return item.addressee if item else deadline.subject


def _whose(state: MonitoringState, deadline: Deadline) -> Mention:
    """Whom a deadline waits for: a person who was invited, a body that was asked, or the monitoring's own."""
    subject = deadline.subject
    match deadline.subject_kind:
        case DeadlineSubject.INVITATION if state.working_group and subject in state.working_group.members:
            person = state.working_group.members[subject].person
            return Mention(registry=RecipientKind.PERSON, id=person)
        case DeadlineSubject.INFORMATION_REQUEST if subject in state.requests:
            return organisation(state.requests[subject].holder)
        case DeadlineSubject.REPLY | DeadlineSubject.RECEIPT | DeadlineSubject.IMPLEMENTATION:
            return organisation(_body_of(state, deadline))
    return organisation(state.responsible)


def _council(item: CouncilItem) -> Mention:
    return Mention(registry=RecipientKind.COUNCIL, id=item.council)


def _events(state: MonitoringState, caller: Caller, names: Names, today: date) -> Iterator[Event]:
    language = names.language
    for deadline in _mine(state, caller, today):
        about = names.of(_whose(state, deadline))
        if deadline.subject in state.items:
            about = f"{item_named(language, state, deadline.subject)}, {about}"
        event = _event(f"№ {state.number}: {term(language, deadline.subject_kind)}", about, deadline.id)
        event.add("DTSTART", deadline.due_on)
        event.add("DTEND", deadline.due_on + timedelta(days=1))
        event.add("STATUS", _status(state, deadline))
        yield event
    if _conducts(state, caller):
        yield from (_meeting(state, item, names) for item in state.council_items.values() if item.meeting_at)


def _status(state: MonitoringState, deadline: Deadline) -> str:
    if state.ended or deadline.status in _ENDED:
        return "CANCELLED"
    return "TENTATIVE" if deadline.status is DeadlineStatus.PAUSED else "CONFIRMED"


def _meeting(state: MonitoringState, item: CouncilItem, names: Names) -> Event:
    assert item.meeting_at is not None, "asked before"
    said = text(names.language, "page.workplace.feed.meeting")
    event = _event(f"№ {state.number}: {said}", names.of(_council(item)), f"council-{item.id}")
    event.add("DTSTART", item.meeting_at.astimezone(COUNTRY))
    event.add("STATUS", "CANCELLED" if state.ended or item.outcome is not None else "CONFIRMED")
    return event


def _event(summary: str, body: str, of: str) -> Event:
    event = Event()
    event.add("SUMMARY", f"{summary} – {body}" if body else summary)
    event["X-OF"] = of
    event.add("TRANSP", "TRANSPARENT")
    return event
