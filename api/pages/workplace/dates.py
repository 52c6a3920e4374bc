"""Deadlines as lines of a page: what is awaited of whom until when, and on what that day rests."""

from collections.abc import Iterable, Iterator
from datetime import date

from activities.letters.follow_up import item_named
from api.history.names import Names
from api.pages.links.due import due_said
from locales.terms import term
from models.agenda.deadline import Deadline, DeadlineStatus, DeadlineSubject
from models.monitoring.grounds import day_ground
from models.monitoring.state import MonitoringState
from models.timeline.sayings import Mention
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language

UNFINISHED = frozenset({DeadlineStatus.OPEN, DeadlineStatus.PASSED, DeadlineStatus.PAUSED})


class DateSaid(Model):
    """One deadline in words. `late`: its day has passed, and what was awaited did not come by it."""

    id: Id
    what: str
    whom: str
    due_on: date
    until: str
    why: tuple[str, ...]
    status: str
    late: bool
    paused: bool


def awaited_of(state: MonitoringState, deadline: Deadline) -> Mention | None:
    """Who is waited for; nobody where time alone passes."""
    match deadline.subject_kind:
        case DeadlineSubject.INVITATION:
            members = state.working_group.members if state.working_group else {}
            member = members.get(deadline.subject)
            return Mention(registry=RecipientKind.PERSON, id=member.person) if member else None
        case DeadlineSubject.INFORMATION_REQUEST:
            request = state.requests.get(deadline.subject)
            return _body(request.holder) if request else None
        case DeadlineSubject.RECEIPT | DeadlineSubject.REPLY:
            return _body(deadline.subject)
        case DeadlineSubject.IMPLEMENTATION:
            item = state.items.get(deadline.subject)
            return _body(item.addressee) if item else None
        case _:
            return None


def mentioned(state: MonitoringState, deadlines: Iterable[Deadline]) -> Iterator[Mention]:
    """Whom the lines of these deadlines name."""
    yield from filter(None, (awaited_of(state, each) for each in deadlines))


def date_said(
    language: Language, state: MonitoringState, deadline: Deadline, names: Names, today: date
) -> DateSaid:
    whom, due = awaited_of(state, deadline), due_said(language, deadline, today, day_ground(state, deadline))
    of_item = deadline.subject_kind is DeadlineSubject.IMPLEMENTATION and deadline.subject in state.items
    what = term(language, deadline.subject_kind)
    if of_item:
        what = f"{item_named(language, state, deadline.subject)}: {what}"
    return DateSaid(
        id=deadline.id,
        what=what,
        whom=names.of(whom) if whom else "",
        due_on=deadline.due_on,
        until=due.until,
        why=due.why,
        status=term(language, deadline.status),
        late=deadline.late,
        paused=deadline.status is DeadlineStatus.PAUSED,
    )


def _body(organisation: Id) -> Mention:
    return Mention(registry=RecipientKind.ORGANISATION, id=organisation)
