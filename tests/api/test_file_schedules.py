"""Registers as files on a schedule: set up, made once for a moment, kept, fetched by whoever may."""

import asyncio
import base64
import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from sqlmodel import col, select

from api.register.kept.keeping import LEASE, FileKeeper
from local.samples import ScenarioName
from models.tables.accounts import AccountRow
from models.tables.file_schedules import FileMakingRow, FileScheduleRow
from models.tables.reads import ReadRow
from tests.api.duties import DutyCase
from tests.api.on_file import on_file
from tests.api.world import World

Json = dict[str, Any]
AT = "/registry/file-schedules/weekly"
FILE = "/scheduled-files/weekly"
BODY: Json = {
    "label": "Апталық тізілім",
    "subject": "consolidated",
    "format": "json",
    "language": "ru",
    "rhythm": "working_days",
    "hour": 7,
    "keep": 2,
    "reads_as": "a-uo-analyst",
    "reason": "№ 4 хат",
}


@pytest.fixture
def keeper(world: World) -> FileKeeper:
    return FileKeeper(world.app.state.services)


async def registers(world: World, **more: object) -> httpx.Response:
    return await world.call("uo-admin", "PUT", AT, json=BODY | more)


async def set_up(world: World, **more: object) -> datetime:
    """The moment at which it is due first."""
    answer = await registers(world, **more)
    assert answer.status_code == 200, answer.text
    return datetime.fromisoformat(answer.json()["next_at"])


async def log(world: World) -> list[Json]:
    answer = await world.call("uo-auditor", "GET", f"{AT}/makings")
    lines: list[Json] = answer.json()["items"]
    return lines


async def test_a_file_is_made_at_its_moment_kept_under_its_hash_and_fetched_where_it_always_is(
    world: World, keeper: FileKeeper
) -> None:
    await on_file(world, ScenarioName.B)
    due = await set_up(world)
    assert await keeper.look(due - timedelta(seconds=1)) == 0
    assert (await world.call("uo-analyst", "GET", FILE)).status_code == 404
    assert await keeper.look(due) == 1
    (line,) = await log(world)
    assert datetime.fromisoformat(line["planned_for"]) == due
    assert (line["outcome"], line["there"]) == ("kept", True)
    answer = await world.call("uo-analyst", "GET", FILE)
    assert hashlib.sha256(answer.content).hexdigest() == line["sha256"]
    digest = base64.b64encode(bytes.fromhex(line["sha256"])).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert answer.json()["rows"]
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await world.call("uo-analyst", "GET", FILE, headers=known)).status_code == 304
    same = await world.call("uo-analyst", "GET", f"{FILE}/{line['id']}")
    assert same.content == answer.content


