"""Incidents with personal data: reported, corrected by a next version; by when the authority is told."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from activities.registries.calendars import current_calendar
from activities.registries.local_day import local_day
from tests.api.world import World

PATH = "/personal-data/incidents"
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
NOTICED = NOW - 3 * HOUR
Report = dict[str, object]


def report(**changes: object) -> Report:
    known = {
        "happened": "Хат басқа адамға жіберілген.",
        "noticed_at": NOTICED.isoformat(),
        "kinds": ["contacts", "letters"],
        "persons": "Жұмыс тобының екі мүшесі",
        "count": 2,
        "consequences": "Мекенжай бөгде адамға белгілі болды.",
        "measures": "Мекенжай түзетілді.",
        "responsible": "Үлгі Бірінші, dpo@example.kz",
    }
    return {name: value for name, value in {**known, **changes}.items() if value is not None}


async def reports(
    world: World,
    incident: str,
    said: Report,
    reason: str | None = None,
    *,
    key: str = "",
    who: str = "uo-admin",
) -> tuple[int, Report]:
    body: Report = {"report": said, **({"reason": reason} if reason else {})}
    headers = {"Idempotency-Key": key or uuid4().hex}
    answer = await world.call(who, "PUT", f"{PATH}/{incident}", json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_it_is_reported_and_corrected_and_every_version_stays(world: World) -> None:
    status, first = await reports(world, "i-1", report())
    assert (status, first["version"], first["reason"]) == (200, 1, "")
    async with world.sessions() as session:
        calendar = await current_calendar(session)
    assert first["tell_by"] == calendar.next_working_day(local_day(NOTICED)).isoformat()
    told = {"whom": "№ 12 хат", "at": (NOW - HOUR).isoformat()}
    status, second = await reports(world, "i-1", report(authority=told), "Уәкілетті органға хабарланды")
    assert (status, second["version"]) == (200, 2)
    versions = (await world.call("uo-auditor", "GET", f"{PATH}/i-1")).json()
    assert [each["version"] for each in versions] == [2, 1]
    assert versions[1]["report"]["authority"] is None
    newest = (await world.call("uo-admin", "GET", PATH)).json()
    assert [(each["incident"], each["version"]) for each in newest] == [("i-1", 2)]


async def test_sent_twice_it_is_one_version(world: World) -> None:
    for _ in range(2):
        assert (await reports(world, "i-1", report(), key="once"))[1]["version"] == 1
    assert len((await world.call("uo-admin", "GET", f"{PATH}/i-1")).json()) == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"noticed_at": (NOW + HOUR).isoformat()}, "/report/noticed_at", "moment_to_come"),
        (
            {"authority": {"whom": "x1", "at": (NOTICED - HOUR).isoformat()}},
            "/report/authority/at",
            "told_before_noticed",
        ),
        (
            {"persons_told": {"whom": "x1", "at": (NOW + HOUR).isoformat()}},
            "/report/persons_told/at",
            "moment_to_come",
        ),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "/report/until", "days_backwards"),
        ({"account": "nobody"}, "/report/account", "account_unknown"),
        ({"kinds": []}, "/report/kinds", ""),
        ({"kinds": ["x"]}, "/report/kinds/0", ""),
        ({"happened": " "}, "/report/happened", ""),
        ({"noticed_at": "2026-01-01T10:00:00"}, "/report/noticed_at", ""),
    ],
)
async def test_what_cannot_be_is_told_at_its_field(
    world: World, changes: Report, pointer: str, code: str
) -> None:
    status, problem = await reports(world, "i-1", report(**changes))
    assert status == 422, problem
    assert pointer in str(problem), problem
    assert problem["code"] == (code or "invalid")
    assert (await world.call("uo-admin", "GET", f"{PATH}/i-1")).status_code == 404


async def test_a_correction_says_why_and_corrects_something(world: World) -> None:
    await reports(world, "i-1", report())
    status, problem = await reports(world, "i-1", report(count=3))
    assert (status, problem["code"]) == (422, "correction_without_reason")
    status, problem = await reports(world, "i-1", report(), "Түзету")
    assert (status, problem["code"]) == (409, "nothing_changed")


async def test_an_administrator_writes_and_overseers_read(world: World) -> None:
    await reports(world, "i-1", report())
    for who in ("uo-auditor", "sary-head", "uo-head"):
        assert (await reports(world, "i-2", report(), who=who))[0] == 403
    assert (await world.call("sary-auditor", "GET", PATH)).json() == [], "it is another body's"
    assert (await world.call("sary-auditor", "GET", f"{PATH}/i-1")).status_code == 404
    assert (await world.call("sary-head", "GET", PATH)).status_code == 403
