"""A form's address that was typed or kept: what no words in it would help is said before it is filled in."""

import pytest
from httpx import AsyncClient

from local.samples import ScenarioName, load_scenario
from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.led import steps_begin
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_preparing import at


def said(language: Language, code: str) -> str:
    return text(language, f"refused.{code}")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("below", "who", "code"),
    [
        ("information-requests", "ashyk-analyst", "requests_by_other_subject"),
        ("working-group", "ashyk-head", "working_group_of_other_subject"),
        ("members", "ashyk-analyst", "working_group_missing"),
    ],
)
async def test_rules_12_and_14_an_other_subject_is_told_at_once_what_is_not_for_it(
    story: Story,
    browser: AsyncClient,
    seeded_database: SeededDatabase,
    language: Language,
    below: str,
    who: str,
    code: str,
) -> None:
    other = Story(story.sessions, story.clerk, load_scenario(ScenarioName.C))
    await steps_begin(other)
    await signed_in(browser, seeded_database, who)
    page = await browser.get(f"{at(other, below)}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (409, []), words(page)
    assert said(language, code) in words(page)
    assert soup(page).select_one("form.asked textarea, form.asked select") is None


async def test_rule_12_a_group_that_there_is_is_not_created_again(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.invites()
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{at(story, 'working-group')}?lang=ru")
    assert (page.status_code, flaws(page)) == (409, [])
    assert said(Language.RU, "working_group_exists") in words(page)


async def test_closing_is_led_to_when_nothing_keeps_it_open_and_its_page_says_what_does(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.approves()
    await signed_in(browser, seeded_database, "sary-head")
    led = f'a[href="{at(story, "closing")}?lang=ru"]'
    assert soup(await browser.get(f"{at(story)}?lang=ru")).select_one(led) is None
    early = await browser.get(f"{at(story, 'closing')}?lang=ru")
    assert (early.status_code, flaws(early)) == (409, [])
