"""Any part may be away: what can go on goes on, what cannot says so, and nothing is lost or done twice."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import httpx
import pytest

from local.demo.caller import Json
from local.samples import ScenarioName
from local.stack import Part, Stack
from models.calendar.country import COUNTRY
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Stage
from tests.bad_days.outcomes import dead_attempts_are_given_up
from tests.e2e.town import Town, start_of
from tests.waiting import eventually

pytestmark = pytest.mark.xdist_group("e2e-bad-days")
ANSWERED_WITHIN_SECONDS: Final = 10.0
READ_WITHIN_SECONDS: Final = 2.0
WAITING_WITHIN_SECONDS: Final = 60.0
LETTER_WITHIN: Final = timedelta(seconds=10)
ANALYST: Final = "sary-analyst"
PROBLEM: Final = "application/problem+json"


@asynccontextmanager
async def without(stack: Stack, part: Part) -> AsyncIterator[None]:
    """A part is stopped, and started again with the same data and port."""
    await stack.stop(part)
    try:
        yield
    finally:
        await stack.start(part)


def reads_of(number: str) -> dict[str, str | None]:
    """Paths that must be readable, and by whom."""
    path = f"/monitorings/{number}"
    mine: dict[str, str | None] = {
        f"{path}{part}": ANALYST for part in ("", "/journal", "/open-items", "/sources")
    }
    return mine | {"/monitorings?text=" + number: ANALYST, "/public/monitorings": None}


async def read(town: Town, number: str) -> dict[str, object]:
    """What readers see; each answer is in time."""
    seen = {}
    for path, who in reads_of(number).items():
        begun = time.monotonic()
        answer = await town.ask(who, path)
        assert answer.status_code == httpx.codes.OK, (path, answer.text)
        assert time.monotonic() - begun < READ_WITHIN_SECONDS, path
        seen[path] = answer.json()
    return seen


def says_come_again(answer: httpx.Response) -> None:
    """A 503 that tells a program and a person what to do."""
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["detail"]
    assert "Traceback" not in answer.text


def collection() -> Json:
    return {"began_on": datetime.now(COUNTRY).date().isoformat()}


async def happened_once(town: Town, number: str, event: str) -> None:
    assert len(await town.evidence(number).happened(event)) == 1
    await town.evidence(number).has_one_truth()


async def test_without_temporal_all_is_readable_and_commands_wait(town: Town) -> None:
    number = await town.starts()
    before = await read(town, number)
    command = (ANALYST, f"/monitorings/{number}/collection", collection(), uuid4().hex)
    start = (ANALYST, "/monitorings", start_of(ScenarioName.B), uuid4().hex)
    async with without(town.stack, Part.TEMPORAL):
        for _ in ("as it runs", "started anew while Temporal is away"):
            assert await read(town, number) == before
            begun = time.monotonic()
            for answer in await asyncio.gather(town.command(*command), town.command(*start)):
                says_come_again(answer)
            assert time.monotonic() - begun < ANSWERED_WITHIN_SECONDS
            await town.stack.restart(Part.API)
    first, second = [await town.insists(*command) for _ in range(2)]
    assert first == second
    await happened_once(town, number, "collection_begun")
    begun_once = [await town.insists(*start) for _ in range(2)]
    assert begun_once[0].number == begun_once[1].number
    await happened_once(town, begun_once[0].number, "monitoring_started")


async def test_without_a_mail_server_work_goes_on_and_letters_leave_later(town: Town) -> None:
    async def closes_the_post(path: str) -> None:
        if path.endswith("/dispatches"):
            await town.stack.stop(Part.MAILBOX)

    async def opens_the_post(path: str) -> None:
        if path.endswith("/dispatches"):
            await eventually(has_tried, "letters were tried and wait", WAITING_WITHIN_SECONDS)
            await town.stack.start(Part.MAILBOX)

    async def has_tried() -> bool:
        record = town.evidence(scene.number)
        due = [letter for letter in await record.letters() if letter.status is LetterStatus.DUE]
        return bool(due) and all([await record.tries(letter) for letter in due])

    scene = town.scene(ScenarioName.C, closes_the_post, opens_the_post)
    await scene.play()
    await town.evidence(scene.number).has_one_truth()


async def test_worker_killed_again_and_again_loses_nothing(town: Town) -> None:
    calls = 0
    crash: asyncio.Task[None] | None = None

    async def crashes() -> None:
        await town.stack.kill(Part.WORKER)
        await town.stack.start(Part.WORKER)

    async def while_it_is_under_way(_: str) -> None:
        nonlocal calls, crash
        calls += 1
        if calls % 20 == 3:
            crash = asyncio.create_task(crashes())

    async def after_it_is_answered(path: str) -> None:
        if crash is not None:
            await crash
        if path.endswith("/dispatches"):  # its letters are on their way
            await crashes()
            await dead_attempts_are_given_up(town.evidence(scene.number), once=LETTER_WITHIN)

    scene = town.scene(ScenarioName.C, while_it_is_under_way, after_it_is_answered)
    outcome = await scene.play()
    assert outcome.stage == Stage.CLOSED.value
    # Killed between the mail server's answer and its record, a letter is sent again under its Message-ID.
    await town.evidence(scene.number).has_one_truth(letters_may_come_twice=True)


async def test_without_postgresql_everything_asks_to_come_again(town: Town) -> None:
    number = await town.starts()
    command = (ANALYST, f"/monitorings/{number}/collection", collection(), uuid4().hex)
    before = await read(town, number)
    async with without(town.stack, Part.POSTGRES):
        for path, who in reads_of(number).items():
            says_come_again(await town.ask(who, path))
        says_come_again(await town.command(*command))
        assert (await town.ask(None, "/health/live")).is_success
        assert (await town.ask(None, "/health/ready")).json()["database"] is False
        page = await town.browser.get(f"{town.stack.api_url}/public")
        assert page.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert page.headers["content-type"].startswith("text/html")
    assert await read(town, number) == before
    await town.insists(*command)
    await happened_once(town, number, "collection_begun")


async def test_a_command_caught_by_the_end_of_postgresql_is_done_once_it_is_back(town: Town) -> None:
    number = await town.starts()
    command = (ANALYST, f"/monitorings/{number}/collection", collection(), uuid4().hex)
    async with without(town.stack, Part.WORKER):
        before = await town.pending()
        under_way = asyncio.create_task(town.command(*command))
        await town.is_under_way(before)
        await town.stack.kill(Part.POSTGRES)
    says_come_again(await under_way)
    await town.stack.start(Part.POSTGRES)
    await town.insists(*command)
    await happened_once(town, number, "collection_begun")


async def test_api_killed_in_the_middle_of_a_command_answers_it_once(town: Town) -> None:
    number = await town.starts()
    command = (ANALYST, f"/monitorings/{number}/collection", collection(), uuid4().hex)
    async with without(town.stack, Part.WORKER):
        before = await town.pending()
        under_way = asyncio.create_task(town.command(*command))
        await town.is_under_way(before)
        await town.stack.kill(Part.API)
        with pytest.raises(httpx.TransportError):
            await under_way
        await town.stack.start(Part.API)
    await town.insists(*command)
    await happened_once(town, number, "collection_begun")
