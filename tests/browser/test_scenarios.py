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


async def played(town: Town, chrome: Browser, name: ScenarioName) -> Play:
    """From the start to the closing and beyond. Whatever nobody can find or send, raises."""
    play = Play(town, chrome, name)
    await play.starts()
    await play.forms_a_working_group()
    await play.collects()
    await play.analyses()
    await play.writes_the_draft()
    await play.reports()
    await play.is_dispatched()
    await play.is_answered()
    await play.is_published()
    await play.is_considered()
    await play.closes()
    await play.is_followed_up()
    await play.is_overseen()
    await play.ends()
    return play


@pytest_asyncio.fixture(scope="module")
async def comprehensive(town: Town, chrome: Browser) -> AsyncIterator[Play]:
    yield await played(town, chrome, ScenarioName.A)


@pytest_asyncio.fixture(scope="module")
async def thematic(town: Town, chrome: Browser) -> AsyncIterator[Play]:
    yield await played(town, chrome, ScenarioName.B)


async def test_scenario_a_is_conducted_by_pages_and_letters_alone(town: Town, comprehensive: Play) -> None:
    await is_whole(town, comprehensive)


async def test_scenario_b_is_conducted_by_pages_and_letters_alone(town: Town, thematic: Play) -> None:
    await is_whole(town, thematic)


async def is_whole(town: Town, play: Play) -> None:
    record = town.evidence(play.number)
    assert (await record.state()).stage is Stage.CLOSED
    assert {letter.status for letter in await record.letters()} == {LetterStatus.SENT}
    assert text(Language.KK, "page.history.agrees") in play.checked
    await record.has_one_truth()
