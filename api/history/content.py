"""What was done to the content, in words, each line after the line of the journal that it came after."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from textwrap import shorten
from types import MappingProxyType
from typing import Final, cast

from sqlalchemy import ColumnElement, Text, func
from sqlalchemy import cast as cast_sql
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from api.content.store import Part
from api.history.filters import HistoryFilters
from api.history.names import Names
from api.history.views import ContentLine, PieceView
from api.history.words import say_moment
from locales.catalogue import text
from locales.terms import term
from models.calendar.country import COUNTRY
from models.report.content import Wording
from models.tables.accounts import AccountRow
from models.tables.content import RevisionRow
from models.tables.files import AttachmentRow
from models.timeline.content import (
    UNNAMED,
    AttachedFile,
    Change,
    DraftPart,
    Piece,
    Revision,
    changes,
    wording_of,
)
from models.timeline.lines import Line
from models.timeline.sayings import Mention, organisation
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Mark

_SHOWN: Final = 3  # pieces that a line names; all of them stand below it
_WORDS: Final = 80
_PART_NAMED: Final[Mapping[DraftPart, str]] = {
    **{part: f"page.desk.draft_{part.value}.title" for part in DraftPart},
    DraftPart.ITEMS: "page.desk.draft.items",
}
_BODY: Final = cast(QueryableAttribute[dict[str, object]], RevisionRow.body)

_WRITTEN: Final = col(RevisionRow.body)
_MARKS: Final[ColumnElement[dict[str, str]]] = func.jsonb_build_object(
    *(
        said
        for part, written in {
            DraftPart.CONDUCT: _WRITTEN.op("-")(array(["conclusions", "tasks", "decision"])),
            DraftPart.TASKS: _WRITTEN.op("->")("tasks"),
            DraftPart.CONCLUSIONS: _WRITTEN.op("->")("conclusions"),
            DraftPart.ASSESSMENT: _WRITTEN.op("#>")(array(["decision", "assessment"])),
            DraftPart.NO_GROUNDS: _WRITTEN.op("#>")(array(["decision", "no_grounds"])),
            DraftPart.ITEMS: _WRITTEN.op("#>")(array(["decision", "items"])),
        }.items()
        for said in (part.value, func.md5(cast_sql(written, Text)))
    )
)
"""A mark of each part of a draft: what was written is compared in the database and stays there."""


class Written:
    """The changes of the content of one proceeding, and the bodies of those who wrote it."""

    def __init__(self, done: tuple[Change, ...], bodies: dict[Id, Id]) -> None:
        self._done, self._bodies = done, bodies

    def mentioned(self) -> Iterator[Mention]:
        """Everybody who wrote, and their bodies."""
        for account in dict.fromkeys(each.account for each in self._done if each.account):
            yield Mention(registry=RecipientKind.ACCOUNT, id=account)
            if account in self._bodies:
                yield organisation(self._bodies[account])

    def types(self) -> frozenset[str]:
        return frozenset(each.change.value for each in self._done)

    def shown(self, filters: HistoryFilters, lines: Sequence[Line], names: Names) -> tuple[ContentLine, ...]:
        """What the filters show. `lines` are all of the journal, in their order."""
        moments = [line.entry.at for line in lines]
        asked = (each for each in self._done if self._is_asked(each, filters))
        return tuple(self._line(each, lines, moments, names) for each in asked)

    def _is_asked(self, change: Change, filters: HistoryFilters) -> bool:
        by = (change.account, change.letter, self._bodies.get(change.account or ""))
        return filters.show_content(frozenset(filter(None, by)), change.change, change.at)

    def _line(
        self, change: Change, lines: Sequence[Line], moments: list[datetime], names: Names
    ) -> ContentLine:
        before = bisect_right(moments, change.at)
        line = lines[before - 1] if before else None
        at = change.at.astimezone(UTC)
        language = names.language
        stage = line.stage if line else None
        return ContentLine(
            after=line.seq if line else 0,
            type=change.change,
            stage=stage,
            stage_name=term(language, stage) if stage else "",
            sentence=_sentence(change, language),
            at=at,
            at_local=at.astimezone(COUNTRY),
            said_at=say_moment(language, at),
            account=change.account,
            letter=change.letter,
            person_name=_named(names, RecipientKind.ACCOUNT, change.account),
            organisation=self._bodies.get(change.account or ""),
            organisation_name=_named(
                names, RecipientKind.ORGANISATION, self._bodies.get(change.account or "")
            ),
            way_said=text(language, "history.by_letter", letter=change.letter) if change.letter else "",
            pieces=tuple(_piece(each, language) for each in change.pieces),
        )


async def written_in(session: AsyncSession, mark: Mark, until: datetime | None = None) -> Written:
    """All that was written into a proceeding and attached to it, up to an instant (UTC) if one is given."""
    revisions = await _revisions(session, mark)
    attached = await session.exec(
        select(AttachmentRow)
        .where(AttachmentRow.number == mark)
        .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
    )
    files = [AttachedFile.model_validate(row, from_attributes=True) for row in attached]
    authors = {each.account for each in revisions if each.account}
    authors |= {each.account for each in files if each.account}
    of_bodies = select(AccountRow.id, AccountRow.organisation)
    bodies = await rows_among(session, of_bodies, col(AccountRow.id), authors)
    done = (each for each in changes(revisions, files) if until is None or each.at <= until)
    return Written(tuple(done), dict(bodies))


async def _revisions(session: AsyncSession, mark: Mark) -> tuple[Revision, ...]:
    """In the order in which they were written. The draft is long and has no name: it is not read for one,
    and its parts are compared where they lie."""
    written = select(RevisionRow).where(RevisionRow.number == mark).order_by(col(RevisionRow.id))
    of_draft = (RevisionRow.number == mark, RevisionRow.part == Part.DRAFT.value)
    drafts = select(RevisionRow, _MARKS).where(*of_draft).order_by(col(RevisionRow.id)).options(defer(_BODY))
    others = written.where(col(RevisionRow.part).in_([part.value for part in Part if part is not Part.DRAFT]))
    found = [
        (
            row.id or 0,
            _revision(row, removed=False, parts={DraftPart(part): mark for part, mark in marks.items()}),
        )
        for row, marks in await session.exec(drafts)
    ]
    for row in await session.exec(others):
        named = wording_of(row.body)
        found.append((row.id or 0, _revision(row, removed=row.body is None, named=named)))
    return tuple(revision for _, revision in sorted(found, key=lambda each: each[0]))


def _revision(
    row: RevisionRow,
    *,
    removed: bool,
    named: Wording = UNNAMED,
    parts: Mapping[DraftPart, str] = MappingProxyType({}),
) -> Revision:
    return Revision(
        part=row.part,
        item=row.item,
        revision=row.revision,
        removed=removed,
        named=named,
        sha256=row.sha256,
        account=row.account,
        letter=row.letter,
        at=row.at,
        parts=parts,
    )


def _sentence(change: Change, language: Language) -> str:
    said = [_called(each, language) for each in change.pieces]
    done = text(language, f"history.content.{change.change.value}")
    named = [each for each in said if each]
    if not named:
        return text(language, "history.content.done", done=done)
    if len(named) <= _SHOWN:
        return text(language, "history.content.said", done=done, pieces="; ".join(named))
    return text(
        language,
        "history.content.said_of_many",
        done=done,
        count=len(change.pieces),
        pieces="; ".join(named[:_SHOWN]),
    )


def _called(piece: Piece, language: Language) -> str:
    if piece.parts:
        return "; ".join(text(language, _PART_NAMED[part]) for part in piece.parts)
    return shorten(piece.named.best(language), _WORDS, placeholder="…")


def _piece(piece: Piece, language: Language) -> PieceView:
    return PieceView(
        id=piece.id,
        name=_called(piece, language),
        revision=piece.revision,
        sha256=piece.sha256,
        signs=piece.signs,
    )


def _named(names: Names, registry: RecipientKind, known: Id | None) -> str:
    return names.of(Mention(registry=registry, id=known)) if known else ""
