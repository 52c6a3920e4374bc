"""What programs and statistics tell of published reports: figures, feeds, everything in one file."""

import csv
import hashlib
import io
import json
from datetime import datetime
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from httpx import AsyncClient
from sqlalchemy import text as sql

from activities.printing.charts import Chart, Series, bars, trend
from api.pages.public import bulk
from locales.catalogue import text
from locales.standings import standing_of_many
from locales.terms import term
from models.commands import AnswerReport
from models.commands.dispatch import ItemAnswer
from models.monitoring.follow_up import ItemStanding
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Language, Response, Role
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, Story
from tests.pages.test_conditional import likewise
from tests.pages.test_public import published as is_published

SVG = "{http://www.w3.org/2000/svg}"
CHART = Chart(
    id="c",
    title="<Жылдар>",
    description="a & b",
    labels=("2025", "Сарыжайлау облысының әкімдігінің басқармасы"),
    series=(Series(name="жауап жоқ", values=(3, 0)), Series(name="орындалды", values=(1, 4))),
)


@pytest.mark.parametrize("draw", [bars, trend])
def test_a_chart_is_named_hatched_and_told(draw: type[object]) -> None:
    picture = ElementTree.fromstring(str(draw(CHART)))  # type: ignore[call-arg]
    assert picture.findtext(f"{SVG}title") == "<Жылдар>"
    assert picture.findtext(f"{SVG}desc") == "a & b"
    assert picture.get("aria-labelledby") == "c-title c-desc"
    hatched = {each.get("id") for each in picture.findall(f"{SVG}pattern")}
    legend = [each.get("fill", "") for each in picture.findall(f"{SVG}rect[@width='14']")]
    assert len(set(legend)) == 2
    assert [each.startswith("url(#") for each in legend] == [False, True], "not told apart by colour alone"
    assert {each.removeprefix("url(#").removesuffix(")") for each in legend[1:]} == hatched
    said = [each.text or "" for each in picture.findall(f"{SVG}text")]
    assert {"жауап жоқ", "орындалды", "4"} <= set(said)
    assert not any("style" in each.attrib for each in picture.iter()), "the policy of pages allows none"


@pytest.mark.parametrize("draw", [bars, trend])
def test_a_chart_of_nothing_is_still_a_picture(draw: type[object]) -> None:
    empty = CHART.model_copy(update={"labels": (), "series": ()})
    nought = CHART.model_copy(update={"labels": ("1",), "series": (Series(name="n", values=(0,)),)})
    for chart in (empty, nought):
        assert ElementTree.fromstring(str(draw(chart))).tag == f"{SVG}svg"  # type: ignore[call-arg]


