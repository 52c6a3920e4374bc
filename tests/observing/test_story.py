"""A monitoring is started and its members are invited; things go wrong on the way. What of it can be seen?"""

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from opentelemetry.sdk.trace import ReadableSpan
from sqlmodel import select
from temporalio.client import WorkflowHandle

from activities.keepers.measures import measure
from activities.keepers.recent_letters import RecentLetters
from api.http.observed import HEADER
from local.samples import ScenarioName, load_scenario
from models.tables.people import PersonRow
from tests.observing.conftest import BUILD, SECRET, SIGNING_KEY, Product, figure
from tests.waiting import eventually

TYPED: Final = "Жер қатынастары бойынша тексерілмеген сөйлем"
ASKED: Final = "0123456789abcdef0123456789abcdef"
START: Final = {
    "kind": "comprehensive",
    "title": {"kk": TYPED},
    "spheres": ["land-relations"],
    "objects": ["land-sary", "edu-sary"],
    "studied_from": "2026-01-01",
    "studied_until": "2026-06-30",
}
GROUP: Final = load_scenario(ScenarioName.A).working_group
POST: Final = "Бөлім бастығының орынбасары"
GARBAGE: Final = "garbage-token-of-nobody"
_LINK: Final = re.compile(r"/r/([\w.~-]+)")


async def test_what_is_done_is_found_in_lines_spans_and_figures_and_names_nobody(product: Product) -> None:
    number = await _starts(product)
    letter = await _invites(product, number)
    await _goes_wrong(product, number, letter)
    await _is_measured(product)
    await _names_nobody(product, letter)


async def _starts(product: Product) -> str:
    """One line tells the command and one the request, by the same ids; the second time is told as such."""
    recorded, repeated = _starts_counted("recorded"), _starts_counted("repeated")
    key = {"Idempotency-Key": "my-first", HEADER: ASKED}
    started = await product.call("sary-analyst", "POST", "/monitorings", key, json=START)
    assert started.status_code == 201, started.text
    assert started.headers[HEADER] == ASKED, "a well-formed id is taken and returned"
    number = str(started.json()["number"])
    (concluded,) = product.heard.of("command_concluded")
    assert (concluded["level"], concluded["build"]) == ("info", BUILD)
    assert (concluded["request_id"], concluded["outcome"]) == (ASKED, "recorded")
    (answered,) = product.heard.of("request_answered")
    assert answered["command_id"] == concluded["command_id"]
    assert answered["workflow_id"] == f"monitoring/{number}"
    assert (answered["method"], answered["route"], answered["status"]) == ("POST", "/api/v1/monitorings", 201)
    assert datetime.fromisoformat(str(answered["time"])).utcoffset() == timedelta(0)
    recording = [line for line in product.heard.lines if line.get("task_queue") == "procedure"]
    assert {line["workflow_id"] for line in recording} <= {f"monitoring/{number}"}

    unfit = {**key, HEADER: "Aigerim-Fictional"}
    again = await product.call("sary-analyst", "POST", "/monitorings", unfit, json=START)
    assert again.json() == started.json()
    assert re.fullmatch(r"[0-9a-f]{32}", again.headers[HEADER])
    assert _starts_counted("recorded") == recorded + 1
    assert _starts_counted("repeated") == repeated + 1
    return number


def _starts_counted(fate: str) -> float:
    return figure("commands_total", command="start_monitoring", fate=fate)


async def _invites(product: Product, number: str) -> str:
    """The head's decision invites by letter; one trace goes from the request to the mail server. Its text."""
    grouped = await product.call("sary-head", "POST", f"/monitorings/{number}/working-group", json=_group())
    assert grouped.is_success, grouped.text
    letter, *_ = await product.mailbox.wait_for(count=len(GROUP.members) if GROUP else 0)
    await eventually(lambda: _traced(product, "activity send_letter"), "the letter's span has ended")
    request = _trace_of(product, "POST /api/v1/monitorings/{number}/working-group")
    together = {span.name for span in product.traced() if trace_id(span) == request}
    caused = {"update create_working_group", "activity record", "activity send_letter", "hand over"}
    assert caused <= together
    assert _trace_of(product, "POST /api/v1/monitorings") != request
    handle: WorkflowHandle[object, object] = product.temporal.get_workflow_handle(f"monitoring/{number}")
    history = (await handle.fetch_history()).to_json()
    assert f"{request:032x}" not in history, "a history knows of no trace"
    assert "tracer" not in history
    return letter.text


