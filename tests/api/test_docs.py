"""The description of the API comes from this installation alone."""

import re

from tests.api.world import World
from tests.pages.reading import soup


async def test_the_description_loads_nothing_from_elsewhere(world: World) -> None:
    page = await world.client.get("/docs")
    assert page.status_code == 200
    assert "//" not in page.text.replace("<!DOCTYPE html>", ""), "an address of another site"
    assert re.search("https?:", page.headers["content-security-policy"]) is None
    assert "unsafe-inline" not in page.headers["content-security-policy"].partition("style-src")[0]
    needed = [*soup(page).select("script[src]"), *soup(page).select("link[href]")]
    addresses = [str(each.get("src") or each.get("href")) for each in needed]
    assert len(addresses) == 4
    for address in addresses:
        assert address.startswith("/static/"), address
        assert (await world.client.get(address)).status_code == 200, address
    assert soup(page).select("script:not([src])") == []
    assert (await world.client.get("/redoc")).status_code == 404
