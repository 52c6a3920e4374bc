"""What the forms behind letters' links share: when a link asks, until when, and the answer on record."""

from abc import abstractmethod
from typing import Any, ClassVar

from sqlmodel import col, select

from api.pages.forms.form import A, AnswerOnRecord, CommandForm
from api.pages.links.due import due_of
from api.pages.links.form_names import FormName
from api.pages.links.matter import Matter
from api.pages.links.usable import stop_of, stop_of_asking
from locales.catalogue import has_text, text
from models.commands import HandOnLetter
from models.letters.purposes import LINKS
from models.tables.journal import EntryRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, monitoring_workflow_id


class LetterForm(CommandForm[A, Matter]):
    """A form for whoever holds the link: answered once, its answer is what the link shows ever after."""

    final: ClassVar[bool] = False  # what is recorded by it is never changed by whoever sent it

    async def doubts(self, answer: A, bench: Matter) -> tuple[str, ...]:
        """That it stands as it is sent, and how a mistake is put right."""
        if not self.final:
            return ()
        final = "final_here" if bench.on_paper else "final"
        of_form = f"page.{self.key}.{final}"
        own = of_form if has_text(bench.language, of_form) else f"page.check_{final}"
        return (text(bench.language, own),)

    @abstractmethod
    async def recorded(self, bench: Matter) -> AnswerOnRecord[A] | None:
        """The answer on record, if there is one."""

    async def leads(self, bench: Matter) -> None:
        if (stopped := await stop_of(bench)) is not None:
            raise stopped

    async def asks(self, bench: Matter) -> None:
        if (stopped := await stop_of_asking(bench)) is not None:
            raise stopped

    def above(self, bench: Matter) -> dict[str, object]:
        return {"due": due_of(bench), "hands_on": self.name == FormName.ANSWER and may_hand_on(bench)}


def may_hand_on(matter: Matter) -> bool:
    """Whether its reader, and nobody in its place, may hand the letter on."""
    return HandOnLetter in LINKS[matter.purpose].forms and not matter.on_paper


AnyLetterForm = LetterForm[Any]


async def journal_line(matter: Matter, event: type[Model], field: str, subject: Id) -> EntryRow | None:
    """The newest line of the journal that says this event of a subject."""
    kind = event.model_fields["type"].default
    lines = (
        select(EntryRow)
        .where(EntryRow.workflow_id == monitoring_workflow_id(matter.number), EntryRow.type == kind)
        .where(col(EntryRow.event)[field].astext == subject)
        .order_by(col(EntryRow.seq).desc())
        .limit(1)
    )
    return (await matter.session.exec(lines)).first()
