"""Letters about a monitoring that is handed over: to whoever coordinates it now, and to whoever did."""

from collections.abc import Iterable

from models.events import Entry, MonitoringReassigned
from models.letters.letter import Letter, ordered
from models.monitoring.state import MonitoringState
from models.monitoring.watching_letters import head_of
from models.vocabulary.letters import LetterKind, RecipientKind


def reassigned(state: MonitoringState, event: MonitoringReassigned, _: Entry) -> Iterable[Letter]:
    """Where nobody coordinated it, the head was asked, and hears that somebody does."""
    former = (event.previous, RecipientKind.ACCOUNT) if event.previous else head_of(event.organisation)
    for reader, kind in ((event.to, RecipientKind.ACCOUNT), former):
        yield ordered(LetterKind.MONITORING_REASSIGNED, reader, kind, event.organisation)
