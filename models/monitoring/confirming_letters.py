"""Letters that confirm an answer: to the body, and to the colleague by whose link it was given."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from models.events import Entry, InformationRequestAnswered, ReplyAmended, ReportAnswered
from models.letters.letter import Letter, ordered
from models.monitoring.follow_up import awaited_of
from models.monitoring.follow_up_letters import about_implementation, implementation_confirmed
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterKind, RecipientKind

Causes: TypeAlias = Callable[..., Iterable[Letter]]
"""Which letters an event causes: of the state after it, the event, its entry."""


def _to_colleague_too(causes: Causes) -> Causes:
    """The same letters once more, with links of their own, where the letter answered by says so."""

    def for_both(state: MonitoringState, event: Model, entry: Entry) -> Iterable[Letter]:
        letters = tuple(causes(state, event, entry))
        yield from letters
        held = state.letters.get(entry.actor.letter or "")
        if held is not None and held.confirms:
            yield from (letter.model_copy(update={"colleague": held.colleague}) for letter in letters)

    return for_both


def _of_information(
    state: MonitoringState, event: InformationRequestAnswered, entry: Entry
) -> Iterable[Letter]:
    holder = state.requests[event.request].holder
    yield ordered(LetterKind.ANSWER_CONFIRMATION, holder, RecipientKind.ORGANISATION, event.request)


def _of_reply(state: MonitoringState, event: ReportAnswered | ReplyAmended, _: Entry) -> Iterable[Letter]:
    """One letter: the confirmation, which also says how to report what was accepted, if anything was."""
    if awaited_of(state, event.addressee):
        yield about_implementation(state, event.addressee, LetterKind.IMPLEMENTATION_AWAITED)
    else:
        yield ordered(
            LetterKind.ANSWER_CONFIRMATION, event.addressee, RecipientKind.ORGANISATION, event.addressee
        )


information_confirmed = _to_colleague_too(_of_information)
reply_confirmed = _to_colleague_too(_of_reply)
report_confirmed = _to_colleague_too(implementation_confirmed)
