"""The public list as readers use it: searched, narrowed, sorted, turned; a report with what came of it."""

import gzip
import runpy
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import Tag
from httpx import AsyncClient, Response
from sqlalchemy import text as sql

from api.pages.public import published
from local.programs import ROOT
from locales.catalogue import text
from locales.terms import term
from models.commands import BeginCorrection, PublishReport
from models.monitoring.follow_up import ItemStanding
from models.report.notes import TextNote
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Language
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, NOW, Story
from tests.pages.test_conditional import likewise
from tests.pages.test_public import published as is_published

FROM_STATES: str = runpy.run_path(str(ROOT / "migrations" / "versions" / "0023_published_on.py"))[
    "FROM_STATES"
]
REGION = "Сарыжайлау облысы"


def offered(page: Response) -> dict[str, dict[str, str]]:
    """Each way to narrow the list, with its values: how often each is there, by its address."""
    found: dict[str, dict[str, str]] = {}
    for section in soup(page).select(".facets section"):
        links = {str(link["href"]): _count(link) for link in section.select("li a")}
        found[str(section["aria-labelledby"])[3:]] = links
    return found


def _count(link: Tag) -> str:
    said = link.find_next_sibling(class_="hint")
    assert said is not None
    return said.get_text(strip=True)


def shown(page: Response) -> list[str]:
    return [str(link["href"])[8:22] for link in soup(page).select("ol.list a")]


