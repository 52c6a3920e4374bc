"""The application: `uvicorn --factory api.app:create_app`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute

from activities.bounds.cycles import keep_settling
from activities.bounds.within import leave
from activities.database.sessions import engine_for, sessions_for
from activities.keepers.measures import keep_measuring
from activities.observing.collector import set_up_tracing
from activities.observing.exposing import build_of, expose
from activities.observing.logs import set_up_logs
from activities.observing.of_temporal import set_up_runtime
from activities.observing.tracing import stop_tracing
from activities.proofs.code_version import code_version
from activities.published.tallying import count_beforehand
from activities.sign_in.provider import Provider
from api import pages
from api.http.bodies import Bodies
from api.http.codec_origin import CodecOrigin
from api.http.guard import Guard, told_to_programs
from api.http.observed import Observed
from api.http.openapi import DESCRIPTION, TAGS, described
from api.http.problems import install
from api.http.requests import known_fields_only
from api.pages.sign_in import by_provider
from api.pages.site import unknown
from api.pages.site.door import door
from api.pages.site.routing import reads_pages, told_to_people
from api.register.kept.keeping import FileKeeper
from api.routes import ALL_ROUTERS
from api.services.services import Services
from api.services.temporal import Temporal
from models.settings.environment import Settings
from models.settings.environment import settings as settings_from_environment
from workflows.client import connect

PREFIX = "/api/v1"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The API over the database and Temporal of these settings (default: the environment's).

    Nothing is connected yet: it starts, and answers reads, while Temporal is down.
    """
    life = running
    if settings is None:
        life = by_itself
        settings = settings_from_environment()
        build = build_of(code_version())
        set_up_logs(settings.log_level, settings.log_format, build)
        set_up_runtime(settings)
        set_up_tracing(settings, "api", build)
    app = FastAPI(
        title="Anti-corruption monitoring",
        version="1",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,  # `api/pages/site/docs.py`: without scripts of others
        redoc_url=None,
        lifespan=partial(life, settings),
        generate_unique_id_function=_route_name,
    )
    install(app)
    # Side by side: of routers within routers a request would be matched anew at each depth. Pages first: all
    # of them are passed by unless one begins as the address does (`api/http/branches.py`).
    pages.open_on(app)
    for router in ALL_ROUTERS:
        app.include_router(router, prefix=PREFIX, dependencies=[Depends(known_fields_only)])
    unknown.install(app)
    app.add_middleware(Bodies, door=door)
    app.add_middleware(CodecOrigin, origin=settings.temporal_ui_origin)
    app.add_middleware(Guard, telling=told)
    app.add_middleware(Observed)
    described(app)
    return app


async def told(request: Request, error: Exception) -> Response:
    """What no route could answer any more: a page for people, a problem for programs."""
    if reads_pages(request):
        return await told_to_people(request, error)
    return await told_to_programs(request, error)


@asynccontextmanager
async def running(settings: Settings, app: FastAPI) -> AsyncIterator[None]:
    """The application's life: its connections, and what is under way in it."""
    engine = engine_for(settings.database_url)
    given = Services(
        settings=settings,
        sessions=sessions_for(engine),
        temporal=Temporal(partial(connect, settings)),
        provider=_provider(settings),
    )
    app.state.services = given
    await count_beforehand(given.sessions)
    measuring = None
    if expose(settings, engine, code_version()):
        measuring = asyncio.create_task(keep_measuring(given.sessions))
    filing = asyncio.create_task(FileKeeper(given).keep())
    yield
    await leave(filing)
    if measuring:
        measuring.cancel()
    stop_tracing()
    await given.works.close()
    if given.provider:
        await given.provider.close()
    await engine.dispose()


@asynccontextmanager
async def by_itself(settings: Settings, app: FastAPI) -> AsyncIterator[None]:
    """The same of a process that does nothing else."""
    async with running(settings, app):
        settling = asyncio.create_task(keep_settling())
        yield
        settling.cancel()


def _provider(settings: Settings) -> Provider | None:
    given = settings.provider()
    return Provider(given, f"{settings.public_url.rstrip('/')}{by_provider.BACK}") if given else None


def _route_name(route: APIRoute) -> str:
    """The function's name is the operation's id: the same word as the command and the update."""
    return route.name
