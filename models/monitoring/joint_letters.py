"""Letters about joint conduct (rule 2), to the heads of bodies that were named co-conductors."""

from collections.abc import Iterable

from models.events import CoConductorNamed, CoConductorWithdrawn, ConductConfirmed, ConductDeclined, Entry
from models.letters.letter import Letter, ordered
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Id


def named(state: MonitoringState, event: CoConductorNamed, _: Entry) -> Iterable[Letter]:
    """Whoever is named is asked; a division that is appointed hears of it, for its own duty (rule 13)."""
    asked = LetterKind.CONDUCT_ON_LEADS_WORD if event.appointed else LetterKind.CONDUCT_REQUEST
    yield _to(event.body.organisation, asked)


def confirmed(state: MonitoringState, event: ConductConfirmed, entry: Entry) -> Iterable[Letter]:
    """A body for which the lead spoke hears of it; whoever said it by a link gets the confirmation."""
    if not event.own_word:
        yield _to(event.organisation, LetterKind.CONDUCT_ON_LEADS_WORD)
    else:
        yield from _by_link(event.organisation, entry)


def declined(state: MonitoringState, event: ConductDeclined, entry: Entry) -> Iterable[Letter]:
    yield from _by_link(event.organisation, entry)


def withdrawn(state: MonitoringState, event: CoConductorWithdrawn, _: Entry) -> Iterable[Letter]:
    yield _to(event.organisation, LetterKind.CO_CONDUCTOR_WITHDRAWN)


def cancelled(state: MonitoringState) -> Iterable[Letter]:
    """Nobody conducts, or is asked to, any more."""
    for organisation, body in state.co_conductors.items():
        if body.conducts or body.waits:
            yield _to(organisation, LetterKind.MONITORING_CANCELLED)


def _by_link(organisation: Id, entry: Entry) -> Iterable[Letter]:
    """Whoever has an account sees on the page what was said."""
    if entry.actor.letter is not None:
        yield _to(organisation, LetterKind.ANSWER_CONFIRMATION)


def _to(organisation: Id, kind: LetterKind) -> Letter:
    return ordered(kind, organisation, RecipientKind.HEAD, organisation)
