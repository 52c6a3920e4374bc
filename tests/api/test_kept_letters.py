"""An installation from before, whose letters were kept with their links: upgrading cuts them.

And one that goes back: letters kept apart from their documents are put together.
"""

import base64
import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from importlib import import_module

from sqlalchemy import insert
from sqlmodel import col, select

from activities.database.sessions import Sessions, engine_for, sessions_for
from models.letters.apart import Enclosed, as_mail_writes
from models.letters.kept_copy import holds_link, kept_copy
from models.letters.links import Link, mint
from models.tables.deliveries import DeliveryRow
from models.tables.files import AttachmentRow, FileRow
from models.tables.kept_letters import KeptLetterRow
from models.vocabulary.letters import Purpose
from tests.api.test_migrations import alembic

HERE = import_module("migrations.versions.0008_kept_letters")
APART = import_module("migrations.versions.0018_letters_apart")
NOW = datetime(2026, 9, 4, 6, 0, tzinfo=UTC)
NUMBER = "2026-SARY-0001"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def message(serial: int, *, link: bool) -> bytes:
    """A letter as earlier releases sent it: parts parted by chance, a link without a key."""
    token = mint("a secret", Link(number=NUMBER, letter=f"L{serial}-0", purpose=Purpose.ANSWER_REPORT))
    address = f"https://example.kz/r/{token}" if link else f"https://example.kz/check/{NUMBER}"
    letter = EmailMessage()
    letter["Subject"] = "Есеп"
    letter["Message-ID"] = f"<{NUMBER}.L{serial}-0.1@example.kz>"
    letter.set_content(f"Сілтеме:\n{address}\n", cte="base64")
    letter.add_alternative(f'<a href="{address}">{address}</a>', subtype="html", cte="base64")
    letter.add_attachment(b"%PDF-1.7 " * 100, maintype="application", subtype="pdf", filename="есеп.pdf")
    return letter.as_bytes()


async def kept_before(sessions: Sessions, letter: str, content: bytes | None, attempt: int = 1) -> None:
    """Written past the tables of today, which know one column more."""
    async with sessions.begin() as session:
        if content is not None:
            await session.merge(_file(content))
        sha256 = sha256_of(content) if content is not None else None
        connection = await session.connection()
        row = DeliveryRow(
            number=NUMBER,
            letter=letter,
            attempt=attempt,
            kind="report_for_consideration",
            message_id="m",
            recipient="r",
            address="a@example.kz",
            language="kk",
            subject="s",
            outcome="accepted",
            eml_sha256=sha256,
            at=NOW,
        )
        values = row.model_dump(exclude={"id", "kept_sha256"})
        await connection.execute(DeliveryRow.__table__.insert().values(values))  # type: ignore[attr-defined]


def _file(content: bytes) -> FileRow:
    return FileRow(
        sha256=sha256_of(content), media_type="message/rfc822", size=len(content), content=content, at=NOW
    )


async def test_upgrading_cuts_the_links_out_of_letters_kept_before(empty_database_url: str) -> None:
    alembic(empty_database_url, "upgrade", HERE.down_revision)
    engine = engine_for(empty_database_url)
    sessions = sessions_for(engine)
    with_link, without, attached = message(1, link=True), message(2, link=False), message(3, link=True)
    for letter, content in {"L1-0": with_link, "L2-0": without, "L3-0": attached, "L4-0": None}.items():
        await kept_before(sessions, letter, content)
    await kept_before(sessions, "L1-0", with_link, attempt=2)
    async with sessions.begin() as session:
        row = {"id": "a1", "number": NUMBER, "sha256": sha256_of(attached), "filename": "x.eml", "at": NOW}
        await session.exec(insert(AttachmentRow).values(row))  # what a file signs, it said later
    alembic(empty_database_url, "upgrade", "head")
    async with sessions() as session:
        rows = list(await session.exec(select(DeliveryRow).order_by(col(DeliveryRow.id))))
        files = {row.sha256: row.content for row in await session.exec(select(FileRow))}
    sent = [with_link, without, attached, None, with_link]
    assert [row.eml_sha256 for row in rows] == [content and sha256_of(content) for content in sent]
    assert [row.kept_sha256 for row in rows] == [
        content and sha256_of(kept_copy(content)) for content in sent
    ]
    for sha256, content in files.items():
        assert sha256_of(content) == sha256
        assert not holds_link(content) or content == attached, "what somebody attached is theirs"
    assert sha256_of(with_link) not in files
    assert files[sha256_of(without)] == without
    assert b"link-removed" not in files[sha256_of(without)]
    await engine.dispose()


async def test_on_the_way_back_letters_are_put_together(empty_database_url: str) -> None:
    alembic(empty_database_url, "upgrade", "head")
    engine = engine_for(empty_database_url)
    sessions = sessions_for(engine)
    document = b"%PDF-1.7 " * 100
    sha256 = sha256_of(document)
    whole = kept_copy(message(1, link=True))
    before, _, after = whole.partition(base64.encodebytes(document))
    assert after, "the letter has the document in it"
    # Earlier releases wrote lines as this test does, not as mail does.
    whole = before + as_mail_writes(document) + after
    enclosed = Enclosed(sha256=sha256, at=len(before)).model_dump()
    async with sessions.begin() as session:
        session.add(_file(document))
        session.add(
            KeptLetterRow(sha256=sha256_of(whole), content=before + after, enclosed=[enclosed], at=NOW)
        )
    alembic(empty_database_url, "downgrade", APART.down_revision)
    async with sessions() as session:
        row = await session.get_one(FileRow, sha256_of(whole))
    assert (row.media_type, row.size, row.content) == ("message/rfc822", len(whole), whole)
    await engine.dispose()
