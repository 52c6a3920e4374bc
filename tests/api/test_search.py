"""One search for the API, the desk and the public pages; nobody finds by words that they may not read."""

from sqlalchemy import text as sql

from local.samples import ScenarioName, content_of, load_scenario
from models.events import CoConductorNamed
from models.report.content import Wording
from models.vocabulary.procedure import Language, Role
from tests.api.on_file import FiledCase, freeze
from tests.api.test_migrations import alembic
from tests.api.world import Case, World, body
from tests.fixtures.stack import SeededDatabase

STAFF = ("sary-analyst", "uo-analyst", "uo-auditor", "akimat-analyst", "koko-analyst")
DRAFTED, APPROVED = "Қоймадағы тауарлар есепке алынбаған", "Орындықтардың кезегі жабық"


async def found_by(world: World, who: str | None, text: str) -> list[str]:
    path = "/monitorings" if who else "/public/monitorings"
    answer = await world.call(who, "GET", path, params={"text": text})
    assert answer.status_code == 200, answer.text
    return [line["number"] for line in answer.json()["items"]]


async def readers(world: World, text: str) -> set[str | None]:
    """Who finds something."""
    return {who for who in (*STAFF, None) if await found_by(world, who, text)}


async def reporting(world: World, text: str) -> Case:
    """A monitoring that has begun, whose report will have findings of this text."""
    scenario, number = load_scenario(ScenarioName.B), "2026-SARY-0009"
    content = content_of(scenario, number)
    findings = tuple(each.model_copy(update={"text": Wording(kk=text)}) for each in content.findings)
    report = content.model_copy(update={"findings": findings})
    case = FiledCase(world, ScenarioName.B, number, report=report)
    await freeze(world, report)
    await case.start()
    return case


async def drafts(case: Case, text: str) -> None:
    body = {"id": "f9", "text": {"kk": text}}
    headers = {"Idempotency-Key": f"draft-{len(text)}"}
    sent = await case.world.call("sary-analyst", "POST", f"{case.path}/findings", json=body, headers=headers)
    assert sent.status_code == 201, sent.text


async def test_a_number_is_found_by_any_part_and_with_any_dash(world: World) -> None:
    case, other = await world.started(), await world.started()
    year, code, serial = case.number.split("-")
    for typed in (
        case.number,
        f"№ {year}–{code}–{serial}.",
        f"{code}-{serial}",
        f"{year}-{code.replace('A', 'А')}-{serial}",  # a Cyrillic А
        serial,
        serial.lstrip("0"),
    ):
        assert case.number in await found_by(world, "sary-analyst", typed), typed
    assert await found_by(world, "sary-analyst", other.number) == [other.number]


async def test_words_are_found_by_their_stems_and_by_their_beginnings(world: World) -> None:
    case = await world.started()
    await drafts(case, "Аудан әкімдігіндегі мектептердегі тексерістің нәтижелері")
    for typed in (
        "әкімдік",
        "мектептердің",
        "тексерiс",
        "нәтижелер",
        "мектеп әкімдіктер",
        "нәти",
        "тек\u00adсеріс",
    ):
        assert await found_by(world, "sary-analyst", typed) == [case.number], typed
    for typed in ("әкімшілік", "мемлекетсіз", "әкімдік балабақша"):
        assert await found_by(world, "sary-analyst", typed) == [], typed


async def test_russian_words_are_found_by_stems(world: World) -> None:
    case = await world.started()
    await drafts(case, "Проверки закупок в поликлиниках")
    for typed in ("проверка", "закупками поликлиника", "ПОЛИКЛИНИК"):
        assert await found_by(world, "sary-analyst", typed) == [case.number], typed


