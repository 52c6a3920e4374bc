"""An auditor reads everything in scope and changes nothing: every way to write is tried with its token.

The list is the application's own, so a new route is tried from the day it is there.
"""

from collections.abc import Iterator

from fastapi import FastAPI
from sqlmodel import select

from api.app import PREFIX
from models.tables.content import RevisionRow
from models.tables.journal import EntryRow
from tests.api.world import World
from tests.api_contract.schema import Operation, operations, sample

SAFE = {"GET", "HEAD", "OPTIONS"}
# Reading by POST, and knowing who reads: these change nothing of any monitoring.
READING = {f"{PREFIX}/codec/decode", f"{PREFIX}/codec/sign-in", "/sign-in", "/sign-out"}
# Whoever holds the link of a letter writes here; an account's token opens none of them.
BY_LINK = "/r/{token}"
VALUES = {"organisation": "akimat-sary", "version": "1", "sha256": "0" * 64, "year": "2026", "serial": "1"}
# Pages of the authorized body's desk: whoever is signed in writes there by its role.
STAFF = "/staff/"


def ways_to_write(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route of the application that is not for reading only."""
    for mounted in app.routes:
        # A router that was included knows its routes by their whole paths.
        inside = getattr(mounted, "effective_route_contexts", lambda route=mounted: (route,))
        for route in inside():
            for method in sorted((getattr(route, "methods", None) or set()) - SAFE):
                yield method, route.path


def filled(path: str, number: str) -> str:
    """The path with values that a person could have put in."""
    values = {"number": number, **VALUES}
    parts = path.split("/")
    names = [part[1:-1].partition(":")[0] if part.startswith("{") else None for part in parts]
    return "/".join(values.get(name, "s1") if name else part for name, part in zip(names, parts, strict=True))


def body_of(method: str, path: str) -> object:
    known: dict[tuple[str, str], Operation] = {(o.method.upper(), o.path): o for o in operations()}
    operation = known.get((method, path))
    return sample(operation.body or {}) if operation and operation.body else {}


async def written(world: World) -> tuple[int, int]:
    async with world.sessions() as session:
        journal = len((await session.exec(select(EntryRow))).all())
        return journal, len((await session.exec(select(RevisionRow))).all())


async def test_every_write_route_answers_403_to_an_auditor(world: World) -> None:
    case = await world.started()
    await case.approved()
    ways = list(ways_to_write(world.app))
    documented = {(o.method.upper(), o.path) for o in operations() if o.method.upper() not in SAFE}
    assert documented <= set(ways), "the application's routes were found"
    tried = [(m, path) for m, path in ways if path not in READING and not path.startswith(BY_LINK)]
    before = await written(world)
    token = world.tokens["uo-auditor"]
    signed_in = await world.client.post("/sign-in", data={"token": token})
    assert signed_in.status_code == 303, "the pages know the auditor too"
    headers = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
    answers: dict[str, int] = {}
    for method, path in tried:
        answer = await world.client.request(
            method, filled(path, case.number), headers=headers, json=body_of(method, path)
        )
        answers[f"{method} {path}"] = answer.status_code
    assert {way: status for way, status in answers.items() if status != 403} == {}
    assert await written(world) == before


async def test_the_exceptions_are_only_those(world: World) -> None:
    """What an auditor's account may post to: reading by POST, and signing in and out."""
    by_role = (PREFIX, BY_LINK, STAFF)
    open_to_all = {path for _, path in ways_to_write(world.app) if not path.startswith(by_role)}
    assert open_to_all == {"/sign-in", "/sign-out"}
