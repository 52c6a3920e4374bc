"""Whether the one who acts may (docs/procedure.md), and whether a link is for the matter it is used on."""

from collections.abc import Callable, Mapping
from typing import Final

from models.commands import HandOnLetter
from models.commands.command import Command
from models.letters.letter import Letter
from models.letters.purposes import LINKS, LinkSubject
from models.monitoring.follow_up import awaited_of
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterStatus, Purpose
from models.vocabulary.procedure import Conducting, Consent, Id
from models.vocabulary.refusal import refuse_if


def check_actor(state: MonitoringState, command: Command) -> None:
    """A link speaks for its own matter only. Raises `Refused` (link_not_for_this, link_superseded)."""
    letter_id = command.actor.letter
    if letter_id is None:
        return
    letter = state.letters.get(letter_id)
    fits = letter is not None and _for_this(letter, command)
    refuse_if(not fits, "link_not_for_this")
    refuse_if(link_superseded(state, letter_id), "link_superseded")


def _for_this(letter: Letter, command: Command) -> bool:
    row = LINKS[letter.purpose] if letter.purpose else None
    if row is None or type(command) not in row.commands:
        return False
    if isinstance(command, HandOnLetter):
        return command.letter == letter.id
    subject: Id = getattr(command, row.subject.value)
    return subject == letter.subject


def link_superseded(state: MonitoringState, letter_id: Id) -> bool:
    """Whether something took the letter's place: a corrected report, another member, a withdrawal."""
    letter = state.letters[letter_id]
    if letter.status is LetterStatus.WITHDRAWN or letter.purpose is None:
        return True
    return _SUPERSEDED[LINKS[letter.purpose].subject](state, letter)


def _report_corrected(state: MonitoringState, letter: Letter) -> bool:
    newer = letter.version != state.addressees[letter.subject].version
    return newer and not still_asks(state, letter)


def _member_replaced(state: MonitoringState, letter: Letter) -> bool:
    group = state.working_group
    return group is not None and group.members[letter.subject].consent is Consent.REPLACED


def _no_longer_named(state: MonitoringState, letter: Letter) -> bool:
    return state.co_conductors[letter.subject].conducting is Conducting.WITHDRAWN


_SUPERSEDED: Final[Mapping[LinkSubject, Callable[[MonitoringState, Letter], bool]]] = {
    LinkSubject.ADDRESSEE: _report_corrected,
    LinkSubject.MEMBER: _member_replaced,
    LinkSubject.REQUEST: lambda state, letter: state.requests[letter.subject].withdrawn,
    LinkSubject.ITEM: lambda state, letter: state.council_items[letter.subject].withdrawn,
    LinkSubject.ORGANISATION: _no_longer_named,
}


def still_asks(state: MonitoringState, letter: Letter) -> bool:
    """A12: whether a link to report on an earlier version's items serves, since a correction kept some."""
    version = letter.version
    return (
        letter.purpose is Purpose.REPORT_IMPLEMENTATION
        and version is not None
        and any(
            item.answered_for is not None and item.answered_for <= version
            for item in awaited_of(state, letter.subject)
        )
    )
