"""Commands over HTTP while nobody answers at Temporal's address: keys, refusals on record, no half things."""

import asyncio
from datetime import timedelta

from sqlmodel import col, select

from activities.registries.local_day import local_today
from local.samples import ScenarioName, load_scenario
from models.tables.commands import CommandRow
from models.tables.content import NoteRow
from models.tables.monitorings import MonitoringRow
from models.tables.numbers import NumberRow
from tests.api.test_under_repair import services_of
from tests.api.world import World
from tests.counting import statements_of


def start_body(name: ScenarioName = ScenarioName.B) -> dict[str, object]:
    scenario = load_scenario(name)
    return {
        "kind": scenario.kind.value,
        "title": scenario.title.model_dump(),
        "conductors": list(scenario.conductors),
        "spheres": list(scenario.spheres),
        "objects": list(scenario.objects),
        "studied_from": scenario.studied_from.isoformat(),
        "studied_until": scenario.studied_until.isoformat(),
    }


async def commands(world: World) -> list[CommandRow]:
    async with world.sessions() as session:
        return list(await session.exec(select(CommandRow).order_by(col(CommandRow.at))))


async def test_without_temporal_a_command_says_when_and_with_which_key_to_come_again(world: World) -> None:
    case = await world.started()
    body = {"reason": "Артық басталды"}
    answer = await world.call("sary-analyst", "POST", f"{case.path}/cancellation", json=body)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    key = answer.headers["idempotency-key"]
    again = await world.call(
        "sary-analyst", "POST", f"{case.path}/cancellation", json=body, headers={"Idempotency-Key": key}
    )
    assert again.status_code == 503
    (row,) = await commands(world)
    assert (row.outcome, row.name, row.number) == ("pending", "cancel_monitoring", case.number)
    assert row.actor["account"] == "a-sary-analyst"
    async with world.sessions() as session:
        notes = [
            note.body for note in await session.exec(select(NoteRow).where(NoteRow.number == case.number))
        ]
    assert '{"text":"Артық басталды"}' in notes


async def test_a_command_asks_who_and_of_what_once_and_is_claimed_with_its_texts(world: World) -> None:
    case = await world.started()
    await world.call("sary-analyst", "GET", case.path)  # the day's first use of a token is written down
    with statements_of(services_of(world).sessions) as counted:
        await world.call(
            "sary-analyst", "POST", f"{case.path}/cancellation", json={"reason": "Артық басталды"}
        )
    look, claimed = counted.sent
    assert all(table in look for table in ("tokens", "accounts", "monitorings", "registries"))
    assert all(table in claimed for table in ("commands", "notes", "disagreements"))


