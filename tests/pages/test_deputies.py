"""A head is away: whoever stands in does what the head may, by an act that the record names, and no more."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlmodel import col, select

from activities.correspondence.deputies.letters import DeputyLetters
from activities.letters.smtp import SmtpClient
from activities.service_letters.post import ServicePost
from api.http.deps import present
from locales.catalogue import text
from locales.dates import say_day
from models.commands import DeclareConflict
from models.report.notes import TextNote
from models.tables.journal import EntryRow
from models.vocabulary.actors import StandIn
from models.vocabulary.procedure import Language
from models.vocabulary.service_letters import ServiceLetterKind
from tests.fixtures.stack import SeededDatabase
from tests.letters.conftest import post_office, smtp
from tests.letters.post_office import PostOffice, part
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_home import tasks
from tests.sign_in.conftest import SETTINGS

__all__ = ["post_office", "smtp"]
TODAY = NOW.date()
LAST = TODAY + timedelta(days=7)
WHO, HEAD = "a-sary-analyst", "a-sary-head"
ACT = "№ 17-ө бұйрық"
REASON = "Қорытындылар дәлелденбеген."


def typed(**changes: str) -> dict[str, str]:
    days = {"first_day": TODAY.isoformat(), "last_day": LAST.strftime("%d.%m.%Y"), "dated": TODAY.isoformat()}
    return {"deputy": WHO, **days, "act": ACT, **changes}


async def names(browser: AsyncClient, **changes: str) -> Response:
    return await browser.post("/staff/deputies", data=typed(**changes))


async def opens(browser: AsyncClient, story: Story, below: str) -> int:
    return (await browser.get(f"/staff/monitorings/{story.number}/{below}")).status_code


async def test_a_deputy_does_what_the_head_may_and_the_record_says_for_whom(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, app: FastAPI
) -> None:
    """A10: not with what the deputy submitted; and only until the last day."""
    await story.submits()
    await signed_in(browser, seeded_database, "sary-analyst")
    assert await opens(browser, story, "versions/1/return") == 403
    await signed_in(browser, seeded_database, "sary-head")
    first, second = await names(browser), await names(browser)
    assert first.headers["location"] == second.headers["location"] == "/staff/deputies?done=named&lang=kk"
    await signed_in(browser, seeded_database, "sary-analyst")
    home = await browser.get("/staff")
    assert tasks(home)[story.number]
    assert text(Language.KK, "page.workplace.home.instead", name="").strip() in words(home)
    own = await browser.get(f"/staff/monitorings/{story.number}")
    assert soup(own).select('a[href*="versions/1/return"]'), "what may be done in the head's stead is offered"
    refused = await browser.get(f"/staff/monitorings/{story.number}/versions/1/approval")
    assert refused.status_code == 409
    assert text(Language.KK, "refused.approver_is_author") in words(refused), "two pairs of eyes"
    form = await browser.get(f"/staff/monitorings/{story.number}/versions/1/return")
    check = await presses(browser, form, "check", reason=REASON)
    sent = await presses(browser, check, "send")
    assert sent.status_code == 303, words(sent)
    assert (await browser.get(sent.headers["location"])).status_code == 200
    actor = story.clerk.obeyed[-1].actor
    assert (actor.account, actor.role, actor.right_of) == (WHO, "head", HEAD)
    assert actor.stands_in == StandIn(account=HEAD, act=ACT, dated=TODAY)
    async with story.sessions() as session:
        last = (await session.exec(select(EntryRow).order_by(col(EntryRow.seq).desc()).limit(1))).one()
    assert last.actor["stands_in"] == {"account": HEAD, "act": ACT, "dated": TODAY.isoformat()}
    history = await browser.get(f"/monitorings/{story.number}/history")
    assert ACT in words(history)
    app.dependency_overrides[present] = lambda: NOW + timedelta(days=8)
    await signed_in(browser, seeded_database, "sary-analyst")
    assert await opens(browser, story, "versions/1/return") == 403


async def test_whoever_stepped_aside_stands_in_for_nobody_there(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.submits()
    await signed_in(browser, seeded_database, "sary-head")
    await names(browser)
    await story.does(DeclareConflict, reason=await story.keeps(TextNote(text=REASON)))
    await signed_in(browser, seeded_database, "sary-analyst")
    refused = await browser.get(f"/staff/monitorings/{story.number}/versions/1/return")
    assert refused.status_code == 403
    assert text(Language.KK, "page.stop.stepped_aside.title") in words(refused)
    assert story.number not in tasks(await browser.get("/staff"))


@pytest.mark.parametrize("language", Language)
async def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    address = f"/staff/deputies?lang={language.value}"
    assert flaws(await browser.get(address)) == []
    missing = await browser.post(address, data=typed(first_day="", act=""))
    assert (missing.status_code, flaws(missing)) == (422, [])
    assert len(soup(missing).select(".field.wrong")) == 2
    late = await browser.post(address, data=typed(last_day=(TODAY - timedelta(days=1)).isoformat()))
    assert (late.status_code, flaws(late)) == (409, [])
    assert text(language, "refused.deputy_ends_before_it_begins") in words(late)
    assert soup(late).select_one(f'#act[value="{ACT}"]') is not None
    document = {"upload": ("бұйрық.pdf", b"%PDF-1.7 an order", "application/pdf")}
    named = await browser.post(address, data=typed(), files=document)
    assert named.status_code == 303, words(named)
    page = await browser.get(named.headers["location"])
    assert flaws(page) == []
    (file,) = soup(page).select('a[href$="/file"]')
    assert (await browser.get(str(file["href"]))).content == document["upload"][1]
    overlaps = await browser.post(address, data=typed(act="№ 18"))
    assert say_day(language, TODAY) in words(overlaps)
    assert overlaps.status_code == 409
    (end,) = soup(page).select('form[action*="/end"]')
    ended = [await browser.post(str(end["action"])) for _ in range(2)]
    assert [each.status_code for each in ended] == [303, 303]
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.post(str(end["action"]))).status_code == 303, "the deputy may say so, too"
    await signed_in(browser, seeded_database, "uo-analyst")
    assert (await browser.post(str(end["action"]))).status_code == 404, "nobody else"
    assert (await browser.get(str(file["href"]))).status_code == 404


async def test_both_are_told_by_letter(
    story: Story,
    browser: AsyncClient,
    seeded_database: SeededDatabase,
    post_office: PostOffice,
    smtp: SmtpClient,
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    await names(browser)
    page = await browser.get("/staff/deputies")
    await browser.post(str(soup(page).select('form[action*="/end"]')[0]["action"]))
    writers = dict.fromkeys(ServiceLetterKind, DeputyLetters(SETTINGS))
    post = ServicePost(story.sessions, SETTINGS, smtp, writers, lambda: NOW)
    while await post.send_next():
        pass
    subjects = sorted((str(each["to"]), str(each["subject"])) for each in post_office.received)
    assert len(subjects) == len(set(subjects)) == 4
    assert len({to for to, _ in subjects}) == 2
    assert all("None" not in part(each, "text/plain") for each in post_office.received)
    assert any(ACT in part(each, "text/html") for each in post_office.received)
