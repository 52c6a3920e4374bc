"""What one letter asks, before whoever answers: its recipient behind the link, or whoever records a paper."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from activities.letters.follow_up import item_named
from activities.registries.lookup import Lookup, entry_of
from api.commands.addressed import Addressed, monitoring
from api.pages.forms.bench import Bench
from api.pages.links.form_names import FormName
from api.pages.site.stopping import Contact, StopKind, Stopped
from models.agenda.deadline import Deadline
from models.commands.receipt import Receipt
from models.letters.letter import Letter
from models.monitoring.receipt import deadline_told
from models.monitoring.state import MonitoringState
from models.tables.journal import EntryRow
from models.timeline.ways import AnswerWay, way_of
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id, Number, Sha256
from models.vocabulary.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class Matter(Bench):
    """One letter and its monitoring, as the forms for its answer need them."""

    on_paper: ClassVar[bool] = False  # whether the answer is there already, and is recorded from its paper

    state: MonitoringState
    letter: Letter
    title: str
    recipient: str
    contact: Contact

    @property
    def number(self) -> Number:
        return self.state.number

    @property
    def purpose(self) -> Purpose:
        assert self.letter.purpose is not None, "a letter without a purpose has no link"
        return self.letter.purpose

    @property
    def deadline(self) -> Deadline | None:
        return deadline_told(self.state, self.letter)

    @property
    def lookup(self) -> Lookup:
        return Lookup(self.session, self.language, self.today)

    @property
    def act(self) -> Sha256 | None:
        """The file of the act by which a body says it, where it does not say it itself."""
        return None

    @property
    def evidence(self) -> str:
        """Which paper it was, of the word of somebody in whose name nobody acts; nothing of what is typed."""
        return ""

    def way_of(self, line: EntryRow) -> AnswerWay | None:
        return way_of(entry_of(line), self.state.successions)

    @property
    def to(self) -> Addressed[Receipt]:
        return monitoring(self.state)

    def reader_of(self, holder: str) -> str:
        """Who has the link by which something was saved."""
        return self.recipient

    @property
    def letters(self) -> frozenset[Id]:
        """All letters that asked for the same: what was attached by one is known behind the others."""
        alike = (self.letter.subject, self.letter.purpose)
        return frozenset(
            each.id for each in self.state.letters.values() if (each.subject, each.purpose) == alike
        )

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        """The items as the page numbers them: their ids are not shown there."""
        return {item: item_named(self.language, self.state, item) for item in self.state.items}

    @property
    @abstractmethod
    def query(self) -> str:
        """What follows every address of this page: the language, where one was chosen."""

    @abstractmethod
    def address(self, *parts: str, **query: str) -> str:
        """The address of the main form, or one below it."""

    def beside(self, name: str) -> str:
        return self.address("form", name) if name in set(FormName) else self.address()

    @property
    def files_at(self) -> str:
        """Where the printed report is downloaded, by its hash."""
        return self.address("files").partition("?")[0] + "/"

    def stop(self, kind: StopKind, reason: str = "") -> Stopped:
        """A plain page that still says whom to write to."""
        return Stopped(kind, language=self.language, contact=self.contact, number=self.number, reason=reason)
