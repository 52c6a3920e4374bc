"""A reader of the public register with a mailbox: pages over a database, the post, a real mail server."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from pydantic import SecretStr
from sqlmodel import select

from activities.correspondence.alerts.letters import AlertLetters
from activities.correspondence.alerts.looking import look
from activities.letters.smtp import SmtpClient
from activities.registries.calendars import current_calendar
from activities.service_letters.post import ServicePost
from api.http.deps import present
from models.settings.environment import Settings
from models.tables.alerts import AlertSubscriptionRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.service_letters import ServiceLetterKind
from tests.letters.conftest import post_office, smtp
from tests.letters.post_office import PostOffice, part
from tests.pages.conftest import ORIGIN, app, browser, story
from tests.pages.story import SECRET, Story

__all__ = ["app", "browser", "post_office", "reader", "smtp", "story"]
SETTINGS = Settings(
    public_url=ORIGIN,
    link_secret=SecretStr(SECRET),
    mail_from="monitoring@example.kz",
    mail_reply_domain="mail.example.kz",
)
MAILBOX = "Reader@example.kz"


class Reader:
    """Somebody at the public list. It begins a month ago: what is recorded now is published since."""

    def __init__(
        self, app: FastAPI, browser: AsyncClient, story: Story, office: PostOffice, smtp: SmtpClient
    ) -> None:
        self.app, self.browser, self.story, self.office = app, browser, story, office
        self.now = datetime.now(UTC) - timedelta(days=30)
        letters = AlertLetters(SETTINGS)
        writers = dict.fromkeys(ServiceLetterKind, letters)
        self.post = ServicePost(story.sessions, SETTINGS, smtp, writers, lambda: self.now)
        self._tell()

    async def is_at_work(self, days_from_now: int = 1) -> None:
        """So many days after the test's own day, at the next moment in which people are written to."""
        async with self.story.sessions() as session:
            calendar = await current_calendar(session)
        moment = datetime.now(UTC) + timedelta(days=days_from_now)
        self.now = calendar.working_moment_from(moment)
        self._tell()

    def waits(self, **time: float) -> None:
        self.now += timedelta(**time)
        self._tell()

    async def asks(self, address: str = MAILBOX, language: str = "kk", **search: str) -> Response:
        return await self.browser.post(f"/public/alerts?lang={language}", data={"address": address, **search})

    async def looks(self) -> None:
        """The keeper's look, and whatever is to be sent."""
        await look(self.story.sessions, self.now)
        await self.sends()

    async def sends(self) -> None:
        while await self.post.send_next():
            pass

    async def subscribes(self, address: str = MAILBOX, **search: str) -> None:
        assert (await self.asks(address, **search)).status_code == 303
        await self.sends()
        assert (await self.browser.post(self.link("confirm"))).status_code == 200

    def link(self, what: str, letter: EmailMessage | None = None) -> str:
        """The path of a link in the last letter, or in this one."""
        lines = part(letter or self.office.received[-1], "text/plain").splitlines()
        (found,) = [line for line in lines if line.startswith(f"{ORIGIN}/public/alerts/{what}/")]
        return found.removeprefix(ORIGIN)

    async def subscriptions(self) -> list[AlertSubscriptionRow]:
        async with self.story.sessions() as session:
            return list(await session.exec(select(AlertSubscriptionRow)))

    async def letters(self) -> list[ServiceLetterRow]:
        async with self.story.sessions() as session:
            return list(await session.exec(select(ServiceLetterRow)))

    def _tell(self) -> None:
        self.app.dependency_overrides[present] = lambda: self.now


@pytest.fixture
def reader(
    app: FastAPI, browser: AsyncClient, story: Story, post_office: PostOffice, smtp: SmtpClient
) -> Reader:
    return Reader(app, browser, story, post_office, smtp)
