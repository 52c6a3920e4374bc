"""What the particulars of a monitoring's letter are read from."""

from models.events import Entry
from models.letters.letter import Letter
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model


class About(Model):
    """The state, the letter, and the entry of the journal that caused it."""

    state: MonitoringState
    letter: Letter
    cause: Entry
