"""Registries and settings: effective-dated, changed by administrators only, every change on record."""

from datetime import UTC, datetime, timedelta

from local.samples import load_calendar
from models.calendar.csv import write_calendar
from models.vocabulary.editions import ORDER_192
from tests.api.world import World

BODY = "/registry/organisations/td-sary"


async def test_bodies_are_known_as_of_a_day(world: World) -> None:
    then = await world.call("sary-analyst", "GET", "/registry/organisations/uo?on=2025-06-01")
    now = await world.call("sary-analyst", "GET", "/registry/organisations/uo")
    assert then.json()["web_resource"] != now.json()["web_resource"]
    versions = await world.call("sary-analyst", "GET", "/registry/organisations/uo/versions")
    assert len(versions.json()) == 2
    kinds = await world.call("sary-analyst", "GET", "/registry/organisations?kind=authorized_body")
    assert [line["organisation"] for line in kinds.json()] == ["uo"]
    missing = await world.call("sary-analyst", "GET", "/registry/organisations/nobody")
    assert (missing.status_code, missing.json()["code"]) == (404, "organisation_unknown")


async def test_a_change_begins_a_version_and_keeps_the_former_one(world: World) -> None:
    change = {"email": "zhana@example.kz", "reason": "Мекенжай өзгерді"}
    denied = await world.call("sary-head", "POST", f"{BODY}/versions", json=change)
    assert denied.status_code == 403
    before = (await world.call("uo-admin", "GET", BODY)).json()
    changed = await world.call("uo-admin", "POST", f"{BODY}/versions", json=change)
    assert changed.status_code == 201, changed.text
    today = changed.json()["valid_from"]
    versions = (await world.call("uo-admin", "GET", f"{BODY}/versions")).json()
    assert [v["email"] for v in versions[-2:]] == [before["email"], "zhana@example.kz"]
    yesterday = datetime.fromisoformat(today).date() - timedelta(days=1)
    assert versions[-2]["valid_until"] == yesterday.isoformat()
    assert changed.json()["name_kk"] == before["name_kk"]
    mended = await world.call(
        "uo-admin", "POST", f"{BODY}/versions", json=change | {"email": "zhanga@example.kz"}
    )
    assert mended.status_code == 201, "a typing mistake is mended on the same day"
    early = await world.call(
        "uo-admin", "POST", f"{BODY}/versions", json=change | {"valid_from": "2025-01-01"}
    )
    assert (early.status_code, early.json()["code"]) == (409, "version_not_later")
    log = (await world.call("uo-admin", "GET", "/commands")).json()
    assert [line["name"] for line in log] == ["register_organisation_version"] * 2
    assert log[0]["actor"]["account"] == "a-uo-admin"


async def test_a_new_body_needs_what_must_be_known_of_it(world: World) -> None:
    path = "/registry/organisations/new-body/versions"
    bare = await world.call("uo-admin", "POST", path, json={"reason": "Құрылды", "code": "NEWB"})
    assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (422, "/kind")
    whole = {
        "code": "NEWB",
        "kind": "state_organisation",
        "name_kk": "Жаңа ұйым",
        "name_ru": "Новая организация",
        "legal_person": "new-body",
        "reason": "Құрылды",
    }
    created = await world.call("uo-admin", "POST", path, json=whole)
    assert created.status_code == 201, created.text
    taken = await world.call("uo-admin", "POST", "/registry/organisations/another-body/versions", json=whole)
    assert (taken.status_code, taken.json()["code"]) == (409, "code_taken")


async def test_people_councils_and_spheres(world: World) -> None:
    person = {"name": "Үлгі Адам", "email": "adam@example.kz", "reason": "Жаңа"}
    put = await world.call("uo-admin", "PUT", "/registry/people/p-new", json=person)
    assert put.status_code == 200, put.text
    people = (await world.call("uo-admin", "GET", "/registry/people")).json()
    assert put.json() in people
    council = {
        "kind": "public_council",
        "name_kk": "Кеңес",
        "name_ru": "Совет",
        "organisation": "akimat-sary",
        "secretary": "p-nobody",
        "reason": "Құрылды",
    }
    unknown = await world.call("uo-admin", "PUT", "/registry/councils/council-new", json=council)
    assert (unknown.status_code, unknown.json()["code"]) == (422, "person_unknown")
    known = council | {"secretary": "p-new"}
    assert (
        await world.call("uo-admin", "PUT", "/registry/councils/council-new", json=known)
    ).status_code == 200
    sphere = {"name_kk": "Сала", "name_ru": "Сфера", "reason": "Жаңа"}
    assert (await world.call("uo-admin", "PUT", "/registry/spheres/new", json=sphere)).status_code == 200
    assert (await world.call("sary-head", "PUT", "/registry/spheres/new", json=sphere)).status_code == 403


