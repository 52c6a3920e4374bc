"""Letters to whoever came after a body (decision 0017): what that had in the monitoring is its own now."""

from collections.abc import Iterable

from models.events import BodySucceeded, Entry
from models.letters.letter import Letter, ordered
from models.monitoring.follow_up import awaited_of
from models.monitoring.follow_up_letters import about_implementation
from models.monitoring.matters import Matter, MatterKind
from models.monitoring.passed_on import passed_on
from models.monitoring.receipt_letters import to_addressee
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Id

_KIND = LetterKind.SUCCESSION_TOLD


def succession_told(state: MonitoringState, event: BodySucceeded, _: Entry) -> Iterable[Letter]:
    """One letter, which says all that passed on; each further link that there is brings one of its own."""
    if event.told is None:
        return
    matters = passed_on(state, event)
    linked = [letter for matter in matters for letter in _linked(state, matter)]
    if linked:
        yield from linked
    elif matters:
        yield ordered(_KIND, event.told, RecipientKind.HEAD, event.body)


def _linked(state: MonitoringState, matter: Matter) -> Iterable[Letter]:
    """What is answered by a link: it speaks for the matter, under the body that it began with."""
    subject = matter.subject or ""
    match matter.kind:
        case MatterKind.ADDRESSED if awaited_of(state, subject):
            yield about_implementation(state, subject, _KIND)
        case MatterKind.ADDRESSED:
            yield to_addressee(state, subject, _KIND)
        case MatterKind.INFORMATION:
            yield _about_request(state, subject)
        case MatterKind.NAMED | MatterKind.CONDUCTED if not state.co_conductors[subject].own_word:
            link = Purpose.CONFIRM_CONDUCT
            yield ordered(_KIND, subject, RecipientKind.HEAD, subject, link=link)


def _about_request(state: MonitoringState, request: Id) -> Letter:
    asked = state.requests[request]
    link = Purpose.ANSWER_INFORMATION_REQUEST
    return ordered(_KIND, asked.holder, RecipientKind.ORGANISATION, request, asked.deadline, link=link)
