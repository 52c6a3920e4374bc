"""Whose move it is, in words: of a whole state for one reader, and of the words that are kept beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.history.names import Names
from locales.catalogue import text
from locales.terms import term
from models.monitoring.moves import Move, Mover, mover_in
from models.timeline.sayings import Mention
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language

Waiting = Mapping[str, object]
_RANK: Final = {mover: rank for rank, mover in enumerate(Mover)}
_OF_LEAD: Final = frozenset({Mover.HEAD, Mover.COORDINATOR, Mover.ENTRUSTED})


@dataclass(frozen=True)
class WhoseMove:
    """A mover with the earliest day of theirs, if there is one."""

    mover: Mover
    whose: Id
    due_on: date | None

    @property
    def mention(self) -> Mention:
        registry = RecipientKind.PERSON if self.mover is Mover.MEMBER else RecipientKind.ORGANISATION
        return Mention(registry=registry, id=self.whose)


def movers_in(waiting: Waiting) -> tuple[WhoseMove, ...]:
    """From the words of a row: the earliest day first, then as the vocabulary has them."""
    found = []
    for word, day in waiting.items():
        due_on = date.fromisoformat(str(day)) if day else None
        if said := mover_in(word):
            mover, whose = said
            found.append(WhoseMove(mover=mover, whose=whose, due_on=due_on))
    return tuple(sorted(found, key=lambda each: (each.due_on or date.max, _RANK[each.mover], each.whose)))


def mentioned(movers: Iterable[WhoseMove]) -> Iterator[Mention]:
    yield from (each.mention for each in movers)


def mover_said(language: Language, mover: Mover, name: str) -> str:
    """«head», of a body that stands beside anyway; else with its name: «addressee: Akimat»."""
    said = text(language, f"page.workplace.mover.{mover.value}")
    return said if mover in _OF_LEAD or not name else f"{said}: {name}"


def whose_said(language: Language, movers: tuple[WhoseMove, ...], names: Names, most: int) -> str:
    """The first of them, and how many besides."""
    said = [mover_said(language, each.mover, names.of(each.mention)) for each in movers[:most]]
    besides = len(movers) - most
    if besides > 0:
        said.append(text(language, "page.workplace.mover.besides", count=besides))
    return "; ".join(said)


def move_said(language: Language, move: Move) -> str:
    """What is waited for."""
    if move.what is None:
        return text(language, "page.workplace.may_be_closed")
    return term(language, move.what)
