"""Who calls: tokens that expire, are revoked, or belong to an account that was closed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from api.access.tokens import issue, revoke
from models.tables.accounts import AccountRow
from models.tables.tokens import TokenRow
from tests.api.world import World


async def status(world: World, authorization: str | None) -> int:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = await world.call(None, "GET", "/me", headers=headers)
    if answer.status_code == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["code"] == "not_authenticated"
    return answer.status_code


async def test_a_token_stands_for_its_account(world: World) -> None:
    me = (await world.call("sary-head", "GET", "/me")).json()
    assert (me["role"], me["organisation"]) == ("head", "td-sary")
    assert "start_monitoring" in me["may"]


@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer ", "Bearer mon_wrong", "Basic bW9u", "Bearer ÿ"]
)
async def test_without_a_good_token_nobody_comes_in(world: World, given: str | None) -> None:
    value = None if given is None else given.encode("latin-1").decode("latin-1")
    headers = {} if value is None else {"Authorization": value.encode("latin-1")}
    answer = await world.call(None, "GET", "/me", headers=headers)
    assert answer.status_code == 401


async def test_expired_and_revoked_tokens_and_closed_accounts_stay_outside(world: World) -> None:
    now = datetime.now(UTC)
    async with world.sessions() as session, session.begin():
        expired, expired_text = await issue(session, "a-sary-head", "old", 1, now - timedelta(days=2))
        revoked, revoked_text = await issue(session, "a-sary-head", "lost", 30, now)
        await revoke(session, revoked.id, now)
        assert expired.sha256 != expired_text
    assert await status(world, f"Bearer {expired_text}") == 401
    assert await status(world, f"Bearer {revoked_text}") == 401
    good = f"Bearer {world.tokens['sary-head']}"
    assert await status(world, good) == 200
    async with world.sessions() as session, session.begin():
        account = await session.get_one(AccountRow, "a-sary-head")
        account.active = False
    assert await status(world, good) == 401


async def test_the_text_of_a_token_is_not_in_the_database(world: World) -> None:
    async with world.sessions() as session:
        stored = str([row.model_dump() for row in await session.exec(select(TokenRow))])
    assert not any(token in stored for token in world.tokens.values())