@pytest.mark.parametrize("language", Language)
async def test_figures_are_drawn_and_stand_in_tables(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    empty = await browser.get("/public/statistics", params={"lang": language.value})
    assert text(language, "page.figures.nothing") in words(empty)
    await is_published(story)
    await likewise(story, "2025-SARY-1000")
    async with story.sessions.begin() as session:
        await session.exec(sql("UPDATE monitorings SET year = 2025 WHERE number = '2025-SARY-1000'"))  # type: ignore[call-overload]
    page = await browser.get("/public/statistics", params={"lang": language.value})
    assert page.headers["content-language"] == language.value
    assert flaws(page) == [] == flaws(empty)
    items = len((await story.state()).items)
    for by in ("year", "region", "sphere"):
        section = soup(page).select_one(f'section[aria-labelledby="by-{by}"]')
        assert section is not None
        assert section.select_one("svg.chart title") is not None
        rows = [
            [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
            for row in section.select("tbody tr")
        ]
        assert sum(int(row[1]) for row in rows) == items, by
    named = {Language.KK: "Сарыжайлау облысы", Language.RU: "Сарыжайлауская область"}
    assert named.get(language, "Saryzhailau Region") in words(page)
    assert soup(page).select_one("#over-years-chart-title") is not None
    assert term(language, ItemStanding.UNANSWERED) in words(page)


async def test_figures_leave_as_cells_that_compute_nothing(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    async with story.sessions.begin() as session:
        await session.exec(sql("UPDATE organisation_versions SET region = '=1+1', region_ru = ''"))  # type: ignore[call-overload]
    file = await browser.get("/public/statistics.csv", params={"lang": "ru"})
    assert file.headers["content-type"].startswith("text/csv")
    assert "attachment" in file.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][3:] == [standing_of_many(Language.RU, each) for each in ItemStanding]
    regions = [row[1] for row in rows if row[0] == text(Language.RU, "page.figures.by.region")]
    assert regions == ["'=1+1"]
    again = await browser.get(
        "/public/statistics.csv", params={"lang": "ru"}, headers={"If-None-Match": file.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("language", Language)
async def test_what_was_accepted_in_part_is_not_counted_as_accepted_whole(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    await is_published(story)
    clinic = Actor(role=Role.HEAD, account="a-clinic-head", organisation=CLINIC)
    answers = tuple(
        ItemAnswer(item=item, response=response, reasoned=True)
        for item, response in (("p1", Response.PARTLY), ("q1", Response.ACCEPTED))
    )
    await story.does(AnswerReport, clinic, addressee=CLINIC, answers=answers, reply="0" * 64)
    page = await browser.get("/public/statistics", params={"lang": language.value})
    assert flaws(page) == []
    said = [cell.get_text(strip=True) for cell in soup(page).select("#by-year ~ .scroll th.figure")]
    assert standing_of_many(language, ItemStanding.AWAITED) in said
    assert term(language, ItemStanding.AWAITED) not in said


async def test_figures_are_of_published_versions_alone(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    await story.corrects()
    page = await browser.get("/public/statistics")
    assert text(Language.KK, "page.figures.nothing") in words(page)


async def test_both_feeds_tell_the_same(story: Story, browser: AsyncClient) -> None:
    await is_published(story)
    answer = await browser.get("/public/feed.json", params={"lang": "ru"})
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://monitoring.example.kz/public/feed.json?lang=ru"
    atom = ElementTree.fromstring((await browser.get("/public/feed.atom", params={"lang": "ru"})).text)
    (item,) = feed["items"]
    name = "{http://www.w3.org/2005/Atom}"
    for json_name, atom_name in (("id", "id"), ("title", "title"), ("content_text", "summary")):
        assert item[json_name] == atom.findtext(f"{name}entry/{name}{atom_name}")
    for json_name, atom_name in (("date_published", "published"), ("date_modified", "updated")):
        told = atom.findtext(f"{name}entry/{name}{atom_name}")
        assert told is not None
        assert datetime.fromisoformat(item[json_name]) == datetime.fromisoformat(told)


async def test_everything_published_is_in_one_file(story: Story, browser: AsyncClient) -> None:
    empty = ZipFile(io.BytesIO((await browser.get("/public/all.zip")).content))
    assert json.loads(empty.read("index.json")) == {"reports": [], "next": None}
    await is_published(story)
    answer = await browser.get("/public/all.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "public, no-cache"
    archive = ZipFile(io.BytesIO(answer.content))
    report = json.loads(archive.read(f"{story.number}/report.json"))
    version = (await story.state()).versions[-1]
    public = {each.sha256 for each in version.documents if each.rendition == "public"}
    assert {hashlib.sha256(archive.read(each["name"])).hexdigest() for each in report["files"]} == public
    assert len(archive.namelist()) == len(public) + 2, "nothing that was filed is in it"
    assert [each["stands"] for each in report["items"]] == ["unanswered"] * len(report["items"])
    assert "№311" not in archive.read(f"{story.number}/report.json").decode(), "withheld from the public"
    again = await browser.get("/public/all.zip", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await browser.head("/public/all.zip")
    assert (head.status_code, head.headers["etag"]) == (200, answer.headers["etag"])


async def test_a_file_that_is_full_names_the_next_one(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await is_published(story)
    await likewise(story, "2026-SARY-9998")
    await likewise(story, "2026-SARY-9999")
    for name, value in (("MOST_REPORTS", 2), ("MOST_BYTES", 1)):
        monkeypatch.setattr(bulk, name, value)
        told, address = [], "/public/all.zip"
        while address:
            archive = ZipFile(io.BytesIO((await browser.get(address)).content))
            index = json.loads(archive.read("index.json"))
            assert index["reports"], "a file that is not empty holds one report at least"
            told += index["reports"]
            address = (index["next"] or "").removeprefix("https://monitoring.example.kz")
        assert told == sorted([story.number, "2026-SARY-9998", "2026-SARY-9999"])
