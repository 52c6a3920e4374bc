"""Letters to whoever is asked for information (rules 7, 8), and when nobody is asked any more.

An answer is confirmed by `models/monitoring/confirming_letters.py`.
"""

from collections.abc import Iterable

from models.events import (
    Entry,
    InformationRequested,
    InformationRequestWithdrawn,
)
from models.letters.letter import Letter, ordered
from models.monitoring.state import InformationRequest, MonitoringState
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Consent


def requested(state: MonitoringState, event: InformationRequested, _: Entry) -> Iterable[Letter]:
    yield ordered(
        LetterKind.INFORMATION_REQUEST,
        event.holder,
        RecipientKind.ORGANISATION,
        event.request,
        event.deadline.id,
    )


def withdrawn(state: MonitoringState, event: InformationRequestWithdrawn, _: Entry) -> Iterable[Letter]:
    if event.told:
        yield _not_needed(state.requests[event.request])


def asked_in_vain(state: MonitoringState) -> Iterable[Letter]:
    """With the approval nobody is asked for information or consent any more: each is told so."""
    for member in state.working_group.members.values() if state.working_group else ():
        if member.consent is Consent.INVITED:
            yield ordered(LetterKind.INVITATION_OVER, member.person, RecipientKind.PERSON, member.id)
    for request in state.requests.values():
        if request.open:
            yield _not_needed(request)


def _not_needed(request: InformationRequest) -> Letter:
    kind = LetterKind.INFORMATION_NOT_NEEDED
    return ordered(kind, request.holder, RecipientKind.ORGANISATION, request.id)
