"""Events on their way to another system: signed, tried again for days, given up, told of, delivered again."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select
from standardwebhooks.webhooks import WebhookVerificationError
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from models.tables.commands import CommandRow
from models.tables.sign_ins import SignInLetterRow
from models.tables.webhooks import WebhookRow
from models.vocabulary.webhooks import PAUSES
from tests.waiting import eventually
from tests.webhooks.conftest import HOOK, KEYS, Exchange
from tests.workflows.theatre import STRICT
from workflows import DELIVERING


async def row(exchange: Exchange) -> WebhookRow:
    async with exchange.sessions() as session:
        return await session.get_one(WebhookRow, "records")


async def test_a_system_is_told_of_what_happens_from_its_registration_on(exchange: Exchange) -> None:
    case = await exchange.begun()
    answer = await exchange.registers(types=["monitoring.activity_recorded"])
    assert answer.status_code == 200, answer.text
    secret = answer.json()["secret"]
    assert secret.startswith("whsec_")
    await exchange.goes_on(case)
    await exchange.looks()
    await exchange.delivered(1)
    (line,) = await exchange.logged(1)
    (came,) = exchange.system.received
    assert came.is_signed_with(secret)
    assert came.headers["content-type"] == "application/cloudevents+json"
    assert came.event["type"] == "monitoring.activity_recorded"
    assert came.event["subject"] == case.number
    assert "a-sary-analyst" not in came.body.decode()
    with pytest.raises(WebhookVerificationError):
        came.is_signed_with("whsec_" + "B" * 43 + "=")
    assert (line["message"], line["reception"], line["status"]) == (came.message, "taken", 204)
    assert line["event"] == came.event["id"]
    await exchange.looks()
    assert len(exchange.system.received) == 1, "what was begun is not begun again"


async def test_the_secret_is_shown_once_and_lies_under_a_key(exchange: Exchange) -> None:
    key = {"Idempotency-Key": "the-very-same"}
    body = {
        "label": "Жүйе",
        "reason": "Келісім",
        "url": exchange.system.url,
        "reads_as": "a-sary-analyst",
    }
    first = await exchange.world.call("uo-admin", "PUT", HOOK, json=body, headers=key)
    again = await exchange.world.call("uo-admin", "PUT", HOOK, json=body, headers=key)
    secret = first.json()["secret"]
    assert again.json() == first.json() | {"secret": None}
    for path in ("/registry/webhooks", HOOK):
        assert secret not in (await exchange.world.call("uo-admin", "GET", path)).text
    kept = await row(exchange)
    assert secret not in kept.secret
    assert kept.secret.startswith(KEYS.partition(":")[0] + ":")
    async with exchange.sessions() as session:
        commands = (await session.exec(select(CommandRow.answer))).all()
    assert secret not in str(commands)
    test = await exchange.asks("test")
    assert test.status_code == 200, test.text
    await exchange.delivered(1)
    (came,) = exchange.system.received
    assert came.is_signed_with(secret)
    assert (came.message, came.event["type"]) == (test.json()["message"], "monitoring.webhook_tested")
    assert "data" not in came.event


async def test_while_a_secret_is_replaced_both_sign(exchange: Exchange) -> None:
    former = (await exchange.registers()).json()["secret"]
    key = {"Idempotency-Key": "one-renewal"}
    renewed = (await exchange.asks("secret", headers=key)).json()
    assert (await exchange.asks("secret", headers=key)).json() == renewed
    assert renewed["secret"] != former
    await exchange.asks("test")
    await exchange.delivered(1)
    (came,) = exchange.system.received
    assert came.is_signed_with(renewed["secret"])
    assert came.is_signed_with(former)


async def test_what_is_not_taken_is_tried_for_days_under_one_id_then_given_up_and_told(
    exchange: Exchange,
) -> None:
    case = await exchange.begun()
    await exchange.registers()
    exchange.system.always = 500
    await exchange.goes_on(case)
    await exchange.looks()

    async def disabled() -> bool:
        return (await row(exchange)).state == "disabled"

    await eventually(disabled, "the address is left alone")
    tries = exchange.system.received
    assert len(tries) == len(PAUSES)
    assert len({each.message for each in tries}) == 1
    assert len({each.body for each in tries}) == 1
    assert [line["attempt"] for line in await exchange.log()] == list(range(len(PAUSES), 0, -1))
    async with exchange.sessions() as session:
        (letter,) = (await session.exec(select(SignInLetterRow))).all()
    assert (letter.kind, letter.facts["host"]) == ("webhook_disabled", "127.0.0.1")
    exchange.system.always = 204
    await exchange.goes_on(case)
    await exchange.looks()
    assert len(exchange.system.received) == len(PAUSES), "nothing is delivered while it is disabled"
    assert (await exchange.registers()).json()["state"] == "active"
    await exchange.looks()
    await exchange.delivered(len(PAUSES) + 2)
    late = exchange.system.received[len(PAUSES) :]
    assert tries[0].message in {each.message for each in late}, "what was missed comes after all"


async def test_one_message_that_is_not_taken_disables_nothing_where_others_are(exchange: Exchange) -> None:
    case = await exchange.begun()
    await exchange.registers()
    exchange.system.answers = [500]
    await exchange.goes_on(case)
    await exchange.looks()
    await exchange.delivered(1)
    await exchange.delivered(2)
    assert [line["reception"] for line in await exchange.logged(2)] == ["taken", "refused"]
    assert (await row(exchange)).state == "active"


async def test_a_system_that_says_it_is_gone_is_left_alone_at_once(exchange: Exchange) -> None:
    case = await exchange.begun()
    await exchange.registers()
    exchange.system.always = 410
    await exchange.goes_on(case)
    await exchange.looks()
    (line,) = await exchange.logged(1)
    assert line["reception"] == "gone"
    assert (await row(exchange)).state == "disabled"


async def test_a_redirect_is_not_followed(exchange: Exchange) -> None:
    await exchange.registers()
    exchange.system.answers = [302]
    await exchange.asks("test")
    line = (await exchange.logged(1))[-1]
    assert (line["reception"], line["status"]) == ("refused", 302)


async def test_one_message_and_everything_from_a_moment_on_are_delivered_again(exchange: Exchange) -> None:
    case = await exchange.begun()
    await exchange.registers()
    since = datetime.now(UTC)
    await exchange.goes_on(case)
    await exchange.looks()
    await exchange.logged(1)
    first = exchange.system.received[0]
    one = await exchange.asks("replays", json={"message": first.message})
    assert (one.status_code, one.json()["message"]) == (200, first.message), one.text
    await exchange.delivered(2)
    again = {"since": since.isoformat().replace("+00:00", "Z")}
    assert (await exchange.asks("replays", json=again)).status_code == 200
    await exchange.looks()
    await exchange.delivered(3)
    assert {each.message for each in exchange.system.received} == {first.message}
    neither = await exchange.asks("replays", json={})
    assert (neither.status_code, len(neither.json()["errors"])) == (422, 1)
    unknown = await exchange.asks("replays", json={"message": "msg_nobody"})
    assert unknown.status_code == 404


async def test_a_stopped_address_is_delivered_to_from_where_it_stopped(exchange: Exchange) -> None:
    case = await exchange.begun()
    await exchange.registers()
    await exchange.registers(active=False)
    await exchange.goes_on(case)
    await exchange.looks()
    assert exchange.system.received == []
    assert (await exchange.asks("replays", json={"message": "msg_x"})).json()["code"] == "webhook_not_active"
    await exchange.registers()
    await exchange.looks()
    await exchange.delivered(1)


async def test_the_history_holds_ids_alone_and_replays(exchange: Exchange) -> None:
    secret = (await exchange.registers()).json()["secret"]
    exchange.system.answers = [500]
    await exchange.asks("test")
    await exchange.delivered(2)
    runs = [run async for run in exchange.client.list_workflows()]
    history = await exchange.client.get_workflow_handle(runs[0].id).fetch_history()
    told = history.to_json()
    assert secret not in told
    assert exchange.system.url not in told
    assert runs[0].id.startswith("webhook/records/test/")
    await _replays(history, exchange)


async def _replays(history: WorkflowHistory, exchange: Exchange) -> None:
    replayer = Replayer(
        workflows=DELIVERING,
        workflow_runner=STRICT,
        data_converter=exchange.client.data_converter,
    )
    await replayer.replay_workflow(history)


async def test_who_reads_for_it_decides_what_it_is_told(exchange: Exchange) -> None:
    await exchange.registers(reads_as="a-koko-analyst")
    await exchange.begun()
    await exchange.looks()
    await exchange.asks("test")
    await exchange.delivered(1)
    assert [came.event["type"] for came in exchange.system.received] == ["monitoring.webhook_tested"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://records.example.kz/hook", "webhook_address_unusable"),
        ("https://name:word@records.example.kz/", "webhook_address_unusable"),
        ("https:///hook", "webhook_address_unusable"),
        ("https://10.1.2.3/hook", "webhook_address_inside"),
        ("https://[::1]/hook", "webhook_address_inside"),
        ("https://169.254.169.254/latest", "webhook_address_inside"),
    ],
)
async def test_an_address_that_will_not_do_is_refused(exchange: Exchange, url: str, code: str) -> None:
    answer = await exchange.registers(url=url)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == "/url"
