"""Two things that were one: an auditor reads what is its own body's, oversight reads all (decision 0018)."""

import runpy

from sqlalchemy import update
from sqlmodel import col, select

from local.programs import ROOT
from local.samples import ScenarioName
from models.tables.accounts import AccountRow
from tests.api.duties import DutyCase
from tests.api.world import World


async def statuses(world: World, path: str, *people: str) -> dict[str, int]:
    return {who: (await world.call(who, "GET", path)).status_code for who in people}


AUDITORS = ("uo-auditor", "uo-auditor-own", "sary-auditor", "ashyk-auditor")


async def test_an_auditor_reads_its_body_s_monitorings_and_oversight_all(world: World) -> None:
    sary, ashyk, uo = [await world.started(name) for name in (ScenarioName.B, ScenarioName.C, ScenarioName.A)]
    for case, readers in (
        (sary, {"uo-auditor", "sary-auditor"}),
        (ashyk, {"uo-auditor", "ashyk-auditor"}),
        (uo, {"uo-auditor", "uo-auditor-own"}),
    ):
        for path in ("", "/journal", "/history", "/sources", "/letters"):
            found = await statuses(world, f"{case.path}{path}", *AUDITORS)
            assert found == {who: 200 if who in readers else 404 for who in AUDITORS}, path
    await sary.approved()
    await sary.dispatched()
    assert (await world.call("uo-auditor-own", "GET", sary.path)).status_code == 200, "it was sent there"
    assert (await world.call("uo-auditor-own", "GET", f"{sary.path}/journal")).status_code == 403


async def test_an_auditor_reads_the_commands_of_its_body_alone(world: World) -> None:
    sary, ashyk = await world.started(ScenarioName.B), await world.started(ScenarioName.C)
    for who, case in (("sary-analyst", sary), ("ashyk-analyst", ashyk)):
        assert (await world.call(who, "POST", f"{case.path}/closing", json={})).status_code == 503

    async def numbers(who: str) -> set[str | None]:
        return {line["number"] for line in (await world.call(who, "GET", "/commands")).json()}

    assert await numbers("uo-auditor") == {sary.number, ashyk.number}
    assert await numbers("uo-admin") == {sary.number, ashyk.number}
    assert await numbers("sary-auditor") == {sary.number}
    assert await numbers("ashyk-auditor") == {ashyk.number}
    assert await numbers("uo-auditor-own") == set()
    await sary.approved()
    await sary.dispatched()
    assert await numbers("uo-auditor-own") == set(), "with a report that was sent, its conductor's are not"


async def test_an_auditor_reads_who_read_its_body_s_matters(world: World) -> None:
    sary, ashyk = await world.started(ScenarioName.B), await world.started(ScenarioName.C)
    for case in (sary, ashyk):
        assert (await world.call("uo-auditor", "GET", case.path)).status_code == 200
    assert (await world.call("sary-auditor", "GET", sary.path)).status_code == 200

    async def read(who: str) -> set[tuple[str, str]]:
        items = (await world.call(who, "GET", "/reads")).json()["items"]
        return {(line["account"], line["number"]) for line in items}

    own = {("a-uo-auditor", sary.number), ("a-sary-auditor", sary.number)}
    assert await read("sary-auditor") == own, "what an auditor of a body reads is written down, too"
    assert await read("uo-auditor") == own | {("a-uo-auditor", ashyk.number)}
    assert await read("uo-auditor-own") == set()


async def test_rule_13_a_duty_is_proved_by_its_body_s_auditor_and_by_oversight(world: World) -> None:
    duty = DutyCase(world.sessions)
    await duty.begins()
    readers = {"uo-auditor": 200, "uo-auditor-own": 200, "sary-auditor": 200, "ashyk-auditor": 404}
    assert await statuses(world, duty.path, *AUDITORS) == readers, "rule 13 is its own to watch over"
    proving = {"uo-auditor": 200, "uo-auditor-own": 403, "sary-auditor": 200, "ashyk-auditor": 404}
    assert await statuses(world, f"{duty.path}/history/check", *AUDITORS) == proving
    for who in AUDITORS:
        listed = [line["mark"] for line in (await world.call(who, "GET", "/duties")).json()]
        assert listed == ([duty.mark] if readers[who] == 200 else []), who


async def test_the_inbox_and_the_register_are_the_authorized_body_s_and_oversight_s(office: World) -> None:
    for path in (
        "/consolidation",
        "/consolidation/reports",
        "/consolidation/register",
        "/consolidation/history",
    ):
        found = await statuses(office, path, *AUDITORS)
        assert found == {who: 200 if who.startswith("uo-") else 403 for who in AUDITORS}, path


async def test_oversight_is_given_to_whichever_body_and_sees_all(world: World) -> None:
    """As to an auditor of the prosecution: what its body takes part in has nothing to do with it."""
    case = await world.started(ScenarioName.B)
    given = {
        "person": "p-ashyk-auditor",
        "organisation": "ashyk-kezek",
        "role": "oversight",
        "act": {"act": "№ 5-хат", "dated": "2026-02-03"},
        "reason": "қадағалау",
    }
    changed = await world.call("uo-admin", "PUT", "/registry/accounts/a-ashyk-auditor", json=given)
    assert changed.status_code == 200, changed.text
    for path in (
        case.path,
        f"{case.path}/journal",
        "/commands",
        "/reads",
        "/duties",
        "/consolidation/register",
    ):
        assert (await world.call("ashyk-auditor", "GET", path)).status_code == 200, path


async def test_auditors_from_before_become_oversight_where_they_oversaw_everything(
    world: World,
) -> None:
    """The migration's own statement: whoever oversaw everything goes on so."""
    migration = runpy.run_path(str(ROOT / "migrations" / "versions" / "0015_oversight.py"))
    overseers = col(AccountRow.role).in_(["auditor", "oversight"])
    async with world.sessions() as session, session.begin():
        await session.exec(update(AccountRow).where(overseers).values(role="auditor"))
        await (await session.connection()).exec_driver_sql(migration["OVERSIGHT"])
        rows = await session.exec(select(AccountRow.organisation, AccountRow.role).where(overseers))
        assert set(rows) == {("uo", "oversight"), ("td-sary", "auditor"), ("ashyk-kezek", "auditor")}
