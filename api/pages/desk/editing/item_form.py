"""Forms for sources, indicators and findings: one is entered, changed, or removed."""

from abc import abstractmethod
from dataclasses import dataclass
from textwrap import shorten
from typing import ClassVar, Final, Generic, TypeVar

from api.commands.idempotency import RequestKey
from api.content.editing import create, etag, replace
from api.content.store import Part, existing_item, newest_revision
from api.pages.desk.editing.edit_form import Edit, EditForm, EditView, hash_of
from api.pages.desk.editing.seat import EditSitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.pages.site.stopping import Elsewhere
from models.report.content import Finding, Qualitative, Quantitative, Source
from models.vocabulary.procedure import Id, Language
from models.vocabulary.refusal import Refusal, Refused

I = TypeVar("I", bound=Source | Quantitative | Qualitative | Finding)  # noqa: E741 - an item
_WORDS: Final = 80
NEW: Id = "new"
"""Stands in until what is entered gets its id."""


class ItemForm(EditForm[I], Generic[I]):
    """Enters a new item where `about` is nothing, else writes its next revision."""

    part: ClassVar[Part]

    @abstractmethod
    def kept(self, body: object) -> I:
        """An item as it is kept."""

    async def standing(self, sitting: EditSitting) -> I | None:
        if not sitting.about:
            return None
        row = await existing_item(sitting.session, sitting.number, self.part, sitting.about)
        return self.kept(row.body)

    async def ask(self, answer: Edit[I], sitting: EditSitting, key: RequestKey) -> None:
        """What has no place in its list yet is named by its own words."""
        try:
            await super().ask(answer, sitting, key)
        except Refused as refused:
            words = _first_words(answer.written, sitting.language)
            raise Refused(*(_named(each, words) for each in refused.refusals)) from None

    async def write(self, written: I, sitting: EditSitting, key: RequestKey) -> None:
        session, access, now = sitting.session, sitting.access, sitting.now
        if sitting.about:
            row = await existing_item(session, access.number, self.part, sitting.about)
            await replace(session, access, self.part, sitting.about, written, etag(row), now)
        else:
            entered = written.model_copy(update={"id": key.derived(self.part.value[0])})
            await create(session, access, self.part, entered.id, entered, now)


def _named(refusal: Refusal, words: str) -> Refusal:
    params = {name: words if value == NEW else value for name, value in refusal.params.items()}
    return refusal.model_copy(update={"params": params})


def _first_words(written: Source | Quantitative | Qualitative | Finding, language: Language) -> str:
    match written:
        case Source():
            wording = written.title
        case Quantitative():
            wording = written.name
        case _:
            wording = written.text
    return shorten(wording.best(language), _WORDS, placeholder="…")


@dataclass(frozen=True)
class RemovalView(EditView):
    """What is to be removed, in words."""

    lines: tuple[Line, ...]


class RemovalForm(ItemForm[I], Generic[I]):
    """Removes an item; its revisions are kept."""

    template = "desk/removal.html"

    async def leads(self, sitting: EditSitting) -> None:
        """Removed already: the list is without it."""
        row = await newest_revision(sitting.session, sitting.number, self.part, sitting.about)
        if row is not None and row.body is None:
            raise Elsewhere(sitting.back)

    async def fields(self, standing: I, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        return {}

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> I | None:
        return await self.standing(sitting)

    def differs(self, standing: I, answer: Edit[I]) -> bool:
        return hash_of(standing) != answer.seen

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> EditView:
        standing = await self.standing(sitting)
        lines = await self.said(standing, sitting) if standing is not None else ()
        return RemovalView(seen=view.seen, theirs=(), lines=lines)

    async def write(self, written: I, sitting: EditSitting, key: RequestKey) -> None:
        session, access = sitting.session, sitting.access
        row = await existing_item(session, access.number, self.part, sitting.about)
        await replace(session, access, self.part, sitting.about, None, etag(row), sitting.now)
