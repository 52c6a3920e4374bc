"""Days of the calendar are declared on a page: what is missing is asked for once, by its name."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_registries import checks, presses


@pytest.mark.parametrize("language", Language)
async def test_a_day_needs_its_names_of_the_acts_and_no_english_one(
    story: Story, administrator: AsyncClient, language: Language
) -> None:
    at = f"/staff/calendar/new?lang={language.value}"
    transfer = {"on": "2026-12-18", "kind": "transferred_day_off", "worked": "2026-12-20", "reason": "№ 109"}
    told = await checks(administrator, at, transfer)
    assert (told.status_code, flaws(told)) == (422, []), words(told)
    summary = [each.get_text(" ", strip=True) for each in soup(told).select("section.errors li")]
    for name in ("name_kk", "name_ru", "act"):
        label = text(language, f"page.registries.day.{name}")
        assert len([each for each in summary if label in each]) == 1, (name, summary)
    assert not any(text(language, "page.registries.day.name_en") in each for each in summary), summary
    named = {"name_kk": "Демалыс күні", "name_ru": "День отдыха", "act": "№ 109 қаулы"}
    check = await checks(administrator, at, {**transfer, **named})
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    kept = text(language, "page.registries.day.announced_kept", date="|").partition("|")[0]
    assert kept in words(check), "a day that is left as it is, is no missing one"
    assert (await presses(administrator, check, "send", {})).status_code == 303
    shown = await administrator.get("/calendar?lang=en&year=2026")
    assert "Демалыс күні" in words(shown)


async def test_what_is_wrong_with_a_field_is_said_by_its_name(administrator: AsyncClient) -> None:
    formula = {
        "on": "2026-12-18",
        "kind": "closure",
        "name_kk": "=1",
        "name_ru": "=1",
        "act": "№ 1",
        "reason": "№ 1",
    }
    told = await checks(administrator, "/staff/calendar/new?lang=ru", formula)
    assert told.status_code == 422
    label = text(Language.RU, "page.registries.day.name_kk")
    assert f"«{label}»:" in words(told)
