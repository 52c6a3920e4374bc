"""Texts by their words (`models/words/finding.py`): how they are kept, and how they are looked for."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import ARRAY, ColumnElement, Text, cast, func, literal
from sqlalchemy import select as columns
from sqlalchemy.dialects.postgresql import TSQUERY, Insert, insert
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from activities.database.rows import ALWAYS, OnlyIf
from models.tables.searched import SearchedRow
from models.words.finding import Sought, lexemes, russian_words


class Texts(StrEnum):
    """Kinds of texts, by who reads them."""

    TITLE = "title"  # whoever sees the monitoring
    DRAFT = "draft"  # whoever sees it whole
    APPROVED = "approved"  # whom the report was sent to, too
    PUBLISHED = "published"  # everybody
    BODY = "body"
    SPHERE = "sphere"


def words_kept(
    kind: Texts,
    subject: str,
    texts: Iterable[str],
    part: str = "",
    only_if: OnlyIf = ALWAYS,
) -> Insert:
    """The statement that keeps the words of texts in the place of those before; without texts, none.

    `only_if` says under what it does so.
    """
    said = tuple(texts)
    plain = func.array_to_tsvector(cast(list(lexemes(said)), ARRAY(Text)))
    words = plain.op("||")(func.strip(func.to_tsvector("russian", russian_words(said))))
    whose = (literal(kind.value, Text), literal(subject, Text), literal(part, Text))
    said_here = columns(*whose, words).where(only_if)
    row = insert(SearchedRow).from_select(["kind", "subject", "part", "words"], said_here)
    return row.on_conflict_do_update(
        index_elements=["kind", "subject", "part"], set_={"words": row.excluded.words}
    )


def subjects_with(word: Sought, *kinds: Texts) -> SelectOfScalar[str]:
    """Whose texts of these kinds have the word."""
    asked = " | ".join((f"'{word.begins}':*", *(f"'{mark}'" for mark in word.marked)))
    sought: ColumnElement[object] = cast(asked, TSQUERY)
    if word.russian:
        sought = sought.op("||")(func.to_tsquery("russian", " | ".join(word.russian)))
    return select(cast(col(SearchedRow.subject), Text)).where(
        col(SearchedRow.kind).in_([kind.value for kind in kinds]), col(SearchedRow.words).op("@@")(sought)
    )
