"""Letters to whoever coordinates a monitoring, and to whoever watches over it (rule 18). Beyond the Rules."""

from collections.abc import Iterable, Iterator

from models.events import Entry, LetterUndelivered, MonitoringRested, NewsGathered, ReportReturned
from models.letters.letter import Letter, ordered
from models.monitoring.receipt_letters import coordinator_of
from models.monitoring.state import MonitoringState
from models.proceeding.undelivered import telling
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import ConductorKind, Id, Stage

Reader = tuple[Id, RecipientKind]


def head_of(organisation: Id) -> Reader:
    return organisation, RecipientKind.HEAD


def not_delivered(state: MonitoringState, event: LetterUndelivered, _: Entry) -> Iterable[Letter]:
    yield from telling(state, event, *coordinator_of(state))


def returned_told(state: MonitoringState, event: ReportReturned, entry: Entry) -> Iterable[Letter]:
    """Rule 15: it is worked on again. Whoever gave it back knows."""
    reader, kind = coordinator_of(state)
    if event.coordinator_told and reader != entry.actor.account:
        yield ordered(LetterKind.REPORT_RETURNED, reader, kind, state.responsible, version=event.version)


def news_told(state: MonitoringState, _: NewsGathered, __: Entry) -> Iterable[Letter]:
    reader, kind = coordinator_of(state)
    yield ordered(LetterKind.NEWS_GATHERED, reader, kind, state.responsible)


def rest_told(state: MonitoringState, event: MonitoringRested, _: Entry) -> Iterable[Letter]:
    """To whoever coordinates, to a head whose word is awaited; the second time to whoever watches over it."""
    for reader, kind in dict.fromkeys(_told_of_rest(state, event)):
        yield ordered(LetterKind.MONITORING_RESTED, reader, kind, state.responsible)


def _told_of_rest(state: MonitoringState, event: MonitoringRested) -> Iterator[Reader]:
    yield coordinator_of(state)
    if state.submitted is not None:
        yield head_of(state.responsible)
    if event.reminder > 1 and _is_watched_over(state):
        yield head_of(state.authorized_body)


def _is_watched_over(state: MonitoringState) -> bool:
    """Rules 17, 18: divisions are the authorized body's own; of others it awaits the approved report only.

    An other subject conducts on its own initiative (rule 14): what it has not approved is its own matter.
    """
    return state.lead.kind.conductor_kind is not ConductorKind.OTHER_SUBJECT or state.stage is Stage.APPROVED
