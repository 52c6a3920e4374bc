"""The page that letters to a body's own staff lead to."""

import re

import pytest
from httpx import AsyncClient

from activities.printing.documents import LANGUAGES
from api.app import PREFIX, create_app
from locales.catalogue import text
from models.settings.environment import Settings
from models.vocabulary.procedure import Language
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story


@pytest.mark.parametrize("language", Language)
async def test_it_is_the_same_for_every_number(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    async def said(number: str) -> str:
        page = await browser.get(f"/monitorings/{number}", params={"lang": language.value})
        assert page.status_code == 200
        assert page.headers["content-language"] == language.value
        assert flaws(page) == []
        assert number in words(page)
        return page.text.replace(number, "")

    assert await said(story.number) == await said("2026-XX-0001")


async def test_it_names_addresses_that_are_there(story: Story, browser: AsyncClient) -> None:
    page = soup(await browser.get(f"/monitorings/{story.number}"))
    document = create_app(Settings()).openapi()["paths"]
    named = [code.get_text() for code in page.select("dd code")]
    assert len(named) == 12
    for address in named:
        method, path = address.split(" ")
        template = path.replace(story.number, "{number}")
        assert path.startswith(f"{PREFIX}/monitorings/{story.number}/")
        assert method.lower() in document[template], address
    assert page.find("a", href="/docs") is not None


async def test_what_is_no_number_has_no_page(browser: AsyncClient) -> None:
    page = await browser.get("/monitorings/<b>nothing")
    assert page.status_code == 404
    assert re.search("<b>nothing", page.text) is None


@pytest.mark.parametrize("language", Language)
def test_it_promises_files_only_in_the_languages_they_are_printed_in(language: Language) -> None:
    _, _, promised = text(language, "page.workplace.pdf").rpartition("language: ")
    assert set(re.findall("[a-z]{2}", promised)) >= {printed.value for printed in LANGUAGES}
    assert "en" not in re.findall(r"\b[a-z]{2}\b", promised)
