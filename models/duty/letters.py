"""Which letters a duty's journal causes: warnings to the head; a breach, and its correction, also to the
authorized body."""

from collections.abc import Iterable

from models.duty.state import DutyState
from models.events import DutyCorrected, Entry, Event, LetterUndelivered, PeriodVerdict, RungReached
from models.letters.letter import Letter, letter_id
from models.proceeding.undelivered import telling
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Id, Kind

_WARNINGS = {
    RungName.EARLY_REMINDER: LetterKind.DUTY_REMINDER,
    RungName.REMINDER: LetterKind.DUTY_AT_RISK,
    RungName.LAST_CALL: LetterKind.DUTY_LAST_CALL,
}


def letters_of_duty(state: DutyState, entry: Entry) -> tuple[Letter, ...]:
    """The letters due after an entry; `state` is the state after it."""
    return tuple(
        letter.model_copy(update={"id": letter_id(entry.seq, index)})
        for index, letter in enumerate(_caused(state, entry.event))
    )


def _caused(state: DutyState, event: Event) -> Iterable[Letter]:
    if isinstance(event, RungReached) and not event.silent:
        yield from _about(state, event)
    elif isinstance(event, DutyCorrected) and event.told:
        for recipient in _watching(state):
            yield _letter(LetterKind.DUTY_CORRECTED, recipient, event.period)
    elif isinstance(event, LetterUndelivered):
        # Heads could not be reached: the office of the body that keeps watch, by its own address.
        yield from telling(state, event, state.briefing.authorized_body, RecipientKind.ORGANISATION)


def _about(state: DutyState, event: RungReached) -> Iterable[Letter]:
    head = state.organisation
    period = state.deadlines[event.deadline].subject
    if state.kind is Kind.THEMATIC:
        yield _letter(LetterKind.THEMATIC_REMINDER, head, period, event.deadline)
    elif event.rung in _WARNINGS:
        yield _letter(_WARNINGS[event.rung], head, period, event.deadline)
    elif _breached(state, period):
        for recipient in _watching(state):
            yield _letter(LetterKind.DUTY_BREACHED, recipient, period, event.deadline)


def _watching(state: DutyState) -> tuple[Id, ...]:
    """The body that owes and the authorized body, which may be the same."""
    return tuple(dict.fromkeys((state.organisation, state.briefing.authorized_body)))


def _breached(state: DutyState, period: Id) -> bool:
    return any(p.period.id == period and p.standing is PeriodVerdict.BREACHED for p in state.past)


def _letter(kind: LetterKind, organisation: Id, period: Id, deadline: Id | None = None) -> Letter:
    return Letter(
        id="L0-0",  # given by `letters_of_duty`
        kind=kind,
        recipient=organisation,
        recipient_kind=RecipientKind.HEAD,
        subject=period,
        deadline=deadline,
    )
