"""Two monitorings of the samples from start to follow-up, by people at browsers and by letters alone."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from local.samples import ScenarioName
from locales.catalogue import text
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Language, Stage
from tests.browser.playing import Play
from tests.e2e.conftest import stack, town
from tests.e2e.town import Town

__all__ = ["stack", "town"]
pytestmark = pytest.mark.xdist_group("browser-scenarios")


@pytest.fixture(scope="module", params=(ScenarioName.A, ScenarioName.B))
def play(town: Town, chrome: Browser, request: pytest.FixtureRequest) -> Play:
    return Play(town, chrome, request.param)


@pytest_asyncio.fixture(scope="module")
async def collected(play: Play) -> AsyncIterator[Play]:
    """From the start on. Whatever nobody can find or send, raises; so in the chapters after it."""
    await play.starts()
    await play.forms_a_working_group()
    await play.collects()
    yield play


@pytest_asyncio.fixture(scope="module")
async def approved(collected: Play) -> AsyncIterator[Play]:
    await collected.analyses()
    await collected.writes_the_draft()
    await collected.reports()
    yield collected


@pytest_asyncio.fixture(scope="module")
async def published(approved: Play) -> AsyncIterator[Play]:
    await approved.is_dispatched()
    await approved.is_answered()
    await approved.is_published()
    yield approved


@pytest_asyncio.fixture(scope="module")
async def ended(published: Play) -> AsyncIterator[Play]:
    """To the closing and beyond."""
    await published.is_considered()
    await published.closes()
    await published.is_followed_up()
    await published.is_overseen()
    await published.ends()
    yield published


async def test_a_group_is_formed_and_information_collected_by_pages_and_letters_alone(
    town: Town, collected: Play
) -> None:
    assert await stage_of(town, collected) is Stage.COLLECTING


async def test_it_is_analysed_reported_and_approved_by_them(town: Town, approved: Play) -> None:
    assert await stage_of(town, approved) is Stage.APPROVED


async def test_its_report_is_sent_answered_and_published_by_them(town: Town, published: Play) -> None:
    assert await stage_of(town, published) is Stage.DISPATCHED


async def test_it_is_considered_closed_and_followed_up_by_them(town: Town, ended: Play) -> None:
    assert await stage_of(town, ended) is Stage.CLOSED
    await is_whole(town, ended)


async def stage_of(town: Town, play: Play) -> Stage:
    return (await town.evidence(play.number).state()).stage


async def is_whole(town: Town, play: Play) -> None:
    record = town.evidence(play.number)
    assert {letter.status for letter in await record.letters()} == {LetterStatus.SENT}
    assert text(Language.KK, "page.history.agrees") in play.checked
    await record.has_one_truth()
