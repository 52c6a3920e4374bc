"""What goes wrong on a page undoes what was begun, and is told as a page: not in JSON, not half done."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from starlette.exceptions import HTTPException
from starlette.responses import Response

from activities.database.sessions import engine_for, sessions_for
from api.app import create_app, told
from api.http.deps import Session
from api.http.guard import Guard
from api.http.problems import install
from api.pages.site.routing import page_router
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from api.problems.problem import ProblemCode, conflict, unavailable
from api.services.limits import TooMany
from api.services.services import Services
from api.services.temporal import Temporal
from local.ports import LOOPBACK, free_port
from models.settings.environment import Settings
from models.tables.content import NoteRow
from tests.doors.house import House, readings
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws

FAULTS = {
    "fault": (RuntimeError("ours"), 500),
    "database": (OperationalError("SELECT", {}, Exception("away")), 503),
    "away": (OSError("away"), 503),
    "failed": (conflict(ProblemCode.CODE_TAKEN), 400),
    "unavailable": (unavailable(ProblemCode.UNAVAILABLE, 7), 503),
    "too-many": (TooMany(9), 429),
    "http": (HTTPException(404), 404),
    "stopped": (Stopped(StopKind.ENDED), 410),
    "elsewhere": (Elsewhere("/"), 303),
}
MARK = "f" * 64


@pytest_asyncio.fixture
async def faulty(seeded_database: SeededDatabase) -> AsyncIterator[AsyncClient]:
    """Pages and routes that write first and fail then, each in its own way."""
    engine = engine_for(seeded_database.url)
    app = FastAPI()
    install(app)
    app.state.services = Services(Settings(), sessions_for(engine), Temporal(None))  # type: ignore[arg-type]
    people, programs = page_router(), APIRouter(prefix="/api")
    for router in (people, programs):

        @router.post("/{fault}")
        async def fails(fault: str, session: Session) -> Response:
            session.add(NoteRow(sha256=MARK, body="{}", at=datetime.now(UTC)))
            await session.flush()
            raise FAULTS[fault][0]

    app.include_router(programs)
    app.include_router(people)
    app.add_middleware(Guard, telling=told)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://x") as client:
        client.headers["x-database"] = seeded_database.url
        yield client
    await engine.dispose()


async def written(url: str) -> bool:
    engine = engine_for(url)
    async with sessions_for(engine)() as session:
        found = (await session.exec(select(NoteRow).where(NoteRow.sha256 == MARK))).first()
    await engine.dispose()
    return found is not None


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
async def test_what_was_begun_is_undone(faulty: AsyncClient, fault: str, accept: str) -> None:
    page = await faulty.post(f"/{fault}", headers={"Accept": accept})
    assert page.status_code == FAULTS[fault][1]
    assert not await written(faulty.headers["x-database"])
    if page.status_code != 303:
        assert page.headers["content-type"].startswith("text/html")
        assert flaws(page) == []
    if page.status_code in {429, 503}:
        assert int(page.headers["retry-after"]) > 0
    problem = await faulty.post(f"/api/{fault}")
    assert not await written(faulty.headers["x-database"])
    if fault not in {"stopped", "elsewhere"}:  # the API raises neither
        assert problem.headers["content-type"] == "application/problem+json"


@pytest_asyncio.fixture
async def without_database() -> AsyncIterator[AsyncClient]:
    """The whole application; nobody answers at the database's address."""
    url = f"postgresql+psycopg://nobody@{LOOPBACK}:{free_port()}/nothing"
    settings = Settings(database_url=url, link_secret=SecretStr("a secret"), temporal_address="127.0.0.1:1")
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = ASGITransport(app, raise_app_exceptions=False)
        async with AsyncClient(transport=transport, base_url="http://x") as client:
            client.headers["Accept"] = "text/html,application/xhtml+xml"
            yield client


async def test_every_page_is_one_while_the_database_is_away(
    without_database: AsyncClient, house: House
) -> None:
    """Also those that need none: they are shown. Also with the cookie of somebody who has signed in."""
    await house.opens()
    kept = house.cookie.partition("=")[2]
    shown = set()
    for path in readings():
        page = await without_database.get(house.filled(path), headers={"Cookie": f"session={kept}"})
        where = (path, page.status_code, page.text[:200])
        assert page.status_code in {200, 303, 307, 404, 503}, where
        assert not page.headers.get("content-type", "").startswith("application/problem"), where
        if page.status_code == 503:
            assert page.headers["content-type"].startswith("text/html"), where
            assert int(page.headers["retry-after"]) > 0, where
            assert flaws(page) == [], where
        if page.status_code == 200:
            shown.add(path)
    assert {"/", "/check", "/keys"} <= shown


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_a_method_no_page_knows_is_answered_by_a_page(house: House, method: str) -> None:
    for path in ("/", "/public", "/check/2026-SARY-0001", "/keys", "/nothing"):
        page = await house.client.request(method, path, headers={"Accept": "text/html"})
        assert page.status_code in {404, 405}, (method, path)
        assert page.headers["content-type"].startswith("text/html"), (method, path)


async def test_what_breaks_outside_every_route_is_told_to_people_as_a_page() -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise OSError("away")

    transport = ASGITransport(Guard(broken, telling=told), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://x") as client:
        page = await client.get("/anything", headers={"Accept": "text/html"})
        problem = await client.get("/api/v1/anything", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"][:9]) == (503, "text/html")
    assert int(page.headers["retry-after"]) > 0
    assert problem.headers["content-type"] == "application/problem+json"
