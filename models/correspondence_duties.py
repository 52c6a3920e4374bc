"""Which letters a duty's journal causes: warnings to the head, a breach also to the authorized body."""

from collections.abc import Iterable

from models.agenda import RungName
from models.duty_state import DutyState
from models.events import Entry, PeriodVerdict, RungReached
from models.letter import Letter, letter_id
from models.procedure import Id, Kind, LetterKind, RecipientKind

_WARNINGS = {
    RungName.EARLY_REMINDER: LetterKind.DUTY_REMINDER,
    RungName.REMINDER: LetterKind.DUTY_AT_RISK,
    RungName.LAST_CALL: LetterKind.DUTY_LAST_CALL,
}


def letters_of_duty(state: DutyState, entry: Entry) -> tuple[Letter, ...]:
    """The letters due after an entry; `state` is the state after it."""
    event = entry.event
    if not isinstance(event, RungReached) or event.silent:
        return ()
    about = _about(state, event)
    return tuple(
        letter.model_copy(update={"id": letter_id(entry.seq, index)}) for index, letter in enumerate(about)
    )


def _about(state: DutyState, event: RungReached) -> Iterable[Letter]:
    head = state.organisation
    period = state.deadlines[event.deadline].subject
    if state.kind is Kind.THEMATIC:
        yield _letter(LetterKind.THEMATIC_REMINDER, head, period, event.deadline)
    elif event.rung in _WARNINGS:
        yield _letter(_WARNINGS[event.rung], head, period, event.deadline)
    elif _breached(state, period):
        for recipient in dict.fromkeys((head, state.briefing.authorized_body)):
            yield _letter(LetterKind.DUTY_BREACHED, recipient, period, event.deadline)


def _breached(state: DutyState, period: Id) -> bool:
    return any(p.period.id == period and p.standing is PeriodVerdict.BREACHED for p in state.past)


def _letter(kind: LetterKind, organisation: Id, period: Id, deadline: Id) -> Letter:
    return Letter(
        id="L0-0",  # given by `letters_of_duty`
        kind=kind,
        recipient=organisation,
        recipient_kind=RecipientKind.HEAD,
        subject=period,
        deadline=deadline,
    )