def _group() -> dict[str, object]:
    assert GROUP is not None
    members = [
        {"person": m.person, "community": m.community.value, "organisation": m.organisation}
        for m in GROUP.members
    ]
    return {"post": POST, "decided_on": "2026-11-20", "decision_number": "12-ө", "members": members}


async def _goes_wrong(product: Product, number: str, letter: str) -> None:
    """What is refused is counted by its code; ways in that lead nowhere, by why."""
    refused = await product.call("sary-head", "POST", f"/monitorings/{number}/working-group", json=_group())
    assert refused.status_code == 409
    code = refused.json()["code"]
    assert figure("command_refusals_total", command="create_working_group", code=code) >= 1
    headers = {"Origin": "http://monitoring.example.kz", "Accept": "text/html"}
    before = figure("sign_ins_refused_total", fault="token_wrong")
    wrong = await product.client.post("/sign-in", data={"token": GARBAGE}, headers=headers)
    assert wrong.status_code == 422
    assert figure("sign_ins_refused_total", fault="token_wrong") == before + 1
    product.mailbox.faults.refuse_all = "550 5.1.1 <somebody@example.kz>: no such mailbox"
    async with product.sessions() as session:
        address = (await session.exec(select(PersonRow.email).where(PersonRow.email != ""))).first()
    asked = await product.client.post("/sign-in/letter", data={"address": address}, headers=headers)
    assert asked.status_code == 303
    while await product.post.send_next():
        pass
    (link, *_) = _LINK.findall(letter)
    opened = await product.client.get(f"/r/{link}", headers={"Accept": "text/html"})
    assert opened.status_code == 200
    assert "/r/{token}" in {line["route"] for line in product.heard.of("request_answered")}
    logging.getLogger("asyncio").error("Task failed\nfuture: <Task exception=ValueError('%s')>", TYPED)
    logging.getLogger("library").warning(
        "'%s' of somebody@example.kz at http://x.example.kz/r/%s", TYPED, link
    )


async def _is_measured(product: Product) -> None:
    invited, letters = len(GROUP.members) if GROUP else 0, RecentLetters()

    async def all_have_left() -> bool:
        async with product.sessions() as session:
            await measure(session, letters, datetime.now(UTC))
        return figure("letters_due") == 0 and figure("letters_recent", state="sent") >= invited

    await eventually(all_have_left, "every letter has left, and is measured so")
    assert figure("moments_late", kind="monitoring") == 0
    assert figure("measured_timestamp_seconds") > 0
    assert figure("record_oldest_waiting_seconds") == 0


async def _names_nobody(product: Product, letter: str) -> None:
    """All that was said, in lines and in spans: nobody, no address, no secret, nothing typed."""
    async with product.sessions() as session:
        people = (await session.exec(select(PersonRow))).all()
    said = [product.heard.written.getvalue()]
    said += [
        f"{span.name} {dict(span.attributes or {})} {span.status.description}" for span in product.traced()
    ]
    secrets = (SECRET, SIGNING_KEY, *_LINK.findall(letter), *product.tokens.values(), GARBAGE)
    typed = (TYPED, POST, "12-ө", "Aigerim", "@")
    names = (part for person in people for part in (person.name, person.email) if part)
    for what in (*secrets, *typed, *names):
        assert not [each for each in said if what in each], what


def _trace_of(product: Product, name: str) -> int:
    return next(trace_id(span) for span in product.traced() if span.name == name)


def trace_id(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.trace_id)


async def _traced(product: Product, name: str) -> bool:
    return name in {span.name for span in product.traced()}
