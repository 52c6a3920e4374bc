"""A letter is handed on to a colleague of whoever holds it. Beyond the Rules: links are handed on anyway."""

from datetime import date
from typing import Final

from models.commands import HandOnLetter
from models.events import Event, LetterHandedOn
from models.letters.purposes import LINKS
from models.monitoring.rules.actors import link_superseded
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterStatus
from models.vocabulary.refusal import refuse_if

MOST: Final = 10
"""How often one letter goes on, from hand to hand or to an address that was wrong."""


@decides(HandOnLetter)
def hand_on_letter(state: MonitoringState, command: HandOnLetter, today: date) -> tuple[Event, ...]:
    """Once by each who holds it, unless it could not be delivered; both may answer, the first one counts."""
    letter = state.letters.get(command.letter)
    purpose = letter.purpose if letter else None
    fits = letter is not None and purpose is not None and HandOnLetter in LINKS[purpose].forms
    refuse_if(not fits, "letter_of_its_reader_only")
    assert letter is not None
    by_link = command.actor.letter is not None
    itself = command.actor.organisation == state.stands_for(letter.recipient)
    refuse_if(not by_link and not itself, "link_not_for_this")
    refuse_if(link_superseded(state, letter.id), "letter_superseded")
    handed = state.letters.get(letter.handed_on_as or "")
    failed = handed is None or handed.status is LetterStatus.UNDELIVERABLE
    refuse_if(not failed, "letter_handed_on_already")
    copies = sum(each.copy_of == letter.original for each in state.letters.values())
    refuse_if(copies >= MOST, "letter_handed_on_too_often")
    handed_on = LetterHandedOn(letter=letter.id, colleague=command.colleague, confirms=command.confirms)
    return (handed_on,)
