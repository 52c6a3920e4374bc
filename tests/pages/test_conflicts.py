"""Somebody steps aside on a page, reads that it was done and can do nothing; the head gives it back."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_home import tasks

REASON = "Тексерілетін емхананың бас дәрігері – туысым."
WHO = "a-sary-analyst"


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
