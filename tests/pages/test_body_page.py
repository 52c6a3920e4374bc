"""The page of a body of the registry: whether it ended, who came after it, and every reason (rule 2)."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_registries import AT, BODY, checks, records


@pytest.mark.parametrize("language", Language)
async def test_a_body_that_is_abolished_says_so_and_who_came_after_it_and_loses_no_reason(
    story: Story, administrator: AsyncClient, language: Language
) -> None:
    at, lang = f"{AT}/bodies/clinic-2", f"lang={language.value}"
    moved = {"address": "Үлгі көшесі, 99", "reason": "Емхана хабарлаған жаңа мекенжай"}
    await records(administrator, f"{at}/version?{lang}", moved)
    ends = {
        "last_day": NOW.date().isoformat(),
        "successor": "hospital-sary",
        "reason": "Әкімдіктің қаулысы № 5",
    }
    early = await checks(administrator, f"{at}/abolition?{lang}", {**ends, "last_day": "01.09.2026"})
    assert early.status_code in {409, 422}, words(early)
    told = soup(early).select_one("#last_day-message")
    assert told is not None, words(early)
    await records(administrator, f"{at}/abolition?{lang}&key=new", ends)
    page = await administrator.get(f"{at}?{lang}")
    assert (page.status_code, flaws(page)) == (200, [])
    said = words(page)
    assert text(language, "page.registries.body.to_be_abolished") in said, "today is its last day"
    assert "№ 5" in said
    successor = await administrator.get(f"{AT}/bodies/hospital-sary?{lang}")
    name = soup(successor).select_one("h1")
    assert name is not None
    assert name.text in said
    assert text(language, "page.registries.body.came_after") in words(successor)
    assert "Емхана хабарлаған жаңа мекенжай" in said, "nothing is overwritten"
    offered = {str(each.get("href")).partition("?")[0] for each in soup(page).select("a.button")}
    assert offered == {f"{at}/succession"}
    again = await administrator.get(f"{at}/abolition?{lang}&key=new")
    assert (again.status_code, flaws(again)) == (409, []), words(again)
    assert soup(again).select("form#form") == []


async def test_a_successor_is_named_for_a_body_that_ends_only(administrator: AsyncClient) -> None:
    page = await administrator.get(f"{AT}/bodies/clinic-2/succession?lang=en")
    assert (page.status_code, flaws(page)) == (409, []), words(page)
    assert "is not abolished" in words(page)


async def test_a_code_that_cannot_be_one_is_told_with_its_letters(administrator: AsyncClient) -> None:
    told = await checks(administrator, f"{AT}/bodies/new?lang=ru", {**BODY, "code": "үлгі"})
    assert told.status_code == 422
    message = soup(told).select_one("#code-message")
    assert message is not None
    assert text(Language.RU, "page.registries.field.code") in message.text
    assert "латинских букв" in message.text