async def test_people_are_known_to_those_who_need_them(world: World) -> None:
    async def listed(who: str) -> list[dict[str, str | None]]:
        answer = await world.call(who, "GET", "/registry/people")
        assert answer.status_code == 200, answer.text
        people: list[dict[str, str | None]] = answer.json()
        return people

    everybody = await listed("uo-admin")
    assert all(person["email"] for person in everybody)
    without = [{**person, "email": None} for person in everybody]
    for who in ("uo-analyst", "uo-auditor", "sary-head", "koko-analyst"):
        assert await listed(who) == without, who
    for who, own in {
        "citizen-head": "citizen-1",
        "ashyk-analyst": "ashyk-kezek",
        "akimat-head": "akimat-sary",
    }.items():
        assert await listed(who) == [person for person in without if person["organisation"] == own], who


async def test_calendar_is_read_explained_and_followed_by_an_edition(world: World) -> None:
    view = (await world.call("sary-analyst", "GET", "/calendar")).json()
    assert view["edition"]["id"] == load_calendar().id
    explained = await world.call("sary-analyst", "GET", "/calendar/explain?from=2026-03-19&working_days=5")
    assert explained.status_code == 200, explained.text
    year = (await world.call("sary-analyst", "GET", "/calendar/years/2026")).json()
    assert year["working_days"] == sum(month["working_days"] for month in year["months"])
    csv = write_calendar(load_calendar().model_copy(update={"id": "kz-2026.9"}))
    body = {"csv": csv, "reason": "Ауыстыру жарияланды"}
    assert (await world.call("sary-analyst", "POST", "/calendar", json=body)).status_code == 403
    assert (await world.call("uo-admin", "POST", "/calendar", json=body)).status_code == 201
    again = await world.call("uo-admin", "POST", "/calendar", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "edition_exists")
    assert (await world.call("uo-admin", "GET", "/calendar")).json()["edition"]["id"] == "kz-2026.9"
    sunday = csv.replace("kz-2026.9", "kz-2026.10").rstrip() + "\n2027-12-26,closure,А,А,A,\n"
    closed = await world.call("uo-admin", "POST", "/calendar", json=body | {"csv": sunday})
    assert (closed.status_code, closed.json()["code"]) == (422, "calendar_day_off_on_weekend")
    broken = await world.call("uo-admin", "POST", "/calendar", json=body | {"csv": "nonsense"})
    assert (broken.status_code, broken.json()["code"]) == (422, "calendar_csv_head")


async def test_editions_of_the_rules_are_added_and_never_rewritten(world: World) -> None:
    later = ORDER_192.model_copy(
        update={"id": "192-2027", "in_force_from": datetime(2027, 1, 1, tzinfo=UTC).date()}
    )
    body = {"edition": later.model_dump(mode="json"), "reason": "Жаңа редакция"}
    assert (await world.call("uo-admin", "POST", "/editions", json=body)).status_code == 201
    again = await world.call("uo-admin", "POST", "/editions", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "edition_exists")
    early = later.model_dump(mode="json") | {"id": "192-2020", "in_force_from": "2020-01-01"}
    before_its_order = await world.call("uo-admin", "POST", "/editions", json=body | {"edition": early})
    assert (before_its_order.status_code, before_its_order.json()["code"]) == (
        422,
        "edition_before_its_order",
    )
    listed = (await world.call("sary-analyst", "GET", "/editions")).json()
    assert [edition["id"] for edition in listed] == [ORDER_192.id, "192-2027"]


async def test_how_to_reach_a_natural_person_is_not_for_everybody(world: World) -> None:
    path = "/registry/organisations/citizen-1"

    async def contacts(who: str) -> list[set[str]]:
        one = (await world.call(who, "GET", path)).json()
        versions = (await world.call(who, "GET", f"{path}/versions")).json()
        listed = (await world.call(who, "GET", "/registry/organisations?kind=natural_person")).json()
        own = [line for line in listed if line["organisation"] == "citizen-1"]
        return [{line[field] for field in ("email", "phone", "address")} for line in (one, *versions, *own)]

    for who in ("ashyk-analyst", "uo-auditor", "akimat-head"):
        assert all(seen == {""} for seen in await contacts(who)), who
    for who in ("citizen-head", "uo-admin"):
        assert all(seen - {""} for seen in await contacts(who)), who
    body = (await world.call("ashyk-analyst", "GET", "/registry/organisations/akimat-sary")).json()
    assert body["email"]


async def test_no_body_is_above_itself(world: World) -> None:
    def change(superior: str) -> dict[str, str]:
        return {"superior": superior, "reason": "Бағыныстылық өзгерді"}

    async def put(organisation: str, superior: str) -> tuple[int, str]:
        path = f"/registry/organisations/{organisation}/versions"
        answer = await world.call("uo-admin", "POST", path, json=change(superior))
        return answer.status_code, answer.json().get("code", "")

    assert await put("clinic-2", "clinic-2") == (422, "superior_of_itself")
    assert await put("clinic-2", "akimat-sary") == (201, "")
    assert await put("akimat-sary", "clinic-2") == (422, "superior_of_itself")
