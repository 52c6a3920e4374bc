"""A key is for one request: its path, its fields, the names of its files and what is in them."""

import asyncio

import httpx
import pytest
from sqlmodel import func, select

from models.tables.files import AttachmentRow
from tests.api.world import PDF, World

FILE = {"file": ("Есеп.pdf", PDF, "application/pdf")}
OTHERS = {
    "name": {"file": ("Басқа.pdf", PDF, "application/pdf")},
    "content": {"file": ("Есеп.pdf", PDF + b"\n", "application/pdf")},
}


async def attaches(world: World, path: str, files: object, key: str = "k-1") -> httpx.Response:
    return await world.call(
        "sary-analyst", "POST", f"{path}/attachments", files=files, headers={"Idempotency-Key": key}
    )


async def kept(world: World) -> int:
    async with world.sessions() as session:
        return (await session.exec(select(func.count()).select_from(AttachmentRow))).one()


async def test_the_same_upload_again_is_the_same(world: World) -> None:
    case = await world.started()
    first = await attaches(world, case.path, FILE)
    again = await attaches(world, case.path, FILE)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert await kept(world) == 1


@pytest.mark.parametrize("other", OTHERS)
async def test_another_name_or_content_needs_another_key(world: World, other: str) -> None:
    case = await world.started()
    await attaches(world, case.path, FILE)
    answer = await attaches(world, case.path, OTHERS[other])
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert (await attaches(world, case.path, OTHERS[other], "k-2")).status_code == 201


async def test_another_monitoring_needs_another_key(world: World) -> None:
    case, other = await world.started(), await world.started()
    await attaches(world, case.path, FILE)
    answer = await attaches(world, other.path, FILE)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    listed = await world.call("sary-analyst", "GET", f"{other.path}/attachments")
    assert listed.json() == []


async def test_a_refused_upload_leaves_its_key_free(world: World) -> None:
    case = await world.started()
    wrong = await attaches(world, case.path, {"file": ("a.exe", b"MZ", "application/pdf")})
    assert wrong.status_code == 415
    assert (await attaches(world, case.path, FILE)).status_code == 201


async def test_fifty_at_once_are_one_and_answered_alike(world: World) -> None:
    case = await world.started()
    answers = await asyncio.gather(*(attaches(world, case.path, FILE) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert await kept(world) == 1


async def test_another_address_is_never_answered_by_what_was_sent_under_the_key(world: World) -> None:
    """A word that no command's address has is refused for itself."""
    case = await world.started()
    key = {"Idempotency-Key": "k-9"}
    body = {"reason": "бір"}
    await world.call("sary-analyst", "POST", f"{case.path}/cancellation", json=body, headers=key)
    other = await world.call("sary-analyst", "POST", f"{case.path}/cancellation?x=1", json=body, headers=key)
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "query:x")
