"""Bundles of monitorings that the product conducted on all its real parts; each made once for all tests."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from local.demo.letterbox import Letterbox
from local.samples import ScenarioName, load_scenario
from local.stack import Stack
from tests.e2e.town import Town, town_on

AUDITOR = "uo-auditor"
AUDITORS_ACCOUNT = load_scenario(ScenarioName.D).successions[0].accounts["a-uo-auditor"]
"""Whose label that is once scenario D was played: it was given by the body that is the authorized one now."""


@dataclass(frozen=True)
class Kept:
    """A bundle, and what somebody outside knows: the installation's key and a head printed on a page."""

    number: str
    path: Path
    key: str
    head: str

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


@pytest_asyncio.fixture(scope="package")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The sample country on a whole stack."""
    state = tmp_path_factory.mktemp("state")
    async with Stack("bundle", state=state, fast=True, usual_ports=False) as stack, town_on(stack) as found:
        yield found


@dataclass
class Demo:
    """The monitorings of the demo from start to closing, a file attached to each; their bundles."""

    town: Town
    folder: Path
    bundles: dict[ScenarioName, Kept] = field(default_factory=dict)

    async def of(self, name: ScenarioName) -> Kept:
        """It is played when it is asked for, and before it those that come before it in the demo."""
        for each in ScenarioName:
            if each not in self.bundles:
                self.bundles[each] = await _played(self.town, each, self.folder)
            if each is name:
                break
        return self.bundles[name]

    async def whole(self) -> dict[ScenarioName, Kept]:
        """All of it is played."""
        return {name: await self.of(name) for name in ScenarioName}


@pytest_asyncio.fixture(scope="package")
async def demo(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(town, tmp_path_factory.mktemp("bundles"))


async def _played(town: Town, name: ScenarioName, folder: Path) -> Kept:
    scene = town.scene(name)
    await scene.play()
    who = {"Authorization": f"Bearer {town.tokens[town.analyst(name)]}"}
    files = {"file": ("Анықтама.txt", "Сары-Су".encode(), "text/plain")}
    attached = await town.api.post(
        f"/api/v1/monitorings/{scene.number}/attachments", files=files, headers=who
    )
    assert attached.is_success, attached.text
    path = folder / f"{name.value}.zip"
    path.write_bytes(await bundle_of(town, scene.number))
    return Kept(scene.number, path, await public_key(town), await printed_head(town, scene.number))


@pytest_asyncio.fixture
async def kept(demo: Demo) -> Kept:
    """Scenario B, where one is enough, once the whole demo is played."""
    return (await demo.whole())[ScenarioName.B]


@pytest_asyncio.fixture(params=list(ScenarioName), ids=lambda name: name.value)
async def each(request: pytest.FixtureRequest, demo: Demo) -> Kept:
    """Each of the demo's monitorings."""
    return await demo.of(request.param)


async def bundle_of(town: Town, number: str, who: str = AUDITOR) -> bytes:
    """The bundle, as downloaded."""
    answer = await town.ask(who, f"/monitorings/{number}/bundle")
    assert answer.status_code == httpx.codes.OK, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


async def public_key(town: Town) -> str:
    """The key as the public page gives it."""
    keys = (await town.browser.get(f"{town.stack.api_url}/.well-known/monitoring-keys.json")).json()
    shown = await town.browser.get(f"{town.stack.api_url}/keys")
    assert keys["present"] in shown.text.replace("&#43;", "+")
    return str(keys["present"])


async def printed_head(town: Town, number: str) -> str:
    """The head on the page where a letter of the number says that it can be checked."""
    page = await town.browser.get(await Letterbox(town.mail).check_page(number))
    return page.text.partition("<code>")[2].partition("</code>")[0]
