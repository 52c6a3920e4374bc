"""An administrator keeps the calendar: every change is the next edition, with its reason."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import delete

from activities.registries.calendars import current_calendar
from api.calendar.seed import seed_edition, superseded_edition
from api.http.deps import present
from models.calendar.csv import read_calendar
from models.calendar.edition import CalendarEdition
from models.tables.calendars import CalendarRow
from tests.api.world import World
from tests.keeping import triggers_sleep

Json = dict[str, Any]
DAYS = "/calendar/days"
REASON = {"reason": "Үкімет қаулысы"}
NAMES = {"kk": "Демалыс күні", "ru": "Выходной день", "en": "Day off"}
TODAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def first_of_july(world: World) -> None:
    """The new Constitution comes into force today."""
    world.app.dependency_overrides[present] = lambda: datetime(2026, 7, 1, 5, tzinfo=UTC)


def declared(on: date, kind: str = "closure", act: str = "№ 512") -> Json:
    return {"on": on.isoformat(), "kind": kind, "names": NAMES, "act": act}


async def newest_tag(world: World) -> str:
    answer = await world.call("sary-analyst", "GET", "/calendar")
    return answer.headers["etag"]


async def change(
    world: World, *days: Json, who: str = "uo-admin", tag: str | None = None, **more: object
) -> httpx.Response:
    headers = {"If-Match": tag or await newest_tag(world)}
    body = {"declare": list(days), **REASON, **more}
    return await world.call(who, "POST", DAYS, json=body, headers=headers)


async def ends(world: World, **asked: object) -> Json:
    answer = await world.call("sary-analyst", "GET", "/calendar/explain", params=asked)
    assert answer.status_code == 200, answer.text
    explained: Json = answer.json()
    return explained


async def knows_only(world: World, edition: CalendarEdition) -> None:
    """The calendar as it was announced, and nothing since."""
    async with world.sessions() as session, session.begin():
        await triggers_sleep(session)
        await session.exec(delete(CalendarRow))
        session.add(
            CalendarRow(
                edition=edition.id,
                body=edition.model_dump(mode="json"),
                reason="Жарияланған күнтізбе",
                at=datetime(2025, 12, 20, tzinfo=UTC),
            )
        )


async def test_the_lesson_of_2026_is_one_change(world: World) -> None:
    await knows_only(world, superseded_edition(seed_edition()))
    asked = {"from": "2026-08-20", "working_days": 15}
    assert (await ends(world, **asked))["explanation"]["result"] == "2026-09-11"
    removed = await change(world, declared(date(2027, 3, 15), "holiday"), remove=["2026-08-30", "2026-08-31"])
    assert removed.status_code == 201, removed.text
    assert removed.json()["edition"]["id"] == "kz-2026.3"
    assert (await ends(world, **asked))["explanation"]["result"] == "2026-09-10"
    then = await ends(world, **asked, edition="kz-2026.2")
    skipped = {day["on"]: day["day"] for day in then["explanation"]["days"] if day["day"]}
    assert then["explanation"]["result"] == "2026-09-11", "what was told then can still be explained"
    assert skipped["2026-08-31"]["kind"] == "transferred_day_off"
    lines = (await world.call("sary-analyst", "GET", "/calendar/editions")).json()
    assert [(line["edition"], line["account"], line["reason"]) for line in lines] == [
        ("kz-2026.3", "a-uo-admin", "Үкімет қаулысы"),
        ("kz-2026.2", None, "Жарияланған күнтізбе"),
    ]
    assert lines[0]["changes"]["opened"] == ["2026-08-31"]
    assert lines[1]["changes"] is None
    log = (await world.call("uo-admin", "GET", "/commands")).json()
    assert [line["name"] for line in log] == ["declare_calendar_days"]


async def test_a_transfer_is_declared_as_two_days_of_one_edition(world: World) -> None:
    friday, saturday = date(2026, 10, 23), date(2026, 10, 31)
    done = await change(world, declared(friday, "transferred_day_off"), declared(saturday, "working_weekend"))
    assert done.headers["etag"] == '"kz-2026.4"' == await newest_tag(world)
    told = await ends(world, **{"from": "2026-10-22", "until": "2026-10-31"})
    assert told["explanation"]["working_days"] == 5  # 26 is the day off of Republic Day
    assert told["days"][-1]["reason"] == "working_weekend"
    assert told["days"][-1]["day"]["act"] == "№ 512"
    assert [day["number"] for day in told["days"] if day["number"]] == [1, 2, 3, 4, 5]
    changes = (await world.call("uo-auditor", "GET", "/calendar/editions/kz-2026.4/changes")).json()
    assert (changes["earlier"], changes["later"]) == ("kz-2026.3", "kz-2026.4")
    assert (changes["changes"]["closed"], changes["changes"]["opened"]) == (
        [friday.isoformat()],
        [saturday.isoformat()],
    )
    first = (await world.call("uo-auditor", "GET", "/calendar/editions/kz-2026.3/changes")).json()
    assert first["earlier"] == first["later"], "nothing was before it"
    back = await world.call(
        "uo-auditor", "GET", "/calendar/editions/kz-2026.3/changes", params={"since": "kz-2026.4"}
    )
    assert back.json()["changes"]["closed"] == [saturday.isoformat()]


async def test_two_administrators_do_not_lose_each_other_s_change(world: World) -> None:
    tag = await newest_tag(world)
    answers = await asyncio.gather(
        *(change(world, declared(date(2026, 8, day)), tag=tag) for day in (11, 12, 13))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412]
    lost = next(answer.json() for answer in answers if answer.status_code == 412)
    assert lost["code"] == "calendar_changed_meanwhile"
    assert "kz-2026.4" in lost["detail"]
    for day, answer in zip((11, 12, 13), answers, strict=True):
        if answer.status_code == 412:
            assert (await change(world, declared(date(2026, 8, day)))).status_code == 201
    now = (await world.call("uo-admin", "GET", "/calendar")).json()["edition"]
    assert {"2026-08-11", "2026-08-12", "2026-08-13"} <= {day["on"] for day in now["days"]}
    assert now["id"] == "kz-2026.6"


async def test_the_same_request_twice_is_one_edition(world: World) -> None:
    headers = {"If-Match": await newest_tag(world), "Idempotency-Key": "a-closure"}
    body = {"declare": [declared(date(2026, 8, 11))], **REASON}
    first, second = [await world.call("uo-admin", "POST", DAYS, json=body, headers=headers) for _ in "12"]
    assert (first.status_code, second.json()) == (201, first.json())
    assert len((await world.call("uo-admin", "GET", "/calendar/editions")).json()) == 2


async def test_who_has_not_read_it_changes_nothing(world: World) -> None:
    body = {"declare": [declared(date(2026, 8, 11))], **REASON}
    blind = await world.call("uo-admin", "POST", DAYS, json=body)
    assert (blind.status_code, blind.json()["code"]) == (428, "revision_required")
    assert (await change(world, declared(date(2026, 8, 11)), who="uo-head")).status_code == 403
    for tag in ('"kz-2026.2"', "kz-2026.3", "*", 'W/"kz-2026.3"'):
        assert (await change(world, declared(date(2026, 8, 11)), tag=tag)).status_code == 412, tag


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (declared(date(2026, 8, 11), "working_weekend"), "calendar_working_day_on_weekday"),
        (declared(date(2026, 8, 8), "transferred_day_off"), "calendar_day_off_on_weekend"),
        (declared(date(2026, 8, 8)), "calendar_day_off_on_weekend"),
        (declared(TODAY - timedelta(days=400)), "calendar_day_out_of_reach"),
        (declared(date(2032, 1, 5)), "calendar_day_out_of_reach"),
    ],
)
async def test_a_day_that_cannot_be_is_refused_in_a_sentence(world: World, day: Json, code: str) -> None:
    for language in ("kk", "ru", "en"):
        answer = await world.call(
            "uo-admin",
            "POST",
            DAYS,
            json={"declare": [day], **REASON},
            headers={"If-Match": await newest_tag(world), "Accept-Language": language},
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert day["on"] not in answer.json()["detail"], "a date is said as people say it"
        assert "{" not in answer.json()["detail"]


async def test_a_day_nobody_declared_cannot_be_taken_back(world: World) -> None:
    answer = await change(world, remove=["2026-08-11"])
    assert (answer.status_code, answer.json()["code"]) == (422, "calendar_day_unknown")
    nothing = await change(world)
    assert (nothing.status_code, nothing.json()["code"]) == (422, "calendar_unchanged")


@pytest.mark.parametrize(
    "spoiled",
    [
        {"names": {**NAMES, "ru": "=HYPERLINK(1)"}},
        {"names": {**NAMES, "kk": "a\x00b"}},
        {"names": {"kk": "Күн"}},
        {"act": ""},
        {"act": "@cmd"},
        {"on": "9999-12-31"},
        {"kind": "party"},
    ],
)
async def test_a_day_is_named_in_three_languages_and_rests_on_an_act(world: World, spoiled: Json) -> None:
    answer = await change(world, {**declared(date(2026, 8, 11)), **spoiled})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["pointer"].startswith("/declare/0/")


async def test_a_year_becomes_certain_when_its_transfers_are_announced(world: World) -> None:
    asked = {"from": "2026-12-10", "working_days": 15}
    assert (await ends(world, **asked))["explanation"]["provisional"]
    assert (await change(world, announced_through="2027-12-31")).status_code == 201
    now = (await ends(world, **asked))["explanation"]
    assert (now["result"], now["provisional"]) == ("2027-01-05", False)
    earlier = await change(world, announced_through="2026-12-31")
    assert earlier.json()["code"] == "calendar_announced_earlier"


async def test_any_edition_leaves_as_a_spreadsheet_and_comes_back(world: World) -> None:
    await change(world, declared(date(2026, 8, 11)))
    answer = await world.call("uo-auditor", "GET", "/calendar/editions/kz-2026.4/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "calendar-kz-2026.4.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf"), "else a spreadsheet misreads Kazakh letters"
    edition = read_calendar(answer.content.decode())
    kept = (await world.call("uo-auditor", "GET", "/calendar/editions/kz-2026.4")).json()
    assert edition == CalendarEdition.model_validate(kept["edition"])
    body = {"csv": answer.text.replace("kz-2026.4", "kz-2026.5"), **REASON}
    stale = await world.call("uo-admin", "POST", "/calendar", json=body, headers={"If-Match": '"kz-2026.3"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "calendar_changed_meanwhile")
    again = await world.call("uo-admin", "POST", "/calendar", json=body, headers={"If-Match": '"kz-2026.4"'})
    assert (again.status_code, again.headers["etag"]) == (201, '"kz-2026.5"')
    missing = await world.call("uo-auditor", "GET", "/calendar/editions/kz-1999.1/csv")
    assert (missing.status_code, missing.json()["code"]) == (404, "calendar_edition_unknown")


@pytest.mark.parametrize(
    "csv",
    [
        '"' + "x" * 200_000,
        "edition,=1+1\nannounced_through,2026-12-31\ndate,kind,kk,ru,en,act\n",
        "edition,x\nannounced_through,2026-12-31\ndate,kind,kk,ru,en,act\n2026-06-01,closure,a\x00,b,c,d\n",
        "edition,x\nannounced_through,2026-12-31\ndate,kind,kk,ru,en,act\n"
        + "2026-06-01,closure,a,b,c,d\n" * 5_000,
    ],
)
async def test_a_bad_file_is_refused_and_never_a_fault(world: World, csv: str) -> None:
    answer = await world.call("uo-admin", "POST", "/calendar", json={"csv": csv, **REASON})
    assert answer.status_code == 422, answer.text
    # A character that no text may hold is refused before the file is read.
    assert answer.json()["code"].startswith("invalid" if "\x00" in csv else "calendar_csv_")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"from": "2026-08-20"}, "calendar_count_ambiguous"),
        ({"from": "2026-08-20", "working_days": 1, "until": "2026-08-21"}, "calendar_count_ambiguous"),
        ({"from": "2026-08-20", "until": "2026-08-19"}, "calendar_until_before_from"),
        ({"from": "2026-08-20", "until": "2040-08-19"}, "calendar_span_too_long"),
        ({"from": "2026-08-20", "working_days": -1}, "invalid"),
        ({"working_days": 5}, "invalid"),
    ],
)
async def test_a_question_that_has_no_answer_is_refused(world: World, asked: Json, code: str) -> None:
    answer = await world.call("sary-analyst", "GET", "/calendar/explain", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_years_are_previewed_by_any_edition(world: World) -> None:
    await change(world, declared(date(2026, 8, 11)))
    now, then = [
        (await world.call("sary-analyst", "GET", "/calendar/years/2026", params=asked)).json()
        for asked in ({}, {"edition": "kz-2026.3"})
    ]
    assert now["working_days"] == then["working_days"] - 1
    assert (now["edition"], then["edition"]) == ("kz-2026.4", "kz-2026.3")


async def test_a_monitoring_that_begins_now_pins_the_newest_edition(world: World) -> None:
    await change(world, declared(date(2026, 8, 11)))
    async with world.sessions() as session:
        pinned = await current_calendar(session)
    assert pinned.edition == "kz-2026.4"
    assert date(2026, 8, 11) in pinned.closed