async def test_what_is_the_same_makes_no_new_file_and_the_newest_so_many_are_kept(
    world: World, keeper: FileKeeper
) -> None:
    due = await set_up(world)
    for week in range(5):
        if week > 1:
            await on_file(world, ScenarioName.B, week)
        assert await keeper.look(due + timedelta(weeks=week)) == 1
    lines = await log(world)
    outcomes = [line["outcome"] for line in reversed(lines)]
    assert outcomes == ["kept", "unchanged", "kept", "kept", "kept"]
    assert [line["there"] for line in lines] == [True, True, False, False, False]
    assert all(line["sha256"] for line in lines if line["outcome"] == "kept"), "the hash stays"
    gone = await world.call("uo-analyst", "GET", f"{FILE}/{lines[-1]['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "attachment_unknown")


async def test_after_an_outage_of_a_month_one_file_is_made(world: World, keeper: FileKeeper) -> None:
    due = await set_up(world)
    late = due + timedelta(days=30, hours=5)
    assert await keeper.look(late) == 1
    assert await keeper.look(late) == 0
    (line,) = await log(world)
    assert due < datetime.fromisoformat(line["planned_for"]) <= late


async def test_of_several_processes_one_makes_it_and_what_one_left_another_makes(
    world: World, keeper: FileKeeper
) -> None:
    due = await set_up(world)
    others = [FileKeeper(world.app.state.services) for _ in range(3)]
    assert sum(await asyncio.gather(*(each.look(due) for each in [keeper, *others]))) == 1
    assert len(await log(world)) == 1
    later = due + timedelta(weeks=1)
    async with world.sessions() as session, session.begin():
        claimed = update(FileScheduleRow).values(claimed_until=later + LEASE)
        await session.exec(claimed)
    assert await keeper.look(later) == 0
    assert await keeper.look(later + LEASE + timedelta(seconds=1)) == 1


async def test_a_file_holds_what_its_account_may_read(world: World, keeper: FileKeeper) -> None:
    due = await set_up(world, reads_as="a-sary-analyst")
    await keeper.look(due)
    (line,) = await log(world)
    assert (line["outcome"], line["sha256"], line["there"]) == ("not_permitted", None, False)
    await set_up(world, reads_as="a-sary-analyst", subject="duties")
    await keeper.look(due + timedelta(weeks=1))
    assert (await log(world))[0]["outcome"] == "kept"
    async with world.sessions() as session, session.begin():
        await session.exec(
            update(AccountRow).where(col(AccountRow.id) == "a-sary-analyst").values(active=False)
        )
    await keeper.look(due + timedelta(weeks=2))
    assert (await log(world))[0]["outcome"] == "not_permitted"


async def test_its_account_and_oversight_fetch_it_and_nobody_else(world: World, keeper: FileKeeper) -> None:
    await keeper.look(await set_up(world))
    allowed = {
        label: (await world.call(label, "GET", FILE)).status_code
        for label in ("uo-analyst", "uo-auditor", "uo-head", "uo-admin", "sary-analyst")
    }
    seen = {
        label: (await world.call(label, "GET", AT)).status_code
        for label in ("uo-analyst", "uo-auditor", "uo-head", "uo-admin", "sary-analyst")
    }
    assert seen == {
        "uo-analyst": 200,
        "uo-auditor": 200,
        "uo-head": 404,
        "uo-admin": 200,
        "sary-analyst": 404,
    }
    assert allowed == seen | {"uo-admin": 404}
    assert (await world.call(None, "GET", FILE)).status_code == 401
    listed = (await world.call("uo-head", "GET", "/registry/file-schedules")).json()
    assert listed == []
    async with world.sessions() as session:
        read = (await session.exec(select(ReadRow.what))).all()
    assert "download_scheduled_file" in read


async def test_whoever_it_is_made_for_from_now_on_has_nothing_of_what_was_made_for_another(
    world: World, keeper: FileKeeper
) -> None:
    await DutyCase(world.sessions).begins()
    await DutyCase(world.sessions, organisation="td-koko", code="KOKO").begins()
    due = await set_up(world, subject="duties")
    await keeper.look(due)
    (line,) = await log(world)
    await set_up(world, subject="duties", reads_as="a-sary-analyst")
    for path in (FILE, f"{FILE}/{line['id']}"):
        assert (await world.call("sary-analyst", "GET", path)).status_code == 404
    assert (await world.call("uo-analyst", "GET", FILE)).status_code == 200, "what was made for it stays"
    await keeper.look(due + timedelta(weeks=1))
    own = await world.call("sary-analyst", "GET", FILE)
    assert [row["mark"] for row in own.json()["rows"]] == ["13.1-SARY"]
    every = (await world.call("uo-analyst", "GET", FILE)).json()["rows"]
    assert {row["mark"] for row in every} == {"13.1-SARY", "13.1-KOKO"}


async def test_what_an_auditor_is_made_a_file_of_is_written_down(world: World, keeper: FileKeeper) -> None:
    await keeper.look(await set_up(world, reads_as="a-uo-auditor"))
    async with world.sessions() as session:
        (row,) = (
            await session.exec(select(ReadRow).where(ReadRow.what == "read_consolidated_register"))
        ).all()
    assert (row.account, row.filters) == ("a-uo-auditor", {"schedule": "weekly"})


@pytest.mark.parametrize("subject", ["consolidated", "published", "duties"])
@pytest.mark.parametrize("written", ["xlsx", "csv", "json", "pdf"])
async def test_every_register_comes_in_every_format_it_has(
    world: World, keeper: FileKeeper, subject: str, written: str
) -> None:
    case = await world.started(ScenarioName.A)
    await case.approved()
    await case.dispatched()
    await case.publishes()
    answer = await registers(world, subject=subject, format=written)
    if (subject, written) in {("published", "pdf"), ("duties", "pdf")}:
        assert (answer.status_code, answer.json()["code"]) == (422, "file_format_not_made")
        assert answer.json()["errors"][0]["pointer"] == "/format"
        return
    await keeper.look(datetime.fromisoformat(answer.json()["next_at"]))
    file = await world.call("uo-analyst", "GET", FILE)
    assert file.status_code == 200, await log(world)
    name = file.headers["content-disposition"]
    assert f".{written}" in name
    match written:
        case "xlsx":
            assert load_workbook(io.BytesIO(file.content)).active is not None
        case "csv":
            (head, *_) = csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")
            assert len(head) > 3
        case "json":
            assert isinstance(json.loads(file.content)["rows"], list)
        case _:
            assert file.content.startswith(b"%PDF")
    if subject == "published":
        assert case.number.encode() in file.content or written == "xlsx"


async def test_a_stopped_one_makes_nothing_and_makes_nothing_up(world: World, keeper: FileKeeper) -> None:
    due = await set_up(world)
    stopped = await registers(world, active=False)
    assert stopped.json()["next_at"] is None
    assert await keeper.look(due + timedelta(days=10)) == 0
    await _as_of(world, due + timedelta(days=10))
    again = await registers(world)
    assert again.json()["active"] is True
    assert await keeper.look(datetime.now(UTC)) == 0


async def _as_of(world: World, moment: datetime) -> None:
    """As if it had been left alone until then."""
    async with world.sessions() as session, session.begin():
        await session.exec(update(FileScheduleRow).values(through=moment))


async def test_what_cannot_be_is_refused(world: World) -> None:
    unknown = await registers(world, reads_as="a-nobody")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "account_unknown")
    for wrong in ({"hour": 24}, {"keep": 0}, {"rhythm": "hours"}, {"subject": "people"}):
        assert (await registers(world, **wrong)).status_code == 422
    assert (await world.call("uo-head", "PUT", AT, json=BODY)).status_code == 403
    assert (await world.call("uo-auditor", "PUT", AT, json=BODY)).status_code == 403
    key = {"Idempotency-Key": "one-intent"}
    first = await world.call("uo-admin", "PUT", AT, json=BODY, headers=key)
    assert (await world.call("uo-admin", "PUT", AT, json=BODY, headers=key)).json() == first.json()


async def test_the_calendar_of_today_decides(world: World, keeper: FileKeeper) -> None:
    due = await set_up(world)
    assert due > datetime.now(UTC)
    assert due.astimezone(UTC).hour == 2, "seven o'clock in Almaty"
    async with world.sessions() as session, session.begin():
        session.add(
            FileMakingRow(
                schedule="weekly",
                made_for="a-uo-analyst",
                planned_for=datetime(2024, 1, 3, tzinfo=UTC),
                at=datetime(2024, 1, 3, tzinfo=UTC),
                outcome="failed",
            )
        )
    await keeper.look(due)
    assert [line["outcome"] for line in await log(world)] == ["kept"], "a log of 400 days"
    assert due.date() > date(2024, 1, 1)
