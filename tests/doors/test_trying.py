"""Wrong tokens, sign-ins, links and words are slowed down; whoever is right comes in, soon."""

import time

import httpx
import pytest

from api.services.limits import Brake, TooMany
from tests.doors.house import House

HERE = {"Sec-Fetch-Site": "same-origin"}
MANY = 60


@pytest.fixture
def tries(house: House, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each try was made to wait; the waiting itself is left out."""
    waited: list[float] = []

    async def sleeps(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("api.access.trying.sleep", sleeps)
    return waited


async def shows(house: House, token: str) -> httpx.Response:
    return await house.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


async def test_wrong_tokens_are_slowed_and_a_right_one_always_works(house: House, tries: list[float]) -> None:
    statuses = [(await shows(house, f"mon_{number}")).status_code for number in range(MANY)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert tries, "each of the later ones waited"
    assert max(tries) <= 2.0
    told = await shows(house, "mon_again")
    assert int(told.headers["retry-after"]) > 0
    assert told.json()["code"] == "too_many"
    before = len(tries)
    assert (await shows(house, house.tokens["sary-analyst"])).status_code == 200
    assert len(tries) == before + 1, "one that was not right before waits once"
    assert (await shows(house, house.tokens["sary-analyst"])).status_code == 200
    assert len(tries) == before + 1, "and then no more"


async def test_no_token_at_all_is_no_wrong_one(house: House, tries: list[float]) -> None:
    statuses = {(await house.client.get("/api/v1/me")).status_code for _ in range(MANY)}
    assert (statuses, tries) == ({401}, [])


async def test_whoever_waits_holds_no_connection(house: House) -> None:
    brake = house.app.state.services.limits.wrong
    for number in range(20):
        brake.wrong("address/127.0.0.1", f"token/{number}")
    begun = time.monotonic()
    assert (await shows(house, house.tokens["sary-head"])).status_code == 200
    assert time.monotonic() - begun < 10.0
    await house.holds_nothing("after a wait")


async def test_wrong_sign_ins_are_slowed_and_a_right_one_signs_in(house: House, tries: list[float]) -> None:
    async def signs_in(token: str) -> httpx.Response:
        return await house.client.post("/sign-in", data={"token": token}, headers=HERE)

    statuses = [(await signs_in(f"mon_{number}")).status_code for number in range(MANY)]
    assert (statuses[0], statuses[-1]) == (422, 429)
    assert tries
    page = await signs_in("mon_again")
    assert page.headers["content-type"].startswith("text/html")
    assert int(page.headers["retry-after"]) > 0
    assert (await signs_in(house.tokens["uo-auditor"])).status_code == 303


async def test_forged_links_are_slowed_and_a_genuine_one_never_waits(
    house: House, tries: list[float]
) -> None:
    await house.opens()
    genuine = house.links["token"]
    # Not the last letter: some of its bits say nothing.
    head, known, tail = genuine[:-9], genuine[-9], genuine[-8:]
    forged = [head + each + tail for each in "abcdefghijklmnopqrstuvwxyz0123456789" if each != known]
    statuses = [(await house.client.get(f"/r/{token}")).status_code for token in forged]
    assert (statuses[0], statuses[-1]) == (404, 429)
    before = len(tries)
    assert before
    assert (await house.client.get(f"/r/{genuine}")).status_code == 200
    assert len(tries) == before


async def test_forged_cookies_are_slowed_and_leave_the_sign_in_open(house: House, tries: list[float]) -> None:
    for number in range(MANY):
        cookies = {"Cookie": f"session=forged-{number}"}
        page = await house.client.get("/sign-in", headers=cookies)
        assert page.status_code == 200
    assert tries


async def test_wrong_check_words_are_slowed(house: House, tries: list[float]) -> None:
    statuses = []
    for number in range(MANY):
        page = await house.client.get(f"/check/{house.story.number}", params={"word": f"AAAAA-{number:05}"})
        statuses.append(page.status_code)
    assert (statuses[0], statuses[-1]) == (200, 429)
    assert tries


def test_what_was_wrong_is_forgotten_after_a_while() -> None:
    moment = [0.0]
    brake = Brake(free=2, told=4, window=10.0, clock=lambda: moment[0])
    for number in range(3):
        brake.wrong("address/a", f"token/{number}")
    assert brake.pause("address/a", "token/new") > 0
    assert brake.pause("address/b", "token/new") == 0, "nobody else's address"
    assert brake.pause("address/b", "token/0") == 0, "once is no habit"
    with pytest.raises(TooMany):
        brake.wrong("address/a", "token/3")
    moment[0] = 10.0
    assert brake.pause("address/a", "token/new") == 0


def test_one_token_is_slowed_from_wherever_it_comes() -> None:
    brake = Brake(free=2, told=40)
    for number in range(5):
        brake.wrong(f"address/{number}", "token/old")
    assert brake.pause("address/new", "token/old") > 0
    brake.right("token/mine")
    assert brake.pause("address/new", "token/mine") == 0
