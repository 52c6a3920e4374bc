"""What the three workflows have in common: a state folded from a journal, deadlines, letters."""

from abc import abstractmethod

from models.agenda.deadline import Deadline
from models.calendar.working import WorkingCalendar
from models.letters.letter import Letter
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id, Mark
from models.vocabulary.succession import Succession


class Proceeding(Model):
    """A monitoring, a duty or a consolidation at a moment."""

    seq: int
    edition: Edition
    calendar: WorkingCalendar
    letters: dict[Id, Letter] = {}
    deadlines: dict[Id, Deadline] = {}
    successions: dict[Id, Succession] = {}  # of bodies with a part in it, as far as it was told
    commands: tuple[Id, ...] = ()  # the ids obeyed, newest last: a repeated one is answered, not repeated

    @property
    @abstractmethod
    def mark(self) -> Mark:
        """What its letters are filed under."""

    @property
    @abstractmethod
    def workflow_id(self) -> str:
        """The legal identity, as the workflow's id."""

    @property
    @abstractmethod
    def responsible(self) -> Id:
        """The body whose own it is: what waits for nobody else waits for this one."""

    @property
    @abstractmethod
    def ended(self) -> bool:
        """Nothing can happen any more."""

    @property
    def letters_due(self) -> tuple[Letter, ...]:
        """Letters that wait to leave, in order."""
        return tuple(letter for letter in self.letters.values() if letter.status is LetterStatus.DUE)

    @property
    def letters_undelivered(self) -> tuple[Letter, ...]:
        """Letters that could not be delivered, and that nobody has seen to since."""
        undelivered = LetterStatus.UNDELIVERABLE
        return tuple(letter for letter in self.letters.values() if letter.status is undelivered)
