"""A proceeding whose stores disagree answers with a sentence that says so, and readiness counts it."""

import pytest
from sqlalchemy import text as sql

from activities.record.disagreements import agree_again, note_disagreement
from api.commands import repair
from api.commands.sending import Fate, Outcome
from api.services.disk import DiskWatch
from api.services.services import Services
from locales.catalogue import text
from models.proceeding.disagreement import Disagreement, StoreFault
from models.vocabulary.procedure import Language, monitoring_workflow_id
from models.vocabulary.refusal import Refusal
from tests.api.world import Case, World

BODY = {"began_on": "2026-11-02"}


def apart(case: Case, fault: StoreFault = StoreFault.JOURNAL_BEHIND) -> Disagreement:
    return Disagreement(workflow_id=monitoring_workflow_id(case.number), mark=case.number, fault=fault, seq=2)


async def listed(world: World, case: Case) -> None:
    async with world.sessions.begin() as session:
        await note_disagreement(session, apart(case))


def services_of(world: World) -> Services:
    found = world.app.state.services
    assert isinstance(found, Services)
    return found


@pytest.mark.parametrize("language", Language)
async def test_a_command_is_answered_with_what_is_being_done(
    world: World, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    case = await world.started()
    await listed(world, case)
    monkeypatch.setattr(services_of(world).temporal, "client", connected)
    headers = {"Accept-Language": language.value}
    answer = await world.call("sary-analyst", "POST", f"{case.path}/collection", json=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (503, "under_repair"), answer.text
    assert answer.json()["detail"] == text(language, "problem.under_repair")
    assert int(answer.headers["Retry-After"]) >= 60, "nobody is told to send it again at once"


async def connected() -> None:
    """Temporal is there."""


async def never() -> Outcome:
    raise AssertionError("nothing is sent to what is under repair")


async def refuses() -> Outcome:
    return Outcome(fate=Fate.REFUSED, refusals=(Refusal(code="not_collecting"),))


async def is_not_there() -> Outcome:
    return Outcome(fate=Fate.CLOSED)


@pytest.mark.parametrize("send", [refuses, is_not_there])
@pytest.mark.parametrize("fault", [StoreFault.WORKFLOW_BEHIND, StoreFault.DIFFER])
async def test_an_older_workflow_refuses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, send: object, fault: StoreFault
) -> None:
    """Its refusal is yesterday's: it is not kept, and the proceeding is listed."""
    case = await world.started()
    workflow_id = monitoring_workflow_id(case.number)
    services = services_of(world)

    async def finds(*_: object) -> Disagreement:
        return apart(case, fault)

    monkeypatch.setattr(repair, "compared", finds)
    monkeypatch.setattr(services.temporal, "client", connected)
    repair._asked_at.clear()
    found = await repair.sent_where_sound(services, workflow_id, None, send)  # type: ignore[arg-type]
    assert found.fate is Fate.UNDER_REPAIR
    assert await repair.is_under_repair(services, workflow_id)


async def test_a_workflow_that_is_ahead_may_refuse(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows all there is: what it has more is on its way to the journal, or comes with the repair."""
    case = await world.started()
    services = services_of(world)

    async def finds(*_: object) -> Disagreement:
        return apart(case)

    monkeypatch.setattr(repair, "compared", finds)
    monkeypatch.setattr(services.temporal, "client", connected)
    repair._asked_at.clear()
    found = await repair.sent_where_sound(services, monitoring_workflow_id(case.number), None, refuses)
    assert found.fate is Fate.REFUSED
    assert not await repair.is_under_repair(services, monitoring_workflow_id(case.number))


async def readiness(world: World) -> dict[str, object]:
    services_of(world).disk.__init__(0.0)  # type: ignore[misc]
    answer = await world.call(None, "GET", "/health/ready")
    assert answer.status_code == 503, "no worker runs here"
    found: dict[str, object] = answer.json()
    return found


async def test_readiness_counts_what_disagrees(world: World) -> None:
    case = await world.started()
    assert (await readiness(world))["disagreements"] == 0
    await listed(world, case)
    said = await readiness(world)
    assert (said["stores"], said["disagreements"]) == (False, 1)
    assert "stores_disagree" in said["reasons"]  # type: ignore[operator]
    async with world.sessions.begin() as session:
        await agree_again(session, [monitoring_workflow_id(case.number)])
    assert (await readiness(world))["stores"] is True


@pytest.mark.parametrize(
    ("state", "reason"), [("disk_full", "disk_full"), ("read_only_sql_transaction", "database_read_only")]
)
async def test_a_full_disk_is_a_reason_not_to_be_ready(world: World, state: str, reason: str) -> None:
    """The database itself refuses the row, as it does when it cannot extend its file."""
    said = await readiness(world)
    assert (said["database"], said["disk"]) == (True, True)
    async with world.sessions.begin() as session:
        for statement in (
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}'; END $$",
            "CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON probes EXECUTE FUNCTION no_room()",
        ):
            await session.exec(sql(statement))  # type: ignore[call-overload]
    said = await readiness(world)
    assert (said["database"], said["disk"], said["ready"]) == (True, False, False)
    assert reason in said["reasons"]  # type: ignore[operator]


async def test_a_disk_with_little_room_is_a_reason_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = services_of(world).settings
    monkeypatch.setattr(settings, "disk_paths", "/, /nowhere")
    said = await readiness(world)
    assert isinstance(said["disk_free_megabytes"], int)
    monkeypatch.setattr(settings, "disk_free_megabytes", 10**9)
    said = await readiness(world)
    assert said["disk"] is False
    assert "disk_nearly_full" in said["reasons"]  # type: ignore[operator]


async def test_asking_often_writes_once(world: World) -> None:
    watch, settings = DiskWatch(every_seconds=60), services_of(world).settings
    await watch.look(world.sessions, settings)
    async with world.sessions() as session:
        first = (await session.exec(sql("SELECT at FROM probes"))).one()  # type: ignore[call-overload]
    await watch.look(world.sessions, settings)
    async with world.sessions() as session:
        assert (await session.exec(sql("SELECT at FROM probes"))).one() == first  # type: ignore[call-overload]


async def test_what_was_not_done_may_be_sent_again(world: World) -> None:
    """The claimed command stays pending: under its key it is done once the records agree."""
    case = await world.started()
    await listed(world, case)
    headers = {"Idempotency-Key": "k-again"}
    await world.call("sary-analyst", "POST", f"{case.path}/collection", json=BODY, headers=headers)
    async with world.sessions() as session:
        rows = (await session.exec(sql("SELECT outcome FROM commands"))).all()  # type: ignore[call-overload]
    assert {row.outcome for row in rows} <= {"pending"}