async def test_the_list_is_narrowed_by_what_it_counts(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    await likewise(story, "2026-SARY-1000")
    ways = offered(await browser.get("/public"))
    assert set(ways) == {"region", "body", "year", "standing"}, "a monitoring of one body has no sphere"
    assert set(ways["body"].values()) == {"(2)"}, "studied, and asked: counted once"
    assert set(ways["standing"].values()) == {"(1)"}, "the other has no items on record"
    for name, values in ways.items():
        for address in values:
            page = await browser.get(address)
            assert story.number in shown(page), (name, address)
            assert name not in offered(page), "what narrows already is not offered again"
            assert flaws(page) == []


async def test_a_filter_is_taken_away_and_the_others_stay(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    asked = {
        "region": REGION,
        "body": CLINIC,
        "year": "2026",
        "q": "емханасы",
        "lang": "ru",
        "kind": "thematic",
    }
    page = await browser.get("/public", params=asked)
    assert shown(page) == [story.number]
    crumbs = [str(link["href"]) for link in soup(page).select(".crumbs a")]
    assert crumbs[-1] == "/public?lang=ru"
    for without, address in zip(("q", "kind", "region", "body", "year"), crumbs, strict=False):
        left = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert left == {name: value for name, value in asked.items() if name != without}
    kept = [str(link["href"]) for link in soup(page).select("ul.languages a")]
    assert [parse_qs(urlsplit(each).query)["body"] for each in kept] == [[CLINIC]] * 3
    hidden = {
        str(each["name"]): str(each["value"])
        for each in soup(page).select("form:not([method=post]) input[type=hidden]")
    }
    assert hidden == {"lang": "ru", "region": REGION, "body": CLINIC, "year": "2026"}


async def test_what_nothing_has_finds_nothing(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    for odd in ({"sphere": "x"}, {"region": "<b>"}, {"body": "' --"}, {"standing": "implemented"}):
        page = await browser.get("/public", params=odd)
        assert (page.status_code, shown(page)) == (200, []), odd
        assert text(Language.KK, "page.list.none_found") in words(page)
        assert flaws(page) == []
    for ignored in ({"standing": "odd"}, {"sort": "odd"}, {"year": "²⁰²⁶"}, {"body": "\x00"}):
        assert shown(await browser.get("/public", params=ignored)) == [story.number], ignored


async def test_items_narrow_only_while_their_version_is_the_published_one(
    story: Story, browser: AsyncClient
) -> None:
    await is_published(story)
    unanswered = {"standing": ItemStanding.UNANSWERED.value}
    assert shown(await browser.get("/public", params=unanswered)) == [story.number]
    await story.corrects()
    page = await browser.get("/public", params=unanswered)
    assert shown(page) == []
    assert "standing" not in offered(await browser.get("/public"))


@pytest.mark.parametrize("sort", ["newest", "oldest", "changed"])
async def test_every_order_is_turned_by_rows(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    await is_published(story)
    monkeypatch.setattr(published, "MOST", 2)
    for n in range(4):
        await likewise(story, f"2026-SARY-1{n:03d}")
    pages, address = [], f"/public?lang=kk&sort={sort}"
    while address:
        page = await browser.get(address)
        pages.append(shown(page))
        further = soup(page).select_one("nav.pages a[rel=next]")
        back = soup(page).select_one("nav.pages a[rel=prev]")
        if back is not None:
            assert shown(await browser.get(str(back["href"]))) == pages[-2]
        address = str(further["href"]) if further else ""
    rows = [number for page in pages for number in page]
    assert len(rows) == 5
    assert rows == sorted(rows, reverse=sort != "oldest")


async def test_a_place_of_another_order_is_the_beginning(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    for cursor in ("WyJhIiwgImIiXQ", "WyIyMDI2LTAxLTAxIiwgImIiXQ"):
        page = await browser.get("/public", params={"sort": "changed", "after": cursor})
        assert shown(page) == [story.number]


async def test_texts_leave_compressed_to_whoever_reads_that(story: Story, browser: AsyncClient) -> None:
    address = await is_published(story)
    for page_of in ("/public", address, "/public/feed.atom"):
        plain = await browser.get(page_of, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        async with browser.stream("GET", page_of, headers={"Accept-Encoding": "br, gzip"}) as answer:
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Language, Accept-Encoding"
        assert answer.headers["etag"] != plain.headers["etag"]
        assert int(answer.headers["content-length"]) == len(raw)
        assert gzip.decompress(raw) == plain.content
        for asked, tag, status in (
            ("gzip", answer.headers["etag"], 304),
            ("identity", answer.headers["etag"], 200),
            ("gzip;q=0", plain.headers["etag"], 304),
        ):
            again = await browser.get(page_of, headers={"Accept-Encoding": asked, "If-None-Match": tag})
            assert again.status_code == status, (page_of, asked)


async def test_a_report_tells_what_came_of_each_item(story: Story, browser: AsyncClient) -> None:
    address = await is_published(story)
    page = await browser.get(address)
    items = soup(page).select("ol.items > li")
    state = await story.state()
    assert len(items) == len(state.items)
    for item in items:
        said = item.get_text(" ", strip=True)
        assert term(Language.KK, ItemStanding.UNANSWERED) in said
        assert "04.09.2026" in said, "the day it was sent"
        assert item.select_one("p.typed") is not None
    report = soup(page)
    leads = [str(link["href"])[1:] for link in report.select("nav.contents a")]
    assert leads == ["files", "items", "text", "part-1", "part-2", "part-3", "versions"]
    for cell in report.select("table.stacked td"):
        assert cell["data-label"], "on a phone each figure stands beside its heading"


async def test_items_are_not_told_of_a_version_that_is_not_published(
    story: Story, browser: AsyncClient
) -> None:
    address = await is_published(story)
    await story.corrects()
    page = await browser.get(address)
    assert soup(page).select("ol.items") == []
    assert flaws(page) == []
    await story.does(PublishReport, published_on=NOW.date(), address="https://example.kz/reports/2")
    await story.does(BeginCorrection, reason=await story.keeps(TextNote(text="Тағы бір қате")))
    assert soup(await browser.get(address)).select("ol.items"), (
        "the published version is still the current one"
    )


async def test_what_was_published_before_its_day_was_a_column_is_found(
    story: Story, browser: AsyncClient
) -> None:
    await is_published(story)
    await likewise(story, "2026-SARY-1000")
    async with story.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, "2026-SARY-1000")
        row.state = {**row.state, "publications": []}
        await session.flush()
        await session.exec(sql("UPDATE monitorings SET published_on = NULL"))  # type: ignore[call-overload]
    assert shown(await browser.get("/public")) == []
    async with story.sessions.begin() as session:
        await (await session.connection()).exec_driver_sql(FROM_STATES)
    assert shown(await browser.get("/public")) == [story.number]
