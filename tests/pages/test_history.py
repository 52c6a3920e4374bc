"""The timeline as a page: read by people who have to rely on it."""

import re
from dataclasses import replace

import pytest
from bs4 import Tag
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text as sql
from sqlmodel import col, select
from temporalio.client import Client

from api.services.temporal import Temporal
from locales.catalogue import text
from locales.spoken import marked
from locales.terms import term
from models.commands import AnswerInvitation, BeginCorrection
from models.report.notes import TextNote
from models.tables.reads import ReadRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Role
from tests.fixtures.stack import SeededDatabase
from tests.keeping import triggers_sleep
from tests.pages.led import is_written
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story

HOSTILE = "<script>alert(1)</script> «&amp;» " + "ұ" * 300
POST = "Бөлімше басшысы"  # as the story has it
PATH = "/monitorings/{}/history"


async def signed_in(browser: AsyncClient, database: SeededDatabase, who: str) -> None:
    answer = await browser.post("/sign-in", data={"token": database.tokens[who]})
    assert answer.status_code == 303


async def whole(story: Story) -> None:
    """A monitoring with letters, answers' deadlines and a correction."""
    await story.invites()
    for member in ("m1", "m2"):
        await story.does(AnswerInvitation, member=member, consents=True)
    await story.asks()
    await story.letters_leave()
    await story.approves()
    await story.dispatches()
    await story.letters_leave()


@pytest.fixture
def away(app: FastAPI) -> None:
    """Nobody answers at Temporal's address."""

    async def connect() -> Client:
        raise RuntimeError

    app.state.services = replace(app.state.services, temporal=Temporal(connect))


def entries(page: Response) -> list[Tag]:
    return soup(page).select("li.entry")


