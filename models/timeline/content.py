"""What was done to the content between the lines of a journal: written, removed, attached, signed.

Content is no part of the journal (docs/decisions/0004-content-is-pinned.md): it has revisions, each with its
author and its hash, and the journal pins what they were together. So these lines stand in no chain.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Final

from models.report.content import Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256


class ContentChange(StrEnum):
    """What was done: to a source, an indicator, a finding, the draft, by a remark, or with a file."""

    SOURCE_ENTERED = "source_entered"
    SOURCE_CHANGED = "source_changed"
    SOURCE_REMOVED = "source_removed"
    INDICATOR_ENTERED = "indicator_entered"
    INDICATOR_CHANGED = "indicator_changed"
    INDICATOR_REMOVED = "indicator_removed"
    FINDING_ENTERED = "finding_entered"
    FINDING_CHANGED = "finding_changed"
    FINDING_REMOVED = "finding_removed"
    DRAFT_ENTERED = "draft_entered"
    DRAFT_CHANGED = "draft_changed"
    COMMENT_ENTERED = "comment_entered"
    FILE_ATTACHED = "file_attached"
    SIGNATURE_ATTACHED = "signature_attached"


CHANGES: Final = frozenset(each.value for each in ContentChange)
"""Their words, as a filter asks for them."""


class DraftPart(StrEnum):
    """What of the draft is written on a page of its own."""

    CONDUCT = "conduct"
    TASKS = "tasks"
    CONCLUSIONS = "conclusions"
    ASSESSMENT = "assessment"
    NO_GROUNDS = "no_grounds"
    ITEMS = "items"


class Revision(Model):
    """A revision of a piece of the content. `named` is what it is called; nothing where it was removed.

    `parts` are those of a draft, each by a mark that differs where what is written in it does.
    """

    part: str
    item: Id
    revision: int
    removed: bool
    named: Wording
    sha256: Sha256
    account: Id | None
    letter: Id | None
    at: datetime
    parts: Mapping[DraftPart, str] = {}


class AttachedFile(Model):
    """A file that somebody attached; `signs` is the file that it is a detached signature of."""

    id: Id
    sha256: Sha256
    filename: str
    signs: Sha256 | None
    account: Id | None
    letter: Id | None
    at: datetime


class Piece(Model):
    """What a change is of. `revision` is 0 for a file, which has none; of a draft `parts` differ."""

    id: Id
    named: Wording
    revision: int = 0
    sha256: Sha256
    signs: Sha256 | None = None
    parts: tuple[DraftPart, ...] = ()


class Change(Model):
    """What one person did at one moment, of one kind: an import is one change of many pieces."""

    change: ContentChange
    account: Id | None
    letter: Id | None
    at: datetime
    pieces: tuple[Piece, ...]


UNNAMED: Final = Wording()
_NAMED_BY: Final = ("title", "name", "text")


def wording_of(body: object) -> Wording:
    """What a piece of the content is called: a source by its title, an indicator by its name or its words."""
    if not isinstance(body, dict):
        return UNNAMED
    said = next((body[name] for name in _NAMED_BY if body.get(name)), None)
    match said:
        case dict():
            return Wording.model_validate(said)
        case str():
            return Wording(kk=said)
    return UNNAMED


def changes(revisions: Iterable[Revision], files: Iterable[AttachedFile]) -> tuple[Change, ...]:
    """All of them, oldest first."""
    found = sorted((*_of_revisions(revisions), *_of_files(files)), key=lambda each: each.at)
    return tuple(_together(found))


def _of_revisions(revisions: Iterable[Revision]) -> Iterable[Change]:
    """A piece that was removed is called what it was called before; one entered anew is entered again."""
    before: dict[tuple[str, Id], Wording | None] = {}
    written: dict[tuple[str, Id], Mapping[DraftPart, str]] = {}
    for each in revisions:
        place = (each.part, each.item)
        former = before.get(place)
        before[place] = None if each.removed else each.named
        done = "removed" if each.removed else "entered" if former is None else "changed"
        named = former or UNNAMED if each.removed else each.named
        known, written[place] = written.get(place, {}), each.parts
        piece = Piece(
            id=each.item,
            named=named,
            revision=each.revision,
            sha256=each.sha256,
            parts=tuple(part for part in DraftPart if known and known.get(part) != each.parts.get(part)),
        )
        yield Change(
            change=ContentChange(f"{each.part}_{done}"),
            account=each.account,
            letter=each.letter,
            at=each.at,
            pieces=(piece,),
        )


def _of_files(files: Iterable[AttachedFile]) -> Iterable[Change]:
    for each in files:
        change = ContentChange.SIGNATURE_ATTACHED if each.signs else ContentChange.FILE_ATTACHED
        piece = Piece(id=each.id, named=Wording(kk=each.filename), sha256=each.sha256, signs=each.signs)
        yield Change(change=change, account=each.account, letter=each.letter, at=each.at, pieces=(piece,))


def _together(found: Iterable[Change]) -> Iterable[Change]:
    for _, same in groupby(found, key=lambda each: (each.at, each.change, each.account, each.letter)):
        first, *others = same
        pieces = (*first.pieces, *(piece for each in others for piece in each.pieces))
        yield first.model_copy(update={"pieces": pieces})
