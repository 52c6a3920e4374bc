"""Bundles and registers are made in their turn: whoever waits holds nothing, and may fetch it later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import IO

import httpx
import pytest
import pytest_asyncio
from sqlmodel import col, select, update

from activities.database.sessions import sessions_for
from activities.keepers.works import delete_old_works
from activities.proofs.bundle.assemble import Bundler
from api.app import PREFIX
from api.problems.problem import ProblemCode, not_found
from api.services.limits import WORKS_AT_ONCE
from api.services.made import Made, Making
from api.services.turns import AT_ONCE, Turns
from api.services.works import LOST_AFTER, PART_BYTES, Work, Works, WorkState
from models.tables.works import KEPT, WorkPartRow, WorkRow
from models.vocabulary.refusal import Refusal
from tests.doors.house import House
from tests.waiting import eventually

ASYNC = {"Prefer": "respond-async"}
THIRTY = 30


class Press:
    """Makes bundles of three bytes, when it is let go on."""

    def __init__(self) -> None:
        self.goes_on = asyncio.Event()
        self.at_once = self.most_at_once = self.made = 0

    async def write(self, bundler: Bundler, workflow_id: str, target: IO[bytes], now: datetime) -> None:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await self.goes_on.wait()
        self.at_once -= 1
        self.made += 1
        target.write(b"ZIP")


@pytest_asyncio.fixture
async def press(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Press]:
    found = Press()

    async def write(bundler: Bundler, workflow_id: str, target: IO[bytes], now: datetime) -> None:
        await found.write(bundler, workflow_id, target, now)

    monkeypatch.setattr(Bundler, "write", write)
    yield found
    found.goes_on.set()


def auditor(house: House) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.tokens['uo-auditor']}"}


def bundle(house: House) -> str:
    return f"{PREFIX}/monitorings/{house.story.number}/bundle"


async def test_thirty_bundles_wait_for_their_turn_and_keep_nobody_from_reading(
    house: House, press: Press
) -> None:
    await house.opens()
    asked = [
        asyncio.create_task(house.client.get(bundle(house), headers=auditor(house))) for _ in range(THIRTY)
    ]

    async def all_wait() -> bool:
        return bool(house.app.state.services.limits.works.under_way().get("all/works") == THIRTY)

    await eventually(all_wait, "thirty wait")
    await house.holds_nothing("thirty bundles")
    await house.still_answers()
    press.goes_on.set()
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content for answer in answers} == {b"ZIP"}
    assert press.most_at_once == AT_ONCE
    disposition = answers[0].headers["content-disposition"]
    assert f"{house.story.number}.zip" in disposition, "as `curl -OJ` names it"


async def test_a_bundle_is_made_meanwhile_and_fetched_once(house: House, press: Press) -> None:
    accepted = await house.client.get(bundle(house), headers=auditor(house) | ASYNC)
    assert (accepted.status_code, accepted.headers["preference-applied"]) == (202, "respond-async")
    where = accepted.headers["location"]
    assert where == accepted.json()["href"]

    async def state() -> str:
        return str((await house.client.get(where, headers=auditor(house))).json()["state"])

    early = await house.client.get(f"{where}/file", headers=auditor(house))
    assert (early.status_code, early.json()["code"]) == (409, "work_not_ready")
    other = await house.client.get(where, headers={"Authorization": f"Bearer {house.tokens['sary-analyst']}"})
    assert other.status_code == 404
    press.goes_on.set()

    async def ready() -> bool:
        return await state() == "ready"

    await eventually(ready, "it is made")
    file = (await house.client.get(where, headers=auditor(house))).json()["file"]
    fetched = await house.client.get(file, headers=auditor(house))
    assert (fetched.status_code, fetched.content) == (200, b"ZIP")
    assert fetched.headers["content-type"] == "application/zip"
    assert (await house.client.get(file, headers=auditor(house))).status_code == 404


async def test_what_could_not_be_made_tells_why(house: House) -> None:
    """Temporal is away, and nothing of a running monitoring is in the archive."""
    accepted = await house.client.get(bundle(house), headers=auditor(house) | ASYNC)
    where = accepted.headers["location"]
    found: list[httpx.Response] = []

    async def failed() -> bool:
        found.append(await house.client.get(where, headers=auditor(house)))
        return found[-1].status_code != 200

    await eventually(failed, "it could not be made")
    assert (found[-1].status_code, found[-1].json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx", "pdf"])
async def test_the_register_is_made_meanwhile_too(house: House, kind: str) -> None:
    address = f"{PREFIX}/consolidation/register.{kind}"
    at_once = await house.client.get(address, headers=auditor(house))
    assert at_once.status_code == 200
    accepted = await house.client.get(address, headers=auditor(house) | ASYNC)
    where = accepted.headers["location"]

    async def ready() -> bool:
        return bool((await house.client.get(where, headers=auditor(house))).json()["state"] == "ready")

    await eventually(ready, "the register is made")
    fetched = await house.client.get(f"{where}/file", headers=auditor(house))
    assert fetched.headers["content-type"] == at_once.headers["content-type"]
    assert fetched.headers["content-disposition"].startswith("attachment")


async def test_too_many_for_one_account_are_told_to_wait(house: House, press: Press) -> None:
    for _ in range(WORKS_AT_ONCE["account"]):
        assert (await house.client.get(bundle(house), headers=auditor(house) | ASYNC)).status_code == 202
    refused = await house.client.get(bundle(house), headers=auditor(house) | ASYNC)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert int(refused.headers["retry-after"]) > 0
    other = {"Authorization": f"Bearer {house.tokens['uo-head']}"}
    assert (await house.client.get(f"{PREFIX}/monitorings", headers=other)).status_code == 200


async def test_the_server_is_asked_for_histories_with_no_connection_held(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever waits for Temporal: the raw history, the live check, a command."""
    held: list[int] = []
    temporal = house.app.state.services.temporal
    asked = temporal.client

    async def client() -> object:
        held.append(house.held())
        return await asked()

    monkeypatch.setattr(temporal, "client", client)
    base = f"{PREFIX}/monitorings/{house.story.number}"
    for path in ("history/raw", "history/check"):
        await house.client.get(f"{base}/{path}", headers=auditor(house))
    analyst = {"Authorization": f"Bearer {house.tokens['sary-analyst']}"}
    await house.client.post(f"{base}/cancellation", headers=analyst, json={"reason": "артық"})
    assert len(held) >= 3
    assert set(held) == {0}


