"""An auditor reads everything in scope and changes nothing: every way to write is tried with its token.

And with what it reads: whatever looks like a link or a token in any answer is tried, too. The lists are the
application's own, so a new route is tried from the day it is there.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from sqlmodel import select

from api.app import PREFIX
from local.mailbox import Mailbox
from models.tables.commands import CommandRow
from models.tables.content import RevisionRow
from models.tables.journal import EntryRow
from tests.api.posted import posted_in
from tests.api.world import Case, World
from tests.api_contract.schema import Operation, operations, sample
from tests.harvest import tokens_in

SAFE = {"GET", "HEAD", "OPTIONS"}
# Reading by POST, and knowing who reads: these change nothing of any monitoring.
COMING_IN = {"/sign-in", "/sign-in/letter", "/sign-in/link/{words}", "/sign-out"}
READING = {f"{PREFIX}/codec/decode", f"{PREFIX}/codec/sign-in", *COMING_IN}
# One's own address, at which a calendar program reads due dates.
OWN = {"/staff/due-dates/address", "/staff/due-dates/revocation"}
# And the tokens of one's own account.
OWN |= {f"{PREFIX}/me/tokens", f"{PREFIX}/me/tokens/{{token}}/revocation"}
# Letters about what is published: anybody asks for them, whoever reads the mailbox begins and ends them.
ALERTS = {"/public/alerts", "/public/alerts/confirm/{token}", "/public/alerts/end/{token}"}
# Whoever holds the link of a letter writes here; an account's token opens none of them.
BY_LINK = "/r/{token}"
VALUES = {"organisation": "akimat-sary", "version": "1", "sha256": "0" * 64, "year": "2026", "serial": "1"}
# Pages of the authorized body's desk: whoever is signed in writes there by its role.
STAFF = "/staff/"


READERS: Final = ("uo-auditor", "sary-analyst")  # and whoever conducts, who reads the letters, too
_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_SHA256: Final = re.compile(rb"\b[0-9a-f]{64}\b")
A_FORM: Final = {"consent": "consent", "outcome": "declined", "text": "x", "action": "send"}


def ways(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route of the application."""
    for mounted in app.routes:
        # A router that was included knows its routes by their whole paths.
        inside = getattr(mounted, "effective_route_contexts", lambda route=mounted: (route,))
        for route in inside():
            for method in sorted(getattr(route, "methods", None) or set()):
                yield method, route.path


def ways_to_write(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Those that are not for reading only."""
    return ((method, path) for method, path in ways(app) if method not in SAFE)


def ways_to_read(app: FastAPI) -> list[str]:
    """Whatever is read, but for recipients' own pages; last what is named by hashes told elsewhere."""
    paths = {path for method, path in ways(app) if method == "GET" and not path.startswith(BY_LINK)}
    return sorted(paths, key=lambda path: ("{sha256}" in path, path))


def addresses(path: str, case: Case, hashes: set[str]) -> Iterator[str]:
    """The path with every value there is for each of its parameters."""
    known = {
        "number": [case.number],
        "letter": list(case.state.letters),
        "attempt": ["1"],
        "deadline": list(case.state.deadlines),
        "rendition": ["filed", "public"],
        "language": ["kk"],
        "sha256": sorted(hashes),
        "edition": ["kz-1"],
    }
    values = ([*known.get(name, [VALUES.get(name, "s1")])] for name in _PARAMETER.findall(path))
    for filling in product(*values):
        yield _PARAMETER.sub("{}", path).format(*filling)


async def all_that_is_read(world: World, case: Case, who: str) -> set[str]:
    """Tokens and links in the body and the headers of every answer to a reader, and in what they contain."""
    found: set[str] = set()
    hashes: set[str] = set()
    token = world.tokens[who]
    assert (await world.client.post("/sign-in", data={"token": token})).status_code == 303
    for path in ways_to_read(world.app):
        for address in addresses(path, case, hashes):
            answer = await world.client.get(address, headers={"Authorization": f"Bearer {token}"})
            told = answer.content + b"\n" + "\n".join(answer.headers.values()).encode()
            hashes |= {sha256.decode() for sha256 in _SHA256.findall(told)}
            found |= tokens_in(told)
    return found


async def is_let_in(world: World, token: str) -> bool:
    """Whether a link opens, or takes a form."""
    link = "/r/" + quote(token, safe="")
    headers = {"Sec-Fetch-Site": "same-origin"}
    answers = [await world.client.get(link, headers=headers)]
    for address in (link, f"{link}/receipt", f"{link}/comments", f"{link}/form/withdrawal"):
        answers.append(await world.client.post(address, data=A_FORM, headers=headers))
    return any(answer.status_code < 400 or answer.status_code in {409, 410, 422} for answer in answers)


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


async def written(world: World) -> tuple[int, int, int]:
    async with world.sessions() as session:
        journal = len((await session.exec(select(EntryRow))).all())
        revisions = len((await session.exec(select(RevisionRow))).all())
        return journal, revisions, len((await session.exec(select(CommandRow))).all())


async def test_every_write_route_answers_403_to_an_auditor(world: World) -> None:
    case = await world.started()
    await case.approved()
    ways = list(ways_to_write(world.app))
    documented = {(o.method.upper(), o.path) for o in operations() if o.method.upper() not in SAFE}
    assert documented <= set(ways), "the application's routes were found"
    passed = READING | OWN | ALERTS
    tried = [(m, path) for m, path in ways if path not in passed and not path.startswith(BY_LINK)]
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


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("approved", [False, True], ids=["asked", "approved"])
async def test_nothing_that_is_read_opens_a_form_or_acts(
    world: World, mailbox: Mailbox, who: str, approved: bool
) -> None:
    async with posted_in(world, mailbox) as posted:
        await (posted.reports() if approved else posted.asks())
    own = posted.links()
    assert {await is_let_in(world, token) for token in own} == {True}, "recipients come in by their links"
    before = await written(world)
    found = await all_that_is_read(world, posted.case, who)
    assert any("link-removed" in token for token in found), "the letters were among what was read"
    assert found & own == set()
    assert [token for token in sorted(found) if await is_let_in(world, token)] == []
    assert await written(world) == before


async def test_the_exceptions_are_only_those(world: World) -> None:
    """What an auditor's account may post to: reading by POST, and signing in and out."""
    by_role = (PREFIX, BY_LINK, STAFF)
    open_to_all = {path for _, path in ways_to_write(world.app) if not path.startswith(by_role)}
    assert open_to_all == COMING_IN | ALERTS
