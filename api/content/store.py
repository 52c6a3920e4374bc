"""Content and its revisions: nothing is overwritten, the newest counts, an empty body means removed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from sqlalchemy import exists, func, tuple_
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.rows import table_of
from activities.database.words import Texts, words_kept, words_of_parts_kept
from api.problems.problem import Failed, ProblemCode, not_found
from models.report.content import canonical
from models.tables.content import RevisionRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number
from models.words.finding import texts_of


class Part(StrEnum):
    """The parts content is made of."""

    SOURCE = "source"
    INDICATOR = "indicator"
    FINDING = "finding"
    DRAFT = "draft"
    COMMENT = "comment"


_FOUND_BY_WORDS = frozenset({Part.INDICATOR, Part.FINDING, Part.DRAFT})


async def current_items(session: AsyncSession, number: Number, part: Part) -> list[RevisionRow]:
    """The current revisions of a part, in the order in which the items were first entered."""
    return (await current_parts(session, number, part))[part]


async def current_parts(
    session: AsyncSession, number: Number, *parts: Part
) -> Mapping[Part, list[RevisionRow]]:
    """The same of several parts, by each of them."""
    item = (col(RevisionRow.part), col(RevisionRow.item))
    first = func.min(RevisionRow.id).over(partition_by=item).label("first")
    newest = func.max(RevisionRow.revision).over(partition_by=item).label("newest")
    ranked = (
        select(RevisionRow, first, newest)
        .where(RevisionRow.number == number, col(RevisionRow.part).in_([part.value for part in parts]))
        .subquery()
    )
    found = await session.exec(
        select(RevisionRow)
        .join(ranked, col(RevisionRow.id) == ranked.c.id)
        .where(ranked.c.revision == ranked.c.newest, col(RevisionRow.body).is_not(None))
        .order_by(ranked.c.first)
    )
    current: dict[Part, list[RevisionRow]] = {part: [] for part in parts}
    for row in found:
        current[Part(row.part)].append(row)
    return current


async def newest_revision(session: AsyncSession, number: Number, part: Part, item: Id) -> RevisionRow | None:
    """The newest revision of an item, a removal included."""
    found = await session.exec(
        select(RevisionRow)
        .where(RevisionRow.number == number, RevisionRow.part == part.value, RevisionRow.item == item)
        .order_by(col(RevisionRow.revision).desc())
        .limit(1)
    )
    return found.first()


async def newest_revisions(
    session: AsyncSession, number: Number, *items: tuple[Part, Id]
) -> Mapping[tuple[Part, Id], RevisionRow]:
    """The same of several items, by part and id; what was never there is absent."""
    if not items:
        return {}
    item = (col(RevisionRow.part), col(RevisionRow.item))
    found = (
        select(RevisionRow)
        .where(
            RevisionRow.number == number, tuple_(*item).in_([(part.value, known) for part, known in items])
        )
        .ext(distinct_on(*item))
        .order_by(*item, col(RevisionRow.revision).desc())
    )
    return {(Part(row.part), row.item): row for row in await session.exec(found)}


async def existing_item(session: AsyncSession, number: Number, part: Part, item: Id) -> RevisionRow:
    """The current revision of an item. Raises Failed (404, item_unknown) where it is not, or was removed."""
    row = await newest_revision(session, number, part, item)
    if row is None or row.body is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=item)
    return row


async def add_revision(
    session: AsyncSession,
    number: Number,
    part: Part,
    item: Id,
    body: Model | None,
    *,
    known: int,
    now: datetime,
    account: Id | None = None,
    letter: Id | None = None,
) -> RevisionRow:
    """Write the revision after the `known` one (0 for none), with its words, in one statement.

    Raises Failed (412) if somebody was faster.
    """
    plain = None if body is None else json.loads(canonical(body))
    fresh = insert(RevisionRow).values(
        number=number,
        part=part.value,
        item=item,
        revision=known + 1,
        body=plain,
        sha256=hashlib.sha256(b"" if body is None else canonical(body)).hexdigest(),
        account=account,
        letter=letter,
        at=now,
    )
    new = fresh.on_conflict_do_nothing().returning(*table_of(RevisionRow).columns).cte("written")
    written = select(aliased(RevisionRow, new))
    if part in _FOUND_BY_WORDS:
        place, only_if = f"{part.value}/{item}", exists().select_from(new)
        words = words_kept(Texts.DRAFT, number, texts_of(plain), place, only_if)
        written = written.add_cte(words.cte("words"))
    row = (await session.exec(written)).one_or_none()
    if row is None:
        raise changed_meanwhile(item)
    return row


async def add_items(
    session: AsyncSession,
    number: Number,
    part: Part,
    items: Mapping[Id, Model],
    *,
    now: datetime,
    account: Id,
) -> None:
    """Write the first revisions of new items, with their words, in their order: however many, two statements.

    Ids that were used before are the database's to refuse.
    """
    written = {item: canonical(body) for item, body in items.items()}
    rows = [
        {
            "number": number,
            "part": part.value,
            "item": item,
            "revision": 1,
            "body": json.loads(body),
            "sha256": hashlib.sha256(body).hexdigest(),
            "account": account,
            "at": now,
        }
        for item, body in written.items()
    ]
    if not rows:
        return
    await session.exec(insert(RevisionRow), params=rows)
    if part in _FOUND_BY_WORDS:
        texts = {f"{part.value}/{item}": texts_of(json.loads(body)) for item, body in written.items()}
        await session.exec(words_of_parts_kept(Texts.DRAFT, number, texts))


def changed_meanwhile(item: Id) -> Failed:
    """412: somebody else has changed the item since it was read."""
    return Failed(HTTPStatus.PRECONDITION_FAILED, ProblemCode.REVISION_CHANGED, params={"item": item})
