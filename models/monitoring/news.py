"""What others do while a monitoring is coordinated, gathered for whoever coordinates it. Beyond the Rules.

Once a working day, at the opening of hours; at once where a deadline of the same matter is near. An edition
that does not say so (`coordinators_told`) leaves it off, so that monitorings from before keep their way.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from models.agenda.deadline import DeadlineStatus, DeadlineSubject, deadline_id
from models.calendar.working import WorkingCalendar
from models.events import (
    ConductConfirmed,
    ConductDeclined,
    ConsiderationRecorded,
    Entry,
    ExcerptAdded,
    ImplementationReported,
    InformationRequestAnswered,
    InvitationAnswered,
    MemberWithdrawn,
    MoreTimeAsked,
    News,
    NewsGathered,
    ReplyAmended,
    ReportAnswered,
    ReportReturned,
)
from models.monitoring.state import MonitoringState
from models.proceeding.registry import changed
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id

Fields = Mapping[str, object]


def noted(state: MonitoringState, entry: Entry) -> MonitoringState:
    """The state with what its last entry is news of; nothing that whoever coordinates did is news to him."""
    read = _NEWS.get(type(entry.event))
    account = (state.handed_to or state.started_by).account
    himself = account is not None and entry.actor.account == account
    if read is None or himself or not state.edition.switches.coordinators_told:
        return state
    fields = read(state, entry.event, entry.at)
    if fields is None:
        return state
    base = {"seq": entry.seq, "type": entry.event.type, "at": entry.at}
    news = News.model_validate({**base, **fields})
    return changed(state, news=(*state.news, news))


def news_due_at(state: MonitoringState) -> datetime | None:
    """The UTC instant at which what was gathered is told; None where nothing waits to be."""
    if state.ended:
        return None
    return min((_told_at(state.calendar, news) for news in state.news), default=None)


def news_due(state: MonitoringState, now: datetime) -> tuple[NewsGathered, ...]:
    """One letter for all of it, whenever the first of it is due: nobody is written to twice a day for it."""
    due_at = news_due_at(state)
    return (NewsGathered(news=state.news),) if due_at is not None and due_at <= now else ()


def _told_at(calendar: WorkingCalendar, news: News) -> datetime:
    if news.near:
        return news.at
    opening = calendar.opening(calendar.working_day_from(calendar.local_date(news.at)))
    if opening > news.at:
        return opening
    return calendar.opening(calendar.next_working_day(calendar.local_date(news.at)))


# ——— what is news, and who did it ———
def _returned(_: MonitoringState, event: ReportReturned, __: datetime) -> Fields | None:
    return None if event.coordinator_told else {"version": event.version}


def _of_body(
    _: MonitoringState, event: ReportAnswered | ReplyAmended | ImplementationReported, __: datetime
) -> Fields:
    return {"who": event.addressee}


def _more_time(state: MonitoringState, event: MoreTimeAsked, at: datetime) -> Fields:
    """It has to be decided before the day it asks to move."""
    near = _is_near(state, deadline_id(DeadlineSubject.REPLY, event.addressee), at)
    return {"who": event.addressee, "until": event.until, "near": near}


def _of_member(state: MonitoringState, event: InvitationAnswered | MemberWithdrawn, _: datetime) -> Fields:
    group = state.working_group
    assert group is not None
    return {"who": group.members[event.member].person, "who_kind": RecipientKind.PERSON}


def _of_holder(state: MonitoringState, event: InformationRequestAnswered, _: datetime) -> Fields:
    return {"who": state.requests[event.request].holder}


def _of_co_conductor(_: MonitoringState, event: ConductConfirmed | ConductDeclined, __: datetime) -> Fields:
    return {"who": event.organisation}


def _of_council(state: MonitoringState, event: ConsiderationRecorded | ExcerptAdded, _: datetime) -> Fields:
    return {"who": state.council_items[event.item].council, "who_kind": RecipientKind.COUNCIL}


_NEWS: Final[Mapping[type[Model], Callable[..., Fields | None]]] = MappingProxyType(
    {
        ReportReturned: _returned,
        ReportAnswered: _of_body,
        ReplyAmended: _of_body,
        MoreTimeAsked: _more_time,
        ImplementationReported: _of_body,
        InvitationAnswered: _of_member,
        MemberWithdrawn: _of_member,
        InformationRequestAnswered: _of_holder,
        ConsiderationRecorded: _of_council,
        ExcerptAdded: _of_council,
        ConductConfirmed: _of_co_conductor,
        ConductDeclined: _of_co_conductor,
    }
)
NEWS_TYPES: Final = frozenset(str(event.model_fields["type"].default) for event in _NEWS)
"""The types of events that are news; each has its sentence `letter.news.<type>`."""


def _is_near(state: MonitoringState, deadline: Id, at: datetime) -> bool:
    known, calendar = state.deadlines.get(deadline), state.calendar
    if known is None or known.status is not DeadlineStatus.OPEN:
        return False
    left = calendar.working_days_between(calendar.local_date(at), known.due_on)
    return left <= state.edition.times.near
