"""Before a command is sent: which letters will leave, and to whom; which days will be other ones."""

from typing import Final

from activities.letters.text import appc_76_said, subject_of
from activities.registries.lookup import Lookup
from activities.registries.recipients import resolve, usable
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.forms.form import Line
from locales.catalogue import plural, text
from locales.dates import say_date
from locales.due import basis_said
from locales.terms import term
from models.agenda.deadline import Deadline, DeadlineSubject
from models.agenda.grounds import DayGround
from models.commands.command import Command
from models.letters.letter import Letter
from models.letters.post import UndeliveredReason
from models.monitoring.foreseen import foresee
from models.monitoring.receipt import code_binds
from models.monitoring.state import MonitoringState
from models.vocabulary.editions import ReplyTerm
from models.vocabulary.procedure import Id, Language, Number

_OWN: Final = frozenset({DeadlineSubject.RECEIPT})
"""Until when the product itself reminds; nobody is given such a day."""


async def foreseen_lines(sitting: MonitoringSitting, command: Command) -> tuple[Line, ...]:
    """What a command would lead to, in words. Raises Refused."""
    language = sitting.language
    foreseen = foresee(sitting.state, command, sitting.now)
    lookup = Lookup(sitting.session, language, sitting.today)
    letters = [
        Line(
            label=text(language, "page.desk.foreseen.letter"),
            value=await _letter(lookup, sitting.number, each, sitting.state.stepped_aside),
        )
        for each in foreseen.letters
    ]
    changed = (each for each in foreseen.deadlines if each.id in sitting.state.deadlines)
    begun = (each for each in foreseen.deadlines if each.id not in sitting.state.deadlines)
    return (
        *(_due(language, sitting.state.deadlines[each.id], each) for each in changed),
        *dict.fromkeys(
            _begins(language, each, foreseen.grounds.get(each.id))
            for each in begun
            if each.subject_kind not in _OWN
        ),
        *dict.fromkeys(_waits(language, each, sitting.state) for each in foreseen.from_receipt),
        *letters,
    )


async def languages_read(sitting: MonitoringSitting, command: Command) -> frozenset[Language]:
    """Of all whom a command's letters would leave for, where their address is known. Raises Refused."""
    letters = foresee(sitting.state, command, sitting.now).letters
    aside = sitting.state.stepped_aside
    known = [await resolve(sitting.session, each, sitting.today, aside) for each in letters]
    return frozenset(each.language for each in known if each is not None)


def _begins(language: Language, deadline: Deadline, ground: DayGround | None) -> Line:
    """A deadline that will begin: its day, and on what that rests; those of several bodies are one line."""
    label = text(language, "page.desk.foreseen.deadline", what=term(language, deadline.subject_kind))
    day, basis = say_date(language, deadline.due_on), basis_said(language, deadline, ground)
    return Line(label=label, value=f"{day} · {basis}")


def _waits(language: Language, each: ReplyTerm, state: MonitoringState) -> Line:
    """A term whose first day is the report's receipt: no day can be told yet."""
    label = text(language, "page.desk.foreseen.deadline", what=term(language, DeadlineSubject.REPLY))
    waits = plural(language, "page.desk.foreseen.from_receipt", each.working_days)
    return Line(label=label, value=f"{waits} · {appc_76_said(language, by_law=code_binds(state))}")


async def _letter(lookup: Lookup, number: Number, letter: Letter, aside: tuple[Id, ...]) -> str:
    """To whom, and the subject as it will stand: in the recipient's language."""
    known = await resolve(lookup.session, letter, lookup.today, aside)
    spoken = known.language if known else lookup.language
    subject = subject_of(spoken, letter.kind, number)
    said = f"{await lookup.recipient(letter)}: «{subject}» ({term(lookup.language, spoken)})"
    if known is not None and not isinstance(usable(known.address), UndeliveredReason):
        return said
    return f"{said}. {text(lookup.language, 'page.desk.foreseen.no_address')}"


def _due(language: Language, before: Deadline, after: Deadline) -> Line:
    """A deadline as it will stand: its day, and the day before where that is another one."""
    due = say_date(language, after.due_on)
    if before.due_on != after.due_on:
        due = text(language, "page.desk.foreseen.instead", due=due, before=say_date(language, before.due_on))
    label = text(language, "page.desk.foreseen.deadline", what=term(language, after.subject_kind))
    return Line(label=label, value=f"{due}, {term(language, after.status)}")
