"""Bundles of monitorings that the product conducted on all its real parts; made once for all tests."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
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


@pytest_asyncio.fixture(scope="package")
async def demo(town: Town, tmp_path_factory: pytest.TempPathFactory) -> dict[ScenarioName, Kept]:
    """The monitorings of the demo from start to closing, a file attached to each; their bundles."""
    folder = tmp_path_factory.mktemp("bundles")
    return {name: await _played(town, name, folder) for name in ScenarioName}


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


@pytest.fixture
def kept(demo: dict[ScenarioName, Kept]) -> Kept:
    """Scenario B, where one is enough."""
    return demo[ScenarioName.B]


@pytest.fixture(params=list(ScenarioName), ids=lambda name: name.value)
def each(request: pytest.FixtureRequest, demo: dict[ScenarioName, Kept]) -> Kept:
    """Each of the demo's monitorings."""
    name: ScenarioName = request.param
    return demo[name]


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
