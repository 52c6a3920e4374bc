"""The proposals and recommendations that a letter lists: the first ten, then how many more (rule 16)."""

from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.follow_up import item_named
from activities.registries.contents import frozen_content
from locales.catalogue import plural, text
from locales.dates import say_day
from locales.spoken import wording_mark
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.row import FactName
from models.monitoring.asked import Asked
from models.monitoring.state import ItemState, MonitoringState
from models.report.content import Item, ReportContent
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language

_FIRST: Final = 10
_LONGEST: Final = 400  # characters: the whole text is in the report, and behind the letter's link
_REST: Final = "…"


class ListedItems(Model):
    """Each as a line of its own; `further` says how many more there are."""

    lines: tuple[str, ...] = ()
    further: str = ""


async def listed_items(
    session: AsyncSession, state: MonitoringState, letter: Letter, asked: Asked, language: Language
) -> ListedItems:
    """What the letter's recipient is asked about, in the words of the version that it carries: what is new to
    it or was changed first, and marked, what it has answered last.

    None in a letter that tells of no items, and none where that version's content is not on file.
    """
    if FactName.ITEMS not in LETTERS[letter.kind].facts:
        return ListedItems()
    content = await _content(session, state, letter.version)
    if content is None or not asked.items:
        return ListedItems()
    written = {item.id: item for item in content.draft.decision.items}
    more = len(asked.items) - _FIRST
    first = (state.items[item] for item in asked.items[:_FIRST])
    return ListedItems(
        lines=tuple(_line(language, state, item, written, _mark(asked, item.id)) for item in first),
        further=plural(language, "letter.items.further", more) if more > 0 else "",
    )


async def _content(
    session: AsyncSession, state: MonitoringState, version: int | None
) -> ReportContent | None:
    carried = next((known for known in state.versions if known.number == version), None)
    return await frozen_content(session, carried.content.sha256) if carried else None


def _mark(asked: Asked, item: Id) -> str:
    """What a correction has made of it, as the catalogue names it."""
    marks = {"new": asked.new, "changed": asked.changed, "stands": asked.standing}
    return next((mark for mark, items in marks.items() if item in items), "")


def _line(
    language: Language, state: MonitoringState, item: ItemState, written: dict[Id, Item], mark: str
) -> str:
    name, found = item_named(language, state, item.id), written.get(item.id)
    if mark:
        name = text(language, f"letter.item.{mark}", item=name)
    words = _short(" ".join(found.text.best(language).split())) if found else ""
    words = " ".join(part for part in (words, wording_mark(language, found.text) if found else "") if part)
    if item.due_on is not None:
        name = text(language, "letter.item.by", item=name, date=say_day(language, item.due_on))
    return f"{name}: {words}" if words else name


def _short(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0] + _REST
