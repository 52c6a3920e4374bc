"""Texts are found by their words: Kazakh and Russian by stems, numbers in any part, by what each reader may read.

The words of what is on file are kept here; the column they had in `monitorings` goes.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import TSVECTOR

from models.words.finding import lexemes, russian_words, texts_of

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

Kept = tuple[str, str, str, Iterable[str]]

KEEP: Final = sa.text(
    "INSERT INTO searched (kind, subject, part, words) VALUES (:kind, :subject, :part,"
    " array_to_tsvector(CAST(:lexemes AS text[])) || strip(to_tsvector('russian', :russian)))"
)
BODIES: Final = "SELECT organisation, valid_from, kind, name_kk, name_ru, name_en FROM organisation_versions"
MONITORINGS: Final = "SELECT number, title_kk, title_ru, title_en, state FROM monitorings"
DRAFTS: Final = """
SELECT DISTINCT ON (number, part, item) number, part, item, body FROM content_revisions
WHERE part IN ('finding', 'indicator', 'draft') ORDER BY number, part, item, revision DESC
"""
AS_BEFORE: Final = """
UPDATE monitorings SET search = to_tsvector('simple', concat_ws(' ', number, title_kk, title_ru, title_en))
|| to_tsvector('russian', title_ru)
"""


def upgrade() -> None:
    op.create_table(
        "searched",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "part"),
    )
    op.create_index("searched_words", "searched", ["words"], postgresql_using="gin")
    connection = op.get_bind()
    for read in (_names, _monitorings, _drafts):
        for kind, subject, part, texts in read(connection):
            said = tuple(texts)
            known = {"kind": kind, "subject": subject, "part": part}
            words = {"lexemes": list(lexemes(said)), "russian": russian_words(said)}
            connection.execute(KEEP, known | words)
    op.drop_index("monitorings_search", "monitorings")
    op.drop_column("monitorings", "search")


def downgrade() -> None:
    op.add_column("monitorings", sa.Column("search", TSVECTOR(), nullable=False, server_default=""))
    op.execute(AS_BEFORE)
    op.alter_column("monitorings", "search", server_default=None)
    op.create_index("monitorings_search", "monitorings", ["search"], postgresql_using="gin")
    op.drop_table("searched")


def _names(connection: Connection) -> Iterator[Kept]:
    for organisation, since, kind, *names in connection.exec_driver_sql(BODIES).all():
        yield "body", organisation, since.isoformat(), () if kind == "natural_person" else names
    for sphere, *names in connection.exec_driver_sql("SELECT id, name_kk, name_ru, name_en FROM spheres").all():
        yield "sphere", sphere, "", names


def _monitorings(connection: Connection) -> Iterator[Kept]:
    for number, kk, ru, en, state in connection.exec_driver_sql(MONITORINGS).all():
        yield "title", number, "", (number, kk, ru, en)
        for kind, version in (("approved", _current(state)), ("published", _published(state))):
            if version is not None:
                yield kind, number, "", _frozen(connection, version)


def _drafts(connection: Connection) -> Iterator[Kept]:
    for number, part, item, body in connection.exec_driver_sql(DRAFTS).all():
        yield "draft", number, f"{part}/{item}", texts_of(body)


def _current(state: dict[str, Any]) -> dict[str, Any] | None:
    return next((each for each in reversed(state.get("versions", ())) if each.get("approved_on")), None)


def _published(state: dict[str, Any]) -> dict[str, Any] | None:
    last = (state.get("publications") or [{}])[-1].get("version")
    return next((each for each in state.get("versions", ()) if each["number"] == last), None)


def _frozen(connection: Connection, version: dict[str, Any]) -> Iterable[str]:
    asked = sa.text("SELECT body FROM snapshots WHERE sha256 = :sha256")
    body = connection.scalar(asked, {"sha256": version["content"]["sha256"]})
    return texts_of(json.loads(body)) if body else ()
