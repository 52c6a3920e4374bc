"""Where letters to a body's own staff lead: to the monitoring's page, by signing in."""

import re

import pytest
from httpx import AsyncClient

from tests.fixtures.stack import SeededDatabase
from tests.pages.story import Story
from tests.pages.test_sign_in import signs_in


@pytest.mark.parametrize("lang", ["", "?lang=ru"])
async def test_it_is_the_same_for_every_number_and_leads_by_signing_in_to_the_monitoring(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, lang: str
) -> None:
    for number in (story.number, "2026-XX-0001"):
        way = await browser.get(f"/monitorings/{number}{lang}")
        assert (way.status_code, way.headers["location"]) == (303, f"/staff/monitorings/{number}{lang}")
        asked = await browser.get(way.headers["location"])
        assert asked.status_code == 303
        assert asked.headers["location"].startswith("/sign-in?next=%2Fstaff%2Fmonitorings%2F")
    page = f"/staff/monitorings/{story.number}{lang}"
    signed = await signs_in(browser, seeded_database.tokens["sary-analyst"], page)
    assert signed.headers["location"] == page
    assert (await browser.get(page)).status_code == 200


async def test_what_is_no_number_has_no_page(browser: AsyncClient) -> None:
    page = await browser.get("/monitorings/<b>nothing")
    assert page.status_code == 404
    assert re.search("<b>nothing", page.text) is None
