"""What is published is counted in each process, and is what the database says at that moment."""

import pytest
from httpx import AsyncClient
from sqlalchemy import text as sql
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import engine_for, reads_of, sessions_for
from activities.published import finding, tallying
from activities.published.tallying import count_beforehand, found_among_published, tally_now
from api.pages.workplace import monitorings
from local.ports import LOOPBACK, free_port
from models.monitoring.published_search import Filters
from models.settings.environment import Settings
from models.vocabulary.procedure import Number
from tests.counting import statements_of
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_conditional import likewise
from tests.pages.test_consolidation import signed_in
from tests.pages.test_public import published

LISTS = (
    "/public",
    "/public?q=емхана",
    "/public/feed.atom",
    "/public/feed.json",
    "/staff/monitorings",
    "/staff",
)


async def of_year(story: Story, year: int) -> set[Number]:
    """Those that a reader counts under a year."""
    async with reads_of(story.sessions)() as session:
        found = await found_among_published(session, Filters(year=year), NOW.date())
        return set(found.basis.tally.numbers_at(found.among))


async def moved_to(session: AsyncSession, number: Number, year: int) -> None:
    """Stands for any change of the row."""
    connection = await session.connection()
    moved = sql("UPDATE monitorings SET year = :year WHERE number = :number")
    await connection.execute(moved, {"year": year, "number": number})


async def test_what_is_committed_late_is_counted_then(story: Story) -> None:
    await published(story)
    early, late = story.number, "2026-SARY-1000"
    await likewise(story, late)
    assert await of_year(story, 2026) == {early, late}
    async with story.sessions() as slow:
        await moved_to(slow, early, 2024)
        async with story.sessions.begin() as quick:
            await moved_to(quick, late, 2025)
        assert (await of_year(story, 2026), await of_year(story, 2025)) == ({early}, {late})
        await slow.commit()
    assert (await of_year(story, 2026), await of_year(story, 2024)) == (set(), {early})


async def test_what_did_not_change_is_not_read_again(story: Story) -> None:
    await published(story)
    await likewise(story, "2026-SARY-1000")
    async with reads_of(story.sessions)() as session:
        tally = await tally_now(session)
        told = tally.changes
        with statements_of(story.sessions) as counted:
            assert await tally_now(session) is tally
        assert (tally.changes, len(counted.sent)) == (told, 1)
        async with story.sessions.begin() as other:
            await moved_to(other, story.number, 2025)
        with statements_of(story.sessions) as counted:
            await tally_now(session)
        assert (tally.changes, len(counted.sent)) == (told + 1, 2)


async def test_lists_read_no_states_and_ask_as_often_however_long_they_are(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await published(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    asked: dict[str, list[int]] = {}
    for beside in range(3):
        await likewise(story, f"2026-SARY-100{beside}")
        for address in LISTS:
            await browser.get(address)
            with statements_of(story.sessions) as counted:
                assert (await browser.get(address)).status_code == 200
            asked.setdefault(address, []).append(len(counted.sent))
            whole = [each for each in counted.of("monitorings.state") if "IN (" not in each]
            assert whole == [], "a state is read of what is named alone, and as a text"
    assert all(len(set(each)) == 1 for each in asked.values()), asked


async def test_of_many_the_same_are_found_as_of_few(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    await published(story)
    for n in range(4):
        await likewise(story, f"2026-SARY-100{n}")
    await signed_in(browser, seeded_database, "sary-analyst")
    name, number = "емхана", "1002"
    asked = [
        *(
            f"/staff/monitorings?lang=en&sort={sort}&text={text}"
            for sort in ("due", "newest")
            for text in (name, number, "")
        ),
        *(
            f"/public?q={text}&sort={sort}"
            for sort in ("newest", "oldest", "changed")
            for text in (name, "тексеру")
        ),
        f"/public?standing=unanswered&q={name}",
    ]
    few = [await listed(browser, address) for address in asked]
    assert max(map(len, few)) > 2
    for module in (finding, monitorings):
        monkeypatch.setattr(module, "MOST_COUNTED", 0)
    monkeypatch.setattr(tallying, "_FEW", 0)
    assert [await listed(browser, address) for address in asked] == few
    many = await browser.get("/staff/monitorings?lang=en")
    assert "More than 0 monitorings" in words(many), "nobody counts on"


async def listed(browser: AsyncClient, address: str) -> list[str]:
    page = soup(await browser.get(address))
    return [str(link["href"]) for link in page.select("ol.list a, tr[id^=monitoring-] th a")]


async def test_an_api_has_counted_before_it_serves(story: Story, seeded_database: SeededDatabase) -> None:
    await published(story)
    await likewise(story, "2026-SARY-1000")
    async with application(Settings(database_url=seeded_database.url)) as begun:
        sessions = begun.state.services.sessions
        with statements_of(sessions) as counted:
            async with reads_of(sessions)() as session:
                assert (await tally_now(session)).reports() == {2026: 2}
        assert len(counted.sent) == 1


async def test_an_api_begins_to_serve_while_the_database_is_away() -> None:
    away = engine_for(f"postgresql+psycopg://nobody@{LOOPBACK}:{free_port()}/none")
    await count_beforehand(sessions_for(away))
    await away.dispose()
