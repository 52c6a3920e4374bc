"""Bodies come and go by the registry (rules 2, 13): abolished with an act, of one kind on one day."""

from datetime import date, timedelta

import httpx

from activities.registries.briefing import bodies_that_owe, in_force_on
from models.vocabulary.procedure import Id
from tests.api.world import World

DIVISION = "/registry/organisations/td-sary"
ACT = "Таратылды, № 7 бұйрық"


async def _exists_until(world: World, organisation: Id, today: date) -> date | None:
    """As the duties hear of it."""
    async with world.sessions() as session:
        ground = await in_force_on(session, today)
        assert ground is not None
        owing = await bodies_that_owe(session, ground, today)
    (briefing,) = [each.briefing for each in owing if each.briefing.body.organisation == organisation]
    return briefing.exists_until


async def _today(world: World) -> date:
    noted = await world.call("uo-admin", "POST", f"{DIVISION}/versions", json={"reason": "Тексерілді"})
    return date.fromisoformat(noted.json()["valid_from"])


async def _abolished(world: World, path: str, last_day: date) -> httpx.Response:
    body = {"last_day": last_day.isoformat(), "reason": ACT}
    return await world.call("uo-admin", "POST", f"{path}/abolition", json=body)


async def test_a_division_is_abolished_and_its_duties_hear_of_its_last_day(world: World) -> None:
    today = await _today(world)
    last_day = today + timedelta(days=30)
    ended = await _abolished(world, DIVISION, last_day)
    assert ended.status_code == 201, ended.text
    assert (ended.json()["valid_until"], ended.json()["reason"]) == (last_day.isoformat(), ACT)
    assert await _exists_until(world, "td-sary", today) == last_day
    versions = (await world.call("uo-auditor", "GET", f"{DIVISION}/versions")).json()
    assert [v["reason"] for v in versions[-2:]] == ["Тексерілді", ACT]
    after = await world.call("uo-admin", "GET", f"{DIVISION}?on={last_day + timedelta(days=1)}")
    assert after.status_code == 404
    again = await _abolished(world, DIVISION, last_day + timedelta(days=5))
    assert (again.status_code, again.json()["code"]) == (422, "abolished_already")


async def test_a_change_that_is_known_ahead_ends_nothing(world: World) -> None:
    today = await _today(world)
    ahead = {"name_kk": "Жаңа атау", "reason": "Атауы өзгереді", "valid_from": f"{today + timedelta(days=9)}"}
    assert (await world.call("uo-admin", "POST", f"{DIVISION}/versions", json=ahead)).status_code == 201
    assert await _exists_until(world, "td-sary", today) is None


async def test_rule_2_the_only_authorized_body_is_not_abolished(world: World) -> None:
    refused = await _abolished(world, "/registry/organisations/uo", date(2030, 1, 1))
    assert (refused.status_code, refused.json()["code"], refused.json()["rule"]) == (
        422,
        "authorized_body_needed",
        "2",
    )
    unknown = await _abolished(world, "/registry/organisations/nobody", date(2030, 1, 1))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "organisation_unknown")


async def test_a_body_is_of_one_kind_on_one_day_and_its_superior_is_known(world: World) -> None:
    today = await _today(world)
    other = {"kind": "other_legal_person", "reason": "Қайта құрылды"}
    same_day = await world.call("uo-admin", "POST", f"{DIVISION}/versions", json=other)
    assert (same_day.status_code, same_day.json()["code"]) == (422, "kind_from_a_later_day")
    tomorrow = today + timedelta(days=1)
    later = other | {"valid_from": tomorrow.isoformat()}
    assert (await world.call("uo-admin", "POST", f"{DIVISION}/versions", json=later)).status_code == 201
    assert await _exists_until(world, "td-sary", tomorrow) == today
    lost = {"superior": "nope", "reason": "Бағыныстылық өзгерді"}
    unknown = await world.call("uo-admin", "POST", "/registry/organisations/clinic-2/versions", json=lost)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/superior")