async def test_one_key_is_for_one_request_of_one_account(world: World) -> None:
    case = await world.started()
    key = {"Idempotency-Key": "k-1"}
    path = f"{case.path}/cancellation"
    await world.call("sary-analyst", "POST", path, json={"reason": "бір"}, headers=key)
    other = await world.call("sary-analyst", "POST", path, json={"reason": "екі"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    colleague = await world.call("sary-head", "POST", path, json={"reason": "екі"}, headers=key)
    assert colleague.status_code == 503
    bad = await world.call(
        "sary-analyst", "POST", path, json={"reason": "үш"}, headers={"Idempotency-Key": "a b"}
    )
    assert (bad.status_code, bad.json()["errors"][0]["pointer"]) == (422, "header:Idempotency-Key")


async def test_a_command_that_was_answered_gets_the_same_answer(world: World) -> None:
    case = await world.started()
    key = {"Idempotency-Key": "k-1"}
    path = f"{case.path}/cancellation"
    await world.call("sary-analyst", "POST", path, json={"reason": "бір"}, headers=key)
    receipt = {"number": case.number, "seq": 2, "stage": "cancelled"}
    async with world.sessions() as session, session.begin():
        row = (await session.exec(select(CommandRow))).one()
        row.outcome, row.answer = "done", dict(receipt)
    again = await world.call("sary-analyst", "POST", path, json={"reason": "бір"}, headers=key)
    assert (again.status_code, again.json()) == (200, receipt)


async def test_a_refused_start_is_on_record_with_its_rule_and_uses_up_no_number(world: World) -> None:
    body = start_body(ScenarioName.C) | {"kind": "comprehensive"}
    key = {"Idempotency-Key": "k-1"}
    refused = await world.call("ashyk-analyst", "POST", "/monitorings", json=body, headers=key)
    assert refused.status_code == 422, refused.text
    problem = refused.json()
    reasons = {reason["code"] for reason in problem["problems"]} | {problem["code"]}
    assert "comprehensive_by_other_subject" in reasons
    again = await world.call("ashyk-analyst", "POST", "/monitorings", json=body, headers=key)
    assert again.json() == problem
    (row,) = await commands(world)
    assert (row.outcome, row.rule, row.number) == ("refused", problem["rule"], None)
    async with world.sessions() as session:
        assert (await session.exec(select(NumberRow))).all() == []
    listed = await world.call("uo-auditor", "GET", "/commands?outcome=refused")
    assert [line["code"] for line in listed.json()] == [problem["code"]]
    assert (await world.call("ashyk-analyst", "GET", "/commands")).status_code == 403


async def test_a_start_keeps_its_number_for_its_key_and_simultaneous_ones_get_different_ones(
    world: World,
) -> None:
    body = start_body()
    for _ in range(2):
        answer = await world.call(
            "sary-analyst", "POST", "/monitorings", json=body, headers={"Idempotency-Key": "first"}
        )
        assert answer.status_code == 503, answer.text
    await asyncio.gather(
        *(
            world.call(
                "sary-analyst", "POST", "/monitorings", json=body, headers={"Idempotency-Key": f"k-{n}"}
            )
            for n in range(4)
        )
    )
    rows = await commands(world)
    serials = sorted(str(row.number)[-4:] for row in rows)
    assert serials == ["0001", "0002", "0003", "0004", "0005"]
    async with world.sessions() as session:
        assert (await session.exec(select(MonitoringRow))).all() == []


async def test_a_start_with_unknown_bodies_names_them(world: World) -> None:
    for field, code in (("objects", "organisation_unknown"), ("spheres", "sphere_unknown")):
        answer = await world.call(
            "sary-analyst", "POST", "/monitorings", json=start_body() | {field: ["nobody"]}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert "nobody" in answer.json()["detail"]


async def test_nobody_starts_a_monitoring_of_somebody_elses(world: World) -> None:
    answer = await world.call("koko-analyst", "POST", "/monitorings", json=start_body())
    assert answer.status_code == 403


async def test_only_the_head_approves_and_decides_on_the_working_group(world: World) -> None:
    case = await world.started()
    decision = {
        "post": "Басшы",
        "decided_on": "2026-01-10",
        "decision_number": "5-ө",
        "members": [{"person": "p-secretary-sary", "community": "public"}],
    }
    for path, body in (("/report/versions/1/approval", {}), ("/working-group", decision)):
        analyst = await world.call("sary-analyst", "POST", f"{case.path}{path}", json=body)
        assert analyst.status_code == 403, path
        head = await world.call("sary-head", "POST", f"{case.path}{path}", json=body)
        assert head.status_code == 503, head.text


async def test_words_of_other_bodies_are_recorded_on_their_behalf_only(world: World) -> None:
    case = await world.started()
    await case.approved()
    await case.dispatched()
    path = f"{case.path}/addressees/uo/acknowledgement"
    own_word = await world.call("sary-analyst", "POST", path, json={})
    assert (own_word.status_code, own_word.json()["code"]) == (403, "not_on_own_behalf")
    paper = {"on_behalf": {"organisation": "uo", "act": "letter 03-12/418", "dated": "2026-01-20"}}
    recorded = await world.call("sary-analyst", "POST", path, json=paper)
    assert recorded.status_code == 503, recorded.text
    assert (await world.call("uo-analyst", "POST", path, json={})).status_code == 503
    foreign = f"{case.path}/addressees/{case.state.objects[0].organisation}/acknowledgement"
    assert (await world.call("uo-analyst", "POST", foreign, json={})).status_code == 403


async def test_nobody_acts_by_an_act_of_a_day_to_come(world: World) -> None:
    case = await world.started()
    today = local_today()
    statuses = {today: 503, today + timedelta(days=2): 422}
    for dated, expected in statuses.items():
        on_behalf = {"organisation": "uo", "act": "letter 03-12/418", "dated": dated.isoformat()}
        body = {"began_on": today.isoformat(), "on_behalf": on_behalf}
        answer = await world.call("sary-analyst", "POST", f"{case.path}/collection", json=body)
        assert answer.status_code == expected, answer.text
    assert answer.json()["code"] == "authority_in_future"
    assert answer.json()["errors"][0]["pointer"] == "/on_behalf/dated"


async def test_publication_is_the_authorized_bodys(world: World) -> None:
    case = await world.started(ScenarioName.A)
    await case.approved()
    body = {"published_on": "2026-11-20", "address": "https://uo.example.kz/r/1"}
    path = f"{case.path}/publications"
    assert (await world.call("uo-analyst", "POST", path, json=body)).status_code == 403
    assert (await world.call("uo-web-editor", "POST", path, json=body)).status_code == 503
    wrong = await world.call("uo-web-editor", "POST", path, json=body | {"address": "javascript:alert(1)"})
    assert wrong.status_code == 422


async def test_addressees_are_suggested(world: World) -> None:
    case = await world.started()
    suggested = (await world.call("sary-analyst", "GET", f"{case.path}/addressees/suggested")).json()
    grounds = {line["organisation"]: line["ground"] for line in suggested}
    assert grounds["uo"] == "consolidation"
    for known in case.state.objects:
        assert grounds[known.organisation] == "object"
    assert case.conductor not in grounds


async def test_nobody_acts_for_a_body_that_nobody_knows(world: World) -> None:
    nobody = {"on_behalf": {"organisation": "nope", "act": "x", "dated": "2026-01-01"}}
    case = await world.started()
    paths: dict[str, dict[str, object]] = {
        "/monitorings": start_body(),
        f"{case.path}/cancellation": {"reason": "Артық басталды"},
    }
    for path, body in paths.items():
        answer = await world.call("sary-analyst", "POST", path, json={**body, **nobody})
        assert (answer.status_code, answer.json()["code"]) == (422, "organisation_unknown"), path
        assert answer.json()["errors"][0]["pointer"] == "/on_behalf/organisation"
    assert await commands(world) == []


async def test_a_start_rests_on_acts_of_its_conductors_only(world: World) -> None:
    act = {"organisation": "uo", "act": "order 7", "dated": "2026-01-01"}
    coming = {**act, "dated": "2099-01-01"}
    starts: tuple[tuple[dict[str, object], str], ...] = (
        ({"on_behalf": act}, "on_behalf_of_no_conductor"),
        ({"agreements": [act]}, "agreement_of_no_co_conductor"),
        ({"conductors": ["td-sary", "uo"], "agreements": [coming]}, "agreement_in_future"),
    )
    for extra, code in starts:
        answer = await world.call("sary-analyst", "POST", "/monitorings", json={**start_body(), **extra})
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    async with world.sessions() as session:
        assert list(await session.exec(select(NumberRow))) == []