@pytest.mark.parametrize("language", Language)
async def test_it_reads_well_in_every_language(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await whole(story)
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{PATH.format(story.number)}?lang={language.value}")
    assert page.status_code == 200
    assert flaws(page) == []
    assert page.headers["content-language"] == language.value
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert [int(str(entry["id"])) for entry in entries(page)] == list(range(1, len(entries(page)) + 1))
    for entry in entries(page):
        assert entry.select_one("a.seq")["href"] == f"#{entry['id']}"  # type: ignore[index]
        assert entry.select_one("time") is not None
        assert entry.select_one("details.hash") is not None
    assert "script" not in {tag.name for tag in soup(page).find_all(True)}
    assert not re.search(r"\b(None|event\.|history\.|page\.)", words(page))


async def test_consequences_are_indented_and_lead_back_to_what_they_followed_from(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await whole(story)
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{PATH.format(story.number)}?lang=en")
    sent = [entry for entry in entries(page) if "was taken by the mail server" in entry.get_text()]
    assert sent
    for entry in sent:
        assert {"depth-1", "depth-2"} & set(entry["class"])
        assert entry.find("a", string=re.compile(r"follows from line \d+")) is not None
    stages = [heading.get_text() for heading in soup(page).select("section.stage h2")]
    assert stages[0] == "planned"
    assert stages[-1] == "sent"


async def test_what_was_written_between_two_lines_is_told_there(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await is_written(story)
    await story.submits()
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{PATH.format(story.number)}?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    (between,) = soup(page).select("li.content")
    assert between.find_previous_sibling("li") is not None
    told = between.get_text()
    assert "Source entered" in told
    assert "Draft of the report begun" in told
    assert all(len(code.get_text()) == 64 for code in between.select("code"))
    only = await browser.get(f"{PATH.format(story.number)}?lang=en&type=finding_entered")
    assert entries(only) == []
    assert "Finding entered" in words(only)


async def test_what_people_typed_is_shown_as_typed_and_does_nothing(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await whole(story)
    await story.does(BeginCorrection, reason=await story.keeps(TextNote(text=HOSTILE)))
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(PATH.format(story.number))
    assert "<script>" not in page.text
    assert HOSTILE in soup(page).get_text()


@pytest.mark.parametrize(
    ("language", "invited"),
    [
        (Language.KK, "жұмыс тобына шақырылған тұлға"),
        (Language.RU, "лицо, приглашённое в рабочую группу"),
        (Language.EN, "invited to the working group"),
    ],
)
async def test_rule_12_whoever_answers_an_invitation_is_no_member_and_no_empty_note_is_shown(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language, invited: str
) -> None:
    await story.invites()
    by = Actor(role=Role.MEMBER, letter=(await story.letter(LetterKind.INVITATION, "m1")).id)
    empty = await story.keeps(TextNote(text=""))
    await story.does(AnswerInvitation, by, member="m1", consents=False, note=empty)
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{PATH.format(story.number)}?lang={language.value}")
    answered = next(
        each.get_text()
        for each in entries(page)
        if invited in each.select_one("p.by").get_text()  # type: ignore[union-attr]
    )
    assert text(language, "history.text.note") not in answered
    assert term(language, Role.MEMBER) not in answered
    created = next(each.get_text() for each in entries(page) if "working_group_created" in each.get_text())
    assert marked(language, POST) in created


async def test_filters_stand_in_the_address_and_in_every_way_on(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await whole(story)
    await signed_in(browser, seeded_database, "uo-auditor")
    here = PATH.format(story.number)
    page = await browser.get(f"{here}?actor=&type=report_approved&rule=&since=&until=&lang=ru")
    assert len(entries(page)) == 1
    ways = {str(link["href"]) for link in soup(page).select("nav a")}
    assert f"{here}?type=report_approved&lang=kk" in ways
    assert f"{here}.csv?type=report_approved&lang=ru" in ways
    table = await browser.get(f"{here}.csv?type=report_approved&lang=ru")
    assert len(table.content.decode("utf-8-sig").splitlines()) == 2
    nothing = await browser.get(f"{here}?rule=99")
    assert (nothing.status_code, flaws(nothing), entries(nothing)) == (200, [], [])


async def test_a_filter_that_is_not_understood_is_said_so(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    here = PATH.format(story.number)
    page = await browser.get(f"{here}?since=yesterday&type=nothing&rule=2&lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert [str(link["href"]) for link in soup(page).select("section.errors a")] == ["#type", "#since"]
    assert len(entries(page)) == 1, "what is understood still narrows"


@pytest.mark.usefixtures("away")
async def test_the_check_names_a_changed_line_and_leads_to_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    here = PATH.format(story.number)
    async with story.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(sql("UPDATE journal SET command_id = 'x' WHERE seq = 2"))  # type: ignore[call-overload]
    page = await browser.get(f"{here}/check?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "Line 2 was changed" in words(page)
    assert soup(page).find("a", href=f"{here}?lang=en#2") is not None


@pytest.mark.usefixtures("away")
async def test_it_is_open_to_whoever_may_read_it_in_the_api(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await whole(story)
    here = PATH.format(story.number)
    statuses = {"uo-auditor": 200, "sary-analyst": 200, "uo-analyst": 403, "koko-head": 404, "uo-admin": 404}
    for who, status in statuses.items():
        await signed_in(browser, seeded_database, who)
        page = await browser.get(here)
        assert page.status_code == status, who
        assert flaws(page) == []
        for download in (".csv", ".json"):
            assert (await browser.get(here + download)).status_code == status, who
        check = await browser.get(f"{here}/check")
        assert check.status_code == (200 if who == "uo-auditor" else max(status, 403)), who


async def test_looking_writes_down_the_auditors_look_and_nothing_else(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await whole(story)
    here = PATH.format(story.number)
    await signed_in(browser, seeded_database, "sary-head")
    await browser.get(here)
    await signed_in(browser, seeded_database, "uo-auditor")
    await browser.get(f"{here}?rule=12")
    await browser.get(f"{here}.csv")
    async with story.sessions() as session:
        found = (await session.exec(select(ReadRow))).all()
    assert [(row.account, row.what) for row in found] == [
        ("a-uo-auditor", "show_history"),
        ("a-uo-auditor", "download_table"),
    ]
    assert found[0].filters == {"rule": "12"}


async def test_strange_addresses_that_an_auditor_opens_are_written_down_bounded(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    query = "&".join(f"x{n}={'ә' * 300}" for n in range(30))
    for asked in (f"{query}&y=%00", "y=a%00b"):
        assert (await browser.get(f"{PATH.format(story.number)}?{asked}")).status_code == 200
    async with story.sessions() as session:
        many, odd = await session.exec(select(ReadRow).order_by(col(ReadRow.id)))
    assert {len(str(value)) for value in many.filters.values()} == {200}
    assert (len(many.filters), odd.filters) == (20, {"y": "ab"})
