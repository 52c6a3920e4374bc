"""`python -m tests.upgrade.on_cluster CHECKOUT`: upgrade and way back on docker-compose.yml's services.

PostgreSQL, Temporal and their jobs are the cluster's. The former release's own programs (CHECKOUT, with its
`.venv`) work on them and leave four monitorings at four points of their lives; an operator follows
`docs/operations.md`, command by command; this release goes on, and after it the former one.
"""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated, Final
from uuid import uuid4

import httpx
import typer

from activities.proofs.verification.replaying import replay
from local.cluster.cluster import SERVERS, Cluster
from local.cluster.copying import COPIED, DUMPS, PUT_BACK, RECONCILED
from local.cluster.ground import ClusterGround
from local.cluster.manual import Manual, commands
from local.drill.records import records
from local.process import StackError, leave
from local.stack import STATE
from models.vocabulary.stores import Store
from tests.upgrade.former import GOES_ON_ON_A_CLUSTER, PLAYS_ON_A_CLUSTER, by_the_former
from tests.upgrade.left import STACK, STORY, Left
from workflows import ALL_WORKFLOWS

AUDITOR: Final = "uo-auditor"
HEAD: Final = "sary-head"


class Upgrade:
    """A cluster on empty ground, and an operator with the manual."""

    def __init__(self, cluster: Cluster, checkout: Path) -> None:
        self._cluster, self._checkout = cluster, checkout
        self._home = cluster.home / STACK
        self._story = self._home / STORY
        self._operator = Manual(cluster, cluster.home)

    async def there_and_back(self) -> int:
        """The former release's exit code: 0 when it found what it had left and went on with it."""
        await self._cluster.start(*SERVERS)
        self._tells_the_former()
        if code := await by_the_former(
            self._checkout, PLAYS_ON_A_CLUSTER, self._cluster.home, STACK, self._story
        ):
            return code
        left = Left.model_validate_json(self._story.read_text())
        (self._cluster.home / "copies").mkdir(mode=0o700)
        await self._operator.follow(commands(COPIED))
        await self._operator.follow(["docker compose up -d"])
        os.environ["SSL_CERT_FILE"] = str(self._cluster.certificate)
        await self._goes_on(left)
        await self._operator.follow([line for line in commands(PUT_BACK) if " stop " in line])
        for store in Store:
            await self._operator.follow(commands(PUT_BACK, *DUMPS[store]))
        await self._cluster.up(*SERVERS)
        return await by_the_former(
            self._checkout, GOES_ON_ON_A_CLUSTER, self._cluster.home, STACK, self._story
        )

    def _tells_the_former(self) -> None:
        """Its settings, as the variables that it knew: secrets were no files then."""
        self._home.mkdir(mode=0o700)
        settings = self._home / "settings.json"
        settings.touch(mode=0o600)
        settings.write_text(json.dumps(dict(ClusterGround(self._cluster).settings)))

    async def _goes_on(self, left: Left) -> None:
        """This release on what was left. Raises AssertionError with what is not as it should be."""
        async with records(ClusterGround(self._cluster)) as read:
            runs = 0
            async for run in read.client.list_workflows():
                history = await read.client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
                failure = await replay(history, ALL_WORKFLOWS, read.client.data_converter)
                assert failure is None, (run.id, failure)
                runs += 1
        typer.echo(f"{runs} histories replay")
        [shows] = [line for line in commands(RECONCILED) if "--apply" not in line]
        typer.echo((await self._operator.follow([shows])).strip())
        async with httpx.AsyncClient(base_url=self._cluster.api_url, timeout=60) as api:
            for number, head in left.heads.items():
                by = {"Authorization": f"Bearer {left.tokens[AUDITOR]}"}
                said = (await api.get(f"/api/v1/monitorings/{number}/history/check", headers=by)).json()
                assert said["agrees"], said
                typer.echo(f"{number} stood at {head.partition(':')[0]}, stands at {said['head']['seq']}")
            for path in (left.asked, *left.links.values()):
                page = await api.get(path, follow_redirects=True)
                assert page.is_success, (page.status_code, page.text[:200])
            typer.echo(f"{1 + len(left.links)} letters' links open")
            by = {"Authorization": f"Bearer {left.tokens[HEAD]}", "Idempotency-Key": uuid4().hex}
            path = f"/api/v1/monitorings/{left.numbers.submitted}/report/versions/1/approval"
            answer = await api.post(path, json={}, headers=by)
            typer.echo(f"today's release approves {left.numbers.submitted}: {answer.status_code}")
            assert answer.is_success, answer.text


async def _run(checkout: Path, state: Path) -> int:
    cluster = Cluster(state, reset=True)
    try:
        await cluster.build()
        return await Upgrade(cluster, checkout).there_and_back()
    except StackError as failed:
        typer.echo(str(failed))
        return 1
    finally:
        await cluster.close()


def main(
    checkout: Annotated[Path, typer.Argument(help="A working copy of the former release, with its .venv.")],
) -> None:
    """Play, copy, upgrade, act, go back, go on."""
    leave(asyncio.run(_run(checkout.resolve(), STATE)))


if __name__ == "__main__":
    typer.run(main)
