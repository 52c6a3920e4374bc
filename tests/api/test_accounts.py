"""Accounts: given by the administrator, to people and bodies of the registry; never passed on."""

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from tests.api.world import World

PATH = "/registry/accounts"
GIVEN = {"person": "p-koko-analyst", "organisation": "td-koko", "role": "web_editor", "reason": "Жаңа міндет"}


async def test_an_account_is_given_changed_and_ended(world: World) -> None:
    given = await world.call("uo-admin", "PUT", f"{PATH}/a-koko-web", json=GIVEN)
    assert (given.status_code, given.json()["active"]) == (200, True), given.text
    listed = (await world.call("uo-admin", "GET", PATH)).json()
    assert given.json() in listed
    ended = await world.call(
        "uo-admin",
        "PUT",
        f"{PATH}/a-koko-head",
        json=GIVEN | {"person": "p-koko-head", "role": "head", "active": False},
    )
    assert ended.status_code == 200, ended.text
    assert (await world.call("koko-head", "GET", "/me")).status_code == 401, "its tokens open nothing now"
    log = (await world.call("uo-admin", "GET", "/commands")).json()
    assert [line["name"] for line in log] == ["register_account"] * 2


async def test_accounts_are_the_administrators_matter(world: World) -> None:
    for who in ("uo-head", "uo-auditor", "koko-analyst"):
        assert (await world.call(who, "GET", PATH)).status_code == 403, who
        assert (await world.call(who, "PUT", f"{PATH}/a-koko-web", json=GIVEN)).status_code == 403, who
    assert (await world.call(None, "GET", PATH)).status_code == 401


@pytest.mark.parametrize(
    ("account", "changes", "status", "code"),
    [
        pytest.param("a-new", {"person": "p-nobody"}, 422, "person_unknown", id="nobody"),
        pytest.param("a-new", {"organisation": "nowhere"}, 422, "organisation_unknown", id="no body"),
        pytest.param("a-new", {"role": "system"}, 422, "invalid", id="not a person's role"),
        pytest.param("a-koko-head", {}, 409, "account_of_another", id="passed on"),
        pytest.param(
            "a-koko-analyst", {"organisation": "uo"}, 409, "account_of_another", id="moved to another body"
        ),
        pytest.param("a-uo-admin", {"role": "head"}, 409, "own_account", id="one's own"),
    ],
)
async def test_what_does_not_fit_is_refused(
    world: World, account: str, changes: dict[str, str], status: int, code: str
) -> None:
    answer = await world.call("uo-admin", "PUT", f"{PATH}/{account}", json=GIVEN | changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


ACT = {"act": "№ 17-ө бұйрық", "dated": "2026-02-03"}
OF_AUDITOR = GIVEN | {"role": "auditor"}


@pytest.mark.parametrize("role", ["auditor", "oversight"])
async def test_whoever_oversees_is_given_that_by_an_act(world: World, role: str) -> None:
    path = f"{PATH}/a-koko-sees"
    for act, code, pointer in (
        (None, "grant_without_act", "/act"),
        (ACT | {"dated": "2099-01-01"}, "authority_in_future", "/act/dated"),
        (ACT | {"dated": "1999-01-01"}, "grant_before_the_rules", "/act/dated"),
        (ACT | {"act": "-"}, "invalid", "/act/act"),
    ):
        refused = await world.call("uo-admin", "PUT", path, json=GIVEN | {"role": role, "act": act})
        assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer
    given = await world.call("uo-admin", "PUT", path, json=GIVEN | {"role": role, "act": ACT})
    assert given.status_code == 200, given.text
    ended = await world.call("uo-admin", "PUT", path, json=GIVEN | {"role": role, "active": False})
    assert ended.status_code == 200, "to take it away needs no act of its own"


async def test_the_log_of_grants_tells_who_was_given_what_by_whom_and_by_which_act(world: World) -> None:
    await world.call("uo-admin", "PUT", f"{PATH}/a-koko-sees", json=OF_AUDITOR | {"act": ACT})
    await world.call("uo-admin", "PUT", f"{PATH}/a-koko-sees", json=OF_AUDITOR | {"active": False})
    for who in ("uo-admin", "uo-auditor"):
        ended, given = (await world.call(who, "GET", "/registry/grants?account=a-koko-sees")).json()["items"]
        assert (given["act"], given["act_dated"], given["granted_by"]) == (
            "№ 17-ө бұйрық",
            "2026-02-03",
            "a-uo-admin",
        )
        assert [(line["role"], line["active"]) for line in (given, ended)] == [
            ("auditor", True),
            ("auditor", False),
        ]
    first = (await world.call("uo-admin", "GET", "/registry/grants?limit=2")).json()
    following = f"/registry/grants?limit=200&cursor={first['next_cursor']}"
    rest = (await world.call("uo-admin", "GET", following)).json()
    assert {"a-uo-auditor", "a-sary-auditor"} <= {line["account"] for line in rest["items"]}
    own = (await world.call("ashyk-auditor", "GET", "/registry/grants")).json()["items"]
    assert {line["organisation"] for line in own} == {"ashyk-kezek"}
    for who in ("uo-head", "sary-analyst", "uo-web-editor"):
        assert (await world.call(who, "GET", "/registry/grants")).status_code == 403


@pytest.mark.parametrize("statement", ["UPDATE grants SET act = ''", "DELETE FROM grants", "TRUNCATE grants"])
async def test_the_log_of_grants_can_only_grow(world: World, statement: str) -> None:
    with pytest.raises(IntegrityError):
        async with world.sessions.begin() as session:
            await session.exec(sql(statement))  # type: ignore[call-overload]


async def test_a_second_head_of_a_body_is_given_that_by_an_act(world: World) -> None:
    """Whoever acts for the head decides by an act; the head, and whoever comes after one, by the post."""
    path, acting = f"{PATH}/a-koko-acting", GIVEN | {"role": "head"}
    refused = await world.call("uo-admin", "PUT", path, json=acting)
    assert (refused.status_code, refused.json()["code"]) == (422, "head_without_act"), refused.text
    assert refused.json()["errors"][0]["pointer"] == "/act"
    ahead = await world.call("uo-admin", "PUT", path, json=acting | {"act": ACT | {"dated": "2099-01-01"}})
    assert (ahead.status_code, ahead.json()["code"]) == (422, "authority_in_future")
    given = await world.call("uo-admin", "PUT", path, json=acting | {"act": ACT})
    assert given.status_code == 200, given.text
    again = await world.call("uo-admin", "PUT", path, json=acting)
    assert again.status_code == 200, "it is a head's already"
    for account, person in (("a-koko-acting", "p-koko-analyst"), ("a-koko-head", "p-koko-head")):
        ended = GIVEN | {"person": person, "role": "head", "active": False}
        assert (await world.call("uo-admin", "PUT", f"{PATH}/{account}", json=ended)).status_code == 200
    after = await world.call("uo-admin", "PUT", f"{PATH}/a-koko-next", json=acting)
    assert after.status_code == 200, "the body has no other head"
    promoted = GIVEN | {"person": "p-koko-head", "role": "head"}
    back = await world.call("uo-admin", "PUT", f"{PATH}/a-koko-head", json=promoted)
    assert (back.status_code, back.json()["code"]) == (422, "head_without_act"), "two heads again"
