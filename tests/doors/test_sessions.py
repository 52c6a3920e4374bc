"""A sign-in on the pages ends for every copy of its cookie: by signing out, with its token, in time."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text as sql
from sqlmodel import select

from api.http.deps import present
from models.tables.sessions import SessionRow
from tests.fixtures.stack import SeededDatabase
from tests.pages.story import NOW, Story

COOKIE = "__Host-session"


async def signed_in(browser: AsyncClient, seeded_database: SeededDatabase, who: str = "uo-auditor") -> str:
    answer = await browser.post("/sign-in", data={"token": seeded_database.tokens[who]})
    kept = answer.headers["set-cookie"].partition(";")[0]
    browser.cookies.clear()
    return kept


async def opens(browser: AsyncClient, story: Story, kept: str) -> int:
    answer = await browser.get(f"/monitorings/{story.number}/history", headers={"Cookie": kept})
    browser.cookies.clear()
    return answer.status_code


async def test_signing_out_ends_every_copy(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    kept = await signed_in(browser, seeded_database)
    other = await signed_in(browser, seeded_database)
    assert kept != other
    assert await opens(browser, story, kept) == 200
    out: Response = await browser.post("/sign-out", headers={"Cookie": kept})
    assert out.status_code == 303
    assert await opens(browser, story, kept) == 303, "copied or not"
    assert await opens(browser, story, other) == 200, "another browser's stays"


@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE tokens SET revoked_at = now() WHERE account = 'a-uo-auditor'",
        "UPDATE accounts SET active = false WHERE id = 'a-uo-auditor'",
        "UPDATE tokens SET expires_at = '2026-09-01' WHERE account = 'a-uo-auditor'",
    ],
)
async def test_it_ends_with_its_token_and_its_account(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, ending: str
) -> None:
    kept = await signed_in(browser, seeded_database)
    assert await opens(browser, story, kept) == 200
    async with story.sessions.begin() as session:
        await session.exec(sql(ending))  # type: ignore[call-overload]
    assert await opens(browser, story, kept) == 303


async def test_it_ends_after_its_hours(
    app: FastAPI, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    kept = await signed_in(browser, seeded_database)
    app.dependency_overrides[present] = lambda: NOW + timedelta(hours=7, minutes=59)
    assert await opens(browser, story, kept) == 200
    app.dependency_overrides[present] = lambda: NOW + timedelta(hours=8)
    assert await opens(browser, story, kept) == 303


async def test_the_table_holds_no_cookie_and_forgets(
    app: FastAPI, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    kept = (await signed_in(browser, seeded_database)).partition("=")[2]
    async with story.sessions() as session:
        rows = (await session.exec(select(SessionRow))).all()
    assert len(rows) == 1
    assert kept not in str(rows[0].model_dump())
    app.dependency_overrides[present] = lambda: NOW + timedelta(days=30)
    await signed_in(browser, seeded_database)
    async with story.sessions() as session:
        assert len((await session.exec(select(SessionRow))).all()) == 1


async def test_what_was_typed_is_not_lost_when_the_hours_are_over(
    app: FastAPI, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """The browser is still known: its form is read, however large, and shown again."""
    kept = await signed_in(browser, seeded_database, "sary-analyst")
    app.dependency_overrides[present] = lambda: NOW + timedelta(hours=9)
    long = "ә" * 20_000
    form = {"reason": long, "action": "check"}
    page = await browser.post(
        f"/staff/monitorings/{story.number}/cancellation", data=form, headers={"Cookie": kept}
    )
    assert page.status_code == 401
    assert long[:1_000] in page.text
