"""What everybody reads is asked for again, and pages are turned: no row is lost or shown twice."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient
from sqlalchemy import text as sql

from api.http.pagination import Turned, decode_cursor, part_of_all
from api.pages.public import published
from models.tables.monitorings import MonitoringRow
from tests.pages.reading import soup, words
from tests.pages.story import Story
from tests.pages.test_public import ATOM
from tests.pages.test_public import published as is_published

LONG_AGO = datetime(2026, 9, 1, 6, 0, 0, 500_000, tzinfo=UTC)


async def published_long_ago(story: Story) -> str:
    """Published, and nothing changed for some days."""
    address = await is_published(story)
    async with story.sessions.begin() as session:
        for table, column in (("monitorings", "changed_at"), ("organisation_versions", "at")):
            await session.exec(sql(f"UPDATE {table} SET {column} = :at"), params={"at": LONG_AGO})  # type: ignore[call-overload]
    return address


async def test_public_pages_are_not_sent_twice(story: Story, browser: AsyncClient) -> None:
    address = await published_long_ago(story)
    for page_of in ("/public", address, "/public/feed.atom", "/", "/calendar", "/keys"):
        first = await browser.get(page_of)
        assert first.headers["cache-control"] == "public, no-cache", page_of
        for known in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
            again = await browser.get(page_of, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b""), page_of
            assert again.headers["etag"] == first.headers["etag"]
        other = await browser.get(
            page_of, params={"lang": "ru"}, headers={"If-None-Match": first.headers["etag"]}
        )
        assert other.status_code == 200, page_of
    private = await browser.get(f"/check/{story.number}")
    assert private.headers["cache-control"] == "no-store"


async def test_a_reader_who_only_knows_a_time_is_told_by_it(story: Story, browser: AsyncClient) -> None:
    address = await published_long_ago(story)
    for page_of in ("/public", address, "/public/feed.atom"):
        modified = (await browser.get(page_of)).headers["last-modified"]
        assert parsedate_to_datetime(modified) == LONG_AGO.replace(microsecond=0)
        since = {"If-Modified-Since": modified}
        assert (await browser.get(page_of, headers=since)).status_code == 304
        earlier = format_datetime(LONG_AGO - timedelta(days=1), usegmt=True)
        assert (await browser.get(page_of, headers={"If-Modified-Since": earlier})).status_code == 200
        for odd in ("soon", ""):
            assert (await browser.get(page_of, headers={"If-Modified-Since": odd})).status_code == 200
        both = since | {"If-None-Match": '"another"'}
        assert (await browser.get(page_of, headers=both)).status_code == 200, "the tag is asked first"


async def test_the_feed_tells_of_every_change(story: Story, browser: AsyncClient) -> None:
    async def told() -> tuple[str | None, str | None]:
        root = ElementTree.fromstring((await browser.get("/public/feed.atom")).text)
        entry = root.find(f"{ATOM}entry")
        assert entry is not None
        assert entry.findtext(f"{ATOM}published")
        return root.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}updated")

    await published_long_ago(story)
    first = await told()
    assert first == (LONG_AGO.isoformat(), LONG_AGO.isoformat())
    await story.corrects()
    assert min(str(each) for each in await told()) > LONG_AGO.isoformat(), "the same day, another version"


async def test_a_feed_stays_readable_whatever_was_taken_once(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    async with story.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, story.number)
        row.title_kk = "Мектеп\uffff туралы"
    root = ElementTree.fromstring((await browser.get("/public/feed.atom")).text)
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "Мектеп туралы"


async def test_pages_of_the_public_list_are_turned_by_rows(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await is_published(story)
    monkeypatch.setattr(published, "MOST", 2)
    others = [f"2026-SARY-1{n:03d}" for n in range(4)]
    for number in others:
        await likewise(story, number)
    newest_first = sorted((story.number, *others), reverse=True)

    async def turned(way: str, address: str) -> tuple[list[str], dict[str, str]]:
        page = soup(await browser.get(address))
        shown = [number for link in page.select("ol.list a") for number in [str(link["href"])[8:22]]]
        return shown, {str(link["rel"][0]): str(link["href"]) for link in page.select("nav.pages a")}

    first, ways = await turned("", "/public?lang=kk")
    await likewise(story, "2026-SARY-2000")
    second, ways = await turned("next", ways["next"])
    third, last = await turned("next", ways["next"])
    assert first + second + third == newest_first, "a report published meanwhile shifts none"
    assert set(last) == {"prev"}
    back, ways = await turned("prev", last["prev"])
    assert back == second
    back, ways = await turned("prev", ways["prev"])
    assert back == first
    newest, ways = await turned("prev", ways["prev"])
    assert newest == ["2026-SARY-2000"]
    for odd in ("after=nonsense", "before=%00", "page=2"):
        assert story.number in words(await browser.get(f"/public?{odd}")) or len(others) > 1


async def likewise(story: Story, number: str) -> None:
    """Another published report of the same day."""
    async with story.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, story.number)
        fields = row.model_dump() | {"number": number, "workflow_id": f"monitoring/{number}"}
        session.add(MonitoringRow(**{**fields, "state": {**row.state, "number": number}}))


def test_a_whole_list_is_turned_either_way() -> None:
    rows = [f"{n:02d}" for n in range(7)]

    def part(turned: Turned) -> tuple[str, ...]:
        found = part_of_all(rows, lambda row: (row,), turned, 3)
        ends.append((found.before, found.after))
        return found.rows

    ends: list[tuple[str | None, str | None]] = []
    assert part(Turned()) == ("00", "01", "02")
    assert part(Turned(after=("02",))) == ("03", "04", "05")
    assert part(Turned(after=("05",))) == ("06",)
    assert part(Turned(before=("06",))) == ("03", "04", "05")
    assert part(Turned(before=("03",))) == ("00", "01", "02")
    assert part(Turned(after=("99",))) == ()
    told = [tuple(decode_cursor(end, 1)[0] if end else None for end in both) for both in ends]
    assert told == [(None, "02"), ("03", "05"), ("06", None), ("03", "05"), (None, "02"), (None, None)]
    falling = part_of_all(rows[::-1], lambda row: (row,), Turned(after=("05",)), 3, descending=True)
    assert falling.rows == ("04", "03", "02")
