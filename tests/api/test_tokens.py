"""Tokens of programs: what each is for is held at every door, and nobody makes one wider than their own."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text as sql
from sqlmodel import select

from activities.database.sessions import Sessions
from activities.sign_in.expiring import WORKING_DAYS_BEFORE, tell_of_tokens
from api.access.tokens import issue
from local.samples import load_calendar
from models.tables.sign_ins import SignInLetterRow
from models.tables.tokens import TokenRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id
from models.vocabulary.scopes import EVERY_SCOPE, Scope, scope_of
from tests.api.world import World

NOW = datetime(2026, 9, 7, 6, tzinfo=UTC)
COLLECTION = {"began_on": "2026-09-07"}


async def token_for(world: World, *scopes: Scope, account: Id = "a-sary-analyst") -> str:
    async with world.sessions.begin() as session:
        row, text = await issue(session, account, "тест", 30, datetime.now(UTC), scopes=frozenset(scopes))
    world.tokens[row.id] = text
    return row.id


def test_every_action_falls_under_one_scope() -> None:
    assert {scope_of(action) for action in Action} == {*Scope, None}
    assert [action for action in Action if scope_of(action) is None] == [Action.READ_PUBLISHED]
    assert scope_of(Action.APPROVE_REPORT) is Scope.COMMANDS
    assert scope_of(Action.WRITE_CONTENT) is Scope.CONTENT


async def test_a_token_opens_what_it_was_issued_for_and_nothing_else(world: World) -> None:
    case = await world.started()
    ways = {
        Scope.READ: ("GET", case.path, None),
        Scope.CONTENT: ("PUT", f"{case.path}/draft", {}),
        Scope.COMMANDS: ("POST", f"{case.path}/collection", COLLECTION),
        Scope.EVENTS: ("GET", "/events", None),
        Scope.ADMINISTRATION: ("GET", "/registry/accounts", None),
    }
    for scope in Scope:
        who = await token_for(world, scope)
        assert (await world.call(who, "GET", "/me")).status_code == 200, "whoever comes knows who they are"
        for asked, (method, path, body) in ways.items():
            options = {} if body is None else {"json": body}
            answer = await world.call(who, method, path, **options)
            refused = answer.status_code == 403 and answer.json()["code"] == "scope_missing"
            assert refused is (asked is not scope), (scope, asked, answer.text)
            if refused:
                assert f'scope="{asked.value}"' in answer.headers["www-authenticate"]


async def test_a_scope_gives_no_right_that_the_account_has_not(world: World) -> None:
    who = await token_for(world, *Scope)
    answer = await world.call(who, "GET", "/registry/accounts")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_whoever_has_an_account_issues_lists_and_revokes_tokens_for_it(world: World) -> None:
    body = {"label": "Құжат айналымы", "days": 30, "scopes": ["read", "events"]}
    issued = await world.call("sary-analyst", "POST", "/me/tokens", json=body)
    assert issued.status_code == 201, issued.text
    told = issued.json()
    assert told["token"].startswith("mon_")
    assert sorted(told["scopes"]) == ["events", "read"]
    world.tokens["new"] = told["token"]
    assert (await world.call("new", "GET", "/events")).status_code == 200
    listed = await world.call("sary-analyst", "GET", "/me/tokens")
    assert told["id"] in [each["id"] for each in listed.json()]
    assert told["token"] not in listed.text
    stranger = await world.call("koko-analyst", "POST", f"/me/tokens/{told['id']}/revocation")
    assert stranger.status_code == 404
    ended = await world.call("sary-analyst", "POST", f"/me/tokens/{told['id']}/revocation")
    assert (ended.status_code, ended.json()["in_force"]) == (200, False)
    assert (await world.call("new", "GET", "/me")).status_code == 401


async def test_a_narrow_token_makes_none_that_is_wider(world: World) -> None:
    body = {"label": "Кеңірек", "days": 300}
    reads = await token_for(world, Scope.READ)
    assert (await world.call(reads, "POST", "/me/tokens", json=body)).json()["code"] == "scope_missing"
    keeps = await token_for(world, Scope.READ, Scope.ADMINISTRATION)
    wider = await world.call(keeps, "POST", "/me/tokens", json=body)
    assert (wider.status_code, wider.json()["code"]) == (403, "scope_wider")
    own = await world.call(keeps, "POST", "/me/tokens", json={**body, "scopes": ["read"]})
    assert own.status_code == 201


async def test_a_narrow_token_opens_no_pages(world: World) -> None:
    who = await token_for(world, *(EVERY_SCOPE - {Scope.COMMANDS}))
    answer = await world.client.post("/sign-in", data={"token": world.tokens[who]})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


async def test_an_administrator_sees_and_ends_the_tokens_of_anybody(world: World) -> None:
    who = await token_for(world, Scope.READ)
    listed = await world.call("uo-admin", "GET", "/registry/accounts/a-sary-analyst/tokens")
    assert who in [each["id"] for each in listed.json()]
    assert (await world.call("uo-admin", "POST", f"/registry/tokens/{who}/revocation")).status_code == 200
    assert (await world.call(who, "GET", "/me")).status_code == 401
    assert (await world.call("uo-admin", "POST", "/registry/tokens/nobody/revocation")).status_code == 404
    assert (await world.call("uo-admin", "GET", "/registry/accounts/nobody/tokens")).status_code == 404
    assert (await world.call("sary-head", "GET", "/registry/accounts/a-koko-head/tokens")).status_code == 403


async def test_a_token_from_before_there_were_scopes_has_all(world: World, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        written = (
            "INSERT INTO tokens (id, sha256, account, label, issued_at, expires_at) "
            "SELECT 'old', 'x', 'a-sary-analyst', '', now(), now() + interval '9 days'"
        )
        await session.exec(sql(written))  # type: ignore[call-overload]
        row = (await session.exec(select(TokenRow).where(TokenRow.id == "old"))).one()
    assert set(row.scopes) == EVERY_SCOPE


@pytest.mark.parametrize(("working_days", "told"), [(WORKING_DAYS_BEFORE, 1), (WORKING_DAYS_BEFORE + 1, 0)])
async def test_whose_token_expires_is_told_once_some_working_days_before(
    sessions: Sessions, working_days: int, told: int
) -> None:
    calendar = load_calendar().working_calendar()
    last = calendar.add_working_days(NOW.date(), working_days)
    days = (last - NOW.date()).days
    async with sessions.begin() as session:
        await session.exec(sql("UPDATE tokens SET told_at = now()"))  # type: ignore[call-overload]
        await issue(session, "a-sary-analyst", "Құжат айналымы", days, NOW)
        assert await tell_of_tokens(session, NOW) == told
        assert await tell_of_tokens(session, NOW + timedelta(hours=1)) == 0
        letters = (await session.exec(select(SignInLetterRow))).all()
    assert [letter.facts for letter in letters] == told * [
        {"label": "Құжат айналымы", "last_day": last.isoformat()}
    ]
