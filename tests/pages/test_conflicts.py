"""Somebody steps aside on a page, reads that it was done and can do nothing; the head gives it back."""

import pytest
from httpx import AsyncClient
from sqlmodel import select

from locales.catalogue import text
from models.commands import DeclareConflict
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import HEAD as STORY_HEAD
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_handing import joins
from tests.pages.test_home import tasks
from tests.pages.test_many import MANY, asked

REASON = "Тексерілетін емхананың бас дәрігері – туысым."
WHO, HEAD = "a-sary-analyst", "a-sary-head"


@pytest.mark.parametrize("language", Language)
async def test_whoever_declares_it_does_nothing_more_until_the_head_gives_it_back(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    lang, home = f"?lang={language.value}", f"/staff/monitorings/{story.number}"
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{home}/conflict{lang}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    check = await presses(browser, form, "check", reason=REASON)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert first.status_code == 303, words(first)
    assert second.status_code in {303, 409}, "it is declared, whichever way that is said"
    done = await browser.get(first.headers["location"])
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    own = await browser.get(f"{home}{lang}")
    assert (own.status_code, flaws(own)) == (200, [])
    assert not soup(own).select("dl.next a.button"), words(own)
    refused = await browser.get(f"{home}/cancellation{lang}")
    assert refused.status_code == 403
    assert text(language, "page.stop.stepped_aside.title") in words(refused), "not the role is the reason"
    assert story.number not in tasks(await browser.get("/staff"))
    await signed_in(browser, seeded_database, "sary-head")
    assert story.number in tasks(await browser.get("/staff"))
    own = await browser.get(f"{home}{lang}")
    assert (own.status_code, flaws(own)) == (200, [])
    lifting = f"{home}/conflicts/{WHO}/lifting"
    assert soup(own).select(f'a[href^="{lifting}"]'), words(own)
    form = await browser.get(f"{lifting}{lang}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    check = await presses(browser, form, "check", reason=REASON)
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert first.status_code == 303, words(first)
    assert first.headers["location"] == second.headers["location"]
    assert (await story.state()).stepped_aside == ()
    assert (await browser.get(f"{home}/conflicts/nobody/lifting{lang}")).status_code == 404


async def test_a_head_is_told_who_decides_then_and_decides_nothing(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.submits()
    home = f"/staff/monitorings/{story.number}"
    await signed_in(browser, seeded_database, "sary-head")
    assert story.number in tasks(await browser.get("/staff"))
    form = await browser.get(f"{home}/conflict?lang=ru")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    assert text(Language.RU, "page.desk.declare_conflict.nobody_decides") in words(form)
    check = await presses(browser, form, "check", reason=REASON)
    assert text(Language.RU, "page.desk.declare_conflict.decides") in words(check)
    assert (await presses(browser, check, "send")).status_code == 303, words(check)
    assert (await browser.get(f"{home}/versions/1/approval")).status_code == 403
    assert (await browser.get(f"{home}/conflicts/a-sary-head/lifting")).status_code == 403
    assert story.number not in tasks(await browser.get("/staff"))
    own = await browser.get(f"{home}?lang=ru")
    assert (own.status_code, flaws(own)) == (200, [])


@pytest.mark.parametrize("language", Language)
async def test_nobody_hands_it_to_a_colleague_who_declared_one_and_the_right_person_is_told_of(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await story.does(DeclareConflict, STORY_HEAD, reason="0" * 64)
    await signed_in(browser, seeded_database, "sary-analyst")
    lang = f"lang={language.value}"
    nobody = await browser.get(f"/staff/monitorings/{story.number}/reassigning?{lang}")
    assert flaws(nobody) == []
    assert text(language, "refused.nobody_to_hand_to") in words(nobody)
    alone = await browser.get(f"{MANY}?{lang}&{asked(story.number)}")
    assert (alone.status_code, flaws(alone)) == (200, [])
    assert text(language, "refused.nobody_to_hand_to") in words(alone)
    assert soup(alone).select("form#form div.buttons") == [], "there is nothing to be sent"
    await joins(story)
    form = await browser.get(f"{MANY}?{lang}&{asked(story.number)}")
    aside = soup(form).select_one(f'select option[value="{HEAD}"]')
    assert aside is not None
    assert text(language, "page.desk.many.but_not", names=aside.text) in words(form)
    told = await presses(browser, form, "check", to=HEAD, reason=REASON)
    assert (told.status_code, flaws(told)) == (422, []), words(told)
    assert text(language, "refused.none_handed_over") in words(told)
    assert text(language, "refused.colleague_stepped_aside") in words(told)
    assert text(language, "problem.stepped_aside") not in words(told), "the reader declared nothing"


@pytest.mark.parametrize("language", Language)
async def test_where_the_only_head_stepped_aside_it_is_said_that_nobody_decides_and_who_helps(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await story.submits()
    lang, home = f"?lang={language.value}", f"/staff/monitorings/{story.number}"
    title = text(language, "page.workplace.undecided.title")
    begins = text(language, "page.workplace.undecided.here", names="|").partition("|")[0]
    await signed_in(browser, seeded_database, "sary-analyst")
    assert title not in words(await browser.get(f"/staff{lang}"))
    assert begins not in words(await browser.get(f"{home}{lang}"))
    await story.does(DeclareConflict, STORY_HEAD, reason="0" * 64)
    async with story.sessions() as session:
        person = (await session.exec(select(PersonRow).where(PersonRow.id == "p-uo-admin"))).one()
    for who in ("sary-analyst", "sary-head"):
        await signed_in(browser, seeded_database, who)
        for address in (f"/staff{lang}", f"{home}{lang}"):
            page = await browser.get(address)
            assert (page.status_code, flaws(page)) == (200, [])
            assert begins in words(page), (who, address)
            assert person.name in words(page), "the administrator, who can help"
    await signed_in(browser, seeded_database, "koko-analyst")
    assert title not in words(await browser.get(f"/staff{lang}")), "another body's matter"
    await signed_in(browser, seeded_database, "uo-admin")
    page = await browser.get(f"/staff{lang}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert story.number in words(page)
    assert soup(page).select_one('a[href^="/staff/accounts/new"]') is not None
    async with story.sessions.begin() as session:
        session.add(
            AccountRow(id="a-sary-acting", person="p-sary-analyst", organisation="td-sary", role="head")
        )
    assert title not in words(await browser.get(f"/staff{lang}"))
    await signed_in(browser, seeded_database, "sary-analyst")
    for address in (f"/staff{lang}", f"{home}{lang}"):
        assert begins not in words(await browser.get(address)), "somebody acts for the head"


async def test_where_no_head_has_an_account_it_is_said_as_soon_as_something_waits_for_one(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Rule 15: nobody stepped aside; the head's account was ended, and nobody has another."""
    home = f"/staff/monitorings/{story.number}"
    title = text(Language.KK, "page.workplace.undecided.title")
    begins = text(Language.KK, "page.workplace.undecided.here", names="|").partition("|")[0]
    async with story.sessions.begin() as session:
        (await session.get_one(AccountRow, "a-sary-head")).active = False
    await signed_in(browser, seeded_database, "sary-analyst")
    assert begins not in words(await browser.get(home)), "nothing waits for a head yet"
    await story.submits()
    for address in ("/staff", home):
        page = await browser.get(address)
        assert (page.status_code, flaws(page)) == (200, [])
        assert begins in words(page), address
    await signed_in(browser, seeded_database, "uo-admin")
    page = await browser.get("/staff")
    assert title in words(page)
    assert story.number in words(page)
    await signed_in(browser, seeded_database, "uo-analyst")
    assert title not in words(await browser.get("/staff")), "another body's matter"
    async with story.sessions.begin() as session:
        (await session.get_one(AccountRow, "a-sary-head")).active = True
    await signed_in(browser, seeded_database, "uo-admin")
    assert title not in words(await browser.get("/staff"))
