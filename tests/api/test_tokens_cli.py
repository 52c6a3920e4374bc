"""The program that issues, lists and revokes tokens, as an operator runs it."""

import os
import subprocess
import sys

from local.programs import ROOT
from tests.api.world import World
from tests.fixtures.stack import SeededDatabase


def run(database_url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.tokens_cli", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_a_token_is_issued_shown_once_and_revoked(
    world: World, seeded_database: SeededDatabase
) -> None:
    issued = run(seeded_database.url, "issue", "--account", "a-koko-head", "--days", "2", "--label", "laptop")
    assert issued.returncode == 0, issued.stderr
    token, token_id = issued.stdout.strip(), issued.stderr.split()[0]
    headers = {"Authorization": f"Bearer {token}"}
    me = await world.call(None, "GET", "/me", headers=headers)
    assert me.json()["account"] == "a-koko-head"
    listed = run(seeded_database.url, "list", "--account", "a-koko-head").stdout
    assert f"{token_id}  a-koko-head  laptop" in listed
    assert token not in listed
    assert run(seeded_database.url, "revoke", token_id).returncode == 0
    assert (await world.call(None, "GET", "/me", headers=headers)).status_code == 401
    assert f"{token_id}  a-koko-head  laptop" in run(seeded_database.url, "list").stdout


async def test_mistakes_are_told(world: World, seeded_database: SeededDatabase) -> None:
    unknown = run(seeded_database.url, "issue", "--account", "a-nobody")
    assert unknown.returncode == 2
    assert "a-nobody" in unknown.stderr
    assert run(seeded_database.url, "revoke", "nothing").returncode == 2
