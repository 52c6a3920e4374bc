"""What is remembered of the registries is never old: two processes, and one of them changes something."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text as sql
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on, names_of, organisation_on
from activities.registries.calendars import current_calendar
from activities.registries.editions import editions_known
from activities.registries.local_day import local_today
from activities.registries.lookup import Lookup, NotOnRecord
from activities.registries.remembered import memory_of, see, seen
from activities.registries.spheres import sphere_names
from activities.registries.successions import known_successions
from api.app import create_app
from models.report.content import Wording, content_sha256
from models.tables.bodies import OrganisationVersionRow
from models.tables.registries import RegistriesRow
from models.vocabulary.procedure import Language
from tests.api.test_under_repair import services_of
from tests.api.world import World

TODAY = local_today()
REGISTRIES = ("organisations", "organisation_versions", "successions", "spheres", "editions", "calendars")


@pytest_asyncio.fixture
async def other(world: World) -> AsyncIterator[World]:
    """The same installation by another process of the API."""
    app = create_app(services_of(world).settings)
    async with AsyncExitStack() as running:
        await running.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app)
        client = await running.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://api.example.kz")
        )
        yield replace(world, app=app, client=client)


async def version_of(world: World) -> str:
    async with world.sessions() as session:
        return (await session.exec(select(RegistriesRow.version))).one()


@pytest.mark.parametrize("table", REGISTRIES)
async def test_every_change_renews_the_version_in_its_own_transaction(world: World, table: str) -> None:
    before = await version_of(world)
    async with world.sessions() as session:
        await session.exec(sql(f"INSERT INTO {table} SELECT * FROM {table} WHERE false"))  # type: ignore[call-overload]
        own = (await session.exec(select(RegistriesRow.version))).one()
        assert own != before
        assert await version_of(world) == before, "nobody else sees it before it is committed"
        await session.rollback()
    assert await version_of(world) == before
    async with world.sessions.begin() as session:
        await session.exec(sql(f"INSERT INTO {table} SELECT * FROM {table} WHERE false"))  # type: ignore[call-overload]
    assert await version_of(world) != before


async def renamed(session: AsyncSession, name: str) -> None:
    mine = col(OrganisationVersionRow.organisation) == "edu-sary"
    await session.exec(update(OrganisationVersionRow).where(mine).values(name_kk=name, name_ru=name))


async def shown(world: World, path: str) -> str:
    answer = await world.call("sary-analyst", "GET", path)
    assert answer.status_code == 200
    return answer.text


async def test_a_page_of_another_process_shows_the_new_name_at_once(world: World, other: World) -> None:
    case = await world.started()
    body = case.state.objects[0].organisation
    await shown(world, case.path)
    await shown(other, case.path)
    changes = {"name_kk": "Жаңа атау", "name_ru": "Новое имя", "name_en": "A new name"}
    changed = await other.call(
        "uo-admin",
        "POST",
        f"/registry/organisations/{body}/versions",
        json={"valid_from": TODAY.isoformat(), "reason": "Қайта аталды", **changes},
    )
    assert changed.status_code in {200, 201}, changed.text
    for process in (world, other):
        assert "Жаңа атау" in await shown(process, case.path)


async def test_only_a_session_that_has_read_the_version_is_told_what_is_remembered(world: World) -> None:
    async def name(session: AsyncSession) -> str:
        return (await names_of(session, TODAY, ["edu-sary"]))["edu-sary"].kk

    async with world.sessions() as reader:
        await see(reader)
        before = await name(reader)
        async with world.sessions.begin() as writer:
            await renamed(writer, "Жаңа")
            assert await name(writer) == "Жаңа", "whoever changes it reads it as it is"
        assert await name(reader) == before, "as of the version it has read"
        await reader.commit()
        assert memory_of(reader) is None, "what it has read is over with its transaction"
        assert await name(reader) == "Жаңа"
    async with world.sessions() as next_one:
        await see(next_one)
        assert await name(next_one) == "Жаңа"


ASKED: dict[str, Callable[[AsyncSession], Awaitable[object]]] = {
    "a body": lambda session: organisation_on(session, "edu-sary", TODAY),
    "a body that nobody knows": lambda session: organisation_on(session, "nobody", TODAY),
    "a body before it was": lambda session: organisation_on(session, "edu-sary", date(1990, 1, 1)),
    "names": lambda session: names_of(session, TODAY, ["edu-sary", "uo", "nobody"]),
    "the authorized body": lambda session: authorized_body_on(session, TODAY),
    "successions": lambda session: known_successions(session, TODAY),
    "spheres": sphere_names,
    "some spheres": lambda session: sphere_names(session, ["land-relations", "nothing"]),
    "editions": editions_known,
    "the calendar": current_calendar,
}


def plain(answer: object) -> object:
    return answer.model_dump() if isinstance(answer, OrganisationVersionRow) else answer


@pytest.mark.parametrize("what", ASKED)
async def test_what_is_remembered_is_what_the_database_says(world: World, what: str) -> None:
    async with world.sessions() as session:
        read = plain(await ASKED[what](session))
        await see(session)
        assert plain(await ASKED[what](session)) == read
        assert plain(await ASKED[what](session)) == read, "from memory"
        memory = memory_of(session)
        assert memory


async def test_a_text_that_is_not_there_yet_is_looked_for_again(world: World) -> None:
    case = await world.started()
    text = Wording(kk="кейін")
    async with world.sessions() as session:
        await see(session)
        version = (await session.exec(select(RegistriesRow.version))).one()
        lookup = Lookup(session, Language.KK, TODAY)
        with pytest.raises(NotOnRecord):
            await lookup.note(content_sha256(text))
        await case.keeps(text)
        seen(session, version)
        assert await lookup.note(content_sha256(text)) == "кейін"
