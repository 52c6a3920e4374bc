"""The post office, the database and the activity as they work together."""

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import NamedTuple

import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlmodel import col, select
from temporalio.testing import ActivityEnvironment

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.matters import Matters
from activities.letters.sending import Letters
from activities.letters.smtp import SmtpClient
from activities.record.remembered import Remembered
from local.postgres import Postgres
from models.letters.post import DeliveryOutcome, LetterOrder, LetterOutcome, LetterProof
from models.settings.environment import Settings
from models.tables.deliveries import DeliveryRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.letters.causes import OF_MONITORINGS, order
from tests.letters.ground import NOW
from tests.letters.on_file import rows
from tests.letters.post_office import PostOffice

SETTINGS = Settings(
    public_url="https://monitoring.example.kz/",
    link_secret=SecretStr("a secret of tests"),
    mail_from="monitoring@example.kz",
)
AS_ON_RECORD = Matters(Remembered())
"""Read anew each time: nothing was recorded by this process."""
PAUSES = (timedelta(seconds=1), timedelta(seconds=4))


class Bench:
    """One monitoring on file, one mail server, one activity."""

    def __init__(self, sessions: Sessions, post_office: PostOffice, smtp: SmtpClient) -> None:
        self.sessions = sessions
        self.post_office = post_office
        self.smtp = smtp

    async def fill(self, language: Language = Language.KK) -> None:
        for family in rows(language):
            async with self.sessions.begin() as session:
                session.add_all(family)

    def letters(self, clock: Callable[[], datetime] = lambda: NOW) -> Letters:
        return Letters(self.sessions, SETTINGS, self.smtp, PAUSES, clock)

    async def send(
        self,
        order: LetterOrder,
        tried: int = 1,
        clock: Callable[[], datetime] = lambda: NOW,
        letters: Letters | None = None,
    ) -> LetterProof:
        environment = ActivityEnvironment()
        environment.info = dataclasses.replace(
            environment.info, attempt=tried, current_attempt_scheduled_time=clock()
        )
        proof = await environment.run((letters or self.letters(clock)).send_letter, order)
        if proof.outcome is LetterOutcome.SENT:  # the journal pins the message that was taken
            taken = [x for x in await self.deliveries() if x.outcome == DeliveryOutcome.ACCEPTED]
            assert (proof.eml, proof.kept) in [(x.eml_sha256, x.kept_sha256) for x in taken]
        return proof.model_copy(update={"eml": None, "kept": None})

    async def deliveries(self) -> list[DeliveryRow]:
        async with self.sessions() as session:
            return list((await session.exec(select(DeliveryRow).order_by(col(DeliveryRow.id)))).all())


@pytest_asyncio.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open()
    yield office
    await office.close()


@pytest_asyncio.fixture
async def smtp(post_office: PostOffice) -> AsyncIterator[SmtpClient]:
    async with SmtpClient(SecretStr(post_office.url), timeout_seconds=2.0) as client:
        yield client


@pytest_asyncio.fixture
async def bench(database_url: str, post_office: PostOffice, smtp: SmtpClient) -> AsyncIterator[Bench]:
    engine = engine_for(database_url)
    bench = Bench(sessions_for(engine), post_office, smtp)
    await bench.fill()
    yield bench
    await engine.dispose()


class Sent(NamedTuple):
    """All kinds of letters as they arrived at recipients who read one language."""

    language: Language
    messages: dict[LetterKind, EmailMessage]


@pytest_asyncio.fixture(scope="session")
async def sent_once(postgres: Postgres, migrated_template: str) -> Callable[[Language], Awaitable[Sent]]:
    """Sends all letters in a language, once for all tests that only read them."""
    known: dict[Language, Sent] = {}

    async def of(language: Language) -> Sent:
        if language not in known:
            url = await postgres.create_database(f"letters_{language.value}", migrated_template)
            known[language] = await _all_letters(url, language)
        return known[language]

    return of


async def _all_letters(url: str, language: Language) -> Sent:
    engine = engine_for(url)
    office = PostOffice()
    await office.open()
    async with SmtpClient(SecretStr(office.url), timeout_seconds=10.0) as client:
        bench = Bench(sessions_for(engine), office, client)
        await bench.fill(language)
        for kind in OF_MONITORINGS:
            await bench.send(order(kind))
    await office.close()
    await engine.dispose()
    return Sent(language, dict(zip(OF_MONITORINGS, office.received, strict=True)))


@pytest_asyncio.fixture(params=list(Language), ids=lambda language: language.value)
async def sent(request: pytest.FixtureRequest, sent_once: Callable[[Language], Awaitable[Sent]]) -> Sent:
    """All letters in a language."""
    return await sent_once(Language(request.param))
