"""A new release opens what a former one left: nothing is lost, and everything that was open goes on."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from sqlmodel import select

from activities.bounds.within import within
from activities.proofs.verification.replaying import replay
from activities.proofs.verification.verify import verify
from local.demo.caller import Json
from local.demo.letterbox import Letterbox
from local.demo.visitor import Visitor
from local.demo.visits import Visits
from local.programs import ROOT
from local.samples import ScenarioName, load_scenario
from models.tables.journal import EntryRow
from models.vocabulary.procedure import monitoring_workflow_id
from tests.e2e.town import Town
from tests.upgrade.conftest import Upgraded
from tests.waiting import eventually
from workflows import ALL_WORKFLOWS

AUDITOR = "uo-auditor"
RECONCILES_WITHIN_SECONDS = 90.0


class OneLetter(Letterbox):
    """A letter that came before the upgrade, with its link."""

    def __init__(self, town: Town, path: str) -> None:
        super().__init__(town.mail)
        self._link = f"{town.stack.api_url}{path}"

    async def next_that(self, address: str, number: str, asks: Callable[[str], Awaitable[bool]]) -> str:
        assert await asks(self._link)
        return self._link


async def journal_of(town: Town, number: str) -> list[EntryRow]:
    async with town.inside.sessions() as session:
        lines = select(EntryRow).where(EntryRow.workflow_id == monitoring_workflow_id(number))
        return list(await session.exec(lines.order_by("seq")))


async def stage_of(town: Town, number: str) -> str:
    return str((await town.ask(AUDITOR, f"/monitorings/{number}")).json()["stage"])


async def test_journals_stand_line_by_line_and_all_three_tellings_agree(upgraded: Upgraded) -> None:
    for number, head in upgraded.left.heads.items():
        seq, _, sha256 = head.partition(":")
        lines = await journal_of(upgraded.town, number)
        assert lines[int(seq) - 1].hash == sha256, number
        checked = (await upgraded.town.ask(AUDITOR, f"/monitorings/{number}/history/check")).json()
        assert checked["agrees"], checked


async def test_all_histories_replay_with_today_s_code(upgraded: Upgraded) -> None:
    client, replayed = upgraded.town.inside.client, set()
    async for run in client.list_workflows():
        handle = client.get_workflow_handle(run.id, run_id=run.run_id)
        failure = await replay(await handle.fetch_history(), ALL_WORKFLOWS, client.data_converter)
        assert failure is None, (run.id, failure)
        replayed.add(run.id)
    assert {monitoring_workflow_id(each) for each in upgraded.left.heads} <= replayed


async def test_the_stores_agree(upgraded: Upgraded) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.reconcile_cli"),
        cwd=ROOT,
        env={**os.environ, **upgraded.town.stack.settings},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await within(RECONCILES_WITHIN_SECONDS, process.communicate(), "reconciling ends")
    assert process.returncode == 0, said.decode()


async def test_a_holder_answers_by_the_letter_it_has(upgraded: Upgraded) -> None:
    town, number, scenario = upgraded.town, upgraded.left.numbers.begun, load_scenario(ScenarioName.B)
    [request] = scenario.information_requests
    source = next(each for each in scenario.sources if each.id == request.answer.source)
    visits = Visits(Visitor(town.browser), OneLetter(town, upgraded.left.asked))
    await visits.answer_information_request("", number, request.answer, source)
    kept = (await town.ask("sary-analyst", f"/monitorings/{number}/sources")).json()
    assert [bool(each["information_request"]) for each in kept] == [True]


async def test_an_addressee_registers_and_answers_by_the_letter_it_has(upgraded: Upgraded) -> None:
    town, number = upgraded.town, upgraded.left.numbers.dispatched
    replies = {each.organisation: each.reply for each in load_scenario(ScenarioName.A).dispatch.addressees}
    [(body, reply), *_] = [(body, reply) for body, reply in replies.items() if reply]
    visits = Visits(Visitor(town.browser), OneLetter(town, upgraded.left.links[body]))
    await visits.answer_report("", number, reply)
    events = [line.event["type"] for line in await journal_of(town, number)]
    assert events.count("report_answered") == 1, events


async def test_what_waited_for_the_head_is_approved_and_leaves(upgraded: Upgraded) -> None:
    town, number = upgraded.town, upgraded.left.numbers.submitted
    scenario = load_scenario(ScenarioName.B)
    await town.insists("sary-head", f"/monitorings/{number}/report/versions/1/approval", {}, uuid4().hex)
    addressees: list[Json] = [
        {"organisation": each.organisation, "ground": each.ground.value, "reason": each.reason.kk or None}
        for each in scenario.dispatch.addressees
    ]
    body: Json = {"addressees": addressees}
    await town.insists("sary-analyst", f"/monitorings/{number}/dispatches", body, uuid4().hex)

    async def has_left() -> bool:
        return await stage_of(town, number) == "dispatched"

    await eventually(has_left, "the dispatch has left", 60)


async def test_what_was_closed_is_proved(upgraded: Upgraded, tmp_path: Path) -> None:
    town, number = upgraded.town, upgraded.left.numbers.closed
    bundle = await town.ask(AUDITOR, f"/monitorings/{number}/bundle")
    assert bundle.is_success, bundle.text
    file = tmp_path / "bundle.zip"
    file.write_bytes(bundle.content)
    manifest = await verify(file, ALL_WORKFLOWS)
    assert upgraded.left.heads[number].startswith(f"{manifest.head.seq}:")
