"""The reply on many items: one draft, typed on a page for each item, checked and sent as any reply is."""

from dataclasses import dataclass, fields
from typing import ClassVar

from api.pages.forms.drafts import DRAFT
from api.pages.forms.form import Line
from api.pages.forms.machine import Button
from api.pages.forms.typed import Fault, Typed
from api.pages.links.long_reply.parts import LONG, WHOLE, part_of
from api.pages.links.long_reply.tasks import Task, address_of, not_begun, places, tasks_of
from api.pages.links.matter import Matter
from api.pages.links.questions import own_items, questions_sent
from api.pages.links.reply import ReplyForm, ReplyView
from models.report.notes import ReplyNote

_OF_THE_LIST = frozenset({"action", DRAFT})
"""What the page of the list sends: none of what was typed."""


@dataclass(frozen=True)
class LongReplyView(ReplyView):
    tasks: tuple[Task, ...] = ()
    items: int = 0
    answered: int = 0
    rest: int = 0  # items of which nothing was typed
    most_files: int = 0
    places: dict[str, str] | None = None
    whole: str = ""  # the address of the page of the whole

    @property
    def ready(self) -> bool:
        return all(task.done for task in self.tasks)

    @property
    def differing(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.differs)

    def at(self, field: str) -> str:
        """Where a field is typed; a fault of no field is the list's own."""
        return (self.places or {}).get(field) or f"{self.whole}#{field}"


class LongReplyForm(ReplyForm):
    template = "r/long_reply.html"
    check_template: ClassVar[str] = "long_check.html"

    async def gathered(self, typed: Typed, matter: Matter) -> tuple[Typed, tuple[Fault, ...]]:
        """The draft, as the pages of the items hold it; one that was changed since it was checked is no
        answer yet. A page from before there was a list holds all that was typed itself."""
        if typed.fields.keys() - _OF_THE_LIST:
            return typed, ()
        drafts = matter.drafts(self, typed)
        opened = await drafts.opened(await self.begin(matter))
        alike = [each.id for each in opened.others if _says_the_same(matter, opened.typed, each.typed)]
        await drafts.forget(*alike)
        newest, button = opened.typed.one(DRAFT).partition(" ")[0], typed.one("action")
        changed = button == Button.SEND and bool(newest) and newest not in typed.one(DRAFT).split()
        whole = opened.typed.with_values("action", (button,)).with_values(DRAFT, (newest,))
        return whole, ((Fault(field="", key="long_reply_changed"),) if changed else ())

    async def lines(self, answer: ReplyNote, matter: Matter) -> tuple[Line, ...]:
        known = places(matter, await questions_sent(matter))
        whole = address_of(matter)
        return tuple(
            line.model_copy(update={"at": known.get(line.field) or f"{whole}#{line.field}"})
            for line in await super().lines(answer, matter)
        )

    async def view(self, typed: Typed, matter: Matter) -> LongReplyView:
        base = await super().view(typed, matter)
        others = (await matter.drafts(self, typed).opened(typed)).others
        tasks = tasks_of(matter, base.questions, typed, others)
        return LongReplyView(
            **{each.name: getattr(base, each.name) for each in fields(base)},
            tasks=tasks,
            items=len(base.questions),
            answered=sum(task.done for task in tasks if task.part is not WHOLE),
            rest=len(not_begun(base.questions, typed)),
            most_files=self.most_files(matter),
            places=places(matter, base.questions),
            whole=address_of(matter),
        )


def is_long(matter: Matter) -> bool:
    """Whether so many items wait for an answer, or were answered by the reply on record."""
    answered = matter.state.addressees[matter.letter.subject].answered_on is not None
    asked = [item for item in own_items(matter) if answered or item.answer is None]
    return len(asked) >= LONG and not matter.on_paper


def _says_the_same(matter: Matter, one: Typed, other: Typed) -> bool:
    """In every part that is asked for now."""
    parts = (*(part_of(item.id) for item in own_items(matter)), WHOLE)
    return all(part.mark(one) == part.mark(other) for part in parts)
