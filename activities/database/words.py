"""Texts by their words (`models/words/finding.py`): how they are kept, and how they are looked for."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import ARRAY, ColumnElement, Text, bindparam, cast, func, literal, literal_column
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
    return words_of_parts_kept(kind, subject, {part: texts}, only_if)


def words_of_parts_kept(
    kind: Texts, subject: str, texts: Mapping[str, Iterable[str]], only_if: OnlyIf = ALWAYS
) -> Insert:
    """The same of several parts, each with its texts."""
    said = {part: tuple(each) for part, each in texts.items()}
    columns_given = (
        list(said),
        [" ".join(lexemes(each)) for each in said.values()],
        [russian_words(each) for each in said.values()],
    )
    given = (
        func.unnest(*(cast(each, ARRAY(Text)) for each in columns_given))
        .table_valued("part", "plain", "russian")
        .render_derived("given")
    )
    plain = func.array_to_tsvector(func.string_to_array(given.c.plain, " "))
    words = plain.op("||")(func.strip(func.to_tsvector("russian", given.c.russian)))
    whose = (literal(kind.value, Text), literal(subject, Text), given.c.part)
    said_here = columns(*whose, words).where(only_if)
    row = insert(SearchedRow).from_select(["kind", "subject", "part", "words"], said_here)
    return row.on_conflict_do_update(
        index_elements=["kind", "subject", "part"], set_={"words": row.excluded.words}
    )


def said_plainly(value: str) -> ColumnElement[str]:
    """A text that stands in the statement itself: how much it finds decides how it is best looked for, and a
    plan that is made for any text at all knows nothing of that."""
    return bindparam(None, value, Text, literal_execute=True)


def subjects_with(word: Sought, *kinds: Texts) -> SelectOfScalar[str]:
    """Whose texts of these kinds have the word."""
    asked = " | ".join(
        (f"'{word.begins}'{'' if word.whole else ':*'}", *(f"'{mark}'" for mark in word.marked))
    )
    sought: ColumnElement[object] = cast(said_plainly(asked), TSQUERY)
    if word.russian:
        stems = said_plainly(" | ".join(word.russian))
        sought = sought.op("||")(func.to_tsquery(literal_column("'russian'"), stems))
    return select(cast(col(SearchedRow.subject), Text)).where(
        col(SearchedRow.kind).in_([kind.value for kind in kinds]), col(SearchedRow.words).op("@@")(sought)
    )
