"""People at the ways in: the pages over a real database, the post of sign-in letters, a real mail server."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from pydantic import SecretStr
from sqlalchemy import text as sql
from sqlmodel import col, select

from activities.letters.smtp import SmtpClient
from activities.sign_in.post import SignInPost
from api.http.deps import present
from models.settings.environment import Settings
from models.tables.sign_ins import SignInLetterRow, SignInRow
from tests.letters.conftest import post_office, smtp
from tests.letters.post_office import PostOffice, part
from tests.pages.conftest import ORIGIN, app, browser, story
from tests.pages.story import NOW, SECRET, Story

__all__ = ["app", "browser", "desk", "post_office", "smtp", "story"]
SETTINGS = Settings(public_url=ORIGIN, link_secret=SecretStr(SECRET), mail_from="monitoring@example.kz")


class Desk:
    """Somebody before the sign-in page, with a mailbox."""

    def __init__(
        self, app: FastAPI, browser: AsyncClient, story: Story, office: PostOffice, smtp: SmtpClient
    ) -> None:
        self.app, self.browser, self.story, self.office = app, browser, story, office
        self.now = NOW
        self.post = SignInPost(story.sessions, SETTINGS, smtp, lambda: self.now)

    def waits(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.app.dependency_overrides[present] = lambda: self.now

    async def asks(self, address: str, way: str = "", language: str = "kk") -> Response:
        return await self.browser.post(
            f"/sign-in/letter?lang={language}", data={"address": address, "next": way}
        )

    async def sends(self) -> None:
        """All that is due."""
        while await self.post.send_next():
            pass

    async def link_of(self, address: str, way: str = "") -> str:
        """The path of the link in the letter that comes to this address."""
        assert (await self.asks(address, way)).status_code == 303
        await self.sends()
        return self.link_in(self.office.received[-1])

    @staticmethod
    def link_in(letter: EmailMessage) -> str:
        (line,) = [each for each in part(letter, "text/plain").splitlines() if each.startswith(ORIGIN)]
        return line.removeprefix(ORIGIN)

    async def letters(self) -> list[SignInLetterRow]:
        async with self.story.sessions() as session:
            found = select(SignInLetterRow).order_by(col(SignInLetterRow.asked_at))
            return list(await session.exec(found))

    async def sign_ins(self) -> list[SignInRow]:
        async with self.story.sessions() as session:
            return list(await session.exec(select(SignInRow).order_by(col(SignInRow.id))))

    async def changes(self, statement: str) -> None:
        async with self.story.sessions.begin() as session:
            await session.exec(sql(statement))  # type: ignore[call-overload]


@pytest.fixture
def desk(app: FastAPI, browser: AsyncClient, story: Story, post_office: PostOffice, smtp: SmtpClient) -> Desk:
    return Desk(app, browser, story, post_office, smtp)
