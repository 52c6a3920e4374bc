"""Forms for the content: written in the place of what was read, never over what a colleague wrote meanwhile.

A form carries what stood there when it was shown, by its hash (`seen`). Where something else stands there by
now, nothing is written: what was typed stays, the other text is shown beside it, and the next press counts.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from api.commands.idempotency import RequestKey
from api.content.editing import content_is_open
from api.content.store import changed_meanwhile
from api.pages.desk.desk_form import OfMonitoring, Seat
from api.pages.desk.editing.seat import EditSitting, seat_at_content
from api.pages.forms.form import Line, Reading, View
from api.pages.forms.typed import Reader, Typed
from models.report.content import content_sha256
from models.vocabulary.access import Action
from models.vocabulary.base import Model

SEEN: Final = "seen"
M = TypeVar("M", bound=Model)


class Edit(Model, Generic[M]):
    """What is to be written, and the hash of what its writer saw there; nothing where nothing was there."""

    written: M
    seen: str = ""


@dataclass(frozen=True)
class EditView(View):
    """The hash of what stands there, and that in words where it is not what the writer has seen."""

    seen: str
    theirs: tuple[Line, ...]


class EditForm(OfMonitoring[Edit[M], EditSitting], Generic[M]):
    """One form for one thing of the content. `about` is the thing's id, where it is there already."""

    seat = Seat(seat_at_content)
    confirms = False
    closing = frozenset({"monitoring_ended", "content_closed", "item_unknown"})
    not_there = frozenset({"item_unknown"})

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.WRITE_CONTENT,)

    # ——— what differs ———
    @abstractmethod
    async def standing(self, sitting: EditSitting) -> M | None:
        """What stands there now. Raises Failed (404) where the thing is not there any more."""

    @abstractmethod
    async def fields(self, standing: M, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        """The fields of what stands there."""

    @abstractmethod
    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> M | None:
        """What was typed; what is wrong with it is the reader's to tell."""

    @abstractmethod
    async def said(self, written: M, sitting: EditSitting) -> tuple[Line, ...]:
        """It in words."""

    @abstractmethod
    async def write(self, written: M, sitting: EditSitting, key: RequestKey) -> None:
        """Write it, as the API does. Raises Failed."""

    async def check(self, written: M, sitting: EditSitting) -> None:
        """What the API checks of it. Raises Refused or Failed."""

    def differs(self, standing: M, answer: Edit[M]) -> bool:
        """Whether a colleague wrote what this writer has not seen, and did not mean."""
        return standing != answer.written and hash_of(standing) != answer.seen

    # ——— what is the same ———
    async def possible(self, sitting: EditSitting) -> None:
        content_is_open(sitting.state)
        await self.standing(sitting)

    async def begin(self, sitting: EditSitting) -> Typed:
        standing = await self.standing(sitting)
        fields = {} if standing is None else await self.fields(standing, sitting)
        return Typed(fields={**fields, SEEN: (hash_of(standing),)})

    async def view(self, typed: Typed, sitting: EditSitting) -> View:
        standing = await self.standing(sitting)
        unseen = standing is not None and typed.one(SEEN) != hash_of(standing)
        theirs = await self.said(standing, sitting) if standing is not None and unseen else ()
        return await self.shown(EditView(seen=hash_of(standing), theirs=theirs), typed, sitting)

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> EditView:
        """With what can be chosen from."""
        return view

    async def read(self, typed: Typed, sitting: EditSitting) -> Reading[Edit[M]]:
        reader = Reader(typed)
        written = await self.typed_as(reader, typed, sitting)
        if reader.faults or written is None:
            return Reading(None, tuple(reader.faults))
        return Reading(Edit(written=written, seen=typed.one(SEEN)))

    async def lines(self, answer: Edit[M], sitting: EditSitting) -> tuple[Line, ...]:
        return await self.said(answer.written, sitting)

    def asked(self, sitting: EditSitting) -> str:
        return self.key

    async def ask(self, answer: Edit[M], sitting: EditSitting, key: RequestKey) -> None:
        content_is_open(sitting.state)
        standing = await self.standing(sitting)
        if standing is not None and self.differs(standing, answer):
            raise changed_meanwhile(sitting.about or self.key)
        await self.check(answer.written, sitting)

    async def happen(self, answer: Edit[M], sitting: EditSitting, key: RequestKey) -> str:
        await self.ask(answer, sitting, key)
        await self.write(answer.written, sitting, key)
        return sitting.about


def hash_of(standing: Model | None) -> str:
    return "" if standing is None else content_sha256(standing)
