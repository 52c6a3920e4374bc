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
from tests.browser.walk import Walk, walk
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
async def visited(country: Everything, chrome: Browser) -> AsyncIterator[Visited]:
    """Every page of it was opened once."""
    taken = await walk(country.site, Addresses(country))
    page = await chrome.new_page()
    yield Visited(country.site, taken, Eyes(page))
    await page.close()
