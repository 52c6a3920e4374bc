"""Who reads personal data of others is written down: at every route that tells of people, once, with what."""

import io
import json
import re
from collections.abc import Iterator
from typing import Final
from zipfile import BadZipFile, ZipFile

import pytest
from httpx import Response
from sqlmodel import col, select

from api import pages
from api.access.personal_reads import PERSONAL_READS
from api.routes import ALL_ROUTERS
from local.mailbox import Mailbox
from models.tables.reads import ReadRow
from models.vocabulary.personal_data import REACHED_BY, PersonalData
from tests.api.posted import posted_in
from tests.api.test_auditor_changes_nothing import addresses
from tests.api.test_routes import policies
from tests.api.world import World
from tests.doors.house import api_routes
from tests.pages.given import people_in

READERS: Final = ("uo-auditor", "uo-admin", "sary-head")
NARROWED: Final = {("list_people", PersonalData.CONTACTS)}  # addresses, for those who keep the registry
_SHA256: Final = re.compile(r"\b[0-9a-f]{64}\b")


async def reads(world: World) -> list[ReadRow]:
    async with world.sessions() as session:
        return list(await session.exec(select(ReadRow).order_by(col(ReadRow.id))))


def text_of(answer: Response) -> str:
    """Of a workbook and a bundle what is inside, too; text in JSON without its escapes."""
    body = answer.content.decode("utf-8", "replace")
    if answer.headers.get("content-type", "").startswith("application/json"):
        body = json.dumps(answer.json(), ensure_ascii=False)
    try:
        with ZipFile(io.BytesIO(answer.content)) as inside:
            return "\n".join(inside.read(each).decode("utf-8", "replace") for each in inside.namelist())
    except BadZipFile:
        return body


def reading_routes() -> Iterator[tuple[str, str]]:
    """Path and name of each route of the API that is read by whoever has an account."""
    for router in ALL_ROUTERS:
        for route in api_routes(list(router.routes)):
            if "GET" in (route.methods or ()) and not route.path.startswith(("/public", "/health")):
                yield route.path, route.name


async def test_every_route_of_the_api_that_tells_of_people_is_declared(
    world: World, mailbox: Mailbox
) -> None:
    async with posted_in(world, mailbox) as posted:
        await posted.asks()
    case = posted.case
    telling: dict[str, set[str]] = {}
    hashes: set[str] = set()
    for path, name in sorted(reading_routes(), key=lambda route: ("{sha256}" in route[0], route)):
        for who in READERS:
            for address in list(addresses(path, case, hashes))[:12]:
                answer = await world.call(who, "GET", address)
                if answer.status_code == 200:
                    told = text_of(answer)
                    hashes |= set(_SHA256.findall(told))
                    telling.setdefault(name, set()).update(people_in(told, who))
    found = {name for name, people in telling.items() if people}
    assert "list_letters" in found, "what is looked for is found"
    undeclared = sorted(found - PERSONAL_READS.keys())
    assert not undeclared, (
        f"{undeclared}: these tell of people: say of which personal data, in api/access/personal_reads.py"
    )


def test_what_is_declared_is_there_and_within_the_reach_that_persons_with_access_are_told() -> None:
    of_api = {route.name: route for router in ALL_ROUTERS for route in api_routes(list(router.routes))}
    of_pages = {route.name for router in pages.ROUTERS for route in api_routes(list(router.routes))}
    assert PERSONAL_READS.keys() <= of_api.keys() | of_pages, "no such route any more"
    for name in PERSONAL_READS.keys() & of_api.keys():
        (policy,) = policies(of_api[name].dependant)
        actions = set(policy.actions)  # type: ignore[attr-defined]
        for kind in PERSONAL_READS[name]:
            reaching = actions & REACHED_BY[kind] or (name, kind) in NARROWED
            assert reaching, f"{name}: {sorted(actions)} are not said to reach {kind.value}"


async def test_a_read_is_written_down_with_who_what_and_of_what(world: World) -> None:
    case = await world.started()
    assert (await world.call("sary-head", "GET", f"{case.path}/letters")).status_code == 200
    assert (await world.call("uo-admin", "GET", "/registry/people")).status_code == 200
    first, second = await reads(world)
    assert (first.account, first.organisation, first.what) == ("a-sary-head", "td-sary", "list_letters")
    assert (first.number, first.path) == (case.number, f"/api/v1{case.path}/letters")
    assert set(first.kinds) == {kind.value for kind in PERSONAL_READS["list_letters"]}
    assert (second.account, second.number, second.what) == ("a-uo-admin", None, "list_people")
    assert "contacts" in second.kinds


async def test_one_request_is_one_line_for_overseers_too(world: World) -> None:
    case = await world.started()
    assert (await world.call("uo-auditor", "GET", f"{case.path}/letters")).status_code == 200
    (row,) = await reads(world)
    assert (row.number, row.what) == (case.number, "list_letters")


async def test_what_tells_of_nobody_is_not_written_down_and_what_was_refused_neither(world: World) -> None:
    case = await world.started()
    assert (await world.call("sary-head", "GET", "/registry/spheres")).status_code == 200
    assert (await world.call("koko-head", "GET", f"{case.path}/letters")).status_code in {403, 404}
    assert (await world.call("sary-head", "GET", "/registry/accounts")).status_code == 403
    assert (await world.call("sary-head", "GET", f"{case.path}/history?type=x")).status_code == 422
    assert await reads(world) == []


@pytest.mark.parametrize(("who", "kept"), [("uo-admin", "…"), ("uo-auditor", "Үлгі")])
async def test_what_was_searched_for_is_kept_of_overseers_alone(world: World, who: str, kept: str) -> None:
    page = await world.client.post("/sign-in", data={"token": world.tokens[who]})
    assert page.status_code == 303
    shown = await world.client.get("/staff/personal-data/persons?q=Үлгі")
    assert shown.status_code == 200, "an unknown parameter is passed over"
    assert (await reads(world))[-1].filters["q"] == kept


async def test_the_log_is_narrowed_by_kind_by_person_and_by_days(world: World) -> None:
    case = await world.started()
    for who, path in (
        ("sary-head", f"{case.path}/letters"),
        ("uo-admin", "/registry/people"),
        ("uo-auditor", "/recommendations"),
    ):
        assert (await world.call(who, "GET", path)).status_code == 200

    async def found(query: str) -> list[str]:
        answer = await world.call("uo-admin", "GET", f"/reads?{query}")
        assert answer.status_code == 200, answer.text
        return [row["what"] for row in answer.json()["items"]]

    assert "list_letters" in await found(f"kind={PersonalData.LETTERS.value}")
    assert "list_people" not in await found(f"kind={PersonalData.LETTERS.value}")
    assert "list_recommendations" not in await found("personal=true")
    assert await found("account=a-sary-head") == ["list_letters"]
    assert await found("until=2020-01-01") == []
    assert "list_people" in await found("since=2020-01-01")
    assert (await world.call("uo-admin", "GET", "/reads?kind=x")).status_code == 422


async def test_an_auditor_of_a_body_sees_who_read_what_is_its_own(world: World) -> None:
    case = await world.started()
    await world.call("sary-head", "GET", f"{case.path}/letters")
    await world.call("uo-admin", "GET", "/registry/people")
    rows = (await world.call("sary-auditor", "GET", "/reads?personal=true")).json()["items"]
    assert [row["account"] for row in rows if row["account"] != "a-sary-auditor"] == ["a-sary-head"]
