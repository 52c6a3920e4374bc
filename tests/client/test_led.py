"""With the client alone: a monitoring from its start to replies, the feed, refusals, repeats, files."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import ModuleType
from typing import ParamSpec, TypeVar

import pytest

from local.sample_scenario import Scenario
from local.samples import ScenarioName, load_scenario
from models.calendar.country import COUNTRY
from models.events import EVENT_TYPES
from models.vocabulary.base import Model
from tests.client.conftest import Served
from tests.waiting import eventually

pytestmark = pytest.mark.xdist_group("client")
P = ParamSpec("P")
T = TypeVar("T")
C: Scenario = load_scenario(ScenarioName.C)
ANALYST, HEAD = "ashyk-analyst", "ashyk-head"


async def does(deed: Callable[P, T], *given: P.args, **more: P.kwargs) -> T:
    """A user's program waits for its answers; the server of this process goes on meanwhile."""
    return await asyncio.to_thread(deed, *given, **more)


def plain(*written: Model) -> list[dict[str, object]]:
    return [each.model_dump(mode="json") for each in written]


async def test_a_monitoring_is_led_to_its_replies_by_the_client_alone(
    user: ModuleType, served: Served
) -> None:
    await served.is_staffed()
    with user.signed_in(served.url, served.tokens[ANALYST]) as analyst:
        number = await does(user.starts, analyst, "one-intent")
        assert await does(user.starts, analyst, "one-intent") == number
        draft = C.draft.model_dump(mode="json", exclude={"conductors"})
        written = partial(user.collects, analyst, number, C.began_on)
        await does(partial(written, plain(*C.sources), plain(*C.indicators), plain(*C.findings), draft))
        await does(user.completes, analyst, number, [(s.step.value, s.completed_on) for s in C.steps])
        table = "Көрсеткіш;Мәні\r\nөтініштер;12\r\n--+++\r\n".encode()
        assert await does(user.attaches, analyst, number, "кесте.csv", table) == table
        version = await does(user.submits, analyst, number)
        with user.signed_in(served.url, served.tokens[HEAD]) as head:
            await does(user.approves, head, number, version)
        bodies = [(each.organisation, each.ground.value) for each in C.dispatch.addressees]
        assert await does(user.dispatches, analyst, number, bodies) == "dispatched"
        today = datetime.now(COUNTRY).date()
        assert await does(user.records_reply, analyst, number, bodies[0][0], "хат № 7", today) > 0
        printed, conclusions = await does(user.reads, analyst, number, version)
        assert printed.startswith(b"%PDF")
        assert conclusions == C.draft.conclusions.kk
        await _is_followed(user, served, number)
    async with user.signed_in(served.url, served.tokens[ANALYST]) as analyst:
        assert number in await user.numbers(analyst)


async def _is_followed(user: ModuleType, served: Served, number: str) -> None:
    """Read on from where somebody stopped: nothing is missed, nothing comes twice, nothing is guessed."""
    with user.signed_in(served.url, served.tokens[ANALYST]) as analyst:
        first = await does(lambda: next(user.feed(analyst, number)))
        rest = await does(lambda: list(user.feed(analyst, number, first.cursor)))
        told = [*first.events, *(event for batch in rest for event in batch.events)]
        entries = await does(user.journal, analyst, number)
    assert [seq for seq, _ in told] == list(range(1, len(entries) + 1))
    assert [kind for _, kind in told] == [f"monitoring.{kind}" for kind, _ in entries]
    assert [read for _, read in entries] == [_class_of(kind) for kind, _ in entries]


def _class_of(kind: str) -> str:
    assert kind in EVENT_TYPES
    return re.sub(r"(^|_)(\w)", lambda found: found[2].upper(), kind)


async def test_a_refusal_is_an_exception_with_its_code_and_its_rule(user: ModuleType, served: Served) -> None:
    start = user.start_monitoring.sync
    with user.signed_in(served.url, served.tokens[ANALYST]) as analyst:
        body = user.asked(user.Kind.COMPREHENSIVE)
        with pytest.raises(user.Refused) as by_rule:
            await does(start, client=analyst, body=body)
        assert (by_rule.value.status, by_rule.value.code) == (422, "comprehensive_by_other_subject")
        assert by_rule.value.rule == "10"
        assert "уполномоченный орган" in by_rule.value.detail
        assert by_rule.value.idempotency_key
        assert by_rule.value.request_id
        with pytest.raises(user.Refused) as wrong:
            await does(
                start, client=analyst, body=user.StartMonitoringBody.from_dict(body.to_dict() | {"title": {}})
            )
        assert [field.pointer for field in wrong.value.fields] == ["/title"]
    with user.signed_in(served.url, "no-token-of-anybody") as stranger:
        with pytest.raises(user.Refused) as unknown:
            await does(user.read_me.sync, client=stranger)
        assert (unknown.value.status, unknown.value.code) == (401, "not_authenticated")


async def test_what_could_not_be_decided_is_sent_again_and_happens_once(
    user: ModuleType, served: Served
) -> None:
    patience = user.Counting(60.0)
    with user.AuthenticatedClient(served.url, served.tokens[ANALYST], patience=patience) as analyst:
        started = asyncio.create_task(does(user.starts, analyst, "in-an-outage"))

        async def was_put_off() -> bool:
            return 503 in patience.statuses

        await eventually(was_put_off, "the API answers that it cannot decide it now")
        await served.is_staffed()
        number = await started
        assert await does(user.starts, analyst, "in-an-outage") == number
        assert [line.number for line in (await does(user.list_monitorings.sync, client=analyst)).items] == [
            number
        ]
    with user.signed_in(served.url, served.tokens[ANALYST]) as analyst:
        other = user.asked()
        other.title.ru = "Другая"
        with pytest.raises(user.Refused) as reused:
            await does(user.start_monitoring.sync, client=analyst, body=other, idempotency_key="in-an-outage")
        assert (reused.value.status, reused.value.code) == (409, "key_reused")


async def test_patience_ends_and_says_when_to_come_again(user: ModuleType, served: Served) -> None:
    with user.signed_in(served.url, served.tokens[ANALYST], 0.0) as analyst:
        with pytest.raises(user.NotNow) as late:
            await does(user.starts, analyst, "later")
        assert (late.value.status, late.value.idempotency_key) == (503, "later")
        assert late.value.retry_after
