"""A browser per test process, and a site in which everything is under way."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from local.postgres import Postgres
from tests.browser.addresses import Addresses
from tests.browser.chromium import ARGS, chromium
from tests.browser.everything import Everything, everything
from tests.browser.look import Eyes
from tests.browser.site import Site, site_on
from tests.browser.walk import Walk, is_of_a_monitoring, walk
from tests.doors.house import readings
from tests.fixtures.stack import SEEDED, SeededDatabase


@dataclass(frozen=True)
class Visited:
    """A site, what is to be looked at there, and a browser to look with."""

    site: Site
    walk: Walk
    eyes: Eyes


@pytest_asyncio.fixture(scope="session")
async def chrome() -> AsyncIterator[Browser]:
    """One browser per test process."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*ARGS])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module")
async def country(
    postgres: Postgres, seeded_template: dict[str, str], temporal_address: str
) -> AsyncIterator[Everything]:
    """A site and all its stories."""
    database = SeededDatabase(await postgres.create_database("browsed", SEEDED), seeded_template)
    with pytest.MonkeyPatch.context() as patch:
        async with site_on(database, temporal_address, patch) as site:
            yield await everything(site)
    await postgres.drop_database("browsed")


@pytest_asyncio.fixture(scope="module")
async def at_the_desk(country: Everything) -> Walk:
    """Every page of its monitorings was opened once."""
    return await walk(country.site, Addresses(country), filter(is_of_a_monitoring, readings()))


@pytest_asyncio.fixture(scope="module")
async def visited(country: Everything, at_the_desk: Walk, chrome: Browser) -> AsyncIterator[Visited]:
    """So was every other page."""
    others = [path for path in readings() if not is_of_a_monitoring(path)]
    taken = at_the_desk.further(await walk(country.site, Addresses(country), others))
    page = await chrome.new_page()
    yield Visited(country.site, taken, Eyes(page))
    await page.close()
