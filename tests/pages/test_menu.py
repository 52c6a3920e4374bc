"""Whoever is signed in has the same head on every page of theirs: what the role may open, and the way out."""

import re
from collections.abc import Iterator

import pytest
from httpx import AsyncClient

from tests.doors.house import readings
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import soup
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in


def of_staff(number: str) -> Iterator[str]:
    """The addresses of the staff's pages that need no more than the monitoring's number."""
    for path in readings():
        address = path.replace("{number}", number)
        if address.startswith("/staff") and not re.search(r"[{}]", address) and not address.endswith("/done"):
            yield address


@pytest.mark.parametrize("who", ["sary-analyst", "sary-head", "uo-analyst", "uo-admin", "uo-auditor"])
async def test_every_page_of_the_staff_has_the_menu_and_the_way_out(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, who: str
) -> None:
    await story.approves()
    await story.dispatches()
    await signed_in(browser, seeded_database, who)
    shown = {}
    for address in of_staff(story.number):
        page = await browser.get(address)
        if page.status_code == 200 and page.headers["content-type"].startswith("text/html"):
            shown[address] = bool(soup(page).select("header nav a")) and bool(
                soup(page).select('header form[action^="/sign-out"]')
            )
    assert len(shown) >= 5, shown
    assert [address for address, whole in shown.items() if not whole] == []
