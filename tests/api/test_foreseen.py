"""What the record refuses is what the workflow would refuse, word for word; only a whole record speaks."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlmodel import col, select

from activities.registries.local_day import local_today
from api.commands import desk as commanding
from api.commands.addressed import monitoring
from api.commands.foreseen import foreseen
from api.services.agreements import Store, store_of
from models.commands import BeginCollection, RecordActivity
from models.tables.commands import CommandRow
from models.tables.content import NoteRow
from models.vocabulary.procedure import Activity, Role, monitoring_workflow_id
from tests.api.office import office
from tests.api.test_commands import start_body
from tests.api.test_under_repair import listed, services_of
from tests.api.world import Case, World

__all__ = ["office"]
ANALYST, HEAD = "sary-analyst", "sary-head"
TOMORROW = (local_today() + timedelta(days=1)).isoformat()
REFUSED: dict[str, tuple[str, str, dict[str, object]]] = {
    "a collection that begins tomorrow": (ANALYST, "collection", {"began_on": TOMORROW}),
    "a collection that has not begun": (ANALYST, "collection/completion", {}),
    "an analysis of nothing": (ANALYST, "analysis/completion", {}),
    "an activity before its time": (
        ANALYST,
        "activities",
        {"activity": next(iter(Activity)).value, "done_on": TOMORROW, "note": "жасалды"},
    ),
    "the approval of no report": (HEAD, "report/versions/1/approval", {}),
    "the return of no report": (HEAD, "report/versions/1/return", {"reason": "Түзетіңіз"}),
    "the correction of no report": (HEAD, "report/correction", {"reason": "Түзетіңіз"}),
    "a closing": (HEAD, "closing", {}),
}


async def nobody_is_asked(*_: object) -> None:
    raise AssertionError("the workflow is asked")


async def asks(world: World, number: str, what: str, key: str | None = None) -> httpx.Response:
    who, path, body = REFUSED[what]
    headers = {"Idempotency-Key": key} if key else {}
    return await world.call(who, "POST", f"/monitorings/{number}/{path}", json=body, headers=headers)


async def logged(world: World, number: str) -> list[tuple[object, ...]]:
    async with world.sessions() as session:
        rows = await session.exec(
            select(CommandRow).where(CommandRow.number == number).order_by(col(CommandRow.at))
        )
        return [(row.name, row.outcome, row.code, row.rule, row.answer) for row in rows]


async def test_it_is_the_workflows_own_answer(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the record first, then of the workflow: the same answer, and the same kept of it."""
    started = await office.call(ANALYST, "POST", "/monitorings", json=start_body())
    number = started.json()["number"]
    with monkeypatch.context() as alone:
        alone.setattr(commanding, "send_command", nobody_is_asked)
        foretold = {what: await asks(office, number, what) for what in REFUSED}
    by_record = await logged(office, number)
    services_of(office).agreements.__init__()  # type: ignore[misc]
    decided = {what: await asks(office, number, what) for what in REFUSED}
    by_workflow = (await logged(office, number))[len(by_record) :]
    for what in REFUSED:
        said, answered = foretold[what], decided[what]
        assert said.status_code == 409, (what, said.text)
        assert (said.status_code, said.content) == (answered.status_code, answered.content), what
    assert by_record[1:] == by_workflow, "the first one is the start"
    assert {outcome for _, outcome, *_ in by_workflow} == {"refused"}
    assert len(by_workflow) == len(REFUSED)


async def test_a_refusal_under_its_key_stays_and_what_passes_is_the_workflows(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = (await office.call(ANALYST, "POST", "/monitorings", json=start_body())).json()["number"]
    with monkeypatch.context() as alone:
        alone.setattr(commanding, "send_command", nobody_is_asked)
        first = await asks(office, number, "an analysis of nothing", "k-1")
        again = await asks(office, number, "an analysis of nothing", "k-1")
    assert (again.status_code, again.content) == (409, first.content)
    body = {"began_on": local_today().isoformat()}
    begun = await office.call(ANALYST, "POST", f"/monitorings/{number}/collection", json=body)
    assert begun.status_code == 200, begun.text
    still = await asks(office, number, "an analysis of nothing", "k-1")
    assert still.content == first.content, "one key is one decision"


def whole(world: World, case: Case, store: Store, seq: int | None = None) -> None:
    """The workflow has answered by a line while the database was this one."""
    seq = case.state.seq if seq is None else seq
    services_of(world).agreements.note(monitoring_workflow_id(case.number), store, seq)


async def there(world: World, case: Case) -> Store:
    async with world.sessions() as session:
        return await store_of(session, monitoring_workflow_id(case.number))


async def test_only_a_record_that_is_known_to_be_whole_refuses(world: World) -> None:
    """Temporal is away: whatever is asked of the workflow is answered by 503."""
    case = await world.started()
    store = await there(world, case)

    async def status() -> int:
        return (await asks(world, case.number, "an analysis of nothing")).status_code

    assert await status() == 503, "nobody knows how far the workflow has come"
    whole(world, case, Store(life="another", disagrees=False))
    assert await status() == 503, "the database was restored, or is another one"
    whole(world, case, store, case.state.seq + 1)
    assert await status() == 503, "the record is behind"
    whole(world, case, store)
    assert await status() == 409
    await listed(world, case)
    assert await status() == 503, "its stores disagree"


async def test_its_text_is_kept_as_that_of_any_refused_command(world: World) -> None:
    case = await world.started()
    whole(world, case, await there(world, case))
    assert (await asks(world, case.number, "the return of no report")).status_code == 409
    async with world.sessions() as session:
        kept = (await session.exec(select(NoteRow.body).where(NoteRow.number == case.number))).all()
    assert '{"text":"Түзетіңіз"}' in kept


async def test_a_refusal_that_others_have_made_stale_is_no_refusal(world: World) -> None:
    """It is asked once more of what is on record by then."""
    case = await world.started()
    store, agreements = await there(world, case), services_of(world).agreements
    before, now = monitoring(case.state), datetime.now(UTC)
    command = RecordActivity(
        id="c-late",
        actor=case.actor(Role.ANALYST),
        activity=next(iter(Activity)),
        done_on=local_today(),
        note="a" * 64,
    )
    whole(world, case, store)
    async with world.sessions() as session:
        assert await foreseen(session, agreements, before, command, now)
    await case.does(BeginCollection, began_on=local_today())
    async with world.sessions() as session:
        assert not await foreseen(session, agreements, before, command, now)


async def test_what_was_obeyed_already_is_the_workflows_to_answer(world: World) -> None:
    """Sent again it would be refused by the rules: it has happened."""
    case = await world.started()
    command = BeginCollection(id="c-1", actor=case.actor(Role.ANALYST), began_on=local_today())
    await case.does(BeginCollection, began_on=local_today())
    whole(world, case, await there(world, case))
    agreements, now = services_of(world).agreements, datetime.now(UTC)
    obeyed = monitoring(case.state.model_copy(update={"commands": ("c-1",)}))
    async with world.sessions() as session:
        assert await foreseen(session, agreements, monitoring(case.state), command, now)
        assert not await foreseen(session, agreements, obeyed, command, now)
