"""Accounts: given by the administrator, to people and bodies of the registry; never passed on."""

import pytest

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
