"""What a command would lead to if it were sent now: which letters leave, which days are told anew."""

from collections.abc import Iterable
from datetime import datetime

from models.agenda.deadline import Deadline
from models.agenda.grounds import DayGround
from models.calendar.working import WorkingCalendar
from models.commands.command import Command
from models.events import Entry, Event
from models.letters.letter import Letter
from models.monitoring.fold import apply
from models.monitoring.grounds import day_ground
from models.monitoring.receipt import term_awaiting_receipt
from models.monitoring.rules import decide
from models.monitoring.state import MonitoringState
from models.proceeding.calendars import change_calendar
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.base import Model
from models.vocabulary.editions import ReplyTerm
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id


class Foreseen(Model):
    """Letters that would leave, in their order, and the deadlines that would be other ones or new.

    `from_receipt` are the terms that no day can be told of yet: they begin when the report is received.
    """

    letters: tuple[Letter, ...]
    deadlines: tuple[Deadline, ...]
    grounds: dict[Id, DayGround | None] = {}  # who would have named the day of each of these
    from_receipt: tuple[ReplyTerm, ...] = ()


def foresee(state: MonitoringState, command: Command, now: datetime) -> Foreseen:
    """By the very functions that decide and fold; nothing happens. `now` is UTC. Raises Refused."""
    return _after(state, decide(state, command, now), command.actor, now)


def foresee_calendar(state: MonitoringState, calendar: WorkingCalendar, now: datetime) -> Foreseen:
    """What a new edition of the working calendar would do to a monitoring. `now` is UTC."""
    return _after(state, change_calendar(state, calendar), SYSTEM, now)


def _after(state: MonitoringState, events: Iterable[Event], actor: Actor, now: datetime) -> Foreseen:
    after = state
    for event in events:
        after = apply(after, Entry(seq=after.seq + 1, at=now, actor=actor, event=event))
    deadlines = tuple(each for known, each in after.deadlines.items() if each != state.deadlines.get(known))
    return Foreseen(
        letters=tuple(each for each in after.letters.values() if _leaves(state, each)),
        deadlines=deadlines,
        grounds={each.id: day_ground(after, each) for each in deadlines},
        from_receipt=tuple(
            term
            for body, each in after.addressees.items()
            if each != state.addressees.get(body) and (term := term_awaiting_receipt(after, each))
        ),
    )


def _leaves(before: MonitoringState, letter: Letter) -> bool:
    known = before.letters.get(letter.id)
    sent_anew = known is None or known.attempt != letter.attempt
    return sent_anew and letter.status is LetterStatus.DUE
