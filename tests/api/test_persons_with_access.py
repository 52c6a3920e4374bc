"""Who has access to personal data on a day: accounts by the log of grants, deputies, tokens."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from activities.registries.local_day import local_day
from api.access.tokens import issue
from models.tables.accounts import AccountRow
from models.tables.deputies import DeputyshipEndRow, DeputyshipRow
from models.tables.grants import GrantRow
from models.tables.people import PersonRow
from models.tables.sign_ins import SignInRow
from models.vocabulary.access import PERMISSIONS
from models.vocabulary.personal_data import PersonalData, reached
from models.vocabulary.procedure import Role
from models.vocabulary.scopes import Scope
from tests.api.world import World

PATH = "/personal-data/persons"
NOW = datetime.now(UTC)
TODAY = local_day(NOW)
DAY = timedelta(days=1)
Row = dict[str, object]


def grant(account: str, at: datetime, role: str = "analyst", **more: object) -> GrantRow:
    of = {"person": "p-temp", "organisation": "td-sary", "active": True, "reason": "№ 3", "granted_by": "x"}
    return GrantRow.model_validate({"account": account, "role": role, "at": at, **of, **more})


async def temporary(world: World, *grants: GrantRow, role: str = "analyst", active: bool = True) -> None:
    """An account that came and went as these say."""
    async with world.sessions.begin() as session:
        session.add(PersonRow(id="p-temp", name="Үлгі Жетпіс бірінші", email="p71@example.kz"))
        await session.flush()
        account = AccountRow(id="a-temp", person="p-temp", organisation="td-sary", role=role, active=active)
        session.add_all([account, *grants])


async def persons(world: World, who: str = "uo-admin", **query: str) -> list[Row]:
    answer = await world.call(who, "GET", PATH, params=query)
    assert answer.status_code == 200, answer.text
    rows: list[Row] = answer.json()
    return rows


async def of_account(world: World, account: str, way: str = "account", **query: str) -> list[Row]:
    found = await persons(world, **query)
    return [row for row in found if (row["account"], row["way"]) == (account, way)]


async def test_every_account_in_force_is_there_with_what_its_role_reaches(world: World) -> None:
    async with world.sessions() as session:
        accounts = {row.id: row.role for row in await session.exec(select(AccountRow)) if row.active}
    found = {str(row["account"]): row for row in await persons(world) if row["way"] == "account"}
    assert found.keys() == accounts.keys()
    for account, row in found.items():
        assert row["kinds"] == [kind.value for kind in reached(Role(accounts[account]))]
    assert "contacts" in str(found["a-uo-admin"]["kinds"])
    assert "letters" not in str(found["a-uo-admin"]["kinds"]), "monitorings are not the administrator's"
    assert found["a-uo-auditor"]["act"], "by which act it was given"


async def test_as_of_a_day_the_log_of_grants_decides(world: World) -> None:
    begun, ended = NOW - 9 * DAY, NOW - 3 * DAY
    await temporary(
        world, grant("a-temp", begun, act="№ 17-ө бұйрық"), grant("a-temp", ended, active=False), active=False
    )
    assert await of_account(world, "a-temp") == []
    (row,) = await of_account(world, "a-temp", on=local_day(NOW - 5 * DAY).isoformat())
    assert (row["since"], row["until"]) == (local_day(begun).isoformat(), local_day(ended).isoformat())
    assert (row["act"], row["granted_by"], row["name"]) == ("№ 17-ө бұйрық", "x", "Үлгі Жетпіс бірінші")
    assert await of_account(world, "a-temp", on=local_day(begun - DAY).isoformat()) == []
    assert await of_account(world, "a-temp", on=local_day(ended).isoformat()) == []


async def test_another_role_has_another_beginning(world: World) -> None:
    changed = NOW - 2 * DAY
    await temporary(world, grant("a-temp", NOW - 9 * DAY), grant("a-temp", changed, role="head"), role="head")
    (before,) = await of_account(world, "a-temp", on=local_day(NOW - 4 * DAY).isoformat())
    assert (before["role"], before["until"]) == ("analyst", local_day(changed).isoformat())
    (row,) = await of_account(world, "a-temp")
    assert (row["role"], row["since"], row["until"]) == ("head", local_day(changed).isoformat(), None)


async def test_an_account_that_the_log_does_not_tell_of_stands_there_without_a_beginning(
    world: World,
) -> None:
    await temporary(world)
    (row,) = await of_account(world, "a-temp", on=local_day(NOW - 4 * DAY).isoformat())
    assert (row["since"], row["granted_by"]) == (None, "")


async def test_what_is_older_than_the_log_was_there_before_it(world: World) -> None:
    carried = "carried over (migration 0015)"
    await temporary(world, grant("a-temp", NOW - 2 * DAY, reason=carried, granted_by=""))
    (row,) = await of_account(world, "a-temp", on=local_day(NOW - 4 * DAY).isoformat())
    assert row["since"] is None


async def test_a_deputy_has_it_within_the_days_of_the_act_and_until_that_is_ended(world: World) -> None:
    await temporary(world, grant("a-temp", NOW - 30 * DAY))
    named = DeputyshipRow(
        id="d1",
        account="a-sary-head",
        deputy="a-temp",
        first_day=TODAY - 6 * DAY,
        last_day=TODAY + 6 * DAY,
        act="№ 9 бұйрық",
        dated=TODAY - 8 * DAY,
        at=NOW - 8 * DAY,
    )
    async with world.sessions.begin() as session:
        session.add_all([named, grant("a-sary-head", NOW - 30 * DAY, "head", person="p-sary-head")])
    (row,) = await of_account(world, "a-temp", "deputy")
    assert (row["role"], row["about"], row["act"]) == ("head", "a-sary-head", "№ 9 бұйрық")
    assert row["until"] == (TODAY + 6 * DAY).isoformat()
    async with world.sessions.begin() as session:
        session.add(DeputyshipEndRow(deputyship="d1", by="a-sary-head", at=NOW - DAY))
    assert await of_account(world, "a-temp", "deputy") == []
    (row,) = await of_account(world, "a-temp", "deputy", on=(TODAY - 3 * DAY).isoformat())
    assert row["until"] == local_day(NOW - DAY).isoformat()
    assert await of_account(world, "a-temp", "deputy", on=(TODAY - 7 * DAY).isoformat()) == []


async def test_a_token_reaches_what_it_was_issued_for_and_no_more(world: World) -> None:
    await temporary(world, grant("a-temp", NOW - 30 * DAY))
    async with world.sessions.begin() as session:
        for label, scopes in (("reads", {Scope.READ}), ("events", {Scope.EVENTS})):
            await issue(session, "a-temp", label, 5, NOW - 2 * DAY, scopes=frozenset(scopes), by="a-uo-admin")
    (row,) = await of_account(world, "a-temp", "token")
    assert (row["about"], row["granted_by"]) == ("reads", "a-uo-admin"), "the other one reaches nothing"
    assert row["kinds"] == [kind.value for kind in reached(Role.ANALYST, frozenset({Scope.READ}))]
    assert row["until"] == local_day(NOW + 3 * DAY).isoformat()
    assert await of_account(world, "a-temp", "token", on=(TODAY - 4 * DAY).isoformat()) == []


async def test_the_last_sign_in_is_that_of_the_day(world: World) -> None:
    await temporary(world, grant("a-temp", NOW - 30 * DAY))
    async with world.sessions.begin() as session:
        for days in (8, 2):
            at = NOW - days * DAY
            session.add(SignInRow(account="a-temp", organisation="td-sary", door="pages", way="link", at=at))
    (row,) = await of_account(world, "a-temp", on=(TODAY - 5 * DAY).isoformat())
    assert datetime.fromisoformat(str(row["last_sign_in"])) == NOW - 8 * DAY


async def test_it_is_read_by_those_who_keep_accounts_or_oversee_them(world: World) -> None:
    every = {str(row["organisation"]) for row in await persons(world)}
    assert len(every) > 1
    own = {str(row["organisation"]) for row in await persons(world, "sary-auditor")}
    assert own == {"td-sary"}
    for who in ("uo-analyst", "sary-head", "uo-web-editor"):
        assert (await world.call(who, "GET", PATH)).status_code == 403
    ahead = await world.call("uo-admin", "GET", PATH, params={"on": (TODAY + DAY).isoformat()})
    assert (ahead.status_code, ahead.json()["code"]) == (422, "day_to_come")
    assert (await world.call("uo-admin", "GET", PATH, params={"on": "tomorrow"})).status_code == 422


@pytest.mark.parametrize("role", Role)
def test_every_role_that_signs_in_reaches_something_and_no_other_more_than_it_may(role: Role) -> None:
    named = {kind for kinds in PERMISSIONS.values() for kind in kinds}
    if role not in named:
        assert reached(role) == ()
    assert set(reached(role, frozenset({Scope.READ}))) <= set(reached(role))
    assert set(reached(role)) <= set(PersonalData)
