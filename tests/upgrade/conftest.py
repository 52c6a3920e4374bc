"""Today's release on what each former one left."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from local.seed import renew_tokens
from local.stack import Stack
from tests.e2e.town import Town, inside
from tests.upgrade.left import KEPT, STACK, Left, left_by, put_into

RELEASES = sorted(each.name for each in KEPT.iterdir())


@dataclass(frozen=True)
class Upgraded:
    """A stack of today with what a former release left, and those who go on using it."""

    left: Left
    town: Town


@pytest_asyncio.fixture(scope="module", params=RELEASES)
async def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Upgraded]:
    """Put back, migrated, started: as an operator upgrades. Links live on, however old the copy becomes."""
    state, left = tmp_path_factory.mktemp("state"), left_by(request.param)
    await put_into(state, request.param)
    lasting = {"LINK_DAYS": "36500"}
    async with Stack(STACK, state=state, fast=True, usual_ports=False, encrypted=True, more=lasting) as stack:
        await renew_tokens(stack.postgres.url(), left.tokens)
        async with (
            inside(stack) as theatre,
            httpx.AsyncClient(base_url=stack.api_url, timeout=30) as api,
            httpx.AsyncClient(base_url=stack.mailbox.http_url or "") as mail,
            httpx.AsyncClient(timeout=30) as browser,
        ):
            yield Upgraded(left, Town(stack, left.tokens, api, mail, browser, theatre))
