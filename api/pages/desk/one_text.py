"""Forms of one text: a reason, a note."""

from abc import abstractmethod
from typing import ClassVar

from api.commands.asking import By
from api.commands.idempotency import RequestKey
from api.content.notes import kept
from api.pages.desk.desk_form import DeskForm, S
from api.pages.forms.form import Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from locales.catalogue import text
from models.commands.command import Command
from models.report.notes import TextNote
from models.vocabulary.procedure import Sha256


class OneTextForm(DeskForm[TextNote, S]):
    """The rules mind when it is sent, never what it says: they are asked as it is opened."""

    field: ClassVar[str]

    async def read(self, typed: Typed, sitting: S) -> Reading[TextNote]:
        reader = Reader(typed)
        said = reader.text(self.field, f"desk_{self.key}_{self.field}_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(TextNote(text=said))

    async def lines(self, answer: TextNote, sitting: S) -> tuple[Line, ...]:
        label = text(sitting.language, f"page.desk.{self.key}.{self.field}")
        return (Line(label=label, value=answer.text, field=self.field),)

    def any_answer(self, sitting: S) -> TextNote:
        return TextNote(text="–")

    async def order(self, answer: TextNote, sitting: S, key: RequestKey) -> Order:
        note = kept(answer)
        return Order(await self.filled(sitting, sitting.by(key), note.sha256), (note,))

    @abstractmethod
    async def filled(self, sitting: S, by: By, said: Sha256) -> Command:
        """The command, with the hash of the text."""