def works_of(house: House) -> Works:
    """Of another process over the same database."""
    return Works(sessions_for(house.engine), Turns())


async def making(size: int = 3) -> Made:
    return Made(BytesIO(b"Z" * size), "a.zip", "application/zip")


async def made_by(works: Works, file: Making) -> Work:
    begun = await works.begin("a", file, nullcontext())

    async def settled() -> bool:
        found = await works.of("a", begun.id)
        return found is not None and found.state in {WorkState.READY, WorkState.FAILED}

    await eventually(settled, "it is made")
    found = await works.of("a", begun.id)
    assert found is not None
    return found


async def test_what_one_process_makes_another_hands_out_once(house: House) -> None:
    one, other = works_of(house), works_of(house)
    work = await made_by(one, lambda: making(PART_BYTES * 2 + 1))
    seen = await other.of("a", work.id)
    assert seen == work
    made = await asyncio.gather(other.fetched(work), one.fetched(work))
    [fetched] = [each for each in made if each is not None]
    assert (fetched.size, fetched.name, fetched.media_type) == (
        PART_BYTES * 2 + 1,
        "a.zip",
        "application/zip",
    )
    assert await other.of("a", work.id) is None
    fetched.file.close()


async def test_why_it_could_not_be_made_is_told_by_any_process(house: House) -> None:
    async def refused() -> Made:
        raise not_found(ProblemCode.COUNCIL_UNKNOWN, council="K1")

    work = await made_by(works_of(house), refused)
    seen = await works_of(house).of("a", work.id)
    assert seen is not None
    assert seen.failure is not None
    assert (seen.failure.status, seen.failure.refusals) == (
        404,
        (Refusal(code=ProblemCode.COUNCIL_UNKNOWN, params={"council": "K1"}),),
    )


async def test_how_many_are_made_before_it_is_known_to_any_process(house: House, press: Press) -> None:
    asked = [
        (await house.client.get(bundle(house), headers=auditor(house) | ASYNC)).json()
        for _ in range(AT_ONCE + 2)
    ]

    async def under_way() -> bool:
        return press.at_once == AT_ONCE

    await eventually(under_way, "as many as go at once are under way")
    account = (await house.client.get(f"{PREFIX}/me", headers=auditor(house))).json()["account"]
    last = await works_of(house).of(account, asked[-1]["id"])
    assert last is not None
    assert (last.state, last.ahead) == (WorkState.WAITING, AT_ONCE + 1)


async def test_a_process_that_ends_leaves_nobody_waiting(house: House) -> None:
    """One that says that it ends, and one that was killed: both are told to ask anew."""
    never = asyncio.Event()

    async def for_ever() -> Made:
        await never.wait()
        return await making()

    ends, killed, other = works_of(house), works_of(house), works_of(house)
    left = await ends.begin("a", for_ever, nullcontext())
    await ends.close()
    lost = await killed.begin("a", for_ever, nullcontext())

    async def under_way() -> bool:
        seen = await other.of("a", lost.id)
        return seen is not None and seen.state is WorkState.UNDER_WAY

    await eventually(under_way, "it is being made")
    sessions = sessions_for(house.engine)
    long_ago = datetime.now(UTC) - LOST_AFTER - timedelta(seconds=1)
    async with sessions() as session, session.begin():
        await session.exec(update(WorkRow).where(col(WorkRow.id) == lost.id).values(seen_at=long_ago))
    for each in (left, lost):
        seen = await other.of("a", each.id)
        assert seen is not None
        assert seen.failure is not None
        assert (seen.state, seen.failure.status) == (WorkState.FAILED, 503)
    await killed.close()


async def test_works_are_forgotten_when_nobody_fetches_them(house: House) -> None:
    works = works_of(house)
    work = await made_by(works, making)
    sessions = sessions_for(house.engine)
    await delete_old_works(sessions, datetime.now(UTC) + KEPT - timedelta(seconds=5))
    assert await works.of("a", work.id) == work
    await delete_old_works(sessions, datetime.now(UTC) + KEPT + timedelta(seconds=5))
    assert await works.of("a", work.id) is None
    async with sessions() as session:
        assert (await session.exec(select(WorkPartRow))).all() == []
