"""Where somebody fills in a form: who acts, before which proceeding, and what stands around the form.

The form machine is one. What differs between the holder of a letter's link and somebody with an account is
said by their benches.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, Self

from sqlmodel.ext.asyncio.session import AsyncSession

from api.commands.addressed import Addressed
from api.commands.asking import By
from api.commands.idempotency import RequestKey
from api.pages.forms.drafts import Begun, Drafts, Opened
from api.pages.forms.typed import Fault, Typed
from api.problems.wording import NOTHING_NAMED
from api.services.services import Services
from models.tables.journal import EntryRow
from models.timeline.ways import AnswerWay
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id, Language
from models.vocabulary.refusal import Refusal


class KnownForm(Protocol):
    """What a bench knows of a form."""

    name: ClassVar[str]
    key: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class Bench(ABC):
    """One request of somebody at a form. `today` is the local date, `now` is UTC."""

    services: Services
    session: AsyncSession
    language: Language
    today: date
    now: datetime

    at_once: ClassVar[bool] = False  # claimed by one statement, with nothing written beside
    folder: ClassVar[str]  # of the templates around a form: `check.html`, `unrecorded.html`
    fields_of_refusals: ClassVar[Mapping[str, str]] = {}  # of its own questions: a rule's refusal, its field

    @property
    @abstractmethod
    def to(self) -> Addressed[Any]:
        """The proceeding that the form's command is sent to."""

    @abstractmethod
    def actor(self) -> Actor:
        """The author of the command."""

    def way_of(self, line: EntryRow) -> AnswerWay | None:
        """By which way an answer on record came; None where nobody else can have given it."""
        return None

    def by(self, key: RequestKey) -> By:
        """What every command is filled with first: the id that follows from the key, and its author."""
        return By(id=key.id, actor=self.actor())

    @property
    def about(self) -> Id:
        """What the form is about, by its number; nothing where it makes something new."""
        return ""

    @property
    def letters(self) -> frozenset[Id]:
        """By which letters something may have been attached before that is named here."""
        return frozenset()

    @property
    def sees_all_files(self) -> bool:
        """Whether whatever was attached to the proceeding may be named here."""
        return False

    async def reads(self, typed: Typed) -> tuple[Self, tuple[Fault, ...]]:
        """This bench with the answers to questions of its own, and what is wrong with them; most ask none."""
        return self, ()

    @property
    @abstractmethod
    def back(self) -> str:
        """The address of the page that leads here."""

    def beside(self, name: str) -> str:
        """The address of another form here, by its name; of the page that leads here, where there is none."""
        return self.back

    @abstractmethod
    def address_of(self, form: KnownForm, *parts: str, **query: str) -> str:
        """The form's own address, or one below it."""

    @abstractmethod
    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        """Where the way leads once it has happened."""

    @abstractmethod
    def around(self, form: KnownForm) -> dict[str, object]:
        """What the templates show around the form."""

    @abstractmethod
    async def again(self) -> Self:
        """The same after something happened."""

    @abstractmethod
    async def key(self, asked: str, typed: Typed) -> RequestKey:
        """The key of what is sent: the same press again is the same request."""

    def keyed(self, typed: Typed, *, anew: bool = False) -> Typed:
        """With whatever the key is made of, where that travels along; `anew` for a decision of its own."""
        return typed

    @property
    def holder(self) -> str:
        """Whose drafts and chosen files are kept here."""
        return self.actor().holder(self.to.mark)

    @property
    def holders(self) -> tuple[str, ...]:
        """All with whom they may lie, the one that keeps them first."""
        return (self.holder,)

    @abstractmethod
    def drafts(self, form: KnownForm, typed: Typed) -> Drafts:
        """Where what is typed into a form is kept until it is sent."""

    async def begun(self) -> tuple[Begun, ...]:
        """Forms that were begun at this address and not sent, where there may be several."""
        return ()

    async def opened(self, form: KnownForm, at_first: Typed) -> Opened:
        """What stands in the form when it is opened."""
        return await self.drafts(form, at_first).opened(at_first)

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        """Names of what refusals are about, as the page names it."""
        return NOTHING_NAMED