async def test_bodies_and_spheres_are_found_by_the_names_they_bear(world: World) -> None:
    case = await world.started()
    listed = (await world.call("sary-analyst", "GET", case.path)).json()
    for named in (*listed["conductors"], *listed["objects"], *listed["spheres"]):
        for language in Language:
            name = named["name"][language.value]
            assert case.number in await found_by(world, "sary-analyst", name), name
    land = listed["objects"][0]["id"]
    renamed = {"name_kk": "Жаңа аталған мекеме", "reason": "№ 1"}
    answer = await world.call(
        "uo-admin",
        "POST",
        f"/registry/organisations/{land}/versions",
        json=renamed,
        headers={"Idempotency-Key": "rename-1"},
    )
    assert answer.status_code == 201, answer.text
    assert await found_by(world, "sary-analyst", "жаңа мекемелердің аталған") == [case.number]


async def test_nobody_finds_by_words_that_they_may_not_read(world: World) -> None:
    case = await reporting(world, APPROVED)
    await drafts(case, DRAFTED)
    own, sent = {"sary-analyst", "uo-auditor"}, {"uo-analyst"}
    assert await readers(world, "тауар") == own
    assert await readers(world, "орындық") == set()
    await case.approved()
    assert await readers(world, "орындық") == own
    await case.dispatched()
    assert await readers(world, "орындық") == own | sent
    assert await readers(world, "қоймада") == own, "a draft stays the conductor's"
    await case.publishes()
    assert await readers(world, "орындықтарды") == own | sent | {None}
    assert await readers(world, "тауарлар") == own


async def test_each_kind_of_text_is_found_by_whom_it_opens_for(world: World) -> None:
    """Rule 2: whoever is named a co-conductor reads that it is, and nothing of drafts or of the report."""
    case = await reporting(world, APPROVED)
    await drafts(case, DRAFTED)
    named = CoConductorNamed(body=body("health-sary"), agreement=None)
    await case.happens(case.actor(Role.ANALYST), named)
    await found_where_opened(case, set())
    await case.approved()
    await found_where_opened(case, {"approved"})
    await case.dispatched()
    await found_where_opened(case, {"approved"})
    await case.publishes()
    await found_where_opened(case, {"approved", "published"})


async def found_where_opened(case: Case, there: set[str]) -> None:
    """For everybody with an account: what is found is what a page opens."""
    world = case.world
    for who in sorted(world.tokens):
        opened = {
            "title": await opens(world, who, case.path),
            "draft": await opens(world, who, f"{case.path}/draft"),
            "published": "published" in there and await opens(world, who, case.path),
        }
        versions = await world.call(who, "GET", f"{case.path}/report/versions")
        opened["approved"] = "approved" in there and versions.status_code == 200 and bool(versions.json())
        for text, may in (
            (case.number, opened["title"]),
            ("қоймадағы", opened["draft"]),
            ("орындықтардың", opened["approved"] or opened["published"]),
        ):
            assert (case.number in await found_by(world, who, text)) is may, (who, text, there)


async def opens(world: World, who: str, path: str) -> bool:
    return (await world.call(who, "GET", path)).status_code == 200


async def test_an_empty_text_narrows_nothing(world: World) -> None:
    case = await world.started()
    for text in ("", "  "):
        assert await found_by(world, "sary-analyst", text) == [case.number]
        assert await found_by(world, None, text) == []


async def test_a_text_without_words_is_asked_for_some(world: World) -> None:
    answer = await world.call("sary-analyst", "GET", "/monitorings", params={"text": "—«»"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_what_was_on_file_before_the_search_is_found_likewise(
    world: World, seeded_database: SeededDatabase
) -> None:
    case = await reporting(world, APPROVED)
    await drafts(case, DRAFTED)
    await case.approved()
    await case.publishes()
    kept = await words_on_file(world)
    assert {kind for kind, *_ in kept} == {"title", "draft", "approved", "published", "body", "sphere"}
    alembic(seeded_database.url, "downgrade", "0012")
    alembic(seeded_database.url, "upgrade", "head")
    assert await words_on_file(world) == kept


async def words_on_file(world: World) -> list[tuple[str, ...]]:
    async with world.sessions() as session:
        rows = sql("SELECT kind, subject, part, words::text FROM searched ORDER BY kind, subject, part")
        return [tuple(row) for row in (await session.exec(rows)).all()]  # type: ignore[call-overload]
