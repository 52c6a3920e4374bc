"""The activity, with a real PostgreSQL: files are kept under their hashes, twice is once."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlalchemy import func
from sqlmodel import col, select
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.printing.documents import Documents
from models.monitoring.rendering import RenderOrder
from models.report.content import canonical, content_sha256
from models.tables.content import SnapshotRow
from models.tables.files import FileRow
from models.vocabulary.procedure import Language
from tests.counting import statements_of
from tests.documents.contents import COMPREHENSIVE, NUMBER
from tests.documents.reading import printed

SHA256 = content_sha256(COMPREHENSIVE)
ORDER = RenderOrder(number=NUMBER, version=2, content=SHA256)


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    engine = engine_for(database_url)
    yield sessions_for(engine)
    await engine.dispose()


async def freeze(sessions: Sessions, sha256: str = SHA256, number: str = NUMBER) -> None:
    row = SnapshotRow(
        sha256=sha256, number=number, body=canonical(COMPREHENSIVE).decode(), at=datetime.now(UTC)
    )
    async with sessions.begin() as session:
        session.add(row)


async def test_both_renditions_are_printed_in_kazakh_and_russian(sessions: Sessions) -> None:
    await freeze(sessions)
    report = await ActivityEnvironment().run(Documents(sessions).render_report, ORDER)
    assert [(d.rendition, d.language) for d in report.documents] == [
        ("filed", Language.KK),
        ("filed", Language.RU),
        ("public", Language.KK),
        ("public", Language.RU),
    ]
    async with sessions() as session:
        for document in report.documents:
            row = await session.get_one(FileRow, document.sha256)
            assert row.content == printed(COMPREHENSIVE, document.language, document.rendition, version=2)
            assert hashlib.sha256(row.content).hexdigest() == document.sha256
            assert (row.size, row.media_type) == (document.size, "application/pdf")


async def test_a_printing_reads_once_and_keeps_once(sessions: Sessions) -> None:
    await freeze(sessions)
    with statements_of(sessions) as counted:
        await ActivityEnvironment().run(Documents(sessions).render_report, ORDER)
    assert len(counted.sent) == 2


async def test_printing_twice_keeps_each_file_once(sessions: Sessions) -> None:
    await freeze(sessions)
    documents = Documents(sessions)
    first = await ActivityEnvironment().run(documents.render_report, ORDER)
    assert await ActivityEnvironment().run(documents.render_report, ORDER) == first
    async with sessions() as session:
        kept = (await session.exec(select(func.count(col(FileRow.sha256))))).one()
    assert kept == len(first.documents)


async def test_content_that_was_never_frozen_fails_for_good(sessions: Sessions) -> None:
    with pytest.raises(ApplicationError) as failure:
        await ActivityEnvironment().run(Documents(sessions).render_report, ORDER)
    assert (failure.value.type, failure.value.non_retryable) == ("SnapshotMissing", True)


@pytest.mark.parametrize(("sha256", "number"), [("0" * 64, NUMBER), (SHA256, "2026-AB-0002")])
async def test_content_that_is_not_what_was_ordered_fails_for_good(
    sessions: Sessions, sha256: str, number: str
) -> None:
    await freeze(sessions, sha256, number)
    order = ORDER.model_copy(update={"content": sha256})
    with pytest.raises(ApplicationError) as failure:
        await ActivityEnvironment().run(Documents(sessions).render_report, order)
    assert (failure.value.type, failure.value.non_retryable) == ("SnapshotDiffers", True)
