"""One's own settings: how news comes, chosen on a page and by the API, by whoever is told any."""

from httpx import AsyncClient

from api.app import PREFIX
from tests.api.world import World
from tests.pages.reading import flaws, soup


async def signed_in(world: World, who: str) -> AsyncClient:
    assert (await world.client.post("/sign-in", data={"token": world.tokens[who]})).status_code == 303
    return world.client


async def test_how_news_comes_is_chosen_on_a_page_and_told_by_the_api(world: World) -> None:
    browser = await signed_in(world, "sary-analyst")
    page = await browser.get("/staff/settings?lang=ru")
    assert flaws(page) == []
    assert soup(page).select_one("#at_once[checked]") is not None, "as it was before anybody chose"
    answer = await browser.post("/staff/settings?lang=ru", data={"news": "gathered", "hour": "16"})
    assert answer.headers["location"] == "/staff/settings?saved=1&lang=ru"
    page = await browser.get(answer.headers["location"])
    assert soup(page).select_one("#gathered[checked]") is not None
    assert soup(page).select_one("[role=status]") is not None
    mine = {"Authorization": f"Bearer {world.tokens['sary-analyst']}"}
    told = await browser.get(f"{PREFIX}/me/letters", headers=mine)
    assert told.json() == {"gathered": True, "hour": 16}
    chosen = await browser.put(f"{PREFIX}/me/letters", headers=mine, json={"gathered": False})
    assert chosen.json() == {"gathered": False, "hour": 9}


async def test_hours_are_working_hours(world: World) -> None:
    browser = await signed_in(world, "sary-head")
    for wrong in ({"news": "gathered", "hour": "3"}, {"news": "", "hour": "9"}, {"news": "gathered"}):
        refused = await browser.post("/staff/settings", data=wrong)
        assert refused.status_code == 422
        assert flaws(refused) == []


async def test_whoever_is_told_no_news_has_none_to_choose(world: World) -> None:
    browser = await signed_in(world, "uo-auditor")
    assert (await browser.get("/staff/settings")).status_code == 403
